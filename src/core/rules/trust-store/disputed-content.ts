import * as l10n from "@vscode/l10n";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";
import { storeFinding } from "../store-finding.ts";

export const disputedContent: Rule<Bundle> = {
  id: "trust-store/disputed-content",
  severity: "warning",
  requires: l10n.t(
    "A CA certificate in a trust store must not have a critical extension, an empty subject, or name constraints that not all programs accept.",
  ),
  source: sources.extensions,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    // No page of a service says it.
    for (const unmet of unmetInStore(bundle, "content", context))
      yield { ...storeFinding(bundle, unmet), source: sources.extensions };
  },
};
