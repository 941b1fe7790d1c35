import * as l10n from "@vscode/l10n";
import type { Span } from "../text.ts";
import { type Bundle, certificatesOf, once } from "../x509/bundle/bundle.ts";
import { aboutPiece } from "../x509/bundle/places.ts";
import { indexOf } from "../x509/path/chain.ts";
import { hasUnknown } from "../x509/path/file-chain.ts";
import { originClientFitness, type Reason, type Requirement } from "./fitness.ts";

export interface Unmet {
  readonly at: Span;
  /** As `certificateMark` names it. */
  readonly certificate?: string;
  /** A sentence. */
  readonly reason: string;
}

const known = new WeakMap<Bundle, Map<number, readonly Reason[]>>();

/**
 * What of a requirement keeps the certificates of a file from being taken as an origin client certificate, at the block
 * it is about.
 */
export function unmetIn(bundle: Bundle, now: Date, requirement: Requirement): readonly Unmet[] {
  // What cannot be read may be the leaf, or what is missing between others.
  if (hasUnknown(bundle)) return [];
  const { certificates } = indexOf(bundle);
  const byTime = once(known, bundle, () => new Map<number, readonly Reason[]>());
  const reasons = byTime.get(now.getTime()) ?? originClientFitness(certificates, now).reasons;
  byTime.set(now.getTime(), reasons);
  return reasons.flatMap((reason) => {
    if (reason.holds || reason.requirement !== requirement) return [];
    const piece = certificatesOf(bundle).find(({ certificate }) => certificate === certificates[reason.index]);
    return piece === undefined ? [] : [{ ...aboutPiece(bundle, piece.index), reason: l10n.t("{0}.", reason.message) }];
  });
}
