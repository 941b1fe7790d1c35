import { charactersPerStep, type Steps } from "../../steps.ts";
import { LineIndex, type Span } from "../../text.ts";
import type { Entry } from "../change.ts";
import { type Container, isContainer, type Node, type Tree } from "../tree.ts";

/** How a document is laid out. */
export interface Style {
  readonly eol: string;
  readonly indent: string;
  /** The whole document stands on one line. */
  readonly oneLine: boolean;
  /** What stands between a name and its value. */
  readonly colon: string;
}

export function styleOf(tree: Tree, lines: Lines): Style {
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
export function commaAfter(text: string, offset: number): number | undefined {
  const at = nextSign(text, offset);
  return text[at] === "," ? at : undefined;
}

/** Where what is no blank and no comment begins, or the text ends. */
export function nextSign(text: string, offset: number): number {
  let at = skipBlank(text, offset);
  for (let comment = commentAt(text, at); comment !== undefined; comment = commentAt(text, at))
    at = skipBlank(text, comment.end);
  return at;
}

/** The comment that begins there, without the line end behind it. */
export function commentAt(text: string, offset: number): Span | undefined {
  if (text.startsWith("//", offset)) {
    let end = offset;
    while (end < text.length && !isLineEnd(text, end)) end++;
    return { start: offset, end };
  }
  if (!text.startsWith("/*", offset)) return undefined;
  const close = text.indexOf("*/", offset + 2);
  return { start: offset, end: close < 0 ? text.length : close + 2 };
}

export function hasComment(text: string, container: Container): boolean {
  let at = container.start + 1;
  for (const entry of [...entriesOf(container), undefined]) {
    const end = entry?.start ?? container.end - 1;
    if (text.slice(at, end).includes("/")) return true;
    at = entry?.end ?? end;
  }
  return false;
}

/** Asked for many places of one text: a whole document may stand on one line, and many changes in it. */
export class Lines {
  readonly #text: string;
  readonly #ends = new Map<number, number>();
  #index: LineIndex | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** For a long text, before it is asked for. */
  *build(): Steps<void> {
    this.#index ??= new LineIndex(this.#text, 0);
    while (this.#index.build(charactersPerStep)) yield;
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

export function startsLine(text: string, offset: number): boolean {
  const start = skipBlankBack(text, offset, " \t");
  return start > 0 && isLineEnd(text, start - 1);
}

export function isLineEnd(text: string, offset: number): boolean {
  return text[offset] === "\n" || text[offset] === "\r";
}

export function skipBlank(text: string, offset: number, blanks = " \t\r\n"): number {
  let at = offset;
  while (at < text.length && blanks.includes(text[at] ?? "")) at++;
  return at;
}

export function skipBlankBack(text: string, offset: number, blanks = " \t\r\n"): number {
  let at = offset;
  while (at > 0 && blanks.includes(text[at - 1] ?? "")) at--;
  return at;
}

export function onlyBlank(text: string, start: number, end: number): boolean {
  return skipBlank(text, start) >= end;
}

export function entriesOf(container: Container): readonly Entry[] {
  return container.kind === "object" ? container.members : container.items;
}

/** What is said of an entry that has its lines for itself. */
export interface Remarks {
  /** Where its lines begin, with the comments right above it, and where they end, without the line end. */
  readonly lines: Span;
  /** Where its comments begin, or itself. */
  readonly start: number;
  /** The comments behind it on its last line. */
  readonly behind: string;
}

/** `undefined` where something else stands on its lines. */
export function remarksOf(text: string, entry: Entry): Remarks | undefined {
  const { parent } = entry;
  if (parent === undefined) return undefined;
  const entries = entriesOf(parent);
  const before = entries[entries.indexOf(entry) - 1];
  const comma = before === undefined ? undefined : commaAfter(text, before.end);
  const from = comma === undefined ? (before?.end ?? parent.start + 1) : comma + 1;
  const start = startOfRemarks(text, from, entry.start);
  if (!startsLine(text, start)) return undefined;
  const behind: string[] = [];
  let hasComma = false;
  let end = entry.end;
  for (;;) {
    const at = skipBlank(text, end, " \t");
    const comment = commentAt(text, at);
    if (comment !== undefined) behind.push(text.slice(at, comment.end));
    else if (hasComma || text[at] !== ",") break;
    hasComma ||= comment === undefined;
    end = comment?.end ?? at + 1;
  }
  const rest = skipBlank(text, end, " \t");
  // Its comma may stand on another line.
  if (!hasComma && commaAfter(text, entry.end) !== undefined) return undefined;
  if (!isLineEnd(text, rest) || behind.some((comment) => comment.includes("\n"))) return undefined;
  return { lines: { start: skipBlankBack(text, start, " \t"), end: rest }, start, behind: behind.join(" ") };
}

/** Where the comments begin that stand right above an entry, or before it on its line, with no empty line between. */
function startOfRemarks(text: string, from: number, entryStart: number): number {
  let start: number | undefined;
  let at = from;
  for (;;) {
    const next = skipBlank(text, at);
    const isApart = text.slice(at, next).split("\n").length > 2;
    if (isApart || (start === undefined && startsLine(text, next))) start = next;
    if (next >= entryStart) return start ?? entryStart;
    const comment = commentAt(text, next);
    if (comment === undefined) return entryStart;
    at = comment.end;
  }
}
