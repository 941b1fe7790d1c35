import * as l10n from "@vscode/l10n";
import { shapeOf } from "../../cloudfront/vocabulary.ts";
import { memberOf } from "../../document/tree.ts";
import { type ConfigFacts, subjectsOf } from "../../facts.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Finding, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  beside: ({ key, config }: { key: string; config: string }) =>
    l10n.t("{0} is next to {1}, where CloudFront does not see it. It belongs in {1}.", key, config),
  "of-origin": ({ key, config }: { key: string; config: string }) =>
    l10n.t(
      "{0} is next to {1}, where CloudFront does not see it. It belongs in the CustomOriginConfig of an origin.",
      key,
      config,
    ),
  twice: ({ key, config }: { key: string; config: string }) =>
    l10n.t(
      "{0} is next to {1}, where CloudFront does not see it. {1} has another {0}. Keep the right one in {1}, and remove this one.",
      key,
      config,
    ),
  move: ({ key, config }: { key: string; config: string }) => l10n.t("Move {0} into {1}", key, config),
} satisfies Says;

export const besideConfig: Rule<ConfigFacts, typeof says> = {
  id: "file/beside-config",
  severity: "error",
  requires: l10n.t("The settings of a distribution must be in its configuration, not next to it."),
  source: sources.updateDistribution,
  says,
  *check(facts) {
    for (const { distribution, wrapper } of subjectsOf(facts, "distribution")) {
      if (wrapper === undefined) continue;
      for (const { member, isMtls } of wrapper.beside) {
        if (member.start >= distribution.soundUpTo) continue;
        const args = { key: member.spelled, config: wrapper.member.spelled };
        const isOfOrigin = isMtls && !shapeOf("DistributionConfig").members.has(member.key);
        const isTaken = memberOf(distribution.node, member.key) !== undefined;
        const finding: Finding<ReasonOf<typeof says>> = {
          at: member.keySpan,
          reason: { code: isOfOrigin ? "of-origin" : isTaken ? "twice" : "beside", args },
          ...(isMtls ? {} : { severity: "warning" }),
        };
        const changes = [{ kind: "move", member, to: distribution.node }] as const;
        yield isTaken || isOfOrigin
          ? finding
          : { ...finding, fixes: [{ reason: { code: "move", args }, safe: false, changes }] };
      }
    }
  },
};
