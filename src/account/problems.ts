// Problems of two texts beside each other: which a change brings, and where they stand in what is shown of it.
import type { Masked } from "../core/document/masking.ts";
import type { Problem } from "../core/rules/rule.ts";

export interface Brought {
  /** Those that the change brings. */
  readonly introduced: readonly Problem[];
  /** Those that were there before and stay. */
  readonly standing: readonly Problem[];
}

/** A problem that was there twice and is there three times was introduced once. */
export function broughtBy(before: readonly Problem[], after: readonly Problem[]): Brought {
  const known = new Map<string, number>();
  for (const problem of before) known.set(identity(problem), (known.get(identity(problem)) ?? 0) + 1);
  const introduced: Problem[] = [];
  const standing: Problem[] = [];
  for (const problem of after) {
    const left = known.get(identity(problem)) ?? 0;
    known.set(identity(problem), left - 1);
    (left > 0 ? standing : introduced).push(problem);
  }
  return { introduced, standing };
}

/** By rule, reason and what it is about: where it stands in the text is another place after each change. */
function identity({ rule, origin, certificate, reason }: Problem): string {
  return JSON.stringify([rule.id, origin, certificate, reason]);
}

/** A finding at its place in the masked text. */
export function movedProblem(problem: Problem, { moved }: Pick<Masked, "moved">): Problem {
  return {
    ...problem,
    at: moved(problem.at),
    ...(problem.related === undefined
      ? {}
      : { related: problem.related.map((related) => ({ ...related, at: moved(related.at) })) }),
  };
}
