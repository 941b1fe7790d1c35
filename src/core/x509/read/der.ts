import { isSameReason } from "../../reason.ts";
import type { FaultReason } from "../fault.ts";
import type { Fault, Slice } from "../model.ts";
import { bitString, boolean, integer, nullValue, objectIdentifier, tagName } from "./tags.ts";

/** One element of DER: identifier, length, content. Offsets into the bytes it was read from. */
export interface Element {
  /** The identifier octet; of a tag number above 30 only this first octet. */
  readonly tag: number;
  readonly start: number;
  readonly content: number;
  readonly contentEnd: number;
  /** Behind the end-of-contents octets, where the length was indefinite; else the content's end. */
  readonly end: number;
}

/** Stops the reading of one part of a structure; `attempt` makes a `Fault` of it. It never leaves this folder. */
export class Damaged {
  readonly fault: Fault;
  constructor(part: string, at: Slice, reason: FaultReason) {
    this.fault = { part, at: { start: at.start, end: at.end }, reason };
  }
}

/** What `read` gives, or where it stopped. */
export function attempt<T>(
  read: () => T,
): { readonly value: T; readonly fault?: undefined } | { readonly value?: undefined; readonly fault: Fault } {
  try {
    return { value: read() };
  } catch (stopped) {
    if (stopped instanceof Damaged) return { fault: stopped.fault };
    throw stopped;
  }
}

/** Bytes that are read in parts, and what was met in them that is wrong and could be read all the same. */
export interface DerBytes {
  readonly bytes: Uint8Array;
  notes: readonly Fault[];
}

const none: readonly Fault[] = [];

/** More of them say nothing new. */
const mostNotes = 20;

export function derBytesOf(bytes: Uint8Array): DerBytes {
  return { bytes, notes: none };
}

export function note(source: DerBytes, part: string, { start, end }: Slice, reason: FaultReason): void {
  const isKnown = source.notes.some(({ at, reason: known }) => at.start === start && isSameReason(known, reason));
  if (!isKnown && source.notes.length < mostNotes)
    source.notes = [...source.notes, { part, at: { start, end }, reason }];
}

export function noteBer(source: DerBytes, part: string, at: Slice): void {
  note(source, part, at, { code: "der:ber" });
}

/** Deeper elements of indefinite length are refused; OpenSSL stops at the same depth. */
const deepest = 30;

/**
 * The element at `at`, which ends before `limit`. Lengths that are longer than needed and indefinite lengths are
 * read, as OpenSSL reads them, and noted in the source.
 * @throws {Damaged}
 */
export function elementAt(source: DerBytes, at: number, limit: number, part: string, depth = 0): Element {
  const { bytes } = source;
  const tag = bytes[at];
  if (tag === undefined || at >= limit) throw new Damaged(part, { start: limit, end: limit }, { code: "der:ends" });
  let next = at + 1;
  if ((tag & 0x1f) === 0x1f) next = behindTagNumber(bytes, at, limit, part);
  const first = next < limit ? bytes[next] : undefined;
  if (first === undefined) throw endsEarly(part, at, limit);
  next++;
  if (first < 0x80) return checkedElement(tag, at, next, next + first, limit, part);
  if (first === 0x80) {
    if ((tag & 0x20) === 0) throw new Damaged(part, { start: at, end: next }, { code: "der:length" });
    noteBer(source, part, { start: at, end: next });
    const end = endOfContents(source, next, limit, part, depth + 1);
    return { tag, start: at, content: next, contentEnd: end - 2, end };
  }
  const count = first & 0x7f;
  if (next + count > limit) throw endsEarly(part, at, limit);
  let length = 0;
  // No length above 2^53 fits into bytes that are there: it stays too long, whatever its last digits.
  for (let digit = 0; digit < count; digit++) length = length * 256 + (bytes[next + digit] ?? 0);
  if (length < 0x80 || bytes[next] === 0) noteBer(source, part, { start: at, end: next + count });
  next += count;
  return checkedElement(tag, at, next, next + length, limit, part);
}

/** An element that was read before. */
export function elementIn(source: DerBytes, at: number): Element {
  return elementAt(source, at, source.bytes.length, "");
}

function checkedElement(
  tag: number,
  start: number,
  content: number,
  end: number,
  limit: number,
  part: string,
): Element {
  if (end > limit) {
    throw new Damaged(
      part,
      { start, end: limit },
      {
        code: "der:cut-off",
        args: { expected: Math.min(end - content, Number.MAX_SAFE_INTEGER), found: limit - content },
      },
    );
  }
  return { tag, start, content, contentEnd: end, end };
}

