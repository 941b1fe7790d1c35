import { LineIndex, type Span, type TextEdit } from "../../text.ts";
import type { Change, Entry } from "../change.ts";
import { type Container, isContainer, type Json, type Node, type Tree } from "../tree.ts";

/** How a document is laid out. */
interface Style {
  readonly eol: string;
  readonly indent: string;
  /** The whole document stands on one line. */
  readonly oneLine: boolean;
  /** What stands between a name and its value. */
  readonly colon: string;
}

/** Minimal edits of `tree.text`: everything not concerned stays to the letter. */
export function renderChanges(tree: Tree, changes: readonly Change[]): TextEdit[] {
  const lines = new Lines(tree.text);
  const style = styleOf(tree, lines);
  const edits: TextEdit[] = [];
  const containers = new Map<
    Container,
    { removed: Set<Entry>; added: ((indent: string, inline: boolean) => string)[] }
  >();
  const edited = (container: Container) => {
    const known = containers.get(container) ?? { removed: new Set<Entry>(), added: [] };
    containers.set(container, known);
    return known;
  };
  const remove = (entry: Entry): void => {
    if (entry.parent !== undefined) edited(entry.parent).removed.add(entry);
  };

  for (const change of changes) {
    switch (change.kind) {
      case "set": {
        const inline = style.oneLine || !tree.text.slice(change.node.start, change.node.end).includes("\n");
        edits.push({
          span: spanOf(change.node),
          text: renderValue(change.value, inline ? "" : lines.indent(change.node.start), style, inline),
        });
        break;
      }
      case "wrap":
        edits.push({ span: spanOf(change.node), text: wrapped(tree.text, change, style, lines) });
        break;
      case "enlist":
        edits.push({ span: spanOf(change.node), text: enlisted(tree.text, change.node, style, lines) });
        break;
      case "add":
        edited(change.to).added.push(
          (indent, inline) =>
            JSON.stringify(change.key) + style.colon + renderValue(change.value, indent, style, inline),
        );
        break;
      case "append":
        edited(change.to).added.push((indent, inline) => renderValue(change.value, indent, style, inline));
        break;
      case "remove":
        remove(change.entry);
        break;
      case "rename":
        edits.push({ span: change.member.keySpan, text: JSON.stringify(change.key) });
        break;
      case "move":
        edited(change.to).added.push((indent) => reindent(tree.text, change.member, lines, indent));
        remove(change.member);
        break;
      case "rewrite":
        edits.push(change.edit);
        break;
      case "lift": {
        const indent = lines.indent(change.whole.start);
        edits.push({ span: spanOf(change.whole), text: reindent(tree.text, change.part, lines, indent) });
        break;
      }
    }
  }
  for (const [container, { removed, added }] of containers) {
    for (const edit of removeEntries(tree.text, container, removed)) edits.push(edit);
    for (const edit of addEntries(tree.text, container, removed, added, style, lines)) edits.push(edit);
  }
  return edits;
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

function entriesOf(container: Container): readonly Entry[] {
  return container.kind === "object" ? container.members : container.items;
}

// --- removing

function removeEntries(text: string, container: Container, removed: ReadonlySet<Entry>): TextEdit[] {
  if (removed.size === 0) return [];
  const entries = entriesOf(container);
  const commas = entries.map((entry) => commaAfter(text, entry.end));
  const cuts: Span[] = [];
  const cut = (start: number, end: number): void => {
    if (start < end) cuts.push({ start, end });
  };
  const lastKept = entries.findLastIndex((entry) => !removed.has(entry));
  const trailingComma = commas.at(-1) !== undefined;

  if (lastKept < 0 && !hasComment(text, container)) {
    return [{ span: { start: container.start + 1, end: container.end - 1 }, text: "" }];
  }
  entries.forEach((entry, index) => {
    if (!removed.has(entry)) return;
    const comma = commas[index];
    const next = entries[index + 1];
    if (index < lastKept || trailingComma || comma !== undefined) {
      // The comma behind it goes with it; what is left are whole entries with their own commas.
      const end = comma === undefined ? entry.end : comma + 1;
      const [lineStart, lineEnd] = ownLines(text, entry.start, end);
      if (lineStart !== undefined && lineEnd !== undefined && onlyBlank(text, entry.end, end - 1))
        cut(lineStart, lineEnd);
      else if (comma !== undefined && !onlyBlank(text, entry.end, comma)) {
        cut(entry.start, entry.end);
        cut(comma, comma + 1);
      } else cut(entry.start, Math.min(skipBlank(text, end), next?.start ?? container.end - 1));
    } else {
      const [lineStart, lineEnd] = ownLines(text, entry.start, entry.end);
      if (lineStart !== undefined && lineEnd !== undefined) cut(lineStart, lineEnd);
      else
        cut(
          behindLineComment(text, entries[index - 1]?.end ?? container.start + 1, entry.start) ??
            skipBlankBack(text, entry.start),
          entry.end,
        );
    }
  });
  // Entries behind the last one that stays: its comma separates nothing any more.
  const danglingComma = lastKept >= 0 && lastKept < entries.length - 1 && !trailingComma ? commas[lastKept] : undefined;
  if (danglingComma !== undefined) cut(danglingComma, danglingComma + 1);
  return mergeCuts(cuts).map((span) => ({ span, text: "" }));
}

/** The line end that closes a `//` comment right before an entry: without it, what follows would become a comment. */
function behindLineComment(text: string, from: number, entryStart: number): number | undefined {
  let comment: Span | undefined;
  for (let at = from; at < entryStart; ) {
    comment = commentAt(text, at) ?? comment;
    at = comment !== undefined && comment.end > at ? comment.end : at + 1;
  }
  if (comment === undefined || !text.startsWith("//", comment.start) || !onlyBlank(text, comment.end, entryStart))
    return undefined;
  return skipBlankBack(text, entryStart, " \t");
}

function mergeCuts(cuts: readonly Span[]): Span[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of [...cuts].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/** Start of the first line and of the line behind the last one, where nothing else stands on them. */
function ownLines(text: string, start: number, end: number): [number, number] | [undefined, undefined] {
  const lineStart = skipBlankBack(text, start, " \t");
  const rest = skipBlank(text, end, " \t");
  if (lineStart > 0 && !isLineEnd(text, lineStart - 1)) return [undefined, undefined];
  if (!isLineEnd(text, rest)) return [undefined, undefined];
  return [lineStart, text.startsWith("\r\n", rest) ? rest + 2 : rest + 1];
}

// --- adding

function addEntries(
  text: string,
  container: Container,
  removed: ReadonlySet<Entry>,
  added: readonly ((indent: string, inline: boolean) => string)[],
  style: Style,
  lines: Lines,
): TextEdit[] {
  if (added.length === 0) return [];
  const kept = entriesOf(container).filter((entry) => !removed.has(entry));
  const last = kept.at(-1);
  const closeIndent = lines.indent(container.start);
  if (last === undefined) {
    const at = container.start + 1;
    if (style.oneLine)
      return [{ span: { start: at, end: at }, text: added.map((render) => render("", true)).join(separator(style)) }];
    const indent = closeIndent + style.indent;
    const rendered = added.map((render) => style.eol + indent + render(indent, false)).join(",");
    const closed = text.slice(at, container.end - 1).includes("\n") && removed.size === 0;
    return [{ span: { start: at, end: at }, text: closed ? rendered : rendered + style.eol + closeIndent }];
  }

  const comma = commaAfter(text, last.end);
  const isTrailing = comma !== undefined && entriesOf(container).at(-1) === last;
  const multiLine = startsLine(text, kept[0]?.start ?? last.start);
  const edits: TextEdit[] = [];
  if (comma === undefined || (!isTrailing && removed.size > 0))
    edits.push({ span: { start: last.end, end: last.end }, text: "," });
  const behind = isTrailing ? comma + 1 : last.end;
  if (!multiLine) {
    const rendered = added.map((render) => render(closeIndent, true)).join(separator(style));
    const blank = style.oneLine && style.colon === ":" ? "" : " ";
    edits.push({ span: { start: behind, end: behind }, text: blank + rendered + (isTrailing ? "," : "") });
    return edits;
  }
  const indent = lines.indent(last.start);
  const at = endOfEntryLine(text, behind);
  const rendered = added.map((render) => style.eol + indent + render(indent, false)).join(",");
  edits.push({ span: { start: at, end: at }, text: rendered + (isTrailing ? "," : "") });
  return edits;
}

function separator(style: Style): string {
  return style.oneLine && style.colon === ":" ? "," : ", ";
}

/** Behind what the line still says about the entry: a remark must not move to the next one. */
function endOfEntryLine(text: string, offset: number): number {
  let end = offset;
  for (;;) {
    const comment = commentAt(text, skipBlank(text, end, " \t"));
    if (comment === undefined) return end;
    end = comment.end;
    if (text.slice(comment.start, comment.end).includes("\n")) return end;
  }
}

// --- rendering

function renderValue(value: Json, indent: string, style: Style, inline: boolean): string {
  if (!inline) return JSON.stringify(value, undefined, style.indent).replaceAll("\n", style.eol + indent);
  if (style.oneLine && style.colon === ":") return JSON.stringify(value);
  return renderInline(value, style.colon);
}

function renderInline(value: Json, colon: string): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => renderInline(item, colon)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, item]) => JSON.stringify(key) + colon + renderInline(item as Json, colon),
  );
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** The text of a value as it stands, in an object. */
function wrapped(
  text: string,
  { node, key, before }: Change & { readonly kind: "wrap" },
  style: Style,
  lines: Lines,
): string {
  const inline = !text.slice(node.start, node.end).includes("\n");
  const outer = lines.indent(node.start);
  const indent = outer + style.indent;
  const members = [
    ...Object.entries(before).map(
      ([name, value]) => JSON.stringify(name) + style.colon + renderValue(value, indent, style, inline),
    ),
    JSON.stringify(key) + style.colon + reindent(text, node, lines, inline ? outer : indent),
  ];
  if (inline) return style.oneLine && style.colon === ":" ? `{${members.join(",")}}` : `{ ${members.join(", ")} }`;
  return `{${style.eol}${indent}${members.join(`,${style.eol}${indent}`)}${style.eol}${outer}}`;
}

