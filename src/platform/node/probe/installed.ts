import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
// As a whole: to import by name what an older Node does not have would be an error.
import tls from "node:tls";
import { certificatesIn } from "../../../core/probe/credential.ts";

/** The roots that browsers, and so clients anywhere, trust: Mozilla's, as Node carries them. PEM. */
export function publicRoots(): readonly string[] {
  return tls.rootCertificates;
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
  if (typeof tls.getCACertificates === "function")
    return [...tls.getCACertificates("system"), ...tls.getCACertificates("extra")];
  // Node 20 cannot tell what the system has. What it was started with is in a file.
  const { NODE_EXTRA_CA_CERTS: file } = process.env;
  if (file === undefined) return [];
  try {
    return certificatesIn(readFileSync(file, "latin1"));
  } catch {
    return [];
  }
}
