import { charactersPerStep, type Steps } from "../../steps.ts";
import { LineIndex, type Span } from "../../text.ts";
import type { Entry } from "../change.ts";
import { entriesOf, isLineEnd, skipBlank, skipBlankBack } from "../json/layout.ts";
import { type Container, entryAt, isContainer, type Member, type Node, type Tree } from "../tree.ts";

/** Where things stand on the lines of a text. */
export class Page {
  readonly text: string;
  readonly eol: string;
  #index: LineIndex | undefined;
  readonly #flow = new Map<Container, boolean>();

  constructor(tree: Tree) {
    this.text = tree.text;
    const newline = this.text.indexOf("\n");
    this.eol = newline > 0 && this.text[newline - 1] === "\r" ? "\r\n" : "\n";
  }

  /** For a long text, before anything is asked. */
  *build(): Steps<void> {
    this.#index ??= new LineIndex(this.text, 0);
    while (this.#index.build(charactersPerStep)) yield;
  }

  column(offset: number): number {
    this.#index ??= new LineIndex(this.text);
    return this.#index.at(offset).column;
  }

  lineStart(offset: number): number {
    return offset - this.column(offset);
  }

  /** Before the line end. */
  lineEnd(offset: number): number {
    const newline = this.text.indexOf("\n", offset);
    const end = newline < 0 ? this.text.length : newline;
    return end > offset && this.text[end - 1] === "\r" ? end - 1 : end;
  }

  /** Before the line end that stands above the line of `offset`; at the text's first line its start. */
  lineEndAbove(offset: number): number {
    const start = this.lineStart(offset);
    return start === 0 ? 0 : start - (this.text.startsWith("\r\n", start - 2) ? 2 : 1);
  }

  startsLine(offset: number): boolean {
    return skipBlankBack(this.text, offset, " \t") <= this.lineStart(offset);
  }

  /** How many blanks the line of `offset` begins with. */
  indentOf(offset: number): number {
    const start = this.lineStart(offset);
    return skipBlank(this.text, start, " ") - start;
  }

  /** At the text's last line its end. */
  lineStartBelow(offset: number): number {
    const newline = this.text.indexOf("\n", offset);
    return newline < 0 ? this.text.length : newline + 1;
  }

  /** Of the name or the dash that a value is behind. */
  outerColumn(node: Node): number {
    const member = memberHolding(node);
    if (member !== undefined) return this.column(this.startOf(member, member.parent.start));
    const dash = this.holderEnd(node);
    return dash === undefined ? -1 : this.column(dash - 1);
  }

  /** Whether it stands in brackets, its own or those of another one. */
  isFlow(container: Container): boolean {
    const known = this.#flow.get(container);
    if (known !== undefined) return known;
    const isFlow = this.hasBrackets(container) || (container.parent !== undefined && this.isFlow(container.parent));
    this.#flow.set(container, isFlow);
    return isFlow;
  }

  hasBrackets(container: Container): boolean {
    const first = this.text[container.start];
    if (container.kind === "list") return first === "[";
    // A name may be in brackets itself.
    return first === "{" && container.members[0]?.start !== container.start;
  }

  isInFlow(node: Entry): boolean {
    return node.parent !== undefined && this.isFlow(node.parent);
  }

  /** Whether a container lays its entries out by lines and columns. */
  isBlock(node: Node): node is Container {
    return isContainer(node) && !this.isFlow(node);
  }

  /** Where an entry begins, with its dash and with what stands before its name on the line: `&name`, `!tag`. */
  startOf(entry: Entry, from: number): number {
    const { parent } = entry;
    if (parent?.kind === "list" && !this.isFlow(parent)) return this.dashOf(entry, parent, from);
    return this.#withProperties(entry.start);
  }

  /** @param from where the item before ends, or the list begins */
  dashOf(item: Entry, list: Container, from: number): number {
    const column = this.column(list.start);
    for (let line = this.lineStart(item.start); ; line = this.lineStart(line - 1)) {
      const at = line + column;
      const isDash = this.text[at] === "-" && at < item.start;
      if (isDash && (at === list.start || skipBlank(this.text, line, " \t") >= at)) return at;
      if (line <= from || line === 0) return item.start;
    }
  }

  #withProperties(start: number): number {
    const { text } = this;
    for (let at = start; ; ) {
      const end = skipBlankBack(text, at, " \t");
      let token = end;
      while (token > 0 && !" \t\r\n,[]{}".includes(text[token - 1] ?? "")) token--;
      if (end === at || token === end || !"&!".includes(text[token] ?? "")) return at;
      at = token;
    }
  }

  /** Where an entry ends, with the colon of a name that has no value yet. */
  endOf(entry: Entry): number {
    const last = lastOf(entry);
    // Behind a tag without a value, blanks are read as a part of it.
    if (last.kind === "computed" && last.end === entry.end) return skipBlankBack(this.text, entry.end, " \t");
    if (last.kind !== "member") return entry.end;
    const colon = skipBlank(this.text, last.keySpan.end, " \t");
    const end = this.text[colon] === ":" ? this.#behindProperties(colon + 1, this.text.length) : entry.end;
    // Within brackets it ends before they do.
    return Math.max(entry.end, end);
  }