function behindTagNumber(bytes: Uint8Array, at: number, limit: number, part: string): number {
  // Five octets hold what OpenSSL takes, 31 bits; no specification comes near.
  const end = Math.min(limit, at + 6);
  for (let next = at + 1; next < end; next++) if ((bytes[next] ?? 0) < 0x80) return next + 1;
  throw new Damaged(part, { start: at, end }, { code: "der:tag" });
}

function endOfContents(source: DerBytes, from: number, limit: number, part: string, depth: number): number {
  if (depth > deepest) throw new Damaged(part, { start: from, end: from }, { code: "der:too-deep" });
  let at = from;
  while (at + 2 <= limit) {
    if (source.bytes[at] === 0 && source.bytes[at + 1] === 0) return at + 2;
    at = elementAt(source, at, limit, part, depth).end;
  }
  throw endsEarly(part, from, limit);
}

function endsEarly(part: string, start: number, end: number): Damaged {
  return new Damaged(part, { start, end }, { code: "der:ends-early" });
}

/** Walks the elements of one content, in order. All its methods throw `Damaged`. */
export class Cursor {
  readonly source: DerBytes;
  readonly part: string;
  /** Behind the last element of the content. */
  readonly limit: number;
  #at: number;

  constructor(source: DerBytes, start: number, end: number, part: string) {
    this.source = source;
    this.part = part;
    this.#at = start;
    this.limit = end;
  }

  /** Where the next element begins. */
  get at(): number {
    return this.#at;
  }

  get more(): boolean {
    return this.#at < this.limit;
  }

  /** Whether an element of this tag is next. */
  sees(tag: number): boolean {
    return this.#at < this.limit && this.source.bytes[this.#at] === tag;
  }

