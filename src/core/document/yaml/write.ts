import { perStep, type Steps, sortedInSteps } from "../../steps.ts";
import { applyEdits, type Span, SpanIndex, sortEdits, type TextEdit } from "../../text.ts";
import type { Change, Enclosed, Entry } from "../change.ts";
import { entriesOf, skipBlank, skipBlankBack } from "../json/layout.ts";
import type { Container, Json, Member, Node, ObjectNode, Tree } from "../tree.ts";
import { Aliases } from "./aliases.ts";
import { editEnlist, editWrap } from "./around.ts";
import { editBlock } from "./block.ts";
import type { Desk } from "./desk.ts";
import type { Added, Edited, Going } from "./edited.ts";
import { editFlow } from "./flow.ts";
import { inlineOf } from "./inline.ts";
import { commentsIn, memberHolding, Page, remarksAbove } from "./layout.ts";
import { editLift } from "./lift.ts";
import { put } from "./place.ts";
import { parseYaml } from "./read.ts";
import { editSet } from "./set.ts";
import { type Style, Styles } from "./style.ts";
import {
  behind,
  below,
  blanks,
  dashed,
  indented,
  inlineMember,
  inlineObject,
  type Lines,
  named,
  placed,
  renderBlock,
  renderInline,
  renderName,
  shifted,
} from "./value.ts";

/** What is carried to another place as it is written, with whatever else changes in it. */
type Carried = Entry;
/** `undefined`: it stays where it is. */
type Host = Carried | "gone" | undefined;

/** Minimal edits of `tree.text`: everything not concerned stays to the letter. */
export function* renderYamlChanges(tree: Tree, changes: readonly Change[]): Steps<TextEdit[]> {
  const writer = new Writer(tree);
  yield* writer.page.build();
  let done = 0;
  for (const change of changes) {
    if (++done % perStep === 0) yield;
    if (writer.isSafe(change)) writer.take(change);
  }
  return yield* writer.edits();
}

class Writer {
  readonly page: Page;
  readonly #styles: Styles;
  readonly #containers = new Map<Container, Edited>();
  /** Values that become others, are put around or taken out. */
  readonly #values = new Map<Node, () => readonly TextEdit[]>();
  readonly #renamed = new Map<Member, string>();
  readonly #rewritten: TextEdit[] = [];
  readonly #inserted: TextEdit[] = [];
  readonly #problems: SpanIndex;
  readonly #aliases: Aliases;
  /** Where the entry is that a value stands in, and where what stands in a value is. What stays has none. */
  readonly #entryHosts = new Map<Node, Host>();
  readonly #valueHosts = new Map<Node, Host>();
  readonly #hosts = new Map<Node, Host>();
  readonly #desk: Desk;
  readonly #tasks = new Map<Host, (() => readonly TextEdit[])[]>();

  constructor(tree: Tree) {
    this.page = new Page(tree);
    this.#problems = new SpanIndex(tree.problems);
    this.#aliases = new Aliases(tree, this.page);
    this.#styles = new Styles(tree, this.page);
    this.#desk = { page: this.page, styles: this.#styles, text: (carried, span) => this.#text(carried, span) };
  }

