import * as l10n from "@vscode/l10n";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import type { Bundle } from "../../x509/bundle.ts";
import { headIn } from "../../x509/places.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";
import { storeFinding } from "../store-finding.ts";

export const subjectConflict: Rule<Bundle> = {
  id: "trust-store/subject-conflict",
  severity: "error",
  requires: l10n.t("A trust store for API Gateway must not hold certificates of one subject from different issuers."),
  source: sources.apiGatewayMtls,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    for (const unmet of unmetInStore(bundle, "subject-conflict", context)) {
      const { related } = unmet;
      yield { ...storeFinding(bundle, unmet), ...(related === undefined ? {} : { related: [{ at: headIn(bundle, related), message: l10n.t("the first one of this subject") }] }) };
    }
  },
};
