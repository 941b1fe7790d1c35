/**
 * Work that can be left for a while after each of its steps, and given up there: whoever drives it decides by a clock,
 * which core has not. No step takes longer because the text is longer.
 */
export type Steps<Result> = Generator<void, Result, void>;

/** All at once: what most documents are worth. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** For what is quick whatever the document. */
export function* atOnce<Result>(run: () => Result): Steps<Result> {
  yield;
  return run();
}

/** How many things of a list are one step. */
export const perStep = 256;
/** How many characters are. */
export const charactersPerStep = 65_536;
