import type { Account } from "../../account/account.ts";
import { type Failure, isFailure } from "../../core/failure.ts";
import { type Log, logFault } from "../editor/log.ts";
import type { Caller } from "./caller.ts";
import type { LiveMemory, WaitRecord } from "./memory.ts";
import type { LiveUi } from "./ui.ts";
import { waitedText, waitingTitle } from "./words.ts";

export interface WaitTools {
  readonly account: Account;
  readonly memory: LiveMemory;
  readonly ui: LiveUi;
  readonly log: Log;
  readonly pauses: Pauses;
}

/**
 * `stopped`: the user does not want to wait. `left`: the session became another one; whoever is in this account next
 * goes on.
 * `taken`: another window waited too, and told the end.
 */
export type Waited = "deployed" | "stopped" | "left" | "taken" | Failure;

/** Before the first look, and between the others, in milliseconds; the last one from then on. */
export type Pauses = readonly [number, ...number[]];

/** Deploying takes minutes. */
export const deploymentPauses: Pauses = [300, 700, 1500, 2500, 4000, 6500, 10_000, 15_000, 20_000];
/** So many looks in a row may fail for reasons that pass. */
const mostFailures = 15;

/** Waits until a change is deployed everywhere. The record is gone unless somebody is to go on waiting. */
export async function waitUntilDeployed(
  record: WaitRecord,
  part: { readonly part: number; readonly parts: number },
  caller: Caller,
  { account, memory, ui, log, pauses }: WaitTools,
): Promise<Waited> {
  const waited = await ui.progress(
    waitingTitle(record.id, part.part, part.parts),
    async (report, stop): Promise<Waited> => {
      let failures = 0;
      for (let look = 0; ; look++) {
        await pause(pauses[Math.min(look, pauses.length - 1)] ?? pauses[0], AbortSignal.any([stop, caller.signal]));
        if (stop.aborted) return "stopped";
        if (caller.signal.aborted) return "left";
        if (!memory.isWaiting(record)) return "taken";
        const state = await caller.ask(async (connection, signal) =>
          (await import("../../aws/distributions.ts")).getDistribution(connection, record.id, signal),
        );
        if (stop.aborted) return "stopped";
        if (caller.signal.aborted) return "left";
        if (!isFailure(state)) {
          failures = 0;
          // An answer from before the change says nothing about it.
          if (state.status === "Deployed" && state.etag !== record.replaced) return "deployed";
          report(waitedText(state.status, Date.now() - record.at));
        } else if (passes(state) && ++failures < mostFailures) {
          log.info(`Waiting for ${record.id}: ${state.failure}`);
          report(state.message);
        } else return state;
      }
    },
  );
  // Two windows may wait: the first one to see the end tells it.
  if (waited === "deployed" && !memory.isWaiting(record)) return "taken";
  if (waited === "deployed" || waited === "stopped" || (isFailure(waited) && waited.failure === "not-found")) {
    // What cannot be written down is no reason not to tell the end.
    await memory.removeWait(record).catch((error: unknown) => logFault(log, "forget the wait", error));
  }
  if (waited === "deployed")
    account.refreshDistribution(record.id).catch((error: unknown) => logFault(log, "refresh", error));
  return waited;
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
