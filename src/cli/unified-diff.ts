import * as l10n from "@vscode/l10n";
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { visible } from "./formats/visible.ts";

/** In milliseconds: where nearly every line changes, to find the least that did takes too long. */
const longest = 5_000;

/** What changes in a text, as `git apply` takes it, unless it holds what acts on a terminal: that is made visible. */
export function unifiedDiff(path: string, before: string, after: string): string {
  const [from = "", to = ""] = ["a", "b"].map((side) => visible([side, path].join("/")));
  const options = { context: 3, timeout: longest, headerOptions: FILE_HEADERS_ONLY };
  const patch = createTwoFilesPatch(from, to, before, after, undefined, undefined, options);
  if (patch === undefined) return `${l10n.t("Too much changes in {0} to be shown.", visible(path))}\n`;
  return patch.split("\n").map(inertLine).join("\n");
}

/** What runners take for a command wherever only blanks stand before it, as in a line that does not change. */
const command = /^(\s*):(?=:)/;

/** Tabs, and the carriage return at its end, belong to the change. */
function inertLine(line: string): string {
  const end = line.endsWith("\r") ? "\r" : "";
  const parts = line.slice(0, line.length - end.length).split("\t");
  const shown = parts.map((part) => visible(part, Number.POSITIVE_INFINITY)).join("\t");
  return shown.replace(command, "$1\\u{3a}") + end;
}
