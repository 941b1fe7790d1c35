import * as l10n from "@vscode/l10n";
import type { BundleFacts } from "../../facts.ts";
import type { HiddenBlock } from "../../pem/hidden.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const unread: Rule<BundleFacts> = {
  id: "pem/unread",
  severity: "error",
  requires: l10n.t(
    "A PEM file must hold its blocks as they are, in lines that begin with nothing else: not in quotation marks, with \\n for line ends, or as lines of a diff.",
  ),
  source: sources.pemGrammar,
  *check({ unread: hidden }, { purpose }) {
    if (hidden === undefined) return;
    // Nobody said yet that it is for a service.
    yield {
      at: hidden.at,
      severity: purpose === "unknown" ? "warning" : "error",
      reason: messageOf(hidden),
      fixes: fixesOf(hidden),
    };
  },
};

function messageOf({ how, label, prefix }: HiddenBlock): string {
  switch (how) {
    case "escapes":
      return l10n.t(
        "Nothing in this file is read as PEM: this {0} has \\n for line ends, as in a string. They must be line ends.",
        label,
      );
    case "quotes":
      return l10n.t(
        "Nothing in this file is read as PEM: this {0} stands in quotation marks. Its lines must begin with nothing else.",
        label,
      );
    case "prefix":
      return l10n.t(
        "Nothing in this file is read as PEM: “{1}” stands before this {0}. Its lines must begin with nothing else.",
        label,
        prefix,
      );
    case "other":
      return l10n.t("Nothing in this file is read as PEM: this {0} is not in lines of its own.", label);
  }
}

function fixesOf({ how, edits, prefix }: HiddenBlock): readonly Fix[] {
  if (edits === undefined) return [];
  const title =
    how === "escapes"
      ? l10n.t("Write line ends for \\n")
      : how === "quotes"
        ? l10n.t("Remove the quotation marks")
        : how === "prefix"
          ? l10n.t("Remove “{0}” from the lines", prefix)
          : l10n.t("Write it in lines of its own");
  return [{ reason: title, safe: false, changes: edits.map((edit) => ({ kind: "rewrite", edit })) }];
}
