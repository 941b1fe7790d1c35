import * as l10n from "@vscode/l10n";
import type { Wrapper } from "../../cloudfront/config.ts";
import { extraction, isCompleteInput } from "../../cloudfront/wrapper.ts";
import type { Node } from "../../document/tree.ts";
import type { ConfigFacts } from "../../facts.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  nested: ({ outer, inner }: { outer: string; inner: string }) =>
    l10n.t(
      "{0} contains only another {1}. CloudFront does not see what is in it, and the AWS CLI rejects it. Extract the inner configuration.",
      outer,
      inner,
    ),
  around: ({ outer, inner }: { outer: string; inner: string }) =>
    l10n.t(
      "{0} contains {1} instead of the settings of a distribution. CloudFront does not see what is in it, and the AWS CLI rejects it. Extract the inner configuration.",
      outer,
      inner,
    ),
  extract: () => l10n.t("Extract the inner configuration"),
  "extract-without": ({ keys }: { keys: string }) => l10n.t("Extract the inner configuration, and remove {0}", keys),
} satisfies Says;

export const nestedConfig: Rule<ConfigFacts, typeof says> = {
  id: "file/nested-config",
  severity: "error",
  requires: l10n.t("A configuration must contain the settings of a distribution, not another configuration."),
  source: sources.distributionConfig,
  says,
  *check({ tree: { root }, subjects }) {
    const [config, another] = subjects;
    // Further below the root, the outer names may be the user's own.
    const [item, other] = root?.kind === "list" ? root.items : [root];
    if (config?.kind !== "distribution" || another !== undefined || root === undefined || other !== undefined) return;
    const { wrapper, distribution } = config;
    if (wrapper?.nested === undefined || wrapper.root !== item) return;
    const { outer, inner } = wrapper.nested;
    const isAlone = inner.parent.members.length === 1 && inner.key === outer.key;
    // What is a complete input without the config in its config stays one.
    const whole = isCompleteInput(wrapper) && root === item && outer.value !== undefined ? outer.value : root;
    yield {
      at: inner.keySpan,
      reason: { code: isAlone ? "nested" : "around", args: { outer: outer.spelled, inner: inner.spelled } },
      fixes: fixesOf(wrapper, distribution.node, whole),
    };
  },
};

function fixesOf(wrapper: Wrapper, part: Node, whole: Node): readonly Fix<ReasonOf<typeof says>>[] {
  const extracted = extraction(wrapper, part, whole);
  if (extracted === undefined) return [];
  const { keys, change } = extracted;
  const reason =
    keys.length === 0 ? ({ code: "extract" } as const) : ({ code: "extract-without", args: { keys } } as const);
  return [{ reason, safe: false, changes: [change] }];
}
