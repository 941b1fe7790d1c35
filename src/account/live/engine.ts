import * as l10n from "@vscode/l10n";
import { isFailure } from "../../core/failure.ts";
import { type Arrival, arrivedIn } from "./arrival.ts";
import type { Version } from "./change.ts";
import { confirm } from "./confirm.ts";
import { arrivedText, takenAs } from "./doubt.ts";
import { failed } from "./failures.ts";
import { finish, sayEnd } from "./finish.ts";
import { followUp } from "./follow.ts";
import { type Job, type Outcome, outcomeOf, type Run } from "./job.ts";
import { resourceOf, takeLease } from "./lease.ts";
import { isSameVersion, type Planned, planFor } from "./plan.ts";
import { isSame, type WaitRecord } from "./records.ts";
import { isInDoubt, take } from "./remember.ts";
import { send } from "./send.ts";
import type { Target } from "./target.ts";
import type { LiveTools } from "./tools.ts";
import { differencesInShort, readOnlyText, sentences, standingText } from "./words.ts";

/**
 * Plans on what AWS has now, shows it, asks, and carries it out. Asks again wherever something else is the case than
 * was shown.
 */
export async function carryOut<Config>(job: Job<Config>, tools: LiveTools): Promise<Outcome> {
  const run: Run<Config> = { applied: 0, ours: undefined, sent: [], seen: undefined, first: undefined };
  const lease = takeLease(resourceOf(job), job.wish.deed, tools);
  try {
    return await carry(run, job, tools);
  } finally {
    for (const { record } of run.sent) await leave(record, run, job, tools);
    lease.release();
  }
}

async function carry<Config>(run: Run<Config>, job: Job<Config>, tools: LiveTools): Promise<Outcome> {
  const { target, wish, caller } = job;
  const { ui } = tools;
  let fetched: Version<Config> | undefined;
  for (;;) {
    if (fetched === undefined) {
      const answer = await target.fetch();
      if (isFailure(answer)) {
        const standing = await standingOf(run, target, tools);
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
      if (arrived.fate === "among-others") run.ours = undefined;
      continue;
    }
    const earlier = arrived === undefined ? undefined : followArrived(arrived, fetched, job, tools);
    const isOurs = run.ours !== undefined && isSameVersion(fetched, run.ours.now, target);
    if (!isOurs && wish.stillHolds?.(fetched) === false) {
      await ui.say(
        sentences(
          l10n.t("{0} was changed by another update, so the change can no longer be undone in one step.", target.id),
          await standingOf(run, target, tools),
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
  { seen }: Run<Config>,
  { target, caller }: Job<Config>,
  tools: LiveTools,
): Promise<void> {
  const { memory, log } = tools;
  const known = await memory.current(record);
  const isUntold = known !== undefined && (!known.isTaken || (seen !== undefined && isSame(seen, known)));
  if (!isUntold || caller.signal.aborted)
    return memory.release(record).catch((error: unknown) => log.fault("leave what was sent", error));
  memory.end(record);
  followUp(known, target, caller, tools, "told").catch((error: unknown) => log.fault("what was sent", error));
}

async function standingOf<Config>(run: Run<Config>, { id }: Target<Config>, tools: LiveTools): Promise<string> {
  return standingText(run, id, await isInDoubt(run, tools));
}

async function sayNoPlan<Config>(
  planned: Exclude<Planned<Config>, { readonly kind: "plan" }>,
  { target, wish }: Job<Config>,
  run: Run<Config>,
  tools: LiveTools,
): Promise<void> {
  const { ui } = tools;
  const { id } = target;
  const standing = await standingOf(run, target, tools);
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
