import * as vscode from "vscode";
import type { BundleFacts } from "../core/facts.ts";
import { useOf } from "../core/rules/index.ts";
import type { Problem } from "../core/rules/rule.ts";
import type { Purpose } from "../core/truststore/use.ts";
import type { Bundle } from "../core/x509/bundle.ts";
import type { CommandId, SettingId } from "../manifest.ts";
import { positionsOf } from "./convert.ts";
import type { Checked, Documents } from "./documents.ts";
import { summaryOf } from "./pem-words.ts";
import { nameOf } from "./reader.ts";
import { ask, say } from "./say.ts";
import { teamSetting, useFor, workspacePath } from "./settings.ts";

type Known = Exclude<Purpose, "unknown">;

function isBundle(checked: Checked | undefined): checked is Checked & { readonly facts: BundleFacts } {
  return checked?.facts.kind === "bundle";
}

/** What the file says itself. */
function markedPurpose(bundle: Bundle): Purpose {
  return useOf(bundle, { purpose: "unknown" }).purpose;
}

// --- what the active file holds and is for, beside its language

/** Shown while the active editor holds PEM blocks. */
export function showPurpose(documents: Documents): vscode.Disposable {
  let item: vscode.LanguageStatusItem | undefined;
  const update = () => {
    const document = vscode.window.activeTextEditor?.document;
    const checked = document === undefined ? undefined : documents.last(document);
    if (!isBundle(checked)) {
      item?.dispose();
      item = undefined;
      return;
    }
    const { bundle } = checked.facts;
    item ??= vscode.languages.createLanguageStatusItem("mtls.purpose", []);
    item.selector = { language: checked.document.languageId };
    item.name = vscode.l10n.t("mTLS: what the file holds, and what it is for");
    item.text = summaryOf(bundle);
    item.detail = vscode.l10n.t("Purpose: {0}", purposeText(bundle, checked.document));
    item.severity = severityOf(checked.problems);
    item.command = { command: "mtls.setPurpose" satisfies CommandId, title: vscode.l10n.t("Set…"), tooltip: vscode.l10n.t("Set what this file is for") };
  };
  update();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(update),
    documents.onDidCheck((document) => {
      if (document === vscode.window.activeTextEditor?.document) update();
    }),
    { dispose: () => item?.dispose() },
  );
}

function purposeText(bundle: Bundle, document: vscode.TextDocument): string {
  const marked = markedPurpose(bundle);
  if (marked !== "unknown") return vscode.l10n.t("{0} (a line in the file says so)", nameOfPurpose(marked));
  const set = useFor(document.uri).purpose;
  return set === "unknown" ? vscode.l10n.t("not set") : vscode.l10n.t("{0} (setting)", nameOfPurpose(set));
}

function severityOf(problems: readonly Problem[]): vscode.LanguageStatusSeverity {
  if (problems.some(({ severity }) => severity === "error")) return vscode.LanguageStatusSeverity.Error;
  return problems.some(({ severity }) => severity === "warning") ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
}

function nameOfPurpose(purpose: Known): string {
  return purpose === "origin" ? vscode.l10n.t("origin client certificate") : vscode.l10n.t("trust store");
}

// --- setting it

/** Keeps what the active file is for in the workspace's settings, unless the file says it itself. */
export async function setPurpose(documents: Documents): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const checked = editor === undefined ? undefined : await documents.current(editor.document);
  if (editor === undefined || !isBundle(checked)) {
    await say(vscode.l10n.t("Open a file of certificates (PEM) first: this sets what the file in the active editor is for."));
    return;
  }
  const { document } = editor;
  const { bundle } = checked.facts;
  if (bundle.marker !== undefined && markedPurpose(bundle) !== "unknown") {
    const range = positionsOf(document).range(bundle.marker.at);
    editor.selection = new vscode.Selection(range.start, range.end);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    await say(vscode.l10n.t("Line {0} of {1} says what the file is for: {2}. It counts more than any setting; change it there.", range.start.line + 1, nameOf(document.uri), document.getText(range)));
    return;
  }
  const path = workspacePath(document.uri);
  if (path === undefined) await offerLine(document, vscode.l10n.t("{0} is in no folder of this workspace, so the workspace's settings cannot say what it is for.", nameOf(document.uri)));
  else if (!vscode.workspace.isTrusted) await offerLine(document, vscode.l10n.t("This workspace is not trusted: what its settings say of the purpose of files does not count."));
  else await chooseAndKeep(document.uri, path);
}

