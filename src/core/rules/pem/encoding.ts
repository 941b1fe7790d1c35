import * as l10n from "@vscode/l10n";
import type { BundleFacts } from "../../facts.ts";
import type { Says } from "../../reason.ts";
import { headIn } from "../../x509/bundle/places.ts";
import { isMarkBeforeFirst, withMark } from "../../x509/bundle/unseen.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  utf16: () =>
    l10n.t(
      "The file is UTF-16, for example from > in PowerShell. OpenSSL and other PEM readers find nothing in it. Save the file as UTF-8.",
    ),
  "mark-at-start": () =>
    l10n.t(
      "The file begins with a byte order mark. Go does not find this PEM block, and Java rejects the file. Save the file as UTF-8 without a byte order mark.",
    ),
  mark: () =>
    l10n.t(
      "There is a byte order mark before this BEGIN line. This happens when files that begin with one are joined. Go does not find this PEM block, and Java rejects the file.",
    ),
  "same-here": () => l10n.t("There is one before this BEGIN line too."),
  remove: () => l10n.t("Remove the byte order marks in the file"),
} satisfies Says;

export const pemEncoding: Rule<BundleFacts, typeof says> = {
  id: "pem/encoding",
  severity: "error",
  requires: l10n.t(
    "A PEM file must not be UTF-16 and must not have a byte order mark before a BEGIN line, because some programs then do not find its PEM blocks.",
  ),
  source: sources.pemGrammar,
  says,
  *check({ encoding, bundle }) {
    if (encoding === "utf16le" || encoding === "utf16be") {
      yield { at: headIn(bundle, 0), reason: { code: "utf16" } };
      return;
    }
    if (encoding === "utf8bom" && isMarkBeforeFirst(bundle))
      yield { at: headIn(bundle, 0), severity: "warning", reason: { code: "mark-at-start" } };
    const all = withMark(bundle);
    const [first, ...others] = all;
    if (first === undefined) return;
    const changes = all.map(({ index, piece: { block } }) => {
      const end = (bundle.starts[index] ?? 0) + (block.begin?.start ?? 0);
      return { kind: "rewrite" as const, edit: { span: { start: end - 1, end }, text: "" } };
    });
    yield {
      at: headIn(bundle, first.index),
      severity: "warning",
      reason: { code: "mark" },
      related: others.map(({ index }) => ({ at: headIn(bundle, index), reason: { code: "same-here" } })),
      fixes: [{ reason: { code: "remove" }, safe: true, changes }],
    };
  },
};
