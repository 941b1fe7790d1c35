import { setImmediate } from "node:timers/promises";
import { type AcceptanceAnswer, type AcceptanceQuestion, acceptance } from "../../core/truststore/acceptance.ts";
import type { PathOptions, Search } from "../../core/x509/path/search.ts";
import type { Verdict } from "../../core/x509/path/verdicts.ts";
import type { SignatureChecker } from "./crypto.ts";

export interface Answering {
  readonly checker: SignatureChecker;
  readonly signal?: AbortSignal | undefined;
  /** In milliseconds: how long one turn takes at most, but for a single signature that takes longer. */
  readonly slice?: number;
  readonly options?: Partial<Omit<PathOptions, "at">>;
}

/** Would this client be let in? `undefined`: aborted. */
export function answerAcceptance(
  question: AcceptanceQuestion,
  { options, ...answering }: Answering,
): Promise<AcceptanceAnswer | undefined> {
  return driveInSlices(acceptance(question, options), answering);
}

/** Verifies what a search asks for, and yields to other work after each slice. */
export async function driveInSlices<Result>(
  search: Search<Result>,
  { checker, signal, slice = 8 }: Omit<Answering, "options">,
): Promise<Result | undefined> {
  let verdict: Verdict | undefined;
  let longest = 0;
  for (;;) {
    await setImmediate();
    if (signal?.aborted === true) return undefined;
    const start = performance.now();
    let now = start;
    // What one more step may take belongs to the slice too.
    do {
      const step = search.next(verdict);
      if (step.done === true) return step.value;
      verdict = step.value && checker.check(step.value.issuer, step.value.subject);
      const after = performance.now();
      longest = Math.max(longest * 0.9, after - now);
      now = after;
    } while (now - start + longest <= slice);
  }
}
