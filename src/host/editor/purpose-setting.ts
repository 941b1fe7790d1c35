// Beside settings.ts, which the entry point loads: globs, and what they say, are needed with the first document of
// ours.
import picomatch from "picomatch";
import type * as vscode from "vscode";
import { readUse, type Use } from "../../core/truststore/use.ts";
import { purposes, workspacePath } from "./settings.ts";

/** What the settings say a file is for: the last glob that fits it wins. */
export function useFor(scope: vscode.Uri): Use {
  const path = workspacePath(scope) ?? scope.path;
  const said = purposes(scope).findLast(([glob]) => picomatch.isMatch(path, glob, { dot: true }))?.[1];
  return readUse(Array.isArray(said) ? said.map(String).join() : String(said ?? ""));
}
