import * as l10n from "@vscode/l10n";
import { createTwoFilesPatch } from "diff";

/** In milliseconds: where nearly every line changes, to find the least that did takes too long. */
const longest = 5_000;

/** What changes in a text, as `git apply` takes it. */
export function unifiedDiff(path: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, "", "", { context: 3, timeout: longest });
  if (patch === undefined) return `${l10n.t("Too much changes in {0} to be shown.", path)}\n`;
  return patch.replace(/^=+\n/, "");
}
