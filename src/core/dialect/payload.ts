import { isCalled, type Member, type Node, type ObjectNode, stringOf } from "../document/tree.ts";
import { nearest, type Span } from "../text.ts";
import { isSpelledIn, nameOf } from "./spell.ts";
import { siteOf } from "./view.ts";

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
  /** `right` as the dialect spells it. */
  readonly called: string;
  /** Nothing else beside it means the same. */
  readonly alone: boolean;
}

/**
 * A name as the API spells it, and other names that may be written for it; one or two wrong characters are recognised
 * anyway.
 */
export type Meaning = readonly [right: string, meant: RegExp];

/** Whether a member is what a meaning says, in whatever spelling. */
export function means(member: Member, [right, meant]: Meaning): boolean {
  return isCalled(member, meant) || nearest(member.spelled, [nameOf(member.parent, right)]) !== undefined;
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
    else if (means(member, [right, meant]) && counts(member.value)) near.push(member);
  }
  // What the dialect does not have, is not written otherwise.
  if (node !== undefined && near.length > 0 && isSpelledIn(node, right))
    for (const member of near)
      slips.push({ member, right, called: nameOf(node, right), alone: exact === undefined && near.length === 1 });
  return exact ?? near[0];
}

/**
 * Whether a value is an object with one of these members, or what means one: a flag of the user's own may be called
 * `mtls` too.
 */
export function holdsAny(value: Node, members: readonly Meaning[]): boolean {
  return (
    value.kind === "object" &&
    value.members.some((one) => members.some((member) => one.key === member[0] || means(one, member)))
  );
}

/** `true` where the object has one of these members. */
export function hasAny(node: ObjectNode, keys: readonly string[]): boolean {
  return node.members.some(({ key }) => keys.includes(key));
}

/**
 * Whether an object has single values alone. `--query` makes such lines of an answer, of columns of one's own: alone in
 * a file, one cannot be told from an input that has its members in the wrong place. A resource of a template is none.
 */
export function isLine(node: Node): boolean {
  if (siteOf(node) !== undefined) return false;
  return node.kind === "object" && node.members.every(({ value }) => value === undefined || value.kind === "scalar");
}
