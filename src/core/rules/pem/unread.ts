import * as l10n from "@vscode/l10n";
import type { BundleFacts } from "../../facts.ts";
import type { HiddenBlock } from "../../pem/hidden.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  escapes: ({ label }: { label: string }) =>
    l10n.t(
      "This file has no readable PEM. This {0} has \\n for its line breaks, as in a string. Use real line breaks.",
      label,
    ),
  "write-line-ends": () => l10n.t("Replace \\n with line breaks"),
  quotes: ({ label }: { label: string }) =>
    l10n.t(
      "This file has no readable PEM. This {0} is in quotation marks. Its lines must not begin with other text.",
      label,
    ),
  "remove-quotes": () => l10n.t("Remove the quotation marks"),
  prefix: ({ label, prefix }: { label: string; prefix: string }) =>
    l10n.t(
      "This file has no readable PEM. “{1}” is before this {0}. Its lines must not begin with other text.",
      label,
      prefix,
    ),
  "remove-prefix": ({ prefix }: { prefix: string }) => l10n.t("Remove “{0}” from the lines", prefix),
  other: ({ label }: { label: string }) =>
    l10n.t("This file has no readable PEM. This {0} is not on separate lines.", label),
  "own-lines": () => l10n.t("Move it to separate lines"),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const unread: Rule<BundleFacts, typeof says> = {
  id: "pem/unread",
  severity: "error",
  requires: l10n.t(
    "A PEM file must contain its PEM blocks as plain lines, not in quotation marks, with \\n as line breaks, or as lines of a diff.",
  ),
  source: sources.pemGrammar,
  says,
  *check({ unread: hidden }, { purpose }) {
    if (hidden === undefined) return;
    // It is not yet known to be for a service.
    yield {
      at: hidden.at,
      severity: purpose === "unknown" ? "warning" : "error",
      reason: reasonOf(hidden),
      fixes: fixesOf(hidden),
    };
  },
};

function reasonOf({ how, label, prefix }: HiddenBlock): Said {
  return how === "prefix" ? { code: "prefix", args: { label, prefix } } : { code: how, args: { label } };
}

function fixesOf(hidden: HiddenBlock): readonly Fix<Said>[] {
  const { edits } = hidden;
  if (edits === undefined) return [];
  return [{ reason: titleOf(hidden), safe: false, changes: edits.map((edit) => ({ kind: "rewrite", edit })) }];
}

function titleOf({ how, prefix }: HiddenBlock): Said {
  switch (how) {
    case "escapes":
      return { code: "write-line-ends" };
    case "quotes":
      return { code: "remove-quotes" };
    case "prefix":
      return { code: "remove-prefix", args: { prefix } };
    case "other":
      return { code: "own-lines" };
  }
}
