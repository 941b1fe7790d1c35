import * as l10n from "@vscode/l10n";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import type { Bundle } from "../../x509/bundle.ts";
import { aboutPiece } from "../../x509/places.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const root: Rule<Bundle> = {
  id: "trust-store/root",
  severity: "warning",
  requires: l10n.t("A trust store must hold the chain of a CA up to its root."),
  source: sources.apiGatewayMtls,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    for (const { index = 0, severity, message } of unmetInStore(bundle, "root", context)) yield { ...aboutPiece(bundle, index), severity, message };
  },
};
