import * as l10n from "@vscode/l10n";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import type { Bundle } from "../../x509/bundle.ts";
import { aboutPiece } from "../../x509/places.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const version: Rule<Bundle> = {
  id: "trust-store/version",
  severity: "error",
  requires: l10n.t("A certificate in a trust store for CloudFront or Application Load Balancer must be of X.509 version 3."),
  source: sources.trustStores,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    for (const { index = 0, severity, message } of unmetInStore(bundle, "version", context)) yield { ...aboutPiece(bundle, index), severity, message };
  },
};
