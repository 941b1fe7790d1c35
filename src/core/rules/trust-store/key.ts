import * as l10n from "@vscode/l10n";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";
import { storeFinding } from "../store-finding.ts";

export const key: Rule<Bundle> = {
  id: "trust-store/key",
  severity: "error",
  requires: l10n.t("A key in a trust store must have an algorithm and size that its services accept."),
  source: sources.trustStores,
  *check(bundle, context) {
    // Without a service in particular, certificate/weak-key and certificate/not-accepted report what holds for all.
    if (context.purpose !== "trust-store" || (context.targets ?? []).length === 0) return;
    for (const unmet of unmetInStore(bundle, "key", context)) yield storeFinding(bundle, unmet);
  },
};
