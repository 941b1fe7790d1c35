import type { Span } from "../../text.ts";
import type { Cursor } from "../cursor.ts";
import {
  type Container,
  entriesOf,
  entryAt,
  entryBefore,
  type Member,
  type Node,
  type ObjectNode,
  type ScalarNode,
  type Tree,
  withoutCalls,
} from "../tree.ts";

/**
 * `undefined` in comments, in block scalars, and wherever a text that stands above would go on.
 *
 * In flow style the signs around a cursor tell what may be written. In block style its column does, for what is being
 * typed has no sign yet: an empty line belongs to the object whose names stand in that column, and one that is deeper
 * than a name without a value is that value.
 */
export function cursorAt({ text, root }: Tree, offset: number): Cursor | undefined {
  const way = wayTo(text, root, offset);
  const innermost = way.at(-1)?.container;
  if (innermost !== undefined && isFlow(text, innermost)) return inFlow(text, innermost, offset);
  const line = lineAt(text, offset);
  if (line.token === line.end) return onEmptyLine(text, way, line, offset);
  return offset < line.token ? undefined : atToken(text, way, line, offset);
}

/** A container before or around an offset, and its last entry that begins before it or there. */
interface Step {
  readonly container: Container;
  readonly entry: Member | Node | undefined;
}

/** From the root down to the last part that begins before an offset, or where it is. */
function wayTo(text: string, root: Node | undefined, offset: number): readonly Step[] {
  const way: Step[] = [];
  const reach = new FlowReach(text, offset);
  for (let node = withoutCalls(root); node?.kind === "object" || node?.kind === "list"; ) {
    // What is over in flow style has nothing open in it.
    if (isFlow(text, node) && !reach.reaches(node)) break;
    const entry = entryBefore(node, offset + 1);
    way.push({ container: node, entry });
    node = withoutCalls(valueOf(entry));
  }
  return way;
}

function valueOf(entry: Member | Node | undefined): Node | undefined {
  return entry?.kind === "member" ? entry.value : entry;
}

interface Line {
  readonly start: number;
  /** Behind its blanks. */
  readonly indent: number;
  /** Of the last `-` before the token; `undefined` where none is. */
  readonly dash: number | undefined;
  /** Where something is written behind indentation and dashes; the end of the line where nothing is. */
  readonly token: number;
  /** Without the line end, and blanks before it. */
  readonly end: number;
}

function lineAt(text: string, offset: number): Line {
  const start = lineStart(text, offset);
  const next = text.indexOf("\n", offset);
  const stop = next < 0 ? text.length : next;
  let token = start;
  let dash: number | undefined;
  const skipBlanks = (): void => {
    while (token < stop && isBlank(text, token)) token++;
  };
  skipBlanks();
  const indent = token;
  while (text[token] === "-" && (token + 1 >= stop || isBlank(text, token + 1))) {
    dash = token++;
    skipBlanks();
  }
  let end = stop;
  while (end > token && isBlank(text, end - 1)) end--;
  return { start, indent, dash, token, end };
}

/** A byte order mark is no part of its line. */
function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  return start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : start;
}

function isBlank(text: string, at: number): boolean {
  const sign = text[at];
  return sign === " " || sign === "\t" || sign === "\r";
}

function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

function onEmptyLine(text: string, way: readonly Step[], { start, dash }: Line, offset: number): Cursor | undefined {
  const typed = { start: offset, end: offset };
  if (dash !== undefined && offset <= dash + 1) return undefined;
  const last = way.at(-1);
  const entry = last?.entry;
  const value = valueOf(entry);
  if (dash !== undefined) {
    const list = way.findLast(
      ({ container }) => container.kind === "list" && columnIn(text, container) === dash - start,
    );
    return list === undefined || isWithin(value, dash)
      ? undefined
      : { container: list.container, at: "item", member: undefined, typed, commaAt: undefined, nests: true };
  }
  if (isWithin(value, offset)) return undefined;
  const column = offset - start;
  if (entry?.kind === "member" && value === undefined && column > columnOf(text, entry.start))
    return { container: entry.parent, at: "value", member: entry, typed, commaAt: undefined, nests: true };
  const object = way.findLast(({ container }) => container.kind === "object" && columnIn(text, container) === column);
  return object === undefined
    ? undefined
    : { container: object.container, at: "name", member: undefined, typed, commaAt: undefined };
}

/** Whether a text is not over yet at an offset. */
function isWithin(value: Node | undefined, offset: number): boolean {
  const node = withoutCalls(value);
  return node?.kind === "scalar" && node.start < offset && offset < node.end;
}

