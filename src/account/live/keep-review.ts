// What is kept of a change while a page shows it, so that the page can be made again.
import type { Job } from "./job.ts";
import type { WaitRecord } from "./records.ts";
import { wholeOf } from "./records.ts";
import type { LiveTools } from "./tools.ts";

/**
 * Before the page is shown, and once the first call of the change is about to be sent. What cannot be kept is no reason
 * not to go on: then the page does not come back.
 */
export async function keepReview<Config>(
  { target, wish, caller, review, kept }: Job<Config>,
  { memory, log }: Pick<LiveTools, "memory" | "log">,
  sent?: WaitRecord,
): Promise<void> {
  if (kept === undefined) return;
  const { key, openedAt, about } = review;
  try {
    await memory.putReview({
      ...{ key, account: caller.identity.account, profile: caller.profile, kind: target.kind, id: target.id },
      ...{ name: about.name, deed: wish.deed, at: openedAt, errand: kept },
      change: sent === undefined ? undefined : wholeOf(sent).at,
    });
    const fault = (error: unknown) => log.fault("forget what a page showed", error);
    review.keep({ key, forget: () => void memory.removeReview(key).catch(fault) });
  } catch (error) {
    log.fault("keep what a page shows", error);
  }
}
