import { atOnce, finish, type Steps } from "../../steps.ts";
import { applyEdits, type TextEdit } from "../../text.ts";
import type { Tree } from "../tree.ts";
import { parsePart } from "./nodes.ts";

/** Reads YAML, complete or half typed. Never throws. */
export function parseYaml(text: string): Tree {
  return finish(parseYamlInSteps(text));
}

export function parseYamlInSteps(text: string): Steps<Tree> {
  return atOnce(() => ({ syntax: "yaml", text, ...parsePart(text, 0) }));
}

/** The tree after one edit. */
export function editYaml(tree: Tree, edit: TextEdit): Tree {
  return parseYaml(applyEdits(tree.text, [edit]));
}
