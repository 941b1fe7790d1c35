import * as l10n from "@vscode/l10n";
import type { CertificatePiece, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const format: Rule<CertificatePiece> = {
  id: "client-certificate/format",
  severity: "error",
  requires: l10n.t("No line of a certificate for ACM may end in spaces."),
  source: sources.acmFormat,
  concerns: (_piece, { purpose }) => purpose === "origin",
  *check({ chunk: { text }, block: { span } }) {
    const blanks = [...text.matchAll(/(?<![ \t])[ \t]+(?=[\r\n]|$)/g)].flatMap((found) =>
      found.index < span.start ? [] : [{ start: found.index, end: found.index + found[0].length }],
    );
    const [first] = blanks;
    if (first === undefined) return;
    yield {
      at: first,
      reason: l10n.t("Spaces at the end of a line: ACM rejects a certificate that has them."),
      fixes: [
        {
          reason: l10n.t("Remove the spaces at the ends of the lines"),
          safe: true,
          changes: blanks.map((at) => ({ kind: "rewrite", edit: { span: at, text: "" } })),
        },
      ],
    };
  },
};
