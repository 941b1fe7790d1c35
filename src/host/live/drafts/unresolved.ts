import * as vscode from "vscode";
import { type KeptValues, typedFor, type Unresolved } from "../../../core/cloudfront/placeholders.ts";
import { editInEditor, sayNotTaken } from "../../editor/edit.ts";
import type { EditorUi } from "../ui.ts";

interface UnresolvedIn {
  readonly first: Unresolved;
  readonly count: number;
  readonly values: KeptValues;
}

/** Why a draft is not applied: a placeholder stands for no header value. What was typed there can be had again. */
export async function sayUnresolved(
  document: vscode.TextDocument,
  { first, count, values }: UnresolvedIn,
  ui: EditorUi,
): Promise<void> {
  const { version } = document;
  const range = new vscode.Range(document.positionAt(first.start), document.positionAt(first.end));
  const line = range.start.line + 1;
  const typed = typedFor(first.says, values);
  const [go, edit] = [vscode.l10n.t("Go to Line {0}", line), vscode.l10n.t("Edit What Was Typed")];
  const answer = await ui.ask(
    whyUnresolved(line, count, typed !== undefined),
    typed === undefined ? [go] : [edit, go],
    "error",
  );
  if (answer === undefined) return;
  const editor = await vscode.window.showTextDocument(document, { selection: range });
  if (answer !== edit || typed === undefined || document.version !== version) return;
  if (!(await editInEditor(editor, [vscode.TextEdit.replace(range, typed)]))) await sayNotTaken(document);
}

function whyUnresolved(line: number, count: number, isTyped: boolean): string {
  if (count > 1)
    return vscode.l10n.t(
      "Nothing was applied. The draft contains {0} placeholders that do not stand for header values of this draft, the first on line {1}. Enter the header values, then apply the draft again.",
      count,
      line,
    );
  return isTyped
    ? vscode.l10n.t(
        "Nothing was applied. Line {0} contains a placeholder that does not stand for a header value. What was typed there has a part of another placeholder in it, or is a number without quotation marks. Enter the header value in quotation marks, then apply the draft again.",
        line,
      )
    : vscode.l10n.t(
        "Nothing was applied. Line {0} contains a placeholder that does not stand for a header value of this draft. Enter the header value, then apply the draft again.",
        line,
      );
}
