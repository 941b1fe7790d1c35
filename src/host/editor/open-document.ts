// Beside files.ts: the entry point needs this, and nothing of core with it.
import * as vscode from "vscode";

/** The document of a file that is open. */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(
    (document) => document.uri.toString() === uri.toString() && !document.isClosed,
  );
}
