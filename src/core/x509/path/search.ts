import type { Certificate } from "../model.ts";
import type { PathFault } from "./facts.ts";
import type { Judging } from "./path-faults.ts";
import type { SignaturePair, Verdict } from "./verdicts.ts";

// From a client's certificate up to a trust anchor. An issuer is checked with the certificates below it at hand, so
// that nearly everything RFC 5280 asks of a path is decided as it grows; policies alone need the whole of it.

export interface PathQuestion {
  readonly client: Certificate;
  /** What the client sends along, in any order. */
  readonly presented: readonly Certificate[];
  /** Each is a trust anchor. */
  readonly store: readonly Certificate[];
}

export interface PathOptions extends Judging {
  /** Whether a policy is required from the beginning (RFC 5280's initial-explicit-policy). */
  readonly isPolicyRequired?: boolean;
  readonly bounds?: Partial<Bounds>;
}

/** What a search may cost; where it ends at one of these, it says so. */
export interface Bounds {
  readonly signatures: number;
  /** How many times a certificate is put on top of a path. */
  readonly paths: number;
  /** Certificates on one path. */
  readonly length: number;
  /** Names that are looked up in name constraints. */
  readonly names: number;
}

/** A store of a thousand CAs of one name is searched whole; a second or so of work, in slices. */
export const bounds: Bounds = { signatures: 2000, paths: 20_000, length: 32, names: 200_000 };

/** A trust anchor from which no chain of others leads up to a root. */
export interface OpenEnd {
  readonly certificate: Certificate;
  /** Others of the store issued it, which lead back to it; `false`: none of them did. */
  readonly isInCircle: boolean;
}

export interface CandidatePath {
  /** The client's first. */
  readonly certificates: readonly Certificate[];
  /** Whether the last is a trust anchor. */
  readonly isAnchored: boolean;
  readonly faults: readonly PathFault[];
  /** All trust anchors, whichever of them the path leads to. */
  readonly anchors: ReadonlySet<Certificate>;
  /** Where the chain of trust anchors above the last one ends below a root: none of them issued this one. */
  readonly openEnd: OpenEnd | undefined;
  /** Where the last is a trust anchor and no root: the way on through its issuers, if any is a trust anchor. */
  readonly above: Above | undefined;
}

export interface Above {
  /** Of the way with the least against it, up to a root where one leads there. */
  readonly certificates: readonly Certificate[];
  /** What is against them, with those below: none of it counts for who ends at the trust anchor. */
  readonly faults: readonly PathFault[];
  /** Whether it ends at a root. */
  readonly isWhole: boolean;
  /** Whether no other way may be better. */
  readonly isCertain: boolean;
}

/** Why a path ends where it does, below any trust anchor. */
export type PathEnd =
  /** No certificate has the issuer's name. */
  | { readonly why: "no-issuer" }
  /** One has a name that is shown alike, and is another. */
  | { readonly why: "name"; readonly candidate: Certificate }
  /** It issued itself. */
  | { readonly why: "not-in-store" }
  /** The candidate did not sign it; or what it signed with cannot be verified here. */
  | { readonly why: "signature" | "unsupported"; readonly candidate: Certificate };

export interface LostPair extends SignaturePair {
  /** Whether a path from there has no more against it than that its trust anchor is no root. */
  readonly isPartial: boolean;
}

export interface PathSearch {
  /** The path that is closest to holding, where none holds; all its signatures do. */
  readonly attempt: CandidatePath | undefined;
  /** Of an attempt that reaches no trust anchor. */
  readonly end: PathEnd | undefined;
  /** The bound that the search came to. */
  readonly bound: keyof Bounds | undefined;
  /** Signatures that could be neither verified nor dismissed. */
  readonly unsupported: readonly SignaturePair[];
  /**
   * Issuers that are valid, and whose signature is, and from where no path leads on that has nothing against it: a
   * program that takes them, and does not go back, finds none.
   */
  readonly lost: readonly LostPair[];
  readonly work: { readonly signatures: number; readonly paths: number };
}

/**
 * Asks for signatures one by one, is told the verdicts, and tells `isEnough` of every path that RFC 5280 does not
 * refuse (but for the client's own faults), likeliest first, until that says that it is enough. Where it yields
 * `undefined`, nothing is asked: the caller may yield to other work there.
 */
export type Search<Result> = Generator<SignaturePair | undefined, Result, Verdict | undefined>;
