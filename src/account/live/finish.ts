// What follows a call that AWS took: waiting, reading back, telling.
import * as l10n from "@vscode/l10n";
import { isFailure } from "../../core/failure.ts";
import type { TakenStep, Version } from "./change.ts";
import { afterConflict } from "./conflict.ts";
import { ended, type Job, type Sending, type Sent, type Taken } from "./job.ts";
import { isStillOurs, lostStatus, sayBroken, sayDone, sayLost, sayNotWaited, sayUnread } from "./outcome.ts";
import type { WaitRecord } from "./records.ts";
import { forget, take, told } from "./remember.ts";
import type { LiveTools } from "./tools.ts";
import { isBroken, waitForEnd } from "./wait.ts";
import { sentences } from "./words.ts";

export interface Finished<Config> {
  readonly kind: "done";
  /** Its end is not told yet. */
  readonly record: WaitRecord;
  readonly back: Version<Config>;
  readonly isOurs: boolean;
}

/** Waits for the end of a call and reads it back; what is not as it was to be is told. */
export async function finish<Config>(
  sending: Sending<Config>,
  taken: Extract<Taken<Config>, { readonly kind: "taken" }>,
  job: Job<Config>,
  tools: LiveTools,
): Promise<Finished<Config> | Sent<Config>> {
  const { target, caller, review } = job;
  const { memory } = tools;
  const { goal, whole, before, run, current } = sending;
  const { parts } = sending.progress;
  const sent: Version<Config> = { etag: taken.etag, config: taken.config };
  // From here on AWS has the change: whatever else fails, its end is waited for and told.
  const record = await take(sending.record, taken.etag, taken.isAlone, target, tools);
  run.applied += 1;
  run.first ??= record.at;
  run.ours = { now: sent, before };
  const progress = { applied: run.applied, parts };
  const step = run.applied - 1;
  review.step(step, "deploying");
  target.changed();
  await tellTaken({ now: sent, done: goal, whole }, job, tools);
  const waited = await waitForEnd(record, target, { part: run.applied, parts }, caller, tools).finally(() =>
    memory.end(record),
  );
  if (isBroken(waited)) {
    review.step(step, "failed");
    await sayBroken(waited, { sent, replaced: current, progress, record }, job, tools);
    return ended("kept");
  }
  if (waited !== "done") {
    await sayNotWaited(waited, progress, record, job, tools);
    return ended("kept");
  }
  review.step(step, "reading");
  const back = await target.fetch();
  if (isFailure(back)) {
    await sayUnread(back, progress, record, job, tools);
    return ended("kept");
  }
  const isOurs = isStillOurs(record, back, target, tools);
  if (isOurs) await tellTaken({ now: back, done: goal, whole }, job, tools);
  const lost = target.readBack(sent.config, back.config);
  if (lost.length > 0) {
    review.step(step, "failed", lostStatus());
    review.end("failed", lostStatus());
    await told(sayLost(lost, { sent, back, isOurs }, target, tools), record, isOurs ? "partly" : "overtaken", tools);
    return ended("kept");
  }
  if (!isOurs && run.applied < parts)
    return afterConflict({ current: sent, run, progress, record }, job, tools, undefined);
  review.step(step, "done");
  run.ours = isOurs ? { now: back, before } : run.ours;
  run.seen = record;
  return { kind: "done", record, back, isOurs };
}

/** The end of all calls. */
export async function sayEnd<Config>(
  { record, isOurs }: Finished<Config>,
  parts: readonly string[],
  { target, wish, review }: Job<Config>,
  tools: LiveTools,
): Promise<Sent<Config>> {
  const text = target.words.done(wish.deed, parts);
  review.end("done");
  if (isOurs) {
    await sayDone(text, record, tools);
    await forget(record, "done", tools);
  } else {
    const since = l10n.t("Another update has changed it since.");
    await told(tools.ui.say(sentences(text, since)), record, "done", tools);
  }
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
