import * as l10n from "@vscode/l10n";
import { unmetIn } from "../../client-certificate/file.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const keyFamily: Rule<Bundle> = {
  id: "client-certificate/key-family",
  severity: "error",
  requires: l10n.t("The key of a certificate for ACM must have the same algorithm as the key of its issuing CA."),
  source: sources.importCertificate,
  *check(bundle, { now, purpose }) {
    if (purpose !== "origin") return;
    yield* unmetIn(bundle, now, "key-family");
  },
};
