import { perStep, type Steps } from "../../steps.ts";
import type { Span, TextEdit } from "../../text.ts";
import type { Change, Entry } from "../change.ts";
import type { Container, Json, Member, Node, Tree } from "../tree.ts";
import {
  commaAfter,
  commentAt,
  entriesOf,
  hasComment,
  isLineEnd,
  Lines,
  onlyBlank,
  remarksOf,
  type Style,
  skipBlank,
  skipBlankBack,
  startsLine,
  styleOf,
} from "./layout.ts";

/** How an entry is written, and the comments behind it on its line. */
interface Rendered {
  readonly text: string;
  readonly behind?: string;
}

type Render = (indent: string, inline: boolean) => Rendered;

/** Entries that go, with the lines that go with them where their comments go along. */
type Removed = Map<Entry, Span | undefined>;

/** Minimal edits of `tree.text`: everything not concerned stays to the letter. */
export function* renderChanges(tree: Tree, changes: readonly Change[]): Steps<TextEdit[]> {
  const lines = new Lines(tree.text);
  // To look for all lines is worth it only where it is asked for.
  if (changes.length > perStep) yield* lines.build();
  const style = styleOf(tree, lines);
  const edits: TextEdit[] = [];
  const containers = new Map<Container, { readonly removed: Removed; readonly added: Render[] }>();
  const edited = (container: Container) => {
    const known = containers.get(container) ?? { removed: new Map<Entry, undefined>(), added: [] };
    containers.set(container, known);
    return known;
  };
  const remove = (entry: Entry, withLines?: Span): void => {
    if (entry.parent !== undefined) edited(entry.parent).removed.set(entry, withLines);
  };
  /** A member at its new place; its comments go along where each can have its lines again. */
  const moved = (member: Member, key: string | undefined, indent: string, inline: boolean): Rendered => {
    const remarks = inline ? undefined : remarksOf(tree.text, member);
    remove(member, remarks?.lines);
    const start = remarks?.start ?? member.start;
    const text = reindent(tree.text, { start, end: member.end }, lines, indent);
    if (key === undefined) return { text, behind: remarks?.behind ?? "" };
    const before = reindent(tree.text, { start, end: member.keySpan.start }, lines, indent);
    const rest = reindent(tree.text, { start, end: member.keySpan.end }, lines, indent).length;
    return { text: before + JSON.stringify(key) + text.slice(rest), behind: remarks?.behind ?? "" };
  };

  let rendered = 0;
  for (const change of changes) {
    if (++rendered % perStep === 0) yield;
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
        if (change.before !== undefined && startsLine(tree.text, change.before.start)) {
          const { start } = remarksOf(tree.text, change.before)?.lines ?? change.before;
          const at = skipBlankBack(tree.text, start, " \t");
          const indent = lines.indent(change.before.start);
          const text = JSON.stringify(change.key) + style.colon + renderValue(change.value, indent, style, false);
          edits.push({ span: { start: at, end: at }, text: `${indent}${text},${style.eol}` });
          break;
        }
        edited(change.to).added.push((indent, inline) => ({
          text: JSON.stringify(change.key) + style.colon + renderValue(change.value, indent, style, inline),
        }));
        break;
      case "append":
        edited(change.to).added.push((indent, inline) => ({ text: renderValue(change.value, indent, style, inline) }));
        break;
      case "remove":
        remove(change.entry);
        break;
      case "rename":
        edits.push({ span: change.member.keySpan, text: JSON.stringify(change.key) });
        break;
      case "move":
        edited(change.to).added.push((indent, inline) => moved(change.member, change.key, indent, inline));
        remove(change.member);
        break;
      case "enclose":
        edited(change.to).added.push((indent, inline) => {
          const deeper = inline ? indent : indent + style.indent;
          const members = change.members.map(({ member, key }) => moved(member, key, deeper, inline));
          return { text: JSON.stringify(change.key) + style.colon + enclosed(members, indent, inline, style) };
        });
        for (const { member } of change.members) remove(member);
        break;
      case "rewrite":
        edits.push(change.edit);
        break;
      case "lift": {
        edits.push({ span: spanOf(change.whole), text: lifted(tree, change, style, lines) });
        break;
      }
    }
  }
  // What is added says which lines go with what is moved.
  for (const [container, { removed, added }] of containers) {
    if (++rendered % perStep === 0) yield;
    for (const edit of addEntries(tree.text, container, removed, added, style, lines)) edits.push(edit);
  }
  for (const [container, { removed, added }] of containers) {
    if (++rendered % perStep === 0) yield;
    for (const edit of removeEntries(tree.text, container, removed, added.length > 0)) edits.push(edit);
  }
  return edits;
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

// --- removing

function removeEntries(text: string, container: Container, removed: Removed, isAddedTo: boolean): TextEdit[] {
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
    const whole = removed.get(entry);
    if (whole !== undefined) {
      cut(whole.start, endOfLine(text, whole.end));
      return;
    }
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
  const danglingComma =
    !isAddedTo && lastKept >= 0 && lastKept < entries.length - 1 && !trailingComma ? commas[lastKept] : undefined;
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
  return [lineStart, endOfLine(text, rest)];
}

