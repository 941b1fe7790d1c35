import { nearest, type Span } from "../text.ts";
import type { BlockKind } from "./blocks.ts";

/** One `-----BEGIN …-----` or `-----END …-----`, written to the letter or nearly so. */
export interface Boundary {
  readonly word: "BEGIN" | "END";
  /** With single blanks, and in capitals where that makes it one that is known. */
  readonly label: string;
  /** Without surrounding blanks. */
  readonly span: Span;
  /** What is not to the letter, and what has to be replaced by `canonical` to make it so. */
  readonly fault: { readonly at: Span; readonly replaced: Span } | undefined;
}

const kinds: ReadonlyMap<string, BlockKind> = new Map<string, BlockKind>([
  ["CERTIFICATE", "certificate"],
  ["X509 CERTIFICATE", "certificate"],
  ["TRUSTED CERTIFICATE", "trusted-certificate"],
  ["CERTIFICATE REQUEST", "request"],
  ["NEW CERTIFICATE REQUEST", "request"],
  ["PKCS7", "pkcs7"],
  ["PKCS #7 SIGNED DATA", "pkcs7"],
  ["CMS", "pkcs7"],
  ["X509 CRL", "crl"],
  ["PUBLIC KEY", "public-key"],
  ["RSA PUBLIC KEY", "public-key"],
]);

export function kindOf(label: string): BlockKind {
  return kinds.get(label) ?? (label.endsWith("PRIVATE KEY") || label === "PGP PRIVATE KEY BLOCK" ? "private-key" : "other");
}

export function canonical(word: "BEGIN" | "END", label: string): string {
  return `-----${word} ${label}-----`;
}

/** Whether a label is nothing but a slip for another one, which is known. */
export function isSlipFor(label: string, known: string): boolean {
  return kindOf(label) === "other" && kindOf(known) !== "other" && nearest(label, [known]) === known;
}

/** A longer run of dashes is a ruler. */
const mostDashes = 14;
const longestLabel = 64;
/** Between the parts of a boundary. */
const mostBlanks = 4;

export function isDash(code: number): boolean {
  return code === 45 || code === 0xad || (code >= 0x2010 && code <= 0x2015) || code === 0x2212;
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** Looks like a blank, or like nothing, and is none to whoever reads PEM. */
export function isOddBlank(code: number): boolean {
  return code === 0xa0 || code === 0xfeff || (code >= 0x2000 && code <= 0x200d) || code === 0x202f || code === 0x2060 || code === 0x3000;
}

export function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}

/**
 * The boundary that is the first thing on the line from `at`, and the last one: but for blanks, for a BEGIN glued
 * to an END, and for anything behind an END that closes `open` to the letter. One that is not written to the letter
 * is a boundary only where its label is known, or is that of the block which is open: prose may look like one.
 */
export function boundaryAt(text: string, at: number, open?: string): Boundary | undefined {
  const lineStart = at === 0 && text.charCodeAt(0) === 0xfeff ? 1 : at;
  const start = skipBlanks(text, lineStart, Infinity);
  const lead = dashes(text, start);
  const wordStart = skipBlanks(text, start + lead, mostBlanks);
  const word = wordAt(text, wordStart);
  if (word === undefined || lead > mostDashes) return undefined;
  const wordEnd = wordStart + word.length;
  const labelStart = skipBlanks(text, wordEnd, mostBlanks);
  const labelEnd = labelEndAt(text, labelStart);
  if (labelEnd === undefined) return undefined;
  const trailStart = skipBlanks(text, labelEnd, mostBlanks);
  const run = dashes(text, trailStart);
  // The dashes between an END and the BEGIN glued to it belong to both.
  const isGlued = word === "END" && wordAt(text, trailStart + run) === "BEGIN";
  const trail = isGlued ? Math.min(run, 5) : run;
  if (trail > mostDashes) return undefined;
  const end = trail === 0 ? labelEnd : trailStart + trail;

  const written = text.slice(labelStart, labelEnd);
  const upper = written.toUpperCase().split(/\s+/).join(" ");
  const isKnown = kindOf(upper) !== "other";
  const label = isKnown ? upper : written;
  const isSsh2 = lead === 4 && trail === 4 && label.startsWith("SSH2 ");
  const isExact = isSsh2 || text.startsWith(canonical(word, label), start);
  if (!isExact && !(isKnown || label === open)) return undefined;
  const isShouted = text.startsWith(word, wordStart) && written === written.toUpperCase();
  const hasFiveEach = lead === 5 && trail === 5;
  if (!isExact && !(isShouted ? weight(text, start, lead) + weight(text, trailStart, trail) >= 4 : hasFiveEach)) return undefined;

  const rest = skipBlanks(text, end, Infinity);
  const closes = isExact && word === "END" && label === open;
  if (!closes && !isEnd(text, rest) && !(word === "END" && boundaryAt(text, end)?.word === "BEGIN")) return undefined;

  const span = { start, end };
  const replaced = { start: firstOdd(text, lineStart, start) ?? start, end: isEnd(text, rest) ? lastOdd(text, end, rest) : end };
  if (isExact && replaced.start === start && replaced.end === end) return { word, label, span, fault: undefined };
  return { word, label, span, fault: { at: faultAt(text, span, lead, trail, canonical(word, label), replaced), replaced } };
}