  /** Whether it ends with a text below a `|` or `>`. */
  isLiteral(entry: Entry): boolean {
    const last = lastOf(entry);
    return last.kind === "scalar" && "|>".includes(this.text[last.start] ?? " ");
  }

  /** Where the last line of an entry of a block ends, with the comment behind it. */
  endOfLines(entry: Entry): number {
    const end = this.lineEnd(this.endOf(entry));
    const last = lastOf(entry);
    if (last.kind !== "scalar" || !/^[|>][0-9]?\+/.test(this.text.slice(last.start, last.start + 3))) return end;
    // The empty lines below are a part of the text.
    const next = skipBlank(this.text, end);
    return next === this.text.length ? this.#lastLineEnd(end) : Math.max(end, this.lineEndAbove(next));
  }

  #lastLineEnd(from: number): number {
    return isLineEnd(this.text, this.text.length - 1) ? Math.max(from, this.lineEndAbove(this.text.length)) : from;
  }

  /** Where a name's colon ends, or a dash: what stands behind is the value, and what belongs to it. */
  holderEnd(node: Node): number | undefined {
    const { parent } = node;
    if (parent === undefined) return undefined;
    const entry = entryAt(parent, node.start);
    if (entry === undefined) return undefined;
    if (entry.kind !== "member") {
      const dash = this.dashOf(entry, parent, parent.start);
      return dash < entry.start ? dash + 1 : undefined;
    }
    const colon = skipBlank(this.text, entry.keySpan.end, " \t");
    return this.text[colon] === ":" ? colon + 1 : undefined;
  }

  /** Where a value may begin: behind the colon or the dash, and behind `&name` and `!tag`. */
  headerEnd(node: Node): number | undefined {
    const end = this.holderEnd(node);
    return end === undefined ? undefined : this.#behindProperties(end, node.start);
  }

  /** Where a value begins with what belongs to it, where that is on the line of its name. */
  valueStart(node: Node): number {
    const holder = this.holderEnd(node);
    if (holder === undefined) return node.start;
    const start = skipBlank(this.text, holder, " \t");
    return "&!".includes(this.text[start] ?? " ") && start < node.start ? start : node.start;
  }

  #behindProperties(from: number, upTo: number): number {
    for (let end = from; ; ) {
      const at = skipBlank(this.text, end, " \t");
      if (at >= upTo || !"&!".includes(this.text[at] ?? " ")) return end;
      end = at;
      while (end < upTo && !" \t\r\n,[]{}".includes(this.text[end] ?? " ")) end++;
    }
  }

  /** Behind blanks and comments. */
  nextText(offset: number): number {
    let at = skipBlank(this.text, offset);
    for (let comment = this.commentAt(at); comment !== undefined; comment = this.commentAt(at))
      at = skipBlank(this.text, comment.end);
    return at;
  }

  /** The comment that begins there, without the line end. */
  commentAt(offset: number): Span | undefined {
    return this.text[offset] === "#" ? { start: offset, end: this.lineEnd(offset) } : undefined;
  }
}

/** The last of the entries and values in it: a name where its value is missing. */
function lastOf(entry: Entry): Entry {
  let last = entry;
  for (;;) {
    let inner: Entry | undefined;
    if (last.kind === "member") inner = last.value;
    else if (last.kind === "object") inner = last.members.at(-1);
    else if (last.kind === "list") inner = last.items.at(-1);
    else if (last.kind === "computed") inner = last.call?.argument;
    if (inner === undefined) return last;
    last = inner;
  }
}

/** The parts of an entry that hold no others, names too, in document order. */
export function* leavesOf(entry: Entry): Generator<Span, void, void> {
  if (entry.kind === "member") {
    yield entry.keySpan;
    if (entry.value !== undefined) yield* leavesOf(entry.value);
  } else if (isContainer(entry)) {
    for (const inner of entriesOf(entry)) yield* leavesOf(inner);
  } else if (entry.kind === "computed" && entry.call?.argument !== undefined) yield* leavesOf(entry.call.argument);
  else yield entry;
}

/** The comments of a part of a document, but for those within `but`. */
export function commentsIn(page: Page, whole: Entry, but: Span, end = whole.end): readonly string[] {
  const comments: string[] = [];
  const gap = (start: number, end: number): void => {
    for (let at = start; at < end; at++) {
      const comment = page.commentAt(at);
      if (comment === undefined) continue;
      if (at < but.start || at >= but.end) comments.push(page.text.slice(at, comment.end).trimEnd());
      at = comment.end;
    }
  };
  let done = whole.start;
  for (const { start, end } of leavesOf(whole)) {
    gap(done, start);
    done = Math.max(done, end);
  }
  gap(done, end);
  return comments;
}

/** Where the comments begin that stand right above the line of an entry, no deeper than it. */
export function remarksAbove(page: Page, start: number): number | undefined {
  if (!page.startsLine(start)) return undefined;
  const column = page.column(start);
  let above: number | undefined;
  for (let line = page.lineStart(start); line > 0; ) {
    line = page.lineStart(line - 1);
    const comment = skipBlank(page.text, line, " \t");
    if (page.text[comment] !== "#" || comment - line > column) break;
    above = comment;
  }
  return above;
}

/** The member that a node is the value of. */
export function memberHolding(node: Node): Member | undefined {
  const entry = node.parent === undefined ? undefined : entryAt(node.parent, node.start);
  return entry?.kind === "member" ? entry : undefined;
}
