import type { Span } from "../text.ts";

/**
 * What a document says, with the place of every part, whatever its syntax.
 * Positions are UTF-16 offsets. A node is a `Span` itself, so that a finding can point at it.
 */
export interface Tree {
  readonly syntax: Syntax;
  readonly text: string;
  readonly root: Node | undefined;
  /** In document order; empty where the text is well formed. */
  readonly problems: readonly SyntaxProblem[];
  /** Read in pieces: a fault in one member of a section of a template leaves what stands in the others as it is. */
  readonly isCut: boolean;
}

/** `jsonc` tolerates comments and trailing commas. */
export type Syntax = "json" | "jsonc" | "yaml";

export interface SyntaxProblem extends Span {
  /** What the parser calls it. It is not shown: the editor's own support for the syntax reports it. */
  readonly code: string;
}

export type Node = ObjectNode | ListNode | ScalarNode | ComputedNode;
export type Container = ObjectNode | ListNode;

interface Place extends Span {
  /** The object or list this node stands in. */
  parent: Container | undefined;
  start: number;
  end: number;
}

export interface ObjectNode extends Place {
  readonly kind: "object";
  members: Member[];
  /** What was found out about it (`kept.ts`); gone as soon as anything within it is read again. */
  kept: unknown[] | undefined;
}

export interface ListNode extends Place {
  readonly kind: "list";
  items: Node[];
}

export interface ScalarNode extends Place {
  readonly kind: "scalar";
  /** `undefined`: something stands here that cannot be read. */
  readonly value: string | number | boolean | null | undefined;
  /**
   * What stands there without quotes and is no text by YAML 1.1, to which `off` is `false`; `undefined` where it is a
   * text, and in JSON.
   */
  readonly plain?: string;
}

/** What only its reader knows when it runs: a reference, a variable, a placeholder. Unknown is never a finding. */
export interface ComputedNode extends Place {
  readonly kind: "computed";
  /** What is called there, where the syntax has a sign of its own for it. */
  readonly call?: Call;
}

/** `!GetAtt Store.Id` */
export interface Call {
  /** As a tag is written, with its `!`; `*` for an alias, with its name as the argument. */
  readonly name: string;
  /** What stands behind the tag; its parent is the one of the node. */
  readonly argument: Node | undefined;
}

/** A name and its value; the span reaches from the name's first character to the value's last. */
export interface Member extends Span {
  readonly kind: "member";
  /** What the API calls it; no name of the API's where the dialect of the document does not know it. */
  readonly key: string;
  /** As the document writes it. */
  readonly spelled: string;
  /** With its quotes. It has a `parent` as every part of the tree, and moves with it. */
  readonly keySpan: Span;
  /** Missing while the line is being typed. */
  readonly value: Node | undefined;
  readonly parent: ObjectNode;
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The member of that name; the last one where a name is repeated, as JSON readers decide. */
export function memberOf(node: Node | undefined, key: string): Member | undefined {
  if (node?.kind !== "object") return undefined;
  for (let index = node.members.length - 1; index >= 0; index--) {
    const member = node.members[index];
    if (member?.key === key) return member;
  }
  return undefined;
}

export function valueOf(node: Node | undefined, ...path: readonly string[]): Node | undefined {
  let value = node;
  for (const key of path) value = memberOf(value, key)?.value;
  return value;
}

export function objectAt(node: Node | undefined, ...path: readonly string[]): ObjectNode | undefined {
  const value = valueOf(node, ...path);
  return value?.kind === "object" ? value : undefined;
}

export function stringOf(node: Node | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

export function numberOf(node: Node | undefined): number | undefined {
  return node?.kind === "scalar" && typeof node.value === "number" ? node.value : undefined;
}

export function booleanOf(node: Node | undefined): boolean | undefined {
  return node?.kind === "scalar" && typeof node.value === "boolean" ? node.value : undefined;
}

/** Whether a member is called as a pattern says: by its own name, or by the API's for it. */
export function isCalled({ key, spelled }: Member, pattern: RegExp): boolean {
  return pattern.test(spelled) || (key !== spelled && pattern.test(key));
}

export function isContainer(node: Node): node is Container {
  return node.kind === "object" || node.kind === "list";
}

/** Whether an object has a name without a value: while it is being typed, nothing is missing. */
export function isUnfinished(node: ObjectNode | undefined): boolean {
  return node?.members.some(({ value }) => value === undefined) === true;
}

export function isComputed(node: Node | undefined): boolean {
  return node?.kind === "computed";
}

/** The innermost object or list around an offset, from the root down. */
export function containersAt(root: Node | undefined, offset: number): Container[] {
  const path: Container[] = [];
  let node = withoutCalls(root);
  while (node !== undefined && isContainer(node) && isBegun(node, offset) && offset < node.end) {
    path.push(node);
    node = withoutCalls(childAt(node, offset));
  }
  return path;
}

/** In block style, an object has no sign before its first name. */
function isBegun(node: Container, offset: number): boolean {
  return node.start < offset || (node.start === offset && node.kind === "object" && node.members[0]?.start === offset);
}

/** What a call is given, and a call within it. */
export function withoutCalls(node: Node | undefined): Node | undefined {
  let inner = node;
  while (inner?.kind === "computed" && inner.call?.argument !== undefined) inner = inner.call.argument;
  return inner;
}

/** The child that holds an offset, found by halving: a list of origins may be long. */
function childAt(container: Container, offset: number): Node | undefined {
  const entry = entryAt(container, offset);
  return entry === undefined ? undefined : entry.kind === "member" ? entry.value : entry;
}

export function entriesOf(container: Container): readonly (Member | Node)[] {
  return container.kind === "object" ? container.members : container.items;
}

/** The last entry that begins before an offset, found by halving. */
export function entryBefore(container: Container, offset: number): Member | Node | undefined {
  const entries = entriesOf(container);
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.start ?? Number.POSITIVE_INFINITY) < offset) low = middle + 1;
    else high = middle;
  }
  return entries[low - 1];
}

export function entryAt(container: Container, offset: number): Member | Node | undefined {
  const entries = entriesOf(container);
  let low = 0;
  let high = entries.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const entry = entries[middle];
    if (entry === undefined) return undefined;
    if (offset < entry.start) high = middle - 1;
    else if (offset > entry.end) low = middle + 1;
    else return entry;
  }
  return undefined;
}

/** What stands right in it: the values of an object's members, the items of a list. */
export function childrenOf(node: Node): readonly Node[] {
  if (node.kind === "list") return node.items;
  return node.kind === "object" ? node.members.flatMap(({ value }) => value ?? []) : [];
}
