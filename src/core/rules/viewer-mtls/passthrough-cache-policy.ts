import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import { besidesCachePolicy, hasCachePolicy, useCachePolicy } from "../../cloudfront/cache-policy.ts";
import type { Behavior } from "../../cloudfront/distribution.ts";
import { cachingDisabled } from "../../cloudfront/viewer-mtls.ts";
import { memberOf, type ObjectNode, stringOf } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { nameSpanOf, relatedToViewerMtls } from "../related.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  other: ({ id }: { id: string }) =>
    l10n.t(
      "This is a different cache policy. In passthrough mode, every cache behavior must use the managed cache policy CachingDisabled ({0}), so that the origin sees each certificate.",
      id,
    ),
  "forwarded-values": ({ id }: { id: string }) =>
    l10n.t(
      "ForwardedValues cannot be used here. In passthrough mode, every cache behavior must use the managed cache policy CachingDisabled ({0}).",
      id,
    ),
  none: ({ id }: { id: string }) =>
    l10n.t(
      "This cache behavior has no cache policy. In passthrough mode, every cache behavior must use the managed cache policy CachingDisabled ({0}).",
      id,
    ),
  use: ({ id }: { id: string }) => l10n.t("Use CachingDisabled ({0})", id),
  "use-instead": ({ id, keys }: { id: string; keys: string }) =>
    l10n.t("Use CachingDisabled ({0}) and remove {1}", id, keys),
} satisfies Says;

export const passthroughCachePolicy: Rule<Behavior, typeof says> = {
  id: "viewer-mtls/passthrough-cache-policy",
  severity: "error",
  requires: l10n.t("In passthrough mode, every cache behavior must use the managed cache policy CachingDisabled."),
  source: sources.viewerMtlsModes,
  says,
  concerns: ({ distribution }) => distribution.viewerMtls?.says === "passthrough",
  *check({ node, distribution }) {
    const { whole, complete, soundUpTo } = distribution;
    const related = relatedToViewerMtls(distribution);
    const policy = memberOf(node, "CachePolicyId")?.value;
    const id = stringOf(policy);
    if (policy !== undefined && id !== undefined && id !== "") {
      if (policy.start >= soundUpTo || isTemplated(id) || id.toLowerCase() === cachingDisabled) return;
      const fix = use(node);
      yield { at: policy, reason: { code: "other", args: { id: cachingDisabled } }, related, fixes: [fix] };
      return;
    }
    if (hasCachePolicy(node)) return;
    const legacy = memberOf(node, "ForwardedValues");
    if (legacy?.value?.kind === "object" && legacy.start < soundUpTo) {
      yield { at: legacy.keySpan, reason: { code: "forwarded-values", args: { id: cachingDisabled } }, related };
    } else if (whole && complete) {
      const fix = use(node);
      yield { at: nameSpanOf(node), reason: { code: "none", args: { id: cachingDisabled } }, related, fixes: [fix] };
    }
  },
};

function use(behavior: ObjectNode): Fix<ReasonOf<typeof says>> {
  const beside = besidesCachePolicy(behavior).map(({ spelled }) => spelled);
  return {
    reason:
      beside.length === 0
        ? { code: "use", args: { id: cachingDisabled } }
        : { code: "use-instead", args: { id: cachingDisabled, keys: beside } },
    safe: false,
    changes: useCachePolicy(behavior, cachingDisabled),
  };
}
