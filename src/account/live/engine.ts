import * as l10n from "@vscode/l10n";
import { isFailure } from "../../core/failure.ts";
import type { Version } from "./change.ts";
import { confirm } from "./confirm.ts";
import { failed } from "./failures.ts";
import { type Job, type Outcome, outcomeOf, type Run } from "./job.ts";
import { isSameVersion, type Planned, planFor } from "./plan.ts";
import { send } from "./send.ts";
import type { LiveTools } from "./tools.ts";
import { differencesInShort, readOnlyText, sentences, standingText } from "./words.ts";

/**
 * Plans on what AWS has now, shows it, asks, and carries it out. Asks again wherever something else is the case than
 * was shown.
 */
export async function carryOut<Config>(job: Job<Config>, tools: LiveTools): Promise<Outcome> {
  const { target, wish, caller } = job;
  const { ui } = tools;
  const run: Run<Config> = { applied: 0, ours: undefined };
  let fetched: Version<Config> | undefined;
  for (;;) {
    if (fetched === undefined) {
      const answer = await target.fetch();
      if (isFailure(answer)) {
        if (!(await failed(answer, caller, tools, { standing: standingText(run, target.id) }))) return outcomeOf(run);
        continue;
      }
      fetched = answer;
    }
    const isOurs = run.ours !== undefined && isSameVersion(fetched, run.ours.now, target);
    if (!isOurs && wish.stillHolds?.(fetched) === false) {
      await ui.say(
        sentences(
          l10n.t("{0} was changed by another update, so the change can no longer be undone in one step.", target.id),
          standingText(run, target.id),
        ),
        "warning",
      );
      return outcomeOf(run);
    }
    const planned = planFor(wish, fetched, target);
    if (planned.kind !== "plan") {
      if (planned.kind === "conflicts" && wish.onConflicts !== undefined) await wish.onConflicts(planned);
      else await sayNoPlan(planned, job, run, tools);
      return outcomeOf(run);
    }
    if (!(await confirm(planned.plan, job, tools))) return outcomeOf(run);
    if (tools.isReadOnly()) {
      await ui.say(readOnlyText());
      return outcomeOf(run);
    }
    const sent = await send(planned.plan, run, job, tools);
    if (sent.kind === "ended") return sent.outcome;
    fetched = sent.fetched;
  }
}

async function sayNoPlan<Config>(
  planned: Exclude<Planned<Config>, { readonly kind: "plan" }>,
  { target: { id }, wish }: Job<Config>,
  run: Run<Config>,
  { ui }: LiveTools,
): Promise<void> {
  const standing = standingText(run, id);
  switch (planned.kind) {
    case "nothing":
      return ui.say(wish.nothing ?? l10n.t("{0} already has this configuration.", id));
    case "impossible":
      return ui.say(sentences(planned.why, standing), planned.severity);
    case "conflicts":
      return ui.say(
        l10n.t(
          "Another update changed the same values of {0}: {1} {2}",
          id,
          differencesInShort(planned.conflicts),
          standing,
        ),
        "warning",
      );
  }
}
