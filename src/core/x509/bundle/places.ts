import type { Block } from "../../pem/block.ts";
import { placeOfBytes } from "../../pem/blocks.ts";
import { isBlank, isLineEnd } from "../../pem/lines.ts";
import type { Span } from "../../text.ts";
import type { Certificate, Slice } from "../model.ts";
import type { Bundle, Piece } from "./bundle.ts";

/** The line that stands for a block: its BEGIN, or what there is of it. Relative to the chunk. */
export function headOf({ begin, end, span }: Block): Span {
  return begin ?? end ?? span;
}

/** Whether blanks stand before one of its boundaries: readers of PEM, OpenSSL among them, do not see it then. */
export function isIndented(piece: Piece): boolean {
  const { begin, end } = piece.block;
  const { text } = piece.chunk;
  return (
    (begin !== undefined && isBehindIndent(text, begin.start)) || (end !== undefined && isBehindIndent(text, end.start))
  );
}

/** The first of its boundaries that only blanks stand before on its line. */
export function indentedOf({ chunk: { text }, block: { begin, end } }: Piece): Span | undefined {
  return [begin, end].find((line) => line !== undefined && isBehindIndent(text, line.start));
}

function isBehindIndent(text: string, from: number): boolean {
  let at = from;
  while (isBlank(text.charCodeAt(at - 1))) at--;
  return at < from && (at === 0 || isLineEnd(text.charCodeAt(at - 1)));
}

/** The line that stands for the piece at `index`, in the text. */
export function headIn({ pieces, starts }: Bundle, index: number): Span {
  const piece = pieces[index];
  const start = starts[index] ?? 0;
  if (piece === undefined) return { start, end: start };
  const head = headOf(piece.block);
  return { start: start + head.start, end: start + head.end };
}

/**
 * Tells a certificate from others for as long as it is the same to the byte: hand-made CAs give one serial number
 * twice.
 */
export function certificateMark({ serial, hash }: Certificate): string {
  return `${serial}-${(hash >>> 0).toString(16).padStart(8, "0").toUpperCase()}`;
}

/** What a finding about the piece at `index` begins with: where it is, and which certificate. */
export function aboutPiece(bundle: Bundle, index: number): { readonly at: Span; readonly certificate?: string } {
  const at = headIn(bundle, index);
  const content = bundle.pieces[index]?.content;
  return content?.kind === "certificate" ? { at, certificate: certificateMark(content.certificate) } : { at };
}

/** Where a block shows that what is in it cannot be read. Where all of it is cut off, the end is where to look. */
export function placeOfUnreadable(piece: Piece): Span {
  const { block, content } = piece;
  if (content.kind !== "unreadable" || block.bytes === undefined) return headOf(block);
  const { at } = content.fault;
  const { length } = block.bytes;
  return placeOf(piece, at.start === 0 && at.end === length ? { start: length - 1, end: length } : at);
}

/** The characters that say some bytes of a piece, no further than the line they begin on. Relative to the chunk. */
export function placeOf({ chunk: { text }, block }: Piece, slice: Slice): Span {
  const { start, end } = placeOfBytes(text, block, slice.start, slice.end);
  let stop = start;
  while (stop < end && text[stop] !== "\n" && text[stop] !== "\r") stop++;
  return { start, end: stop };
}
