import { type Span, startOfRun } from "../text.ts";
import { decodeAll, decodeSound, isBase64, Scratch } from "./base64.ts";
import { writePem } from "./blocks.ts";
import { areOfBody, isLikeBodyLine } from "./body.ts";
import { boundaryText, kindOf } from "./boundary.ts";
import { isWholeSequence, labelByHead, labelByShape, lengthByHead } from "./der-shape.ts";
import { isPrefixed, linesOf } from "./embedded.ts";
import { encodedIn } from "./encoded.ts";
import { isBlank, isLineEnd, nearNextLine, nextLine, previousLine, skipBlanks } from "./lines.ts";
import { privateKeyIn } from "./private-key.ts";
import { isMeantBody, separatedIn } from "./separated.ts";

/** A block that no reader of PEM sees, as it was found. */
export interface Form {
  readonly label: string;
  /** BEGIN, or the first line of what says it. */
  readonly at: Span;
  /** What says the block, from BEGIN to END where these are there. */
  readonly core: Span;
  readonly how: How;
  /** What stands before it on its line. */
  readonly before: string;
  /** What stands behind BEGIN on its line, and is none of it. */
  readonly behind?: string;
  /** What stands in the place of its line ends. */
  readonly separator?: string;
  /** Whether that stands before each of its lines. */
  readonly isPrefixed: boolean;
  /** As a PEM file has it; `undefined`: it is a private key, or damaged. */
  readonly text: string | undefined;
}

/**
 * `escapes`: its line ends are written as in a string. `quotes`: it stands in quotation marks. `prefix`: something
 * stands before it. `dollars`: the line ends of `cat -A`. `separated`: something else is in the place of line ends.
 * `bare`: Base64 without boundaries, and damaged or cut off: `bare-damaged`. `remains`: the same, and its beginning is
 * missing. `boundaries`: these are there, and none to a reader. `base64`: PEM in Base64. `url`: URL-encoded PEM.
 */
export type How =
  | "escapes"
  | "quotes"
  | "prefix"
  | "html"
  | "dollars"
  | "separated"
  | "bare"
  | "bare-damaged"
  | "remains"
  | "boundaries"
  | "base64"
  | "url"
  | "damaged"
  | "other";

