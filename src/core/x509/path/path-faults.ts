import { identifierMismatch } from "../identity.ts";
import type { Certificate } from "../model.ts";
import { certificateCalled, oidText, purposes } from "../naming.ts";
import { anyPurpose, clientAuth, usagesCalled } from "../usages.ts";
import { secondOf } from "../validity.ts";
import { constraintFindings, damage, extensionFindings, netscapeType } from "./content-faults.ts";
import type { Finding, PathFact, PathFault, PathFaultKind } from "./facts.ts";
import { breachOf, nameConstraintsOf } from "./name-constraints.ts";
import type { PolicyFault } from "./policies.ts";

// What stands against a certificate in its place on a path: RFC 5280 section 6.1, step by step.

export interface Judging {
  /** In milliseconds since 1970. */
  readonly at: number;
  /** An OID of an extended key usage. `undefined`: none is asked for. */
  readonly purpose: string | undefined;
}

/** RFC 5280 section 4.1.2.5 counts in seconds, and the last one belongs to the validity; not so for OpenSSL. */
function validity(certificate: Certificate, at: number): Finding | undefined {
  const { notBefore, notAfter } = certificate;
  const now = secondOf(at);
  const about = () => ({ title: certificateCalled(certificate) });
  if (notBefore.at === undefined || notAfter.at === undefined)
    return { kind: "unreadable", weight: "refused", fact: { code: "path:validity-unreadable", args: about() } };
  if (now > notAfter.at)
    return {
      kind: "expired",
      weight: "refused",
      fact: { code: "path:expired", args: { ...about(), until: new Date(notAfter.at) } },
    };
  if (now === notAfter.at && notBefore.at <= now)
    return {
      kind: "expired",
      weight: "open",
      fact: { code: "path:expires-now", args: { ...about(), until: new Date(notAfter.at) } },
    };
  if (now < notBefore.at)
    return {
      kind: "not-yet-valid",
      weight: "refused",
      fact: { code: "path:not-yet-valid", args: { ...about(), from: new Date(notBefore.at) } },
    };
  return undefined;
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
      fact: { code: "path:empty-issuer", args: { title: certificateCalled(client) } },
    });
  findings.push(...damage(client, findings));
  return findings.map((finding) => ({ ...finding, index: 0 }));
}

function* purposeFindings(client: Certificate, purpose: string | undefined): Iterable<Finding> {
  if (purpose === undefined) return;
  const { extendedKeyUsage, keyUsage } = client;
  const title = certificateCalled(client);
  if (extendedKeyUsage?.fault !== undefined)
    yield { kind: "unreadable", weight: "refused", fact: { code: "path:purpose-unreadable", args: { title } } };
  else if (extendedKeyUsage !== undefined && !extendedKeyUsage.value.includes(purpose))
    yield {
      kind: "purpose",
      weight: extendedKeyUsage.value.includes(anyPurpose) ? "open" : "refused",
      fact: {
        code: "path:purpose",
        args: { title, purposes: usagesCalled(purposes(client)), wanted: oidText(purpose) },
      },
    };
  if (keyUsage?.fault !== undefined)
    yield { kind: "unreadable", weight: "refused", fact: { code: "path:key-usage-unreadable", args: { title } } };
  else if (purpose === clientAuth && keyUsage !== undefined && !keyUsage.value.includes("digitalSignature"))
    // TLS has a client sign; before version 1.3 a key could also be agreed upon, which is not in use.
    yield {
      kind: "key-usage",
      weight: keyUsage.value.includes("keyAgreement") ? "open" : "refused",
      fact: { code: "path:no-digital-signature", args: { title, usages: usagesCalled(keyUsage.value) } },
    };
  if (purpose === clientAuth && isNoNetscapeClient(client))
    yield { kind: "purpose", weight: "open", fact: { code: "path:netscape-server", args: { title } } };
}

/** Whether it has Netscape's type, a BIT STRING, without its first bit: SSL client. */
function isNoNetscapeClient({ extensions, der }: Certificate): boolean {
  const type = extensions.find(({ oid }) => oid === netscapeType)?.value;
  if (type === undefined || der[type.start] !== 3) return false;
  const count = type.end - type.start - 3;
  return der[type.start + 1] === count + 1 && (count < 1 || ((der[type.start + 3] ?? 0) & 0x80) === 0);
}

