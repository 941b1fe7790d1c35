import * as vscode from "vscode";
import { openDocument } from "../../editor/open-document.ts";
import { isChanged, tabsOf } from "./current.ts";
import type { DraftName } from "./draft.ts";
import type { DraftFiles } from "./files.ts";

/**
 * For so long after it was saved, another window may have an editor on it, which this one cannot see. In milliseconds.
 */
export const unchangedDraftsStay = 5 * 60 * 1000;
/** After a day, what a closed window left no longer belongs to any window. */
const leftDraftsStay = 24 * 60 * 60 * 1000;

/**
 * A draft that says what it was made from holds nothing worth keeping, and secrets: it goes some time after its editor.
 */
export function forgetUnchanged(drafts: DraftFiles, stay: number, fault: (error: unknown) => void): vscode.Disposable {
  const timers = new Set<NodeJS.Timeout>();
  const forget = async (name: DraftName, age: number): Promise<void> => {
    const draft = await drafts.get(name);
    const uri = drafts.uriOf(name);
    if (draft === undefined || isChanged(draft) || openDocument(uri) !== undefined || tabsOf(uri).length > 0) return;
    const rest = draft.savedAt + age - Date.now();
    if (rest <= 0) await drafts.discard(name);
    else if (age === stay) later(name, rest);
  };
  const later = (name: DraftName, milliseconds: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      forget(name, stay).catch(fault);
    }, milliseconds);
    timers.add(timer);
  };
  const forgetLeft = async () => {
    for (const name of await drafts.names()) await forget(name, leftDraftsStay).catch(fault);
  };
  forgetLeft().catch(fault);
  const closed = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
    const name = drafts.draftNameOf(uri);
    if (name !== undefined) forget(name, stay).catch(fault);
  });
  return vscode.Disposable.from(closed, { dispose: () => timers.forEach(clearTimeout) });
}
