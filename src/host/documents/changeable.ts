import * as vscode from "vscode";
import { isMade } from "../../core/template/template.ts";
import { ask, say } from "../editor/say.ts";
import type { Checked, Documents } from "./documents.ts";

/**
 * For commands that change a text: behind a fault nothing is sure.
 * @returns whether there is one; then the user was told, and led to it if wanted
 */
export async function hasSyntaxFault({ document, facts }: Checked): Promise<boolean> {
  const problem = facts.kind === "config" ? facts.tree.problems[0] : undefined;
  if (problem === undefined) return false;
  const position = document.positionAt(problem.start);
  const line = position.line + 1;
  const go = vscode.l10n.t("Go to Line {0}", line);
  const isYaml = facts.kind === "config" && facts.tree.syntax === "yaml";
  const answer = await ask(
    isYaml
      ? vscode.l10n.t("Fix the YAML error on line {0} first, then run the command again.", line)
      : vscode.l10n.t("Fix the JSON error on line {0} first, then run the command again.", line),
    [go],
    "error",
  );
  if (answer === go)
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
  return true;
}

/** For what waits until it is mended; `undefined`: there is none. */
export function syntaxFaultText({ document, facts }: Checked): string | undefined {
  const problem = facts.kind === "config" ? facts.tree.problems[0] : undefined;
  if (problem === undefined) return undefined;
  const line = document.positionAt(problem.start).line + 1;
  return facts.kind === "config" && facts.tree.syntax === "yaml"
    ? vscode.l10n.t("Fix the YAML error on line {0}. Until then, this change cannot be planned or applied.", line)
    : vscode.l10n.t("Fix the JSON error on line {0}. Until then, this change cannot be planned or applied.", line);
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
  if (await isGeneratedFile(checked)) return undefined;
  return (await hasSyntaxFault(checked)) ? undefined : checked;
}

/** Nothing is changed in a file that a program writes again. */
async function isGeneratedFile({ facts }: Checked): Promise<boolean> {
  if (facts.kind !== "config" || facts.template === undefined || !isMade(facts.template, facts.isGenerated))
    return false;
  await say(
    vscode.l10n.t(
      "The CDK or SAM wrote this file, and will write it again. Change the code that it is made from instead.",
    ),
  );
  return true;
}
