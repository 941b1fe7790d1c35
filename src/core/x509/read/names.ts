import type { Attribute, Name, Slice } from "../model.ts";
import {
  attempt,
  Cursor,
  checkPrimitive,
  Damaged,
  type DerBytes,
  derBytesOf,
  type Element,
  elementAt,
  Kept,
  longestOid,
  note,
  noteBer,
  oidOf,
} from "./der.ts";
import { TextWriter, utf8 } from "./hex.ts";
import {
  bmpString,
  ia5String,
  numericString,
  objectIdentifier,
  printableString,
  sequence,
  set,
  tagName,
  teletexString,
  universalString,
  utf8String,
  visibleString,
} from "./tags.ts";

/** OpenSSL refuses longer names too (`X509_NAME_MAX`). */
const longestName = 1024 * 1024;

/** Reads over a Name and refuses what is none, so that nothing in it has to be refused later. */
export function takeName(cursor: Cursor, part: string): Element {
  const name = cursor.take(sequence, part);
  if (name.end - name.start > longestName)
    throw new Damaged(part, name, { code: "der:long-name", args: { most: longestName } });
  const rdns = new Cursor(cursor.source, name.content, name.contentEnd, part);
  while (rdns.more) {
    const attributes = rdns.into(set, part);
    while (attributes.more) {
      const attribute = attributes.into(sequence, part);
      oidOf(cursor.source, attribute.take(objectIdentifier, part), part);
      checkValue(cursor.source, attribute.any(part), part);
      attribute.end();
    }
  }
  return name;
}

/** Of universal tags, those that OpenSSL takes for a value (`ASN1_PRINTABLE` of its sources); X.501 allows any. */
const commonTypes = [3, 7, 8, 9, 11, 12, 13, 14, 15, 16, 18, 19, 20, 22, 28, 29, 30].reduce(
  (mask, number) => mask | (1 << number),
  0,
);

function checkValue(source: DerBytes, element: Element, part: string): void {
  const { tag, content, contentEnd } = element;
  if (tag >= 0x40 || (commonTypes & (1 << (tag & 0x1f))) === 0)
    note(source, part, element, { code: "der:type-in-name", args: { type: tagName(tag) } });
  else if ((tag & 0x20) !== 0 && tag !== sequence) noteBer(source, part, element);
  if (tag !== utf8String && tag !== bmpString && tag !== universalString) {
    checkPrimitive(source, element, part);
    return;
  }
  if (tag === utf8String && isAsciiBytes(source.bytes, content, contentEnd)) return;
  const text = textOf(source, element);
  if (text === undefined)
    throw new Damaged(part, element, { code: "der:not-of-its-type", args: { type: tagName(tag) } });
  if (tag === bmpString && /[\ud800-\udfff]/.test(text)) note(source, part, element, { code: "der:characters" });
}

function isAsciiBytes(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] ?? 0) >= 0x80) return false;
  return true;
}

/** Of an element that `takeName` took. */
export function nameAt(bytes: Uint8Array, slice: Slice): Name {
  return new DecodedName(bytes, slice, false);
}

/** The same for who issued: the name is likely to come again, and its key is kept once. */
export function issuerOf(bytes: Uint8Array, slice: Slice): Name {
  return new DecodedName(bytes, slice, true);
}

class DecodedName implements Name {
  readonly #bytes: Uint8Array;
  readonly #start: number;
  readonly #end: number;
  readonly #isIssuer: boolean;
  #key: string | undefined;
  #rdns: readonly (readonly Attribute[])[] | undefined;

  constructor(bytes: Uint8Array, { start, end }: Slice, isIssuer: boolean) {
    this.#isIssuer = isIssuer;
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
  }

