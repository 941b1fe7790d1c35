import * as vscode from "vscode";
import { positionsOf, toDiagnostic } from "../editor/convert.ts";
import type { Documents } from "./documents.ts";

/** Shows what was found in the open documents. */
export function publishDiagnostics(
  documents: Documents,
  collection: vscode.DiagnosticCollection,
  onClosed: (uri: vscode.Uri) => void,
): vscode.Disposable {
  const publish = (document: vscode.TextDocument) => {
    const checked = documents.last(document);
    if (checked !== undefined) {
      const positions = positionsOf(document);
      collection.set(
        document.uri,
        checked.problems.map((problem) => toDiagnostic(problem, document.uri, positions)),
      );
    } else {
      collection.delete(document.uri);
      if (document.isClosed) onClosed(document.uri);
    }
  };
  for (const document of vscode.workspace.textDocuments) if (documents.last(document) !== undefined) publish(document);
  return documents.onDidCheck(publish);
}
