import * as l10n from "@vscode/l10n";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import type { Bundle } from "../../x509/bundle.ts";
import { aboutPiece } from "../../x509/places.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const count: Rule<Bundle> = {
  id: "trust-store/count",
  severity: "error",
  requires: l10n.t("A trust store must have no more certificates than the service it is for takes."),
  source: sources.quotas,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    for (const { index = 0, severity, message } of unmetInStore(bundle, "count", context)) yield { ...aboutPiece(bundle, index), severity, message };
  },
};
