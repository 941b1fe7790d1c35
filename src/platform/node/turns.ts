import { setImmediate } from "node:timers/promises";

/**
 * Lets all work run that is waiting: awaited at the start of a long task, so that several of them do not run without a
 * break.
 */
export async function othersFirst(): Promise<void> {
  // The first still belongs to this turn of the event loop; timers, and what came meanwhile, lie between it and the
  // second.
  await setImmediate();
  await setImmediate();
}
