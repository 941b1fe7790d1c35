import * as vscode from "vscode";

/** As far as `pemAt` looks, in UTF-16 code units. */
const reach = 131_072;

/** What stands around a position, however long its line is; `start` is its offset in the document. */
export function textAround(
  document: vscode.TextDocument,
  position: vscode.Position,
): { readonly text: string; readonly start: number } {
  const offset = document.offsetAt(position);
  const from = document.positionAt(Math.max(0, offset - reach));
  return {
    text: document.getText(new vscode.Range(from, document.positionAt(offset + reach))),
    start: document.offsetAt(from),
  };
}
