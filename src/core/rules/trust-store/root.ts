import * as l10n from "@vscode/l10n";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import { isOpenEnd } from "../../truststore/of-chains.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";
import { storeFinding } from "../store-finding.ts";

export const root: Rule<Bundle> = {
  id: "trust-store/root",
  severity: "warning",
  requires: l10n.t("A trust store must contain the chain of a CA up to its root."),
  source: sources.apiGatewayMtls,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    for (const unmet of unmetInStore(bundle, "root", context))
      if (isOpenEnd(bundle, unmet.index, context.signatures)) yield storeFinding(bundle, unmet);
    for (const unmet of unmetInStore(bundle, "circle", context)) yield storeFinding(bundle, unmet);
  },
};
