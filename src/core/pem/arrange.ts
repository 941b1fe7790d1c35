import type { TextEdit } from "../text.ts";
import type { PemText } from "./block.ts";
import { hiddenInChunk } from "./hidden.ts";
import { isAtEnd, isBlank, isLineEnd, isWrittenByProgram, lineEndBehind, previousLine, skipBlanks } from "./lines.ts";

/** A block with the comment lines directly above it. Offsets relative to the chunk. */
interface Unit {
  readonly text: string;
  readonly start: number;
  /** Where the line of BEGIN starts. */
  readonly line: number;
  /** Before the line end. */
  readonly end: number;
  /** BEGIN stands on the line of the END before it. */
  readonly glued: boolean;
}

/**
 * Cuts the block of a chunk and its line end. The comment lines directly above it go with it where a program wrote
 * them, or where they are those of the block it is a copy of; a comment that also applies to what follows stays.
 */
export function cutBlock(pem: PemText, index: number, copyOf: number): TextEdit {
  const unit = unitOf(pem, index);
  const { text, line, end, glued } = unit;
  const above = commentOf(unit);
  const start =
    above === commentOf(unitOf(pem, copyOf)) ||
    above.split(/[\r\n]+/).every((one) => one.trim() === "" || isWrittenByProgram(one))
      ? unit.start
      : line;
  // What stands behind must not come onto the line of the block before.
  if (glued) return edit(pem, index, start, end, "");
  const next = pem.chunks[index + 1]?.text ?? "";
  // Blank lines on one of its sides are enough.
  return edit(
    pem,
    index,
    isAtEnd(next, skipBlanks(next, 0)) ? blankLinesAbove(text, start, floorOf(pem, index)) : start,
    text.length,
    "",
  );
}

/**
 * Puts the blocks of some chunks into this order, each with the comment lines directly above it: the first goes where
 * now the foremost of them stands, and so on. All other text stays where it is, and so does a comment at the top of
 * the file, where no other block has one: it is about the file.
 */
export function arrangeBlocks(pem: PemText, order: readonly number[]): TextEdit[] {
  const places = order.toSorted((a, b) => a - b);
  const isAboutFile = order.every((index) => index === 0 || commentOf(unitOf(pem, index)) === "");
  const unit = (index: number): Unit => {
    const whole = unitOf(pem, index);
    return isAboutFile && index === 0 ? { ...whole, start: whole.line } : whole;
  };
  return places.flatMap((place, turn): TextEdit[] => {
    const from = order[turn];
    if (from === undefined || from === place) return [];
    const { start, end, glued } = unit(place);
    const block = unit(from);
    return [
      edit(
        pem,
        place,
        start,
        end,
        (glued ? lineEndBehind(pem.chunks[0]?.text ?? "", 0) : "") + block.text.slice(block.start, block.end),
      ),
    ];
  });
}

/** Where lines end in CR alone, as those of the first Macs did; of CR CR LF none is alone. */
export function loneReturnsIn(text: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf("\r"); at >= 0; at = text.indexOf("\r", at + 1))
    if (!isLineFeedBehind(text, at + 1)) found.push(at);
  return found;
}

function isLineFeedBehind(text: string, from: number): boolean {
  const at = text.charCodeAt(from) === 13 ? from + 1 : from;
  return text.charCodeAt(at) === 10;
}

function edit({ starts }: PemText, index: number, start: number, end: number, text: string): TextEdit {
  const chunkStart = starts[index] ?? 0;
  return { span: { start: chunkStart + start, end: chunkStart + end }, text };
}

function unitOf(pem: PemText, index: number): Unit {
  const chunk = pem.chunks[index];
  const { text = "", block, markers = [] } = chunk ?? {};
  const floor = floorOf(pem, index);
  // A block that nobody finds is no comment on the one below it.
  const hiddenEnd = (chunk === undefined ? undefined : hiddenInChunk(chunk).at(-1))?.lines.end ?? 0;
  const before = pem.chunks[index - 1]?.text;
  const startsInsideLine = before !== undefined && !isLineEnd(before.charCodeAt(before.length - 1));
  const end = lineEndsAt(text);
  const first = block?.span.start ?? 0;
  let start = first;
  while (start > floor && isBlank(text.charCodeAt(start - 1))) start--;
  if (startsInsideLine && start === floor) return { text, start: first, line: first, end, glued: true };
  const line = start;
  // From the last one upwards.
  let marker = markers.length - 1;
  for (;;) {
    const above = previousLine(text, start, floor);
    if (
      above === start ||
      above < hiddenEnd ||
      isAtEnd(text, skipBlanks(text, above)) ||
      (startsInsideLine && above === floor)
    )
      break;
    while ((markers[marker]?.at.start ?? -1) >= start) marker--;
    if ((markers[marker]?.at.start ?? -1) >= above) break;
    start = above;
  }
  return { text, start, line, end, glued: false };
}

function commentOf({ text, start, line }: Unit): string {
  return text.slice(start, line).trim();
}

/** A byte order mark stays where it is. */
function floorOf({ chunks }: PemText, index: number): number {
  return index === 0 && chunks[0]?.text.charCodeAt(0) === 0xfeff ? 1 : 0;
}

/** Without the line end that it may have. */
function lineEndsAt(text: string): number {
  let end = text.length;
  if (text.charCodeAt(end - 1) === 10) end--;
  if (text.charCodeAt(end - 1) === 13) end--;
  return end;
}

function blankLinesAbove(text: string, start: number, floor: number): number {
  let at = start;
  for (
    let above = previousLine(text, at, floor);
    above < at && isAtEnd(text, skipBlanks(text, above));
    above = previousLine(text, at, floor)
  )
    at = above;
  return at;
}
