import * as l10n from "@vscode/l10n";
import type { Damage } from "../../pem/block.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Piece } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  character: () => l10n.t("This is not base64."),
  invisible: () => l10n.t("This is an invisible character that is not base64."),
  "remove-invisible": () => l10n.t("Remove the invisible characters"),
  padding: () => l10n.t("The padding is wrong. Use = only at the end, to complete the last group of four characters."),
  "correct-padding": () => l10n.t("Correct the padding"),
  "blank-line": () =>
    l10n.t("This PEM block contains a blank line. Some programs, such as OpenSSL, stop reading here."),
  "remove-blank-line": () => l10n.t("Remove the blank line"),
  length: () =>
    l10n.t("Base64 consists of groups of four characters. Here, a character is missing or there is one too many."),
  empty: () => l10n.t("The PEM block is empty between BEGIN and END."),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const base64: Rule<Piece, typeof says> = {
  id: "pem/base64",
  severity: "error",
  requires: l10n.t("A PEM block must contain only base64 between its boundaries."),
  source: sources.pemGrammar,
  says,
  concerns: ({ block }) => block.damage.length > 0,
  *check({ block: { damage, placeholder } }) {
    if (placeholder) return;
    for (const one of damage) {
      const said = reasonsOf(one);
      if (said === undefined) continue;
      const { reason, fix } = said;
      const { at, repair } = one;
      yield {
        at,
        reason,
        ...(repair === undefined || fix === undefined
          ? {}
          : { fixes: [{ reason: fix, safe: true, changes: repair.map((edit) => ({ kind: "rewrite", edit })) }] }),
      };
    }
  },
};

/** What is the matter, and what the repair is called where there is one. */
function reasonsOf({ kind, repair }: Damage): { readonly reason: Said; readonly fix?: Said } | undefined {
  switch (kind) {
    case "character":
      return repair === undefined
        ? { reason: { code: "character" } }
        : { reason: { code: "invisible" }, fix: { code: "remove-invisible" } };
    case "padding":
      return { reason: { code: "padding" }, fix: { code: "correct-padding" } };
    case "blank-line":
      return { reason: { code: "blank-line" }, fix: { code: "remove-blank-line" } };
    case "length":
    case "empty":
      return { reason: { code: kind } };
    case "no-begin":
    case "no-end":
    case "doubled":
    case "label-mismatch":
    case "dashes":
    case "glued":
      return undefined;
  }
}
