import type { Entry } from "../change.ts";
import type { Lines } from "./value.ts";

/** An entry that is new in a container. */
export interface Added {
  /** Its lines at a column, without dash; the first one without its blanks. */
  block(column: number): Lines;
  /** On a line with others, in brackets. */
  inline(): string;
}

/** What goes with an entry, and what stays of it. */
export interface Going {
  /** Where the comments above begin that go along. */
  readonly from?: number;
  /** Comments of it that do not go along: its new place has no lines for them, or the old one is in brackets. */
  readonly left?: readonly string[];
}

/** What becomes of a container's entries. */
export interface Edited {
  readonly removed: Map<Entry, Going>;
  readonly added: Added[];
}
