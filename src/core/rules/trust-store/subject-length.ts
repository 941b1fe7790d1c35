import * as l10n from "@vscode/l10n";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";
import { storeFinding } from "../store-finding.ts";

export const subjectLength: Rule<Bundle> = {
  id: "trust-store/subject-length",
  severity: "warning",
  requires: l10n.t(
    "Together, the subjects of all certificates in a trust store must not be longer than Application Load Balancer allows.",
  ),
  source: sources.albQuotas,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    for (const unmet of unmetInStore(bundle, "subject-length", context)) yield storeFinding(bundle, unmet);
  },
};
