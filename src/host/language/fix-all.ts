import * as vscode from "vscode";
import { textOf } from "../../core/facts.ts";
import { fixAllInSteps, safeFixes } from "../../core/fixes.ts";
import { isShown } from "../../core/judging.ts";
import type { Problem } from "../../core/rules/rule.ts";
import { sharedEnds } from "../../core/text.ts";
import type { Checked } from "../documents/documents.ts";
import { contextFor, faultsTo, hiddenIn } from "../documents/reader.ts";
import { positionsOf, toTextEdits } from "../editor/convert.ts";
import type { Log } from "../editor/log.ts";
import { say } from "../editor/say.ts";
import { signalOf } from "../editor/signal.ts";
import { whileUnchanged } from "../editor/while-unchanged.ts";

/**
 * What "fix all" changes; nothing of it is a guess, and nothing hidden by the settings is touched. Other work has its
 * turn meanwhile.
 * @returns `undefined`: it was canceled, or the document changed, so that nothing of it holds
 */
export async function fixAllEdits(
  { document, version, facts, problems }: Checked,
  log: Log,
  token: vscode.CancellationToken,
): Promise<vscode.TextEdit[] | undefined> {
  if (safeFixes(problems).length === 0) return [];
  const hidden = hiddenIn(document.uri);
  const isWanted = (problem: Problem) => isShown(problem, hidden);
  const before = textOf(facts);
  const isOver = () => token.isCancellationRequested || document.isClosed || document.version !== version;
  if (isOver()) return undefined;
  const steps = fixAllInSteps(facts, contextFor(document.uri), faultsTo(log), isWanted);
  const fixed = await whileUnchanged(document, steps, signalOf(token));
  if (fixed === undefined || isOver()) return undefined;
  if (fixed.text === before) return [];
  const { start, end } = sharedEnds(before, fixed.text);
  return toTextEdits(
    [{ span: { start, end: before.length - end }, text: fixed.text.slice(start, fixed.text.length - end) }],
    positionsOf(document),
  );
}

/** In UTF-16 code units: less is done before a progress could be read. */
const longEnough = 1_000_000;

/** The same for a command. @returns `undefined`: the user canceled, or was told that the document changed */
export async function fixAllForUser(checked: Checked, log: Log): Promise<vscode.TextEdit[] | undefined> {
  if (textOf(checked.facts).length < longEnough)
    return (await fixAllEdits(checked, log, new vscode.CancellationTokenSource().token)) ?? sayChanged(checked);
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t("Applying all safe fixes"),
    cancellable: true,
  };
  const { edits, isCanceled } = await vscode.window.withProgress(options, async (_, token) => ({
    edits: await fixAllEdits(checked, log, token),
    isCanceled: token.isCancellationRequested,
  }));
  return edits ?? (isCanceled ? undefined : sayChanged(checked));
}

async function sayChanged({ document }: Checked): Promise<undefined> {
  await say(
    vscode.l10n.t(
      "Nothing was fixed because {0} changed meanwhile. Run the command again.",
      vscode.workspace.asRelativePath(document.uri),
    ),
    "warning",
  );
  return undefined;
}
