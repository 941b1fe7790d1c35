import * as l10n from "@vscode/l10n";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";
import { storeFinding } from "../store-finding.ts";

export const extendedKeyUsage: Rule<Bundle> = {
  id: "trust-store/extended-key-usage",
  severity: "warning",
  requires: l10n.t("The extended key usage of a CA in a trust store, if present, must include clientAuth."),
  source: sources.extendedKeyUsage,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    // No page of a service says it.
    for (const unmet of unmetInStore(bundle, "client-purpose", context))
      yield { ...storeFinding(bundle, unmet), source: sources.extendedKeyUsage };
  },
};
