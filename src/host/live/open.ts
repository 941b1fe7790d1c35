import { unchangedDraftsStay } from "./drafts.ts";
import { createLive, type Live, type LiveTools } from "./live.ts";
import { deploymentPauses } from "./wait.ts";

/** As long as it takes in a window, and not in a test. */
export function openLive(tools: Omit<LiveTools, "pauses" | "draftsStay">): Live {
  return createLive({ ...tools, pauses: deploymentPauses, draftsStay: unchangedDraftsStay });
}
