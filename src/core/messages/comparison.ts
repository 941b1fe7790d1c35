import * as l10n from "@vscode/l10n";
import { changedSecrets, inOrderOf } from "../cloudfront/comparison.ts";
import { maskEdits } from "../cloudfront/secrets.ts";
import { parseJson } from "../document/json/read.ts";
import { type Masked, mask, maskedWith } from "../document/masking.ts";
import type { Json, Tree } from "../document/tree.ts";
import { applyEdits, type TextEdit } from "../text.ts";

/** Two configs laid out alike, so that a comparison of the texts shows what really differs. */
export interface ComparedTexts {
  readonly left: string;
  readonly right: string;
}

/**
 * The right one takes over the left one's order of members, and of items whose order says nothing. Values of custom
 * headers are masked; where the right one has another value, its mask says so.
 */
export function comparedTexts(left: Json, right: Json): ComparedTexts {
  const [leftTree, rightTree] = [left, inOrderOf(left, right)].map((json) =>
    parseJson(`${JSON.stringify(json, undefined, 4)}\n`, "json"),
  );
  if (leftTree === undefined || rightTree === undefined) throw new Error("A comparison has two sides");
  return {
    left: applyEdits(leftTree.text, maskEdits(leftTree)),
    right: applyEdits(rightTree.text, maskEditsBeside(leftTree, rightTree)),
  };
}

/** @param before shown beside it, masked as well */
export function masked(tree: Tree, before: Tree): Masked {
  return maskedWith(tree.text, maskEditsBeside(before, tree));
}

/** What masks the right text of a comparison: alike masks would hide that a value is another one. */
function maskEditsBeside(left: Tree, right: Tree): TextEdit[] {
  const changed = changedSecrets(left, right);
  const other = JSON.stringify(`${mask} (${l10n.t("different value")})`);
  return maskEdits(right).map((edit) => (changed.has(edit.span.start) ? { ...edit, text: other } : edit));
}