/** What is wrong with a certificate as a CA, wherever it stands. */
export function authorityFindings(ca: Certificate, { at, purpose }: Judging): readonly Finding[] {
  const findings: Finding[] = [];
  const title = certificateCalled(ca);
  const { basicConstraints, keyUsage, extendedKeyUsage, version } = ca;
  const add = (kind: PathFaultKind, weight: PathFault["weight"], fact: PathFact) =>
    findings.push({ kind, weight, fact });
  const time = validity(ca, at);
  if (time !== undefined) findings.push(time);
  if (version < 3) add("not-a-ca", "refused", { code: "path:version", args: { title, version } });
  else if (basicConstraints === undefined)
    add("not-a-ca", "refused", { code: "path:no-basic-constraints", args: { title } });
  else if (basicConstraints.fault !== undefined)
    add("unreadable", "refused", { code: "path:basic-constraints-unreadable", args: { title } });
  else if (!basicConstraints.value.ca) add("not-a-ca", "refused", { code: "path:not-a-ca", args: { title } });
  if (keyUsage?.fault !== undefined)
    add("unreadable", "refused", { code: "path:key-usage-unreadable", args: { title } });
  else if (keyUsage !== undefined && !keyUsage.value.includes("keyCertSign"))
    add("key-usage", "refused", { code: "path:no-cert-sign", args: { title, usages: usagesCalled(keyUsage.value) } });
  if (extendedKeyUsage?.fault !== undefined)
    add("unreadable", "silent", { code: "path:purpose-unreadable", args: { title } });
  else if (purpose !== undefined && extendedKeyUsage !== undefined && !extendedKeyUsage.value.includes(purpose))
    add("issuer-purpose", "open", {
      code: "path:issuer-purpose",
      args: { title, purposes: usagesCalled(purposes(ca)), wanted: oidText(purpose) },
    });
  findings.push(...constraintFindings(ca), ...extensionFindings(ca));
  findings.push(...damage(ca, findings));
  return findings;
}

/** What is wrong with a CA above these certificates, the client's first. */
export function pathLengthFault(ca: Certificate, below: readonly Certificate[]): PathFault | undefined {
  const most = ca.basicConstraints?.value?.pathLength;
  if (most === undefined) return undefined;
  const count = below.reduce((sum, certificate, index) => sum + (index > 0 && !certificate.selfIssued ? 1 : 0), 0);
  if (count <= Math.max(0, most)) return undefined;
  return {
    kind: "path-length",
    weight: "refused",
    index: below.length,
    fact: { code: "path:path-length", args: { title: certificateCalled(ca), most: Math.max(0, most), count } },
  };
}

/** Whether a CA's name constraints let a certificate below it pass; the fault is that one's. */
export function nameFault(ca: Certificate, certificate: Certificate, index: number): PathFault | undefined {
  const constraints = nameConstraintsOf(ca)?.value;
  // RFC 5280 section 6.1.3 (b): a CA's certificates of its own are left alone, but for the last.
  if (constraints === undefined || (index > 0 && certificate.selfIssued)) return undefined;
  const args = { title: certificateCalled(certificate), ca: certificateCalled(ca) };
  const of = (weight: PathFault["weight"], fact: PathFact): PathFault => ({
    kind: "name-constraints",
    weight,
    index,
    fact,
  });
  if (certificate.subjectAltName?.fault !== undefined)
    return of("refused", { code: "path:alternative-names-unreadable", args });
  const breach = breachOf(constraints, certificate);
  if (breach === undefined) return undefined;
  const { name } = breach;
  switch (breach.how) {
    case "outside":
      return of("refused", { code: "path:name-not-permitted", args: { name, ...args } });
    case "excluded":
      return of("refused", { code: "path:name-excluded", args: { name, ...args } });
    case "unclear":
      return of("silent", { code: "path:name-unclear", args: { name, ...args } });
    case "unknown-kind":
      return of(constraints.critical ? "refused" : "silent", {
        code: "path:name-of-unknown-kind",
        args: { name, ...args },
      });
  }
}

export function policyFaultOn({ how, index }: PolicyFault, certificate: Certificate): PathFault {
  return {
    kind: "policies",
    weight: "refused",
    index,
    fact: {
      code: how === "mapping" ? "path:maps-any-policy" : "path:no-policy-left",
      args: { title: certificateCalled(certificate) },
    },
  };
}

/** Of one that holds, but for what the trust anchor says. */
export function policyFaultOfAnchor({ index }: PolicyFault, certificate: Certificate, anchor: Certificate): PathFault {
  return {
    kind: "policies",
    weight: "open",
    index,
    fact: {
      code: "path:no-policy-left-by-anchor",
      args: { anchor: certificateCalled(anchor), title: certificateCalled(certificate) },
    },
  };
}

/**
 * A trust anchor is trusted for its name and its key: what RFC 5280 has refused on a path it does not look at there,
 * and others do.
 */
export function asAnchor<One extends Finding>(finding: One): One {
  return finding.weight === "refused" ? { ...finding, weight: "open", isOfAnchor: true } : finding;
}

/** @param isOtherKey it has its issuer's name, and did not sign itself */
export function partialChain(anchor: Certificate, isOtherKey: boolean): Finding {
  return {
    kind: "partial-chain",
    weight: "open",
    fact: {
      code: isOtherKey ? "path:anchor-of-other-key" : "path:anchor-not-a-root",
      args: { title: certificateCalled(anchor) },
    },
  };
}

/** A root whose authority key identifier names another: to programs that heed it, it is none. */
export function identifiersOfItself(root: Certificate, index: number): readonly PathFault[] {
  const mismatch = identifierMismatch(root, root);
  const title = certificateCalled(root);
  return mismatch === undefined
    ? []
    : [
        {
          kind: "authority-key",
          weight: "open",
          index,
          fact: { code: `path:authority-${mismatch}`, args: { title, issuer: title } },
        },
      ];
}

export function clientInStore(client: Certificate, isSelfSigned: boolean): PathFault {
  return {
    kind: "client-in-store",
    index: 0,
    weight: isSelfSigned ? "told" : "open",
    fact: {
      code: isSelfSigned ? "path:self-signed-in-store" : "path:client-in-store",
      args: { title: certificateCalled(client) },
    },
  };
}