/** Where only the dashes of one side are wrong, these; otherwise all of it. */
function faultAt(text: string, span: Span, lead: number, trail: number, right: string, replaced: Span): Span {
  if (replaced.start < span.start || replaced.end > span.end) return replaced;
  const inner = right.slice(5, -5);
  if (text.slice(span.start + lead, span.end - trail) !== inner) return span;
  const isRight = (start: number, count: number) => count === 5 && text.startsWith("-----", start);
  if (lead > 0 && isRight(span.end - trail, trail)) return { start: span.start, end: span.start + lead };
  if (trail > 0 && isRight(span.start, lead)) return { start: span.end - trail, end: span.end };
  return span;
}

function isEnd(text: string, at: number): boolean {
  return at >= text.length || isLineEnd(text.charCodeAt(at));
}

function skipBlanks(text: string, from: number, most: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); at - from < most && (isBlank(code) || isOddBlank(code)); code = text.charCodeAt(at)) at++;
  return at;
}

function firstOdd(text: string, from: number, to: number): number | undefined {
  for (let at = from; at < to; at++) if (isOddBlank(text.charCodeAt(at))) return at;
  return undefined;
}

/** Behind the last odd blank, or `from`. */
function lastOdd(text: string, from: number, to: number): number {
  for (let at = to; at > from; at--) if (isOddBlank(text.charCodeAt(at - 1))) return at;
  return from;
}

function dashes(text: string, from: number): number {
  let count = 0;
  while (count <= mostDashes && isDash(text.charCodeAt(from + count))) count++;
  return count;
}

/** A typographic dash stands for two hyphens or three. */
function weight(text: string, from: number, count: number): number {
  let sum = 0;
  for (let at = from; at < from + count; at++) sum += text.charCodeAt(at) === 45 ? 1 : 2;
  return sum;
}

function wordAt(text: string, at: number): "BEGIN" | "END" | undefined {
  const first = text.charCodeAt(at) | 32;
  if (first === 98 && text.slice(at, at + 5).toUpperCase() === "BEGIN") return "BEGIN";
  return first === 101 && text.slice(at, at + 3).toUpperCase() === "END" ? "END" : undefined;
}

/** Behind the last character of the label: single hyphens are part of one (RFC 7468, section 3). */
function labelEndAt(text: string, from: number): number | undefined {
  let end = from;
  for (let at = from; at - from <= longestLabel; at++) {
    const code = text.charCodeAt(at);
    if (at >= text.length || isLineEnd(code)) return end;
    if (isDash(code)) {
      if (end !== at || isDash(text.charCodeAt(at + 1)) || !isLabelCharacter(text.charCodeAt(at + 1))) return end;
    } else if (isLabelCharacter(code)) end = at + 1;
    else if (!isBlank(code) && !isOddBlank(code)) return undefined;
  }
  return undefined;
}

function isLabelCharacter(code: number): boolean {
  return code > 32 && code < 127 && code !== 45;
}
