import * as l10n from "@vscode/l10n";
import { type Bundle, certificatesOf } from "../../x509/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const format: Rule<Bundle> = {
  id: "client-certificate/format",
  severity: "error",
  requires: l10n.t("No line of a certificate for ACM may end in spaces."),
  source: sources.acmFormat,
  *check(bundle, { purpose }) {
    if (purpose !== "origin") return;
    for (const { index, piece, certificate } of certificatesOf(bundle)) {
      const { span } = piece.block;
      const start = bundle.starts[index] ?? 0;
      const { text } = piece.chunk;
      const blanks = [...text.matchAll(/(?<![ \t])[ \t]+(?=[\r\n]|$)/g)].flatMap((found) => {
        const at = { start: start + found.index, end: start + found.index + found[0].length };
        return found.index >= span.start ? [at] : [];
      });
      const [first] = blanks;
      if (first === undefined) continue;
      yield {
        at: first,
        certificate: certificate.serial,
        message: l10n.t("Spaces at the end of a line: ACM rejects a certificate that has them."),
        fixes: [{ title: l10n.t("Remove the spaces at the ends of the lines"), safe: true, changes: blanks.map((span) => ({ kind: "rewrite", edit: { span, text: "" } })) }],
      };
    }
  },
};
