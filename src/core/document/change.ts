import type { TextEdit } from "../text.ts";
import type { Json, ListNode, Member, Node, ObjectNode } from "./tree.ts";

/**
 * What should become true of a document. How the text says it (indentation, line ends, commas,
 * comments around it) is decided by the writer of its syntax alone.
 */
export type Change =
  /** The value becomes another one. */
  | { readonly kind: "set"; readonly node: Node; readonly value: Json }
  /** The object gets one more member, behind those it has, or right before one of them that has a line of its own. */
  | {
      readonly kind: "add";
      readonly to: ObjectNode;
      readonly key: string;
      readonly value: Json;
      readonly before?: Member | undefined;
    }
  /** The list gets one more item, behind those it has. */
  | { readonly kind: "append"; readonly to: ListNode; readonly value: Json }
  /** The member or list item goes; comments around it stay. */
  | { readonly kind: "remove"; readonly entry: Entry }
  | { readonly kind: "rename"; readonly member: Member; readonly key: string }
  /**
   * The member, as it is written, goes behind the last member of another object, maybe by another name. The comments
   * that stand with it go along where it has lines for itself, here and there.
   */
  | { readonly kind: "move"; readonly member: Member; readonly to: ObjectNode; readonly key?: string }
  /** Members go so into a new object, behind the last member of one that there is. */
  | {
      readonly kind: "enclose";
      readonly to: ObjectNode;
      readonly key: string;
      readonly members: readonly Enclosed[];
    }
  /** A part, as it is written, takes the place of the whole that holds it. */
  | { readonly kind: "lift"; readonly part: Node; readonly whole: Node }
  /** The value, as it is written, gets an object around it: its last member, behind others. */
  | {
      readonly kind: "wrap";
      readonly node: Node;
      readonly key: string;
      readonly before: { readonly [key: string]: Json };
    }
  /** The value, as it is written, becomes the only item of a list. */
  | { readonly kind: "enlist"; readonly node: Node }
  /** Characters become others: what `core/pem` says of a text that has no tree. */
  | Rewrite;

export interface Enclosed {
  readonly member: Member;
  /** Where it gets another name. */
  readonly key?: string;
}

export interface Rewrite {
  readonly kind: "rewrite";
  readonly edit: TextEdit;
}

export type Entry = Member | Node;
