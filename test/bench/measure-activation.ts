// Runs inside an extension host: activates the extension that extension.txt names, and writes how long that took.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";

export async function run(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  const id = readFileSync(join(folder, "extension.txt"), "utf8");
  const extension = vscode.extensions.getExtension(id);
  if (extension?.isActive !== false)
    throw new Error(extension === undefined ? `${id} is not there` : `${id} is active already`);
  const start = performance.now();
  await extension.activate();
  writeFileSync(join(folder, "milliseconds.txt"), String(performance.now() - start));
}
