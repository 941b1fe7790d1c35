import * as vscode from "vscode";
import { ask } from "../editor/say.ts";
import type { Checked, Documents } from "./documents.ts";

/**
 * For commands that change a text: behind a fault nothing is sure.
 * @returns whether there is one; then the user was told, and led to it if wanted
 */
export async function hasJsonFault({ document, facts }: Checked): Promise<boolean> {
  const problem = facts.kind === "config" ? facts.tree.problems[0] : undefined;
  if (problem === undefined) return false;
  const position = document.positionAt(problem.start);
  const go = vscode.l10n.t("Go to Line {0}", position.line + 1);
  const answer = await ask(
    vscode.l10n.t("Fix the JSON error on line {0} first, then run the command again.", position.line + 1),
    [go],
    "error",
  );
  if (answer === go)
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
  return true;
}

/** For what waits until it is mended; `undefined`: there is none. */
export function jsonFaultText({ document, facts }: Checked): string | undefined {
  const problem = facts.kind === "config" ? facts.tree.problems[0] : undefined;
  if (problem === undefined) return undefined;
  const { line } = document.positionAt(problem.start);
  return vscode.l10n.t(
    "Fix the JSON error on line {0}. Until then, this change cannot be planned or applied.",
    line + 1,
  );
}

/** What of a document a command changes. */
export interface Needed {
  isIn(checked: Checked): boolean;
  /** Says that it is not there, and what to do. */
  explain(): Promise<void>;
}

/** A document with all that a command needs to change it; `undefined`: something is missing, and the user was told. */
export async function changeable(
  document: vscode.TextDocument,
  documents: Documents,
  needed: Needed,
): Promise<Checked | undefined> {
  const checked = await documents.current(document);
  if (checked === undefined || !needed.isIn(checked)) {
    await needed.explain();
    return undefined;
  }
  return (await hasJsonFault(checked)) ? undefined : checked;
}
