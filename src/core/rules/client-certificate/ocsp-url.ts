import * as l10n from "@vscode/l10n";
import { unmetIn } from "../../client-certificate/file.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const ocspUrl: Rule<Bundle> = {
  id: "client-certificate/ocsp-url",
  severity: "error",
  requires: l10n.t("The OCSP responder URL in a certificate for ACM must have at most 1,000 characters."),
  source: sources.importCertificate,
  *check(bundle, { now, purpose }) {
    if (purpose !== "origin") return;
    yield* unmetIn(bundle, now, "ocsp-url");
  },
};
