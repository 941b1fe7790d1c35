import type { Chunk } from "../pem/block.ts";
import { areOfBody, isLikeBodyLine } from "../pem/body.ts";
import { aboveBlock, hiddenInChunkInSteps, longText } from "../pem/hidden.ts";
import { behindMark, isAtEnd, isLineEnd, isWrittenByProgram, nextLine, skipBlanks } from "../pem/lines.ts";
import { longestBody } from "../pem/open-body.ts";
import { finish, perStep, type Steps } from "../steps.ts";
import { overlap, type Span, type TextEdit } from "../text.ts";
import { type Bundle, once, type Piece } from "../x509/bundle/bundle.ts";
import { selection } from "../x509/bundle/selection.ts";
import { truststore } from "./use.ts";

/**
 * What services that restrict the text between certificates do not take: `blank` lines, comments with a hyphen in them
 * (`hyphen`), and what is no comment that begins with `#` (`other`).
 */
export type RefusedKind = "blank" | "hyphen" | "other";

/**
 * The lines of one kind above one block, or below the last; markers, which become comments that are taken, by
 * themselves.
 */
export interface RefusedText {
  /** Of the piece below it; `undefined`: there is none. */
  readonly index: number | undefined;
  readonly kind: RefusedKind;
  /** What the first marker becomes; `undefined`: these are no markers, and go. */
  readonly marker: string | undefined;
  /** The first line, without its line end; of a blank one, with it. */
  readonly at: Span;
  readonly edits: readonly TextEdit[];
  /** Whether nothing goes that a person wrote, be it a comment or what is left of a block. */
  readonly isSafe: boolean;
  /** Whether base64 is among it, or a boundary on the line of a comment: what may be left of a block that is meant. */
  readonly isOfBody: boolean;
  /** Whether a commented-out block is among the comments: what is left of it goes with its boundaries. */
  readonly hasBlock: boolean;
}

interface Line {
  /** `taken`: a comment that is no fault. */
  readonly kind: RefusedKind | "taken";
  /** With its line end. Relative to the chunk. */
  readonly span: Span;
  readonly edit: TextEdit;
  readonly isSafe: boolean;
  /** Of a marker: what it becomes. */
  readonly marker?: string | undefined;
  /** Of a commented-out block: a boundary, or a line that may be of its body. */
  readonly part?: "BEGIN" | "END" | "body" | undefined;
  readonly isOfBlock?: boolean;
  readonly isOfBody?: boolean;
}

const slashes = /^(\/\/|;)/;
const mark = /^#[#\s]*/;
const commentedBoundary = /^-{2,}\s*(BEGIN|END)\s/i;
/** Words of prose are shorter, and do not end so. */
const commentedBody = /^(?:[A-Za-z0-9+/]{24,}={0,2}|[A-Za-z0-9+/]{2,}={1,2})\s*$/;
const mostOfBoundary = 120;

/** Above one block: of more lines the first of each kind is told, and nothing is removed. */
const mostLines = 10_000;
const known = new WeakMap<Chunk, readonly Line[]>();

function refusedLines(chunk: Chunk): readonly Line[] {
  return finish(refusedLinesInSteps(chunk));
}

/** The same, where the text is long. */
function* refusedLinesInSteps(chunk: Chunk): Steps<readonly Line[]> {
  const { end } = aboveBlock(chunk);
  if (end === 0) return none;
  const found = known.get(chunk) ?? (yield* linesIn(chunk));
  // To read a short text again is cheaper than to remember each.
  if (end > longText) known.set(chunk, found);
  return found;
}

