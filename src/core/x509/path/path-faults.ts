import * as l10n from "@vscode/l10n";
import type { Certificate } from "../model.ts";
import { oidWords } from "../read/oids.ts";
import { certificateTitle, dateText, listed, oidText, purposes, shown } from "../words/describe.ts";
import { breachOf, nameConstraintsOf } from "./name-constraints.ts";
import { constrainsPolicies, hasUnknownQualifier, hasUnreadablePolicies, type PolicyFault } from "./policies.ts";

// What stands against a certificate in its place on a path: RFC 5280 section 6.1, step by step.

export type PathFaultKind =
  | "expired"
  | "not-yet-valid"
  | "unreadable"
  | "not-a-ca"
  | "key-usage"
  | "path-length"
  | "name-constraints"
  | "policies"
  | "critical-extension"
  | "repeated-extension"
  | "purpose"
  | "issuer-purpose"
  | "empty-name"
  | "partial-chain"
  | "client-in-store";

export interface PathFault {
  readonly kind: PathFaultKind;
  /** On the path: 0 is the client's certificate. */
  readonly index: number;
  /** A sentence without its full stop. */
  readonly fact: string;
  /**
   * `refused`: RFC 5280 refuses. `silent`: RFC 5280 does not say, or does not allow it and is not followed. `open`: RFC
   * 5280 accepts, and not all programs do. `told`: RFC 5280 accepts, and whoever does not speak of it may do what he
   * likes.
   */
  readonly weight: "refused" | "silent" | "open" | "told";
}

export interface Judging {
  /** In milliseconds since 1970. */
  readonly at: number;
  /** An OID of an extended key usage. `undefined`: none is asked for. */
  readonly purpose: string | undefined;
}

/** The same for every place. */
type Finding = Omit<PathFault, "index">;

const clientAuth = "1.3.6.1.5.5.7.3.2";
const anyPurpose = "2.5.29.37.0";

const nameConstraints = "2.5.29.30";
const certificatePolicies = "2.5.29.32";

/**
 * RFC 5280 section 4.2: key usage, alternative names of the subject and the issuer, basic constraints, name
 * constraints, policies, key identifiers, extended key usage.
 */
const processed: ReadonlySet<string> = new Set(
  ["14", "15", "17", "18", "19", "30", "32", "33", "35", "36", "37", "54"].map((last) => `2.5.29.${last}`),
);

/**
 * What OpenSSL or BoringSSL takes where it is critical, and others may not: where revocation is told, OCSP No Check,
 * Netscape's type, Microsoft's policies, resources of RFC 3779.
 */
const oftenProcessed: ReadonlySet<string> = new Set([
  "2.5.29.31",
  "2.5.29.46",
  "1.3.6.1.5.5.7.48.1.5",
  "2.16.840.1.113730.1.1",
  "1.3.6.1.4.1.311.21.10",
  "1.3.6.1.5.5.7.1.7",
  "1.3.6.1.5.5.7.1.8",
]);

const titled = (certificate: Certificate) => certificateTitle(certificate);

/** RFC 5280 counts in seconds. */
function validity(certificate: Certificate, at: number): Finding | undefined {
  const { notBefore, notAfter } = certificate;
  const now = Math.floor(at / 1000) * 1000;
  if (notBefore.at === undefined || notAfter.at === undefined) {
    return {
      kind: "unreadable",
      weight: "refused",
      fact: l10n.t("The validity of “{0}” cannot be read", titled(certificate)),
    };
  }
  if (now > notAfter.at)
    return {
      kind: "expired",
      weight: "refused",
      fact: l10n.t("“{0}” expired on {1}", titled(certificate), dateText(notAfter.at)),
    };
  if (now < notBefore.at)
    return {
      kind: "not-yet-valid",
      weight: "refused",
      fact: l10n.t("“{0}” is not valid before {1}", titled(certificate), dateText(notBefore.at)),
    };
  return undefined;
}

