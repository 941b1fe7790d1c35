import * as l10n from "@vscode/l10n";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { booleanOf, memberOf } from "../../document/tree.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const expiredViewers: Rule<Distribution> = {
  id: "viewer-mtls/expired-viewers",
  severity: "info",
  requires: l10n.t("A distribution that lets in viewers whose certificate has expired should be meant to."),
  source: sources.trustStoreConfig,
  *check({ viewerMtls, soundUpTo }) {
    const ignores = memberOf(viewerMtls?.trustStoreConfig?.value, "IgnoreCertificateExpiry");
    if (ignores === undefined || ignores.start >= soundUpTo || booleanOf(ignores.value) !== true) return;
    // Without a trust store to be, nobody is checked at all: viewer-mtls/trust-store.
    if (viewerMtls?.says !== "passthrough")
      yield { at: ignores.keySpan, reason: l10n.t("Viewers are let in with certificates that have expired.") };
  },
};