  /** Not where the text is broken, and not where it is written in a way that is not known here. */
  isSafe(change: Change): boolean {
    if (this.#aliases.isTorn(change)) return false;
    return placesOf(change).every((place) => !this.#isBroken(place) && !this.#isBare(place) && !this.#isRagged(place));
  }

  take(change: Change): void {
    switch (change.kind) {
      case "set":
        this.#replace(change.node, () => editSet(this.page, this.#styles, change.node, change.value));
        this.#mark(this.#valueHosts, change.node, "gone");
        break;
      case "wrap":
        this.#replace(change.node, () => editWrap(this.#desk, change));
        this.#mark(this.#valueHosts, change.node, change.node);
        break;
      case "enlist":
        this.#replace(change.node, () => editEnlist(this.#desk, change.node));
        this.#mark(this.#valueHosts, change.node, change.node);
        break;
      case "lift":
        if (change.part === change.whole) break;
        this.#replace(change.whole, () => editLift(this.#desk, change.part, change.whole));
        this.#mark(this.#valueHosts, change.whole, "gone");
        this.#mark(this.#entryHosts, change.part, change.part);
        break;
      case "add":
        if (change.before !== undefined && this.#hasLines(change.to) && this.page.startsLine(change.before.start)) {
          this.#inserted.push(this.#insertion(change.before, this.#new(change.to, change.value, change.key)));
          break;
        }
        this.#edited(change.to).added.push(this.#new(change.to, change.value, change.key));
        break;
      case "append":
        this.#edited(change.to).added.push(this.#new(change.to, change.value));
        break;
      case "remove":
        this.#remove(change.entry, "gone");
        break;
      case "rename":
        this.#renamed.set(change.member, change.key);
        break;
      case "move":
        if (isWithin(change.to, change.member)) break;
        this.#edited(change.to).added.push(this.#moved(change.member, change.key, change.to));
        this.#remove(change.member, change.member, this.#goingTo(change.to, change.member));
        break;
      case "enclose":
        this.#enclose(change.to, change.key, change.members);
        break;
      case "rewrite":
        this.#rewritten.push(change.edit);
        break;
    }
  }

  *edits(): Steps<TextEdit[]> {
    let done = 0;
    for (const [node, edits] of this.#values) {
      if (++done % perStep === 0) yield;
      this.#task(this.#hostOf(node), edits);
    }
    // What ends at one place is written from the inside out.
    const containers = yield* sortedInSteps([...this.#containers], ([one], [other]) => other.start - one.start);
    for (const [container, edited] of containers) {
      if (++done % perStep === 0) yield;
      this.#task(this.#hostWithin(container), () => this.#edit(container, edited));
    }
    for (const [member, key] of this.#renamed) {
      if (++done % perStep === 0) yield;
      const host = member.value === undefined ? undefined : this.#entryHosts.get(member.value);
      this.#task(host ?? this.#hostWithin(member.parent), () => [this.#rename(member, key)]);
    }
    const edits: TextEdit[] = [];
    const tasks = this.#tasks.get(undefined) ?? [];
    for (const task of tasks) {
      if (++done % perStep === 0) yield;
      for (const edit of task()) edits.push(edit);
    }
    return apart([...edits, ...this.#inserted, ...this.#rewritten]);
  }

  // --- what is where

  #isBroken(place: Entry): boolean {
    // What is closed too late, or not at all, is wrong beside it as well.
    const { start, end } = place.kind === "member" ? place.parent : place;
    return this.#problems.hasWithin({ start: start - 1, end: end + 2 });
  }

  /** `[a: b]` has an object without braces; `? a` a name without its colon. */
  #isBare(place: Entry): boolean {
    const { page } = this;
    const before = skipBlankBack(page.text, place.start, " \t");
    if (place.kind === "member" && page.text[before - 1] === "?" && before < place.start) return true;
    let container: Entry | undefined = place.kind === "member" ? place.parent : place;
    if (container.kind !== "object" && container.kind !== "list") container = container.parent;
    if (container === undefined) return false;
    if (page.isFlow(container)) return !page.hasBrackets(container);
    // Behind a `?` there are lines of another kind.
    const start = entriesOf(container)[0]?.start ?? container.start;
    return /^[ \t]*(?:- *)*\?/.test(page.text.slice(page.lineStart(start), start));
  }

  /** Dashes with nothing behind them are none of a tree's items: where some follow, a list ends elsewhere. */
  #isRagged(place: Entry): boolean {
    const { page } = this;
    if (page.isInFlow(place)) return false;
    const next = page.nextText(page.endOfLines(place));
    if (next === page.text.length) return false;
    const holder = place.kind === "member" ? place : memberHolding(place);
    const isMember = holder !== undefined;
    const dash = place.kind === "member" ? undefined : page.holderEnd(place);
    const start = holder === undefined ? (dash ?? 0) - 1 : page.startOf(holder, holder.parent.start);
    const column = start < 0 ? 0 : page.column(start);
    const depth = page.column(next);
    const isDash = page.text[next] === "-" && !page.text.startsWith("---", next);
    return depth > column || (depth === column && isDash && (isMember || start < 0));
  }

  #edited(container: Container): Edited {
    const known = this.#containers.get(container) ?? { removed: new Map<Entry, Going>(), added: [] };
    this.#containers.set(container, known);
    return known;
  }

  /** Above a member and its comments; as far from it as that is from what stands above it. */
  #insertion(before: Member, added: Added): TextEdit {
    const { page } = this;
    const at = page.lineStart(remarksAbove(page, before.start) ?? before.start);
    const column = page.column(before.start);
    const isApart = at > 0 && page.text.slice(page.lineStart(at - 1), at).trim() === "";
    const lines = [...below([added.block(column)], column), ...(isApart ? [""] : [])];
    return { span: { start: at, end: at }, text: lines.map((line) => line + page.eol).join("") };
  }

  #remove(entry: Entry, host: Host, going: Going = {}): void {
    if (entry.parent === undefined) return;
    this.#edited(entry.parent).removed.set(entry, going);
    const value = entry.kind === "member" ? entry.value : entry;
    if (value !== undefined) this.#mark(this.#entryHosts, value, host);
    else if (entry.kind === "member") this.#renamed.delete(entry);
  }

