import * as l10n from "@vscode/l10n";
import type { Failure } from "../../core/failure.ts";

/** What is said, with what AWS said itself and what we found out apart from it. */
export interface ToldParts {
  readonly text: string;
  /** In AWS's own words: its code and status, and what it said, which may be nothing. */
  readonly said?: { readonly code: string; readonly message: string } | undefined;
  readonly diagnosis?: string | undefined;
  /** What has or has not happened so far. */
  readonly standing?: string | undefined;
}

export type Told = string | ToldParts;

/** A failure as it is said: our words first, then AWS's own. */
export function toldFailure({ message, said }: Failure): Pick<ToldParts, "text" | "said"> {
  if (said === undefined) return { text: message };
  const code = said.status === undefined ? said.code : `${said.code}, ${said.status}`;
  return { text: message, said: { code, message: said.message } };
}

/** All of it in a row, where there is room for one text. */
export function toldText(told: Told): string {
  if (typeof told === "string") return told;
  const { text, said, diagnosis, standing } = told;
  const words =
    said === undefined
      ? text
      : said.message === ""
        ? l10n.t("{0} AWS returned {1}.", text, said.code)
        : l10n.t("{0} AWS returned ({1}): “{2}”", text, said.code, said.message);
  return [words, diagnosis, standing].filter((part) => part !== undefined && part !== "").join(" ");
}
