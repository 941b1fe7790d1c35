import { finish, type Steps } from "../steps.ts";
import type { Span, TextEdit } from "../text.ts";
import { encode, isBase64 } from "./base64.ts";
import type { Block, Chunk, PemText } from "./block.ts";
import { dataStart } from "./body.ts";
import { boundaryText } from "./boundary.ts";
import { readChunk } from "./chunk.ts";
import { isLineEnd, nextLine } from "./lines.ts";
import { Reading } from "./reading.ts";

export function readPem(text: string): PemText {
  return finish(readPemInSteps(text));
}

export function* readPemInSteps(text: string): Steps<PemText> {
  const chunks: Chunk[] = [];
  const starts: number[] = [];
  const reading = new Reading(text);
  let last: Chunk | undefined;
  for (let at = 0; at < text.length; ) {
    const read = yield* readChunk(reading, at);
    // What is there a million times is kept once.
    const chunk = last !== undefined && isRepeated(last, read) ? last : read;
    last = chunk;
    chunks.push(chunk);
    starts.push(at);
    at += chunk.text.length;
  }
  return { text, chunks, starts };
}

/** The same once more, and nothing in it that could be told apart by anybody. */
function isRepeated(last: Chunk, chunk: Chunk): boolean {
  return last.block?.bytes === undefined && last.text === chunk.text && isSameChunk(last, chunk);
}

/** In a list, `removed` things from `start` gave way to `added` others; those around them are as they were. */
export interface Replaced {
  readonly start: number;
  readonly removed: number;
  readonly added: number;
}

/** What two replacements, one after the other, come to. */
export function composed(one: Replaced, other: Replaced): Replaced {
  const start = Math.min(one.start, other.start);
  /** As it was between the two. */
  const end = Math.max(one.start + one.added, other.start + other.removed);
  return { start, removed: end - start - one.added + one.removed, added: end - start - other.removed + other.added };
}

/** Less what is the same at either end. */
export function narrowed(
  { start, removed, added }: Replaced,
  isSame: (before: number, after: number) => boolean,
): Replaced {
  const most = Math.min(removed, added);
  let first = 0;
  while (first < most && isSame(start + first, start + first)) first++;
  let last = 0;
  while (last < most - first && isSame(start + removed - 1 - last, start + added - 1 - last)) last++;
  return { start: start + first, removed: removed - first - last, added: added - first - last };
}

/**
 * After edits, each given for the text the one before it left. Reads again only what they touch; every other chunk is
 * the same object.
 */
export function editPem(pem: PemText, edits: readonly TextEdit[]): PemText {
  return editChunks(pem, edits).pem;
}

/** The same, and which chunks are others. */
export function editChunks(
  before: PemText,
  edits: readonly TextEdit[],
): { readonly pem: PemText; readonly replaced: Replaced } {
  let pem = before;
  let replaced: Replaced = { start: 0, removed: 0, added: 0 };
  for (const [place, edit] of edits.entries()) {
    const edited = editOnce(pem, edit);
    pem = edited.pem;
    replaced = place === 0 ? edited.replaced : composed(replaced, edited.replaced);
  }
  return { pem, replaced };
}

/**
 * A chunk depends on its own text, and on what follows as far as the first boundary there, or the line end behind it.
 * So reading begins one chunk above the line of the edit, at the beginning of a line, or with the chunk whose body
 * alone it is in. It ends where a chunk starts at which one started before, if that one was read to its end, and a line
 * end behind it: so its boundary was there, and behind it all is as it was.
 */
