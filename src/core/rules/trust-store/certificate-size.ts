import * as l10n from "@vscode/l10n";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";
import { storeFinding } from "../store-finding.ts";

export const certificateSize: Rule<Bundle> = {
  id: "trust-store/certificate-size",
  severity: "error",
  requires: l10n.t("A certificate in a trust store must not be larger than its service allows."),
  source: sources.quotas,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    for (const unmet of unmetInStore(bundle, "certificate-size", context)) yield storeFinding(bundle, unmet);
  },
};
