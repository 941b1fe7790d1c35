import { charactersPerStep } from "../steps.ts";
import type { Span } from "../text.ts";
import { isBase64 } from "./base64.ts";
import { dataStart, holdsPlaceholder, isLikeBodyLine, wholeBytes } from "./body.ts";
import { type Boundary, isDecoded, kindOf, valuesOf } from "./boundary.ts";
import type { Closing } from "./closing.ts";
import { isBlank, nextLine, previousLine, trimmed } from "./lines.ts";

/** In characters: the bundles of all public roots have half as many. */
export const longestBody = 8 * charactersPerStep;

/** Whether it is no body that anybody needs: to read it would take long. */
export function isTooLong({ start, end }: Span): boolean {
  return end - start > longestBody;
}

/** What is left of a body of which one end is not marked. */
interface OpenBody {
  readonly body: Span;
  readonly bytes: Uint8Array | undefined;
  readonly placeholder: boolean;
}

/**
 * The body of a BEGIN without END. It is whole, or goes on as far as lines look like it.
 * @param most what it may be at most
 */
export function bodyBelow(
  text: string,
  { label, span }: Boundary,
  most: Span,
  next: Closing | undefined,
): OpenBody & { readonly isTooLong: boolean } {
  const kind = kindOf(label);
  const near = Math.min(most.end, most.start + longestBody + 1);
  const goesOn = (end: number): boolean => near < most.end && end > most.start && nextLine(text, end) >= near;
  const first = openBodyEnd(text, most.start, near);
  if (goesOn(first)) return tooLong(text, most);
  const body = first > most.start ? { start: most.start, end: first } : { start: span.end, end: span.end };
  const placeholder = holdsPlaceholder(text, body);
  const bytes = placeholder || !isDecoded(kind) ? undefined : wholeBytes(text, body, valuesOf(kind));
  if (placeholder || bytes !== undefined) return { body, bytes, placeholder, isTooLong: false };
  const further = damagedBodyEnd(text, first, near, kind === "private-key");
  if (goesOn(further)) return tooLong(text, most);
  const end = further > first ? further : body.end;
  // What stands before a glued BEGIN is the last of it.
  const last = next?.isGlued === true ? trimmed(text, most.start, next.bodyEnd).end : end;
  const isNextLine = last > end && previousLine(text, last, end) <= nextLine(text, end);
  const whole = isNextLine ? last : end;
  return {
    body: whole > most.start ? { start: most.start, end: whole } : body,
    bytes,
    placeholder,
    isTooLong: false,
  };
}

/** Of a private key nothing may be left behind. */
function tooLong(text: string, { start, end }: Span): ReturnType<typeof bodyBelow> {
  const body = trimmed(text, start, end);
  return { body, bytes: undefined, placeholder: holdsPlaceholder(text, body), isTooLong: true };
}

/**
 * The body of an END without BEGIN.
 * @param start where it may begin at the earliest
 * @returns `most`: where it begins if it is damaged
 */
export function bodyAbove(
  text: string,
  { label }: Boundary,
  start: number,
  end: number,
): OpenBody & { readonly most: number } {
  const kind = kindOf(label);
  const from = Math.max(start, end - longestBody);
  const regular = { start: openBodyStart(text, from, end), end };
  const most = damagedBodyStart(text, from, regular.start);
  const placeholder = holdsPlaceholder(text, regular);
  const bytes = placeholder || !isDecoded(kind) ? undefined : wholeBytes(text, regular, valuesOf(kind));
  return { body: placeholder || bytes !== undefined ? regular : { start: most, end }, bytes, placeholder, most };
}

/** Behind the last character from `from` that can be of a body whose END is missing. */
function openBodyEnd(text: string, from: number, to: number): number {
  let end = from;
  let width = 0;
  let hasLast = false;
  for (let at = dataStart(text, { start: from, end: to }); at < to; at = nextLine(text, at)) {
    const line = trimmed(text, at, Math.min(nextLine(text, at), to));
    const length = line.end - line.start;
    const isBody = length > 0 && !hasLast && isBodyLine(text, line);
    if (!isBody && !holdsPlaceholder(text, line)) break;
    end = line.end;
    hasLast ||= length < width || text.charCodeAt(line.end - 1) === 61;
    width = length;
  }
  return end;
}

/** Where the body starts that ends at `to`, and whose BEGIN is missing: above its last line all have one length. */
function openBodyStart(text: string, from: number, to: number): number {
  let start = to;
  let width = 0;
  let count = 0;
  for (let end = to; end > from; count++) {
    const lineStart = previousLine(text, end, from);
    const line = trimmed(text, lineStart, end);
    const length = line.end - line.start;
    if (length === 0 || !isBodyLine(text, line)) break;
    if (count > 0 && (length < width || text.charCodeAt(line.end - 1) === 61)) break;
    if (count > 1 && length !== width) break;
    start = line.start;
    width = length;
    end = lineStart;
  }
  return start;
}

function isBodyLine(text: string, { start, end }: Span): boolean {
  let strange = 0;
  let isPadded = false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 61) isPadded = true;
    else if (isPadded || isBlank(code)) return false;
    else if (!isBase64(code)) strange++;
  }
  return strange * 4 <= end - start;
}

/** Of the last line of a body: no word is like it. */
const lastOfBody = /^(?=.*[0-9+/=])[A-Za-z0-9+/]{2,}={0,2}$/;

/**
 * Behind the lines below `from` that look like a body that goes on: of a damaged one they differ in length.
 * @param isKey a private key, of which nothing may be left behind: a blank line does not end it
 */
function damagedBodyEnd(text: string, from: number, to: number, isKey: boolean): number {
  let end = from;
  for (let at = from, next = at; at < to; at = next) {
    next = Math.min(nextLine(text, at), to);
    const line = trimmed(text, at, next);
    // The rest of the line that it ends on so far.
    if (line.start === line.end && at === from) continue;
    if (line.start === line.end && isKey) continue;
    const said = text.slice(line.start, line.end);
    const isLike = isLikeBodyLine(said) && !said.startsWith("MII");
    if (!isLike && (end === from || !lastOfBody.test(said))) break;
    end = line.end;
    if (!isLike) break;
  }
  return end;
}

/** Where the lines above an offset start that look like a body: of a damaged one they differ in length. */
function damagedBodyStart(text: string, from: number, to: number): number {
  let start = to;
  while (start > from) {
    const above = previousLine(text, start, from);
    if (!isLikeBodyLine(text.slice(above, start))) break;
    start = above;
    if (text.startsWith("MII", start)) break;
  }
  return start;
}
