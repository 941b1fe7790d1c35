import * as l10n from "@vscode/l10n";
import { isFailure } from "../../core/failure.ts";
import { type Arrival, arrivedIn } from "./arrival.ts";
import type { Version } from "./change.ts";
import { confirm } from "./confirm.ts";
import { arrivedText, takenAs } from "./doubt.ts";
import { failed, isRenewed } from "./failures.ts";
import { finish, sayEnd } from "./finish.ts";
import { followUp } from "./follow.ts";
import { type Errand, type Job, type Meanwhile, type Outcome, outcomeOf, type Run } from "./job.ts";
import { resourceOf, takeLease } from "./lease.ts";
import { onPage } from "./on-page.ts";
import { type OtherWindow, otherWindowAt } from "./other-window.ts";
import { isSameVersion, type Planned, planFor } from "./plan.ts";
import { aboutOf } from "./proposal.ts";
import { isOfSame, isSame, type Resource, type WaitRecord } from "./records.ts";
import { isInDoubt, take } from "./remember.ts";
import { LiveReview } from "./review/live-review.ts";
import { send } from "./send.ts";
import type { LiveTools } from "./tools.ts";
import { differencesInShort, readOnlyText, sentences, standingText } from "./words.ts";

/**
 * Plans on what AWS has now, shows it, asks, and carries it out. Asks again wherever something else is the case than
 * was shown.
 */
export async function carryOut<Config>(errand: Errand<Config>, tools: LiveTools): Promise<Outcome> {
  const review = newReview(errand, tools);
  const run: Run<Config> = {
    ...{ applied: 0, ours: undefined, sent: [], seen: undefined, first: undefined },
    job: { ...errand, review },
  };
  const onItsPage: LiveTools = { ...tools, ui: onPage(review, tools.ui) };
  // The one that this window takes hides that of a window that ended.
  const found = await otherWindowAt(resourceOf(errand), tools);
  run.lease = takeLease(resourceOf(errand), errand.wish.deed, tools);
  // What is told of its end may stand there for hours.
  const watching = review.onDidChange(() => {
    if (review.isOver) run.lease?.release();
  });
  try {
    const outcome = await carry(run, found, onItsPage, tools);
    if (!review.isOver) {
      const standing = await standingOf(run, tools);
      review.end("left", standing);
      // Who closed the page in the middle is told what stays.
      if (review.isOpen && run.sent.length > 0 && tools.ui.pageOf(review) === "none")
        await tools.ui.say(standing, "warning");
    }
    return outcome;
  } finally {
    // A bug of ours is said by whoever catches it.
    if (!review.isOver) review.end("failed", l10n.t("An internal error occurred in mTLS Workbench."));
    // Of several in doubt, the last one is what the page goes on with.
    for (const [index, { record }] of run.sent.entries())
      await (index === run.sent.length - 1 ? leave(record, run, onItsPage, review) : leave(record, run, tools));
    watching.dispose();
    run.lease.release();
  }
}

/** Its key tells it from those of all windows, which share what is kept of them. */
function newReview<Config>(errand: Errand<Config>, { memory }: LiveTools): LiveReview {
  const at = memory.stamp();
  return new LiveReview(`${memory.window} ${at}`, aboutOf(errand), at);
}

/**
 * @param found who else was at the resource at the start
 * @param elsewhere what is not about this change is not said on its page
 */
