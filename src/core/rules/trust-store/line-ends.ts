import * as l10n from "@vscode/l10n";
import { loneReturnsIn } from "../../pem/arrange.ts";
import type { Bundle } from "../../x509/bundle.ts";
import { aboutPiece } from "../../x509/places.ts";
import { selection } from "../../x509/selection.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const withReturns = selection(({ chunk }) => loneReturnsIn(chunk.text).length > 0);

export const lineEnds: Rule<Bundle> = {
  id: "trust-store/line-ends",
  severity: "warning",
  requires: l10n.t("The lines of a trust store must end in LF or CRLF."),
  source: sources.pemGrammar,
  *check(bundle, { purpose }) {
    if (purpose !== "trust-store") return;
    const found = withReturns(bundle);
    const [first] = found;
    if (first === undefined) return;
    const changes = found.flatMap(({ index, piece }) => {
      const start = bundle.starts[index] ?? 0;
      return loneReturnsIn(piece.chunk.text).map((at) => ({ kind: "rewrite" as const, edit: { span: { start: start + at, end: start + at + 1 }, text: "\n" } }));
    });
    yield {
      ...aboutPiece(bundle, first.index),
      message: l10n.t("Lines of this file end in CR alone: OpenSSL, and what reads PEM as it does, sees one long line."),
      fixes: [{ title: l10n.t("End these lines in LF"), safe: true, changes }],
    };
  },
};
