import type { Span, TextEdit } from "../text.ts";
import { decodeAll, decodeSound, isBase64, type Scratch } from "./base64.ts";
import type { Damage } from "./blocks.ts";
import { isBlank, isLineEnd, isOddBlank } from "./boundary.ts";

/** What stands between two boundaries; spans are those of the text. */
export interface Body {
  readonly damage: readonly Damage[];
  readonly placeholder: boolean;
  readonly bytes: Uint8Array | undefined;
}

/** Of one kind, in one body: nobody mends more of them one by one. */
const mostDamage = 20;

/** @param sequences how many DER values one block of its kind may consist of */
export function readBody(text: string, body: Span, empty: Span, sequences: number, scratch: Scratch): Body {
  const bytes = decodeSound(text, body.start, body.end, scratch);
  if (bytes !== undefined) return { damage: [], placeholder: false, bytes };
  if (holdsPlaceholder(text, body)) return { damage: [], placeholder: true, bytes: undefined };
  return readDamaged(text, body, empty, sequences);
}

/** Of a block that has only one of its boundaries: its bytes, where they are all there. */
export function wholeBytes(text: string, body: Span, sequences: number): Uint8Array | undefined {
  const start = dataStart(text, body);
  for (let at = start; at < body.end; at++) {
    const code = text.charCodeAt(at);
    if (!isBase64(code) && !isBlank(code) && !isLineEnd(code) && code !== 61) return undefined;
  }
  const bytes = decodeAll(text, start, body.end);
  return isWhole(bytes, sequences) ? bytes : undefined;
}

export function holdsPlaceholder(text: string, { start, end }: Span): boolean {
  for (let at = start; at < end; at++) if (isPlaceholder(text, at)) return true;
  return false;
}

/** `${`, `%{` and `{{`, `<%`. */
function isPlaceholder(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === 36 || code === 37 || code === 123) return text.charCodeAt(at + 1) === 123;
  return code === 60 && text.charCodeAt(at + 1) === 37;
}

function readDamaged(text: string, body: Span, empty: Span, sequences: number): Body {
  const damage: Damage[] = [];
  const start = dataStart(text, body);
  let blank: Span | undefined;
  let isBroken = false;
  let count = 0;
  /** The padding behind the last character that is none. */
  let padding: Span | undefined;
  let paddingCount = 0;
  let last: Span = empty;
  const report = (one: Damage): void => {
    if (damage.length < mostDamage) damage.push(one);
  };
  const reportBlank = (): void => {
    if (blank !== undefined) report({ kind: "blank-line", at: blank, repair: [{ span: blank, text: "" }] });
    blank = undefined;
  };

  for (let at = start; at < body.end; ) {
    const next = Math.min(nextLine(text, at), body.end);
    const line = trimmed(text, at, next);
    if (line.start === line.end) {
      blank = { start: blank?.start ?? at, end: next };
      if (next === body.end && !isLineEnd(text.charCodeAt(next - 1))) blank = undefined;
    } else if (isProse(text, line)) {
      isBroken = true;
      report({ kind: "character", at: line });
    } else {
      reportBlank();
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
          const bad = { start: place, end: badEnd(text, place, line.end) };
          const isInvisible = isOddBlank(code) || code === 0xad;
          isBroken ||= !isInvisible;
          report({ kind: "character", at: bad, ...(isInvisible && { repair: [{ span: bad, text: "" }] }) });
          place = bad.end - 1;
        }
      }
    }
    at = next;
  }
  reportBlank();
  if (isBroken) return { damage, placeholder: false, bytes: undefined };
  if (count === 0) return { damage: [...damage, { kind: "empty", at: empty }], placeholder: false, bytes: undefined };

  const needed = (4 - (count % 4)) % 4;
  if (needed !== 3 && paddingCount === needed) return { damage, placeholder: false, bytes: decodeAll(text, start, body.end) };
  const bytes = needed === 3 ? undefined : decodeAll(text, start, body.end);
  if (bytes !== undefined && isWhole(bytes, sequences)) {
    const at = padding ?? { start: last.end, end: last.end };
    return { damage: [...damage, { kind: "padding", at: atLeastOne(at), repair: [{ span: at, text: "=".repeat(needed) }] }], placeholder: false, bytes };
  }
  const odd = oddLine(text, start, body.end);
  if (needed === 3 || odd !== undefined) return { damage: [...damage, { kind: "length", at: odd ?? last }], placeholder: false, bytes: undefined };
  return { damage: [...damage, { kind: "padding", at: padding ?? last }], placeholder: false, bytes: undefined };
}

function atLeastOne({ start, end }: Span): Span {
  return { start: start === end ? start - 1 : start, end };
}

/** Behind a run of characters that have no place in base64 and are of one sort. */
function badEnd(text: string, from: number, to: number): number {
  const isInvisible = (code: number) => isOddBlank(code) || code === 0xad;
  const sort = isInvisible(text.charCodeAt(from));
  let at = from + 1;
  for (let code = text.charCodeAt(at); at < to && !isBase64(code) && code !== 61 && !isBlank(code) && isInvisible(code) === sort; code = text.charCodeAt(at)) at++;
  return at;
}

