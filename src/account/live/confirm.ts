import * as l10n from "@vscode/l10n";
import type { Plan } from "./change.ts";
import { dryRun } from "./dry-run.ts";
import type { Job, Meanwhile } from "./job.ts";
import { keepReview } from "./keep-review.ts";
import type { OtherWindow } from "./other-window.ts";
import { aboutOf, proposalOf } from "./proposal.ts";
import type { LiveTools } from "./tools.ts";

/**
 * Shows what would change, and asks. What is sure to fail cannot be applied.
 * @param applied how many steps are done, of plans before this one
 * @returns whether it is to be sent, or something else is to be chosen
 */
export async function confirm<Config>(
  plan: Plan<Config>,
  { meanwhile, other }: { readonly meanwhile: Meanwhile | undefined; readonly other: OtherWindow | undefined },
  applied: number,
  job: Job<Config>,
  tools: LiveTools,
): Promise<"apply" | "change" | "discard"> {
  const { review, wish, reselect } = job;
  const dry = dryRun(plan, job, tools);
  // What is half done is not chosen anew.
  const canChange = reselect !== undefined && applied === 0;
  // Who signed in anew meanwhile may be somebody else of the account.
  review.retarget(aboutOf(job));
  review.propose(proposalOf(plan, meanwhile, job, { shell: dry?.terminal.name, canChange, other }), applied);
  await keepReview(job, tools);
  tools.ui.review(review);
  for (;;) {
    const decision = await review.decision();
    switch (decision) {
      case "file":
        await dry?.writeFiles();
        break;
      case "commands":
        await dry?.copyCommands();
        break;
      case "template":
        await wish.owner?.template?.open();
        break;
      default:
        if (decision !== "discard") review.hold(decision === "apply" ? sendingText() : selectingText());
        return decision;
    }
  }
}

function sendingText(): string {
  return l10n.t("Preparing to send the change…");
}

function selectingText(): string {
  return l10n.t("Select what to change.");
}
