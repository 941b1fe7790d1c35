import * as l10n from "@vscode/l10n";
import type { Behavior } from "../../cloudfront/distribution.ts";
import { stringOf, valueOf } from "../../document/tree.ts";
import { relatedToViewerMtls } from "../related.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const viewerProtocolPolicy: Rule<Behavior> = {
  id: "viewer-mtls/viewer-protocol-policy",
  severity: "error",
  requires: l10n.t("With viewer mTLS every cache behavior must be https-only or redirect-to-https."),
  source: sources.viewerMtls,
  concerns: ({ distribution }) => distribution.viewerMtls?.on === true,
  *check({ node: behavior, distribution, pathPattern }) {
    const node = valueOf(behavior, "ViewerProtocolPolicy");
    if (
      node === undefined ||
      node.start >= distribution.soundUpTo ||
      stringOf(node)?.toLowerCase().replaceAll("_", "-") !== "allow-all"
    )
      return;
    const use = (reason: string, value: string): Fix => ({
      reason,
      safe: false,
      changes: [{ kind: "set", node, value }],
    });
    yield {
      at: node,
      reason:
        pathPattern === undefined
          ? l10n.t(
              "The default cache behavior takes plain HTTP, where no viewer has a certificate. With viewer mTLS CloudFront takes only https-only and redirect-to-https.",
            )
          : l10n.t(
              "The cache behavior for {0} takes plain HTTP, where no viewer has a certificate. With viewer mTLS CloudFront takes only https-only and redirect-to-https.",
              pathPattern,
            ),
      related: relatedToViewerMtls(distribution),
      fixes: [
        use(l10n.t("Use redirect-to-https: plain HTTP is sent on to HTTPS"), "redirect-to-https"),
        use(l10n.t("Use https-only: plain HTTP is refused"), "https-only"),
      ],
    };
  },
};
