import * as vscode from "vscode";
import { broughtBy, problemLine } from "../../account/problems.ts";
import type { Change } from "../../core/document/change.ts";
import type { ConfigFacts } from "../../core/facts.ts";
import { renderIn } from "../../core/fixes.ts";
import { read } from "../../core/read.ts";
import type { Problem } from "../../core/rules/rule.ts";
import { applyEdits } from "../../core/text.ts";
import type { Checked } from "../documents/documents.ts";
import { judge } from "../documents/reader.ts";
import { positionsOf, toTextEdits } from "../editor/convert.ts";
import { editInEditor, sayNotTaken } from "../editor/edit.ts";
import type { Preview } from "../editor/preview.ts";
import { askInReview } from "../editor/review-pick.ts";
import { say } from "../editor/say.ts";
import type { PickerTools } from "./origin-picker.ts";

/** What a command would make of a document. */
export interface PlannedChange {
  readonly edits: vscode.TextEdit[];
  readonly before: ConfigFacts;
  readonly after: ConfigFacts;
  /** The problems of what it becomes. */
  readonly problems: readonly Problem[];
  /** Those that the change brings. */
  readonly introduced: readonly Problem[];
}

/** The document read anew, so that what the documents keep stays theirs. `undefined`: it has no tree. */
export function freshly({ facts }: Checked): ConfigFacts | undefined {
  if (facts.kind !== "config") return undefined;
  return read({
    text: facts.tree.text,
    syntax: facts.tree.syntax,
    name: facts.name,
    encoding: facts.encoding,
    served: facts.served,
    dialect: facts.dialect,
  });
}

export function planChange(
  document: vscode.TextDocument,
  before: ConfigFacts,
  changes: readonly Change[],
  { log, inventories }: Pick<PickerTools, "log" | "inventories">,
): PlannedChange {
  const { tree, name, encoding, served, dialect } = before;
  const edits = renderIn(before, changes);
  const after = read({ text: applyEdits(tree.text, edits), syntax: tree.syntax, name, encoding, served, dialect });
  const problems = judge(document.uri, after, log, { inventories });
  return {
    edits: toTextEdits(edits, positionsOf(document)),
    before,
    after,
    problems,
    introduced: broughtBy(judge(document.uri, before, log, { inventories }), problems).introduced,
  };
}

/** A change that is ready to be shown and asked about. */
export interface Offer {
  readonly edits: vscode.TextEdit[];
  show(): Promise<Preview>;
  readonly question: Question;
  /** Says what comes next, once it is in the document. */
  done(): Promise<void>;
}

export interface Question {
  readonly title: string;
  readonly steps: number;
  /** What is applied, beside the name of the file. */
  readonly description?: string;
  readonly detail?: string;
  /** What to know before: who is cut off, what has to be done besides. */
  readonly sections: readonly { readonly title: string; readonly items: readonly vscode.QuickPickItem[] }[];
  readonly introduced: readonly Problem[];
}

/**
 * Shows what would change, asks, and applies it as one undo step. Where the document changes meanwhile it is planned
 * anew; `undefined`: what there was to say was said.
 */
export async function previewAndApply(
  document: vscode.TextDocument,
  plan: () => Promise<Offer | undefined>,
): Promise<void> {
  for (;;) {
    const { version } = document;
    const offer = await plan();
    if (offer === undefined) return;
    const preview = await offer.show();
    if (!(await confirmChange(document, offer.question).finally(preview.close))) return;
    const editor = await vscode.window.showTextDocument(document);
    const taken = document.version === version && (await editInEditor(editor, offer.edits));
    if (taken) return offer.done();
    if (document.version === version) return sayNotTaken(document);
    void say(vscode.l10n.t("The file changed while the preview was open. The preview now shows the updated change."));
  }
}

async function confirmChange(
  document: vscode.TextDocument,
  { title, steps, description, detail, sections, introduced }: Question,
): Promise<boolean> {
  const answer = await askInReview<"apply" | "cancel">({
    title,
    step: { step: steps, of: steps },
    question: vscode.l10n.t("The diff editor shows the exact change. Apply it?"),
    answers: [
      {
        answer: "apply",
        label: vscode.l10n.t("$(check) Apply to {0}", vscode.workspace.asRelativePath(document.uri)),
        ...(description === undefined ? {} : { description }),
        ...(detail === undefined ? {} : { detail }),
      },
      { answer: "cancel", label: vscode.l10n.t("$(close) Cancel"), description: vscode.l10n.t("nothing changes") },
    ],
    sections: [
      ...sections.map((section) => ({ title: section.title, lines: section.items })),
      { title: vscode.l10n.t("problems in the file after the change"), lines: introduced.map(problemLine) },
    ],
  });
  return answer === "apply";
}
