import * as l10n from "@vscode/l10n";
import { cutBlock } from "../../pem/arrange.ts";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import type { Bundle } from "../../x509/bundle.ts";
import { aboutPiece } from "../../x509/places.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const expired: Rule<Bundle> = {
  id: "trust-store/expired",
  severity: "warning",
  requires: l10n.t("A certificate in a trust store must not have expired: no service gives notice of it, and clients below it are kept out."),
  source: sources.apiGatewayMtls,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    for (const { index = 0, severity, message } of unmetInStore(bundle, "expired", context)) {
      // A service can be told to ignore expiry, and a successor may be on its way.
      yield { ...aboutPiece(bundle, index), severity, message, fixes: [{ title: l10n.t("Remove the expired certificate"), safe: false, changes: [{ kind: "rewrite", edit: cutBlock(bundle.pem, index, index) }] }] };
    }
  },
};
