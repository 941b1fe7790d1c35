import type { Steps } from "../steps.ts";
import { isBase64 } from "./base64.ts";
import { type Boundary, boundaryAt, boundaryText, kindOf, mayBeBoundary } from "./boundary.ts";
import { behindMark, isBlank, isInvisible, nextLine, skipBlanks } from "./lines.ts";
import type { Reading } from "./reading.ts";

/** What ends an open block. */
export interface Closing {
  readonly boundary: Boundary;
  /** The start of the boundary's line; of one glued to the last line of the body, where that ends. */
  readonly bodyEnd: number;
  readonly isGlued: boolean;
}

export function* nextBoundary(reading: Reading, from: number, open: string): Steps<Closing | undefined> {
  const { text } = reading;
  for (let at = from, next = at; at < text.length; at = next) {
    next = nextLine(text, at);
    if (reading.isDue(next - at)) yield;
    const first = skipBlanks(text, at);
    const boundary = mayBeBoundary(text.charCodeAt(first)) ? boundaryAt(text, at, open) : undefined;
    if (boundary !== undefined) {
      // A byte order mark before END is a character that no body has.
      return { boundary, bodyEnd: boundary.word === "END" ? behindMark(text, at) : at, isGlued: false };
    }
    const place = base64End(text, first);
    const found = (place > first ? gluedAt(text, first, place, open) : undefined) ?? mentionedIn(text, at, next);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Behind the base64 and the blanks that a line starts with. */
function base64End(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); isBase64(code) || code === 61 || isBlank(code); ) code = text.charCodeAt(++at);
  return at;
}

/** More than a sign that marks every line, or a short word. */
const fewestOfLine = 4;
/** Of what stands on a line, as far as it is looked at. */
const longestLead = 1_000;
/** Words of prose are shorter. */
const longestWord = 24;
/** A line end as a string has it. */
const escape = /\\{1,4}[rn]/y;

/** The END of the open block behind the base64 that a line starts with, or, where that was cut off, a BEGIN. */
function gluedAt(text: string, first: number, place: number, open: string): Closing | undefined {
  const said = text.slice(first, place);
  const isShort = said.slice(0, longestLead).replaceAll(/[ \t]/g, "").length < fewestOfLine;
  if (text.startsWith(boundaryText("END", open), place)) {
    const boundary = isShort ? undefined : boundaryAt(text, place, open);
    return boundary && { boundary, bodyEnd: place, isGlued: true };
  }
  const word = said.search(/[ \t]/);
  if (word >= 0 && (isShort || (word < longestWord && said.trimEnd().length > word))) return undefined;
  const boundary = boundaryAt(text, behindGap(text, place));
  return boundary?.word === "BEGIN" ? { boundary, bodyEnd: place, isGlued: true } : undefined;
}

/** What cannot be seen, or should have been a line end. */
function behindGap(text: string, from: number): number {
  let at = from;
  for (;;) {
    escape.lastIndex = at;
    if (escape.test(text)) at = escape.lastIndex;
    else if (isInvisible(text.charCodeAt(at)) || isBlank(text.charCodeAt(at))) at++;
    else return at;
  }
}

/** A BEGIN that something else stands before: whatever that is, the body is not open any more. */
function mentionedIn(text: string, at: number, next: number): Closing | undefined {
  const place = text.slice(at, next).indexOf("-----BEGIN ");
  const boundary = place < 0 ? undefined : boundaryAt(text, at + place);
  return boundary?.word === "BEGIN" && kindOf(boundary.label) !== "other"
    ? { boundary, bodyEnd: at, isGlued: false }
    : undefined;
}