function* extensionFindings(certificate: Certificate): Iterable<Finding> {
  const title = titled(certificate);
  const seen = new Set<string>();
  let isRepeated = false;
  for (const { oid, critical } of certificate.extensions) {
    if (seen.has(oid)) isRepeated = true;
    seen.add(oid);
    if (!critical || processed.has(oid)) continue;
    const fact = l10n.t("“{0}” has a critical extension {1}", title, extensionName(oid));
    if (oftenProcessed.has(oid)) yield { kind: "critical-extension", weight: "silent", fact };
    else
      yield {
        kind: "critical-extension",
        weight: "refused",
        fact: l10n.t(
          "“{0}” has a critical extension {1}; RFC 5280 has it refused by whoever does not know it",
          title,
          extensionName(oid),
        ),
      };
  }
  if (isRepeated)
    yield { kind: "repeated-extension", weight: "silent", fact: l10n.t("“{0}” has an extension twice", title) };
  if (hasUnreadablePolicies(certificate))
    yield { kind: "unreadable", weight: "silent", fact: l10n.t("What “{0}” says of policies cannot be read", title) };
  else if (constrainsPolicies(certificate))
    yield { kind: "policies", weight: "told", fact: l10n.t("“{0}” constrains or maps policies", title) };
  if (!certificate.extensions.some(({ oid, critical }) => critical && oid === certificatePolicies)) return;
  if (hasUnknownQualifier(certificate))
    yield {
      kind: "critical-extension",
      weight: "refused",
      fact: l10n.t("The policies of “{0}” are critical, and have a qualifier that RFC 5280 does not define", title),
    };
  else yield { kind: "policies", weight: "told", fact: l10n.t("The policies of “{0}” are critical", title) };
}

function extensionName(oid: string): string {
  const name = oidWords(oid);
  return shown(name === undefined ? oid : `${name} (${oid})`, 200);
}

/** What is wrong with the client's certificate itself, whatever is above it. */
export function clientFaults(client: Certificate, { at, purpose }: Judging): readonly PathFault[] {
  const findings: Finding[] = [];
  const time = validity(client, at);
  if (time !== undefined) findings.push(time);
  findings.push(...extensionFindings(client), ...purposeFindings(client, purpose));
  if (client.issuer.isEmpty)
    findings.push({
      kind: "empty-name",
      weight: "silent",
      fact: l10n.t("The issuer of “{0}” is empty", titled(client)),
    });
  findings.push(...damage(client, findings));
  return findings.map((finding) => ({ ...finding, index: 0 }));
}

/** Whatever else is damaged in it, and did not keep it from being read here. */
function damage(certificate: Certificate, findings: readonly Finding[]): readonly Finding[] {
  const [fault] = certificate.faults;
  if (fault === undefined || findings.some(({ kind }) => kind === "unreadable" || kind === "repeated-extension"))
    return [];
  return [
    {
      kind: "unreadable",
      weight: "silent",
      fact: l10n.t("“{0}” is damaged ({1}: {2})", titled(certificate), fault.part, shown(fault.message, 300)),
    },
  ];
}

function* purposeFindings(client: Certificate, purpose: string | undefined): Iterable<Finding> {
  if (purpose === undefined) return;
  const { extendedKeyUsage, keyUsage } = client;
  const [title, wanted] = [titled(client), oidText(purpose)];
  if (extendedKeyUsage?.fault !== undefined)
    yield {
      kind: "unreadable",
      weight: "refused",
      fact: l10n.t("The extended key usage of “{0}” cannot be read", title),
    };
  else if (extendedKeyUsage !== undefined && !extendedKeyUsage.value.includes(purpose)) {
    const has = listed(purposes(client)) ?? l10n.t("empty");
    const fact = l10n.t("The extended key usage of “{0}” is {1}, without {2}", title, has, wanted);
    yield { kind: "purpose", weight: extendedKeyUsage.value.includes(anyPurpose) ? "open" : "refused", fact };
  }
  if (keyUsage?.fault !== undefined)
    yield { kind: "unreadable", weight: "refused", fact: l10n.t("The key usage of “{0}” cannot be read", title) };
  else if (purpose === clientAuth && keyUsage !== undefined && !keyUsage.value.includes("digitalSignature")) {
    // TLS has a client sign; before version 1.3 a key could also be agreed upon, which nobody does.
    const fact = l10n.t(
      "The key usage of “{0}” is {1}, without digitalSignature, and a TLS client signs",
      title,
      listed(keyUsage.value) ?? l10n.t("empty"),
    );
    yield { kind: "key-usage", weight: keyUsage.value.includes("keyAgreement") ? "open" : "refused", fact };
  }
}

