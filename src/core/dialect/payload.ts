import { getLocation } from "jsonc-parser";
import {
  type Container,
  type Json,
  type Member,
  type Node,
  type ObjectNode,
  stringOf,
  type Tree,
} from "../document/tree.ts";
import { nearest, type Span } from "../text.ts";
import type { Completion } from "./assist.ts";

/** What a member of an API's input may be, as far as completion needs to know it. */
export type PayloadType =
  | { readonly kind: "text" }
  | { readonly kind: "flag" }
  | { readonly kind: "choice"; readonly values: readonly string[] }
  | { readonly kind: "list"; readonly of: PayloadType }
  | { readonly kind: "object"; readonly members: Readonly<Record<string, PayloadType>>; readonly starts?: Json };

/** Where a value is given: in a member, or in an operation that sets one. */
export interface Setting {
  /** What to point at where the value is not what is wrong. */
  readonly at: Span;
  readonly node: Node;
  /** `undefined` where it is no text. */
  readonly text: string | undefined;
  /** `undefined` where an operation gives it. */
  readonly member: Member | undefined;
}

/** Of a member that has its value already; null says that there is none. */
export function settingOf(member: Member | undefined): Setting | undefined {
  const node = member?.value;
  if (
    member === undefined ||
    node === undefined ||
    (node.kind === "scalar" && (node.value === null || node.value === undefined))
  )
    return undefined;
  return { at: member.keySpan, node, text: stringOf(node), member };
}

/** A member that means another one, which the API spells `right`. */
export interface Slip {
  readonly member: Member;
  readonly right: string;
  /** Nothing else beside it means the same. */
  readonly alone: boolean;
}

/**
 * A name as the API spells it, and the names that somebody may write for it; what is one or two characters off is known
 * by itself.
 */
export type Meaning = readonly [right: string, meant: RegExp];

function means(key: string, [right, meant]: Meaning): boolean {
  return meant.test(key) || nearest(key, [right]) !== undefined;
}

/**
 * The member of that name, or else the first that means it. Those that mean it without being it are added to `slips`.
 * @param counts whether a value can be what the name stands for, where it is not the name itself
 */
export function seekMember(
  node: ObjectNode | undefined,
  right: string,
  meant: RegExp,
  slips: Slip[],
  counts: (value: Node) => boolean = () => true,
): Member | undefined {
  let exact: Member | undefined;
  const near: Member[] = [];
  for (const member of node?.members ?? []) {
    // A name still being typed says nothing yet.
    if (member.value === undefined) continue;
    if (member.key === right) exact = member;
    else if (means(member.key, [right, meant]) && counts(member.value)) near.push(member);
  }
  for (const member of near) slips.push({ member, right, alone: exact === undefined && near.length === 1 });
  return exact ?? near[0];
}

/**
 * Whether a value is an object with one of these members, or what means one: somebody's own flag may be called `mtls`
 * too.
 */
export function holdsAny(value: Node, members: readonly Meaning[]): boolean {
  return (
    value.kind === "object" &&
    value.members.some(({ key }) => members.some((member) => key === member[0] || means(key, member)))
  );
}

/** What may stand at an offset inside `node`, which is of this type. */
export function offersAt({ text }: Tree, offset: number, node: Node, type: PayloadType): Completion[] {
  const { path, previousNode: previous, isAtPropertyKey } = getLocation(text, offset);
  const base = pathOf(node);
  if (path.length <= base.length || base.some((step, index) => path[index] !== step)) return [];
  const within = previous !== undefined && previous.offset <= offset && offset <= previous.offset + previous.length;
  const replace = within
    ? { start: previous.offset, end: previous.offset + previous.length }
    : { start: offset, end: offset };
  const inner = path.slice(base.length);
  const found = typeAt(type, isAtPropertyKey ? inner.slice(0, -1) : inner);
  if (!isAtPropertyKey)
    return valuesOf(found).map((value) => ({
      kind: "value",
      label: String(value),
      detail: String(inner.findLast((step) => typeof step === "string") ?? ""),
      replace,
      value,
      required: false,
    }));
  if (found?.kind !== "object") return [];
  const object = nodeAt(node, inner.slice(0, -1));
  const there = new Set(
    object?.kind === "object"
      ? object.members.filter(({ keySpan }) => keySpan.start !== replace.start).map(({ key }) => key)
      : [],
  );
  return Object.entries(found.members)
    .filter(([key]) => !there.has(key))
    .map(([key, of]) => ({
      kind: "member",
      label: key,
      detail: valuesOf(of).join(" | "),
      replace,
      key,
      value: initial(of),
      required: false,
    }));
}

function valuesOf(type: PayloadType | undefined): readonly (string | boolean)[] {
  return type?.kind === "choice" ? type.values : type?.kind === "flag" ? [true, false] : [];
}

function initial(type: PayloadType): Json {
  switch (type.kind) {
    case "text":
    case "choice":
      return "";
    case "flag":
      return false;
    case "list":
      return [];
    case "object":
      return type.starts ?? {};
  }
}

function typeAt(start: PayloadType, path: readonly (string | number)[]): PayloadType | undefined {
  let type: PayloadType | undefined = start;
  for (const step of path) {
    if (type?.kind === "object" && typeof step === "string")
      type = Object.hasOwn(type.members, step) ? type.members[step] : undefined;
    else if (type?.kind === "list" && typeof step === "number") type = type.of;
    else return undefined;
  }
  return type;
}

function nodeAt(root: Node, path: readonly (string | number)[]): Node | undefined {
  let node: Node | undefined = root;
  for (const step of path) {
    if (node?.kind === "list") node = node.items[Number(step)];
    else if (node?.kind === "object") node = node.members.findLast(({ key }) => key === step)?.value;
    else return undefined;
  }
  return node;
}

function pathOf(node: Node): (string | number)[] {
  const path: (string | number)[] = [];
  let child: Node = node;
  for (let parent: Container | undefined = node.parent; parent !== undefined; parent = child.parent) {
    if (parent.kind === "list") path.push(parent.items.indexOf(child));
    else path.push(parent.members.find(({ value }) => value === child)?.key ?? "");
    child = parent;
  }
  return path.reverse();
}

/** `true` where the object has one of these members. */
export function hasAny(node: ObjectNode, keys: readonly string[]): boolean {
  return node.members.some(({ key }) => keys.includes(key));
}
