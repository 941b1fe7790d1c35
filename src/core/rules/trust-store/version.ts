import * as l10n from "@vscode/l10n";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";
import { storeFinding } from "../store-finding.ts";

export const version: Rule<Bundle> = {
  id: "trust-store/version",
  severity: "error",
  requires: l10n.t(
    "A certificate in a trust store for CloudFront or Application Load Balancer must be X.509 version 3.",
  ),
  source: sources.trustStores,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    for (const unmet of unmetInStore(bundle, "version", context)) yield storeFinding(bundle, unmet);
  },
};
