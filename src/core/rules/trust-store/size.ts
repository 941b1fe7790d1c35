import * as l10n from "@vscode/l10n";
import type { BundleFacts } from "../../facts.ts";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import { aboutPiece } from "../../x509/places.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const size: Rule<BundleFacts> = {
  id: "trust-store/size",
  severity: "error",
  requires: l10n.t("A trust store must have no more bytes than the service it is for takes."),
  source: sources.quotas,
  *check({ bundle, encoding }, context) {
    if (context.purpose !== "trust-store") return;
    for (const { severity, message } of unmetInStore(bundle, "size", { ...context, encoding })) yield { ...aboutPiece(bundle, 0), severity, message };
  },
};
