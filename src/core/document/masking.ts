import { applyEdits, type Span, sortEdits, type TextEdit } from "../text.ts";
import type { ComputedNode, Node } from "./tree.ts";

/** What is shown in place of a secret. */
export const mask = "••••••";

/** A text whose secrets are masked, and where in it the places of the text as it was are now. */
export interface Masked {
  readonly text: string;
  moved(span: Span): Span;
}

/** Calls that say where a value comes from, and nothing of it. */
const reference = /^(?:!(?:Ref|GetAtt|ImportValue|FindInMap|GetAZs|Condition)|\*)$/;

/** What a call makes a value of, as far as it is written there: `!Sub "text"`, `!Join ["", [text, !Ref Part]]`. */
export function writtenIn({ call }: ComputedNode): Node | undefined {
  return call === undefined || reference.test(call.name) ? undefined : call.argument;
}

/** What masks these values, for showing. */
export function maskEditsFor(secrets: Iterable<Node>): TextEdit[] {
  return [...secrets].map(({ start, end }) => ({ span: { start, end }, text: JSON.stringify(mask) }));
}

/** @param masks what masks the secrets of the text */
export function maskedWith(text: string, masks: readonly TextEdit[]): Masked {
  const edits = sortEdits(masks);
  const place = (offset: number, side: "start" | "end"): number => {
    let shift = 0;
    for (const { span, text: shown } of edits) {
      if (span.end <= offset) shift += shown.length - (span.end - span.start);
      // Within a secret nothing is left to point at but all of it.
      else if (span.start < offset) return span.start + shift + (side === "end" ? shown.length : 0);
      else break;
    }
    return offset + shift;
  };
  return {
    text: applyEdits(text, edits),
    moved: ({ start, end }) => ({ start: place(start, "start"), end: place(end, "end") }),
  };
}
