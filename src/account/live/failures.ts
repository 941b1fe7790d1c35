import * as l10n from "@vscode/l10n";
import { type Failure, isFailure } from "../../core/failure.ts";
import type { Caller } from "./caller.ts";
import { toldFailure } from "./told.ts";
import type { LiveTools } from "./tools.ts";

export interface Explanation {
  /** What we found out ourselves; told apart from what AWS says. */
  readonly own?: string | undefined;
  /** What has or has not happened so far. */
  readonly standing?: string | undefined;
  /** What trying again is called; left out: there is nothing to try. */
  readonly again?: string;
}

export type FailureTools = Pick<LiveTools, "ui" | "policyText">;

/**
 * Says what went wrong, with what helps against it.
 * @returns whether to try again
 */
export async function explainFailure(
  failure: Failure,
  { ui, policyText }: FailureTools,
  { own, standing, again }: Explanation = {},
): Promise<boolean> {
  const copyPolicy = l10n.t("Copy IAM Policy");
  const copyCommand = l10n.t("Copy Command");
  const chooseProfile = l10n.t("Select AWS Profile…");
  const kind = failure.failure;
  const answers = [
    ...(again === undefined ? [] : [again]),
    ...(kind === "denied" ? [copyPolicy] : []),
    ...(failure.command === undefined ? [] : [copyCommand]),
    ...(kind === "signed-out" || kind === "denied" || kind === "not-found" ? [chooseProfile] : []),
  ];
  const message = { ...toldFailure(failure), diagnosis: own, standing };
  for (;;) {
    const answer =
      answers.length === 0 ? undefined : await ui.ask(message, answers, kind === "cancelled" ? "info" : "error");
    if (answers.length === 0) await ui.say(message, kind === "cancelled" ? "info" : "error");
    if (answer === chooseProfile) await ui.leaveFor({ to: "profiles" });
    else if (answer === copyPolicy) await ui.copy(policyText());
    else if (answer === copyCommand) await ui.copy(failure.command ?? "");
    // After copying, the same question still stands.
    if ((answer === copyPolicy || answer === copyCommand) && again !== undefined) continue;
    return answer !== undefined && answer === again;
  }
}

export function tryAgain(): string {
  return l10n.t("Try Again");
}

/** @returns whether to try again, signed in anew where that was the trouble */
export async function failed(
  failure: Failure,
  caller: Caller,
  tools: FailureTools,
  { own, standing }: { readonly own?: string | undefined; readonly standing: string },
): Promise<boolean> {
  const again = failure.failure === "cancelled" ? {} : { again: tryAgain() };
  return (await explainFailure(failure, tools, { own, standing, ...again })) && isRenewed(caller, tools, standing);
}

/** Signs in again where that is needed, until the user stops trying; where it fails, the reason was shown. */
export async function isRenewed(caller: Caller, tools: FailureTools, standing?: string): Promise<boolean> {
  for (;;) {
    const problem = await caller.renewIfNeeded();
    if (problem === undefined) return true;
    if (!isFailure(problem)) {
      await tools.ui.say(
        l10n.t("You are now signed in to another account, {0}. Nothing more was sent.", problem.otherAccount),
        "warning",
      );
      return false;
    }
    if (!(await explainFailure(problem, tools, { standing, again: tryAgain() }))) return false;
  }
}
