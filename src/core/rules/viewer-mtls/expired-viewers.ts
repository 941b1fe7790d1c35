import * as l10n from "@vscode/l10n";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { booleanOf, memberOf } from "../../document/tree.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  ignored: () => l10n.t("Viewers with expired certificates are accepted."),
} satisfies Says;

export const expiredViewers: Rule<Distribution, typeof says> = {
  id: "viewer-mtls/expired-viewers",
  severity: "info",
  requires: l10n.t("A distribution should accept expired viewer certificates only on purpose."),
  source: sources.trustStoreConfig,
  says,
  *check({ viewerMtls, soundUpTo }) {
    const ignores = memberOf(viewerMtls?.trustStoreConfig?.value, "IgnoreCertificateExpiry");
    if (ignores === undefined || ignores.start >= soundUpTo || booleanOf(ignores.value) !== true) return;
    // Without a trust store, no client is checked at all: viewer-mtls/trust-store.
    if (viewerMtls?.says !== "passthrough") yield { at: ignores.keySpan, reason: { code: "ignored" } };
  },
};
