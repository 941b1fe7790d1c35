import * as vscode from "vscode";
import type { RuleSettings, Severity } from "../core/rules/rule.ts";
import { type SettingId, settings } from "../manifest.ts";

/** One finding the user wants not to see: by rule, file and origin, never by place. */
export interface Suppression {
  readonly rule: string;
  /** Relative to the workspace folder, with `/`. */
  readonly path: string;
  /** Without it, all findings of the rule in the file. */
  readonly origin?: string;
}

const severities = new Set<unknown>(["error", "warning", "info", "off"] satisfies (Severity | "off")[]);

function value(id: SettingId, scope: vscode.Uri | undefined): unknown {
  return vscode.workspace.getConfiguration(undefined, scope ?? null).get(id, settings[id]);
}

export function ruleSettings(scope: vscode.Uri): RuleSettings {
  const configured = value("mtls.rules", scope);
  if (typeof configured !== "object" || configured === null) return { severities: {} };
  const valid = Object.entries(configured).filter((entry): entry is [string, Severity | "off"] => severities.has(entry[1]));
  return { severities: Object.fromEntries(valid) };
}

export function suppressions(scope: vscode.Uri): Suppression[] {
  const configured = value("mtls.suppress", scope);
  return Array.isArray(configured) ? configured.filter(isSuppression) : [];
}

function isSuppression(entry: unknown): entry is Suppression {
  if (typeof entry !== "object" || entry === null) return false;
  const { rule, path, origin } = entry as Record<string, unknown>;
  return typeof rule === "string" && typeof path === "string" && (origin === undefined || typeof origin === "string");
}

/** Writes beside the folder's other settings, so that the team shares it. */
export async function addSuppression(scope: vscode.Uri, entry: Suppression): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(undefined, scope);
  const folders = vscode.workspace.workspaceFolders ?? [];
  const target = folders.length > 1 ? vscode.ConfigurationTarget.WorkspaceFolder : vscode.ConfigurationTarget.Workspace;
  const inspected = configuration.inspect<unknown>("mtls.suppress" satisfies SettingId);
  const there = target === vscode.ConfigurationTarget.WorkspaceFolder ? inspected?.workspaceFolderValue : inspected?.workspaceValue;
  await configuration.update("mtls.suppress" satisfies SettingId, [...(Array.isArray(there) ? there : []), entry], target);
}

/** Whether what the documents are judged by changed. */
export function affectsFindings(event: vscode.ConfigurationChangeEvent): boolean {
  return (["mtls.rules", "mtls.suppress"] satisfies SettingId[]).some((id) => event.affectsConfiguration(id));
}

export function codeLensEnabled(scope: vscode.Uri): boolean {
  return value("mtls.codeLens", scope) === true;
}

/** The path a suppression names; `undefined` outside a workspace folder, where none can be kept. */
export function workspacePath(uri: vscode.Uri): string | undefined {
  return vscode.workspace.getWorkspaceFolder(uri) === undefined ? undefined : vscode.workspace.asRelativePath(uri, false);
}