  /** The next element, whatever it is. */
  any(part: string): Element {
    const element = elementAt(this.source, this.#at, this.limit, part);
    this.#at = element.end;
    return element;
  }

  take(tag: number, part: string): Element {
    if (this.#at >= this.limit)
      throw new Damaged(
        part,
        { start: this.limit, end: this.limit },
        { code: "der:missing", args: { expected: tagName(tag) } },
      );
    const element = elementAt(this.source, this.#at, this.limit, part);
    if (element.tag !== tag) throw wrongTag(element, part, tagName(tag));
    this.#at = element.end;
    return element;
  }

  optional(tag: number, part: string): Element | undefined {
    return this.sees(tag) ? this.take(tag, part) : undefined;
  }

  /** Goes into the next element, which holds elements. */
  into(tag: number, part: string): Cursor {
    const element = this.take(tag, part);
    return new Cursor(this.source, element.content, element.contentEnd, part);
  }

  /** Nothing may be left. */
  end(): void {
    if (this.more) throw new Damaged(this.part, { start: this.#at, end: this.limit }, tooMany(this));
  }
}

export function tooMany({ at, limit }: Cursor): FaultReason {
  return { code: "der:extra-bytes", args: { count: limit - at } };
}

export function wrongTag(element: Element, part: string, expected: string): Damaged {
  if (tagName(element.tag) === expected)
    return new Damaged(part, element, { code: "der:in-pieces", args: { type: expected } });
  return new Damaged(part, element, { code: "der:another-type", args: { expected, found: tagName(element.tag) } });
}

/** Values by the octets that they were read from, in a bounded number of places: who comes later takes the place. */
export class Kept<Value> {
  readonly #octets: (Uint8Array | undefined)[] = Array.from({ length: places }, () => undefined);
  readonly #values: (Value | undefined)[] = Array.from({ length: places }, () => undefined);

  find(bytes: Uint8Array, start: number, end: number): Value | undefined {
    const place = placeOf(bytes, start, end);
    const octets = this.#octets[place];
    if (octets === undefined || octets.length !== end - start) return undefined;
    for (let at = 0; at < octets.length; at++) if (octets[at] !== bytes[start + at]) return undefined;
    return this.#values[place];
  }

  keep(bytes: Uint8Array, start: number, end: number, value: Value): void {
    const place = placeOf(bytes, start, end);
    // A copy, where `slice` of a Buffer is a view: its owner may write into it later.
    this.#octets[place] = new Uint8Array(bytes.subarray(start, end));
    this.#values[place] = value;
  }
}

const places = 512;

function placeOf(bytes: Uint8Array, start: number, end: number): number {
  let place = 0;
  for (let at = start; at < end; at++) place = (Math.imul(place, 31) + (bytes[at] ?? 0)) | 0;
  return (place ^ (place >>> 9)) & (places - 1);
}

// --- values

/** @throws {Damaged} where the octets are none, or more than needed. */
export function checkInteger({ bytes }: DerBytes, element: Element, part: string): void {
  const { content, contentEnd } = element;
  if (content === contentEnd) throw new Damaged(part, element, { code: "der:empty-integer" });
  const first = bytes[content] ?? 0;
  const negative = ((bytes[content + 1] ?? 0) & 0x80) !== 0;
  if (contentEnd - content > 1 && ((first === 0 && !negative) || (first === 0xff && negative))) {
    throw new Damaged(part, element, { code: "der:long-integer" });
  }
}

/** Signed; exact up to six octets, `undefined` above. */
export function smallInteger({ bytes }: DerBytes, { content, contentEnd }: Element): number | undefined {
  if (contentEnd - content > 6) return undefined;
  let value = (bytes[content] ?? 0) >= 0x80 ? -1 : 0;
  for (let at = content; at < contentEnd; at++) value = value * 256 + (bytes[at] ?? 0);
  return value;
}

/** How many bits the octets say, as a number without sign. */
export function bitLength(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] === 0) at++;
  return at === end ? 0 : (end - at) * 8 - Math.clz32(bytes[at] ?? 0) + 24;
}

/** The content of a BIT STRING behind the octet that counts unused bits. */
export function bitsOf({ bytes }: DerBytes, element: Element, part: string): Slice & { readonly unused: number } {
  const unused = element.content < element.contentEnd ? (bytes[element.content] ?? 0) : 8;
  const start = element.content + 1;
  if (unused > 7) throw new Damaged(part, element, { code: "der:unused-bits" });
  return { start, end: element.contentEnd, unused };
}

/** Whether a BOOLEAN is true; in BER any value but zero is. */
export function truth(source: DerBytes, element: Element, part: string): boolean {
  const value = source.bytes[element.content];
  if (value === undefined || element.contentEnd - element.content !== 1)
    throw new Damaged(part, element, { code: "der:boolean" });
  if (value !== 0 && value !== 0xff) noteBer(source, part, element);
  return value !== 0;
}

/** Refuses primitive values that cannot be what their tag says. */
export function checkPrimitive(source: DerBytes, element: Element, part: string): void {
  switch (element.tag) {
    case 0:
      throw new Damaged(part, element, { code: "der:end-marker" });
    case boolean:
      truth(source, element, part);
      return;
    case integer:
      checkInteger(source, element, part);
      return;
    case bitString:
      bitsOf(source, element, part);
      return;
    case nullValue:
      if (element.content !== element.contentEnd) throw new Damaged(part, element, { code: "der:null" });
      return;
    case objectIdentifier:
      oidOf(source, element, part);
  }
}

// --- object identifiers

/** Longer ones are told by their beginning and their length. */
export const longestOid = 128;

/** The same few OIDs stand in every certificate: each keeps one string. */
const oids = new Kept<string>();

/** @throws {Damaged} */
export function oidOf({ bytes }: DerBytes, element: Element, part: string): string {
  const { content, contentEnd } = element;
  if (contentEnd - content > longestOid) {
    checkOid(bytes, element, part);
    return `${dotted(bytes, content, content + longestOid)}… (${contentEnd - content})`;
  }
  const found = oids.find(bytes, content, contentEnd);
  if (found !== undefined) return found;
  checkOid(bytes, element, part);
  const oid = dotted(bytes, content, contentEnd);
  oids.keep(bytes, content, contentEnd, oid);
  return oid;
}

function checkOid(bytes: Uint8Array, element: Element, part: string): void {
  if (!isOid(bytes, element.content, element.contentEnd))
    throw new Damaged(part, element, { code: "der:object-identifier" });
}

function isOid(bytes: Uint8Array, start: number, end: number): boolean {
  let atFirst = true;
  for (let at = start; at < end; at++) {
    const octet = bytes[at] ?? 0;
    if (atFirst && octet === 0x80) return false;
    atFirst = octet < 0x80;
  }
  return atFirst && start < end;
}

function dotted(bytes: Uint8Array, start: number, end: number): string {
  const arcs: string[] = [];
  let arc = 0;
  let large: bigint | undefined;
  for (let at = start; at < end; at++) {
    const octet = bytes[at] ?? 0;
    if (large !== undefined) large = large * 128n + BigInt(octet & 0x7f);
    else if (arc > 2 ** 45) large = BigInt(arc) * 128n + BigInt(octet & 0x7f);
    else arc = arc * 128 + (octet & 0x7f);
    if (octet >= 0x80) continue;
    if (arcs.length > 0) arcs.push(String(large ?? arc));
    else if (large !== undefined) arcs.push("2", String(large - 80n));
    else arcs.push(arc < 40 ? "0" : arc < 80 ? "1" : "2", String(arc - Math.min(2, Math.floor(arc / 40)) * 40));
    arc = 0;
    large = undefined;
  }
  return arcs.join(".");
}
