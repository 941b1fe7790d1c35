// Saving a draft puts placeholders in place of the header values that were typed since.
import * as vscode from "vscode";
import type { Span } from "../../../core/text.ts";
import type { DraftFiles } from "./files.ts";

/**
 * What is saved is no longer in the editor's backup. What is typed next would be, with all of the text around it: so
 * the text loses the values as it is saved.
 */
export function maskOnSave(drafts: DraftFiles, fault: (error: unknown) => void): vscode.Disposable {
  /** Documents that the editor saved by itself, so that a value in them may be half typed. */
  const typing = new Set<string>();
  const isDraft = ({ uri }: vscode.TextDocument) => drafts.draftNameOf(uri) !== undefined;
  const masks = async (document: vscode.TextDocument): Promise<vscode.TextEdit[]> => {
    const edits = (await drafts.keepTyped(document)).map(inDocument(document));
    const key = document.uri.toString();
    const ready = typing.has(key) ? edits.filter(({ range }) => !isBeingTyped(document, range)) : edits;
    if (ready.length === edits.length) typing.delete(key);
    return ready;
  };
  const maskSaved = async (document: vscode.TextDocument): Promise<void> => {
    const { version } = document;
    const edits = await masks(document);
    if (edits.length === 0 || document.isDirty || document.version !== version) return;
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    if (await vscode.workspace.applyEdit(edit)) await document.save();
  };
  return vscode.Disposable.from(
    vscode.workspace.onWillSaveTextDocument((event) => {
      const { document, reason } = event;
      if (!isDraft(document)) return;
      const key = document.uri.toString();
      if (reason === vscode.TextDocumentSaveReason.AfterDelay) typing.add(key);
      else typing.delete(key);
      event.waitUntil(masks(document));
    }),
    // A save can do without what is to happen before it.
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (isDraft(document)) maskSaved(document).catch(fault);
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor: { document } }) => {
      if (typing.has(document.uri.toString()) && !document.isDirty) maskSaved(document).catch(fault);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => typing.delete(uri.toString())),
  );
}

function inDocument(document: vscode.TextDocument) {
  return ({ span, text }: { readonly span: Span; readonly text: string }): vscode.TextEdit =>
    new vscode.TextEdit(new vscode.Range(document.positionAt(span.start), document.positionAt(span.end)), text);
}

/** A value that is saved while it is being typed stays until the cursor leaves it. */
function isBeingTyped(document: vscode.TextDocument, range: vscode.Range): boolean {
  return vscode.window.visibleTextEditors.some(
    (editor) =>
      editor.document === document &&
      editor.selections.some((selection) => range.intersection(selection) !== undefined),
  );
}
