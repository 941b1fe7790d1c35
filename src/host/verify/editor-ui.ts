import * as vscode from "vscode";
import type { VerifyUi } from "../../account/verify/ui.ts";
import { tooLargeText } from "../../core/messages/probe/credential.ts";
import { greatestCredentialFile } from "../../core/probe/credential.ts";
import { fileName } from "../editor/files.ts";
import { type Log, logFault } from "../editor/log.ts";
import { drawable, inputBox, newPick, shown } from "../editor/pick.ts";
import { iconless } from "../editor/plain.ts";
import type { Previews } from "../editor/preview.ts";
import { say } from "../editor/say.ts";

/** Verifications in the editor: picks, a file dialog, progress that can be cancelled, a text beside. */
export function createVerifyUi({ previews, log }: { readonly previews: Previews; readonly log: Log }): VerifyUi {
  const ui: VerifyUi = {
    // It stays until the user closes it.
    say: async (message, severity) => {
      say(message, severity).catch((error: unknown) => logFault(log, "what was said", error));
    },
    choose: async ({ title, placeholder, items }) => {
      const pick = newPick<(typeof items)[number] & vscode.QuickPickItem>(title, placeholder);
      // A dialog for files takes the focus.
      pick.ignoreFocusOut = true;
      pick.matchOnDescription = true;
      pick.items = drawable(
        items.map((item) => (item.label.startsWith("$(") ? item : { ...item, label: iconless(item.label) })),
      );
      return shown(pick, () => pick.selectedItems[0]?.value);
    },
    enter: async ({ title, prompt, value, check }) =>
      (
        await inputBox({ title, prompt, value, ignoreFocusOut: true, validateInput: (text) => check(text.trim()) })
      )?.trim(),
    chooseFile: async (title) => {
      const [uri] =
        (await vscode.window.showOpenDialog({
          title,
          openLabel: vscode.l10n.t("Select"),
          filters: {
            [vscode.l10n.t("Certificates and keys")]: ["pem", "crt", "cer", "cert", "key", "chain", "ca-bundle"],
            [vscode.l10n.t("All files")]: ["*"],
          },
        })) ?? [];
      if (uri === undefined) return undefined;
      const name = fileName(uri);
      try {
        if ((await vscode.workspace.fs.stat(uri)).size > greatestCredentialFile) {
          await ui.say(tooLargeText(name), "error");
          return undefined;
        }
        return { name, text: new TextDecoder("latin1").decode(await vscode.workspace.fs.readFile(uri)) };
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        await ui.say(vscode.l10n.t("Could not read {0}: {1}", name, error.message), "error");
        return undefined;
      }
    },
    progress: async (title, work) =>
      vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title, cancellable: true },
        async (progress, token) => {
          const stop = new AbortController();
          const cancelling = token.onCancellationRequested(() => stop.abort());
          try {
            return await work((message) => progress.report({ message }), stop.signal);
          } finally {
            cancelling.dispose();
          }
        },
      ),
    show: (name, text) => previews.showText(name, text, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }),
  };
  return ui;
}
