import type { Tree } from "../document/tree.ts";
import { applyEdits, sortEdits, type Span } from "../text.ts";
import { maskEditsBeside } from "./comparison.ts";

/** A text whose secrets are masked, and where in it the places of the text as it was are now. */
export interface Masked {
  readonly text: string;
  moved(span: Span): Span;
}

/** @param before shown beside it, masked as well */
export function masked(tree: Tree, before: Tree): Masked {
  const edits = sortEdits(maskEditsBeside(before, tree));
  const place = (offset: number, side: "start" | "end"): number => {
    let shift = 0;
    for (const { span, text } of edits) {
      if (span.end <= offset) shift += text.length - (span.end - span.start);
      // Within a secret nothing is left to point at but all of it.
      else if (span.start < offset) return span.start + shift + (side === "end" ? text.length : 0);
      else break;
    }
    return offset + shift;
  };
  return { text: applyEdits(tree.text, edits), moved: ({ start, end }) => ({ start: place(start, "start"), end: place(end, "end") }) };
}
