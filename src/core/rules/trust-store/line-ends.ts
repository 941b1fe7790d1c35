import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import { aboutPiece } from "../../x509/bundle/places.ts";
import { returnsIn, withReturns } from "../../x509/bundle/unseen.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "lone-returns": () =>
    l10n.t(
      "Lines in this PEM block end with CR only. OpenSSL, and programs that read PEM in the same way, see one long line.",
    ),
  "end-in-lf": () => l10n.t("Change these line endings to LF"),
} satisfies Says;

export const lineEnds: Rule<Bundle, typeof says> = {
  id: "trust-store/line-ends",
  severity: "warning",
  requires: l10n.t("The lines of a PEM block in a trust store must end with LF or CRLF."),
  source: sources.pemGrammar,
  says,
  *check(bundle, { purpose }) {
    if (purpose !== "trust-store") return;
    const found = withReturns(bundle);
    const [first] = found;
    if (first === undefined) return;
    const changes = found.flatMap(({ index, piece }) => {
      const start = bundle.starts[index] ?? 0;
      return returnsIn(piece).map((at) => ({
        kind: "rewrite" as const,
        edit: { span: { start: start + at, end: start + at + 1 }, text: "\n" },
      }));
    });
    yield {
      ...aboutPiece(bundle, first.index),
      reason: { code: "lone-returns" },
      fixes: [{ reason: { code: "end-in-lf" }, safe: true, changes }],
    };
  },
};
