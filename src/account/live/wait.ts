import { type Failure, isFailure } from "../../core/failure.ts";
import type { Caller } from "./caller.ts";
import type { WaitRecord } from "./records.ts";
import { forget, isUnversioned } from "./remember.ts";
import type { Target } from "./target.ts";
import type { LiveTools, Patience, Pauses } from "./tools.ts";

/** AWS had accepted the change, and could not do it. */
export interface Broken {
  /** In the service's own words. */
  readonly broken: string;
}

/**
 * `stopped`: the user does not want to wait. `left`: the session became another one; the next window in this account
 * continues.
 * `taken`: another window waited too, and told the end.
 */
export type Waited = "done" | "stopped" | "left" | "taken" | Broken | Failure;

/** Deploying takes minutes. */
export const usualPauses: Pauses = [300, 700, 1500, 2500, 4000, 6500, 10_000, 15_000, 20_000];
/** A request ends within 30 seconds, and AWS takes none that was signed more than 5 minutes before, by its clock. */
export const usualPatience: Patience = { handover: 45_000, arrival: 15 * 60_000 };
/** So many looks in a row may fail for reasons that pass. */
export const mostFailures = 15;
/** So often what is deployed may be the version before: then nothing else will come. */
const mostOfBefore = 15;

/**
 * Waits until AWS is done with a change. Who sees the end forgets the record once it is told; it is forgotten here
 * where there is nothing more to tell.
 */
export async function waitForEnd(
  record: WaitRecord,
  target: Target<unknown>,
  part: { readonly part: number; readonly parts: number },
  caller: Caller,
  tools: LiveTools,
): Promise<Waited> {
  const { memory, ui, log } = tools;
  const { words } = target;
  // What it is at cannot be told from what it was.
  if (isUnversioned(record)) return claimed(record, "done", { stop: undefined, left: caller.signal }, tools);
  const waited = await ui.progress(words.waiting(part.part, part.parts), async (report, stop): Promise<Waited> => {
    let [failures, ofBefore] = [0, 0];
    const ending = { stop, left: caller.signal };
    for (let look = 0; ; look++) {
      await pause(tools, look, AbortSignal.any([stop, caller.signal]));
      if (stop.aborted) return "stopped";
      if (caller.signal.aborted) return "left";
      if ((await memory.current(record)) === undefined) return "taken";
      const status = await target.status();
      if (stop.aborted) return "stopped";
      if (caller.signal.aborted) return "left";
      if (!isFailure(status)) {
        failures = 0;
        // An answer from before the change says nothing about it.
        const isOfBefore = status.etag !== undefined && status.etag === record.replaced;
        if (status.state === "done" && (!isOfBefore || ++ofBefore >= mostOfBefore))
          return claimed(record, "done", ending, tools);
        if (status.state === "failed" && !isOfBefore) return claimed(record, { broken: status.said }, ending, tools);
        report(words.waited(status.said, Math.max(0, Date.now() - record.at)));
      } else if (passes(status) && ++failures < mostFailures) {
        log.info(`Waiting for ${record.id}: ${status.failure}`);
        report(status.message);
      } else return status;
    }
  });
  if (waited === "stopped") await forget(record, "unknown", tools);
  if (waited === "done" || isBroken(waited)) target.changed();
  return waited;
}

/** Several windows may wait: one of them tells the end, and it is the one that sent it as long as that is there. */
async function claimed(
  record: WaitRecord,
  end: "done" | Broken,
  { stop, left }: { readonly stop: AbortSignal | undefined; readonly left: AbortSignal },
  tools: LiveTools,
): Promise<Waited> {
  const { memory, log, patience } = tools;
  const since = performance.now();
  for (let look = 0; ; look++) {
    if (!memory.isOfAnother(record) || performance.now() - since >= patience.handover) {
      const claim = await memory.claim(record, Date.now(), patience.handover).catch((error: unknown) => {
        // What cannot be written down is no reason not to tell the end.
        log.fault("claim the wait", error);
        return "ours" as const;
      });
      if (claim !== "others") return claim === "ours" ? end : "taken";
    }
    await pause(tools, look, stop === undefined ? left : AbortSignal.any([stop, left]));
    if (stop?.aborted === true) return "stopped";
    if (left.aborted) return "left";
    if ((await memory.current(record)) === undefined) return "taken";
  }
}

export function isBroken(waited: Waited): waited is Broken {
  return typeof waited === "object" && "broken" in waited;
}

export function passes({ failure }: Failure): boolean {
  return failure === "offline" || failure === "throttled" || failure === "unknown";
}

/** Before the next look. */
export function pause({ pauses }: Pick<LiveTools, "pauses">, look: number, ending: AbortSignal): Promise<void> {
  const milliseconds = pauses[Math.min(look, pauses.length - 1)] ?? pauses[0];
  return new Promise((resolve) => {
    if (ending.aborted) {
      resolve();
      return;
    }
    const end = () => {
      clearTimeout(timer);
      ending.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    ending.addEventListener("abort", end);
  });
}
