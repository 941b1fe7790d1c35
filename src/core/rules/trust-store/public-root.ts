import * as l10n from "@vscode/l10n";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";
import { storeFinding } from "../store-finding.ts";

export const publicRoot: Rule<Bundle> = {
  id: "trust-store/public-root",
  severity: "warning",
  requires: l10n.t(
    "A trust store must not contain a publicly trusted root, because anyone can get a certificate below it.",
  ),
  source: sources.trustStores,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    for (const unmet of unmetInStore(bundle, "public-root", context)) yield storeFinding(bundle, unmet);
  },
};
