import * as l10n from "@vscode/l10n";
import type { Behavior } from "../../cloudfront/distribution.ts";
import { policiesWithoutCertificates } from "../../cloudfront/managed-policies.ts";
import { memberOf, stringOf, valueOf } from "../../document/tree.ts";
import type { Says } from "../../reason.ts";
import { nameSpanOf, relatedToViewerMtls } from "../related.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "held-back": ({ policy }: { policy: string }) =>
    l10n.t(
      "The managed policy {0} does not include Client-Cert and Client-Cert-Chain. In passthrough mode, the origin checks the certificates in these headers.",
      policy,
    ),
  "no-policy": () =>
    l10n.t(
      "This cache behavior has no origin request policy. In passthrough mode, the origin checks the certificates, and an origin request policy must include Client-Cert and Client-Cert-Chain.",
    ),
} satisfies Says;

export const passthroughHeaders: Rule<Behavior, typeof says> = {
  id: "viewer-mtls/passthrough-headers",
  severity: "info",
  requires: l10n.t(
    "In passthrough mode, an origin request policy must include the headers Client-Cert and Client-Cert-Chain.",
  ),
  source: sources.viewerMtlsModes,
  says,
  concerns: ({ distribution }) => distribution.viewerMtls?.says === "passthrough",
  *check({ node, distribution }) {
    const policy = valueOf(node, "OriginRequestPolicyId");
    const name = policiesWithoutCertificates.get(stringOf(policy)?.toLowerCase() ?? "");
    if (policy !== undefined && name !== undefined && policy.start < distribution.soundUpTo) {
      yield {
        at: policy,
        reason: { code: "held-back", args: { policy: name } },
        related: relatedToViewerMtls(distribution),
      };
    }
    // What other policies let through is not in this file: it is known only where there is none.
    if (
      !distribution.whole ||
      !distribution.complete ||
      memberOf(node, "OriginRequestPolicyId") !== undefined ||
      memberOf(node, "ForwardedValues") !== undefined
    )
      return;
    yield {
      at: nameSpanOf(node),
      reason: { code: "no-policy" },
      related: relatedToViewerMtls(distribution),
    };
  },
};
