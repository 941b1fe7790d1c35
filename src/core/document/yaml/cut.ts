import type { Span } from "../../text.ts";
import { longSections } from "../template.ts";

/**
 * Lines of a text that are read alone: those of a key, and all below it, up to the next key beside it. Several keys
 * share a piece where a sign stands between them that says something of what follows it.
 */
export interface Piece extends Span {
  /** A long mapping below the key, when that is cut itself. */
  readonly section: Section | undefined;
}

export interface Section {
  /** The key with its quotes. */
  readonly key: Span;
  readonly pieces: readonly Piece[];
}

/**
 * Cuts a text in block style at the keys of its root, and below those of `longSections`; `undefined` where it cannot be
 * cut. Whatever stands deeper than a key belongs to it: block scalars, and what is quoted or in flow style over several
 * lines, are deeper by the rules of YAML. So to read a text without faults in pieces gives what it gives as a whole,
 * and a fault stays within its piece.
 */
export function cut(text: string): readonly Piece[] | undefined {
  const from = contentOf(text);
  if (from === undefined) return undefined;
  const starts = startsOf(text, from, text.length, 0);
  return starts?.map((start, index) => {
    const end = starts[index + 1] ?? text.length;
    return { start, end, section: sectionAt(text, start, end) };
  });
}

const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const doubleQuote = 34;
const hash = 35;
const apostrophe = 39;
const comma = 44;
const hyphen = 45;
const dot = 46;
const colon = 58;
const backslash = 92;
const closingBracket = 93;
const closingBrace = 125;
const byteOrderMark = 0xfeff;

/** Signs that may stand before a key, and say something of it, or of the value that is to come. */
const bindings: ReadonlySet<number> = new Set(Array.from("&!?:|>@%`{[*\ufeff", (sign) => sign.charCodeAt(0)));

/** Where the first line of the root begins, behind comments and the line that begins a document. */
function contentOf(text: string): number | undefined {
  let at = text.charCodeAt(0) === byteOrderMark ? 1 : 0;
  let isOpened = false;
  for (; at < text.length; at = nextLine(text, at)) {
    if (isBlankOrComment(text, at)) continue;
    if (isOpened || !isMarker(text, at, hyphen)) break;
    if (!isBlankOrComment(text, at + 3)) return undefined;
    isOpened = true;
  }
  return at < text.length && text.charCodeAt(at) !== space && text.charCodeAt(at) !== tab ? at : undefined;
}

function sectionAt(text: string, start: number, end: number): Section | undefined {
  const quote = text.charCodeAt(start);
  const quotes = quote === doubleQuote || quote === apostrophe ? 1 : 0;
  const name = longSections.find((known) => text.startsWith(known, start + quotes));
  if (name === undefined) return undefined;
  const keyEnd = start + name.length + 2 * quotes;
  if (quotes === 1 && text.charCodeAt(keyEnd - 1) !== quote) return undefined;
  if (text.charCodeAt(keyEnd) !== colon || text.charCodeAt(keyEnd + 1) === hash) return undefined;
  if (!isBlankOrComment(text, keyEnd + 1)) return undefined;
  let from = nextLine(text, start);
  while (from < end && isBlankOrComment(text, from)) from = nextLine(text, from);
  if (from >= end) return undefined;
  const indent = indentAt(text, from);
  const starts = indent === 0 ? undefined : startsOf(text, from, end, indent);
  if (starts === undefined) return undefined;
  const pieces = starts.map((at, index) => ({ start: at, end: starts[index + 1] ?? end, section: undefined }));
  return { key: { start, end: keyEnd }, pieces };
}

/**
 * Where the pieces of a mapping begin, whose keys stand at `indent`.
 * @param from the line of the first key
 * @returns `undefined` unless it is a mapping for certain
 */
