import * as l10n from "@vscode/l10n";
import type { Damage } from "../../pem/block.ts";
import type { Piece } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const base64: Rule<Piece> = {
  id: "pem/base64",
  severity: "error",
  requires: l10n.t("Between its boundaries a block must hold base64, and nothing else."),
  source: sources.pemGrammar,
  concerns: ({ block }) => block.damage.length > 0,
  *check({ block: { damage, placeholder } }) {
    if (placeholder) return;
    for (const one of damage) {
      const said = words(one);
      if (said === undefined) continue;
      const { at, repair } = one;
      yield {
        at,
        reason: said.reason,
        ...(repair === undefined
          ? {}
          : { fixes: [{ reason: said.fix, safe: true, changes: repair.map((edit) => ({ kind: "rewrite", edit })) }] }),
      };
    }
  },
};

function words({ kind, repair }: Damage): { readonly reason: string; readonly fix: string } | undefined {
  switch (kind) {
    case "character":
      return {
        reason:
          repair === undefined
            ? l10n.t("This is not base64.")
            : l10n.t("Something invisible stands here that is not base64."),
        fix: l10n.t("Remove what is invisible"),
      };
    case "padding":
      return {
        reason: l10n.t(
          "The padding is wrong: base64 ends with as many = as fill its last group of four, and has none elsewhere.",
        ),
        fix: l10n.t("Correct the padding"),
      };
    case "blank-line":
      return {
        reason: l10n.t("A blank line inside a block: some programs, OpenSSL among them, stop reading here."),
        fix: l10n.t("Remove the blank line"),
      };
    case "length":
      return {
        reason: l10n.t("Base64 comes in groups of four characters: here one is missing, or one too many."),
        fix: "",
      };
    case "empty":
      return { reason: l10n.t("There is nothing between BEGIN and END."), fix: "" };
    case "no-begin":
    case "no-end":
    case "label-mismatch":
    case "dashes":
    case "glued":
      return undefined;
  }
}
