import * as l10n from "@vscode/l10n";
import { besidesCachePolicy, hasCachePolicy } from "../../cloudfront/cache-policy.ts";
import type { Behavior } from "../../cloudfront/distribution.ts";
import { nameOf } from "../../dialect/spell.ts";
import { memberOf, stringOf } from "../../document/tree.ts";
import type { Says } from "../../reason.ts";
import { nameSpanOf } from "../related.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  neither: ({ policy, values }: { policy: string; values: string }) =>
    l10n.t(
      "This cache behavior has neither {0} nor {1}. CloudFront requires one of them. Use a cache policy, because {1} is deprecated.",
      policy,
      values,
    ),
  empty: ({ policy }: { policy: string }) =>
    l10n.t(
      "{0} is empty, and this cache behavior has no other cache settings. Enter the ID of a cache policy.",
      policy,
    ),
  both: ({ keys, policy }: { keys: string; policy: string }) =>
    l10n.t(
      "CloudFront does not accept these members together with {0}: {1}. The cache policy has its own settings for them.",
      policy,
      keys,
    ),
  policy: () => l10n.t("The cache policy is set here."),
  remove: ({ keys }: { keys: string }) => l10n.t("Remove {0}", keys),
} satisfies Says;

export const cachePolicy: Rule<Behavior, typeof says> = {
  id: "behavior/cache-policy",
  severity: "error",
  requires: l10n.t(
    "A cache behavior must have either a cache policy or the deprecated ForwardedValues with their TTLs.",
  ),
  source: sources.requiredFields,
  says,
  *check({ node, distribution }) {
    const { whole, complete, soundUpTo, viewerMtls } = distribution;
    // What an object of another dialect must have, others say.
    if (distribution.dialect.judged !== undefined) return;
    const policy = memberOf(node, "CachePolicyId");
    const others = besidesCachePolicy(node);
    if (stringOf(policy?.value) === "") {
      // Beside the deprecated members, it is how some tools write that there is none.
      const { value } = policy ?? {};
      if (value === undefined || others.length > 0 || !whole || value.start >= soundUpTo) return;
      // viewer-mtls/passthrough-cache-policy
      if (viewerMtls?.says === "passthrough") return;
      yield { at: value, reason: { code: "empty", args: { policy: policy?.spelled ?? "" } } };
      return;
    }
    if (policy === undefined || !hasCachePolicy(node)) {
      const isMissing = whole && complete && !others.some(({ key }) => key === "ForwardedValues");
      // In passthrough mode it must be one policy: viewer-mtls/passthrough-cache-policy.
      if (!isMissing || viewerMtls?.says === "passthrough") return;
      const args = { policy: nameOf(node, "CachePolicyId"), values: nameOf(node, "ForwardedValues") };
      yield { at: nameSpanOf(node), reason: { code: "neither", args } };
      return;
    }
    const [first] = others;
    if (first === undefined || others.some(({ start }) => start >= soundUpTo)) return;
    const keys = others.map(({ spelled }) => spelled);
    yield {
      at: first.keySpan,
      reason: { code: "both", args: { keys, policy: policy.spelled } },
      related: [{ at: policy.keySpan, reason: { code: "policy" } }],
      fixes: [
        {
          reason: { code: "remove", args: { keys } },
          safe: false,
          changes: others.map((entry) => ({ kind: "remove", entry })),
        },
      ],
    };
  },
};
