import * as l10n from "@vscode/l10n";
import { cutBlock } from "../../pem/arrange.ts";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import type { Bundle } from "../../x509/bundle.ts";
import { aboutPiece } from "../../x509/places.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const leaf: Rule<Bundle> = {
  id: "trust-store/leaf",
  severity: "warning",
  requires: l10n.t("A trust store must hold certificates of CAs, not those of clients."),
  source: sources.apiGatewayMtls,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    for (const { index = 0, severity, message } of unmetInStore(bundle, "authority", context)) {
      // Whether somebody counts on it, nobody can tell from the file.
      yield { ...aboutPiece(bundle, index), severity, message, fixes: [{ title: l10n.t("Remove this certificate"), safe: false, changes: [{ kind: "rewrite", edit: cutBlock(bundle.pem, index, index) }] }] };
    }
  },
};
