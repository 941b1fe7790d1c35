import * as l10n from "@vscode/l10n";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import type { Bundle } from "../../x509/bundle.ts";
import { aboutPiece } from "../../x509/places.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const publicRoot: Rule<Bundle> = {
  id: "trust-store/public-root",
  severity: "warning",
  requires: l10n.t("A trust store must not hold a root that browsers trust: strangers get certificates below it."),
  source: sources.trustStores,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    for (const { index = 0, severity, message } of unmetInStore(bundle, "public-root", context)) yield { ...aboutPiece(bundle, index), severity, message };
  },
};
