import * as vscode from "vscode";
import type { Suppression } from "../../core/judging.ts";
import type { RuleSettings } from "../../core/rules/rule.ts";
import { areDays, objectOf, readRuleSettings, readSuppressions } from "../../core/settings.ts";
import { type SettingId, settings } from "../../manifest.ts";

function value(id: SettingId, scope: vscode.Uri | undefined): unknown {
  return vscode.workspace.getConfiguration(undefined, scope ?? null).get(id, settings[id]);
}

/** By what it was read from: what was found under the same settings need not be looked for again. */
const read = new Map<string, RuleSettings>();

export function ruleSettings(scope: vscode.Uri): RuleSettings {
  return readRules(value("mtls.rules", scope), value("mtls.expiryWarningDays", scope));
}

/** What the user set for everything: a folder's settings come with its files, and may be written by others. */
export function ownRuleSettings(): RuleSettings {
  const configuration = vscode.workspace.getConfiguration();
  const own = (id: SettingId): unknown => configuration.inspect<unknown>(id)?.globalValue ?? settings[id];
  return readRules(own("mtls.rules"), own("mtls.expiryWarningDays"));
}

function readRules(configured: unknown, days: unknown): RuleSettings {
  const key = JSON.stringify([configured, days]);
  const known = read.get(key);
  if (known !== undefined) return known;
  const settingsRead = readRuleSettings(configured, days, settings["mtls.expiryWarningDays"]);
  if (read.size >= 100) read.clear();
  read.set(key, settingsRead);
  return settingsRead;
}

/** Globs, and what is said of the files that fit them. */
export function purposes(scope: vscode.Uri): readonly (readonly [string, unknown])[] {
  return Object.entries(objectOf(value("mtls.purposes", scope)));
}

export function suppressions(scope: vscode.Uri): Suppression[] {
  return readSuppressions(value("mtls.suppress", scope));
}

/** What is set beside the folder's other settings, so that the team shares it, and the way to write it there. */
export interface TeamSetting {
  readonly value: unknown;
  /** `undefined` takes the setting out. */
  readonly write: (value: unknown) => Thenable<void>;
}

export function teamSetting(id: SettingId, scope: vscode.Uri): TeamSetting {
  const configuration = vscode.workspace.getConfiguration(undefined, scope);
  const inFolder = (vscode.workspace.workspaceFolders ?? []).length > 1;
  const inspected = configuration.inspect<unknown>(id);
  return {
    value: inFolder ? inspected?.workspaceFolderValue : inspected?.workspaceValue,
    write: (value) =>
      configuration.update(
        id,
        value,
        inFolder ? vscode.ConfigurationTarget.WorkspaceFolder : vscode.ConfigurationTarget.Workspace,
      ),
  };
}

/** The file that `teamSetting` writes to, as a user knows it. */
export function placeOfTeamSettings(scope: vscode.Uri): string {
  const file = ".vscode/settings.json";
  const { workspaceFolders = [], workspaceFile } = vscode.workspace;
  if (workspaceFolders.length > 1) {
    const folder = vscode.workspace.getWorkspaceFolder(scope);
    return folder === undefined ? file : `${folder.name}/${file}`;
  }
  return workspaceFile === undefined ? file : (workspaceFile.path.split("/").at(-1) ?? file);
}

/** Whether what the documents are judged by changed. */
export function affectsFindings(event: vscode.ConfigurationChangeEvent): boolean {
  return (["mtls.rules", "mtls.suppress", "mtls.expiryWarningDays", "mtls.purposes"] satisfies SettingId[]).some((id) =>
    event.affectsConfiguration(id),
  );
}

export function codeLensEnabled(scope: vscode.Uri): boolean {
  return value("mtls.codeLens", scope) === true;
}

export function certificateLensEnabled(scope: vscode.Uri): boolean {
  return value("mtls.certificateLens", scope) === true;
}

/** The path a suppression names; `undefined` outside a workspace folder, where none can be kept. */
export function workspacePath(uri: vscode.Uri): string | undefined {
  return vscode.workspace.getWorkspaceFolder(uri) === undefined
    ? undefined
    : vscode.workspace.asRelativePath(uri, false);
}

// --- the account

/** The profile to start with; `undefined`: the environment decides. */
export function setProfile(): string | undefined {
  const configured = value("mtls.profile", undefined);
  return typeof configured === "string" && configured.trim() !== "" ? configured.trim() : undefined;
}

/** Regions whose certificates are shown, each once. */
export function setRegions(): readonly string[] {
  const configured = value("mtls.regions", undefined);
  const regions = Array.isArray(configured)
    ? configured.filter(
        (region): region is string => typeof region === "string" && /^[a-z]{2}(-[a-z]+)+-\d+$/.test(region),
      )
    : [];
  return regions.length === 0 ? settings["mtls.regions"] : [...new Set(regions)];
}

/** Where every user of this machine has it. */
export async function keepRegions(regions: readonly string[]): Promise<void> {
  await vscode.workspace
    .getConfiguration()
    .update("mtls.regions" satisfies SettingId, regions, vscode.ConfigurationTarget.Global);
}

export function isReadOnly(): boolean {
  return value("mtls.readOnly", undefined) === true;
}

/** Of no file in particular. */
export function expiryWarningDays(): number {
  const days = value("mtls.expiryWarningDays", undefined);
  return areDays(days) ? days : settings["mtls.expiryWarningDays"];
}

/** How long what a probe proved holds. */
export function proofDays(): number {
  const days = value("mtls.proofDays", undefined);
  return areDays(days) ? days : settings["mtls.proofDays"];
}

/** Tags that name the tool which owns a distribution: key, or `key=value`, and the tool. */
export function ownerTags(): Readonly<Record<string, string>> {
  const configured = Object.entries(objectOf(value("mtls.ownerTags", undefined)));
  return Object.fromEntries(
    configured.filter((entry): entry is [string, string] => typeof entry[1] === "string" && entry[1].trim() !== ""),
  );
}