/** The longest certificates are some 70,000 characters. */
const farthest = 131_072;
/** What is shorter is an example. */
export const fewestBytes = 64;
const mostBefore = 200;
const comment = /^\s*(?:#|\/\/|\/\*|;|--(?!-)|%(?![0-9A-Fa-f]{2})|<!--|REM\b)/;
/** Ends where it says so, not with its line. */
const longComment = /^\s*(?:\/\*|<!--)/;

export function isComment(line: string): boolean {
  return comment.test(line);
}

/** What stands on a line before an offset, and behind `floor`; of a long line no more than its last part. */
export function beforeOnLine(text: string, at: number, floor: number): string {
  const near = text.slice(Math.max(floor, at - mostBefore), at);
  return near.slice(Math.max(near.lastIndexOf("\n"), near.lastIndexOf("\r")) + 1);
}

// --- a BEGIN that is no line of its own

const begin = /-----BEGIN ([A-Z0-9 #]{1,40})-----/y;
/** What a line end may look like. */
const lineEnd = /^["'`\s]*(?:[\r\n]|\\+[rn]|<|&#|\$)/;
const longBase64 = /[A-Za-z0-9+/]{48}/;
/** Ed25519: 64 characters. */
const fewestOfKey = 60;
/** Of a certificate: shorter ones are examples. */
const fewestOfBody = 200;

/**
 * @param floor where the block before ends
 * @returns `skip`: there is none, and none before this offset
 */
export function mentionAt(text: string, start: number, floor: number): Form | { readonly skip: number } {
  begin.lastIndex = start;
  const [whole, label = ""] = begin.exec(text) ?? [];
  if (whole === undefined) return { skip: start + 1 };
  const bodyStart = start + whole.length;
  const next = text.slice(bodyStart, start + farthest).indexOf("-----BEGIN ");
  const region = text.slice(bodyStart, next < 0 ? start + farthest : bodyStart + next);
  const closing = boundaryText("END", label);
  const size = region.indexOf(closing);
  const before = beforeOnLine(text, start, floor);
  // A body without its END goes on as far as it looks like one.
  const bodyEnd = bodyStart + (size < 0 ? bodyLength(region, before) || meantLength(region) : size);
  const core = { start, end: size < 0 ? bodyEnd : bodyEnd + closing.length };
  if (isComment(before)) {
    if (!/[\r\n]/.test(text.slice(start, core.end))) return { skip: nextLine(text, core.end) };
    // A comment that lost its line end is none of the block.
    const isToItsEnd = longComment.test(before) || isComment(beforeOnLine(text, core.end, start));
    if (isToItsEnd) return { skip: core.end };
  }
  const kind = kindOf(label);
  const at = { start, end: bodyStart };
  const none = { skip: bodyStart };
  if (kind === "private-key") {
    // It is never read.
    const isMeant =
      (bodyEnd - bodyStart >= fewestOfKey && lineEnd.test(region.slice(0, 40))) ||
      isMeantBody(text.slice(bodyStart, bodyEnd), fewestOfKey);
    return isMeant ? { label, at, core, before, how: "other", isPrefixed: false, text: undefined } : none;
  }
  if (kind === "other") return none;
  const body = region.slice(0, Math.max(0, size));
  const values = kind === "trusted-certificate" ? 2 : 1;
  const behind = body.slice(0, nearNextLine(body, 0, mostBefore));
  const lines = size < 0 ? undefined : soundLines(body, before, values);
  const linesBelow =
    size < 0 || lines !== undefined ? undefined : soundLines(body.slice(behind.length), before, values);
  const said = lines ?? linesBelow;
  if (said !== undefined) {
    return {
      label,
      at,
      core,
      before,
      how: howOf(body, before),
      isPrefixed: isPrefixed(body, before),
      ...(lines === undefined && { behind: behind.trim() }),
      text: [boundaryText("BEGIN", label), ...said, closing, ""].join("\n"),
    };
  }
  const separated = separatedIn(body, values);
  if (separated !== undefined) {
    const { separator, bytes } = separated;
    return { label, at, core, before, how: "separated", separator, isPrefixed: false, text: writePem(label, bytes) };
  }
  const first = region.slice(0, mostBefore).indexOf("MII");
  const bare = first < 0 ? undefined : bareAt(text, bodyStart + first, floor);
  if (bare !== undefined && !("skip" in bare) && bare.how !== "bare-damaged") return bare;
  const isBody = longBase64.test(region.slice(0, mostBefore)) || region.split(/[\r\n]+/, 3).some(isLikeBodyLine);
  const isLines = lineEnd.test(region.slice(0, 40)) && isBody;
  if (!isLines && !isMeantBody(text.slice(bodyStart, bodyEnd), fewestOfBody)) return none;
  return { label, at, core, before, how: "damaged", isPrefixed: false, text: undefined };
}

/** How far the line of a BEGIN goes on that has no END. */
function meantLength(region: string): number {
  const line = region.slice(0, nearNextLine(region, 0, farthest)).trimEnd();
  return isMeantBody(line, fewestOfKey) ? line.length : 0;
}

const lastOfBody = /^[\s"'`]*[A-Za-z0-9+/]{2,}={0,2}[\s"'`,;]*$/;
const endBelow = /-\s*END\b|\bEND [A-Z0-9 ]{1,64}-/;

/** How far the lines below the first go on that look like a body, and their END, if there is one; else 0. */
function bodyLength(text: string, before: string): number {
  let end = 0;
  let isLast = false;
  for (let at = nextLine(text, 0), next = at; at < text.length; at = next) {
    next = nextLine(text, at);
    const line = text.slice(at, next);
    const said = before.trim() !== "" && line.startsWith(before) ? line.slice(before.length) : line;
    const isLike: boolean = !isLast && isLikeBodyLine(said) && !isComment(said);
    isLast ||= !isLike && end > 0 && lastOfBody.test(said);
    const isEnd = end > 0 && endBelow.test(said) && !isComment(said);
    if (isLike || isLast || isEnd) end = at + line.trimEnd().length;
    else if (said.trim() !== "") break;
    if (isEnd) break;
  }
  return end;
}

function howOf(body: string, before: string): How {
  if (/\\[rn]/.test(body)) return "escapes";
  if (/<br|&#/i.test(body)) return "html";
  if (/\$[\r\n]/.test(body)) return "dollars";
  if (/["'`]/.test(before)) return "quotes";
  return before.trim() === "" ? "other" : "prefix";
}

/** The lines of a body that is sound but for what stands around each of them. */
function soundLines(body: string, before: string, values: number): readonly string[] | undefined {
  const plain = () =>
    withoutMarkup(body)
      .split(/\r\n?|\n/)
      .map(lastBase64);
  // What stands before END may be the number of its line.
  const ways = [() => linesOf(body, before), plain, () => plain().slice(0, -1)];
  for (const way of ways) {
    const lines = way().filter((line) => line !== "");
    const bytes = soundBytes(lines.join("\n"));
    if (bytes !== undefined && bytes.length >= fewestBytes && isWholeSequence(bytes, values)) return lines;
  }
  return undefined;
}

export function soundBytes(text: string): Uint8Array | undefined {
  return decodeSound(text, 0, text.length, new Scratch(text.length));
}

/** Line ends as HTML writes them, without its tags. */
function withoutMarkup(body: string): string {
  return body
    .replace(/<[^<>]{0,60}>/g, "\n")
    .replace(/&#(?:x([0-9a-f]{1,4})|([0-9]{1,4}));/gi, (_, hex?: string, decimal = "") =>
      String.fromCharCode(hex === undefined ? Number(decimal) : parseInt(hex, 16)),
    );
}

/** The Base64 that a line ends with, but for what closes it. */
function lastBase64(line: string): string {
  let end = line.length;
  while (end > 0 && closes(line.charCodeAt(end - 1))) end--;
  if (line.endsWith("^M", end)) end -= 2;
  let start = end;
  while (start > 0 && line.charCodeAt(start - 1) === 61) start--;
  while (start > 0 && isBase64(line.charCodeAt(start - 1))) start--;
  return line.slice(start, end);
}

/** A blank, `"`, `$`, `'`, `)`, `,`, `;`, `\`, `` ` ``. */
function closes(code: number): boolean {
  return isBlank(code) || isLineEnd(code) || [34, 36, 39, 41, 44, 59, 92, 96].includes(code);
}

// --- Base64 without boundaries

/** What may stand before a line that goes on. */
const around = /^[\s"'`>|]*$/;
const boundaryAbove = /\bBEGIN\b.{0,20}\b(?:CERT|PKCS)/i;
const boundaryBelow = /\bEND\b.{0,20}\b(?:CERT|PKCS)/i;
const mostOfBoundary = 120;

/** @param at of what DER begins with: `MII`, where it is long, or what a private key does */
export function bareAt(text: string, at: number, floor: number): Form | { readonly skip: number } {
  const whole = wholeBareAt(text, at, floor);
  return "isBroken" in whole ? (remainsAt(text, at, beforeOnLine(text, at, floor)) ?? whole) : whole;
}

const mostOfHead = 64;
/** Of a body on one line. */
const longLine = 200;

/** A private key, which nobody needs to read further, or what is left of something else. */
function remainsAt(text: string, at: number, before: string): Form | undefined {
  if (!around.test(before) && before.trim() !== "+") return undefined;
  const head = decodeAll(text, at, at + mostOfHead);
  const key = privateKeyIn(head);
  const label = key === undefined ? labelByHead(head) : (key.label ?? "PRIVATE KEY");
  if (label === undefined) return undefined;
  const line = firstLine(text, at);
  const end = Math.max(line.end, at + bodyLength(text.slice(at, at + farthest), before));
  const lines = text.slice(at, end).split(/[\r\n]+/);
  const isMeant = key === undefined ? lines.length > 1 && areOfBody(lines.slice(1)) : end - at >= fewestOfKey;
  if (!isMeant && (key !== undefined || line.end - at < longLine)) return undefined;
  const how = key === undefined ? "bare-damaged" : "bare";
  return { label, at: line, core: { start: at, end }, how, before, isPrefixed: false, text: undefined };
}

/** @returns `isBroken`: it is none, but may be what is left of one */
function wholeBareAt(
  text: string,
  at: number,
  floor: number,
): Form | { readonly skip: number; readonly isBroken?: true } {
  const before = beforeOnLine(text, at, floor);
  const none = { skip: at + 3 };
  const broken = { ...none, isBroken: true } as const;
  const isDiff = before.trim() === "+";
  if ((isBase64(text.charCodeAt(at - 1)) && !isDiff) || before.length >= mostBefore) return none;
  if (isComment(before)) return { skip: nextLine(text, at) };
  const total = lengthByHead(decodeAll(text, at, at + 8));
  if (total === undefined) return broken;
  const needed = Math.ceil((total * 4) / 3);
  const lines: string[] = [];
  let [count, width, end, isRepeated] = [0, 0, at, false];
  for (let start = at; count < needed; start = nearNextLine(text, start, farthest)) {
    const line = text.slice(start, nearNextLine(text, start, farthest));
    const isFirst = start === at;
    const hasPrefix = !isFirst && before.trim() !== "" && line.startsWith(before);
    const said = lastBase64(hasPrefix ? line.slice(before.length) : line);
    const lead = line.indexOf(said, hasPrefix ? before.length : 0);
    const length = startOfRun(said, "=");
    // Only the last line is shorter than those before.
    if (length === 0 || (count > 0 && width > length && count + length < needed)) return broken;
    if (isFirst ? lead !== 0 : !hasPrefix && !around.test(line.slice(0, lead))) return broken;
    isRepeated ||= hasPrefix;
    lines.push(said);
    count += length;
    width = Math.max(width, length);
    end = start + lead + said.length;
    if (start >= text.length) return broken;
  }
  const joined = lines.join("");
  const bytes = count === needed ? decodeAll(joined, 0, joined.length) : undefined;
  if (bytes?.length !== total || privateKeyIn(bytes) !== undefined) return { skip: end, isBroken: true };
  const label = labelByShape(bytes);
  if (label === undefined) return { skip: end };
  const lineStart = at - before.length;
  const aboveStart = previousLine(text, lineStart, Math.max(floor, lineStart - mostOfBoundary));
  const above = text.slice(aboveStart, lineStart);
  const belowStart = nearNextLine(text, end, mostBefore);
  const below = text.slice(belowStart, nearNextLine(text, belowStart, mostOfBoundary));
  const [hasAbove, hasBelow] = [boundaryAbove.test(above), boundaryBelow.test(below)];
  // Its lines are no comments, but what makes a block of them is.
  if (hasAbove && hasBelow && isComment(above) && isComment(below)) return { skip: end };
  const [isAbove, isBelow] = [hasAbove && !isComment(above), hasBelow && !isComment(below)];
  const start = isAbove ? skipBlanks(text, aboveStart) : at;
  return {
    label,
    at: firstLine(text, start),
    core: { start, end: isBelow ? belowStart + below.trimEnd().length : end },
    how: isRepeated ? "prefix" : isAbove || isBelow ? "boundaries" : "bare",
    before: isAbove && !isRepeated ? "" : before,
    isPrefixed: isRepeated,
    text: writePem(label, bytes),
  };
}

/** What is on a line from an offset. */
export function firstLine(text: string, start: number): Span {
  return { start, end: start + text.slice(start, nearNextLine(text, start, farthest)).trimEnd().length };
}

// --- URL-encoded PEM

const nextInUrl = /BEGIN(?:%(?:25)*20|\+)/g;

/** @param start of its dashes */
export function urlAt(text: string, start: number, floor: number): Form | { readonly skip: number } {
  nextInUrl.lastIndex = start;
  nextInUrl.exec(text);
  const from = nextInUrl.lastIndex;
  const before = beforeOnLine(text, start, floor);
  if (from === 0) return { skip: start + 1 };
  if (isComment(before)) return { skip: nextLine(text, start) };
  const next = nextInUrl.exec(text)?.index ?? text.length;
  const [block] = encodedIn(text.slice(start, Math.min(next, start + farthest)));
  if (block?.span.start !== 0 || block.form !== "url" || block.cut !== undefined) return { skip: from };
  const isKey = kindOf(block.label) === "private-key";
  return {
    label: block.label,
    at: { start, end: from },
    core: { start, end: start + block.span.end },
    how: "url",
    before,
    isPrefixed: false,
    text: isKey ? undefined : block.text,
  };
}
