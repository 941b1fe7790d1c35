import type { Span, TextEdit } from "../../text.ts";
import { entriesOf, isLineEnd, onlyBlank, skipBlank, skipBlankBack } from "../json/layout.ts";
import type { Container } from "../tree.ts";
import type { Added, Edited } from "./edited.ts";
import type { Page } from "./layout.ts";
import type { Style } from "./style.ts";
import { blanks } from "./value.ts";

/** An entry between brackets, with the comma behind it. */
interface Slot {
  readonly start: number;
  readonly end: number;
  readonly comma: number | undefined;
  readonly goes: boolean;
  /** Whether the comment behind it goes with it. */
  readonly takesRemark: boolean;
}

/** Entries in brackets become more or fewer: on one line, or each on its lines, as they are. */
export function editFlow(page: Page, container: Container, edited: Edited, style: Style): readonly TextEdit[] {
  const slots = entriesOf(container).map((entry): Slot => {
    const end = page.endOf(entry);
    const start = page.startOf(entry, container.start);
    const going = edited.removed.get(entry);
    const takesRemark = going !== undefined && going.left === undefined;
    return { start, end, comma: commaAfter(page, end), goes: going !== undefined, takesRemark };
  });
  const kept = slots.filter(({ goes }) => !goes);
  if (kept.length === 0 && !hasComment(page, container, slots))
    return [refilled(page, container, slots, edited.added, style)];
  return [
    ...addEntries(page, container, slots, kept, edited.added, style),
    ...removeEntries(page, container, slots, edited.added.length > 0),
  ];
}

/** What stands between the brackets is new, or nothing any more. */
function refilled(
  page: Page,
  container: Container,
  slots: readonly Slot[],
  added: readonly Added[],
  style: Style,
): TextEdit {
  const inside = { start: container.start + 1, end: container.end - 1 };
  if (added.length === 0) return { span: inside, text: "" };
  const texts = added.map((entry) => entry.inline());
  const [first, last] = [slots[0], slots.at(-1)];
  if (first !== undefined && last !== undefined && page.startsLine(first.start)) {
    const end = last.comma === undefined ? last.end : last.comma + 1;
    return { span: { start: first.start, end }, text: texts.join(`,${page.eol}${blanks(page.column(first.start))}`) };
  }
  const blank = container.kind === "object" ? style.blank : "";
  return { span: inside, text: blank + texts.join(style.comma) + blank };
}

// --- adding

function addEntries(
  page: Page,
  container: Container,
  slots: readonly Slot[],
  kept: readonly Slot[],
  added: readonly Added[],
  style: Style,
): TextEdit[] {
  if (added.length === 0) return [];
  const { text, eol } = page;
  const texts = added.map((entry) => entry.inline());
  const [first, last] = [kept[0], kept.at(-1)];
  if (first === undefined || last === undefined) {
    // There are comments inside: it is before them.
    const at = container.start + 1;
    return [{ span: { start: at, end: at }, text: style.blank + texts.join(style.comma) }];
  }
  const edits: TextEdit[] = [];
  if (last.comma === undefined) edits.push({ span: { start: last.end, end: last.end }, text: "," });
  const behind = last.comma === undefined ? last.end : last.comma + 1;
  const trailing = slots.at(-1)?.comma === undefined ? "" : ",";
  if (!page.startsLine(first.start)) {
    const blank = style.comma.slice(1);
    edits.push({ span: { start: behind, end: behind }, text: blank + texts.join(style.comma) + trailing });
    return edits;
  }
  const comment = page.commentAt(skipBlank(text, behind, " \t"));
  const at = comment?.end ?? behind;
  const indent = eol + blanks(page.indentOf(last.start));
  edits.push({ span: { start: at, end: at }, text: indent + texts.join(`,${indent}`) + trailing });
  return edits;
}

// --- removing

function removeEntries(page: Page, container: Container, slots: readonly Slot[], isAddedTo: boolean): TextEdit[] {
  const cuts: Span[] = [];
  const cut = (start: number, end: number): void => {
    if (start < end) cuts.push({ start, end });
  };
  const lastKept = slots.findLastIndex(({ goes }) => !goes);
  const hasTrailing = slots.at(-1)?.comma !== undefined;
  slots.forEach((slot, index) => {
    if (!slot.goes) return;
    const { start, end, comma, takesRemark } = slot;
    const close = slots[index + 1]?.start ?? container.end - 1;
    const isTogether = comma === undefined || onlyBlank(page.text, end, comma);
    const lines = isTogether ? ownLines(page, start, comma === undefined ? end : comma + 1, takesRemark) : undefined;
    if (lines !== undefined) cut(lines.start, lines.end);
    else if (comma !== undefined && !isTogether) {
      cut(start, end);
      cut(comma, comma + 1);
    } else if (comma !== undefined) cut(start, Math.min(skipBlank(page.text, comma + 1), close));
    else cut(behindComment(page, slots[index - 1]?.end ?? container.start + 1, start), end);
  });
  // Entries behind the last one that stays: its comma separates nothing any more.
  const dangling = slots[lastKept]?.comma;
  if (!isAddedTo && lastKept < slots.length - 1 && !hasTrailing && dangling !== undefined) cut(dangling, dangling + 1);
  return merged(cuts).map((span) => ({ span, text: "" }));
}

/** The lines of an entry, maybe with the comment behind it, where nothing else stands on them. */
function ownLines(page: Page, start: number, end: number, takesRemark: boolean): Span | undefined {
  if (!page.startsLine(start)) return undefined;
  const rest = skipBlank(page.text, end, " \t");
  const behind = (takesRemark ? page.commentAt(rest)?.end : undefined) ?? rest;
  if (!isLineEnd(page.text, behind)) return undefined;
  return { start: page.lineEndAbove(start), end: behind };
}

/** Blanks before an entry go with it, but not the line end of a comment: what follows would become a part of that. */
function behindComment(page: Page, from: number, start: number): number {
  let at = from;
  let comment: Span | undefined;
  while (at < start) {
    const found = page.commentAt(at);
    comment = found ?? comment;
    at = found === undefined ? at + 1 : found.end;
  }
  const isRight = comment !== undefined && onlyBlank(page.text, comment.end, start);
  return skipBlankBack(page.text, start, isRight ? " \t" : " \t\r\n");
}

function merged(cuts: readonly Span[]): Span[] {
  const all: { start: number; end: number }[] = [];
  for (const { start, end } of cuts.toSorted((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else all.push({ start, end });
  }
  return all;
}

/** The comma that follows, behind blanks and comments. */
function commaAfter(page: Page, offset: number): number | undefined {
  let at = skipBlank(page.text, offset);
  for (let comment = page.commentAt(at); comment !== undefined; comment = page.commentAt(at))
    at = skipBlank(page.text, comment.end);
  return page.text[at] === "," ? at : undefined;
}

function hasComment(page: Page, container: Container, slots: readonly Slot[]): boolean {
  let at = container.start + 1;
  for (const { start, end } of [...slots, { start: container.end - 1, end: container.end }]) {
    if (page.text.slice(at, start).includes("#")) return true;
    at = end;
  }
  return false;
}
