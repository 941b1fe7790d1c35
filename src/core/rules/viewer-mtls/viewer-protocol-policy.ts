import * as l10n from "@vscode/l10n";
import type { Behavior } from "../../cloudfront/distribution.ts";
import { stringOf, valueOf } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { relatedToViewerMtls } from "../related.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  default: () =>
    l10n.t(
      "The default cache behavior accepts HTTP, and viewers do not present a certificate over HTTP. With viewer mTLS, CloudFront accepts only https-only and redirect-to-https.",
    ),
  "for-path": ({ pathPattern }: { pathPattern: string }) =>
    l10n.t(
      "The cache behavior for {0} accepts HTTP, and viewers do not present a certificate over HTTP. With viewer mTLS, CloudFront accepts only https-only and redirect-to-https.",
      pathPattern,
    ),
  "redirect-to-https": () => l10n.t("Use redirect-to-https (HTTP requests are redirected to HTTPS)"),
  "https-only": () => l10n.t("Use https-only (HTTP requests are rejected)"),
} satisfies Says;

export const viewerProtocolPolicy: Rule<Behavior, typeof says> = {
  id: "viewer-mtls/viewer-protocol-policy",
  severity: "error",
  requires: l10n.t("With viewer mTLS, every cache behavior must use https-only or redirect-to-https."),
  source: sources.viewerMtls,
  says,
  concerns: ({ distribution }) => distribution.viewerMtls?.on === true,
  *check({ node: behavior, distribution, pathPattern }) {
    const node = valueOf(behavior, "ViewerProtocolPolicy");
    if (
      node === undefined ||
      node.start >= distribution.soundUpTo ||
      stringOf(node)?.toLowerCase().replaceAll("_", "-") !== "allow-all"
    )
      return;
    const use = (value: "redirect-to-https" | "https-only"): Fix<ReasonOf<typeof says>> => ({
      reason: { code: value },
      safe: false,
      changes: [{ kind: "set", node, value }],
    });
    yield {
      at: node,
      reason: pathPattern === undefined ? { code: "default" } : { code: "for-path", args: { pathPattern } },
      related: relatedToViewerMtls(distribution),
      fixes: [use("redirect-to-https"), use("https-only")],
    };
  },
};
