import { usualPatience, usualPauses } from "../../account/live/wait.ts";
import { unchangedDraftsStay } from "./drafts/lifetime.ts";
import { createLive, type Live, type LiveOptions } from "./live.ts";

/** As long as it takes in a window, and not in a test. */
export function openLive(tools: Omit<LiveOptions, "pauses" | "patience" | "draftsStay">): Live {
  return createLive({ ...tools, pauses: usualPauses, patience: usualPatience, draftsStay: unchangedDraftsStay });
}
