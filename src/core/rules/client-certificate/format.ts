import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import type { CertificatePiece, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  spaces: () => l10n.t("This line ends with spaces. ACM rejects a certificate with spaces at the end of a line."),
  remove: () => l10n.t("Remove the spaces at the ends of the lines"),
} satisfies Says;

export const format: Rule<CertificatePiece, typeof says> = {
  id: "client-certificate/format",
  severity: "error",
  requires: l10n.t("The lines of a certificate for ACM must not end with spaces."),
  source: sources.acmFormat,
  says,
  concerns: (_piece, { purpose }) => purpose === "origin",
  *check({ chunk: { text }, block: { span } }) {
    const blanks = [...text.matchAll(/(?<![ \t])[ \t]+(?=[\r\n]|$)/g)].flatMap((found) =>
      found.index < span.start ? [] : [{ start: found.index, end: found.index + found[0].length }],
    );
    const [first] = blanks;
    if (first === undefined) return;
    yield {
      at: first,
      reason: { code: "spaces" },
      fixes: [
        {
          reason: { code: "remove" },
          safe: true,
          changes: blanks.map((at) => ({ kind: "rewrite", edit: { span: at, text: "" } })),
        },
      ],
    };
  },
};
