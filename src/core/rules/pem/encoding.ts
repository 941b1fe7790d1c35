import * as l10n from "@vscode/l10n";
import type { BundleFacts } from "../../facts.ts";
import type { Says } from "../../reason.ts";
import { headIn } from "../../x509/bundle/places.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  utf16: () =>
    l10n.t(
      "The file is UTF-16, for example from > in PowerShell. OpenSSL and other PEM readers find nothing in it. Save the file as UTF-8.",
    ),
} satisfies Says;

export const pemEncoding: Rule<BundleFacts, typeof says> = {
  id: "pem/encoding",
  severity: "error",
  requires: l10n.t("A PEM file must not be UTF-16, because its characters must be single bytes."),
  source: sources.pemGrammar,
  says,
  *check({ encoding, bundle }) {
    if (encoding !== "utf16le" && encoding !== "utf16be") return;
    yield { at: headIn(bundle, 0), reason: { code: "utf16" } };
  },
};
