import * as vscode from "vscode";
import type { SettingId } from "../../manifest.ts";
import { ask, say } from "./say.ts";
import { placeOfTeamSettings, teamSetting } from "./settings.ts";

/** A change to a setting of the team. */
export interface SettingChange {
  readonly apply: (value: unknown) => unknown;
  /** Takes it back where the setting is no longer as it was left. */
  readonly undo: (value: unknown) => unknown;
  /** What was done, in the file with this name. */
  readonly says: (place: string) => string;
  /** Whether it has less effect than it says, as far as can be seen once it is written. */
  readonly isDoubtful?: () => boolean;
}

/** Writes a setting in a file that nobody opened: says what was written and where, and offers to take it back. */
export async function changeSetting(id: SettingId, scope: vscode.Uri, change: SettingChange): Promise<void> {
  const before = teamSetting(id, scope).value;
  const after = change.apply(before);
  if (!(await write(id, scope, after))) return;
  const [undo, open] = [vscode.l10n.t("Undo"), vscode.l10n.t("Open Settings")];
  const severity = change.isDoubtful?.() === true ? "warning" : "info";
  const answer = await ask(change.says(placeOfTeamSettings(scope)), [undo, open], severity);
  if (answer === open) await openTeamSetting(id);
  if (answer !== undo) return;
  const now = teamSetting(id, scope).value;
  await write(id, scope, JSON.stringify(now) === JSON.stringify(after) ? before : change.undo(now));
}

/** @returns whether it could be written: to a file with unsaved changes, for one, it cannot */
async function write(id: SettingId, scope: vscode.Uri, value: unknown): Promise<boolean> {
  try {
    await teamSetting(id, scope).write(value);
    return true;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const place = placeOfTeamSettings(scope);
    await say(vscode.l10n.t("Could not write {0} to {1}: {2}", id, place, error.message), "error");
    return false;
  }
}

export async function openTeamSetting(id: SettingId): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.openWorkspaceSettings", { query: id });
}
