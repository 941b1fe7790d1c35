import type { Span } from "../text.ts";
import { endOfName } from "./xml-names.ts";
import type { XmlReason } from "./xml-reason.ts";

/** An element with its place in the text. Positions are UTF-16 offsets. */
export interface XmlElement extends Span {
  /** As written, with its prefix if it has one. */
  readonly name: string;
  /** The whole element: from its `<` to behind its last `>`. */
  readonly start: number;
  readonly end: number;
  /** Equal to `contentEnd` where the element is empty; of a self-closing one both are its end. */
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly selfClosing: boolean;
  /** What stands between the name and the end of the tag, as written, with its blanks. */
  readonly attributes: string;
  readonly children: readonly XmlElement[];
  readonly parent: XmlElement | undefined;
}

export interface XmlFault {
  readonly fault: XmlReason;
  readonly at: number;
}

/** What a service says is far below; what is above is not read, so that no text keeps the editor busy. */
export const mostXmlCharacters = 20 * 1024 * 1024;
export const mostXmlDepth = 128;
export const mostXmlElements = 500_000;

/**
 * The root element, with all that stands in it. Comments, CDATA and processing instructions are passed over; a DOCTYPE
 * is refused.
 */
export function parseXml(text: string): XmlElement | XmlFault {
  const reader = new XmlReader(text);
  reader.read(Number.POSITIVE_INFINITY);
  return reader.result();
}

export function isXmlFault(value: object): value is XmlFault {
  return "fault" in value;
}

// --- reading

const nothing: XmlElement[] = [];

class ReadElement implements XmlElement {
  readonly name: string;
  readonly attributes: string;
  readonly start: number;
  readonly contentStart: number;
  readonly selfClosing: boolean;
  readonly parent: ReadElement | undefined;
  contentEnd: number;
  end: number;
  /** Most elements have none: they share one list. */
  children: XmlElement[] = nothing;

  constructor(
    name: string,
    attributes: string,
    start: number,
    contentStart: number,
    selfClosing: boolean,
    parent: ReadElement | undefined,
  ) {
    this.name = name;
    this.attributes = attributes;
    this.start = start;
    this.contentStart = contentStart;
    this.selfClosing = selfClosing;
    this.parent = parent;
    this.contentEnd = contentStart;
    this.end = contentStart;
  }
}

