import * as vscode from "vscode";
import { plain } from "./plain.ts";

type Severity = "error" | "warning" | "info";

/**
 * The one door for messages. For what cannot be passed over there is always a button: without one a notification
 * shows its first line and hides the rest.
 */
export async function say(message: string, severity: Severity = "info"): Promise<void> {
  await ask(message, [vscode.l10n.t("OK")], severity);
}

/** @returns the answer that was chosen; `undefined` where the message was closed */
export async function ask(
  message: string,
  answers: readonly string[],
  severity: Severity = "info",
): Promise<string | undefined> {
  const text = plain(message);
  if (severity === "error") return vscode.window.showErrorMessage(text, ...answers);
  if (severity === "warning") return vscode.window.showWarningMessage(text, ...answers);
  return vscode.window.showInformationMessage(text, ...answers);
}

/** Says it, and goes on from there where the user wants that. */
export async function offerNext(message: string, next: string, go: () => Thenable<unknown>): Promise<void> {
  if ((await ask(message, [next])) === next) await go();
}

/**
 * What nothing goes on without: unlike a message it does not hide by itself while it is read.
 * @param detail lines below the question
 */
export async function confirm(
  message: string,
  answers: readonly string[],
  detail: readonly string[] = [],
): Promise<string | undefined> {
  return vscode.window.showWarningMessage(
    plain(message),
    { modal: true, ...(detail.length === 0 ? {} : { detail: detail.map(plain).join("\n") }) },
    ...answers,
  );
}
