import type { Span } from "../text.ts";
import { type Bundle, certificatesOf, once } from "../x509/bundle/bundle.ts";
import { aboutPiece } from "../x509/bundle/places.ts";
import { isSelfSigned } from "../x509/identity.ts";
import { isCertificateAuthority } from "../x509/model.ts";
import { purposes } from "../x509/naming.ts";
import { indexOf } from "../x509/path/chain.ts";
import { hasUnknown } from "../x509/path/file-chain.ts";
import { type Judgement, originClientFitness, type Requirement } from "./fitness.ts";
import type { ClientReason } from "./reason.ts";

export interface Unmet {
  readonly at: Span;
  /** As `certificateMark` names it. */
  readonly certificate?: string;
  readonly reason: ClientReason;
}

/** What a chain must be like, with its leaf or without. */
const ofChains: readonly Requirement[] = ["chain-order"];

const known = new WeakMap<Bundle, Map<number, readonly Judgement[]>>();

/**
 * What of a requirement keeps the certificates of a file from being taken as an origin client certificate, at the block
 * it is about.
 */
export function unmetIn(bundle: Bundle, now: Date, requirement: Requirement): readonly Unmet[] {
  // What cannot be read may be the leaf, or what is missing between others.
  if (hasUnknown(bundle) || (isChainAlone(bundle) && !ofChains.includes(requirement))) return [];
  const { certificates } = indexOf(bundle);
  const byTime = once(known, bundle, () => new Map<number, readonly Judgement[]>());
  const judgements = byTime.get(now.getTime()) ?? originClientFitness(certificates, now).judgements;
  byTime.set(now.getTime(), judgements);
  return judgements.flatMap(({ holds, requirement: judged, index, reason }) => {
    if (holds || judged !== requirement) return [];
    const piece = certificatesOf(bundle).find(({ certificate }) => certificate === certificates[index]);
    return piece === undefined ? [] : [{ ...aboutPiece(bundle, piece.index), reason }];
  });
}

/**
 * Whether there are CAs in a file and nothing else: ACM takes the chain of a certificate by itself. With a key beside
 * them the file is a certificate's own; and `openssl req -x509` makes every certificate a CA, so that one alone that is
 * for clients is meant as one.
 */
function isChainAlone(bundle: Bundle): boolean {
  const { certificates } = indexOf(bundle);
  const [first, another] = certificates;
  if (first === undefined || !certificates.every(isCertificateAuthority)) return false;
  if (bundle.pieces.some(({ block }) => block.kind === "private-key")) return false;
  return another !== undefined || !isSelfSigned(first) || purposes(first)?.includes("clientAuth") !== true;
}
