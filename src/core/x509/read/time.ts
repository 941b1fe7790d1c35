import type { Fault, Time } from "../model.ts";
import { type Cursor, type DerBytes, type Element, elementIn, wrongTag } from "./der.ts";
import { latin1 } from "./names.ts";
import { generalizedTime, utcTime } from "./tags.ts";

/** A longer text is taken for none, and is shown by its beginning. */
const longestTime = 64;

export function takeTime(cursor: Cursor, part: string): Element {
  if (cursor.sees(utcTime) || cursor.sees(generalizedTime)) return cursor.any(part);
  throw wrongTag(cursor.any(part), part, "UTCTime");
}

/**
 * RFC 5280 section 4.1.2.5 allows `YYMMDDHHMMSSZ` and `YYYYMMDDHHMMSSZ`. The other forms of ASN.1 that OpenSSL reads
 * (no seconds, an offset, a fraction) are read as well; everything else has no date.
 */
export function timeOf(source: DerBytes, element: Element): Time {
  return new DecodedTime(source, element);
}

class DecodedTime implements Time {
  readonly at: number | undefined;
  readonly #source: DerBytes;
  readonly #start: number;

  constructor(source: DerBytes, element: Element) {
    this.at = millisecondsOf(source.bytes, element);
    this.#source = source;
    this.#start = element.start;
  }

  get text(): string {
    const { content, contentEnd } = elementIn(this.#source, this.#start);
    const isLong = contentEnd - content > longestTime;
    return `${latin1(this.#source.bytes, content, isLong ? content + longestTime : contentEnd)}${isLong ? "…" : ""}`;
  }
}

/** What RFC 5280 does not allow in it. */
export function timeFault({ bytes }: DerBytes, element: Element, time: Time, part: string): Fault | undefined {
  const plain = element.tag === utcTime ? 13 : 15;
  if (time.at !== undefined && element.contentEnd - element.content === plain && bytes[element.contentEnd - 1] === 0x5a)
    return undefined;
  const at = { start: element.start, end: element.end };
  if (time.at === undefined) return { part, at, reason: { code: "der:no-date", args: { text: time.text } } };
  const form = element.tag === utcTime ? "YYMMDDHHMMSSZ" : "YYYYMMDDHHMMSSZ";
  return {
    part,
    at,
    reason: { code: "der:date-form", args: { text: time.text, form } },
  };
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function millisecondsOf(bytes: Uint8Array, element: Element): number | undefined {
  const { tag, content, contentEnd } = element;
  return plainMoment(bytes, tag, content, contentEnd) ?? anyMoment(bytes, element);
}

/**
 * Of a time in the form that RFC 5280 requires; `undefined` where it is in another, or no date. In milliseconds since
 * 1970.
 */
export function plainMoment(bytes: Uint8Array, tag: number, content: number, end: number): number | undefined {
  const isShort = tag === utcTime;
  if (end - content !== (isShort ? 13 : 15) || bytes[end - 1] !== 0x5a) return undefined;
  let rest = content;
  for (; rest < end - 1; rest++) if ((((bytes[rest] ?? 0) - 0x30) & 0xff) > 9) return undefined;
  rest = end - 11;
  const short = digits(bytes, rest - 2);
  const year = isShort ? short + (short < 50 ? 2000 : 1900) : digits(bytes, content) * 100 + short;
  const month = digits(bytes, rest);
  const day = digits(bytes, rest + 2);
  const [hour, minute, second] = [digits(bytes, rest + 4), digits(bytes, rest + 6), digits(bytes, rest + 8)];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59)
    return undefined;
  return ((daysBefore(year, month) + day - 1) * 24 + hour) * 3_600_000 + minute * 60_000 + second * 1000;
}

function digits(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) - 0x30) * 10 + (bytes[at + 1] ?? 0) - 0x30;
}

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (monthDays[month - 1] ?? 0);
}

function anyMoment(bytes: Uint8Array, { tag, content, contentEnd }: Element): number | undefined {
  if (contentEnd - content > longestTime) return undefined;
  let at = content;
  const two = (low: number, high: number): number => {
    const [tens, ones] = [(bytes[at] ?? 0) - 0x30, (bytes[at + 1] ?? 0) - 0x30];
    const value = tens * 10 + ones;
    if (at + 2 > contentEnd || tens < 0 || tens > 9 || ones < 0 || ones > 9 || value < low || value > high)
      return Number.NaN;
    at += 2;
    return value;
  };
  let year = two(0, 99);
  if (tag === generalizedTime) year = year * 100 + two(0, 99);
  else year += year < 50 ? 2000 : 1900;
  const month = two(1, 12);
  const day = two(1, daysIn(year, month));
  const hour = two(0, 23);
  const minute = two(0, 59);
  const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;
  const hasSeconds = at < contentEnd && isDigit(bytes[at]);
  const second = hasSeconds ? two(0, 59) : 0;
  // No `Date.UTC`: it takes the years 0 to 99 for 1900 to 1999.
  const result = ((daysBefore(year, month) + day - 1) * 24 + hour) * 3_600_000 + minute * 60_000 + second * 1000;
  if (Number.isNaN(result)) return undefined;
  let fraction = 0;
  if (tag === generalizedTime && hasSeconds && at < contentEnd && bytes[at] === 0x2e) {
    const first = ++at;
    for (let weight = 100; at < contentEnd && isDigit(bytes[at]); at++, weight /= 10)
      fraction += ((bytes[at] ?? 0) - 0x30) * weight;
    if (at === first) return undefined;
  }
  const zone = at < contentEnd ? bytes[at] : undefined;
  at++;
  if (zone === 0x5a) return at === contentEnd ? result + Math.floor(fraction) : undefined;
  if ((zone !== 0x2b && zone !== 0x2d) || at + 4 !== contentEnd) return undefined;
  const offset = two(0, 12) * 3_600_000 + two(0, 59) * 60_000;
  const shifted = result + Math.floor(fraction) + (zone === 0x2b ? -offset : offset);
  return shifted >= firstMoment && shifted <= lastMoment ? shifted : undefined;
}

/** An offset does not lead out of the years 0 to 9999. */
const firstMoment = daysBefore(0, 1) * 86_400_000;
const lastMoment = daysBefore(10_000, 1) * 86_400_000 - 1;

/** From 1970 to the month's first day, in the Gregorian calendar extended to the year 0. */
function daysBefore(year: number, month: number): number {
  // Years that begin in March have the leap day at their end.
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const ofEra = shifted - era * 400;
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5);
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}