/** The column of all names of an object, and of all dashes of a list, in block style. */
function columnIn(text: string, container: Container): number {
  return columnOf(text, container.kind === "list" ? container.start : (container.members[0]?.start ?? container.start));
}

function atToken(text: string, way: readonly Step[], line: Line, offset: number): Cursor | undefined {
  const { token, end } = line;
  const step = way.findLast(({ entry }) => entry !== undefined && entry.start <= offset);
  for (const { container, entry } of way) {
    if (entry?.kind !== "member" || entry.start !== token || container.kind !== "object") continue;
    const keyEnd = Math.min(entry.keySpan.end, end);
    if (offset > keyEnd) return atValue(text, container, entry, line, offset);
    return { container, at: "name", member: undefined, typed: { start: token, end: keyEnd }, commaAt: undefined };
  }
  // A text on a line of its own: the name of a member may be, before its colon is typed.
  const entry = step?.entry;
  const value = valueOf(entry);
  if (step === undefined || value?.kind !== "scalar" || value.start !== token) return undefined;
  const typed = typedOf(text, value, offset);
  if (typed === undefined) return undefined;
  if (entry?.kind === "member")
    return { container: entry.parent, at: "value", member: entry, typed, commaAt: undefined, nests: true };
  return { container: step.container, at: "item", member: undefined, typed, commaAt: undefined, nests: true };
}

/** Behind the name of a member, on its line. */
function atValue(
  text: string,
  container: ObjectNode,
  member: Member,
  { end }: Line,
  offset: number,
): Cursor | undefined {
  const { value } = member;
  const colon = text.indexOf(":", member.keySpan.end);
  if (colon < 0 || colon >= end || offset <= colon + 1) return undefined;
  const begun = value === undefined ? undefined : (startOfCall(text, value) ?? value.start);
  if (text.slice(colon + 1, Math.min(offset, begun ?? offset)).trim() !== "") return undefined;
  // Behind `a: `, where nothing stands, also not below.
  if (value === undefined)
    return offset < end
      ? undefined
      : { container, at: "value", member, typed: { start: offset, end: offset }, commaAt: undefined };
  if ((startOfCall(text, value) ?? value.start) >= end) return undefined;
  const typed = typedIn(text, value, Math.max(offset, startOfCall(text, value) ?? value.start));
  return typed === undefined
    ? undefined
    : {
        container,
        at: "value",
        member,
        typed: { start: Math.min(offset, typed.start), end: typed.end },
        commaAt: undefined,
      };
}

/** What of a value is replaced: a text, or a whole call of a function that is given a text, or nothing yet. */
function typedIn(text: string, value: Node, offset: number): Span | undefined {
  if (value.kind === "scalar") return typedOf(text, value, offset);
  const start = startOfCall(text, value);
  if (value.kind !== "computed" || value.call === undefined || start === undefined) return undefined;
  const { name, argument } = value.call;
  if (argument === undefined) {
    const end = Math.max(offset, start + name.length);
    return text.slice(start, end).trimEnd() === name && !text.slice(start, end).includes("\n")
      ? { start, end }
      : undefined;
  }
  if (argument.kind !== "scalar" || typedOf(text, argument, argument.start) === undefined) return undefined;
  return offset <= argument.end && !text.slice(start, argument.end).includes("\n")
    ? { start, end: argument.end }
    : undefined;
}

/** Where the tag of a function begins that is given a text, or nothing yet; a tag alone has its place behind it. */
function startOfCall(text: string, value: Node): number | undefined {
  if (value.kind !== "computed" || value.call?.name.startsWith("!") !== true) return undefined;
  const { name, argument } = value.call;
  if (argument !== undefined) return argument.kind === "scalar" ? value.start : undefined;
  const start = text.lastIndexOf(name, value.start);
  return start >= 0 && text.slice(start, value.start).trimEnd() === (start < value.start ? name : "")
    ? start
    : undefined;
}

/**
 * What of a text is replaced: that of its first line, as a quote that is not closed yet takes in what is below it.
 * `undefined` in block scalars, behind the text, and where it goes on in other lines.
 */
