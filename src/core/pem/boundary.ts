import { isDash } from "../telling.ts";
import { nearest, type Span } from "../text.ts";
import { isBase64 } from "./base64.ts";
import type { BlockKind } from "./block.ts";
import { behindMark, isAtEnd, isBlank, isInvisible, isLineEnd, skipBlanks } from "./lines.ts";

/** One `-----BEGIN …-----` or `-----END …-----`, written to the letter or nearly so. */
export interface Boundary {
  readonly word: "BEGIN" | "END";
  /** As written; where that is a known one but for case and blanks, the known one. */
  readonly label: string;
  /** Without surrounding blanks. */
  readonly span: Span;
  /** What is not to the letter, and what has to become `boundaryText` to make it so. */
  readonly fault: { readonly at: Span; readonly replaced: Span } | undefined;
  /**
   * What follows on its line: the BEGIN of another block, the body of its own, a line end as a string has it, a
   * quotation mark, anything else.
   */
  readonly rest: "nothing" | "block" | "body" | "escape" | "quote" | "text";
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
  ["PGP PRIVATE KEY BLOCK", "private-key"],
]);

/** A private key as `ssh-keygen` writes it: no program that reads keys of certificates knows this form. */
export const opensshKey = "OPENSSH PRIVATE KEY";

export function kindOf(label: string): BlockKind {
  return kinds.get(label) ?? (label.endsWith("PRIVATE KEY") ? "private-key" : "other");
}

function isKnown(label: string): boolean {
  return kindOf(label) !== "other";
}

/** Whether the body says anything to us. */
export function isDecoded(kind: BlockKind): boolean {
  return kind !== "private-key" && kind !== "other";
}

/** How many DER values a body may have: behind a trusted certificate may stand what OpenSSL trusts it for. */
export function valuesOf(kind: BlockKind): number {
  return kind === "trusted-certificate" ? 2 : 1;
}

export function boundaryText(word: "BEGIN" | "END", label: string): string {
  return `-----${word} ${label}-----`;
}

/** Whether a label is unknown, and nothing but a slip for one that is known. */
export function isSlipFor(label: string, known: string): boolean {
  return !isKnown(label) && isKnown(known) && nearest(label, [known]) === known;
}

/** A longer run of dashes is a ruler. */
const mostDashes = 14;
const longestLabel = 64;
/** Between the parts of a boundary. */
const mostBlanks = 4;
/** Of base64 right behind a BEGIN: prose has no such words. */
const shortestBody = 24;

const plainLabel = "CERTIFICATE";
const plainBegin = boundaryText("BEGIN", plainLabel);

/** Whether a line may be a boundary by the first character on it that is no blank. */
export function mayBeBoundary(first: number): boolean {
  return first === 45 || first === 66 || first === 69 || (first > 127 && (isDash(first) || isStray(first)));
}

/** What cannot be seen, and what stands for bytes that are no UTF-8, as a no-break space of Latin-1 is none. */
function isStray(code: number): boolean {
  return isInvisible(code) || code === 0xfffd;
}

/**
 * The boundary that is the first thing on the line from `at`, and, but for what `rest` says, the last one.
 * Prose may look like a boundary. So one that is not written to the letter is none, unless its label is known or that
 * of the `open` block; and other text may follow only an END that closes the open block.
 */
export function boundaryAt(text: string, at: number, open?: string): Boundary | undefined {
  // What nearly every block begins with.
  if (text.startsWith(plainBegin, at) && isAtEnd(text, at + plainBegin.length)) {
    return {
      word: "BEGIN",
      label: plainLabel,
      span: { start: at, end: at + plainBegin.length },
      fault: undefined,
      rest: "nothing",
    };
  }
  const lineStart = behindMark(text, at);
  const start = skipWide(text, lineStart, Infinity);
  const lead = dashes(text, start);
  const wordStart = skipWide(text, start + lead, mostBlanks);
  const word = wordAt(text, wordStart);
  if (word === undefined || lead > mostDashes) return undefined;
  const labelStart = skipWide(text, wordStart + word.length, mostBlanks);
  const labelEnd = labelEndAt(text, labelStart);
  if (labelEnd === undefined) return undefined;
  const trailStart = skipWide(text, labelEnd, mostBlanks);
  const run = dashes(text, trailStart);
  // The dashes between an END and the BEGIN glued to it belong to both.
  const trail = word === "END" && wordAt(text, trailStart + run) === "BEGIN" ? Math.min(run, 5) : run;
  if (trail > mostDashes) return undefined;
  const end = trail === 0 ? labelEnd : trailStart + trail;

  const written = text.slice(labelStart, labelEnd);
  const upper = written
    .toUpperCase()
    .split(/[\s\ufffd]+/)
    .join(" ");
  const label = isKnown(upper) ? upper : written;
  const isShouted = text.startsWith(word, wordStart) && written === written.toUpperCase();
  const isSsh2 = lead === 4 && trail === 4 && isShouted && label.startsWith("SSH2 ");
  const hasFiveEach = lead === 5 && trail === 5;
  const isExact = isSsh2 || (hasFiveEach && text.startsWith(boundaryText(word, label), start));
  if (!isExact) {
    const isMeant = isShouted
      ? weight(text, start, lead) + weight(text, trailStart, trail) >= 4
      : hasFiveEach && wordStart === start + 5;
    if (!isMeant || !(isKnown(label) || label === open)) return undefined;
  }
  const span = { start, end };
  const behind = skipWide(text, end, Infinity);
  const rest = restAt(text, span, behind, word, isExact ? label : undefined, open);
  if (rest === undefined) return undefined;

  const replaced = {
    start: firstInvisible(text, lineStart, start) ?? start,
    end: rest === "nothing" ? behindInvisible(text, end, behind) : end,
  };
  if (isExact && replaced.start === start && replaced.end === end) return { word, label, span, fault: undefined, rest };
  return {
    word,
    label,
    span,
    fault: { at: faultAt(text, span, lead, trail, boundaryText(word, label), replaced), replaced },
    rest,
  };
}