async function chooseAndKeep(uri: vscode.Uri, path: string): Promise<void> {
  const chosen = await choose(uri, ["origin", "trust-store", "unknown"]);
  if (chosen === undefined) return;
  await keep(uri, escapeGlob(path), chosen);
  if (useFor(uri).purpose === chosen) return;
  const open = vscode.l10n.t("Open Settings");
  const answer = await ask(vscode.l10n.t("Another entry of mtls.purposes fits {0} as well, and counts more. Change that one.", path), [open], "warning");
  if (answer === open) await vscode.commands.executeCommand("workbench.action.openWorkspaceSettings", { query: "mtls.purposes" satisfies SettingId });
}

/** Puts the entry last, where it counts most; `unknown` takes it out. */
async function keep(uri: vscode.Uri, glob: string, purpose: Purpose): Promise<void> {
  const { value, write } = teamSetting("mtls.purposes", uri);
  const others = Object.entries(typeof value === "object" && value !== null ? value : {}).filter(([other]) => other !== glob);
  const entries = purpose === "unknown" ? others : [...others, [glob, purpose]];
  await write(entries.length === 0 ? undefined : Object.fromEntries(entries));
}

/** The glob that fits this path alone. No glob says a backslash, which names have only where `/` is the separator: any character stands for it. */
export function escapeGlob(path: string): string {
  return path.replace(/[\\*?[\]{}()!+@|"^$]/g, (character) => (character === "\\" ? "?" : `\\${character}`));
}

/** Where no setting can be kept, the file itself can say it. */
async function offerLine(document: vscode.TextDocument, why: string): Promise<void> {
  const chosen = await choose(document.uri, ["origin", "trust-store"]);
  if (chosen === undefined) return;
  const line = `# mtls: target=${chosen}`;
  const copy = vscode.l10n.t("Copy Line");
  const trust = vscode.l10n.t("Manage Workspace Trust");
  const message = vscode.l10n.t("{0} A line above the first block says the same: {1}", why, line);
  const answer = await ask(message, vscode.workspace.isTrusted ? [copy] : [copy, trust]);
  if (answer === copy) await vscode.env.clipboard.writeText(line);
  if (answer === trust) await vscode.commands.executeCommand("workbench.trust.manage");
}

async function choose<Choice extends Purpose>(uri: vscode.Uri, choices: readonly Choice[]): Promise<Choice | undefined> {
  const now = useFor(uri).purpose;
  const items = choices.map((choice) => ({ ...describe(choice), choice, ...(choice === now ? { description: vscode.l10n.t("current") } : {}) }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t("What Is {0} For?", nameOf(uri)), placeHolder: vscode.l10n.t("The requirements of the purpose are checked as well") });
  return picked?.choice;
}

function describe(purpose: Purpose): { readonly label: string; readonly detail: string } {
  switch (purpose) {
    case "origin":
      return { label: vscode.l10n.t("Origin client certificate"), detail: vscode.l10n.t("CloudFront presents it to an origin, with its chain") };
    case "trust-store":
      return { label: vscode.l10n.t("Trust store"), detail: vscode.l10n.t("The CA certificates of the clients that are let in") };
    case "unknown":
      return { label: vscode.l10n.t("Not set"), detail: vscode.l10n.t("Only what holds for every certificate is checked") };
  }
}
