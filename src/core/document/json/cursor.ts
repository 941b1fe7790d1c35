import { createScanner } from "jsonc-parser";
import type { Span } from "../../text.ts";
import type { Cursor } from "../cursor.ts";
import { type Container, containersAt, entryAt, type Member, type Node, type Tree } from "../tree.ts";

/** What the scanner of jsonc-parser calls its tokens; all up to the colon are signs. */
const token = { comma: 5, colon: 6, lineComment: 12, blockComment: 13, unknown: 16, end: 17 } as const;

/** `undefined` outside every object and list, and in a comment. */
export function cursorAt(tree: Tree, offset: number): Cursor | undefined {
  const container = containersAt(tree.root, offset).at(-1);
  if (container === undefined) return undefined;
  const entry = entryAt(container, offset);
  if (entry === undefined) return inGap(tree.text, container, offset);
  if (entry.kind !== "member") return { container, at: "item", member: undefined, typed: typedOf(entry, offset) };
  if (offset <= entry.keySpan.end) return { container, at: "name", member: undefined, typed: entry.keySpan };
  if (entry.value !== undefined && entry.value.start <= offset)
    return { container, at: "value", member: entry, typed: typedOf(entry.value, offset) };
  return inGap(tree.text, container, offset);
}

/** A text or number is replaced as a whole; an object or list ends where the cursor is. */
function typedOf(node: Node, offset: number): Span {
  return node.kind === "scalar" ? { start: node.start, end: node.end } : { start: offset, end: offset };
}

/**
 * Between two entries only the signs since the one before tell what may follow; what is unfinished there stands in no
 * tree.
 */
function inGap(text: string, container: Container, offset: number): Cursor | undefined {
  const entries: readonly (Member | Node)[] = container.kind === "object" ? container.members : container.items;
  const before = lastBefore(entries, offset);
  const isObject = container.kind === "object";
  let isValue = false;
  let isBehind = before !== undefined;
  let typed: Span = { start: offset, end: offset };
  const scanner = createScanner(text, false);
  // Inside a member that has its name and no value yet, the colon stands behind the name.
  scanner.setPosition(
    before === undefined ? container.start + 1 : before.kind === "member" ? before.keySpan.end : before.end,
  );
  if (before?.kind === "member" && before.value !== undefined && before.value.end <= offset) {
    scanner.setPosition(before.value.end);
    isValue = true;
  }
  for (let next: number = scanner.scan(); next !== token.end; next = scanner.scan()) {
    const start = scanner.getTokenOffset();
    if (start > offset || (start === offset && next <= token.colon)) break;
    const end = start + scanner.getTokenLength();
    if (next === token.lineComment && start < offset && offset <= end) return undefined;
    if (next === token.blockComment && start < offset && offset < end) return undefined;
    if (next >= token.lineComment && next < token.unknown) continue;
    if (next === token.comma) {
      isValue = false;
      isBehind = false;
    } else if (next === token.colon) isValue = true;
    else if (offset <= end) typed = { start, end };
  }
  if (!isObject) return { container, at: "item", member: undefined, typed };
  return isValue && isBehind && before?.kind === "member"
    ? { container, at: "value", member: before, typed }
    : { container, at: "name", member: undefined, typed };
}

function lastBefore(entries: readonly (Member | Node)[], offset: number): Member | Node | undefined {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.start ?? Number.POSITIVE_INFINITY) < offset) low = middle + 1;
    else high = middle;
  }
  return entries[low - 1];
}
