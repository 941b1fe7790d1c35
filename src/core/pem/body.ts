import type { Span } from "../text.ts";
import { decodeAll, isBase64 } from "./base64.ts";
import type { Damage } from "./block.ts";
import { isBlank, isInvisible, isLineEnd, nextLine, trimmed } from "./lines.ts";
import { joinedIn, lostIn, maySpacesBePlus } from "./lost.ts";

/** What is between two boundaries; its spans are those of the text. */
interface Body {
  readonly damage: readonly Damage[];
  readonly placeholder: boolean;
  readonly bytes: Uint8Array | undefined;
}

/** In one body: more of them would not be fixed one by one. */
const mostDamage = 20;

/**
 * @param begin the boundary above, where an empty body is reported
 * @param values how many DER values a block of its kind may consist of
 * @param bytes where it is base64 without a fault
 */
export function readBody(text: string, body: Span, begin: Span, values: number, bytes: Uint8Array | undefined): Body {
  const isDoubtful = bytes === undefined || maySpacesBePlus(text, body, bytes, values);
  if (!isDoubtful) return { damage: [], placeholder: false, bytes };
  if (holdsPlaceholder(text, body)) return { damage: [], placeholder: true, bytes: undefined };
  const lost = lostIn(text, { start: dataStart(text, body), end: body.end }, values);
  if (lost !== undefined && (bytes === undefined || lost.mended !== undefined)) {
    const { how, at, mended } = lost;
    const one: Damage = { kind: "lost", how, at, ...(mended !== undefined && { repair: mended.edits }) };
    return { damage: [one], placeholder: false, bytes: mended?.bytes };
  }
  if (bytes !== undefined) return { damage: [], placeholder: false, bytes };
  const joined = joinedIn(text, { start: dataStart(text, body), end: body.end }, begin);
  if (joined !== undefined) return { damage: [joined], placeholder: false, bytes };
  const damage: Damage[] = [];
  const report = (one: Damage): void => {
    if (damage.length < mostDamage) damage.push(one);
  };
  return { damage, placeholder: false, bytes: readDamaged(text, body, begin, values, report) };
}

/** The bytes of a body of which one end is not marked: only if they are all there. */
export function wholeBytes(text: string, body: Span, values: number): Uint8Array | undefined {
  const start = dataStart(text, body);
  for (let at = start; at < body.end; at++) {
    const code = text.charCodeAt(at);
    if (!isBase64(code) && !isBlank(code) && !isLineEnd(code) && code !== 61) return undefined;
  }
  const bytes = decodeAll(text, start, body.end);
  return isWhole(bytes, values) ? bytes : undefined;
}

/** What templates write a placeholder with: `${…}`, `%{…}`, `{{…}}`, `<%…%>`. */
const placeholders = ["${", "%{", "{{", "<%"];

export function holdsPlaceholder(text: string, { start, end }: Span): boolean {
  const body = text.slice(start, end + 1);
  return start < end && placeholders.some((opening) => body.includes(opening));
}

