import type * as vscode from "vscode";
import type { DistributionUi } from "../../account/live/targets/distribution/tools.ts";

/** The same with what only commands of the editor need. */
export interface EditorUi extends DistributionUi {
  /** Where to write a file. */
  chooseTarget(name: string): Promise<vscode.Uri | undefined>;
  /** A file to read. */
  chooseSource(title: string): Promise<vscode.Uri | undefined>;
}