/** Behind the line end that is there. */
function endOfLine(text: string, offset: number): number {
  return text.startsWith("\r\n", offset) ? offset + 2 : offset + 1;
}

// --- adding

function addEntries(
  text: string,
  container: Container,
  removed: Removed,
  added: readonly Render[],
  style: Style,
  lines: Lines,
): TextEdit[] {
  if (added.length === 0) return [];
  const entries = entriesOf(container);
  const kept = entries.filter((entry) => !removed.has(entry));
  const last = kept.at(-1);
  const closeIndent = lines.indent(container.start);
  if (last === undefined) {
    const at = container.start + 1;
    if (style.oneLine) return [{ span: { start: at, end: at }, text: onOneLine(added, "", style) }];
    const indent = closeIndent + style.indent;
    const rendered = onLines(added, indent, style, false);
    const closed = text.slice(at, container.end - 1).includes("\n") && removed.size === 0;
    return [{ span: { start: at, end: at }, text: closed ? rendered : rendered + style.eol + closeIndent }];
  }

  const comma = commaAfter(text, last.end);
  const isTrailing = comma !== undefined && commaAfter(text, entries.at(-1)?.end ?? last.end) !== undefined;
  const edits: TextEdit[] = [];
  if (comma === undefined) edits.push({ span: { start: last.end, end: last.end }, text: "," });
  const behind = comma === undefined ? last.end : comma + 1;
  if (!startsLine(text, kept[0]?.start ?? last.start)) {
    const rendered = onOneLine(added, closeIndent, style);
    const blank = style.oneLine && style.colon === ":" ? "" : " ";
    edits.push({ span: { start: behind, end: behind }, text: blank + rendered + (isTrailing ? "," : "") });
    return edits;
  }
  const at = endOfEntryLine(text, behind);
  const indent = lines.indent(last.start);
  const rendered = added.map((render) => render(indent, false));
  // The container may end on this line: not within a comment.
  const isCut = rendered.at(-1)?.behind?.includes("//") === true && !isLineEnd(text, skipBlank(text, at, " \t"));
  const rest = isCut ? style.eol + closeIndent : "";
  edits.push({ span: { start: at, end: at }, text: joined(rendered, indent, style, isTrailing) + rest });
  return edits;
}

function onOneLine(added: readonly Render[], indent: string, style: Style): string {
  return added.map((render) => render(indent, true).text).join(separator(style));
}

/** Each on lines of its own, with the line end before them. */
function onLines(added: readonly Render[], indent: string, style: Style, trailingComma: boolean): string {
  return joined(
    added.map((render) => render(indent, false)),
    indent,
    style,
    trailingComma,
  );
}

function joined(entries: readonly Rendered[], indent: string, { eol }: Style, trailingComma: boolean): string {
  return entries
    .map(({ text, behind = "" }, index) => {
      const comma = trailingComma || index < entries.length - 1 ? "," : "";
      return `${eol}${indent}${text}${comma}${behind === "" ? "" : ` ${behind}`}`;
    })
    .join("");
}

function enclosed(members: readonly Rendered[], indent: string, inline: boolean, style: Style): string {
  if (!inline) return `{${joined(members, indent + style.indent, style, false)}${style.eol}${indent}}`;
  const texts = members.map(({ text }) => text);
  return style.oneLine && style.colon === ":" ? `{${texts.join(",")}}` : `{ ${texts.join(", ")} }`;
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

/** A part as it stands, below the comments of what was around it. */
function lifted(
  { text, root }: Tree,
  { part, whole }: Change & { readonly kind: "lift" },
  { eol }: Style,
  lines: Lines,
): string {
  const indent = lines.indent(whole.start);
  const comments = [
    ...commentsIn(text.slice(whole.start, part.start)),
    ...commentsIn(text.slice(part.end, whole.end)),
  ].map((comment) => comment + eol + indent);
  const isWithin = whole !== root && !startsLine(text, whole.start);
  const start = comments.length > 0 && isWithin ? eol + indent : "";
  return start + comments.join("") + reindent(text, part, lines, indent);
}

/** Of a text that begins outside a string. */
function commentsIn(text: string): readonly string[] {
  return [...text.matchAll(/"(?:[^"\\]|\\[^]?)*(?:"|$)|(\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$))/g)].flatMap(
    ([, comment]) => comment ?? [],
  );
}

/** The text of a part as it stands, moved to another depth. */
function reindent(text: string, part: Span, lines: Lines, indent: string): string {
  const old = lines.indent(part.start);
  const [first = "", ...rest] = text.slice(part.start, part.end).split("\n");
  return [first, ...rest.map((line) => (line.startsWith(old) ? indent + line.slice(old.length) : line))].join("\n");
}
