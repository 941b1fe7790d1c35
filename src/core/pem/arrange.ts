import type { TextEdit } from "../text.ts";
import type { PemText } from "./blocks.ts";
import { isBlank, isLineEnd, nextLine } from "./lines.ts";

/** A block with the comment lines directly above it. Offsets into the text. */
interface Unit {
  readonly start: number;
  /** Before the line end. */
  readonly end: number;
  /** Behind the line end; the same as `end` where there is none. */
  readonly next: number;
  /** BEGIN stands on the line of the END before it. */
  readonly glued: boolean;
}

/** Cuts the block of a chunk, with the comment lines directly above it and its line end. */
export function cutBlock(pem: PemText, index: number): TextEdit {
  const { text } = pem;
  const { start, end, next, glued } = unitOf(pem, index);
  // What stands behind must not come onto the line of the block before.
  if (glued) return { span: { start, end }, text: "" };
  const above = blankLinesAbove(text, start, firstOf(text));
  // The blank lines on its other side are enough.
  return { span: { start: next === text.length || isBlankLine(text, next) ? above : start, end: next }, text: "" };
}

/**
 * Puts the blocks of some chunks into this order, each with the comment lines directly above it: the first goes where
 * now the foremost of them stands, and so on. All other text stays where it is.
 */
export function arrangeBlocks(pem: PemText, order: readonly number[]): TextEdit[] {
  const places = order.toSorted((a, b) => a - b);
  return places.flatMap((place, turn): TextEdit[] => {
    const from = order[turn];
    if (from === undefined || from === place) return [];
    const { start, end, glued } = unitOf(pem, place);
    const block = unitOf(pem, from);
    return [{ span: { start, end }, text: (glued ? lineEndOf(pem.text) : "") + pem.text.slice(block.start, block.end) }];
  });
}

function unitOf({ text, chunks, starts }: PemText, index: number): Unit {
  const chunkStart = starts[index] ?? 0;
  const { length = 0, block, markers = [] } = chunks[index] ?? {};
  const floor = Math.max(chunkStart, firstOf(text));
  const next = chunkStart + length;
  const end = beforeLineEnd(text, next, floor);
  const first = chunkStart + (block?.span.start ?? 0);
  let start = first;
  while (start > floor && isBlank(text.charCodeAt(start - 1))) start--;
  const startsOnLineOfAnother = chunkStart > 0 && !isLineEnd(text.charCodeAt(chunkStart - 1));
  if (startsOnLineOfAnother && start === floor) return { start: first, end, next, glued: true };
  for (;;) {
    const above = lineAbove(text, start, floor);
    if (above === start || isBlankLine(text, above) || (startsOnLineOfAnother && above === floor)) break;
    if (markers.some(({ at }) => chunkStart + at.start >= above && chunkStart + at.end <= start)) break;
    start = above;
  }
  return { start, end, next, glued: false };
}

/** A byte order mark stays where it is. */
function firstOf(text: string): number {
  return text.charCodeAt(0) === 0xfeff ? 1 : 0;
}

function beforeLineEnd(text: string, next: number, floor: number): number {
  let end = next;
  if (end > floor && text.charCodeAt(end - 1) === 10) end--;
  if (end > floor && text.charCodeAt(end - 1) === 13) end--;
  return end;
}

/** Where the line begins that ends at `start`; `start` itself where there is none. */
function lineAbove(text: string, start: number, floor: number): number {
  let at = beforeLineEnd(text, start, floor);
  while (at > floor && !isLineEnd(text.charCodeAt(at - 1))) at--;
  return at;
}

function isBlankLine(text: string, start: number): boolean {
  let at = start;
  while (isBlank(text.charCodeAt(at))) at++;
  return at >= text.length || isLineEnd(text.charCodeAt(at));
}

function blankLinesAbove(text: string, start: number, floor: number): number {
  let at = start;
  for (let above = lineAbove(text, at, floor); above < at && isBlankLine(text, above); above = lineAbove(text, at, floor)) at = above;
  return at;
}

/** How the text ends its first line. */
function lineEndOf(text: string): string {
  const next = nextLine(text, 0);
  return text.slice(beforeLineEnd(text, next, 0), next) || "\n";
}
