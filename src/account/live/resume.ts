import { isFailure } from "../../core/failure.ts";
import type { SessionSource } from "../session-source.ts";
import { Caller } from "./caller.ts";
import { followUp } from "./follow.ts";
import type { LiveTools } from "./tools.ts";

/**
 * Goes on with the changes that a window before this one sent, or was about to send, in the account of the session;
 * those of others stay.
 */
export async function resumeWaits(session: SessionSource, tools: LiveTools): Promise<void> {
  const caller = await Caller.of(session);
  if (isFailure(caller)) return;
  const { memory, log } = tools;
  await memory.dropStaleWaits(Date.now()).catch((error: unknown) => log.fault("forget what is outdated", error));
  const waits = await memory.waits(caller.identity.account);
  await Promise.all(
    waits.map(async (record) => {
      const name = await memory.nameOf(record).catch((error: unknown) => {
        log.fault("history of changes", error);
        return undefined;
      });
      const target = tools.targetOf(record.kind, record.id, caller, name);
      if (target !== undefined) await followUp(record, target, caller, tools);
    }),
  );
}