function editOnce(
  { chunks, starts }: PemText,
  { span, text: inserted }: TextEdit,
): { readonly pem: PemText; readonly replaced: Replaced } {
  const touched = chunkAt(starts, span.start - 1);
  const isWithin = isInBody(chunks[touched], span.start - (starts[touched] ?? 0));
  const first = isWithin ? touched : onLineOf(chunks, onLineOf(chunks, touched) - 1);
  const base = starts[first] ?? 0;
  const delta = inserted.length - (span.end - span.start);
  const lastTouched = chunkAt(starts, span.end);
  for (let reach = 2; ; reach *= 2) {
    const behind = lastTouched + reach;
    const before = textOfChunks(chunks.slice(first, behind));
    // Joined, it is one string; added up, it would be a chain of them, of which each character takes longer to find.
    const text = [before.slice(0, span.start - base), inserted, before.slice(span.end - base)].join("");
    /** Where chunks of the old text stand now of which not a character is another. */
    const known = new Map<number, number>();
    for (let index = first; index < Math.min(behind, chunks.length); index++) {
      const start = starts[index] ?? 0;
      if (start >= span.end) known.set(start - base + delta, index);
      else if (start + (chunks[index]?.text.length ?? 0) <= span.start) known.set(start - base, index);
    }
    const isBehind = (index: number | undefined): index is number =>
      index !== undefined && (starts[index] ?? 0) > span.end;
    const reading = new Reading(text);
    const read: Chunk[] = [];
    const readStarts: number[] = [];
    let at = 0;
    while (at < text.length && !isBehind(known.get(at))) {
      const old = chunks[known.get(at) ?? -1];
      const chunk = finish(readChunk(reading, at));
      readStarts.push(base + at);
      read.push(old !== undefined && isSameChunk(old, chunk) ? old : chunk);
      at += chunk.text.length;
    }
    const reached = known.get(at);
    const joined = isBehind(reached) ? reached : chunks.length;
    if (behind < chunks.length && (joined === chunks.length || nextLine(text, at) === text.length)) continue;
    const pem = lazily(
      chunks.slice(0, first).concat(read, chunks.slice(joined)),
      starts.slice(0, first).concat(
        readStarts,
        starts.slice(joined).map((start) => start + delta),
      ),
    );
    return { pem, replaced: { start: first, removed: joined - first, added: read.length } };
  }
}

/** The chunk in which the line begins that one begins on: what stands behind a boundary on its line may unmake it. */
function onLineOf(chunks: readonly Chunk[], index: number): number {
  let first = Math.max(0, index);
  while (first > 0 && !endsLine(chunks[first - 1])) first--;
  return first;
}

function endsLine(chunk: Chunk | undefined): boolean {
  return chunk !== undefined && isLineEnd(chunk.text.charCodeAt(chunk.text.length - 1));
}

/**
 * Whether the line of BEGIN ends before an offset: so that boundary is there for the chunk above, whatever is written
 * behind.
 */
function isInBody(chunk: Chunk | undefined, at: number): boolean {
  const begin = chunk?.block?.begin;
  return chunk !== undefined && begin !== undefined && nextLine(chunk.text, begin.end) < at;
}

/** An edit does not need the whole text, and putting it together takes longer than everything else. */
function lazily(chunks: readonly Chunk[], starts: readonly number[]): PemText {
  let whole: string | undefined;
  return {
    get text() {
      return (whole ??= textOfChunks(chunks));
    },
    chunks,
    starts,
  };
}

function textOfChunks(chunks: readonly Chunk[]): string {
  return chunks.map(({ text }) => text).join("");
}

/** The last chunk that starts at or before an offset. */
function chunkAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Of two chunks that were read from the same characters, and differ only by what follows. */
function isSameChunk(a: Chunk, b: Chunk): boolean {
  if (
    a.text.length !== b.text.length ||
    a.block?.span.end !== b.block?.span.end ||
    a.block?.end?.end !== b.block?.end?.end
  )
    return false;
  const [one, other] = [a.block?.damage ?? [], b.block?.damage ?? []];
  return (
    one.length === other.length &&
    one.every(
      (damage, index) =>
        damage.kind === other[index]?.kind && damage.repair?.[0]?.text === other[index].repair?.[0]?.text,
    )
  );
}

/**
 * The characters that say the bytes from `start` to `end`, relative to the chunk: where damage inside the DER is shown.
 */
export function placeOfBytes(chunkText: string, block: Block, start: number, end: number): Span {
  const first = Math.floor((start * 4) / 3);
  const last = Math.max(first + 1, Math.ceil((end * 4) / 3));
  let from = block.body.start;
  let to = block.body.start;
  let count = 0;
  const mended = block.damage.find(({ kind }) => kind === "lost")?.repair ?? [];
  let place = 0;
  for (let at = dataStart(chunkText, block.body); at < block.body.end && count < last; at++) {
    const edit = mended[place];
    const isMended = edit !== undefined && edit.span.start <= at;
    const length = isMended ? edit.text.replace(/[\s=]/g, "").length : isBase64(chunkText.charCodeAt(at)) ? 1 : 0;
    const start = at;
    if (isMended) {
      place++;
      // What is put in takes the place of nothing.
      at = Math.max(at, edit.span.end - 1);
    }
    if (length === 0) continue;
    if (count <= first) from = start;
    to = at + 1;
    count += length;
  }
  return { start: from, end: to };
}

/** PEM of bytes: 64 columns, LF. */
export function writePem(label: string, bytes: Uint8Array): string {
  const lines = encode(bytes).match(/.{1,64}/g) ?? [];
  return [boundaryText("BEGIN", label), ...lines, boundaryText("END", label), ""].join("\n");
}