/** What is wrong with a certificate as a CA, wherever it stands. */
export function authorityFindings(ca: Certificate, { at, purpose }: Judging): readonly Finding[] {
  const findings: Finding[] = [];
  const title = titled(ca);
  const { basicConstraints, keyUsage, extendedKeyUsage, version } = ca;
  const refuse = (kind: PathFaultKind, fact: string) => findings.push({ kind, weight: "refused", fact });
  const time = validity(ca, at);
  if (time !== undefined) findings.push(time);
  if (version < 3)
    refuse(
      "not-a-ca",
      l10n.t("“{0}” is an X.509 version {1} certificate, which cannot say that it is a CA", title, version),
    );
  else if (basicConstraints === undefined)
    refuse("not-a-ca", l10n.t("“{0}” has no basic constraints: it is no CA", title));
  else if (basicConstraints.fault !== undefined)
    refuse("unreadable", l10n.t("The basic constraints of “{0}” cannot be read", title));
  else if (!basicConstraints.value.ca)
    refuse("not-a-ca", l10n.t("The basic constraints of “{0}” say that it is no CA", title));
  if (keyUsage?.fault !== undefined) refuse("unreadable", l10n.t("The key usage of “{0}” cannot be read", title));
  else if (keyUsage !== undefined && !keyUsage.value.includes("keyCertSign")) {
    refuse(
      "key-usage",
      l10n.t("The key usage of “{0}” is {1}, without keyCertSign", title, listed(keyUsage.value) ?? l10n.t("empty")),
    );
  }
  if (extendedKeyUsage?.fault !== undefined)
    findings.push({
      kind: "unreadable",
      weight: "silent",
      fact: l10n.t("The extended key usage of “{0}” cannot be read", title),
    });
  else if (purpose !== undefined && extendedKeyUsage !== undefined && !extendedKeyUsage.value.includes(purpose)) {
    const has = listed(purposes(ca)) ?? l10n.t("empty");
    findings.push({
      kind: "issuer-purpose",
      weight: "open",
      fact: l10n.t("The extended key usage of the CA “{0}” is {1}, without {2}", title, has, oidText(purpose)),
    });
  }
  const constraints = nameConstraintsOf(ca);
  if (constraints?.fault !== undefined) {
    const isCritical = ca.extensions.some(({ oid, critical }) => critical && oid === nameConstraints);
    findings.push({
      kind: "name-constraints",
      weight: isCritical ? "refused" : "silent",
      fact: l10n.t("The name constraints of “{0}” cannot be read", title),
    });
  } else if (constraints?.value.odd !== undefined) {
    findings.push({
      kind: "name-constraints",
      weight: "silent",
      fact: l10n.t(
        "The name constraints of “{0}” have “{1}”, a form that RFC 5280 does not have there",
        title,
        shown(constraints.value.odd, 200),
      ),
    });
  } else if (constraints !== undefined) {
    findings.push({
      kind: "name-constraints",
      weight: "told",
      fact: l10n.t("“{0}” has name constraints, and the names below it keep to them", title),
    });
  }
  if (ca.subject.isEmpty)
    findings.push({
      kind: "empty-name",
      weight: "silent",
      fact: l10n.t("The subject of the CA with serial number {0} is empty", shown(ca.serial, 80)),
    });
  findings.push(...extensionFindings(ca));
  findings.push(...damage(ca, findings));
  return findings;
}