/** The text of a value as it stands, in a list. */
function enlisted(text: string, node: Node, style: Style, lines: Lines): string {
  const outer = lines.indent(node.start);
  if (!text.slice(node.start, node.end).includes("\n")) return `[${text.slice(node.start, node.end)}]`;
  const indent = outer + style.indent;
  return `[${style.eol}${indent}${reindent(text, node, lines, indent)}${style.eol}${outer}]`;
}

/** The text of a part as it stands, moved to another depth. */
function reindent(text: string, part: Span, lines: Lines, indent: string): string {
  const old = lines.indent(part.start);
  const [first = "", ...rest] = text.slice(part.start, part.end).split("\n");
  return [first, ...rest.map((line) => (line.startsWith(old) ? indent + line.slice(old.length) : line))].join("\n");
}

// --- looking at the layout

function styleOf(tree: Tree, lines: Lines): Style {
  const { text } = tree;
  const newline = text.indexOf("\n");
  const colon = firstColon(tree.root, text);
  return {
    eol: newline > 0 && text[newline - 1] === "\r" ? "\r\n" : "\n",
    indent: firstIndent(tree.root, text, lines) ?? "  ",
    oneLine: tree.root === undefined || !text.slice(tree.root.start, tree.root.end).includes("\n"),
    colon: colon ?? ": ",
  };
}

