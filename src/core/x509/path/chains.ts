import { perStep, type Steps } from "../../steps.ts";
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
export function* chainsOf(
  index: CertificateIndex,
  issuance: (certificate: Certificate) => Issuance,
  most: number,
): Steps<readonly (readonly Link[])[]> {
  const issuers = new Set<Certificate>();
  for (const [place, certificate] of index.certificates.entries()) {
    if (place % perStep === perStep - 1) yield;
    const { state, issuer } = issuance(certificate);
    if (issuer !== undefined && state !== "self") issuers.add(issuer);
  }
  const chains: (readonly Link[])[] = [];
  const shown = new Set<Certificate>();
  const show = (certificate: Certificate) => {
    if (chains.length >= most || shown.has(certificate)) return;
    const chain = chainOf(certificate, issuance);
    if (chain.length < 2) return;
    chains.push(chain);
    for (const link of chain) shown.add(link.certificate);
  };
  for (const isWanted of [(one: Certificate) => !issuers.has(one), () => true])
    for (const [place, certificate] of index.certificates.entries()) {
      if (place % perStep === perStep - 1) yield;
      if (isWanted(certificate)) show(certificate);
    }
  return chains;
}
