import { readFileSync } from "node:fs";
// As a whole: to import by name what an older Node does not have would be an error.
import tls from "node:tls";
import { certificatesIn } from "../../../core/probe/credential.ts";
import { derOf, vouching } from "./server-chain.ts";

/** The roots that browsers, and so clients anywhere, trust: Mozilla's, as Node carries them. PEM. */
export function publicRoots(): readonly string[] {
  return tls.rootCertificates;
}

/**
 * Whether a chain that `roots` do not vouch for is vouched for by another CA that somebody installed on this computer:
 * that is how a proxy that looks into TLS makes its certificates pass, and how a company has its own CA. What a system
 * has of the roots themselves is no such CA: a public certificate may have expired.
 */
export function isOfInstalledCa(chain: readonly Uint8Array[], roots: readonly string[]): boolean {
  const last = chain.at(-1);
  if (last === undefined) return false;
  const ca = vouching(installedCas(), last);
  return ca !== undefined && !roots.some((root) => derOf(root).equals(ca));
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