const declaration =
  /^<\?xml\s+version\s*=\s*(["'])1\.\d+\1(?:\s+encoding\s*=\s*(["'])(?<encoding>[A-Za-z][\w.-]*)\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\4)?\s*\?>$/;
const longestDeclaration = 200;

/** Whether what is called so can be read as UTF-8. */
export function isUtf8(encoding: string): boolean {
  return /^(utf-?8|us-ascii)$/i.test(encoding);
}

export const named: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/**
 * Reads a text piece by piece, so that other work can run in between when there is much to read.
 * Work and memory follow the length of the text, and nothing here calls itself.
 */
export class XmlReader {
  readonly #text: string;
  readonly #closed: ((element: XmlElement) => void) | undefined;
  #at = 0;
  #open: ReadElement | undefined;
  #depth = 0;
  #count = 0;
  #root: XmlElement | undefined;
  #fault: XmlFault | undefined;

  /** @param closed called with each element when it ends; it may `forget` content that is no longer needed */
  constructor(text: string, closed?: (element: XmlElement) => void) {
    this.#text = text;
    this.#closed = closed;
    if (text.length > mostXmlCharacters)
      this.#fail(0, { code: "xml:too-long", args: { megabytes: mostXmlCharacters / 1024 / 1024 } });
    // A byte order mark is no part of XML, yet a text may begin with one.
    else if (text.charCodeAt(0) === 0xfeff) this.#at = 1;
  }

  /** Reads on at least up to an offset; true where there is nothing more to read. */
  read(upTo: number): boolean {
    const end = Math.min(upTo, this.#text.length);
    while (this.#at < end && this.#fault === undefined) this.#step();
    if (this.#fault !== undefined) return true;
    if (this.#at < this.#text.length) return false;
    if (this.#open !== undefined)
      this.#fail(this.#at, { code: "xml:unclosed", args: { element: shown(this.#open.name) } });
    else if (this.#root === undefined) this.#fail(this.#at, { code: "xml:no-element" });
    return true;
  }

  /** How far it is. */
  get at(): number {
    return this.#at;
  }

  result(): XmlElement | XmlFault {
    return this.#fault ?? this.#root ?? { fault: { code: "xml:no-element" }, at: this.#at };
  }

  #fail(at: number, fault: XmlReason): void {
    this.#fault ??= { fault, at };
  }

  #step(): void {
    const text = this.#text;
    const at = this.#at;
    if (text.charCodeAt(at) !== 0x3c) {
      this.#readText(at);
      return;
    }
    switch (text.charCodeAt(at + 1)) {
      case 0x2f: // "/"
        this.#close(at);
        break;
      case 0x21: // "!"
        this.#readDeclared(at);
        break;
      case 0x3f: // "?"
        this.#readInstruction(at);
        break;
      default:
        this.#begin(at);
    }
  }

  #readText(at: number): void {
    const found = this.#text.indexOf("<", at);
    const end = found < 0 ? this.#text.length : found;
    if (this.#open === undefined) {
      const stray = skipBlank(this.#text, at);
      if (stray < end) this.#fail(stray, { code: "xml:outside" });
    } else this.#check(at, end, true, true);
    this.#at = end;
  }

  #begin(start: number): void {
    const text = this.#text;
    if (this.#open === undefined && this.#root !== undefined)
      return this.#fail(start, { code: "xml:several-elements" });
    const nameEnd = endOfName(text, start + 1);
    if (nameEnd === start + 1) return this.#fail(start, { code: "xml:no-name" });
    const name = text.slice(start + 1, nameEnd);
    const tagEnd = this.#readAttributes(nameEnd, name);
    if (tagEnd === undefined) return;
    const selfClosing = text.charCodeAt(tagEnd) === 0x2f;
    const behind = selfClosing ? tagEnd + 2 : tagEnd + 1;
    if (++this.#count > mostXmlElements)
      return this.#fail(start, { code: "xml:too-many-elements", args: { most: mostXmlElements } });
    const element = new ReadElement(
      name,
      tagEnd === nameEnd ? "" : text.slice(nameEnd, tagEnd),
      start,
      behind,
      selfClosing,
      this.#open,
    );
    const parent = this.#open;
    if (parent === undefined) this.#root = element;
    else if (parent.children === nothing) parent.children = [element];
    else parent.children.push(element);
    this.#at = behind;
    if (selfClosing) this.#closed?.(element);
    else if (++this.#depth > mostXmlDepth) this.#fail(start, { code: "xml:too-deep", args: { most: mostXmlDepth } });
    else this.#open = element;
  }

  /** Up to the `>` or `/>` that ends the tag; `undefined` where something is wrong. */
  #readAttributes(from: number, element: string): number | undefined {
    const text = this.#text;
    let names: Set<string> | undefined;
    for (let at = from; ; ) {
      const next = skipBlank(text, at);
      const code = text.charCodeAt(next);
      if (code === 0x3e || (code === 0x2f && text.charCodeAt(next + 1) === 0x3e)) return next;
      if (next >= text.length)
        return void this.#fail(next, { code: "xml:unfinished-tag", args: { element: shown(element) } });
      const nameEnd = endOfName(text, next);
      if (nameEnd === next || next === at)
        return void this.#fail(next, { code: "xml:tag", args: { element: shown(element) } });
      const name = text.slice(next, nameEnd);
      names ??= new Set();
      if (names.has(name))
        return void this.#fail(next, {
          code: "xml:attribute-twice",
          args: { attribute: shown(name), element: shown(element) },
        });
      names.add(name);
      const equals = skipBlank(text, nameEnd);
      const open = skipBlank(text, equals + 1);
      const quote = text[open] ?? "";
      if (text[equals] !== "=" || (quote !== '"' && quote !== "'"))
        return void this.#fail(equals, { code: "xml:attribute-value", args: { attribute: shown(name) } });
      const close = text.indexOf(quote, open + 1);
      if (close < 0)
        return void this.#fail(open, { code: "xml:unfinished-attribute", args: { attribute: shown(name) } });
      if (!this.#check(open + 1, close, true, false)) return undefined;
      at = close + 1;
    }
  }

  #close(at: number): void {
    const text = this.#text;
    const element = this.#open;
    if (element === undefined) return this.#fail(at, { code: "xml:nothing-open" });
    const { name } = element;
    const end = text.startsWith(name, at + 2) ? skipBlank(text, at + 2 + name.length) : -1;
    if (end < 0 || text.charCodeAt(end) !== 0x3e)
      return this.#fail(at, { code: "xml:wrong-end", args: { element: shown(name) } });
    element.contentEnd = at;
    element.end = end + 1;
    this.#open = element.parent;
    this.#depth--;
    this.#at = end + 1;
    this.#closed?.(element);
  }

  /** What begins with `<!`. */
  #readDeclared(at: number): void {
    const text = this.#text;
    if (text.startsWith("<!--", at)) {
      const dashes = text.indexOf("--", at + 4);
      if (dashes < 0) return this.#fail(at, { code: "xml:unfinished-comment" });
      if (text.charCodeAt(dashes + 2) !== 0x3e) return this.#fail(dashes, { code: "xml:dashes-in-comment" });
      this.#check(at + 4, dashes, false, false);
      this.#at = dashes + 3;
    } else if (text.startsWith("<![CDATA[", at) && this.#open !== undefined) {
      const close = text.indexOf("]]>", at + 9);
      if (close < 0) return this.#fail(at, { code: "xml:unfinished-cdata" });
      this.#check(at + 9, close, false, false);
      this.#at = close + 3;
    } else if (/^<!DOCTYPE/i.test(text.slice(at, at + 9))) this.#fail(at, { code: "xml:doctype" });
    else this.#fail(at, { code: "xml:no-name" });
  }

  #readInstruction(at: number): void {
    const text = this.#text;
    const close = text.indexOf("?>", at + 2);
    const nameEnd = endOfName(text, at + 2);
    const blank = skipBlank(text, nameEnd);
    if (close < 0) return this.#fail(at, { code: "xml:unfinished-instruction" });
    if (nameEnd === at + 2 || (blank === nameEnd && nameEnd !== close))
      return this.#fail(at, { code: "xml:instruction-name" });
    if (nameEnd === at + 5 && text.slice(at + 2, nameEnd).toLowerCase() === "xml") {
      const isFirst = at === (text.charCodeAt(0) === 0xfeff ? 1 : 0);
      const declared = isFirst && close - at <= longestDeclaration ? declaration.exec(text.slice(at, close + 2)) : null;
      if (declared === null) return this.#fail(at, { code: "xml:declaration" });
      const encoding = declared.groups?.["encoding"];
      // The text goes out as UTF-8 again, with that declaration before it.
      if (encoding !== undefined && !isUtf8(encoding))
        return this.#fail(at, { code: "xml:encoding", args: { encoding } });
    }
    this.#check(nameEnd, close, false, false);
    this.#at = close + 2;
  }

  /** Whether all characters, and where they are read all references, are sound. */
  #check(start: number, end: number, references: boolean, content: boolean): boolean {
    const text = this.#text;
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x26 && references) {
        const behind = endOfReference(text, at);
        if (behind < 0) return this.#refuse(at, { code: "xml:ampersand" });
        at = behind - 1;
      } else if (code < 0x20) {
        if (code !== 0x0a && code !== 0x0d && code !== 0x09)
          return this.#refuse(at, { code: "xml:control", args: { character: codePoint(code) } });
      } else if (code === 0x3c && references) return this.#refuse(at, { code: "xml:less-than" });
      else if (code === 0x5d) {
        if (content && text.startsWith("]]>", at)) return this.#refuse(at, { code: "xml:cdata-end" });
      } else if (code >= 0xd800) {
        if (code < 0xe000) {
          const next = text.charCodeAt(at + 1);
          if (code >= 0xdc00 || at + 1 >= end || next < 0xdc00 || next > 0xdfff)
            return this.#refuse(at, { code: "xml:half-character", args: { character: codePoint(code) } });
          at++;
        } else if (code >= 0xfffe)
          return this.#refuse(at, { code: "xml:character", args: { character: codePoint(code) } });
      }
    }
    return true;
  }

  #refuse(at: number, fault: XmlReason): false {
    this.#fail(at, fault);
    return false;
  }
}

