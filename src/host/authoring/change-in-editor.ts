import * as vscode from "vscode";
import type { JudgeDocument } from "../../account/document-plan.ts";
import { problemLine } from "../../account/problems.ts";
import { copyCommandLabel } from "../../core/messages/copied-for.ts";
import type { Problem } from "../../core/rules/rule.ts";
import type { TextEdit } from "../../core/text.ts";
import { type CommandId, draftScheme } from "../../manifest.ts";
import { judge } from "../documents/reader.ts";
import { positionsOf, toTextEdits } from "../editor/convert.ts";
import { editInEditor, sayNotTaken } from "../editor/edit.ts";
import type { Preview } from "../editor/preview.ts";
import { askInReview } from "../editor/review-pick.ts";
import { offerNext, say } from "../editor/say.ts";
import { terminal } from "../editor/terminal.ts";
import type { PickerTools } from "./origin-picker.ts";

/** A document is judged as where it stands, with what the account holds. */
export function judgeAs(
  { uri }: vscode.TextDocument,
  { log, inventories }: Pick<PickerTools, "log" | "inventories">,
): JudgeDocument {
  return (facts) => judge(uri, facts, log, { inventories });
}

/** A change that is ready to be shown and asked about. */
export interface Offer {
  readonly edits: readonly TextEdit[];
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
    const taken =
      document.version === version && (await editInEditor(editor, toTextEdits(offer.edits, positionsOf(document))));
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

/** A config was changed: a draft can be applied, a file be sent by a command that is copied. */
export function offerToSend({ uri }: vscode.TextDocument, inDraft: string, inFile: string): Promise<void> {
  const run = (command: CommandId) => () => vscode.commands.executeCommand(command, uri);
  return uri.scheme === draftScheme
    ? offerNext(inDraft, vscode.l10n.t("Apply to CloudFront…"), run("mtls.applyToCloudFront"))
    : offerNext(inFile, copyCommand(), run("mtls.copyUpdateCommand"));
}

export const copyCommand = () => copyCommandLabel(terminal());
