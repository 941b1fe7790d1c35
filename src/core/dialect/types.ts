import type { Member, Node, ObjectNode } from "../document/tree.ts";
import { lostIn } from "./lost-text.ts";
import type { MemberType, Vocabulary } from "./shape.ts";
import { dialectOf } from "./view.ts";

/** A value that is not of the type of its member. */
export interface Mistyped {
  readonly node: Node;
  readonly type: MemberType;
  /** As the API calls the member that holds it, or the list that it is an item of, and as the document does. */
  readonly key: string;
  readonly called: string;
  /** The shape that has the member; `undefined` for an item of a list. */
  readonly shape: string | undefined;
  /** What a program wrote in place of an object or list. */
  readonly lost: "cut" | "lost" | undefined;
}

/** What a small payload's vocabulary says against the types of its values. */
export interface TypeFacts {
  readonly mistyped: readonly Mistyped[];
  /** Members that are null. */
  readonly nulls: readonly Member[];
}

/** What is below a member that is not known, is not known either. */
export function typesIn(node: Node | undefined, type: MemberType, vocabulary: Vocabulary): TypeFacts {
  const mistyped: Mistyped[] = [];
  const nulls: Member[] = [];
  const members = (object: ObjectNode, shapeName: string): void => {
    const shape = vocabulary.get(shapeName);
    const { judged } = dialectOf(object);
    const isJudged = judged === undefined || judged.has(shapeName);
    for (const member of object.members) {
      const { key, spelled, value } = member;
      const inner = shape?.members.get(key);
      if (inner === undefined || value === undefined) continue;
      // What is judged may stand below what is not.
      if (!isJudged && value.kind !== "object" && !(inner.kind === "shape" && judged.has(inner.shape))) continue;
      if (value.kind === "scalar" && value.value === null) nulls.push(member);
      // What a member must be that only answers have, is not looked at, but for what is in it.
      else if (inner.kind === "shape" || inner.kind === "list" || shape?.unoffered.has(key) === false)
        look(value, inner, key, spelled, shapeName);
    }
  };
  const look = (value: Node, inner: MemberType, key: string, called: string, shape: string | undefined): void => {
    if (value.kind === "computed" || (value.kind === "scalar" && value.value === undefined)) return;
    if (inner.kind === "shape" && value.kind === "object") members(value, inner.shape);
    else if (inner.kind === "list" && value.kind === "list")
      for (const item of value.items) look(item, inner.of, key, called, undefined);
    else if (!isOf(value, inner)) {
      mistyped.push({ node: value, type: inner, key, called, shape, lost: lostIn(value, inner) });
      // One instead of a list of them, or a list of one: what is in it is what it is.
      if (inner.kind === "list" && value.kind === "object" && inner.of.kind === "shape") members(value, inner.of.shape);
      const [only, another] = value.kind === "list" ? value.items : [];
      if (inner.kind === "shape" && only?.kind === "object" && another === undefined) members(only, inner.shape);
    }
  };
  if (node !== undefined) look(node, type, "", "", undefined);
  return { mistyped, nulls };
}

function isOf(node: Node, { kind }: MemberType): boolean {
  const is = node.kind === "scalar" ? typeof node.value : undefined;
  return is === (kind === "enum" ? "string" : kind);
}

/** An object, also one that is all of a list where none belongs: what is in it is judged too. */
export function onlyObject(value: Node | undefined): ObjectNode | undefined {
  const [only, another] = value?.kind === "list" ? value.items : [value];
  return only?.kind === "object" && another === undefined ? only : undefined;
}
