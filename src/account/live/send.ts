import { isFailure } from "../../core/failure.ts";
import { arrivedIn } from "./arrival.ts";
import type { Plan, Version } from "./change.ts";
import { afterConflict, type Place } from "./conflict.ts";
import { afterDoubt } from "./doubt.ts";
import { failed } from "./failures.ts";
import { finish, sayEnd } from "./finish.ts";
import { againOr, type Job, type Run, type Sending, type Sent, type Taken } from "./job.ts";
import { keepReview } from "./keep-review.ts";
import { isSameVersion } from "./plan.ts";
import { keyOf, wholeOf } from "./records.ts";
import { announce, isInDoubt, withdraw } from "./remember.ts";
import type { LiveTools } from "./tools.ts";
import { standingText } from "./words.ts";

/** Makes the calls of a plan, each once the one before it is done and was read back. */
export async function send<Config>(
  plan: Plan<Config>,
  run: Run<Config>,
  job: Job<Config>,
  tools: LiveTools,
): Promise<Sent<Config>> {
  const { target } = job;
  const parts = run.applied + plan.steps.length;
  /**
   * The whole change is undone at once, also where it took several plans; what other updates changed in between stays.
   */
  const before =
    run.ours !== undefined && isSameVersion(plan.fetched, run.ours.now, target) ? run.ours.before : plan.fetched.config;
  let current = plan.fetched;
  let sent = plan.fetched;
  for (const [index, { call, goal }] of plan.steps.entries()) {
    const previous = plan.steps[index - 1];
    const next =
      previous === undefined ? { config: goal, conflicts: [] } : target.merge(previous.goal, goal, current.config);
    const { config } = next;
    const progress = { applied: run.applied, parts };
    // The service made something else of the places that come next.
    if (next.conflicts.length > 0)
      return afterConflict({ current: sent, run, progress, record: run.seen }, job, tools, undefined);
    const unseen = await lookBefore({ current, run, progress, record: run.seen }, job, tools);
    if (unseen !== undefined) return unseen;
    const left = parts - run.applied - 1;
    const record = await announce(
      { before, done: goal, call, config, current, applied: run.applied, left, after: run.seen, first: run.first },
      job,
      tools,
    );
    const sending: Sending<Config> = { config, call, goal, whole: plan.goal, current, before, run, progress, record };
    run.sent.push(sending);
    job.review.sentAs(keyOf(wholeOf(record)));
    await keepReview(job, tools, record);
    job.review.step(run.applied, "sending");
    const taken = await put(sending, job, tools);
    if (taken.kind !== "taken") return taken;
    const finished = await finish(sending, taken, job, tools);
    if (finished.kind !== "done") return finished;
    sent = { etag: taken.etag, config };
    current = finished.back;
    if (left === 0) return sayEnd(finished, plan.parts, job, tools);
  }
  throw new Error("A plan has steps");
}

/** A service that names no versions cannot compare them: a look right before the call does. */
async function lookBefore<Config>(
  place: Place<Config>,
  job: Job<Config>,
  tools: LiveTools,
): Promise<Sent<Config> | undefined> {
  const { target, caller } = job;
  const { current, progress, record } = place;
  if (current.etag !== undefined) return undefined;
  const now = await target.fetch();
  if (isFailure(now)) {
    const standing = standingText(progress, target.id, await isInDoubt(place.run, tools));
    const telling = failed(now, caller, tools, { standing });
    if (record !== undefined) await withdraw(record, tools);
    return againOr(await telling, place);
  }
  return isSameVersion(now, current, target) ? undefined : afterOther(place, job, tools, now);
}

async function put<Config>(sending: Sending<Config>, job: Job<Config>, tools: LiveTools): Promise<Taken<Config>> {
  const { config, call, current, progress, record } = sending;
  const { target, caller } = job;
  const answer = await target.put({ call, goal: config }, current);
  if (!isFailure(answer)) return { kind: "taken", etag: answer.etag, isAlone: true, config };
  if (answer.mayHaveApplied === true) return afterDoubt(answer, sending, job, tools);
  if (answer.failure === "conflict") return afterOther(sending, job, tools, undefined);
  const own =
    answer.failure === "refused" || answer.failure === "not-found" || answer.failure === "unknown"
      ? await target.diagnose?.(current.config, config)
      : undefined;
  const standing = standingText(progress, target.id, await isInDoubt(sending.run, tools, record));
  job.review.step(progress.applied, "refused");
  const telling = failed(answer, caller, tools, { own, standing });
  await withdraw(record, tools);
  // Nothing of it is there: the page that comes back is planned anew.
  if (progress.applied === 0) await keepReview(job, tools);
  return againOr(await telling, sending);
}

/** Something else is there: what was sent before without an answer may be what came, or another update. */
async function afterOther<Config>(
  place: Place<Config>,
  job: Job<Config>,
  tools: LiveTools,
  seen: Version<Config> | undefined,
): Promise<Sent<Config>> {
  const now = seen ?? (await job.target.fetch());
  if (!isFailure(now) && (await arrivedIn(now, job, tools, place.record)) !== undefined) {
    if (place.record?.isTaken === false) await withdraw(place.record, tools);
    return { kind: "again", fetched: now };
  }
  return afterConflict(place, job, tools, now);
}