/** Lets go of what is in an element that was read, so that a long text can be read in little memory. */
export function forget(element: XmlElement): void {
  if (element instanceof ReadElement) element.children = nothing;
}

/** A name in a message: the document may have a long one. */
function shown(name: string): string {
  return name.length <= 60 ? name : `${name.slice(0, 60)}…`;
}

function codePoint(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

export function skipBlank(text: string, offset: number): number {
  let at = offset;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Behind the `;` of the reference that begins there; -1 where none does. */
function endOfReference(text: string, ampersand: number): number {
  if (text.charCodeAt(ampersand + 1) !== 0x23) {
    let end = ampersand + 1;
    while (end - ampersand < 6 && text.charCodeAt(end) !== 0x3b) end++;
    return named.has(text.slice(ampersand + 1, end)) && text.charCodeAt(end) === 0x3b ? end + 1 : -1;
  }
  const isHexadecimal = text.charCodeAt(ampersand + 2) === 0x78;
  const base = isHexadecimal ? 16 : 10;
  const first = ampersand + (isHexadecimal ? 3 : 2);
  let value = 0;
  let at = first;
  for (; ; at++) {
    const digit = digitOf(text.charCodeAt(at));
    if (digit >= base) break;
    value = Math.min(value * base + digit, 0x110000);
  }
  const isCharacter = at > first && value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);
  return isCharacter && text.charCodeAt(at) === 0x3b ? at + 1 : -1;
}

function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : 16;
}
