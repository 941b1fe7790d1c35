import type { Span } from "../text.ts";
import type { Container, Member } from "./tree.ts";

/** Where in a tree a cursor stands, which may be half typed there. */
export interface Cursor {
  /** The innermost object or list around it. */
  readonly container: Container;
  /** What may be written there: the name of a member, its value, or an item of a list. */
  readonly at: "name" | "value" | "item";
  /** The member whose value is written; `undefined` elsewhere. */
  readonly member: Member | undefined;
  /** What is typed already and would be replaced; empty where nothing is. */
  readonly typed: Span;
  /** Where a comma is missing between it and the entry before: right behind that one. */
  readonly commaAt: number | undefined;
  /**
   * A value or an item may be an object here that begins with the name of its first member, for which no node stands
   * yet: in YAML, on a line of its own, or behind `- `. What must be an object is written so; all else as ever.
   */
  readonly nests?: true;
}
