import type { Version } from "./change.ts";
import { type Arrived, fateOf, hasArrived } from "./fate.ts";
import type { Job } from "./job.ts";
import { isSame, isWithin, type KeptConfigs, type WaitRecord } from "./records.ts";
import type { LiveTools } from "./tools.ts";

export interface Arrival {
  readonly record: WaitRecord;
  readonly fate: Arrived;
}

/**
 * What was sent without an answer that tells its fate, in this job or one before it, and is there now.
 * @param except what is known not to have been taken
 */
export async function arrivedIn<Config>(
  now: Version<Config>,
  { target, caller }: Pick<Job<Config>, "target" | "caller">,
  tools: LiveTools,
  except?: WaitRecord,
): Promise<Arrival | undefined> {
  const { memory, patience } = tools;
  const { account } = caller.identity;
  for (const record of await memory.doubts({ account, kind: target.kind, id: target.id })) {
    if (except !== undefined && isSame(record, except)) continue;
    // What another window has just sent is that window's to tell.
    if (memory.isOfAnother(record) && isWithin(patience.handover, record.at, Date.now())) continue;
    const fate = fateOf(record, await configsOf(record, tools), now, target);
    if (hasArrived(fate)) return { record, fate };
  }
  return undefined;
}

export async function configsOf(
  record: WaitRecord,
  { memory, log }: Pick<LiveTools, "memory" | "log">,
): Promise<KeptConfigs | undefined> {
  return memory.configsOf(record).catch((error: unknown) => {
    log.fault("what was sent", error);
    return undefined;
  });
}
