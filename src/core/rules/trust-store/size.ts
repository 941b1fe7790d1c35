import * as l10n from "@vscode/l10n";
import type { BundleFacts } from "../../facts.ts";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";
import { storeFinding } from "../store-finding.ts";

export const size: Rule<BundleFacts> = {
  id: "trust-store/size",
  severity: "error",
  requires: l10n.t("A trust store must not have more bytes than its service allows."),
  source: sources.quotas,
  *check({ bundle, encoding }, context) {
    if (context.purpose !== "trust-store") return;
    for (const unmet of unmetInStore(bundle, "size", { ...context, encoding })) yield storeFinding(bundle, unmet);
  },
};
