import {
  aboveBlock,
  type HiddenBlock,
  hiddenInChunk,
  hiddenInChunkInSteps,
  isDamaged,
  longText,
  mayBeCertificate,
  mayBeKey,
} from "../../pem/hidden.ts";
import { perStep, type Steps } from "../../steps.ts";
import type { Span } from "../../text.ts";
import type { Bundle } from "./bundle.ts";
import { selection } from "./selection.ts";

/** A block of a bundle that no reader of PEM sees. */
export interface HiddenPiece {
  readonly hidden: HiddenBlock;
  /** Where its chunk starts: its offsets count from there. */
  readonly start: number;
  /** Of the piece below it; `undefined`: there is none. */
  readonly index: number | undefined;
}

const above = selection(({ chunk }) => hiddenInChunk(chunk).length > 0);

/** Looks through what is long, and keeps what it finds with its chunk: whoever asks afterwards does not wait for it. */
export function* lookForHidden({ pem }: Bundle): Steps<void> {
  for (const [place, chunk] of pem.chunks.entries()) {
    if (place % perStep === perStep - 1) yield;
    if (aboveBlock(chunk).end > longText) yield* hiddenInChunkInSteps(chunk);
  }
}

/** In the order of the text. Where no block is read at all, no damaged ones, which may be anything. */
export function hiddenPieces(bundle: Bundle): readonly HiddenPiece[] {
  const { pieces, starts, pem } = bundle;
  const found = above(bundle).flatMap(({ index, piece }) =>
    hiddenInChunk(piece.chunk).map((hidden): HiddenPiece => ({ hidden, start: starts[index] ?? 0, index })),
  );
  const last = pem.chunks.at(-1);
  if (last === undefined || last.block !== undefined) return found;
  const below = hiddenInChunk(last).filter((hidden) => pieces.length > 0 || !isDamaged(hidden));
  return [...found, ...below.map((hidden): HiddenPiece => ({ hidden, start: starts.at(-1) ?? 0, index: undefined }))];
}

/** Those that may be a certificate, or hold some: what seems to be missing may be one of these. */
export function hiddenCertificates(bundle: Bundle): readonly HiddenPiece[] {
  return hiddenPieces(bundle).filter(({ hidden }) => mayBeCertificate(hidden));
}

export function placeOfHidden({ hidden: { at }, start }: HiddenPiece): Span {
  return { start: start + at.start, end: start + at.end };
}

export function hiddenKeys(bundle: Bundle): readonly HiddenPiece[] {
  return hiddenPieces(bundle).filter(({ hidden }) => mayBeKey(hidden));
}
