// Saving a draft is not applying it.
import * as vscode from "vscode";
import type { CommandId } from "../../../manifest.ts";
import { offerNext } from "../../editor/say.ts";
import type { DraftName } from "./draft.ts";
import type { DraftFiles } from "./files.ts";

const apply: CommandId = "mtls.applyToCloudFront";

/** What it is that stands in the editor. */
export function explainDraft({ id }: DraftName, uri: vscode.Uri): Promise<void> {
  return offerNext(
    vscode.l10n.t(
      "This is a draft of the configuration of {0}. It is saved on this machine only, and CloudFront does not change until you apply it.",
      id,
    ),
    vscode.l10n.t("Apply to CloudFront…"),
    () => vscode.commands.executeCommand(apply, uri),
  );
}

/** Said with the first save of a draft: from then on the title of its editor says it. */
export function explainOnSave(
  drafts: DraftFiles,
  fault: (error: unknown) => void,
  explain: typeof explainDraft = explainDraft,
): vscode.Disposable {
  return vscode.workspace.onDidSaveTextDocument(({ uri }) => {
    const name = drafts.draftNameOf(uri);
    if (name === undefined) return;
    drafts
      .markExplained(name)
      .then((isFirst) => (isFirst ? explain(name, uri) : undefined))
      .catch(fault);
  });
}
