import * as vscode from "vscode";
import type { Config } from "../../core/cloudfront/config.ts";
import { parametersIn, replacedBy } from "../../core/cloudfront/replaced.ts";
import { configOf } from "../../core/facts.ts";
import { renderIn, safeFixes } from "../../core/fixes.ts";
import type { Suppression } from "../../core/judging.ts";
import { fixTitle } from "../../core/messages/tell.ts";
import type { Fix, Problem } from "../../core/rules/rule.ts";
import { type CommandId, diagnosticSource, languages } from "../../manifest.ts";
import { offerExtraction } from "../authoring/update-command.ts";
import type { Checked, Documents } from "../documents/documents.ts";
import { newAction, positionsOf, toTextEdits } from "../editor/convert.ts";
import type { Log } from "../editor/log.ts";
import { workspacePath } from "../editor/settings.ts";
import { fixAllEdits } from "./fix-all.ts";
import { mendingCommands } from "./mending-actions.ts";

const fixAllKind = vscode.CodeActionKind.SourceFixAll.append("mtls");

export function provideQuickFixes(documents: Documents, log: Log): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    async provideCodeActions(document, _range, context, token) {
      const checked = await documents.current(document);
      if (checked === undefined) return [];
      if (
        context.only?.contains(fixAllKind) === true ||
        fixAllKind.contains(context.only ?? vscode.CodeActionKind.QuickFix)
      )
        return fixAllAction(checked, log, token);
      const found = context.diagnostics.flatMap((diagnostic) => {
        const problem = problemOf(diagnostic, checked);
        return problem === undefined ? [] : [{ problem, diagnostic }];
      });
      const mending = found.flatMap(({ problem, diagnostic }) => actionsFor(problem, diagnostic, checked));
      const all = offersFixAll(found, checked) ? [fixAllQuickFix(found.map(({ diagnostic }) => diagnostic))] : [];
      const ignoring = found.flatMap(({ problem, diagnostic }) => suppressActions(problem, diagnostic, checked));
      return [...mending, ...all, ...ignoring];
    },
  };
  const selector = languages.map((language) => ({ language }));
  return vscode.languages.registerCodeActionsProvider(selector, provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind],
  });
}

/** By rule and place; a message is for people. */
function problemOf(diagnostic: vscode.Diagnostic, { document, problems }: Checked): Problem | undefined {
  if (diagnostic.source !== diagnosticSource) return undefined;
  const code = typeof diagnostic.code === "object" ? diagnostic.code.value : diagnostic.code;
  const positions = positionsOf(document);
  return problems.find((problem) => problem.rule.id === code && positions.range(problem.at).isEqual(diagnostic.range));
}

function actionsFor(problem: Problem, diagnostic: vscode.Diagnostic, checked: Checked): vscode.CodeAction[] {
  const actions = (problem.fixes ?? []).map((fix) => fixAction(fix, problem, diagnostic, checked));
  if (problem.rule.id === "file/wrapped-config") {
    actions.push(
      commandAction(
        vscode.l10n.t("Copy the AWS CLI command for this configuration"),
        "mtls.copyUpdateCommand",
        [checked.document.uri],
        diagnostic,
      ),
    );
  }
  if (problem.rule.id === "file/encoding" || problem.rule.id === "pem/encoding") {
    const action = newAction(vscode.l10n.t("Save with another encoding…"));
    action.command = { command: "workbench.action.editor.changeEncoding", title: action.title };
    action.diagnostics = [diagnostic];
    actions.push(action);
  }
  // One that says what to do is enough.
  if (actions.length === 0 || (problem.fixes ?? []).length > 0)
    actions.push(...mendingCommands(problem, checked).map((command) => toAction(command, diagnostic)));
  return actions;
}

/** The last of the light bulb: what is ignored is not mended. */
function suppressActions(problem: Problem, diagnostic: vscode.Diagnostic, { document }: Checked): vscode.CodeAction[] {
  const path = workspacePath(document.uri);
  // The workspace's own list is not read where it is not trusted: adding to it would replace it.
  return path !== undefined && vscode.workspace.isTrusted
    ? [suppressAction(problem, path, diagnostic, document.uri)]
    : [];
}

