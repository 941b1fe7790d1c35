import { type Failure, isFailure } from "../../core/failure.ts";
import type { Caller } from "./caller.ts";
import type { WaitRecord } from "./memory.ts";
import type { Target } from "./target.ts";
import type { LiveTools, Pauses } from "./tools.ts";

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
/** So many looks in a row may fail for reasons that pass. */
const mostFailures = 15;

/** Waits until AWS is done with a change. The record is removed unless waiting is to be continued later. */
export async function waitForEnd(
  record: WaitRecord,
  target: Target<unknown>,
  part: { readonly part: number; readonly parts: number },
  caller: Caller,
  { memory, ui, log, pauses }: LiveTools,
): Promise<Waited> {
  const { words } = target;
  const waited = await ui.progress(words.waiting(part.part, part.parts), async (report, stop): Promise<Waited> => {
    let failures = 0;
    for (let look = 0; ; look++) {
      await pause(pauses[Math.min(look, pauses.length - 1)] ?? pauses[0], AbortSignal.any([stop, caller.signal]));
      if (stop.aborted) return "stopped";
      if (caller.signal.aborted) return "left";
      if (!memory.isWaiting(record)) return "taken";
      const status = await target.status();
      if (stop.aborted) return "stopped";
      if (caller.signal.aborted) return "left";
      if (!isFailure(status)) {
        failures = 0;
        // An answer from before the change says nothing about it.
        const isOfBefore = status.etag !== undefined && status.etag === record.replaced;
        if (status.state === "done" && !isOfBefore) return "done";
        if (status.state === "failed" && !isOfBefore) return { broken: status.said };
        report(words.waited(status.said, Date.now() - record.at));
      } else if (passes(status) && ++failures < mostFailures) {
        log.info(`Waiting for ${record.id}: ${status.failure}`);
        report(status.message);
      } else return status;
    }
  });
  const isEnd = waited === "done" || isBroken(waited);
  // Two windows may wait: the first one to see the end tells it.
  if (isEnd && !memory.isWaiting(record)) return "taken";
  if (isEnd || waited === "stopped" || (isFailure(waited) && waited.failure === "not-found")) {
    // What cannot be written down is no reason not to tell the end.
    await memory.removeWait(record).catch((error: unknown) => log.fault("forget the wait", error));
  }
  if (isEnd) target.changed();
  return waited;
}

export function isBroken(waited: Waited): waited is Broken {
  return typeof waited === "object" && "broken" in waited;
}

function passes({ failure }: Failure): boolean {
  return failure === "offline" || failure === "throttled" || failure === "unknown";
}

function pause(milliseconds: number, ending: AbortSignal): Promise<void> {
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
