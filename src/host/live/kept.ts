// What live changes leave behind for the next window, as far as that must be known before anything is loaded for it.
import * as vscode from "vscode";
import { isOutdated, recordsAt, undosKey, waitsKey } from "../../account/live/kept.ts";
import { contextKeys, resourcesView } from "../../manifest.ts";
import { ask } from "../editor/say.ts";
import type { DraftFiles } from "./drafts/files.ts";

/** Whether there is anything to go on with: a change that is waited for or can be undone, or a draft. */
export async function isAnythingKept(memory: vscode.Memento, drafts: Pick<DraftFiles, "names">): Promise<boolean> {
  return isKept(memory, waitsKey) || isKept(memory, undosKey) || (await drafts.names()).length > 0;
}

function isKept(memory: vscode.Memento, key: string): boolean {
  return recordsAt(memory, key).length > 0;
}

/** Says at the start what was left: AWS is not called before the user opens the view. */
export async function tellKept(memory: vscode.Memento, now: number): Promise<void> {
  if (isKept(memory, undosKey)) void vscode.commands.executeCommand("setContext", contextKeys.canUndo, true);
  const waits = recordsAt(memory, waitsKey).filter((wait) => !isOutdated(wait, now));
  if (waits.length === 0 || !vscode.workspace.isTrusted) return;
  const open = vscode.l10n.t("Open AWS Resources");
  const message = vscode.l10n.t(
    "Changes to CloudFront whose result has not been reported yet: {0}. Waiting resumes when the AWS Resources view is open.",
    [...new Set(waits.map(({ id }) => id))].join(", "),
  );
  if ((await ask(message, [open])) === open) await vscode.commands.executeCommand(`${resourcesView}.focus`);
}
