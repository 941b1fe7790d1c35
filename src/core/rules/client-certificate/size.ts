import * as l10n from "@vscode/l10n";
import { unmetIn } from "../../client-certificate/file.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const size: Rule<Bundle> = {
  id: "client-certificate/size",
  severity: "error",
  requires: l10n.t("An origin client certificate must have at most 32,768 bytes of PEM, and its chain at most 64 KB."),
  source: sources.importCertificate,
  *check(bundle, { now, purpose }) {
    if (purpose !== "origin") return;
    yield* unmetIn(bundle, now, "size");
    for (const unmet of unmetIn(bundle, now, "chain-size")) yield { ...unmet, source: sources.clientCertificate };
  },
};