/** Reports everything that is wrong, and returns the bytes where there is no doubt about them. */
function readDamaged(
  text: string,
  body: Span,
  begin: Span,
  values: number,
  report: (damage: Damage) => void,
): Uint8Array | undefined {
  const start = dataStart(text, body);
  let blank: Span | undefined;
  // As OpenSSL reads it, an empty line right behind BEGIN ends headers that are not there, and has regular lines behind
  // it.
  if (start > body.start && isEmpty(text, body.start, start) && !isRegular(text, start, body.end))
    blank = { start: body.start, end: start };
  let isBroken = false;
  let count = 0;
  let padding: Span | undefined;
  let paddingCount = 0;
  let last = begin;
  const blanks: Span[] = [];
  const endBlank = (): void => {
    if (blank !== undefined) blanks.push(blank);
    blank = undefined;
  };

  for (let at = start; at < body.end; ) {
    const next = Math.min(nextLine(text, at), body.end);
    const line = trimmed(text, at, next);
    if (line.start === line.end) {
      // What indents END is no line.
      if (isLineEnd(text.charCodeAt(next - 1))) blank = { start: blank?.start ?? at, end: next };
      at = next;
      continue;
    }
    endBlank();
    if (padding === undefined && isAllBase64(text, line)) {
      // Most lines are sound, even where one is not.
      count += line.end - line.start;
      last = line;
      at = next;
      continue;
    }
    if (isProse(text, line)) {
      isBroken = true;
      report({ kind: "character", at: line });
      at = next;
      continue;
    }
    last = line;
    for (let place = line.start; place < line.end; place++) {
      const code = text.charCodeAt(place);
      if (isBase64(code)) {
        if (padding !== undefined) {
          isBroken = true;
          report({ kind: "padding", at: padding });
          padding = undefined;
          paddingCount = 0;
        }
        count++;
      } else if (code === 61) {
        padding = { start: padding?.start ?? place, end: place + 1 };
        paddingCount++;
      } else if (!isBlank(code)) {
        const bad = { start: place, end: strangeEnd(text, place, line.end) };
        // An invisible character is never intended, so removing it is safe.
        const repair = isInvisible(code) ? [{ span: bad, text: "" }] : undefined;
        isBroken ||= repair === undefined;
        report({ kind: "character", at: bad, ...(repair !== undefined && { repair }) });
        place = bad.end - 1;
      }
    }
    at = next;
  }
  if (count === 0 && !isBroken) {
    report({ kind: "empty", at: begin });
    return undefined;
  }
  endBlank();
  if (blanks.length > 0) report(blankDamage(text, blanks));
  if (isBroken) return undefined;

  const needed = (4 - (count % 4)) % 4;
  const bytes = needed === 3 ? undefined : decodeAll(text, start, body.end);
  if (bytes !== undefined && paddingCount === needed) return bytes;
  if (bytes !== undefined && isWhole(bytes, values)) {
    const at = padding ?? { start: last.end, end: last.end };
    report({
      kind: "padding",
      at: padding ?? { start: last.end - 1, end: last.end },
      repair: [{ span: at, text: "=".repeat(needed) }],
    });
    return bytes;
  }
  const odd = oddLine(text, start, body.end);
  if (needed === 3 || odd !== undefined) report({ kind: "length", at: odd ?? last });
  else report({ kind: "padding", at: padding ?? last });
  return undefined;
}

/** All blank lines of a body are one damage. `CR CR LF` looks like a blank line, and is one line end. */
function blankDamage(text: string, blanks: readonly Span[]): Damage {
  const [at = { start: 0, end: 0 }] = blanks;
  const doubled = new Set(blanks.filter((blank) => isDoubledReturn(text, blank)));
  return {
    kind: doubled.size === blanks.length ? "line-ends" : "blank-line",
    at,
    repair: blanks.map((span) => ({
      span: doubled.has(span) ? { start: span.start - 1, end: span.end - 2 } : span,
      text: "",
    })),
  };
}

function isDoubledReturn(text: string, { start, end }: Span): boolean {
  return text.charCodeAt(start - 1) === 13 && /^\r+\n$/.test(text.slice(start, end));
}

function isAllBase64(text: string, { start, end }: Span): boolean {
  for (let at = start; at < end; at++) if (!isBase64(text.charCodeAt(at))) return false;
  return true;
}

/** Behind a run of characters that are no base64: such as can be seen, or such as cannot. */
function strangeEnd(text: string, from: number, to: number): number {
  const isSeen = !isInvisible(text.charCodeAt(from));
  let at = from + 1;
  for (
    let code = text.charCodeAt(at);
    at < to && !isBase64(code) && code !== 61 && !isBlank(code) && isInvisible(code) !== isSeen;
    code = text.charCodeAt(at)
  )
    at++;
  return at;
}

/** In words as long as this, a blank is a slip. */
const longestWord = 24;

