// Beside settings.ts, which the entry point loads: globs, and what they say, are needed with the first document of
// ours.
import * as vscode from "vscode";
import { ignoredGlobText } from "../../core/messages/ignored-glob.ts";
import type { Use } from "../../core/truststore/use.ts";
import { type IgnoredGlob, useSaid } from "../../platform/globs.ts";
import { openTeamSetting } from "./said-setting.ts";
import { ask } from "./say.ts";
import { purposes, workspacePath } from "./settings.ts";

/** What the settings say a file is for. */
export function useFor(scope: vscode.Uri): Use {
  return useSaid(
    purposes(scope),
    workspacePath(scope) ?? scope.path,
    (glob, trouble) => void sayIgnored(glob, trouble),
  );
}

/** Each is said once. */
const ignored = new Set<string>();

async function sayIgnored(glob: string, trouble: IgnoredGlob): Promise<void> {
  if (ignored.has(glob)) return;
  ignored.add(glob);
  const open = vscode.l10n.t("Open Settings");
  if ((await ask(ignoredGlobText(glob, trouble), [open], "warning")) === open) await openTeamSetting("mtls.purposes");
}
