import * as vscode from "vscode";
import { holdsDer, holdsPem } from "../../core/telling.ts";
import { contextKeys } from "../../manifest.ts";

/** Longer documents are not searched, so that an editor opens without delay; the command works there all the same. */
const mostLines = 200_000;

/** Offers the inspector where the active editor holds PEM or bare certificates, in whatever language. Loads nothing. */
export function followPem(): vscode.Disposable {
  let shown: boolean | undefined;
  const set = (holds: boolean) => {
    if (holds === shown) return;
    shown = holds;
    void vscode.commands.executeCommand("setContext", contextKeys.hasPem, holds);
  };
  const look = () => {
    const document = vscode.window.activeTextEditor?.document;
    set(document !== undefined && document.lineCount <= mostLines && holds(document.getText()));
  };
  look();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(look),
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (document === vscode.window.activeTextEditor?.document) look();
    }),
    // What is pasted is looked at by itself; what goes is noticed when the file is saved.
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (
        shown !== true &&
        document === vscode.window.activeTextEditor?.document &&
        contentChanges.some(({ text }) => holds(text))
      )
        set(true);
    }),
  );
}

function holds(text: string): boolean {
  return holdsPem(text) || holdsDer(text);
}
