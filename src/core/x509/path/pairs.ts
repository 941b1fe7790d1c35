import { finish, perStep, type Steps } from "../../steps.ts";
import { identityOf } from "../identity.ts";
import { type CertificateIndex, signersOf } from "./chain.ts";
import type { SignaturePair } from "./verdicts.ts";

/** What one file may ask for: a second of work, in slices. */
export const mostPairs = 5000;

export interface SignaturePairs {
  readonly pairs: readonly SignaturePair[];
  readonly omitted: number;
}

/**
 * The likeliest issuer of each certificate first, then the second likeliest of each, and so on, then itself, where it
 * issued itself, and last of all those who come into question where none of these signed it; those beyond `mostPairs`
 * are counted, not verified.
 */
export function signaturePairs(index: CertificateIndex): SignaturePairs {
  return finish(signaturePairsInSteps(index));
}

export function* signaturePairsInSteps(index: CertificateIndex): Steps<SignaturePairs> {
  const rounds: SignaturePair[][] = [];
  const own: SignaturePair[] = [];
  const spare: SignaturePair[] = [];
  let count = 0;
  for (const [place, subject] of index.certificates.entries()) {
    if (place % perStep === perStep - 1) yield;
    const identity = identityOf(subject);
    if (identity.subject === identity.issuer) {
      count++;
      if (own.length < mostPairs) own.push({ issuer: subject, subject });
    }
    const { first, behind } = signersOf(subject, index);
    count += first.length + behind.length;
    first.forEach((issuer, place) => {
      const round = (rounds[place] ??= []);
      // Nothing of a round is kept that cannot be among the first `mostPairs`.
      if (round.length < mostPairs) round.push({ issuer, subject });
    });
    const before = first.length > 0 ? first : [subject];
    for (const issuer of behind) if (spare.length < mostPairs) spare.push({ issuer, subject, before });
  }
  const pairs = [...rounds.flat(), ...own, ...spare].slice(0, mostPairs);
  return { pairs, omitted: count - pairs.length };
}
