import * as l10n from "@vscode/l10n";
import type { ConfigFacts } from "../../facts.ts";
import type { Says } from "../../reason.ts";
import { templateOf } from "../../template/template.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "byte-order-mark": () =>
    l10n.t(
      'The file begins with a byte order mark. The AWS CLI does not skip it and returns "Invalid JSON". Save the file as UTF-8.',
    ),
  "utf-16": () =>
    l10n.t(
      "The file is UTF-16, for example from > in PowerShell. The AWS CLI cannot read it as text. Save the file as UTF-8.",
    ),
} satisfies Says;

export const encoding: Rule<ConfigFacts, typeof says> = {
  id: "file/encoding",
  severity: "warning",
  requires: l10n.t("A file for the AWS CLI must be UTF-8 without a byte order mark."),
  source: sources.cliFiles,
  says,
  *check({ encoding, tree }) {
    if (tree.root === undefined) return;
    const at = { start: tree.root.start, end: tree.root.start + 1 };
    // Templates go other ways too, on which a mark is no harm that is known.
    if (encoding === "utf8bom" && templateOf(tree.root) === undefined)
      yield { at, reason: { code: "byte-order-mark" } };
    else if (encoding === "utf16le" || encoding === "utf16be") yield { at, reason: { code: "utf-16" } };
  },
};
