import type { Plan } from "./change.ts";
import { dryRun } from "./dry-run.ts";
import type { Job, Meanwhile } from "./job.ts";
import { keepReview } from "./keep-review.ts";
import type { OtherWindow } from "./other-window.ts";
import { proposalOf } from "./proposal.ts";
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
        return decision;
    }
  }
}