  /** Comments go along with a member from lines to lines; in brackets there may be no lines for them. */
  #goingTo(to: ObjectNode, member: Member): Going {
    const { page } = this;
    if (page.isFlow(member.parent)) return { left: [] };
    const start = page.startOf(member, member.parent.start);
    if (this.#hasLines(to)) {
      const from = remarksAbove(page, start);
      return from === undefined ? {} : { from };
    }
    const end = page.endOf(member);
    const within = member.value === undefined ? [] : commentsIn(page, member, { start: end, end });
    const behindIt = page.text.slice(end, page.lineEnd(end)).trim();
    return { left: behindIt.startsWith("#") ? [...within, behindIt] : within };
  }

  /** Whether what is new in a container gets lines of its own. */
  #hasLines(container: Container): boolean {
    return !this.page.isFlow(container) || this.#isOpen(container);
  }

  /** Empty brackets behind a name or a dash: what comes into them gets lines, as what is around them has. */
  #isOpen(container: Container): boolean {
    if (entriesOf(container).length > 0 || this.page.isInFlow(container) || this.#isCarried(container)) return false;
    return skipBlank(this.page.text, container.start + 1, " \t") === container.end - 1;
  }

  /** What stands behind a tag has the parent of the call. */
  #mark(hosts: Map<Node, Host>, node: Node, host: Host): void {
    hosts.set(node, host);
    let argument = node.kind === "computed" ? node.call?.argument : undefined;
    while (argument !== undefined) {
      hosts.set(argument, host);
      argument = argument.kind === "computed" ? argument.call?.argument : undefined;
    }
  }

  #replace(node: Node, edits: () => readonly TextEdit[]): void {
    this.#values.set(node, edits);
  }

  /** With what a value goes along. */
  #hostOf(node: Node): Host {
    if (this.#entryHosts.has(node)) return this.#entryHosts.get(node);
    return node.parent === undefined ? undefined : this.#hostWithin(node.parent);
  }

  /** With what goes along what stands in a value. */
  #hostWithin(node: Node): Host {
    if (this.#valueHosts.has(node)) return this.#valueHosts.get(node);
    if (this.#hosts.has(node)) return this.#hosts.get(node);
    const host = this.#hostOf(node);
    this.#hosts.set(node, host);
    return host;
  }

  #task(host: Host, task: () => readonly TextEdit[]): void {
    const tasks = this.#tasks.get(host) ?? [];
    this.#tasks.set(host, tasks);
    tasks.push(task);
  }

  /** A part of the text with the changes in it. */
  #text(host: Carried, { start, end }: Span): string {
    const tasks = this.#tasks.get(host) ?? [];
    this.#tasks.delete(host);
    const edits = apart(tasks.flatMap((task) => task())).flatMap(({ span, text }): TextEdit[] => {
      if (span.end < start || (span.start > end && text === "")) return [];
      // What is new behind comments that stay comes before them.
      const within = {
        start: Math.min(end, Math.max(span.start, start)) - start,
        end: Math.min(span.end, end) - start,
      };
      return [{ span: within, text }];
    });
    return applyEdits(this.page.text.slice(start, end), edits);
  }

  // --- entries

  #edit(container: Container, edited: Edited): readonly TextEdit[] {
    if (edited.added.length === 0 && edited.removed.size === 0) return [];
    const style = this.#styles.at(container);
    if (!this.page.isFlow(container)) {
      // `&name` on the line above goes along with it, but where it is lifted.
      const isLifted = this.#entryHosts.get(container) === container;
      const isAlone = this.page.valueStart(container) === container.start;
      return editBlock(this.page, container, edited, this.#isCarried(container) && (isLifted || isAlone));
    }
    if (!this.#isOpen(container)) return editFlow(this.page, container, edited, style);
    return this.#fill(container, edited.added, style);
  }

  /** What is before it, stays behind. */
  #isCarried(container: Container): boolean {
    return this.#valueHosts.get(container) === container || this.#entryHosts.get(container) === container;
  }

  /** An empty object or list gets lines, as what is around it has. */
  #fill(container: Container, added: readonly Added[], style: Style): readonly TextEdit[] {
    if (added.length === 0) return [];
    const isList = container.kind === "list";
    return put(this.page, container, ({ column, isBehindName }) => {
      const own = isBehindName ? column + (isList ? style.dashes : style.step) : column;
      const entries = added.map((entry) => (isList ? dashed(entry.block(own + 2)) : entry.block(own)));
      return placed(entries, own, isBehindName);
    });
  }

  #new(to: Container, value: Json, key?: string): Added {
    const style = (): Style => this.#styles.at(to);
    return {
      block: (column) => {
        const place = { column, isBehindName: key !== undefined };
        const lines = renderBlock(value, place, style());
        return key === undefined ? lines : named(key, lines, style());
      },
      inline: () => {
        const text = renderInline(value, style());
        return key === undefined ? text : inlineMember(key, text, style());
      },
    };
  }

  #rename({ keySpan, parent }: Member, key: string): TextEdit {
    const { start, end } = keySpan;
    return { span: { start, end }, text: this.#nameAs(this.page.text[start], key, this.page.isFlow(parent)) };
  }

  #nameAs(first: string | undefined, key: string, isInFlow: boolean): string {
    const nameQuote = first === '"' ? "double" : first === "'" ? "single" : "plain";
    return renderName(key, { ...this.#styles.at(undefined), nameQuote, colon: ": " }, isInFlow);
  }

  #enclose(to: ObjectNode, key: string, members: readonly Enclosed[]): void {
    if (members.some(({ member }) => isWithin(to, member))) return;
    const moved = members.map((each) => this.#moved(each.member, each.key, to));
    const style = (): Style => this.#styles.at(to);
    this.#edited(to).added.push({
      block: (column) => {
        const deeper = column + style().step;
        return named(
          key,
          [
            "",
            ...below(
              moved.map((each) => each.block(deeper)),
              deeper,
            ),
          ],
          style(),
        );
      },
      inline: () =>
        inlineMember(
          key,
          inlineObject(
            moved.map((each) => each.inline()),
            style(),
          ),
          style(),
        ),
    });
    for (const { member } of members) this.#remove(member, member, this.#goingTo(to, member));
  }

  /** A member at its new place; its comments go along where each can have its lines again. */
  #moved(member: Member, key: string | undefined, to: ObjectNode): Added {
    const { page } = this;
    const removed = (): Map<Entry, Going> => this.#edited(member.parent).removed;
    const name = (isInFlow: boolean): string =>
      key === undefined
        ? page.text.slice(member.keySpan.start, member.keySpan.end)
        : this.#nameAs(page.text[member.keySpan.start], key, isInFlow);
    return {
      block: (column) => {
        if (page.isFlow(member.parent)) return this.#outOfFlow(member, name(false), column);
        const start = page.startOf(member, member.parent.start);
        const text = this.#text(member, { start, end: page.endOfLines(member) });
        const [first = "", ...rest] = shifted(text, column - page.column(start));
        const lines = [key === undefined ? first : this.#withName(member, start, key, first), ...rest];
        const from = removed().get(member)?.from;
        if (from === undefined) return lines;
        const comments = page.text.slice(from, page.lineEndAbove(start)).split(/\r?\n/);
        return [...comments.map((line) => line.trim()), ...lines].map((line, index) =>
          index > 0 && index <= comments.length ? blanks(column) + line : line,
        );
      },
      inline: () => {
        if (page.isFlow(member.parent)) {
          const start = page.startOf(member, member.parent.start);
          const text = this.#text(member, { start, end: page.endOf(member) });
          return key === undefined ? text : this.#withName(member, start, key, text);
        }
        const { name, text } = this.#intoFlow(member, this.#styles.at(to));
        return inlineMember(key ?? name, text, this.#styles.at(to));
      },
    };
  }

  /** What stands in lines is read again for it, where something changes in it as well. */
  #intoFlow(member: Member, style: Style): { readonly name: string; readonly text: string } {
    let page = this.page;
    let moved = member;
    if (this.#tasks.has(member)) {
      const start = page.startOf(member, member.parent.start);
      const text = this.#text(member, { start, end: page.endOfLines(member) });
      const tree = parseYaml(shifted(text, -page.column(start)).join("\n"));
      if (tree.root?.kind === "object" && tree.root.members[0] !== undefined) {
        page = new Page(tree);
        moved = tree.root.members[0];
      }
    }
    return { name: moved.spelled, text: moved.value === undefined ? "" : inlineOf(page, moved.value, style) };
  }

  /** A text that begins with a member gets another name for it; what stands before the name stays. */
  #withName(member: Member, start: number, key: string, text: string): string {
    const { keySpan } = member;
    const isInFlow = this.page.isFlow(member.parent);
    const renamed = this.#renamed.get(member);
    const old = renamed === undefined ? keySpan.end - keySpan.start : this.#rename(member, renamed).text.length;
    const before = text.slice(0, keySpan.start - start);
    const name = this.#nameAs(this.page.text[keySpan.start], key, isInFlow);
    return before + name + text.slice(before.length + old);
  }

  #outOfFlow(member: Member, name: string, column: number): Lines {
    const renamed = this.#renamed.get(member);
    const { value } = member;
    const key =
      name === this.page.text.slice(member.keySpan.start, member.keySpan.end) && renamed !== undefined
        ? this.#nameAs(name[0], renamed, false)
        : name;
    if (value === undefined) return [`${key}:`];
    const start = this.page.valueStart(value);
    const text = this.#text(member, { start, end: value.end });
    const step = this.#styles.at(undefined).step;
    return behind(`${key}:`, indented(text, column - this.page.indentOf(member.start), column + step));
  }
}

function placesOf(change: Change): readonly Entry[] {
  switch (change.kind) {
    case "set":
    case "wrap":
    case "enlist":
      return [change.node];
    case "add":
    case "append":
      return [change.to];
    case "remove":
      return [change.entry];
    case "rename":
      return [change.member];
    case "move":
      return [change.member, change.to];
    case "enclose":
      return [change.to, ...change.members.map(({ member }) => member)];
    case "lift":
      return [change.part, change.whole];
    case "rewrite":
      return [];
  }
}

function isWithin(container: Container, member: Member): boolean {
  for (let node: Container | undefined = container; node !== undefined; node = node.parent) {
    if (node === member.value) return true;
  }
  return false;
}

/** Without those within others: what goes needs no change any more. */
function apart(edits: readonly TextEdit[]): TextEdit[] {
  const kept: TextEdit[] = [];
  for (const edit of sortEdits(edits)) {
    const last = kept.at(-1);
    if (last === undefined || edit.span.start >= last.span.end) kept.push(edit);
    else if (edit.span.end > last.span.end || edit.span.start === last.span.start) {
      kept[kept.length - 1] = edit.span.end - edit.span.start > last.span.end - last.span.start ? edit : last;
    }
  }
  return kept;
}
