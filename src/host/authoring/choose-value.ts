import * as vscode from "vscode";
import { planChanges, readFreshly } from "../../account/document-plan.ts";
import type { ConfigFacts } from "../../core/facts.ts";
import { type Values, valuesAt } from "../../core/mending.ts";
import { messageOf, tell } from "../../core/messages/tell.ts";
import type { Span } from "../../core/text.ts";
import { changeable } from "../documents/changeable.ts";
import { positionsOf, toTextEdits } from "../editor/convert.ts";
import { editInEditor, sayNotTaken } from "../editor/edit.ts";
import { drawable, newPick, shown } from "../editor/pick.ts";
import { iconless } from "../editor/plain.ts";
import { say } from "../editor/say.ts";
import { judgeAs } from "./change-in-editor.ts";
import type { PickerTools } from "./origin-picker.ts";

interface ValueItem extends vscode.QuickPickItem {
  readonly edits: ReturnType<typeof planChanges>["edits"];
}

/** Each value is tried on all of the document, which takes too long in a large one. */
const mostJudged = 200_000;

/** Replaces a value by another one that may stand there, or adds one; what that would break is said beside it. */
export async function chooseValue(uri: unknown, at: unknown, tools: PickerTools): Promise<void> {
  if (!(uri instanceof vscode.Uri) || !isSpan(at)) return;
  const document = await vscode.workspace.openTextDocument(uri);
  const checked = await changeable(document, tools.documents, {
    isIn: ({ facts }) => facts.kind === "config" && valuesAt(at, facts) !== undefined,
    explain: sayChanged,
  });
  const before = checked === undefined ? undefined : readFreshly(checked.facts);
  const values = before === undefined ? undefined : valuesAt(at, before);
  if (before === undefined || values === undefined) return;
  const { version } = document;
  const { name, instead } = values;
  const pick = newPick<ValueItem>(
    name === undefined ? vscode.l10n.t("Choose a value") : vscode.l10n.t("Choose a value for {0}", name),
    instead === undefined
      ? vscode.l10n.t("Select a managed cache policy")
      : vscode.l10n.t("Replaces {0}", before.tree.text.slice(instead.start, instead.end)),
  );
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  pick.items = drawable(itemsFor(values, before, document, tools));
  const chosen = await shown(pick, () => pick.selectedItems[0]);
  if (chosen === undefined) return;
  if (document.version !== version) return sayChanged();
  const editor = await vscode.window.showTextDocument(document);
  if (!(await editInEditor(editor, toTextEdits(chosen.edits, positionsOf(document))))) await sayNotTaken(document);
}

function itemsFor(
  { name, offers, changes }: Values,
  before: ConfigFacts,
  document: vscode.TextDocument,
  tools: PickerTools,
): ValueItem[] {
  const judge = before.tree.text.length > mostJudged ? () => [] : judgeAs(document, tools);
  return offers.map(({ label, detail, value, documentation = [] }): ValueItem => {
    const { edits, introduced } = planChanges(before, changes(value), judge);
    const worst = introduced.find(({ severity }) => severity === "error");
    const known = iconless(documentation.map((one) => tell(one)).join(" "));
    const said =
      worst !== undefined ? { detail: `$(error) ${messageOf(worst)}` } : known === "" ? {} : { detail: known };
    // The name of the member is the title already.
    const beside = detail === name ? {} : { description: iconless(tell(detail)) };
    return { label: iconless(label), ...beside, ...said, edits };
  });
}

function sayChanged(): Promise<void> {
  return say(vscode.l10n.t("The file has changed: the value is no longer there. Nothing was changed."), "warning");
}

function isSpan(value: unknown): value is Span {
  return (
    typeof value === "object" &&
    value !== null &&
    "start" in value &&
    typeof value.start === "number" &&
    "end" in value &&
    typeof value.end === "number"
  );
}
