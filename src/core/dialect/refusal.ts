import type { Node } from "../document/tree.ts";
import type { SharedReason } from "../reason.ts";
import { seen } from "./view.ts";

/**
 * Who refuses what is not known where it stands: the tools that make a call of the document, which do it each in their
 * own way, or what deploys a template. Told as a sentence of its own.
 */
export type RefusalReason = SharedReason &
  (
    | { readonly code: `refused:${Refuser}-${Told}`; readonly args?: never }
    | { readonly code: `refused:${Refuser}-named`; readonly args: { readonly member: string } }
    | { readonly code: `refused:${"api" | "cloudformation"}-${"null" | "unknown" | "answered"}`; readonly args?: never }
  );

/** `sam`: the transform takes what it knows, and says nothing of the rest. */
type Refuser = "api" | "cloudformation" | "sam";

/** How the sentence before has named it. */
type Told = "it" | "it-here" | "them" | "them-here";

/** @param object the one that has what is refused */
export function refusal(object: Node, told: Told): RefusalReason {
  return { code: `refused:${refuserIn(object)}-${told}` };
}

export function refusalOf(object: Node, member: string): RefusalReason {
  return { code: `refused:${refuserIn(object)}-named`, args: { member } };
}

/** What no tool takes: a member without a value, a name that it does not know, one that only answers have. */
export function refusalOfAll(object: Node, what: "null" | "unknown" | "answered"): RefusalReason {
  return { code: `refused:${seen(object)?.dialect.deployedBy ?? "api"}-${what}` };
}

function refuserIn(object: Node): Refuser {
  const { deployedBy, overlooks } = seen(object)?.dialect ?? {};
  if (deployedBy === undefined) return "api";
  // What is in something that is not known goes with it.
  let node: Node | undefined = object;
  while (node?.parent !== undefined && seen(node)?.shape === undefined) node = node.parent;
  const shape = node === undefined ? undefined : seen(node)?.shape;
  return shape !== undefined && overlooks?.has(shape.name) === true ? "sam" : deployedBy;
}
