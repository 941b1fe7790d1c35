import * as vscode from "vscode";

/** For what cannot be passed over: without a button a notification shows its first line and hides the rest. */
export async function say(message: string, severity: "error" | "warning" | "info" = "info"): Promise<void> {
  const ok = vscode.l10n.t("OK");
  if (severity === "error") await vscode.window.showErrorMessage(message, ok);
  else if (severity === "warning") await vscode.window.showWarningMessage(message, ok);
  else await vscode.window.showInformationMessage(message, ok);
}
