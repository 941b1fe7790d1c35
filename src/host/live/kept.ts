// What live changes leave behind for the next window, as far as that must be known before anything is loaded for it.
import * as vscode from "vscode";
import { longestWait, undosKey, waitsKey } from "../../account/live/kept.ts";
import { contextKeys, resourcesView } from "../../manifest.ts";
import { ask } from "../editor/say.ts";

/** Says at the start what was left: AWS is not called before the user opens the view. */
export async function tellKept(memory: vscode.Memento, now: number): Promise<void> {
  if ((memory.get<readonly unknown[]>(undosKey) ?? []).length > 0)
    void vscode.commands.executeCommand("setContext", contextKeys.canUndo, true);
  const waits = (memory.get<readonly { readonly id: string; readonly at: number }[]>(waitsKey) ?? []).filter(
    ({ at }) => now - at <= longestWait,
  );
  if (waits.length === 0 || !vscode.workspace.isTrusted) return;
  const open = vscode.l10n.t("Open AWS Resources");
  const message = vscode.l10n.t(
    "Changes to CloudFront whose result has not been reported yet: {0}. Waiting resumes when the AWS Resources view is open.",
    waits.map(({ id }) => id).join(", "),
  );
  if ((await ask(message, [open])) === open) await vscode.commands.executeCommand(`${resourcesView}.focus`);
}
