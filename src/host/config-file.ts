import * as vscode from "vscode";
import { secretsOf } from "../core/cloudfront/secrets.ts";
import { parseJson } from "../core/document/json.ts";
import type { LiveUi } from "./live-ui.ts";

/**
 * Writes a config where the user wants it. The values of custom headers are shared secrets: where the folder is under git
 * that is said first.
 * @returns whether it was written
 */
export async function writeConfigFile(uri: vscode.Uri, text: string, ui: LiveUi): Promise<boolean> {
  const secrets = secretsOf(parseJson(text, "json")).size;
  if (secrets > 0 && (await isUnderGit(uri))) {
    const anyway = vscode.l10n.t("Write Anyway");
    const message = vscode.l10n.t("The folder of {0} is under git, and the config has {1} values of custom headers, which origins check as shared secrets. Keep the file out of commits, or choose another folder.", nameOf(uri), secrets);
    if ((await ui.ask(message, [anyway], "warning")) !== anyway) return false;
  }
  try {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return true;
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError)) throw error;
    await ui.say(vscode.l10n.t("{0} could not be written: {1}", nameOf(uri), error.message), "error");
    return false;
  }
}

/** A worktree and a submodule have a file of that name. */
async function isUnderGit(uri: vscode.Uri): Promise<boolean> {
  for (let path = parentOf(uri.path); ; path = parentOf(path)) {
    const found = await vscode.workspace.fs.stat(uri.with({ path: `${path === "/" ? "" : path}/.git` })).then(
      () => true,
      () => false,
    );
    if (found) return true;
    if (path === parentOf(path)) return false;
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf("/")));
}

/** As a shell that stands in the workspace should see it. */
export function shellPath(uri: vscode.Uri): string {
  return vscode.workspace.getWorkspaceFolder(uri) === undefined ? uri.fsPath : vscode.workspace.asRelativePath(uri, false);
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}
