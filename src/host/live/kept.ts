// What live changes leave behind for the next window, as far as that must be known before anything is loaded for it.
import * as vscode from "vscode";
import { isOutdated } from "../../account/live/kept.ts";
import type { RecordStore } from "../../account/live/record-store.ts";
import { contextKeys, resourcesView } from "../../manifest.ts";
import { ask } from "../editor/say.ts";
import type { DraftFiles } from "./drafts/files.ts";

/** Whether there is anything to go on with: a change that is waited for or can be undone, or a draft. */
export async function isAnythingKept(records: RecordStore, drafts: Pick<DraftFiles, "names">): Promise<boolean> {
  return (await records.waits()).length > 0 || (await records.undos()).length > 0 || (await drafts.names()).length > 0;
}

/** Says at the start what was left: AWS is not called before the user opens the view. */
export async function tellKept(records: RecordStore, now: number): Promise<void> {
  if ((await records.undos()).length > 0) void vscode.commands.executeCommand("setContext", contextKeys.canUndo, true);
  if (await records.hasHistory()) void vscode.commands.executeCommand("setContext", contextKeys.hasHistory, true);
  const waits = (await records.waits()).filter((wait) => !isOutdated(wait, now));
  if (waits.length === 0 || !vscode.workspace.isTrusted) return;
  const open = vscode.l10n.t("Open AWS Resources");
  const message = vscode.l10n.t(
    "Changes to CloudFront whose result has not been reported yet: {0}. Waiting resumes when the AWS Resources view is open.",
    [...new Set(waits.map(({ id }) => id))].join(", "),
  );
  if ((await ask(message, [open])) === open) await vscode.commands.executeCommand(`${resourcesView}.focus`);
}
