import * as vscode from "vscode";
import { lastPart } from "../../core/text.ts";

export function fileName({ path }: vscode.Uri): string {
  return lastPart(path);
}

/** The document of a file that is open. */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(
    (document) => document.uri.toString() === uri.toString() && !document.isClosed,
  );
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
