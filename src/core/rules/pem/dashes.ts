import * as l10n from "@vscode/l10n";
import type { Piece } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const dashes: Rule<Piece> = {
  id: "pem/dashes",
  severity: "error",
  requires: l10n.t(
    "A boundary must be written to the letter: five hyphens on either side, capital letters, single spaces.",
  ),
  source: sources.pemBoundaries,
  concerns: ({ block }) => block.damage.length > 0,
  *check({ block: { damage } }) {
    for (const { kind, at, repair } of damage) {
      const right = repair?.[0];
      if (kind !== "dashes" || right === undefined) continue;
      yield {
        at,
        reason: l10n.t("This line must read {0}, to the letter.", right.text),
        fixes: [{ reason: l10n.t("Write {0}", right.text), safe: true, changes: [{ kind: "rewrite", edit: right }] }],
      };
    }
  },
};
