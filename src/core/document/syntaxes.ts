import type { Steps } from "../steps.ts";
import type { TextEdit } from "../text.ts";
import type { Change } from "./change.ts";
import type { Cursor } from "./cursor.ts";
import { cursorAt } from "./json/cursor.ts";
import { editJson, parseJsonInSteps } from "./json/read.ts";
import { renderChanges } from "./json/write.ts";
import type { Syntax, Tree } from "./tree.ts";

/** What each syntax of documents with a tree brings: all else works on trees. */
export interface SyntaxSupport {
  /** Reads a text, complete or half typed. Never throws. */
  read(text: string): Steps<Tree>;
  /** The tree after one edit, at a cost that follows the edit. Takes the old tree over. */
  edit(tree: Tree, edit: TextEdit): Tree;
  /** Minimal edits of the text: everything not concerned stays to the letter. */
  write(tree: Tree, changes: readonly Change[]): Steps<TextEdit[]>;
  /** What may be written at an offset; `undefined` where nothing of a tree may. */
  cursorAt(tree: Tree, offset: number): Cursor | undefined;
}

const json = (syntax: Syntax): SyntaxSupport => ({
  read: (text) => parseJsonInSteps(text, syntax),
  edit: editJson,
  write: renderChanges,
  cursorAt,
});

const brought = new Map<Syntax, SyntaxSupport>([
  ["json", json("json")],
  ["jsonc", json("jsonc")],
]);

/** For a syntax that few documents have: its support is loaded before the first of them is read. */
export function bringSupport(syntax: Syntax, support: SyntaxSupport): void {
  brought.set(syntax, support);
}

export function hasSupport(syntax: Syntax): boolean {
  return brought.has(syntax);
}

export function supportOf(syntax: Syntax): SyntaxSupport {
  const support = brought.get(syntax);
  if (support === undefined) throw new Error(`Nothing was loaded that reads ${syntax}`);
  return support;
}

/** Of a text that may be YAML: JSON is that too, but is read as itself. */
export function syntaxOfTemplate(text: string): Syntax {
  return /^\ufeff?\s*\{/.test(text.slice(0, 1_000)) ? "jsonc" : "yaml";
}
