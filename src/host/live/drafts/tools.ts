import type { EditorTools } from "../tools.ts";
import type { DraftFiles } from "./files.ts";

export interface DraftTools extends EditorTools {
  readonly drafts: DraftFiles;
}