function* linesIn(chunk: Chunk): Steps<readonly Line[]> {
  const { text, markers } = chunk;
  const { end } = aboveBlock(chunk);
  // A block that nobody finds is no text: pem/unread.
  const hidden = yield* hiddenInChunkInSteps(chunk);
  let place = 0;
  let lines: Line[] = [];
  let isLong = false;
  let marker = 0;
  let looked = 0;
  for (let at = 0, next = at; at < end; at = next) {
    if (++looked % perStep === 0) yield;
    if (lines.length > mostLines) [lines, isLong] = [firstOfEach(lines), true];
    next = nextLine(text, at);
    // What stands before BEGIN on its line is no line of its own.
    if (next > end) break;
    const first = skipBlanks(text, behindMark(text, at));
    const start = behindMark(text, at);
    const span = { start, end: next };
    const gone = { span, text: "" };
    // They are in the order of the text.
    while ((hidden[place]?.lines.end ?? end) <= at) place++;
    const block = hidden[place];
    if (block !== undefined && overlap(block.lines, span)) continue;
    if (isAtEnd(text, first)) lines.push({ kind: "blank", span, edit: gone, isSafe: true });
    else {
      const said = text.slice(first, next);
      const isComment = said.startsWith("#");
      const kind = !isComment ? "other" : said.includes("-") ? "hyphen" : "taken";
      while (marker < markers.length && (markers[marker]?.at.start ?? 0) < first) marker++;
      const at = markers[marker]?.at;
      const marked = kind !== "taken" && at?.start === first ? takenMarker(text.slice(at.start, at.end)) : undefined;
      if (at !== undefined && marked !== undefined)
        lines.push({ kind, span, edit: { span: at, text: marked }, isSafe: true, marker: marked });
      else
        lines.push({
          kind,
          span,
          edit: gone,
          isSafe: !isComment && isWrittenByProgram(said),
          part: isComment ? partOf(said) : mayBeOfBody(said) ? "body" : undefined,
        });
    }
  }
  if (isLong) return firstOfEach(lines);
  return lines.every(({ kind }) => kind === "taken")
    ? none
    : withBodies(withCommentedBlocks(lines), text).filter(({ kind }) => kind !== "taken");
}

/** Which of the lines are part of something is not told: none of them goes. */
function firstOfEach(lines: readonly Line[]): Line[] {
  return (["blank", "hyphen", "other"] as const).flatMap((kind) => {
    const first = lines.find((line) => line.kind === kind);
    return first === undefined ? [] : [{ ...first, isSafe: false, isOfBody: true }];
  });
}

/** What says the same as a marker in a comment that is taken. */
function takenMarker(marker: string): string | undefined {
  const taken = marker.replace(slashes, "#").replace(/=([ \t]*)trust-store$/i, `=$1${truststore}`);
  return taken.includes("-") ? undefined : taken;
}

function partOf(comment: string): Line["part"] {
  const said = comment.slice(mark.exec(comment)?.[0].length ?? 0);
  const word = commentedBoundary.exec(said.slice(0, mostOfBoundary))?.[1];
  if (word !== undefined) return word.toUpperCase() === "BEGIN" ? "BEGIN" : "END";
  return mayBeOfBody(said) ? "body" : undefined;
}

/** Of a line that is longer than any body the pattern finds no end: it takes more memory than there is. */
function mayBeOfBody(said: string): boolean {
  return said.length <= longestBody && commentedBody.test(said);
}

/** The body of a commented-out block has no hyphen: it goes with its boundaries, or they stay with it. */
function withCommentedBlocks(lines: readonly Line[]): readonly Line[] {
  if (!lines.some(({ part }) => part === "BEGIN" || part === "END")) return lines;
  const ofBlock = new Set<number>();
  const addBody = (from: number, step: 1 | -1): void => {
    for (let at = from; lines[at]?.part === "body"; at += step) ofBlock.add(at);
  };
  let begin: number | undefined;
  for (const [at, { kind, part }] of lines.entries()) {
    const isComment = kind === "hyphen" || kind === "taken";
    if (part === "END") {
      if (begin === undefined) addBody(at - 1, -1);
      else for (let place = begin; place < at; place++) ofBlock.add(place);
      ofBlock.add(at);
      begin = undefined;
    } else if (part === "BEGIN") {
      ofBlock.add(at);
      addBody(at + 1, 1);
      begin = at;
    } else if (!isComment && part !== "body") begin = undefined;
  }
  return lines.map(
    (line, at): Line => (ofBlock.has(at) ? { ...line, kind: "hyphen", isSafe: false, isOfBlock: true } : line),
  );
}

const boundaryInside = /-----(?:BEGIN|END) /;