/** What is wrong with a CA above these certificates, the client's first. */
export function pathLengthFault(ca: Certificate, below: readonly Certificate[]): PathFault | undefined {
  const most = ca.basicConstraints?.value?.pathLength;
  if (most === undefined) return undefined;
  const count = below.reduce((sum, certificate, index) => sum + (index > 0 && !certificate.selfIssued ? 1 : 0), 0);
  if (count <= Math.max(0, most)) return undefined;
  const fact = l10n.t(
    "“{0}” allows {1} CAs between it and the client (pathLenConstraint), and there are {2}",
    titled(ca),
    Math.max(0, most),
    count,
  );
  return { kind: "path-length", weight: "refused", index: below.length, fact };
}

/** Whether a CA's name constraints let a certificate below it pass; the fault is that one's. */
export function nameFault(ca: Certificate, certificate: Certificate, index: number): PathFault | undefined {
  const constraints = nameConstraintsOf(ca)?.value;
  // RFC 5280 section 6.1.3 (b): a CA's certificates of its own are left alone, but for the last.
  if (constraints === undefined || (index > 0 && certificate.selfIssued)) return undefined;
  const title = titled(certificate);
  if (certificate.subjectAltName?.fault !== undefined) {
    return {
      kind: "name-constraints",
      weight: "refused",
      index,
      fact: l10n.t("The alternative names of “{0}” cannot be read, and “{1}” has name constraints", title, titled(ca)),
    };
  }
  const breach = breachOf(constraints, certificate);
  if (breach === undefined) return undefined;
  const of = (weight: PathFault["weight"], fact: string): PathFault => ({
    kind: "name-constraints",
    weight,
    index,
    fact,
  });
  switch (breach.how) {
    case "outside":
      return of(
        "refused",
        l10n.t("{0} of “{1}” is outside of what the name constraints of “{2}” permit", breach.name, title, titled(ca)),
      );
    case "excluded":
      return of(
        "refused",
        l10n.t("{0} of “{1}” is excluded by the name constraints of “{2}”", breach.name, title, titled(ca)),
      );
    case "unclear":
      return of(
        "silent",
        l10n.t(
          "Whether {0} of “{1}” keeps to the name constraints of “{2}” is not clear",
          breach.name,
          title,
          titled(ca),
        ),
      );
    case "unknown-kind":
      return of(
        constraints.critical ? "refused" : "silent",
        l10n.t(
          "The name constraints of “{2}” are about names like {0} of “{1}”, which RFC 5280 does not compare",
          breach.name,
          title,
          titled(ca),
        ),
      );
  }
}

export function policyFaultText({ how, index }: PolicyFault, certificate: Certificate): PathFault {
  const title = titled(certificate);
  const fact =
    how === "mapping"
      ? l10n.t("“{0}” maps from or to anyPolicy", title)
      : l10n.t("A policy is required, and none is left at “{0}”", title);
  return { kind: "policies", weight: "refused", index, fact };
}

/** Of one that holds, but for what the trust anchor says. */
export function policyFaultOfAnchor({ index }: PolicyFault, certificate: Certificate, anchor: Certificate): PathFault {
  return {
    kind: "policies",
    weight: "open",
    index,
    fact: l10n.t(
      "With what “{0}” of the bundle says of policies, none is left at “{1}”",
      titled(anchor),
      titled(certificate),
    ),
  };
}

/**
 * A trust anchor is trusted for its name and its key: what RFC 5280 has refused on a path it does not look at there,
 * and others do.
 */
export function asAnchor<One extends Finding>(finding: One): One {
  return finding.weight === "refused" ? { ...finding, weight: "open" } : finding;
}

export function partialChain(anchor: Certificate): Finding {
  return { kind: "partial-chain", weight: "open", fact: l10n.t("“{0}” of the bundle is not a root", titled(anchor)) };
}

export function clientInStore(client: Certificate, isSelfSigned: boolean): PathFault {
  const fact = isSelfSigned
    ? l10n.t("“{0}” is self-signed and is in the bundle itself", titled(client))
    : l10n.t("“{0}” is in the bundle itself, without its issuer", titled(client));
  return { kind: "client-in-store", index: 0, weight: isSelfSigned ? "told" : "open", fact };
}