/** How much deeper the first member stands that has a line of its own. */
function firstIndent(node: Node | undefined, text: string, lines: Lines): string | undefined {
  if (node === undefined || !isContainer(node)) return undefined;
  const first = entriesOf(node)[0];
  if (first === undefined) return undefined;
  if (startsLine(text, first.start)) {
    const outer = lines.indent(node.start);
    const inner = lines.indent(first.start);
    if (inner.startsWith(outer) && inner.length > outer.length) return inner.slice(outer.length);
  }
  for (const entry of entriesOf(node)) {
    const found = firstIndent(entry.kind === "member" ? entry.value : entry, text, lines);
    if (found !== undefined) return found;
  }
  return undefined;
}

function firstColon(node: Node | undefined, text: string): string | undefined {
  if (node === undefined || !isContainer(node)) return undefined;
  for (const entry of entriesOf(node)) {
    const value = entry.kind === "member" ? entry.value : entry;
    if (entry.kind === "member" && value !== undefined) {
      const between = text.slice(entry.keySpan.end, value.start);
      if (/^[ \t]*:[ \t]*$/.test(between)) return between;
    }
    const found = firstColon(value, text);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The comma that follows, behind blanks and comments. */
function commaAfter(text: string, offset: number): number | undefined {
  let at = skipBlank(text, offset);
  for (let comment = commentAt(text, at); comment !== undefined; comment = commentAt(text, at))
    at = skipBlank(text, comment.end);
  return text[at] === "," ? at : undefined;
}

/** The comment that begins there, without the line end behind it. */
function commentAt(text: string, offset: number): Span | undefined {
  if (text.startsWith("//", offset)) {
    let end = offset;
    while (end < text.length && !isLineEnd(text, end)) end++;
    return { start: offset, end };
  }
  if (!text.startsWith("/*", offset)) return undefined;
  const close = text.indexOf("*/", offset + 2);
  return { start: offset, end: close < 0 ? text.length : close + 2 };
}

function hasComment(text: string, container: Container): boolean {
  let at = container.start + 1;
  for (const entry of [...entriesOf(container), undefined]) {
    const end = entry?.start ?? container.end - 1;
    if (text.slice(at, end).includes("/")) return true;
    at = entry?.end ?? end;
  }
  return false;
}

/** Asked for many places of one text: a whole document may stand on one line, and many changes in it. */
class Lines {
  readonly #text: string;
  readonly #ends = new Map<number, number>();
  #index: LineIndex | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The blanks that the line of `offset` begins with. */
  indent(offset: number): string {
    this.#index ??= new LineIndex(this.#text);
    const start = offset - this.#index.at(offset).column;
    const end = this.#ends.get(start) ?? skipBlank(this.#text, start, " \t");
    this.#ends.set(start, end);
    return this.#text.slice(start, Math.min(offset, end));
  }
}

function startsLine(text: string, offset: number): boolean {
  const start = skipBlankBack(text, offset, " \t");
  return start > 0 && isLineEnd(text, start - 1);
}

function isLineEnd(text: string, offset: number): boolean {
  return text[offset] === "\n" || text[offset] === "\r";
}

function skipBlank(text: string, offset: number, blanks = " \t\r\n"): number {
  let at = offset;
  while (at < text.length && blanks.includes(text[at] ?? "")) at++;
  return at;
}

function skipBlankBack(text: string, offset: number, blanks = " \t\r\n"): number {
  let at = offset;
  while (at > 0 && blanks.includes(text[at - 1] ?? "")) at--;
  return at;
}

function onlyBlank(text: string, start: number, end: number): boolean {
  return skipBlank(text, start) >= end;
}
