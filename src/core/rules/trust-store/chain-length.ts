import * as l10n from "@vscode/l10n";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";
import { storeFinding } from "../store-finding.ts";

export const chainLength: Rule<Bundle> = {
  id: "trust-store/chain-length",
  severity: "warning",
  requires: l10n.t("A chain in a trust store must have at most four certificates."),
  source: sources.apiGatewayMtls,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    for (const unmet of unmetInStore(bundle, "chain-length", context)) yield storeFinding(bundle, unmet);
  },
};
