import * as vscode from "vscode";
import { lastPart } from "../../core/text.ts";
import { draftScheme } from "../../manifest.ts";

export function fileName({ path }: vscode.Uri): string {
  return lastPart(path);
}

/** What tells it from other files: its path in the workspace, or its name, where it is in none. */
export function shownPath(uri: vscode.Uri): string {
  if (uri.scheme === draftScheme) return vscode.l10n.t("{0} (draft)", fileName(uri));
  return vscode.workspace.getWorkspaceFolder(uri) === undefined ? fileName(uri) : vscode.workspace.asRelativePath(uri);
}

export function exists(uri: vscode.Uri): Thenable<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/** As a shell that stands in the workspace should see it. */
export function shellPath(uri: vscode.Uri): string {
  return vscode.workspace.getWorkspaceFolder(uri) === undefined
    ? uri.fsPath
    : vscode.workspace.asRelativePath(uri, false);
}
