// A draft as its editor shows it, and what is done to both at once.
import * as vscode from "vscode";
import type { Version } from "../../../account/live/change.ts";
import { unknownMembers, type WireConfig } from "../../../core/cloudfront/wire.ts";
import { openDocument } from "../../editor/open-document.ts";
import { type Draft, type DraftName, isSameText } from "./draft.ts";
import type { DraftFiles } from "./files.ts";
import { masked, plainText, unchangedText } from "./values.ts";

/** As it is in an editor; else as it was saved. */
export async function currentDraft(name: DraftName, drafts: DraftFiles): Promise<Draft | undefined> {
  const document = openDocument(drafts.uriOf(name));
  return document === undefined ? drafts.get(name) : drafts.inEditor(document);
}

/** As a click in a list does: a document that an extension opens itself stays open for minutes after its editor. */
export async function show(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand("vscode.open", uri, { preview: false } satisfies vscode.TextDocumentShowOptions);
}

export function isChanged(draft: Draft): boolean {
  return !isSameText(plainText(draft).text, draft.base.text);
}

export async function discard(name: DraftName, drafts: DraftFiles): Promise<void> {
  const uri = drafts.uriOf(name);
  const document = openDocument(uri);
  if (document?.isDirty === true) {
    await drafts.markExplained(name);
    const draft = await drafts.inEditor(document);
    if (await replaceText(document, draft === undefined ? "" : unchangedText(name, draft))) await document.save();
  }
  await vscode.window.tabGroups.close(tabsOf(uri));
  await drafts.discard(name);
}

export function tabsOf(uri: vscode.Uri): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
}

/**
 * The draft, on another base and with another text; an editor on it shows that too.
 * @param text with its header values
 * @returns whether it was set: if the user types at this moment, text and base stay as they are
 */
export async function setDraft(
  name: DraftName,
  base: Version<WireConfig>,
  text: string,
  profile: string | undefined,
  drafts: DraftFiles,
): Promise<boolean> {
  const document = openDocument(drafts.uriOf(name));
  const draft = masked(
    name,
    {
      text,
      base: { etag: base.etag ?? "", text: base.config.text },
      served: [...unknownMembers(base.config)],
      profile,
      savedAt: Date.now(),
    },
    (await currentDraft(name, drafts))?.values ?? {},
  );
  // The editor first: a file that changes below it is read again at some time, and an editor with changes is not saved
  // over it.
  if (document !== undefined && (document.isDirty || !isSameText(document.getText(), draft.text))) {
    drafts.expect(name, draft);
    if (!(await replaceText(document, draft.text))) return false;
    // Saved with its base. Where it cannot be saved, both stay with the editor.
    await document.save();
    return true;
  }
  await drafts.put(name, draft);
  return true;
}

/** Beyond the end of any config, since the length of the text by then is unknown. */
const mostLines = 1_000_000;

/** Unlike the file below it, an editor with changes of its own takes an edit. */
async function replaceText(document: vscode.TextDocument, text: string): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, mostLines, 0), text);
  return vscode.workspace.applyEdit(edit);
}
