import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { readCertificate } from "../../../core/x509/read/certificate.ts";

/** What a server's chain is worth. */
export interface ChainJudgement {
  readonly isTrusted: boolean;
  /** As OpenSSL says it, where it is not. */
  readonly trustError?: string;
  readonly isForName: boolean;
}

/**
 * What OpenSSL says of a chain at the end of a handshake, for those that do not come to their end: up to TLS 1.2 a
 * server refuses a client before. Of what it looks at, this is what servers have wrong: dates, issuers, the purpose.
 */
export function judgeChain(
  chain: readonly Uint8Array[],
  roots: readonly string[],
  name: string,
  now: Date,
): ChainJudgement {
  const [own] = chain;
  try {
    if (own === undefined) return { isTrusted: false, isForName: false };
    const certificate = new X509Certificate(own);
    const isForName = (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
    const trustError = errorOf(chain, roots, now);
    return trustError === undefined ? { isTrusted: true, isForName } : { isTrusted: false, trustError, isForName };
  } catch {
    return { isTrusted: false, trustError: "CERT_UNTRUSTED", isForName: false };
  }
}

const serverAuth = "1.3.6.1.5.5.7.3.1";

function errorOf(chain: readonly Uint8Array[], roots: readonly string[], now: Date): string | undefined {
  const others = chain.slice(1);
  let current = chain[0];
  for (let depth = 0; current !== undefined; depth++) {
    const certificate = new X509Certificate(current);
    const late = dateError(current, now);
    if (late !== undefined) return late;
    const purposes: readonly string[] | undefined = certificate.keyUsage;
    if (depth === 0 && purposes !== undefined && !purposes.includes(serverAuth)) return "INVALID_PURPOSE";
    const root = vouching(roots, current);
    if (root !== undefined) return dateError(root, now);
    if (certificate.issuer === certificate.subject)
      return depth === 0 ? "DEPTH_ZERO_SELF_SIGNED_CERT" : "SELF_SIGNED_CERT_IN_CHAIN";
    const subject: Uint8Array = current;
    const place = others.findIndex((other) => vouchesFor(other, subject));
    if (place === -1)
      return chain.length === 1 ? "UNABLE_TO_VERIFY_LEAF_SIGNATURE" : "UNABLE_TO_GET_ISSUER_CERT_LOCALLY";
    [current] = others.splice(place, 1);
  }
  return undefined;
}

function dateError(der: Uint8Array, now: Date): string | undefined {
  const certificate = readCertificate(der);
  if ("fault" in certificate) return "CERT_UNTRUSTED";
  const { notBefore, notAfter } = certificate;
  if (notBefore.at === undefined || now.getTime() < notBefore.at) return "CERT_NOT_YET_VALID";
  return notAfter.at === undefined || now.getTime() > notAfter.at ? "CERT_HAS_EXPIRED" : undefined;
}

/** The one of these CAs (PEM) that is the certificate itself or signed it; DER. */
export function vouching(cas: readonly string[], certificate: Uint8Array): Uint8Array | undefined {
  const read = readCertificate(certificate);
  if ("fault" in read) return undefined;
  const issuer = Buffer.from(read.der.subarray(read.issuer.slice.start, read.issuer.slice.end));
  // There are hundreds, and Node takes its time to read one: most do not bear the name.
  return cas.map(derOf).find((ca) => ca.includes(issuer) && vouchesFor(ca, certificate));
}

export function derOf(pem: string): Buffer {
  return Buffer.from(pem.replaceAll(/-----[A-Z ]+-----/g, ""), "base64");
}

function vouchesFor(ca: Uint8Array, certificate: Uint8Array): boolean {
  try {
    const [issuer, subject] = [new X509Certificate(ca), new X509Certificate(certificate)];
    if (issuer.raw.equals(subject.raw)) return true;
    return issuer.ca && subject.checkIssued(issuer) && subject.verify(issuer.publicKey);
  } catch {
    return false;
  }
}
