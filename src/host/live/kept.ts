// What live changes leave behind for the next window, as far as that must be known before anything is loaded for it.
import * as vscode from "vscode";
import { longestWait, undosKey, waitsKey } from "../../account/live/kept.ts";
import { contextKeys, resourcesView } from "../../manifest.ts";
import { ask } from "../editor/say.ts";

/** Says at the start what was left: nobody asks AWS before somebody wants to know. */
export async function tellKept(memory: vscode.Memento, now: number): Promise<void> {
  if ((memory.get<readonly unknown[]>(undosKey) ?? []).length > 0)
    void vscode.commands.executeCommand("setContext", contextKeys.canUndo, true);
  const waits = (memory.get<readonly { readonly id: string; readonly at: number }[]>(waitsKey) ?? []).filter(
    ({ at }) => now - at <= longestWait,
  );
  if (waits.length === 0 || !vscode.workspace.isTrusted) return;
  const open = vscode.l10n.t("Open AWS Resources");
  const message = vscode.l10n.t(
    "CloudFront was changed, and the end of it was not told yet: {0}. Waiting goes on when the view of the account is open.",
    waits.map(({ id }) => id).join(", "),
  );
  if ((await ask(message, [open])) === open) await vscode.commands.executeCommand(`${resourcesView}.focus`);
}
