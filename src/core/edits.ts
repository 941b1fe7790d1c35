import { perStep, type Steps, sortedInSteps } from "./steps.ts";
import { editedParts, inOrder, type TextEdit } from "./text.ts";

/** As `applyEdits`, of a large text. */
export function* applyEditsInSteps(text: string, edits: readonly TextEdit[]): Steps<string> {
  const done: string[] = [];
  let parts: string[] = [];
  for (const part of editedParts(text, yield* sortedInSteps(edits, inOrder))) {
    parts.push(part);
    if (parts.length < perStep) continue;
    // Put together here: whoever reads the text first would have to do it for all of it.
    done.push(parts.join(""));
    parts = [];
    yield;
  }
  return done.concat(parts).join("");
}