/** @param exact the label, of a boundary that is written to the letter */
function restAt(
  text: string,
  { end }: Span,
  behind: number,
  word: "BEGIN" | "END",
  exact: string | undefined,
  open: string | undefined,
): Boundary["rest"] | undefined {
  if (isAtEnd(text, behind)) return "nothing";
  if (word === "BEGIN") {
    const isBody = exact !== undefined && isKnown(exact) && isLongBase64(text, behind);
    // What cannot be seen parts all lines of such a block: its END is not found in the same way.
    return isBody && skipBlanks(text, end) === behind ? "body" : undefined;
  }
  const gap = dashes(text, behind);
  if (wordAt(text, skipWide(text, behind + gap, mostBlanks)) === "BEGIN" && boundaryAt(text, end) !== undefined)
    return "block";
  if (exact === undefined || exact !== open) return undefined;
  const escaped = behindEscapes(text, end);
  if (escaped > end && (isAtEnd(text, escaped) || boundaryAt(text, escaped)?.word === "BEGIN")) return "escape";
  const code = text.charCodeAt(behind);
  return code === 34 || code === 39 || code === 96 ? "quote" : "text";
}

const lineEndEscapes = /(?:\\{1,4}[rn])*[ \t]*/y;

/** Behind line ends as a string has them, and blanks. */
export function behindEscapes(text: string, from: number): number {
  lineEndEscapes.lastIndex = from;
  lineEndEscapes.exec(text);
  return lineEndEscapes.lastIndex;
}

function isLongBase64(text: string, from: number): boolean {
  for (let at = from; at < from + shortestBody; at++) if (!isBase64(text.charCodeAt(at))) return false;
  return true;
}

/** Where only the dashes of one side are wrong, these; otherwise all of it. */
function faultAt(text: string, span: Span, lead: number, trail: number, right: string, replaced: Span): Span {
  if (replaced.start < span.start || replaced.end > span.end) return replaced;
  if (text.slice(span.start + lead, span.end - trail) !== right.slice(5, -5)) return span;
  if (lead > 0 && trail === 5 && text.endsWith("-----", span.end)) return { start: span.start, end: span.start + lead };
  if (trail > 0 && lead === 5 && text.startsWith("-----", span.start))
    return { start: span.end - trail, end: span.end };
  return span;
}

function skipWide(text: string, from: number, most: number): number {
  let at = from;
  for (
    let code = text.charCodeAt(at);
    at - from < most && (isBlank(code) || (isStray(code) && !isDash(code)));
    code = text.charCodeAt(at)
  )
    at++;
  return at;
}

function firstInvisible(text: string, from: number, to: number): number | undefined {
  for (let at = from; at < to; at++) if (isStray(text.charCodeAt(at))) return at;
  return undefined;
}

/** Behind the last of them, or `from`. */
function behindInvisible(text: string, from: number, to: number): number {
  for (let at = to; at > from; at--) if (isStray(text.charCodeAt(at - 1))) return at;
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
  if (first === 98 && ["BEGIN", "begin", "Begin"].includes(text.slice(at, at + 5))) return "BEGIN";
  return first === 101 && ["END", "end", "End"].includes(text.slice(at, at + 3)) ? "END" : undefined;
}

/** Behind the last character of a label: single hyphens are part of one (RFC 7468, section 3). */
function labelEndAt(text: string, from: number): number | undefined {
  let end = from;
  for (let at = from; at - from <= longestLabel; at++) {
    const code = text.charCodeAt(at);
    if (at >= text.length || isLineEnd(code)) return end;
    if (isDash(code)) {
      if (end !== at || !isLabelCharacter(text.charCodeAt(at + 1))) return end;
    } else if (isLabelCharacter(code)) end = at + 1;
    else if (!isBlank(code) && !isStray(code)) return undefined;
  }
  return undefined;
}

function isLabelCharacter(code: number): boolean {
  return code > 32 && code < 127 && code !== 45;
}
