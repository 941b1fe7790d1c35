import * as vscode from "vscode";
import { lastPart } from "../../core/text.ts";

export function fileName({ path }: vscode.Uri): string {
  return lastPart(path);
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
