import { type AcceptanceAnswer, type AcceptanceQuestion, acceptance } from "../../core/truststore/acceptance.ts";
import type { PathOptions, Search } from "../../core/x509/path/search.ts";
import type { Verdict } from "../../core/x509/path/verdicts.ts";
import type { SignatureChecker } from "./crypto.ts";
import { inSlices, type Slicing } from "./turns.ts";

export interface Answering extends Slicing {
  readonly checker: SignatureChecker;
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
export function driveInSlices<Result>(
  search: Search<Result>,
  { checker, ...slicing }: Omit<Answering, "options">,
): Promise<Result | undefined> {
  let verdict: Verdict | undefined;
  return inSlices(() => {
    const step = search.next(verdict);
    if (step.done !== true) verdict = step.value && checker.check(step.value.issuer, step.value.subject);
    return step;
  }, slicing);
}
