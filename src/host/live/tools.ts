import type { DistributionTools } from "../../account/live/targets/distribution/tools.ts";
import type { EditorUi } from "./ui.ts";

/** What live changes are made with in the editor, where a config can be a file. */
export interface EditorTools extends DistributionTools {
  readonly ui: EditorUi;
}
