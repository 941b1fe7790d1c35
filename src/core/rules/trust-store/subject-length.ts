import * as l10n from "@vscode/l10n";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import type { Bundle } from "../../x509/bundle.ts";
import { aboutPiece } from "../../x509/places.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const subjectLength: Rule<Bundle> = {
  id: "trust-store/subject-length",
  severity: "error",
  requires: l10n.t("The subject of a certificate in a trust store must be no longer than Application Load Balancer takes."),
  source: sources.albQuotas,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    for (const { index = 0, severity, message } of unmetInStore(bundle, "subject-length", context)) yield { ...aboutPiece(bundle, index), severity, message };
  },
};
