import type { Span, TextEdit } from "../text.ts";
import { encode, isBase64, type Scratch } from "./base64.ts";
import { type Boundary, boundaryAt, canonical, isBlank, isDash, isLineEnd, isOddBlank, isSlipFor, kindOf } from "./boundary.ts";
import { damageRelativeTo, dataStart, holdsPlaceholder, nextLine, openBodyEnd, openBodyStart, readBody, relativeTo, wholeBytes } from "./body.ts";

/** A text cut into chunks without gaps, in order. */
export interface PemText {
  readonly text: string;
  readonly chunks: readonly Chunk[];
  /** Where each chunk starts in the text. */
  readonly starts: readonly number[];
}

/**
 * The text above a block, and the block with its line end. All offsets below it are relative to the chunk's start,
 * so that the same object survives edits elsewhere. The last chunk of a text may have no block.
 */
export interface Chunk {
  readonly length: number;
  /** `# mtls: target=origin` lines in the text above the block. */
  readonly markers: readonly Marker[];
  readonly block: Block | undefined;
}

export interface Marker {
  readonly target: string;
  readonly at: Span;
}

export type BlockKind = "certificate" | "trusted-certificate" | "request" | "pkcs7" | "crl" | "private-key" | "public-key" | "other";

export interface Block {
  /** What BEGIN says, or END where BEGIN is missing. */
  readonly label: string;
  readonly kind: BlockKind;
  /** From the first dash of BEGIN to the last dash of END; to or from the body where one of them is missing. */
  readonly span: Span;
  /** Without surrounding blanks. `undefined`: an END without BEGIN. */
  readonly begin: Span | undefined;
  /** The lines between the boundaries. */
  readonly body: Span;
  readonly end: Span | undefined;
  /** In order. Empty for a sound block. */
  readonly damage: readonly Damage[];
  /** The body holds what a template language fills in later: nothing is known of it, nothing is said of it. */
  readonly placeholder: boolean;
  /** The decoded body. `undefined`: a private key, a label that is not known, a placeholder, or nothing that can be decoded. */
  readonly bytes: Uint8Array | undefined;
}

export interface Damage {
  /**
   * `dashes`: the boundary is not written to the letter, in its dashes, blanks or case. `character`: no base64.
   * `length`: a character is missing or too many, at the line where that shows, or the last.
   */
  readonly kind: "no-begin" | "no-end" | "label-mismatch" | "dashes" | "character" | "padding" | "blank-line" | "length" | "empty";
  /** Relative to the chunk. */
  readonly at: Span;
  /** Edits relative to the chunk that mend it without a guess. */
  readonly repair?: readonly TextEdit[];
}

export function readPem(text: string): PemText {
  const chunks: Chunk[] = [];
  const starts: number[] = [];
  const reading = new Reading(text);
  for (let at = 0; at < text.length; ) {
    const chunk = readChunk(reading, at);
    chunks.push(chunk);
    starts.push(at);
    at += chunk.length;
  }
  return { text, chunks, starts };
}

/** After edits, each given for the text the one before it left. Reads again only what they touch; every other chunk is the same object. */
export function editPem(pem: PemText, edits: readonly TextEdit[]): PemText {
  return edits.reduce(editOnce, pem);
}

/**
 * Reading a chunk depends on the text from its start, and on nothing before it but that there is something. It looks
 * ahead as far as the first boundary of the next chunk, and no further. So the chunk before those which an edit
 * touches is read again too, and where a chunk starts behind the edit where one started before, all goes on as it was.
 */
