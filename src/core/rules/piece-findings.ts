import type { Bundle, Piece } from "../x509/bundle/bundle.ts";
import { certificateMark } from "../x509/bundle/places.ts";
import { certificateRules, pieceRules } from "./catalogue.ts";
import { isSameContext } from "./kept-findings.ts";
import type { CertificatePiece, Context, Problem } from "./rule.ts";
import { active, apply, type FaultListener } from "./run.ts";

/** What was found in a block, relative to its chunk, and what it was judged by. */
class Judged {
  readonly context: Context;
  readonly problems: readonly Problem[];

  constructor(context: Context, problems: readonly Problem[]) {
    this.context = context;
    this.problems = problems;
  }
}

/**
 * Of the pieces that a bundle was last looked at as a whole, those in which something was found, and by what they were
 * judged.
 */
const unsound = new WeakMap<readonly Piece[], { readonly context: Context; readonly places: readonly number[] }>();

/**
 * The places of the pieces in which something is found, in order. After an edit, only those that came are looked at.
 */
export function unsoundIn(
  { pieces, since: { base, start, removed, added } }: Bundle,
  context: Context,
  judge: (piece: Piece) => readonly Problem[],
): readonly number[] {
  const among = (all: readonly Piece[], from: number, to: number): number[] => {
    const places: number[] = [];
    for (let place = from; place < to; place++) {
      const piece = all[place];
      if (piece !== undefined && judge(piece).length > 0) places.push(place);
    }
    return places;
  };
  let before = unsound.get(base);
  if (before === undefined || !sameFor(before.context, context)) {
    before = { context, places: among(base, 0, base.length) };
    unsound.set(base, before);
  }
  const { places } = before;
  if (removed + added === 0) return places;
  const behind = places.filter((place) => place >= start + removed).map((place) => place - removed + added);
  return places.filter((place) => place < start).concat(among(pieces, start, start + added), behind);
}

/**
 * What is found in a piece, whatever else is in the file. Made for one check: what is the same for all pieces is worked
 * out once.
 */
export function judgeFor(context: Context, onFault: FaultListener): (piece: Piece) => readonly Problem[] {
  /** Kept with a piece in which nothing is found: most are alike. */
  const sound = new Judged(context, []);
  const aboutPieces = active(pieceRules, context);
  const aboutCertificates = active(certificateRules, context);
  /** What most pieces were judged by last, and whether that still holds. */
  let last: Context | undefined;
  let isLastSame = false;
  const look = (piece: Piece): Judged => {
    const problems: Problem[] = [];
    for (const rule of aboutPieces) apply(rule, piece, context, onFault, problems);
    if (holdsCertificate(piece)) for (const rule of aboutCertificates) apply(rule, piece, context, onFault, problems);
    if (problems.length === 0) return sound;
    const { content } = piece;
    return new Judged(
      context,
      content.kind === "certificate"
        ? problems.map((problem) => ({ ...problem, certificate: certificateMark(content.certificate) }))
        : problems,
    );
  };
  return (piece) => {
    if (piece.judged instanceof Judged) {
      if (piece.judged.context !== last) {
        last = piece.judged.context;
        isLastSame = sameFor(last, context);
      }
      if (isLastSame) return piece.judged.problems;
    }
    const judged = look(piece);
    piece.judged = judged;
    return judged.problems;
  };
}

function holdsCertificate(piece: Piece): piece is CertificatePiece {
  return piece.content.kind === "certificate";
}

/** Whether a block on its own looks the same in both: what others' signatures say is nothing to it. */
function sameFor(a: Context, b: Context): boolean {
  return isSameContext(a, b, aboutOne);
}

const aboutOne = ["now", "settings", "purpose", "targets"] as const;
