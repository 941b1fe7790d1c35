import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import type { Behavior } from "../../cloudfront/distribution.ts";
import { cachingDisabled } from "../../cloudfront/viewer-mtls.ts";
import { memberOf, stringOf } from "../../document/tree.ts";
import { nameSpanOf, relatedToViewerMtls } from "../related.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const passthroughCachePolicy: Rule<Behavior> = {
  id: "viewer-mtls/passthrough-cache-policy",
  severity: "error",
  requires: l10n.t("With passthrough every cache behavior must use the managed cache policy CachingDisabled."),
  source: sources.viewerMtlsModes,
  concerns: ({ distribution }) => distribution.viewerMtls?.says === "passthrough",
  *check({ node, distribution }) {
    const { whole, complete, soundUpTo } = distribution;
    const related = relatedToViewerMtls(distribution);
    const title = l10n.t("Use CachingDisabled ({0})", cachingDisabled);
    const policy = memberOf(node, "CachePolicyId")?.value;
    const id = stringOf(policy);
    if (policy !== undefined && id !== undefined && id !== "") {
      if (policy.start >= soundUpTo || isTemplated(id) || id.toLowerCase() === cachingDisabled) return;
      const fix: Fix = { reason: title, safe: false, changes: [{ kind: "set", node: policy, value: cachingDisabled }] };
      yield {
        at: policy,
        reason: l10n.t(
          "With passthrough every behavior uses the managed cache policy CachingDisabled ({0}), so that the origin sees each certificate; this is another one.",
          cachingDisabled,
        ),
        related,
        fixes: [fix],
      };
      return;
    }
    if (policy !== undefined) return;
    const legacy = memberOf(node, "ForwardedValues");
    if (legacy?.value?.kind === "object" && legacy.start < soundUpTo) {
      yield {
        at: legacy.keySpan,
        reason: l10n.t(
          "With passthrough every behavior uses the managed cache policy CachingDisabled ({0}), which leaves no place for ForwardedValues.",
          cachingDisabled,
        ),
        related,
      };
    } else if (whole && complete) {
      const fix: Fix = {
        reason: title,
        safe: false,
        changes: [{ kind: "add", to: node, key: "CachePolicyId", value: cachingDisabled }],
      };
      yield {
        at: nameSpanOf(node),
        reason: l10n.t(
          "With passthrough every behavior uses the managed cache policy CachingDisabled ({0}); this one names none.",
          cachingDisabled,
        ),
        related,
        fixes: [fix],
      };
    }
  },
};