function editOnce(pem: PemText, { span, text: inserted }: TextEdit): PemText {
  const text = pem.text.slice(0, span.start) + inserted + pem.text.slice(span.end);
  const delta = inserted.length - (span.end - span.start);
  const first = Math.max(0, chunkAt(pem.starts, span.start - 1) - 1);
  const chunks = pem.chunks.slice(0, first);
  const starts = pem.starts.slice(0, first);
  const reading = new Reading(text);
  let old = first;
  let at = pem.starts[first] ?? 0;
  while (at < text.length) {
    while (old < pem.starts.length && (pem.starts[old] ?? 0) + delta < at) old++;
    if ((pem.starts[old] ?? 0) > span.end && (pem.starts[old] ?? 0) + delta === at && at > 0) break;
    const chunk = readChunk(reading, at);
    const before = pem.chunks[starts.length];
    const isSame = before !== undefined && pem.starts[starts.length] === at && at + before.length <= span.start && isSameChunk(before, chunk);
    chunks.push(isSame ? before : chunk);
    starts.push(at);
    at += chunk.length;
  }
  if (at < text.length) {
    for (; old < pem.chunks.length; old++) {
      const chunk = pem.chunks[old];
      if (chunk === undefined) break;
      chunks.push(chunk);
      starts.push((pem.starts[old] ?? 0) + delta);
    }
  }
  return { text, chunks, starts };
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

/** Of two chunks that were read from the same characters. */
function isSameChunk(a: Chunk, b: Chunk): boolean {
  if (a.length !== b.length || (a.block === undefined) !== (b.block === undefined)) return false;
  const [one, other] = [a.block, b.block];
  if (one === undefined || other === undefined) return true;
  const isSameSpan = (x: Span | undefined, y: Span | undefined) => x?.start === y?.start && x?.end === y?.end;
  return isSameSpan(one.span, other.span) && isSameSpan(one.end, other.end) && one.damage.length === other.damage.length;
}

/** One pass over a text. */
class Reading {
  readonly text: string;
  readonly scratch: Scratch = { bytes: new Uint8Array(4096) };
  #hyphen = -2;

  constructor(text: string) {
    this.text = text;
  }

  /** The first hyphen from an offset that never lies before one asked for earlier; what was found is not looked for twice. */
  hyphenFrom(from: number): number {
    if (this.#hyphen === -1 || this.#hyphen >= from) return this.#hyphen;
    this.#hyphen = this.text.indexOf("-", from);
    return this.#hyphen;
  }
}

function readChunk(reading: Reading, start: number): Chunk {
  const { text } = reading;
  const markers: Marker[] = [];
  for (let at = start; at < text.length; at = nextLine(text, at)) {
    const first = text.charCodeAt(skipBlanks(text, at));
    if (first === 35 || first === 59 || first === 47) {
      const marker = markerAt(text, at);
      if (marker !== undefined) markers.push({ target: marker.target, at: relativeTo(start, marker.at) });
    } else if (mayBeginBoundary(first)) {
      const boundary = boundaryAt(text, at);
      const found = boundary?.word === "BEGIN" ? readFromBegin(reading, start, boundary) : boundary === undefined ? undefined : readToEnd(text, start, at, boundary);
      if (found !== undefined) return { length: found.next - start, markers, block: found.block };
    }
  }
  return { length: text.length - start, markers, block: undefined };
}

interface Found {
  readonly block: Block;
  /** Where the next chunk starts. */
  readonly next: number;
}

function readFromBegin(reading: Reading, start: number, begin: Boundary): Found | undefined {
  const { text, scratch } = reading;
  const bodyStart = nextLine(text, begin.span.end);
  const closing = closingAt(reading, bodyStart, begin.label) ?? nextBoundary(text, bodyStart, begin.label);
  const end = closing?.boundary.word === "END" ? closing.boundary : undefined;
  const damage: Damage[] = [];
  if (begin.fault !== undefined) damage.push(dashes(begin));

  if (end === undefined) {
    const kind = kindOf(begin.label);
    if (kind === "other") return undefined;
    const bodyEnd = openBodyEnd(text, bodyStart, closing?.lineStart ?? text.length);
    const body = { start: Math.min(bodyStart, bodyEnd), end: bodyEnd };
    const placeholder = holdsPlaceholder(text, body);
    const bytes = placeholder || !isDecoded(kind) ? undefined : wholeBytes(text, body, sequencesOf(kind));
    const repair = bytes === undefined ? undefined : [{ span: { start: bodyEnd, end: bodyEnd }, text: lineEndAfter(text, begin.span.end) + canonical("END", begin.label) }];
    damage.push({ kind: "no-end", at: begin.span, ...(repair !== undefined && { repair }) });
    const span = { start: begin.span.start, end: Math.max(begin.span.end, bodyEnd) };
    const block: Block = {
      label: begin.label,
      kind,
      span: relativeTo(start, span),
      begin: relativeTo(start, begin.span),
      body: relativeTo(start, body),
      end: undefined,
      damage: damage.map((one) => damageRelativeTo(start, one)),
      placeholder,
      bytes,
    };
    return { block, next: nextLine(text, span.end) };
  }

  const isMatch = end.label === begin.label;
  const kind = isMatch ? kindOf(begin.label) : kindOfBoth(begin.label, end.label);
  const body = { start: bodyStart, end: closing?.lineStart ?? bodyStart };
  const read = isDecoded(kind)
    ? readBody(text, body, begin.span, sequencesOf(kind), scratch)
    : { damage: [], placeholder: holdsPlaceholder(text, body), bytes: undefined };
  damage.push(...read.damage);
  if (end.fault !== undefined) damage.push(dashes(end));
  if (!isMatch) damage.push(mismatch(begin, end));
  const block: Block = {
    label: begin.label,
    kind,
    span: { start: begin.span.start - start, end: end.span.end - start },
    begin: relativeTo(start, begin.span),
    body: relativeTo(start, body),
    end: relativeTo(start, end.span),
    damage: damage.map((one) => damageRelativeTo(start, one)),
    placeholder: read.placeholder,
    bytes: read.bytes,
  };
  return { block, next: behind(text, end) };
}

/** An END without BEGIN. */
function readToEnd(text: string, start: number, lineStart: number, end: Boundary): Found | undefined {
  const kind = kindOf(end.label);
  if (kind === "other") return undefined;
  const body = { start: openBodyStart(text, start, lineStart), end: lineStart };
  const placeholder = holdsPlaceholder(text, body);
  const bytes = placeholder || !isDecoded(kind) ? undefined : wholeBytes(text, body, sequencesOf(kind));
  const repair =
    bytes === undefined ? undefined : [{ span: { start: body.start, end: body.start }, text: canonical("BEGIN", end.label) + lineEndAfter(text, body.start) }];
  const damage: Damage[] = [{ kind: "no-begin", at: end.span, ...(repair !== undefined && { repair }) }];
  if (end.fault !== undefined) damage.push(dashes(end));
  const block: Block = {
    label: end.label,
    kind,
    span: { start: Math.min(body.start, end.span.start) - start, end: end.span.end - start },
    begin: undefined,
    body: relativeTo(start, body),
    end: relativeTo(start, end.span),
    damage: damage.map((one) => damageRelativeTo(start, one)),
    placeholder,
    bytes,
  };
  return { block, next: behind(text, end) };
}

interface Closing {
  readonly boundary: Boundary;
  readonly lineStart: number;
}

/** The END to the letter at the next hyphen: so nearly every block ends, and base64 has no hyphens. */
function closingAt(reading: Reading, bodyStart: number, label: string): Closing | undefined {
  const { text } = reading;
  const hyphen = reading.hyphenFrom(bodyStart);
  const closing = canonical("END", label);
  if (hyphen < 0 || !text.startsWith(closing, hyphen)) return undefined;
  let lineStart = hyphen;
  while (lineStart > bodyStart && isBlank(text.charCodeAt(lineStart - 1))) lineStart--;
  if (lineStart > bodyStart && !isLineEnd(text.charCodeAt(lineStart - 1))) return undefined;
  const span = { start: hyphen, end: hyphen + closing.length };
  return { boundary: { word: "END", label, span, fault: undefined }, lineStart };
}

function nextBoundary(text: string, from: number, open: string): Closing | undefined {
  for (let at = from; at < text.length; at = nextLine(text, at)) {
    if (!mayBeginBoundary(text.charCodeAt(skipBlanks(text, at)))) continue;
    const boundary = boundaryAt(text, at, open);
    if (boundary !== undefined) return { boundary, lineStart: at };
  }
  return undefined;
}

function mayBeginBoundary(code: number): boolean {
  return isDash(code) || code === 66 || code === 69 || code === 98 || code === 101 || isOddBlank(code);
}

function isDecoded(kind: BlockKind): boolean {
  return kind !== "private-key" && kind !== "other";
}

/** Where the labels differ. What may be a private key is taken for one. */
function kindOfBoth(begin: string, end: string): BlockKind {
  const [one, other] = [kindOf(begin), kindOf(end)];
  if (one === "private-key" || other === "private-key") return "private-key";
  return one === "other" ? other : one;
}

/** A trusted certificate may have what OpenSSL trusts it for behind it. */
function sequencesOf(kind: BlockKind): number {
  return kind === "trusted-certificate" ? 2 : 1;
}

function dashes({ word, label, span, fault }: Boundary): Damage {
  return { kind: "dashes", at: fault?.at ?? span, repair: [{ span: fault?.replaced ?? span, text: canonical(word, label) }] };
}

function mismatch(begin: Boundary, end: Boundary): Damage {
  if (isSlipFor(begin.label, end.label)) return { kind: "label-mismatch", at: begin.span, repair: [{ span: begin.span, text: canonical("BEGIN", end.label) }] };
  if (isSlipFor(end.label, begin.label)) return { kind: "label-mismatch", at: end.span, repair: [{ span: end.span, text: canonical("END", begin.label) }] };
  return { kind: "label-mismatch", at: end.span };
}

/** Behind the line of an END, or behind the END where something else follows on its line. */
function behind(text: string, { span, fault }: Boundary): number {
  const end = Math.max(span.end, fault?.replaced.end ?? 0);
  const rest = skipBlanks(text, end);
  return rest >= text.length || isLineEnd(text.charCodeAt(rest)) ? nextLine(text, rest) : end;
}

function lineEndAfter(text: string, from: number): string {
  const next = nextLine(text, from);
  const found = text.charCodeAt(next - 1);
  return found === 13 ? "\r" : found === 10 && text.charCodeAt(next - 2) === 13 ? "\r\n" : "\n";
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

const markerPattern = /[ \t\ufeff]*((?:#|\/\/|;)[ \t]*mtls[ \t]*:[ \t]*target[ \t]*=[ \t]*([\w-]+))[ \t]*(?=[\r\n]|$)/iy;

function markerAt(text: string, at: number): Marker | undefined {
  markerPattern.lastIndex = at;
  const found = markerPattern.exec(text);
  const [whole = "", said = "", target] = found ?? [];
  if (target === undefined) return undefined;
  const start = at + whole.indexOf(said);
  return { target, at: { start, end: start + said.length } };
}

/** The characters that say the bytes from `start` to `end`, relative to the chunk: where damage inside the DER is shown. */
export function placeOfBytes(chunkText: string, block: Block, start: number, end: number): Span {
  const first = Math.floor((start * 4) / 3);
  const behindLast = Math.max(first + 1, Math.ceil((end * 4) / 3));
  let from: number | undefined;
  let to = block.body.start;
  let count = 0;
  for (let at = dataStart(chunkText, block.body); at < block.body.end && count < behindLast; at++) {
    if (!isBase64(chunkText.charCodeAt(at))) continue;
    if (count === first) from = at;
    to = at + 1;
    count++;
  }
  return { start: from ?? Math.max(block.body.start, to - 1), end: to };
}

/** PEM of bytes: 64 columns, LF. */
export function writePem(label: string, bytes: Uint8Array): string {
  const lines = encode(bytes).match(/.{1,64}/g) ?? [];
  return [canonical("BEGIN", label), ...lines, canonical("END", label), ""].join("\n");
}
