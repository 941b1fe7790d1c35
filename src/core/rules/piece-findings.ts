import { perStep, type Steps } from "../steps.ts";
import type { Bundle, Piece } from "../x509/bundle/bundle.ts";
import { certificateMark } from "../x509/bundle/places.ts";
import { certificateRules, pieceRules } from "./catalogue.ts";
import { isSameContext } from "./kept-findings.ts";
import type { CertificatePiece, Context, Problem, RuleCard } from "./rule.ts";
import { active, apply, type FaultListener } from "./run.ts";

/** What a block was judged by, and what was found in it, relative to its chunk. */
class Judged {
  readonly context: Context;
  /** Each once. */
  readonly rules: readonly RuleCard[];
  /** `undefined`: to look again is cheaper than to keep it, where so much is found in a file. */
  readonly problems: readonly Problem[] | undefined;

  constructor(context: Context, rules: readonly RuleCard[], problems: readonly Problem[] | undefined) {
    this.context = context;
    this.rules = rules;
    this.problems = problems;
  }
}

/** In how many blocks of a file what was found is kept: nobody sees more, and it takes more room than the file. */
const mostKept = 5_000;

/**
 * Of the pieces that a bundle was last looked at as a whole, those in which something was found, and by what they were
 * judged.
 */
const unsound = new WeakMap<readonly Piece[], { readonly context: Context; readonly places: readonly number[] }>();

/**
 * The places of the pieces in which something is found, in order. After an edit, only those that came are looked at.
 */
export function* unsoundIn(
  { pieces, since: { base, start, removed, added } }: Bundle,
  context: Context,
  { rulesAgainst }: PieceJudges,
): Steps<readonly number[]> {
  const among = function* (all: readonly Piece[], from: number, to: number): Steps<number[]> {
    const places: number[] = [];
    for (let place = from; place < to; place++) {
      if ((place - from) % perStep === perStep - 1) yield;
      const piece = all[place];
      if (piece !== undefined && rulesAgainst(piece).length > 0) places.push(place);
    }
    return places;
  };
  let before = unsound.get(base);
  if (before === undefined || !sameFor(before.context, context)) {
    before = { context, places: yield* among(base, 0, base.length) };
    unsound.set(base, before);
  }
  const { places } = before;
  if (removed + added === 0) return places;
  const behind = places.filter((place) => place >= start + removed).map((place) => place - removed + added);
  return places.filter((place) => place < start).concat(yield* among(pieces, start, start + added), behind);
}

/** What is found in a piece, whatever else is in the file. */
export interface PieceJudges {
  /** The rules that find something in it. */
  rulesAgainst(piece: Piece): readonly RuleCard[];
  foundIn(piece: Piece): readonly Problem[];
}

/** Made for one check: what is the same for all pieces is worked out once. */
export function judgeFor(context: Context, onFault: FaultListener): PieceJudges {
  /** Kept with a piece in which nothing is found: most are alike. */
  const sound = new Judged(context, [], []);
  /** Kept with the many in which more is found than is kept, by the rules that find it. */
  const alike = new Map<string, Judged>();
  const aboutPieces = active(pieceRules, context);
  const aboutCertificates = active(certificateRules, context);
  let kept = 0;
  /** What most pieces were judged by last, and whether that still holds. */
  let last: Context | undefined;
  let isLastSame = false;
  const look = (piece: Piece): readonly Problem[] => {
    const problems: Problem[] = [];
    for (const rule of aboutPieces) apply(rule, piece, context, onFault, problems);
    if (holdsCertificate(piece)) for (const rule of aboutCertificates) apply(rule, piece, context, onFault, problems);
    const { content } = piece;
    return content.kind === "certificate"
      ? problems.map((problem) => ({ ...problem, certificate: certificateMark(content.certificate) }))
      : problems;
  };
  const judgedOf = (problems: readonly Problem[]): Judged => {
    if (problems.length === 0) return sound;
    const rules = [...new Set(problems.map(({ rule }) => rule))];
    if (kept++ < mostKept) return new Judged(context, rules, problems);
    const key = rules.map(({ id }) => id).join();
    const known = alike.get(key) ?? new Judged(context, rules, undefined);
    alike.set(key, known);
    return known;
  };
  const judge = (piece: Piece): Judged => {
    if (piece.judged instanceof Judged) {
      if (piece.judged.context !== last) {
        last = piece.judged.context;
        isLastSame = sameFor(last, context);
      }
      if (isLastSame) return piece.judged;
    }
    const judged = judgedOf(look(piece));
    piece.judged = judged;
    return judged;
  };
  return { rulesAgainst: (piece) => judge(piece).rules, foundIn: (piece) => judge(piece).problems ?? look(piece) };
}

function holdsCertificate(piece: Piece): piece is CertificatePiece {
  return piece.content.kind === "certificate";
}

/** Whether a block on its own looks the same in both: what others' signatures say is nothing to it. */
function sameFor(a: Context, b: Context): boolean {
  return isSameContext(a, b, aboutOne);
}

const aboutOne = ["now", "settings", "purpose", "targets"] as const;
