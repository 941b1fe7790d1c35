import type { Span } from "../text.ts";
import { isXmlFault, named, parseXml, skipBlank, type XmlElement } from "./xml.ts";

export interface XmlPiece extends Span {
  readonly kind: "text" | "cdata" | "comment" | "instruction" | "element";
  readonly element?: XmlElement;
}

/** What stands in an element, in order. */
export function* piecesOf(text: string, element: XmlElement): Generator<XmlPiece> {
  let index = 0;
  for (let at = element.contentStart; at < element.contentEnd; ) {
    const child = element.children[index];
    if (child?.start === at) {
      yield { kind: "element", start: at, end: child.end, element: child };
      at = child.end;
      index++;
      continue;
    }
    const [kind, end] = pieceAt(text, at, element.contentEnd);
    yield { kind, start: at, end };
    at = end;
  }
}

function pieceAt(text: string, at: number, contentEnd: number): [XmlPiece["kind"], number] {
  if (text.charCodeAt(at) !== 0x3c) {
    const next = text.indexOf("<", at);
    return ["text", next < 0 || next > contentEnd ? contentEnd : next];
  }
  if (text.startsWith("<!--", at)) return ["comment", text.indexOf("-->", at + 4) + 3];
  if (text.startsWith("<![CDATA[", at)) return ["cdata", text.indexOf("]]>", at) + 3];
  return ["instruction", text.indexOf("?>", at) + 2];
}

/** The characters that an element says, decoded; not those of the elements in it. */
export function textOfElement(text: string, element: XmlElement): string {
  const { contentStart, contentEnd, children } = element;
  if (contentStart === contentEnd) return "";
  if (children.length === 0) {
    const content = text.slice(contentStart, contentEnd);
    if (!content.includes("<")) return decode(content);
  }
  let found = "";
  for (const { kind, start, end } of piecesOf(text, element)) {
    if (kind === "text") found += decode(text.slice(start, end));
    else if (kind === "cdata") found += withLineFeeds(text.slice(start + 9, end - 3));
  }
  return found;
}

function decode(written: string): string {
  const lines = withLineFeeds(written);
  if (!lines.includes("&")) return lines;
  return lines.replace(
    /&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([a-z]+));/g,
    (_, hexadecimal?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return named.get(name) ?? "";
      return String.fromCodePoint(
        hexadecimal === undefined ? Number.parseInt(decimal ?? "", 10) : Number.parseInt(hexadecimal, 16),
      );
    },
  );
}

/** XML 1.0, 2.11: a line end is read as one line feed, however it is written. */
function withLineFeeds(written: string): string {
  return written.includes("\r") ? written.replace(/\r\n?/g, "\n") : written;
}

const toEscape =
  /[<>&"'\0-\x08\x0B-\x1F\x7F-\x9F\u2028\u2029\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

const escapes: ReadonlyMap<string, string> = new Map([...named].map(([name, character]) => [character, `&${name};`]));

/**
 * A text as an element's content or an attribute's value. What XML 1.0 does not allow even as a reference is written as
 * one all the same, and read back, so that no text changes silently. Half a surrogate pair becomes U+FFFD, as it would
 * in UTF-8.
 */
export function escapeXml(value: string): string {
  return value.replace(toEscape, (character) => {
    const code = character.charCodeAt(0);
    return escapes.get(character) ?? (code >= 0xd800 && code < 0xe000 ? "\uFFFD" : `&#${code};`);
  });
}

/**
 * One spelling for all that say the same: no declaration, no comments, no blanks between elements, attributes sorted,
 * references and line ends alike.
 * Members keep their order. A text that cannot be read stays as it is.
 */
export function canonicalXml(text: string): string {
  const root = parseXml(text);
  return isXmlFault(root) ? text : canonical(text, root);
}

/** Calls itself for each level, of which there are `mostXmlDepth`. */
function canonical(text: string, element: XmlElement): string {
  const tag = `<${element.name}${canonicalAttributes(element.attributes)}>`;
  const isLeaf = element.children.length === 0;
  const pieces: string[] = [];
  for (const { kind, start, end, element: child } of piecesOf(text, element)) {
    if (child !== undefined) pieces.push(canonical(text, child));
    else if (kind === "instruction") pieces.push(withLineFeeds(text.slice(start, end)));
    else if (kind === "cdata") pieces.push(escapeXml(withLineFeeds(text.slice(start + 9, end - 3))));
    else if (kind === "text" && (isLeaf || skipBlank(text, start) < end))
      pieces.push(escapeXml(decode(text.slice(start, end))));
  }
  return `${tag}${pieces.join("")}</${element.name}>`;
}

function canonicalAttributes(written: string): string {
  if (written === "") return "";
  const attributes = [...written.matchAll(/(?<![^\s=])([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
    ([, name = "", double, single]) => {
      // XML 1.0, 3.3.3: a line end or tab in a value is a blank.
      const value = decode(withLineFeeds(double ?? single ?? "").replace(/[\n\t]/g, " "));
      return ` ${name}="${escapeXml(value).replaceAll("\n", "&#10;").replaceAll("\t", "&#9;")}"`;
    },
  );
  return attributes.sort().join("");
}