/** Another text than base64 altogether: a comment, a sentence, a header without the empty line behind it. */
function isProse(text: string, { start, end }: Span): boolean {
  if (text.charCodeAt(start) === 35) return true;
  let strange = 0;
  let word = 0;
  let longest = 0;
  let hasBlank = false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    const isPlain = isBase64(code) || code === 61;
    word = isPlain ? word + 1 : 0;
    longest = Math.max(longest, word);
    if (isBlank(code)) hasBlank = true;
    else if (!isPlain && !isInvisible(code)) strange++;
  }
  return strange * 4 > end - start || (strange > 0 && hasBlank && longest <= longestWord);
}

/** Whether all lines but the last have 64 characters, and that one no more. */
function isRegular(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; ) {
    const next = nextLine(text, at);
    const { start, end } = trimmed(text, at, Math.min(next, to));
    if (isEmpty(text, next, to)) return end - start <= 64;
    if (end - start !== 64) return false;
    at = next;
  }
  return true;
}

function isEmpty(text: string, from: number, to: number): boolean {
  const { start, end } = trimmed(text, from, to);
  return start >= end;
}

/** The one line that is shorter or longer than all others but the last. */
function oddLine(text: string, from: number, to: number): Span | undefined {
  const widths = new Map<number, { readonly line: Span; count: number }>();
  let line: Span | undefined;
  for (let at = from; at < to; at = nextLine(text, at)) {
    const next = trimmed(text, at, Math.min(nextLine(text, at), to));
    if (next.start === next.end) continue;
    if (line !== undefined) {
      const width = widths.get(line.end - line.start) ?? { line, count: 0 };
      width.count++;
      widths.set(line.end - line.start, width);
    }
    line = next;
  }
  const [one, another, third] = [...widths.values()].sort((a, b) => a.count - b.count);
  return one?.count === 1 && another !== undefined && another.count > 1 && third === undefined ? one.line : undefined;
}

/** Behind the headers of RFC 1421 and the empty line that ends them, which may also stand alone. */
export function dataStart(text: string, { start, end }: Span): number {
  for (let at = start; at < end; ) {
    const next = Math.min(nextLine(text, at), end);
    const line = trimmed(text, at, next);
    if (line.start === line.end) return next;
    const isContinued = at > start && isBlank(text.charCodeAt(at));
    if (!isContinued && !isHeader(text, line)) return start;
    at = next;
  }
  return start;
}

function isHeader(text: string, { start, end }: Span): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 58) return at > start;
    if (!isBase64(code) && code !== 45) return false;
  }
  return false;
}

/** Whether the bytes are DER SEQUENCEs to the last byte: one, or up to `most`. */
function isWhole(bytes: Uint8Array, most: number): boolean {
  let at = 0;
  for (let count = 0; count < most && at < bytes.length; count++) {
    const first = bytes[at + 1] ?? 0x80;
    if (bytes[at] !== 0x30 || first === 0x80 || first > 0x84) return false;
    const header = first < 0x80 ? 2 : first - 0x80 + 2;
    let length = first < 0x80 ? first : 0;
    for (let place = at + 2; place < at + header; place++) length = length * 256 + (bytes[place] ?? 0);
    at += header + length;
  }
  return at > 0 && at === bytes.length;
}

const shortestLike = 40;
const unlikeBody = /[^A-Za-z0-9+/=]/g;

/** Whether a line looks like one of a body, be some of its characters lost or strange: words of prose are shorter. */
export function isLikeBodyLine(line: string): boolean {
  const said = line.trim();
  return (
    said.length >= shortestLike &&
    /[A-Za-z0-9+/]{20}/.test(said) &&
    (said.match(unlikeBody)?.length ?? 0) * 10 <= said.length
  );
}

/** Whether lines, one below the other, are what is left of a body: one line alone may be a hash. */
export function areOfBody(lines: readonly string[]): boolean {
  const isLong = (line: string) => line.trim().length >= 60;
  return lines.filter(isLong).length > 1 || lines.some((line) => line.trimStart().startsWith("MII"));
}
