import { setImmediate } from "node:timers/promises";

/**
 * Lets all have their turn that wait for theirs: whoever has a long work before him, and one behind him, begins with
 * this.
 */
export async function othersFirst(): Promise<void> {
  // The first still belongs to this turn of the event loop; timers, and what came meanwhile, lie between it and the
  // second.
  await setImmediate();
  await setImmediate();
}