async function carry<Config>(
  run: Run<Config>,
  found: OtherWindow | undefined,
  tools: LiveTools,
  elsewhere: LiveTools,
): Promise<Outcome> {
  const { ui } = tools;
  let fetched: Version<Config> | undefined;
  let meanwhile: Meanwhile | undefined;
  for (;;) {
    const { job } = run;
    const { target, wish, caller, review } = job;
    if (fetched === undefined) {
      const answer = await target.fetch();
      if (isFailure(answer)) {
        const standing = await standingOf(run, tools);
        if (!(await failed(answer, caller, tools, { standing }))) return outcomeOf(run);
        continue;
      }
      fetched = answer;
    }
    const arrived = await arrivedIn(fetched, job, tools);
    const own = run.sent.find(({ record }) => arrived !== undefined && isSame(record, arrived.record));
    if (arrived !== undefined && own !== undefined) {
      void ui.say(arrivedText(arrived.fate, undefined, target));
      const finished = await finish(own, takenAs(arrived.fate, fetched, own.config), job, tools);
      if (finished.kind === "ended") return finished.outcome;
      if (finished.kind === "done" && own.record.left === 0) {
        await sayEnd(finished, own.record.parts, job, tools);
        return "kept";
      }
      fetched = finished.kind === "done" ? finished.back : finished.fetched;
      meanwhile = finished.kind === "done" ? undefined : finished.meanwhile;
      if (arrived.fate === "among-others") run.ours = undefined;
      continue;
    }
    const earlier = arrived === undefined ? undefined : followArrived(arrived, fetched, job, elsewhere);
    const isOurs = run.ours !== undefined && isSameVersion(fetched, run.ours.now, target);
    if (!isOurs && wish.stillHolds?.(fetched) === false) {
      await ui.say(
        sentences(
          l10n.t("{0} was changed by another update, so the change can no longer be undone in one step.", target.id),
          await standingOf(run, tools),
        ),
        "warning",
      );
      return outcomeOf(run);
    }
    const planned = planFor(wish, fetched, target);
    // What is asked for is what has just been found to have arrived.
    if (planned.kind === "nothing" && earlier !== undefined) {
      await earlier;
      return "kept";
    }
    if (planned.kind !== "plan") {
      // There is no new plan to show it beside.
      if (meanwhile !== undefined) void ui.say(meanwhile.text, "warning");
      if (planned.kind === "conflicts" && wish.onConflicts !== undefined)
        await wish.onConflicts(planned, { ui, review });
      else await sayNoPlan(planned, run, tools);
      return outcomeOf(run);
    }
    const other = (await otherWindowAt(resourceOf(job), tools)) ?? leftAt(resourceOf(job), found);
    const decision = await confirm(planned.plan, { meanwhile, other }, run.applied, job, tools);
    if (decision === "change") {
      const again = await job.reselect?.();
      if (again !== undefined) run.job = { ...job, ...again };
      if (!isOfSame(resourceOf(run.job), resourceOf(job))) {
        run.lease?.release();
        run.lease = takeLease(resourceOf(run.job), run.job.wish.deed, tools);
      }
      review.retarget(aboutOf(run.job));
      [fetched, meanwhile] = [undefined, undefined];
      continue;
    }
    if (decision === "discard") return outcomeOf(run);
    if (tools.isReadOnly()) {
      await ui.say(readOnlyText());
      return outcomeOf(run);
    }
    if (caller.signal.aborted) {
      // Signed in anew, it is looked at anew, by whoever that is now.
      if (!(await isRenewed(caller, tools, await standingOf(run, tools)))) return outcomeOf(run);
      [fetched, meanwhile] = [undefined, undefined];
      continue;
    }
    const sent = await send(planned.plan, run, job, tools);
    if (sent.kind === "ended") return sent.outcome;
    ({ fetched, meanwhile } = sent);
  }
}

function leftAt(resource: Resource, found: OtherWindow | undefined): OtherWindow | undefined {
  return found?.kind === "stale" && isOfSame(found.resource, resource) ? found : undefined;
}

/** A change of a job before this one came late: it is told, whatever this job makes of it. */
function followArrived<Config>(
  { record, fate }: Arrival,
  now: Version<Config>,
  { target, caller }: Job<Config>,
  tools: LiveTools,
): Promise<void> {
  void tools.ui.say(arrivedText(fate, undefined, target));
  return take(record, now.etag, fate === "there", target, tools)
    .then((taken) => followUp(taken, target, caller, tools))
    .catch((error: unknown) => tools.log.fault("what arrived late", error));
}

/**
 * What nobody knows the fate of when a job ends is followed all the same, and the end of a call that none follows is
 * told; all else is told already, or by whoever resumes it.
 */
async function leave<Config>(
  record: WaitRecord,
  { seen, job: { target, caller } }: Run<Config>,
  tools: LiveTools,
  review?: LiveReview,
): Promise<void> {
  const { memory, log } = tools;
  const known = await memory.current(record);
  const isUntold = known !== undefined && (!known.isTaken || (seen !== undefined && isSame(seen, known)));
  if (!isUntold || caller.signal.aborted)
    return memory.release(record).catch((error: unknown) => log.fault("leave what was sent", error));
  memory.end(record);
  followUp(known, target, caller, tools, "told", review).catch((error: unknown) => log.fault("what was sent", error));
}

async function standingOf<Config>(run: Run<Config>, tools: LiveTools): Promise<string> {
  return standingText(run, run.job.target.id, await isInDoubt(run, tools));
}

async function sayNoPlan<Config>(
  planned: Exclude<Planned<Config>, { readonly kind: "plan" }>,
  run: Run<Config>,
  tools: LiveTools,
): Promise<void> {
  const { ui } = tools;
  const { target, wish } = run.job;
  const { id } = target;
  const standing = await standingOf(run, tools);
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
