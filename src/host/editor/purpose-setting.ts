// Beside settings.ts, which the entry point loads: globs, and what they say, are needed with the first document of
// ours.
import picomatch from "picomatch";
import * as vscode from "vscode";
import { type GlobTrouble, globTrouble, longestGlob } from "../../core/truststore/purpose-glob.ts";
import { readUse, type Use } from "../../core/truststore/use.ts";
import { openTeamSetting } from "./said-setting.ts";
import { ask } from "./say.ts";
import { purposes, workspacePath } from "./settings.ts";

/** What the settings say a file is for: the last glob that fits it wins. */
export function useFor(scope: vscode.Uri): Use {
  const path = workspacePath(scope) ?? scope.path;
  const said = purposes(scope).findLast(([glob]) => fits(glob, path))?.[1];
  return readUse(Array.isArray(said) ? said.map(String).join() : String(said ?? ""));
}

function fits(glob: string, path: string): boolean {
  const trouble = globTrouble(glob, path) ?? matcherOf(glob);
  if (typeof trouble === "function") return trouble(path);
  void sayIgnored(glob, trouble);
  return false;
}

type Matcher = (path: string) => boolean;

/** By glob: every check of a file asks for them. */
const matchers = new Map<string, Matcher | "not-understood">();

function matcherOf(glob: string): Matcher | "not-understood" {
  const known = matchers.get(glob);
  if (known !== undefined) return known;
  const made = newMatcher(glob);
  if (matchers.size >= 1_000) matchers.clear();
  matchers.set(glob, made);
  return made;
}

function newMatcher(glob: string): Matcher | "not-understood" {
  try {
    return picomatch(glob, { dot: true });
  } catch {
    return "not-understood";
  }
}

/** Each is said once. */
const ignored = new Set<string>();

async function sayIgnored(glob: string, trouble: GlobTrouble | "not-understood"): Promise<void> {
  if (ignored.has(glob)) return;
  ignored.add(glob);
  const open = vscode.l10n.t("Open Settings");
  if ((await ask(ignoredText(glob, trouble), [open], "warning")) === open) await openTeamSetting("mtls.purposes");
}

function ignoredText(glob: string, trouble: GlobTrouble | "not-understood"): string {
  const shown = glob.length > 80 ? `${glob.slice(0, 80)}…` : glob;
  switch (trouble) {
    case "too-long":
      return vscode.l10n.t(
        "The pattern {0} in mtls.purposes is ignored: it has more than {1} characters. Use a shorter pattern.",
        shown,
        longestGlob,
      );
    case "too-many-wildcards":
      return vscode.l10n.t(
        "The pattern {0} in mtls.purposes is ignored: it has too many wildcards, so matching it could take minutes. Use several patterns with fewer wildcards.",
        shown,
      );
    case "not-understood":
      return vscode.l10n.t("The pattern {0} in mtls.purposes is ignored: it is not a valid glob pattern.", shown);
  }
}
