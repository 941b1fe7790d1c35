import * as vscode from "vscode";
import { shownPath } from "./files.ts";
import { say } from "./say.ts";

/**
 * Edits as one undo step. Unlike a workspace edit, an editor leaves alone a file that the user, or the file
 * system, made read-only, and a text that is no longer the one the edits were made for.
 * @returns whether the text is now another one
 */
export async function editInEditor(editor: vscode.TextEditor, edits: readonly vscode.TextEdit[]): Promise<boolean> {
  const { document } = editor;
  const { version } = document;
  const taken = await editor.edit((builder) => {
    for (const { range, newText } of edits) builder.replace(range, newText);
  });
  const [first, last] = [edits[0], edits.at(-1)];
  if (!taken || document.version === version || first === undefined || last === undefined) return false;
  editor.revealRange(first.range.union(last.range), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return true;
}

export function sayNotTaken(document: vscode.TextDocument): Promise<void> {
  return say(
    vscode.l10n.t(
      "Nothing was changed because the editor did not accept the edits. Check whether {0} is read-only.",
      shownPath(document.uri),
    ),
    "error",
  );
}
