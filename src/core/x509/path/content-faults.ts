import { faultsOf } from "../faults.ts";
import { type Certificate, isCertificateAuthority } from "../model.ts";
import { type Called, certificateCalled, showable } from "../naming.ts";
import { isOffCurve } from "../read/curves.ts";
import { oidWords } from "../read/oids.ts";
import type { Finding, PathFact, PathFault, PathFaultKind } from "./facts.ts";
import { nameConstraintsOf } from "./name-constraints.ts";
import { constrainsPolicies, hasUnknownQualifier, hasUnreadablePolicies } from "./policies.ts";

// What stands against what a certificate says, wherever it stands on a path, and at any time.

const certificatePolicies = "2.5.29.32";
export const netscapeType = "2.16.840.1.113730.1.1";

/**
 * RFC 5280 section 4.2: key usage, alternative names of the subject, basic constraints, name constraints, policies,
 * extended key usage.
 */
const processed: ReadonlySet<string> = new Set(
  ["15", "17", "19", "30", "32", "33", "36", "37", "54"].map((last) => `2.5.29.${last}`),
);

/**
 * What some take where it is critical, and others do not: key identifiers and alternative names of the issuer, which
 * RFC 5280 wants not critical and OpenSSL refuses; where revocation is told, OCSP No Check, Netscape's type,
 * Microsoft's policies, resources of RFC 3779.
 */
const oftenProcessed: ReadonlySet<string> = new Set([
  "2.5.29.14",
  "2.5.29.18",
  "2.5.29.35",
  "2.5.29.31",
  "2.5.29.46",
  "1.3.6.1.5.5.7.48.1.5",
  netscapeType,
  "1.3.6.1.4.1.311.21.10",
  "1.3.6.1.5.5.7.1.7",
  "1.3.6.1.5.5.7.1.8",
]);

/** Whether there may be anything that `contentFindings` finds; `false` is certain, and known without reading it. */
export function mayBeDisputed(certificate: Certificate): boolean {
  return (
    certificate.hasOtherCriticals ||
    certificate.nameConstraints !== undefined ||
    certificate.subject.isEmpty ||
    faultsOf(certificate).length > 0
  );
}

export function contentFindings(certificate: Certificate): readonly Finding[] {
  const findings = [
    ...(isCertificateAuthority(certificate) ? constraintFindings(certificate) : []),
    ...extensionFindings(certificate),
  ];
  return [...findings, ...damage(certificate, findings)];
}

/** Of a CA: its name, and what it says of names below it. */
export function constraintFindings(ca: Certificate): readonly Finding[] {
  const findings: Finding[] = [];
  const title = certificateCalled(ca);
  const add = (kind: PathFaultKind, weight: PathFault["weight"], fact: PathFact) =>
    findings.push({ kind, weight, fact });
  const constraints = nameConstraintsOf(ca);
  if (constraints?.fault !== undefined) {
    add("name-constraints", ca.nameConstraints?.critical === true ? "refused" : "silent", {
      code: "path:name-constraints-unreadable",
      args: { title },
    });
  } else if (constraints?.value.odd !== undefined)
    add("name-constraints", "silent", {
      code: "path:odd-name-constraints",
      args: { title, name: constraints.value.odd },
    });
  else if (constraints !== undefined)
    add("name-constraints", "told", { code: "path:name-constraints-kept", args: { title } });
  if (ca.subject.isEmpty)
    add("empty-name", "silent", { code: "path:empty-subject", args: { serial: showable(ca.serial, 80) } });
  return findings;
}

export function* extensionFindings(certificate: Certificate): Iterable<Finding> {
  const args = { title: certificateCalled(certificate) };
  const seen = new Set<string>();
  let isRepeated = false;
  for (const { oid, critical } of certificate.extensions) {
    if (seen.has(oid)) isRepeated = true;
    seen.add(oid);
    if (!critical || processed.has(oid)) continue;
    const isKnown = oftenProcessed.has(oid);
    yield {
      kind: "critical-extension",
      weight: isKnown ? "silent" : "refused",
      fact: {
        code: isKnown ? "path:critical-extension" : "path:unknown-critical-extension",
        args: { ...args, extension: extensionName(oid) },
      },
    };
  }
  if (isRepeated)
    yield { kind: "repeated-extension", weight: "silent", fact: { code: "path:repeated-extension", args } };
  if (hasUnreadablePolicies(certificate))
    yield { kind: "unreadable", weight: "silent", fact: { code: "path:policies-unreadable", args } };
  else if (constrainsPolicies(certificate))
    yield { kind: "policies", weight: "told", fact: { code: "path:constrains-policies", args } };
  if (!certificate.extensions.some(({ oid, critical }) => critical && oid === certificatePolicies)) return;
  if (hasUnknownQualifier(certificate))
    yield { kind: "critical-extension", weight: "refused", fact: { code: "path:unknown-policy-qualifier", args } };
  else yield { kind: "policies", weight: "told", fact: { code: "path:critical-policies", args } };
}

function extensionName(oid: string): Called {
  const name = oidWords(oid);
  return showable(name === undefined ? oid : `${name} (${oid})`, 200);
}

/** Whatever else is damaged in it, and did not keep it from being read here. */
export function damage(certificate: Certificate, findings: readonly Finding[]): readonly Finding[] {
  if (isOffCurve(certificate)) {
    const args = {
      title: certificateCalled(certificate),
      part: "tbsCertificate.subjectPublicKeyInfo",
      fault: { code: "der:not-on-curve" },
    } as const;
    return [{ kind: "unreadable", weight: "refused", fact: { code: "path:damaged", args } }];
  }
  const [fault] = faultsOf(certificate);
  if (fault === undefined || findings.some(({ kind }) => kind === "unreadable" || kind === "repeated-extension"))
    return [];
  return [
    {
      kind: "unreadable",
      weight: "silent",
      fact: {
        code: "path:damaged",
        args: {
          title: certificateCalled(certificate),
          part: showable(fault.part),
          fault: fault.reason,
        },
      },
    },
  ];
}
