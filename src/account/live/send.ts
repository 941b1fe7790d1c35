import * as l10n from "@vscode/l10n";
import { isFailure } from "../../core/failure.ts";
import type { Plan, TakenStep } from "./change.ts";
import { afterConflict } from "./conflict.ts";
import { afterDoubt } from "./doubt.ts";
import { explainFailure, failed } from "./failures.ts";
import { againOr, ended, type Job, type Run, type Sending, type Sent, type Taken } from "./job.ts";
import type { WaitRecord } from "./memory.ts";
import { isKept, sayBroken, sayDone, sayNotWaited } from "./outcome.ts";
import { isSameVersion } from "./plan.ts";
import { remember } from "./remember.ts";
import type { LiveTools } from "./tools.ts";
import { isBroken, waitForEnd } from "./wait.ts";
import { sentences, standingText } from "./words.ts";

/** Makes the calls of a plan, each once the one before it is done and was read back. */
export async function send<Config>(
  plan: Plan<Config>,
  run: Run<Config>,
  job: Job<Config>,
  tools: LiveTools,
): Promise<Sent<Config>> {
  const { target, wish, caller } = job;
  const { memory, ui } = tools;
  const parts = run.applied + plan.steps.length;
  /**
   * The whole change is undone at once, also where it took several plans; what other updates changed in between stays.
   */
  const before =
    run.ours !== undefined && isSameVersion(plan.fetched, run.ours.now, target) ? run.ours.before : plan.fetched.config;
  let current = plan.fetched;
  let sent = plan.fetched;
  let record: WaitRecord | undefined;
  for (const [index, { call, goal }] of plan.steps.entries()) {
    const previous = plan.steps[index - 1];
    const next =
      previous === undefined ? { config: goal, conflicts: [] } : target.merge(previous.goal, goal, current.config);
    const { config } = next;
    const sending: Sending<Config> = { config, call, current, run, progress: { applied: run.applied, parts } };
    // The service made something else of the places that come next.
    if (next.conflicts.length > 0) return afterConflict({ ...sending, current: sent }, job, tools);
    const taken = await put(sending, job, tools);
    if (taken.kind !== "taken") return taken;
    sent = { etag: taken.etag, config };
    run.applied += 1;
    run.ours = { now: sent, before };
    const progress = { applied: run.applied, parts };
    // From here on AWS has the change: whatever else fails, its end is waited for and told.
    record = await remember(
      { before, done: goal, call, etag: taken.etag, replaced: current.etag, left: parts - run.applied },
      taken.isAlone,
      job,
      tools,
    );
    target.changed();
    await tellTaken({ now: sent, done: goal, whole: plan.goal }, job, tools);
    const own = record;
    const waited = await waitForEnd(own, target, { part: run.applied, parts }, caller, tools).finally(() =>
      memory.end(own),
    );
    if (isBroken(waited)) {
      await sayBroken(waited, { sent, replaced: current, progress, record }, job, tools);
      return ended("kept");
    }
    if (waited !== "done") {
      await sayNotWaited(waited, progress, record, target.words, tools);
      return ended("kept");
    }
    const back = await target.fetch();
    if (isFailure(back)) {
      await explainFailure(back, tools, { standing: standingText(progress, target.id) });
      return ended("kept");
    }
    const isOurs = taken.etag === back.etag;
    if (isOurs) await tellTaken({ now: back, done: goal, whole: plan.goal }, job, tools);
    if (!(await isKept(sent, back, job, tools))) return ended("kept");
    if (!isOurs && run.applied < parts) return afterConflict({ ...sending, current: sent, progress }, job, tools);
    run.ours = isOurs ? { now: back, before } : run.ours;
    current = back;
  }
  const text = target.words.done(wish.deed, plan.parts);
  if (current.etag !== sent.etag) await ui.say(sentences(text, l10n.t("Another update has changed it since.")));
  else if (record !== undefined) sayDone(text, record, tools);
  return ended("kept");
}

/** Nothing of what is made of it may hide that AWS has the change. */
async function tellTaken<Config>(taken: TakenStep<Config>, { wish }: Job<Config>, { log }: LiveTools): Promise<void> {
  try {
    await wish.onTaken?.(taken);
  } catch (error) {
    log.fault("after a change", error);
  }
}

async function put<Config>(sending: Sending<Config>, job: Job<Config>, tools: LiveTools): Promise<Taken<Config>> {
  const { config, call, current, progress } = sending;
  const { target, caller } = job;
  // A service that names no versions cannot compare them: a look right before the call does.
  if (current.etag === undefined) {
    const now = await target.fetch();
    if (isFailure(now))
      return againOr(await failed(now, caller, tools, { standing: standingText(progress, target.id) }), sending);
    if (!isSameVersion(now, current, target)) return afterConflict(sending, job, tools, now);
  }
  const answer = await target.put({ call, goal: config }, current);
  if (!isFailure(answer)) return { kind: "taken", etag: answer.etag, isAlone: true };
  if (answer.mayHaveApplied === true) return afterDoubt(answer, sending, job, tools);
  if (answer.failure === "conflict") return afterConflict(sending, job, tools);
  const own =
    answer.failure === "refused" || answer.failure === "not-found" || answer.failure === "unknown"
      ? await target.diagnose?.(current.config, config)
      : undefined;
  return againOr(await failed(answer, caller, tools, { own, standing: standingText(progress, target.id) }), sending);
}
