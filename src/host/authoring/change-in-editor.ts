import * as vscode from "vscode";
import type { DocumentPlan, JudgeDocument } from "../../account/document-plan.ts";
import { movedProblem } from "../../account/problems.ts";
import { copyCommandLabel } from "../../core/messages/copied-for.ts";
import { masked } from "../../core/secrets.ts";
import { changedSpans } from "../../core/text.ts";
import { type CommandId, draftScheme } from "../../manifest.ts";
import { syntaxFaultText } from "../documents/changeable.ts";
import type { Checked, Documents } from "../documents/documents.ts";
import { judge } from "../documents/reader.ts";
import { type FileChange, type Instead, reviewInFile } from "../editor/file-review.ts";
import { shownPath } from "../editor/files.ts";
import type { Previews } from "../editor/preview.ts";
import type { ReviewNotes } from "../editor/review-notes.ts";
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

/** A change of a document with a tree, worked out and put into words. */
export interface Offer extends Pick<FileChange, "heading" | "done"> {
  readonly plan: DocumentPlan;
  readonly notes: Pick<ReviewNotes, "summary" | "sections">;
}

interface ReviewTools {
  readonly documents: Documents;
  readonly previews: Previews;
}

/**
 * Shows what would change, with what to know of it, until it is applied, as one undo step, or discarded.
 * @param offer plans it for the document as it is
 * @param explain says why a document cannot be changed at all
 */
export function previewAndApply(
  document: vscode.TextDocument,
  offer: (checked: Checked) => Offer | Instead,
  explain: (document: vscode.TextDocument) => Promise<unknown>,
  { documents, previews }: ReviewTools,
): Promise<void> {
  return reviewInFile(
    document,
    async (now) => {
      const checked = await documents.current(now);
      if (checked === undefined) return { instead: () => explain(now) };
      const fault = syntaxFaultText(checked);
      if (fault !== undefined) return { blocked: fault };
      const offered = offer(checked);
      return "instead" in offered ? offered : fileChange(now, offered);
    },
    previews,
  );
}

function fileChange({ uri }: vscode.TextDocument, { plan, heading, notes, done }: Offer): FileChange {
  const { before, after, edits, introduced } = plan;
  // Header values of origins are secrets, and what a listener signs in with at an identity provider.
  const shown = masked(after.tree);
  return {
    edits,
    title: `${heading}: ${shownPath(uri)}`,
    heading,
    before: masked(before.tree).text,
    after: shown.text,
    changed: changedSpans(before.tree.text, edits).map(shown.moved),
    problems: introduced.map((problem) => movedProblem(problem, shown)),
    notes: { ...notes, introduced },
    done,
  };
}

/** Where what was chosen is not there any more. */
export const goneInstead = (): Instead => ({
  instead: () =>
    say(
      vscode.l10n.t(
        "The file has changed: the selected item no longer exists or cannot be changed. Nothing was changed. Run the command again.",
      ),
      "warning",
    ),
});

/** A config was changed: a draft can be applied, a file be sent by a command that is copied. */
export function offerToSend({ uri }: vscode.TextDocument, inDraft: string, inFile: string): Promise<void> {
  const run = (command: CommandId) => () => vscode.commands.executeCommand(command, uri);
  return uri.scheme === draftScheme
    ? offerNext(inDraft, vscode.l10n.t("Apply to CloudFront…"), run("mtls.applyToCloudFront"))
    : offerNext(inFile, copyCommand(), run("mtls.copyUpdateCommand"));
}

export const copyCommand = () => copyCommandLabel(terminal());
