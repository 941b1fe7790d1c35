import { type Masked, maskedWith } from "../document/masking.ts";
import type { Tree } from "../document/tree.ts";
import { maskEditsBeside } from "./comparison.ts";

/** @param before shown beside it, masked as well */
export function masked(tree: Tree, before: Tree): Masked {
  return maskedWith(tree.text, maskEditsBeside(before, tree));
}
