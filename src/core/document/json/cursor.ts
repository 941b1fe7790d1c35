import { createScanner } from "jsonc-parser";
import type { Span } from "../../text.ts";
import type { Cursor } from "../cursor.ts";
import {
  type Container,
  containersAt,
  entryAt,
  entryBefore,
  isContainer,
  type Member,
  type Node,
  type Tree,
} from "../tree.ts";

/** What the scanner of jsonc-parser calls its tokens; all up to the colon are signs. */
const token = { comma: 5, colon: 6, lineComment: 12, blockComment: 13, unknown: 16, end: 17 } as const;

/** `undefined` outside every object and list, and in a comment. */
export function cursorAt(tree: Tree, offset: number): Cursor | undefined {
  const container = containersAt(tree.root, offset).at(-1);
  if (container === undefined) return undefined;
  const entry = entryAt(container, offset);
  if (entry === undefined || isBehind(entry, offset)) return inGap(tree.text, container, offset);
  const commaAt = missingComma(tree.text, container, entry.start);
  if (entry.kind !== "member")
    return { container, at: "item", member: undefined, typed: typedOf(entry, offset), commaAt };
  if (offset <= entry.keySpan.end) return { container, at: "name", member: undefined, typed: entry.keySpan, commaAt };
  if (entry.value !== undefined && entry.value.start <= offset)
    return { container, at: "value", member: entry, typed: typedOf(entry.value, offset), commaAt: undefined };
  return inGap(tree.text, container, offset);
}

/** An object or list is over with its last sign; a text or number may be typed on. */
function isBehind(entry: Member | Node, offset: number): boolean {
  const value = entry.kind === "member" ? entry.value : entry;
  return value !== undefined && isContainer(value) && value.end === offset;
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
  const before = entryBefore(container, offset);
  const end = before === undefined ? undefined : endOf(before);
  const isOver = end !== undefined && end <= offset;
  let isValue = false;
  let hasComma = before === undefined;
  let typed: Span = { start: offset, end: offset };
  const scanner = createScanner(text, false);
  // Inside a member that has its name and no value yet, the colon stands behind the name.
  scanner.setPosition(
    before === undefined
      ? container.start + 1
      : isOver
        ? end
        : before.kind === "member"
          ? before.keySpan.end
          : before.end,
  );
  for (let next: number = scanner.scan(); next !== token.end; next = scanner.scan()) {
    const start = scanner.getTokenOffset();
    if (start > offset || (start === offset && next <= token.colon)) break;
    const stop = start + scanner.getTokenLength();
    if (next === token.lineComment && start < offset && offset <= stop) return undefined;
    if (next === token.blockComment && start < offset && offset < stop) return undefined;
    if (next >= token.lineComment && next < token.unknown) continue;
    if (next === token.comma) {
      isValue = false;
      hasComma = true;
    } else if (next === token.colon) isValue = true;
    else if (offset <= stop) typed = { start, end: stop };
  }
  const commaAt = isOver && !hasComma ? end : undefined;
  if (container.kind === "list") return { container, at: "item", member: undefined, typed, commaAt };
  return isValue && !isOver && !hasComma && before?.kind === "member"
    ? { container, at: "value", member: before, typed, commaAt }
    : { container, at: "name", member: undefined, typed, commaAt };
}

/** Where an entry that is written to its end ends. */
function endOf(entry: Member | Node): number | undefined {
  return entry.kind === "member" ? entry.value?.end : entry.end;
}

function missingComma(text: string, container: Container, start: number): number | undefined {
  const before = entryBefore(container, start);
  const end = before === undefined ? undefined : endOf(before);
  if (end === undefined) return undefined;
  const scanner = createScanner(text, true);
  scanner.setPosition(end);
  return scanner.scan() === token.comma ? undefined : end;
}