/** Lines that look like a body, and the comments directly around these that a boundary follows on. */
function withBodies(lines: readonly Line[], text: string): readonly Line[] {
  const said = lines.map(({ span }) => text.slice(span.start, span.end));
  const ofBody = new Set<number>();
  for (let at = 0; at < lines.length; at++) {
    let end = at;
    while (lines[end]?.kind === "other" && isLikeBodyLine(said[end] ?? "")) end++;
    if (end === at) continue;
    if (areOfBody(said.slice(at, end))) {
      for (let place = at; place < end; place++) ofBody.add(place);
      for (const place of [at - 1, end]) if (boundaryInside.test(said[place] ?? "")) ofBody.add(place);
    }
    at = end;
  }
  return ofBody.size === 0
    ? lines
    : lines.map((line, at) => (ofBody.has(at) ? { ...line, isSafe: false, isOfBody: true } : line));
}

const none: readonly Line[] = [];

const above = selection(({ chunk }) => refusedLines(chunk).length > 0);

/** Those of which each chunk was looked at. */
const looked = new WeakSet<readonly Piece[]>();

/**
 * Looks through what is long, and keeps what it finds with its chunk: whoever asks afterwards does not wait for it.
 * After an edit, only through what came.
 */
export function* prepareText(bundle: Bundle): Steps<void> {
  const { base, start, added } = bundle.since;
  const { chunks } = bundle.pem;
  const last = chunks.slice(bundle.pieces.length);
  const some = looked.has(base) ? chunks.slice(start, start + added).concat(last) : chunks;
  for (const [place, chunk] of some.entries()) {
    if (place % perStep === perStep - 1) yield;
    if (aboveBlock(chunk).end > longText) yield* refusedLinesInSteps(chunk);
  }
  looked.add(base);
  yield* above.prepare(bundle);
  if (!told.has(bundle)) told.set(bundle, yield* refusedTextInSteps(bundle));
}

const told = new WeakMap<Bundle, readonly RefusedText[]>();

/** In the order of the text. Blank lines at either end of it are between nothing. */
export function refusedTextIn(bundle: Bundle): readonly RefusedText[] {
  return once(told, bundle, () => finish(refusedTextInSteps(bundle)));
}

function* refusedTextInSteps(bundle: Bundle): Steps<readonly RefusedText[]> {
  const { pieces, starts, pem } = bundle;
  const found: RefusedText[] = [];
  const add = (chunk: Chunk, place: number, index: number | undefined): void => {
    const start = starts[place] ?? 0;
    const before = pem.chunks[place - 1]?.text;
    const startsInsideLine = before !== undefined && !isLineEnd(before.charCodeAt(before.length - 1));
    const lines = refusedLines(chunk).filter(
      ({ kind, span }) =>
        (kind !== "blank" || (place > 0 && index !== undefined)) && (!startsInsideLine || span.start > 0),
    );
    for (const [kind, isMarker] of kinds) {
      const alike = lines.filter((line) => line.kind === kind && (line.marker !== undefined) === isMarker);
      const [first] = alike;
      if (first === undefined) continue;
      found.push({
        index,
        kind,
        marker: first.marker,
        at: shifted(kind === "blank" ? first.span : withoutLineEnd(chunk.text, first.span), start),
        edits: alike.map(({ edit }) => ({ span: shifted(edit.span, start), text: edit.text })),
        isSafe: alike.every(({ isSafe }) => isSafe),
        isOfBody: alike.some(({ isOfBody }) => isOfBody === true),
        hasBlock: alike.some(({ isOfBlock }) => isOfBlock === true),
      });
    }
  };
  for (const [place, { index, piece }] of above(bundle).entries()) {
    if (place % perStep === perStep - 1) yield;
    add(piece.chunk, index, index);
  }
  const last = pem.chunks.at(-1);
  if (last !== undefined && last.block === undefined && pieces.length > 0) add(last, pem.chunks.length - 1, undefined);
  return found;
}

const kinds: readonly (readonly [kind: RefusedKind, isMarker: boolean])[] = [
  ["blank", false],
  ["hyphen", true],
  ["hyphen", false],
  ["other", true],
  ["other", false],
];

function shifted({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

function withoutLineEnd(text: string, { start, end }: Span): Span {
  let stop = end;
  while (stop > start && isLineEnd(text.charCodeAt(stop - 1))) stop--;
  return { start, end: stop };
}
