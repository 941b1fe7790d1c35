import type { Certificate } from "./model.ts";

class Identity {
  readonly subject: string;
  readonly issuer: string;
  readonly hash: number;
  /** `undefined`: not asked yet. */
  isSelfSigned: boolean | undefined = undefined;
  /**
   * Those who may have issued it among all of its issuer's name. An edit leaves the list of a name as it is, but for
   * the names that it is about.
   */
  candidates: { readonly all: readonly Certificate[]; readonly found: Candidates } | undefined = undefined;

  constructor(certificate: Certificate) {
    this.subject = certificate.subject.key;
    this.issuer = certificate.issuer.key;
    this.hash = certificate.hash;
  }
}

export function identityOf(certificate: Certificate): Identity {
  if (certificate.identity instanceof Identity) return certificate.identity;
  const identity = new Identity(certificate);
  certificate.identity = identity;
  return identity;
}

/** Issued by the key in it, as far as names and key identifiers tell. */
export function isSelfSigned(certificate: Certificate): boolean {
  const identity = identityOf(certificate);
  identity.isSelfSigned ??= identity.subject === identity.issuer && namedBy(certificate, certificate) !== "otherwise";
  return identity.isSelfSigned;
}

/**
 * What the authority key identifier says of a certificate that has the issuer's name. The key counts before the serial
 * number: a cross-signed CA has two of those.
 */
export function namedBy(certificate: Certificate, candidate: Certificate): "named" | "possible" | "otherwise" {
  const authority = certificate.authorityKeyIdentifier?.value;
  if (authority === undefined) return "possible";
  const keyIdentifier = authority.keyIdentifier === undefined ? undefined : candidate.subjectKeyIdentifier?.value;
  if (keyIdentifier !== undefined) return authority.keyIdentifier === keyIdentifier ? "named" : "otherwise";
  const names = authority.issuer?.flatMap((name) => (name.kind === "directory" ? [name.value.key] : [])) ?? [];
  if (authority.serial === undefined || names.length === 0) return "possible";
  return authority.serial === candidate.serial && names.includes(candidate.issuer.key) ? "named" : "otherwise";
}

/**
 * What in the authority key identifier of a certificate is not the issuer's. Programs that heed it, as OpenSSL does,
 * take none whose key identifier, serial number or issuer is another.
 */
export function identifierMismatch(
  { authorityKeyIdentifier }: Certificate,
  issuer: Certificate,
): "key" | "serial" | "name" | undefined {
  const authority = authorityKeyIdentifier?.value;
  if (authority === undefined) return undefined;
  const key = issuer.subjectKeyIdentifier?.value;
  if (authority.keyIdentifier !== undefined && key !== undefined && authority.keyIdentifier !== key) return "key";
  if (authority.serial !== undefined && authority.serial !== issuer.serial) return "serial";
  const name = authority.issuer?.find(({ kind }) => kind === "directory");
  return name?.kind === "directory" && name.value.key !== issuer.issuer.key ? "name" : undefined;
}

/** By names and key identifiers; nothing is verified. */
export function mayHaveIssued(issuer: Certificate, certificate: Certificate): boolean {
  return identityOf(issuer).subject === identityOf(certificate).issuer && namedBy(certificate, issuer) !== "otherwise";
}

/** Of the bytes of SubjectPublicKeyInfo. */
export function isSameKey(one: Certificate, other: Certificate): boolean {
  const [a, b] = [one.publicKey.spki, other.publicKey.spki];
  if (a.end - a.start !== b.end - b.start) return false;
  for (let at = 0; at < a.end - a.start; at++) if (one.der[a.start + at] !== other.der[b.start + at]) return false;
  return true;
}

/** The certificates whose subject is the issuer's name, but not the certificate itself. */
export interface Candidates {
  /** Those that the authority key identifier names. */
  readonly named: readonly Certificate[];
  /** Those of which it says nothing. */
  readonly possible: readonly Certificate[];
  /** Those of another key than it names: a CA before or after it got a new key. */
  readonly otherwise: readonly Certificate[];
  /** How many of that name were not looked at. */
  readonly omitted: number;
}