function typedOf(text: string, { start, end }: ScalarNode, offset: number): Span | undefined {
  if (/[|>]/.test(text[start] ?? "")) return undefined;
  const typed = firstLine(text, { start, end });
  if (offset > typed.end) return undefined;
  return typed.end === end || /["']/.test(text[start] ?? "") ? typed : undefined;
}

/** What is being typed has no sign at its end yet, and is one with what is below it. */
function firstLine(text: string, { start, end }: Span): Span {
  const next = text.indexOf("\n", start);
  if (next < 0 || end <= next) return { start, end };
  let last = next;
  while (last > start && isBlank(text, last - 1)) last--;
  return { start, end: last };
}

function isFlow(text: string, container: Container): boolean {
  if (container.kind === "list") return text[container.start] === "[";
  // In block style the first name may be a whole object.
  return text[container.start] === "{" && container.members[0]?.start !== container.start;
}

/**
 * Whether an offset is between the brackets of containers, of which each stands within the one before. A bracket that
 * nothing closes reaches over all that is deeper than its line.
 */
class FlowReach {
  readonly #text: string;
  readonly #offset: number;
  readonly #line: number;
  /** Behind the last sign before the offset. */
  readonly #behind: number;
  /** The line that was looked at last: where it ends, and its indentation. */
  #lineEnd = -1;
  #indent = 0;

  constructor(text: string, offset: number) {
    this.#text = text;
    this.#offset = offset;
    this.#line = lineStart(text, offset);
    this.#behind = offset;
    while (this.#behind > 0 && /\s/.test(text[this.#behind - 1] ?? "")) this.#behind--;
  }

  reaches(container: Container): boolean {
    const { start, end } = container;
    if (this.#offset <= start) return false;
    if (isClosed(this.#text, container)) return this.#offset < end;
    if (this.#behind > end) return false;
    return start >= this.#line || this.#offset - this.#line > this.#indentAt(start);
  }

  #indentAt(offset: number): number {
    if (offset > this.#lineEnd) {
      const { start, indent, end } = lineAt(this.#text, offset);
      this.#lineEnd = end;
      this.#indent = indent - start;
    }
    return this.#indent;
  }
}

function isClosed(text: string, container: Container): boolean {
  const { start, end } = container;
  if (text[end - 1] !== (container.kind === "list" ? "]" : "}") || end - 1 <= start) return false;
  return (entriesOf(container).at(-1)?.end ?? 0) < end;
}

function inFlow(text: string, container: Container, offset: number): Cursor | undefined {
  const entry = entryAt(container, offset);
  const value = valueOf(entry);
  const begun = value === undefined ? undefined : startOfCall(text, value);
  const isOver =
    value !== undefined &&
    value.kind !== "scalar" &&
    begun === undefined &&
    value.end === offset &&
    offset !== entry?.start;
  if (entry === undefined || isOver) return inGap(text, container, offset);
  const commaAt = missingComma(text, container, entry);
  if (entry.kind === "member" && offset <= entry.keySpan.end) {
    const typed = firstLine(text, entry.keySpan);
    return offset <= typed.end ? { container, at: "name", member: undefined, typed, commaAt } : undefined;
  }
  if (value === undefined || offset < (begun ?? value.start)) return inGap(text, container, offset);
  const typed = typedIn(text, value, offset);
  if (typed === undefined) return undefined;
  return entry.kind === "member"
    ? { container, at: "value", member: entry, typed, commaAt: undefined }
    : { container, at: "item", member: undefined, typed, commaAt };
}

/** Between two entries. */
function inGap(text: string, container: Container, offset: number): Cursor | undefined {
  const before = entryBefore(container, offset);
  const value = valueOf(before);
  const isDone = value !== undefined && value.end <= offset;
  const from = before === undefined ? container.start + 1 : isDone ? value.end : behindName(before);
  const signs = signsIn(text.slice(from, offset));
  if (signs === undefined) return undefined;
  const typed = { start: offset, end: offset };
  const isOpened = before?.kind === "member" && !isDone && !signs.includes(",");
  if (isOpened && signs.includes(":")) return { container, at: "value", member: before, typed, commaAt: undefined };
  if (isOpened) return undefined;
  const commaAt = before === undefined || signs.includes(",") ? undefined : from;
  return { container, at: container.kind === "list" ? "item" : "name", member: undefined, typed, commaAt };
}

function behindName(entry: Member | Node): number {
  return entry.kind === "member" ? entry.keySpan.end : entry.end;
}

/** Without blanks and comments; `undefined` where it ends in a comment. */
function signsIn(gap: string): string | undefined {
  const lines = gap.split("\n").map((line) => ({ line, comment: / #|^#|\t#/.exec(line)?.index }));
  if (lines.at(-1)?.comment !== undefined) return undefined;
  return lines.map(({ line, comment }) => line.slice(0, comment)).join("");
}

/** Right behind the entry before, where nothing parts this one from it. */
function missingComma(text: string, container: Container, { start }: Member | Node): number | undefined {
  const before = entryBefore(container, start);
  if (before === undefined) return undefined;
  const end = valueOf(before)?.end ?? behindName(before);
  return signsIn(`${text.slice(end, start)}\n`)?.includes(",") === true ? undefined : end;
}
