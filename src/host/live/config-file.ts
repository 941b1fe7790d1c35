import * as vscode from "vscode";
import type { LiveUi } from "../../account/live/ui.ts";
import { secretsOf } from "../../core/cloudfront/secrets.ts";
import { parseJson } from "../../core/document/json/read.ts";
import { machine } from "../../platform/node/machine.ts";
import { exists, fileName, shellPath } from "../editor/files.ts";
import type { EditorUi } from "./ui.ts";

export interface ConfigFile {
  readonly uri: vscode.Uri;
  readonly text: string;
}

/**
 * Writes configs where the user wants them, all in one folder. The values of custom headers are shared secrets: where
 * the folder is under git that is said first.
 * @param unasked files that the user did not choose by their names: those that are there already are asked about
 * @returns whether all of them were written
 */
export async function writeConfigFiles(files: readonly ConfigFile[], ui: LiveUi, unasked = false): Promise<boolean> {
  const there = unasked
    ? (await Promise.all(files.map(async ({ uri }) => ((await exists(uri)) ? [fileName(uri)] : [])))).flat()
    : [];
  if (there.length > 0) {
    const overwrite = vscode.l10n.t("Overwrite");
    if (
      (await ui.confirm(
        vscode.l10n.t("Files that already exist: {0}. Their contents will be lost. Overwrite them?", there.join(", ")),
        [overwrite],
      )) !== overwrite
    )
      return false;
  }
  const [first] = files;
  const secrets = Math.max(...files.map(({ text }) => secretsOf(parseJson(text, "json")).size));
  if (first !== undefined && secrets > 0 && (await isUnderGit(first.uri))) {
    const anyway = vscode.l10n.t("Write Anyway");
    const message =
      secrets === 1
        ? vscode.l10n.t(
            "The folder of {0} is in a Git repository, and the configuration contains 1 custom header value, which origins check as a shared secret. Do not commit this file, or select another folder.",
            fileName(first.uri),
          )
        : vscode.l10n.t(
            "The folder of {0} is in a Git repository, and the configuration contains {1} custom header values, which origins check as shared secrets. Do not commit this file, or select another folder.",
            fileName(first.uri),
            secrets,
          );
    if ((await ui.confirm(message, [anyway])) !== anyway) return false;
  }
  let isReadable = false;
  for (const { uri, text } of files) {
    try {
      if (uri.scheme === "file" && secrets > 0) {
        const isGuarded = await machine.writeFile(uri.fsPath, text, "where possible");
        isReadable ||= !isGuarded;
      } else {
        await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
        isReadable ||= secrets > 0;
      }
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      await ui.say(vscode.l10n.t("Could not write {0}: {1}", fileName(uri), error.message), "error");
      return false;
    }
  }
  if (first !== undefined && isReadable) sayReadable(first.uri, ui);
  return true;
}

/** Where that was said: it is no news with the next file. */
const warned = new WeakSet<LiveUi>();

/** Neither Windows nor other file systems have a mode for it. Not waited for: the file is there, the work goes on. */
function sayReadable(uri: vscode.Uri, ui: LiveUi): void {
  if (warned.has(ui)) return;
  warned.add(ui);
  void ui.say(
    vscode.l10n.t(
      "{0} contains custom header values, and everyone who has access to its folder can read it. To protect the values, restrict access to the file or delete it after use.",
      fileName(uri),
    ),
    "warning",
  );
}

/**
 * Writes what a dry run makes, where the user says: one file as it is named, of several each with its number.
 * @returns their paths, as a shell in the workspace sees them
 */
export async function writeNumbered(
  name: string,
  texts: readonly string[],
  ui: EditorUi,
): Promise<readonly string[] | undefined> {
  const target = await ui.chooseTarget(name);
  if (target === undefined) return undefined;
  const files = texts.map((text, index) => ({ uri: texts.length === 1 ? target : numbered(target, index + 1), text }));
  return (await writeConfigFiles(files, ui, texts.length > 1)) ? files.map(({ uri }) => shellPath(uri)) : undefined;
}

function numbered(uri: vscode.Uri, number: number): vscode.Uri {
  const dot = uri.path.lastIndexOf(".");
  const at = dot > uri.path.lastIndexOf("/") ? dot : uri.path.length;
  return uri.with({ path: `${uri.path.slice(0, at)}-${number}${uri.path.slice(at)}` });
}

/** A worktree and a submodule have a file of that name. */
async function isUnderGit(uri: vscode.Uri): Promise<boolean> {
  for (let path = parentOf(uri.path); ; path = parentOf(path)) {
    if (await exists(uri.with({ path: `${path === "/" ? "" : path}/.git` }))) return true;
    if (path === parentOf(path)) return false;
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf("/")));
}