/** Another text than base64 altogether: a comment, a sentence. */
function isProse(text: string, { start, end }: Span): boolean {
  let strange = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (!isBase64(code) && code !== 61 && !isOddBlank(code) && code !== 0xad) strange++;
  }
  return strange * 4 > end - start;
}

/** The one line that is shorter or longer than all others but the last. */
function oddLine(text: string, from: number, to: number): Span | undefined {
  const seen = new Map<number, { readonly line: Span; count: number }>();
  let previous: { readonly line: Span; readonly width: number } | undefined;
  for (let at = from; at < to; at = nextLine(text, at)) {
    const line = trimmed(text, at, Math.min(nextLine(text, at), to));
    if (line.start === line.end) continue;
    if (previous !== undefined) {
      const known = seen.get(previous.width);
      if (known === undefined) seen.set(previous.width, { line: previous.line, count: 1 });
      else known.count++;
    }
    previous = { line, width: line.end - line.start };
  }
  const [one, another, more] = [...seen.values()].sort((a, b) => a.count - b.count);
  return one?.count === 1 && another !== undefined && another.count > 1 && more === undefined ? one.line : undefined;
}

/** Behind the headers of RFC 1421, if there are any, and the blank line that ends them or stands for none. */
export function dataStart(text: string, { start, end }: Span): number {
  let at = start;
  while (at < end) {
    const next = Math.min(nextLine(text, at), end);
    const line = trimmed(text, at, next);
    if (line.start === line.end) return next;
    const isContinued = at > start && isBlank(text.charCodeAt(at));
    if (!isContinued && !isHeader(text, line)) return at;
    at = next;
  }
  return at;
}

function isHeader(text: string, { start, end }: Span): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 58) return at > start;
    if (!isBase64(code) && code !== 45) return false;
  }
  return false;
}

/** Behind the last character that can be of a body from `from`, where nothing says where it ends. */
export function openBodyEnd(text: string, from: number, to: number): number {
  const start = dataStart(text, { start: from, end: to });
  let end = from;
  let width = 0;
  for (let at = start; at < to; at = nextLine(text, at)) {
    const line = trimmed(text, at, Math.min(nextLine(text, at), to));
    if (line.start === line.end || !(isBodyLine(text, line) || holdsPlaceholder(text, line))) break;
    end = line.end;
    const length = line.end - line.start;
    if (length < width || text.charCodeAt(line.end - 1) === 61) break;
    width = length;
  }
  return end;
}

/** Where the body starts that ends at `to`, where nothing says where it begins. */
export function openBodyStart(text: string, from: number, to: number): number {
  let start = to;
  let width: number | undefined;
  for (let end = to; end > from; ) {
    const lineStart = previousLine(text, end, from);
    const line = trimmed(text, lineStart, end);
    const length = line.end - line.start;
    const isFirst = start === to;
    if (length === 0 || !isBodyLine(text, line) || (!isFirst && (text.charCodeAt(line.end - 1) === 61 || length < (width ?? 0)))) break;
    if (!isFirst && width !== undefined && start !== to && width !== length && !isLast(text, start, to)) break;
    start = line.start;
    width = length;
    end = lineStart;
  }
  return start;
}

/** Whether nothing but one line stands between. */
function isLast(text: string, from: number, to: number): boolean {
  return nextLine(text, from) >= to;
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

/** Whether the bytes are DER values from the first to the last: one, or up to `most`. */
function isWhole(bytes: Uint8Array, most: number): boolean {
  let at = 0;
  for (let count = 0; count < most && at < bytes.length; count++) {
    const size = bytes[at + 1] ?? 0xff;
    if (bytes[at] !== 0x30 || size === 0x80 || size > 0x84) return false;
    let length = size;
    let header = 2;
    if (size > 0x80) {
      header += size - 0x80;
      length = 0;
      for (let place = at + 2; place < at + header; place++) length = length * 256 + (bytes[place] ?? 0);
    }
    at += header + length;
  }
  return at > 0 && at === bytes.length;
}

export function nextLine(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isLineEnd(text.charCodeAt(at))) at++;
  return text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : Math.min(at + 1, text.length);
}

/** Where the line starts whose end, line end and all, is at `end`. */
function previousLine(text: string, end: number, from: number): number {
  let at = end;
  if (at > from && text.charCodeAt(at - 1) === 10) at--;
  if (at > from && text.charCodeAt(at - 1) === 13) at--;
  while (at > from && !isLineEnd(text.charCodeAt(at - 1))) at--;
  return at;
}

function trimmed(text: string, from: number, to: number): Span {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && (isBlank(text.charCodeAt(end - 1)) || isLineEnd(text.charCodeAt(end - 1)))) end--;
  return { start: Math.min(start, end), end };
}

export function relativeTo(base: number, { start, end }: Span): Span {
  return { start: start - base, end: end - base };
}

export function damageRelativeTo(base: number, { kind, at, repair }: Damage): Damage {
  const edits = repair?.map(({ span, text }): TextEdit => ({ span: relativeTo(base, span), text }));
  return { kind, at: relativeTo(base, at), ...(edits !== undefined && { repair: edits }) };
}
