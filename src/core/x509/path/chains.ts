import type { Certificate } from "../model.ts";
import type { CertificateIndex, Issuance } from "./chain.ts";

export interface Link {
  readonly certificate: Certificate;
  readonly issuance: Issuance;
}

/** No chain in use is as long; a longer one is shown up to here. */
export const longestChain = 32;

/**
 * From a certificate up to one that issued itself, or whose issuer is not there; cut where it would come round again,
 * and at `longestChain`.
 */
export function chainOf(certificate: Certificate, issuance: (certificate: Certificate) => Issuance): readonly Link[] {
  const links: Link[] = [];
  const seen = new Set<Certificate>();
  let next: Certificate | undefined = certificate;
  while (next !== undefined && !seen.has(next) && links.length < longestChain) {
    const link: Link = { certificate: next, issuance: issuance(next) };
    links.push(link);
    seen.add(next);
    next = link.issuance.state === "self" ? undefined : link.issuance.issuer;
  }
  return links;
}

/**
 * The chains of two certificates or more, at most `most`: from each that issued no other, in order; then from those
 * that are in none yet, as in a ring of CAs that certify each other.
 */
export function chainsOf(
  index: CertificateIndex,
  issuance: (certificate: Certificate) => Issuance,
  most: number,
): readonly (readonly Link[])[] {
  const issuers = new Set(
    index.certificates.flatMap((certificate) => {
      const { state, issuer } = issuance(certificate);
      return issuer === undefined || state === "self" ? [] : [issuer];
    }),
  );
  const chains: (readonly Link[])[] = [];
  const shown = new Set<Certificate>();
  const show = (certificate: Certificate) => {
    if (chains.length >= most || shown.has(certificate)) return;
    const chain = chainOf(certificate, issuance);
    if (chain.length < 2) return;
    chains.push(chain);
    for (const link of chain) shown.add(link.certificate);
  };
  index.certificates.filter((certificate) => !issuers.has(certificate)).forEach(show);
  index.certificates.forEach(show);
  return chains;
}