/** Where it does more than what is offered already. */
function offersFixAll(found: readonly { readonly problem: Problem }[], { facts, problems }: Checked): boolean {
  if (found.length === 0 || (facts.kind === "config" && facts.tree.problems.length > 0)) return false;
  const here = new Set(safeFixes(found.map(({ problem }) => problem)));
  return safeFixes(problems).some((fix) => !here.has(fix)) || here.size > 1;
}

function fixAllQuickFix(diagnostics: vscode.Diagnostic[]): vscode.CodeAction {
  const title = vscode.l10n.t("Fix all safe problems in this file");
  const action = newAction(title);
  action.command = { title, command: "mtls.fixAll" satisfies CommandId };
  action.diagnostics = diagnostics;
  return action;
}

function fixAction(
  fix: Fix,
  problem: Problem,
  diagnostic: vscode.Diagnostic,
  { document, facts }: Checked,
): vscode.CodeAction {
  const action = newAction(fixTitle(fix, problem));
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(document.uri, toTextEdits(renderIn(facts, fix.changes), positionsOf(document)));
  action.diagnostics = [diagnostic];
  action.isPreferred = fix.safe;
  const config = configOf(facts);
  if (config !== undefined && takesOut(fix, problem, config)) {
    // The ETag leaves the file with the wrapper: keep it for the command. A command that had it as an argument would be
    // gone where the editor asks for the light bulb's actions anew before this one is done.
    offerExtraction(document.uri, replacedBy(config));
    action.command = { command: "mtls.configExtracted" satisfies CommandId, title: action.title };
  }
  return action;
}

/** Whether what a file says of the version that it replaces leaves it with a fix. */
function takesOut({ changes }: Fix, { rule }: Problem, { distribution }: Config): boolean {
  const inside = rule.id === "distribution/unknown-member" ? parametersIn(distribution) : [];
  const isExtraction = rule.id === "file/wrapped-config" || rule.id === "file/nested-config";
  return changes.some(
    (change) =>
      // Within the input of a command, the version stays.
      (isExtraction && change.kind === "lift" && change.whole.parent === undefined) ||
      (change.kind === "remove" && inside.some((member) => member === change.entry)),
  );
}

function commandAction(
  title: string,
  command: CommandId,
  args: readonly unknown[],
  diagnostic: vscode.Diagnostic,
): vscode.CodeAction {
  return toAction({ command, title, arguments: [...args] }, diagnostic);
}

function toAction(command: vscode.Command, diagnostic: vscode.Diagnostic): vscode.CodeAction {
  const action = newAction(command.title);
  action.command = command;
  action.diagnostics = [diagnostic];
  return action;
}

function suppressAction(
  { rule, origin, certificate }: Problem,
  path: string,
  diagnostic: vscode.Diagnostic,
  uri: vscode.Uri,
): vscode.CodeAction {
  const entry: Suppression = {
    rule: rule.id,
    path,
    ...(origin === undefined ? {} : { origin }),
    ...(certificate === undefined ? {} : { certificate }),
  };
  return commandAction(suppressTitle(entry), "mtls.suppressFinding", [uri, entry], diagnostic);
}

function suppressTitle({ rule, origin, certificate }: Suppression): string {
  if (origin !== undefined) return vscode.l10n.t("Ignore {0} for the origin {1} in this file", rule, origin);
  return certificate === undefined
    ? vscode.l10n.t("Ignore {0} in this file", rule)
    : vscode.l10n.t("Ignore {0} for this certificate in this file", rule);
}

async function fixAllAction(checked: Checked, log: Log, token: vscode.CancellationToken): Promise<vscode.CodeAction[]> {
  const edits = await fixAllEdits(checked, log, token);
  if (edits === undefined || edits.length === 0) return [];
  const action = newAction(vscode.l10n.t("Apply all safe fixes"), fixAllKind);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(checked.document.uri, edits);
  return [action];
}
