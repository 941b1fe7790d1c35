import * as l10n from "@vscode/l10n";
import type { Attribute, Name, Slice } from "./certificate.ts";
import { bmpString, Cursor, Damaged, elementAt, hex, ia5String, numericString, objectIdentifier, oidOf, printableString, sequence, set, sourceOf, teletexString, universalString, utf8String, visibleString, type Element, type Source } from "./der.ts";

/** OpenSSL refuses longer names too (`X509_NAME_MAX`). */
const longestName = 1024 * 1024;

/** Reads over a Name and refuses what is none, so that nothing in it has to be refused later. */
export function takeName(cursor: Cursor, part: string): Element {
  const name = cursor.take(sequence, part);
  if (name.end - name.start > longestName) throw new Damaged(part, name, l10n.t("A name longer than {0} bytes", longestName));
  const rdns = new Cursor(cursor.source, name.content, name.contentEnd, part);
  while (rdns.more) {
    const attributes = rdns.into(set, part);
    while (attributes.more) {
      const attribute = attributes.into(sequence, part);
      oidOf(cursor.source, attribute.take(objectIdentifier, part), part);
      checkString(cursor.source, attribute.any(part), part);
      attribute.end();
    }
  }
  return name;
}

function checkString({ bytes }: Source, element: Element, part: string): void {
  const length = element.contentEnd - element.content;
  if ((element.tag === bmpString && length % 2 !== 0) || (element.tag === universalString && length % 4 !== 0)) throw notReadable(element, part);
  if (element.tag !== utf8String) return;
  for (let at = element.content; at < element.contentEnd; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    if (utf8(bytes.subarray(element.content, element.contentEnd)) === undefined) throw notReadable(element, part);
    return;
  }
}

function notReadable(element: Element, part: string): Damaged {
  return new Damaged(part, element, l10n.t("A text that is not of the type it says"));
}

/** Of an element that `takeName` took. */
export function nameOf(bytes: Uint8Array, slice: Slice): Name {
  return new DecodedName(bytes, slice);
}

class DecodedName implements Name {
  readonly slice: Slice;
  readonly #bytes: Uint8Array;
  #key: string | undefined;
  #rdns: readonly (readonly Attribute[])[] | undefined;

  constructor(bytes: Uint8Array, { start, end }: Slice) {
    this.slice = { start, end };
    this.#bytes = bytes;
  }

  get rdns(): readonly (readonly Attribute[])[] {
    this.#rdns ??= rdnsOf(this.#bytes, this.slice);
    return this.#rdns;
  }

  get key(): string {
    this.#key ??= keyOf(this.#bytes, this.slice);
    return this.#key;
  }

  get isEmpty(): boolean {
    return this.key === "";
  }
}

function* elementsIn(source: Source, start: number, end: number): Iterable<Element> {
  for (let at = start; at < end; ) {
    const element = elementAt(source, at, end, "");
    yield element;
    at = element.end;
  }
}

function rdnsOf(bytes: Uint8Array, { start, end }: Slice): (readonly Attribute[])[] {
  const source = sourceOf(bytes);
  const name = elementAt(source, start, end, "");
  const rdns: (readonly Attribute[])[] = [];
  for (const rdn of elementsIn(source, name.content, name.contentEnd)) {
    const attributes: Attribute[] = [];
    for (const attribute of elementsIn(source, rdn.content, rdn.contentEnd)) {
      const type = elementAt(source, attribute.content, attribute.contentEnd, "");
      const value = elementAt(source, type.end, attribute.contentEnd, "");
      attributes.push({ oid: oidOf(source, type, ""), value: textOf(source, value), slice: { start: value.start, end: value.end } });
    }
    if (attributes.length > 0) rdns.push(attributes);
  }
  return rdns;
}

// --- strings

/** What a string element says; `undefined` where it is of no string type, or not what its type says. */
export function textOf({ bytes }: Source, { tag, content, contentEnd }: Element): string | undefined {
  switch (tag) {
    case utf8String:
      return utf8(bytes.subarray(content, contentEnd));
    case printableString:
    case ia5String:
    case teletexString:
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

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** As many arguments as any engine takes at once. */
const atOnce = 4096;

export function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; at += atOnce) text += Reflect.apply(String.fromCharCode, undefined, bytes.subarray(at, Math.min(end, at + atOnce)));
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
  return text;
}

export function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}

// --- comparison

/**
 * What OpenSSL compares (`x509_name_canon`): texts without blanks around them, each run of blanks one space, ASCII in
 * lower case, whatever their type; values of other types by their bytes; the attributes of one RDN in any order.
 */
function keyOf(bytes: Uint8Array, { start, end }: Slice): string {
  const source = sourceOf(bytes);
  const name = elementAt(source, start, end, "");
  let key = "";
  for (let at = name.content; at < name.contentEnd; ) {
    const rdn = elementAt(source, at, name.contentEnd, "");
    at = rdn.end;
    const keys: string[] = [];
    for (let inner = rdn.content; inner < rdn.contentEnd; ) {
      const attribute = elementAt(source, inner, rdn.contentEnd, "");
      inner = attribute.end;
      const type = elementAt(source, attribute.content, attribute.contentEnd, "");
      const value = elementAt(source, type.end, attribute.contentEnd, "");
      keys.push(`${oidOf(source, type, "")}${valueKey(source, value)}`);
    }
    if (keys.length > 0) key += `/${keys.sort().join("+")}`;
  }
  return key;
}

function valueKey(source: Source, value: Element): string {
  const text = value.tag === numericString ? undefined : textOf(source, value);
  if (text === undefined) return `#${hex(source.bytes, value.start, value.start + 1)}${hex(source.bytes, value.content, value.contentEnd)}`;
  return `=${lowerCase(text.replaceAll(/[\t-\r ]+/g, " ").replaceAll(/^ | $/g, "")).replaceAll(/[\\/+]/g, "\\$&")}`;
}

/** ASCII alone. */
function lowerCase(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
