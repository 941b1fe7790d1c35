/**
 * Changes of an XML text that leave everything not concerned to the letter. How new elements are laid out is decided
 * here alone.
 */
import type { TextEdit } from "../text.ts";
import { mostXmlDepth, type XmlElement } from "./xml.ts";
import { escapeXml, piecesOf } from "./xml-text.ts";

export interface NewElement {
  readonly name: string;
  /** Its text, or the elements in it; asked for when it is written. */
  readonly content: () => string | readonly NewElement[];
}

/** Where new elements go: beside one that stays. `undefined`: where none stays. */
export type Place = { readonly after: XmlElement } | { readonly before: XmlElement } | undefined;

/** The element says another text. What else stands in it, such as a comment, stays. */
export function setText(xml: string, element: XmlElement, value: string): TextEdit[] {
  const written = escapeXml(value);
  const runs = [...piecesOf(xml, element)].filter(({ kind }) => kind === "text" || kind === "cdata");
  if (runs.length === 0) return [opened(element, written)];
  return runs.map(({ start, end }, index) => ({ span: { start, end }, text: index === 0 ? written : "" }));
}

/** The element has another content, whatever it had. */
export function replaceContent(xml: string, element: XmlElement, content: string | readonly NewElement[]): TextEdit {
  const written = typeof content === "string" ? escapeXml(content) : renderWithin(xml, element, content, true);
  if (element.selfClosing) return opened(element, written);
  return { span: { start: element.contentStart, end: element.contentEnd }, text: written };
}

/** The element goes, and with it its line where it has one to itself. */
export function removeElement(xml: string, element: XmlElement): TextEdit {
  const line = lineOf(xml, element.start);
  const end = skip(xml, element.end);
  const endsLine = isLineEnd(xml, end) || end === element.parent?.contentEnd;
  if (line === undefined || !endsLine) return { span: { start: element.start, end: element.end }, text: "" };
  return {
    span: { start: element.start - line.indent.length - line.eol.length, end: isLineEnd(xml, end) ? end : element.end },
    text: "",
  };
}

export function insertElements(xml: string, parent: XmlElement, place: Place, added: readonly NewElement[]): TextEdit {
  if (place === undefined) {
    const last = parent.children.at(-1);
    // What ends the last line stays when the elements on it go.
    const isClosed = lineEndBetween(xml, last?.end ?? parent.contentStart, parent.contentEnd);
    return opened(parent, renderWithin(xml, parent, added, !isClosed));
  }
  const beside = "after" in place ? place.after : place.before;
  const line = lineOf(xml, beside.start);
  const unit = line === undefined ? undefined : unitOf(xml, parent);
  const elements = added.map((element) => render(element, line, unit));
  if (line === undefined) return insertion("after" in place ? beside.end : beside.start, elements.join(""));
  const newLine = line.eol + line.indent;
  if ("after" in place)
    return insertion(endOfRemarks(xml, beside.end), elements.map((element) => newLine + element).join(""));
  return insertion(beside.start, elements.map((element) => element + newLine).join(""));
}

function insertion(at: number, text: string): TextEdit {
  return { span: { start: at, end: at }, text };
}

/** At the beginning of an element's content; one that closes itself gets a content. */
function opened(element: XmlElement, content: string): TextEdit {
  if (!element.selfClosing) return insertion(element.contentStart, content);
  const start = element.start + 1 + element.name.length + element.attributes.trimEnd().length;
  return { span: { start, end: element.end }, text: `>${content}</${element.name}>` };
}

// --- laying out

interface Line {
  readonly eol: string;
  readonly indent: string;
}

/** `undefined`: something stands before it on its line, as in all that the service sends. */
function lineOf(xml: string, start: number): Line | undefined {
  let at = start;
  while (at > 0 && (xml[at - 1] === " " || xml[at - 1] === "\t")) at--;
  if (at === 0 || xml[at - 1] !== "\n") return undefined;
  return { eol: xml[at - 2] === "\r" ? "\r\n" : "\n", indent: xml.slice(at, start) };
}

/** How much deeper the members of the root stand than the root. */
function unitOf(xml: string, element: XmlElement): string | undefined {
  let root = element;
  while (root.parent !== undefined) root = root.parent;
  const [first] = root.children;
  const inner = first === undefined ? undefined : lineOf(xml, first.start)?.indent;
  const outer = lineOf(xml, root.start)?.indent ?? "";
  return inner?.startsWith(outer) === true && inner.length > outer.length ? inner.slice(outer.length) : undefined;
}

/** Elements as the content of one that has none. */
function renderWithin(xml: string, parent: XmlElement, added: readonly NewElement[], closing: boolean): string {
  const unit = unitOf(xml, parent);
  // The first line of a text has no line end before it.
  const line =
    lineOf(xml, parent.start) ??
    (parent.start === 0 ? { eol: xml.includes("\r\n") ? "\r\n" : "\n", indent: "" } : undefined);
  if (line === undefined || unit === undefined || added.length === 0)
    return added.map((element) => render(element, undefined, undefined)).join("");
  const inner = { eol: line.eol, indent: line.indent + unit };
  return (
    added.map((element) => inner.eol + inner.indent + render(element, inner, unit)).join("") +
    (closing ? line.eol + line.indent : "")
  );
}

/** Does not call itself: what is written may be nested to any depth. */
function render(element: NewElement, line: Line | undefined, unit: string | undefined): string {
  const written: string[] = [];
  const open: (string | { readonly element: NewElement; readonly level: number })[] = [{ element, level: 0 }];
  const newLine = (level: number): string =>
    line === undefined || unit === undefined ? "" : line.eol + line.indent + unit.repeat(Math.min(level, mostXmlDepth));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === "string") {
      written.push(next);
      continue;
    }
    const { name, content } = next.element;
    const inner = content();
    const inside = next.level + 1;
    written.push(`<${name}>`);
    if (typeof inner === "string") written.push(escapeXml(inner), `</${name}>`);
    else {
      open.push(`${inner.length === 0 ? "" : newLine(next.level)}</${name}>`);
      for (const child of inner.toReversed()) open.push({ element: child, level: inside }, newLine(inside));
    }
  }
  return written.join("");
}

/** Behind the comments on an element's line: a remark must not move to the next one. */
function endOfRemarks(xml: string, elementEnd: number): number {
  let end = elementEnd;
  for (;;) {
    const at = skip(xml, end);
    if (isLineEnd(xml, at)) return end;
    if (!xml.startsWith("<!--", at)) return elementEnd;
    end = xml.indexOf("-->", at + 4) + 3;
  }
}

function lineEndBetween(xml: string, start: number, end: number): boolean {
  return xml.slice(start, end).includes("\n");
}

function isLineEnd(xml: string, at: number): boolean {
  return xml[at] === "\n" || xml.startsWith("\r\n", at);
}

function skip(xml: string, offset: number): number {
  let at = offset;
  while (xml[at] === " " || xml[at] === "\t") at++;
  return at;
}
