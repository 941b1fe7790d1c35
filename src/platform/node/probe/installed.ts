import { X509Certificate } from "node:crypto";
import { getCACertificates, rootCertificates } from "node:tls";

/** The roots that browsers, and so clients anywhere, trust: Mozilla's, as Node carries them. PEM. */
export function publicRoots(): readonly string[] {
  return rootCertificates;
}

/**
 * Whether a chain that the public does not trust is vouched for by a CA that somebody installed on this computer: that
 * is how a proxy that looks into TLS makes its certificates pass, and how a company has its own CA.
 */
export function isOfInstalledCa(chain: readonly Uint8Array[]): boolean {
  const der = chain.at(-1);
  if (der === undefined) return false;
  try {
    const last = new X509Certificate(der);
    return installedCas().some((pem) => vouchesFor(pem, last));
  } catch {
    return false;
  }
}

function vouchesFor(pem: string, last: X509Certificate): boolean {
  try {
    const ca = new X509Certificate(pem);
    return ca.fingerprint256 === last.fingerprint256 || (last.checkIssued(ca) && last.verify(ca.publicKey));
  } catch {
    return false;
  }
}

function installedCas(): readonly string[] {
  // Older hosts of the editor cannot tell.
  if (typeof getCACertificates !== "function") return [];
  return [...getCACertificates("system"), ...getCACertificates("extra")];
}
