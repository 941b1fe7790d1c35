import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import type { Piece } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "to-the-letter": ({ right }: { right: string }) => l10n.t("This line must be exactly {0}.", right),
  write: ({ right }: { right: string }) => l10n.t("Change to {0}", right),
} satisfies Says;

export const dashes: Rule<Piece, typeof says> = {
  id: "pem/dashes",
  severity: "error",
  requires: l10n.t("A boundary must have exactly five hyphens on each side, capital letters, and single spaces."),
  source: sources.pemBoundaries,
  says,
  concerns: ({ block }) => block.damage.length > 0,
  *check({ block: { damage } }) {
    for (const { kind, at, repair } of damage) {
      const right = repair?.[0];
      if (kind !== "dashes" || right === undefined) continue;
      yield {
        at,
        reason: { code: "to-the-letter", args: { right: right.text } },
        fixes: [
          {
            reason: { code: "write", args: { right: right.text } },
            safe: true,
            changes: [{ kind: "rewrite", edit: right }],
          },
        ],
      };
    }
  },
};