  get slice(): Slice {
    return { start: this.#start, end: this.#end };
  }

  get rdns(): readonly (readonly Attribute[])[] {
    this.#rdns ??= rdnsOf(this.#bytes, this.slice);
    return this.#rdns;
  }

  get key(): string {
    this.#key ??= this.#isIssuer
      ? issuerKeyOf(this.#bytes, this.#start, this.#end)
      : keyOf(this.#bytes, this.#start, this.#end);
    return this.#key;
  }

  get isEmpty(): boolean {
    return this.key === "";
  }
}

function* elementsIn(source: DerBytes, start: number, end: number): Iterable<Element> {
  for (let at = start; at < end; ) {
    const element = elementAt(source, at, end, "");
    yield element;
    at = element.end;
  }
}

function rdnsOf(bytes: Uint8Array, { start, end }: Slice): (readonly Attribute[])[] {
  const source = derBytesOf(bytes);
  const name = elementAt(source, start, end, "");
  const rdns: (readonly Attribute[])[] = [];
  for (const rdn of elementsIn(source, name.content, name.contentEnd)) {
    const attributes: Attribute[] = [];
    for (const attribute of elementsIn(source, rdn.content, rdn.contentEnd)) {
      const type = elementAt(source, attribute.content, attribute.contentEnd, "");
      const value = elementAt(source, type.end, attribute.contentEnd, "");
      attributes.push({
        oid: oidOf(source, type, ""),
        value: textOf(source, value),
        slice: { start: value.start, end: value.end },
      });
    }
    if (attributes.length > 0) rdns.push(attributes);
  }
  return rdns;
}

// --- strings

/** What a string element says; `undefined` where it is of no string type, or not what its type says. */
export function textOf({ bytes }: DerBytes, { tag, content, contentEnd }: Element): string | undefined {
  switch (tag) {
    case utf8String:
      return utf8(bytes.subarray(content, contentEnd));
    case teletexString:
      // What is written under this type is mostly Latin-1, or UTF-8 that was called so. T.61 puts an accent before its
      // letter, and each of its accents is a letter in Latin-1: nothing tells the two apart, and OpenSSL reads Latin-1.
      return (
        (isAsciiBytes(bytes, content, contentEnd) ? undefined : utf8(bytes.subarray(content, contentEnd))) ??
        latin1(bytes, content, contentEnd)
      );
    case printableString:
    case ia5String:
    case visibleString:
    case numericString:
      return latin1(bytes, content, contentEnd);
    case bmpString:
      return (contentEnd - content) % 2 === 0 ? wide(bytes, content, contentEnd, 2) : undefined;
    case universalString:
      return (contentEnd - content) % 4 === 0 ? wide(bytes, content, contentEnd, 4) : undefined;
    default:
      return undefined;
  }
}

/** As many arguments as any engine takes at once. */
const atOnce = 4096;

/** Each octet a character. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; at += atOnce)
    text += Reflect.apply(String.fromCharCode, undefined, bytes.subarray(at, Math.min(end, at + atOnce)));
  return text;
}

function wide(bytes: Uint8Array, start: number, end: number, width: 2 | 4): string | undefined {
  let text = "";
  for (let at = start; at < end; at += width) {
    let code = 0;
    for (let octet = 0; octet < width; octet++) code = code * 256 + (bytes[at + octet] ?? 0);
    if (code > 0x10ffff) return undefined;
    text += width === 2 ? String.fromCharCode(code) : String.fromCodePoint(code);
  }
  // In a pattern of code points only a surrogate without its other half is one.
  return /\p{Surrogate}/u.test(text) ? undefined : text;
}

export function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}

// --- comparison

const encoder = new TextEncoder();

const issuerKeys = new Kept<string>();
const longestKept = 512;

function issuerKeyOf(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > longestKept) return keyOf(bytes, start, end);
  const found = issuerKeys.find(bytes, start, end);
  if (found !== undefined) return found;
  const key = keyOf(bytes, start, end);
  issuerKeys.keep(bytes, start, end, key);
  return key;
}

/**
 * RFC 5280 section 7.1, and for ASCII what OpenSSL compares (`x509_name_canon`): texts without blanks around them, each
 * run of blanks one space, in lower case, composed as RFC 4518 says, whatever their type; values of other types by
 * their bytes; the attributes of one RDN in any order.
 */
function keyOf(bytes: Uint8Array, start: number, end: number): string {
  const source = derBytesOf(bytes);
  const name = elementAt(source, start, end, "");
  // No octet becomes more than four: those of BMPString three for two, arcs of an OID at most "127.", what is no text
  // two digits.
  const writer = new TextWriter((name.contentEnd - name.content) * 4 + 64);
  for (let at = name.content; at < name.contentEnd; ) {
    const rdn = elementAt(source, at, name.contentEnd, "");
    at = rdn.end;
    const from = writer.length;
    let attributes: number[] | undefined;
    for (let inner = rdn.content; inner < rdn.contentEnd; ) {
      const attribute = elementAt(source, inner, rdn.contentEnd, "");
      inner = attribute.end;
      if (writer.length > from) (attributes ??= [from]).push(writer.length);
      putAttribute(writer, source, attribute);
    }
    if (attributes !== undefined) sortParts(writer, from, attributes);
  }
  return writer.text();
}

const [slash, plus, backslash, equals, hash, blank] = [0x2f, 0x2b, 0x5c, 0x3d, 0x23, 0x20];

function putAttribute(writer: TextWriter, source: DerBytes, attribute: Element): void {
  const type = elementAt(source, attribute.content, attribute.contentEnd, "");
  const value = elementAt(source, type.end, attribute.contentEnd, "");
  writer.put(slash);
  if (type.contentEnd - type.content > longestOid) putAllHex(writer, source, type);
  else writer.putText(oidOf(source, type, ""));
  if (isText(value.tag)) {
    writer.put(equals);
    putCanonical(writer, source, value);
    return;
  }
  writer.put(hash);
  writer.putHex(value.tag);
  putAllHex(writer, source, value);
}

function putAllHex(writer: TextWriter, { bytes }: DerBytes, { content, contentEnd }: Element): void {
  for (let at = content; at < contentEnd; at++) writer.putHex(bytes[at] ?? 0);
}

/** Not NumericString: OpenSSL compares it by its bytes (`ASN1_MASK_CANON`). */
function isText(tag: number): boolean {
  return (
    tag === utf8String ||
    tag === printableString ||
    tag === ia5String ||
    tag === teletexString ||
    tag === visibleString ||
    tag === bmpString ||
    tag === universalString
  );
}

function putCanonical(writer: TextWriter, source: DerBytes, value: Element): void {
  const { tag, content, contentEnd } = value;
  const isWide = tag === bmpString || tag === universalString;
  const octets =
    isWide || !isAsciiBytes(source.bytes, content, contentEnd)
      ? encoder.encode(prepared(textOf(source, value) ?? ""))
      : source.bytes;
  // Letters that are composed of others can become many.
  if (octets !== source.bytes) writer.extend(octets.length * 2);
  const from = octets === source.bytes ? content : 0;
  const end = octets === source.bytes ? contentEnd : octets.length;
  let pending = false;
  let isFirst = true;
  for (let at = from; at < end; at++) {
    const octet = octets[at] ?? 0;
    if (octet === blank || (octet >= 9 && octet <= 13)) {
      pending = !isFirst;
      continue;
    }
    if (pending) writer.put(blank);
    pending = false;
    isFirst = false;
    if (octet === slash || octet === plus || octet === backslash) writer.put(backslash);
    writer.put(octet >= 0x41 && octet <= 0x5a ? octet | 0x20 : octet);
  }
}

/** RFC 4518 section 2.2: these count for nothing. */
const ignored =
  /[\u00ad\u034f\u1806\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc]/g;

/** And these for a space. */
const blanks = /[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;

/** RFC 4518 section 2: mapped, its case folded, composed. */
function prepared(text: string): string {
  if (isAscii(text)) return text;
  const mapped = text.replaceAll(ignored, "").replaceAll(blanks, " ").normalize("NFKC");
  // Folded by way of upper case, as `ß` and `SS` are; but a dotless `ı` is no `i`.
  const folded = mapped.replaceAll(/[^ı\0-\x7f]/gu, (letter) => letter.toUpperCase().toLowerCase());
  return folded.replaceAll("ς", "σ").normalize("NFKC");
}

/** Of several attributes in one RDN: in the order of their octets, with a `+` between them. */
function sortParts(writer: TextWriter, from: number, starts: readonly number[]): void {
  const parts = starts.map((start, index) => writer.octets.slice(start + 1, starts[index + 1] ?? writer.length));
  writer.length = from;
  for (const [index, part] of parts.sort(compareOctets).entries()) {
    writer.put(index === 0 ? slash : plus);
    for (const octet of part) writer.put(octet);
  }
}

function compareOctets(a: Uint8Array, b: Uint8Array): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) if (a[at] !== b[at]) return (a[at] ?? 0) - (b[at] ?? 0);
  return a.length - b.length;
}

/** A Name that stands alone, such as one of those that a server advertises; undefined: it is none. */
export function readName(der: Uint8Array): Name | undefined {
  const { value } = attempt(() => {
    const cursor = new Cursor(derBytesOf(der), 0, der.length, "Name");
    const name = takeName(cursor, "Name");
    cursor.end();
    return nameAt(der, { start: name.start, end: name.end });
  });
  return value;
}