function startsOf(text: string, from: number, to: number, indent: number): number[] | undefined {
  const starts: number[] = [];
  let isMapping = false;
  let isBound = false;
  for (let at = from; at < to; at = nextLine(text, at)) {
    const own = indentAt(text, at, indent + 1);
    // Signs that bind the key above this mapping to what is below it.
    if (own < indent && bindings.has(text.charCodeAt(at + own))) return undefined;
    if (own !== indent) continue;
    const first = at + indent;
    const sign = text.charCodeAt(first);
    if (indent === 0 && (isMarker(text, at, hyphen) || isMarker(text, at, dot))) return undefined;
    if (bindings.has(sign)) isBound = true;
    else if (!isInner(text, first, sign)) {
      const isKey: boolean = !isMapping && hasColon(text, first, sign);
      // A text that goes on in the next line, and has a colon there, is none in YAML; a quoted one may.
      if (starts.length === 0 && !isKey && (sign === doubleQuote || sign === apostrophe)) return undefined;
      isMapping ||= isKey;
      if (!isBound) starts.push(at);
      isBound = false;
    }
    if (starts[0] !== from) return undefined;
  }
  return isMapping ? starts : undefined;
}

/** Whether a line that begins so belongs to the key above it: a blank, a comment, an item, the end of a flow. */
function isInner(text: string, at: number, sign: number): boolean {
  switch (sign) {
    case tab:
    case lineFeed:
    case carriageReturn:
    case space:
    case hash:
    case comma:
    case closingBracket:
    case closingBrace:
      return true;
    case hyphen:
      return isBlank(text.charCodeAt(at + 1));
    default:
      return Number.isNaN(sign);
  }
}

/** Whether the line has a colon behind a key. */
function hasColon(text: string, first: number, sign: number): boolean {
  let at = first;
  if (sign === doubleQuote || sign === apostrophe) {
    at = behindQuoted(text, first, sign);
    while (text.charCodeAt(at) === space || text.charCodeAt(at) === tab) at++;
    return text.charCodeAt(at) === colon && isBlank(text.charCodeAt(at + 1));
  }
  for (; at < text.length; at++) {
    const here = text.charCodeAt(at);
    if (here === lineFeed || (here === hash && isBlank(text.charCodeAt(at - 1)))) return false;
    if (here === colon && isBlank(text.charCodeAt(at + 1))) return true;
  }
  return false;
}

/** Behind the quote that closes; at the end of the line where none does. */
function behindQuoted(text: string, first: number, quote: number): number {
  for (let at = first + 1; at < text.length; at++) {
    const here = text.charCodeAt(at);
    if (here === lineFeed) return at;
    if (here === backslash && quote === doubleQuote) at++;
    else if (here === quote) {
      if (quote === doubleQuote || text.charCodeAt(at + 1) !== quote) return at + 1;
      at++;
    }
  }
  return text.length;
}

/** Three of a sign, which begin or end a document. */
function isMarker(text: string, at: number, sign: number): boolean {
  return (
    text.charCodeAt(at) === sign &&
    text.charCodeAt(at + 1) === sign &&
    text.charCodeAt(at + 2) === sign &&
    isBlank(text.charCodeAt(at + 3))
  );
}

function isBlankOrComment(text: string, from: number): boolean {
  let at = from;
  while (text.charCodeAt(at) === space || text.charCodeAt(at) === tab) at++;
  const sign = text.charCodeAt(at);
  if (sign === carriageReturn) return text.charCodeAt(at + 1) === lineFeed;
  return Number.isNaN(sign) || sign === lineFeed || sign === hash;
}

/** @param most not counted further */
function indentAt(text: string, line: number, most = Number.POSITIVE_INFINITY): number {
  let at = line;
  while (at - line < most && text.charCodeAt(at) === space) at++;
  return at - line;
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}

/** Also the end of the text. */
function isBlank(sign: number): boolean {
  return sign === space || sign === tab || sign === lineFeed || sign === carriageReturn || Number.isNaN(sign);
}
