import type { TextEdit } from "../../text.ts";
import type { Entry } from "../change.ts";
import { entriesOf, skipBlank } from "../json/layout.ts";
import type { Container } from "../tree.ts";
import type { Added, Edited, Going } from "./edited.ts";
import type { Page } from "./layout.ts";
import { below, blanks, dashed, type Lines } from "./value.ts";

/** An entry with the lines that are its own. */
interface Slot {
  readonly entry: Entry;
  readonly start: number;
  /** With the comment behind it. */
  readonly end: number;
  readonly going: Going | undefined;
}

/**
 * Entries that stand one below the other become more or fewer.
 * @param isCarried whether the container goes elsewhere, without what is before it
 */
export function editBlock(page: Page, container: Container, edited: Edited, isCarried: boolean): readonly TextEdit[] {
  const slots = slotsOf(page, container, edited);
  const [first] = slots;
  if (first === undefined) return [];
  const column = page.column(first.start);
  const kept = slots.filter(({ going }) => going === undefined);
  const last = kept.at(-1);
  if (last === undefined && !hasOthers(page, slots)) return emptied(page, container, slots, edited.added, isCarried);
  const edits = cutEntries(page, slots, column);
  if (edited.added.length > 0) {
    const at =
      last === undefined ? first.end : behindRemarks(page, container, last, slots[slots.indexOf(last) + 1], column);
    const lines = below(written(container, edited.added, column, dashWidth(page, container, slots)), column);
    edits.push({ span: { start: at, end: at }, text: joined(page, lines) });
  }
  return edits;
}

function slotsOf(page: Page, container: Container, { removed }: Edited): readonly Slot[] {
  let from = container.start;
  return entriesOf(container).map((entry) => {
    const start = page.startOf(entry, from);
    from = page.endOf(entry);
    return { entry, start, end: page.endOfLines(entry), going: removed.get(entry) };
  });
}

/** Names and dashes without a value are none of a tree's entries. */
function hasOthers(page: Page, slots: readonly Slot[]): boolean {
  return slots.some(({ end }, index) => {
    const next = slots[index + 1]?.start;
    if (next === undefined) return false;
    for (let at = skipBlank(page.text, end); at < next; at = skipBlank(page.text, at)) {
      const comment = page.commentAt(at);
      if (comment === undefined) return true;
      at = comment.end;
    }
    return false;
  });
}

/** How far behind the dash items stand. */
function dashWidth(page: Page, container: Container, slots: readonly Slot[]): number {
  if (container.kind !== "list") return 2;
  for (const { entry, start } of slots) {
    const width = entry.start - start;
    if (width >= 2 && width <= 5 && page.text.slice(start + 1, entry.start).trim() === "") return width;
  }
  return 2;
}

function written(container: Container, added: readonly Added[], column: number, width: number): readonly Lines[] {
  if (container.kind === "object") return added.map((entry) => entry.block(column));
  return added.map((entry) => {
    const [first = "", ...others] = dashed(entry.block(column + width));
    return [first.startsWith("- ") ? `-${blanks(width - 1)}${first.slice(2)}` : first, ...others];
  });
}

/** Each on a line of its own, with the line end before it. */
function joined(page: Page, lines: Lines): string {
  return lines.map((line) => page.eol + line).join("");
}

/** All entries go: new ones are in their place, or brackets, without which there would be nothing. */
function emptied(
  page: Page,
  container: Container,
  slots: readonly Slot[],
  added: readonly Added[],
  isCarried: boolean,
): readonly TextEdit[] {
  const [first, ...others] = slots;
  if (first === undefined) return [];
  const column = page.column(first.start);
  const edits = others.map((slot) => cutLines(page, slot, column));
  if (first.going?.from !== undefined) {
    const start = page.lineEndAbove(first.going.from);
    // Above the first line of a text there is no line end that could go.
    if (start < page.lineStart(first.going.from))
      edits.push({ span: { start, end: page.lineEndAbove(first.start) }, text: "" });
    else edits.push({ span: { start, end: page.lineStart(first.start) }, text: "" });
  }
  const left = joined(page, leftLines(first, column));
  if (added.length > 0) {
    const lines = below(written(container, added, column, dashWidth(page, container, slots)), column);
    const text = lines.join(page.eol).slice(column);
    return [...edits, { span: { start: first.start, end: first.end }, text: text + left }];
  }
  const brackets = container.kind === "object" ? "{}" : "[]";
  const header = page.startsLine(first.start) && !isCarried ? page.headerEnd(container) : undefined;
  if (header === undefined) return [...edits, { span: { start: first.start, end: first.end }, text: brackets + left }];
  const at = header;
  return [
    ...edits,
    { span: { start: at, end: at }, text: ` ${brackets}` },
    cutLines(page, { ...first, going: withoutFrom(first.going) }, column),
  ];
}

function withoutFrom(going: Going | undefined): Going {
  return going?.left === undefined ? {} : { left: going.left };
}

function leftLines({ going }: Slot, column: number): Lines {
  return (going?.left ?? []).map((comment) => blanks(column) + comment);
}

function cutEntries(page: Page, slots: readonly Slot[], column: number): TextEdit[] {
  const edits: TextEdit[] = [];
  let index = 0;
  const first = slots[0];
  if (first?.going !== undefined && !page.startsLine(first.start)) {
    // What is next moves up behind the dash.
    let end = first.end;
    const left: string[] = [];
    for (let slot: Slot | undefined = first; slot?.going !== undefined; slot = slots[index]) {
      left.push(...(slot.going.left ?? []));
      end = slot.end;
      index++;
      const next = skipBlank(page.text, end);
      if (next < (slots[index]?.start ?? 0) && slots[index]?.going?.from !== next) break;
    }
    const next = skipBlank(page.text, end);
    const text = left.map((comment) => comment + page.eol + blanks(column)).join("");
    edits.push({ span: { start: first.start, end: next }, text });
  }
  let done = 0;
  for (const slot of slots.slice(index)) {
    if (slot.going === undefined) continue;
    const edit = cutLines(page, slot, column, done);
    done = edit.span.end;
    edits.push(edit);
  }
  return edits;
}

/**
 * The lines of an entry go, each with the line end before it.
 * @param done where what went before ends
 */
function cutLines(page: Page, slot: Slot, column: number, done = 0): TextEdit {
  const { start, end, going } = slot;
  const from = going?.from ?? start;
  const above = page.lineEndAbove(from);
  const left = leftLines(slot, column);
  if (above >= done && above < page.lineStart(from)) return { span: { start: above, end }, text: joined(page, left) };
  // The first lines of a text, or what comes to be.
  if (left.length > 0) return { span: { start: page.lineStart(from), end }, text: left.join(page.eol) };
  return { span: { start: page.lineStart(from), end: page.lineStartBelow(end) }, text: "" };
}

/** Behind the comments below an entry that belong to what ends there. */
function behindRemarks(
  page: Page,
  container: Container,
  { end }: Slot,
  following: Slot | undefined,
  column: number,
): number {
  const outer = page.outerColumn(container);
  // Comments that go along with an entry are not passed.
  const limit = following?.going?.from ?? following?.start ?? page.text.length;
  let at = end;
  for (let line = end; ; ) {
    const next = skipBlank(page.text, line);
    const depth = page.column(next);
    const comment = page.commentAt(next);
    if (comment === undefined || next >= limit || !page.startsLine(next)) return at;
    const isBelow = page.lineStartBelow(line) === page.lineStart(next) && line === at;
    if (depth < column || (depth === column && !(isBelow && column > outer))) return at;
    at = comment.end;
    line = at;
  }
}
