import * as l10n from "@vscode/l10n";
import type { Distribution, Origin } from "../../cloudfront/distribution.ts";
import { nameOf } from "../../dialect/spell.ts";
import { booleanOf, memberOf, objectAt, valueOf } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { findingsKept } from "../kept-findings.ts";
import { nameSpanOf, originFinder } from "../related.ts";
import type { Finding, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const originTypes = new Set(["CustomOriginConfig", "S3OriginConfig", "VpcOriginConfig"]);

const says = {
  missing: ({ shape, key }: { shape: string; key: string }) => l10n.t("{0} requires {1}.", shape, key),
  "missing-in-config": ({ shape, key }: { shape: string; key: string }) =>
    l10n.t("{0} requires {1}. An update replaces the whole configuration, so it must be complete.", shape, key),
  "no-origin": () => l10n.t("A distribution must have at least one origin."),
  "no-type": () =>
    l10n.t("An origin must have one of CustomOriginConfig, S3OriginConfig, and VpcOriginConfig. This origin has none."),
  "two-types": ({ first, second }: { first: string; second: string }) =>
    l10n.t(
      "An origin must have only one of CustomOriginConfig, S3OriginConfig, and VpcOriginConfig. This origin has {0} and {1}.",
      first,
      second,
    ),
  "first-type": ({ key }: { key: string }) => key,
  "no-shield-region": () => l10n.t("If OriginShield is enabled, it requires OriginShieldRegion."),
} satisfies Says;

export const requiredMember: Rule<Distribution, typeof says> = {
  id: "distribution/required-member",
  severity: "error",
  requires: l10n.t("A configuration must have every member that the API requires."),
  source: sources.distributionConfig,
  says,
  *check(distribution) {
    const { node, whole, complete, origins, members } = distribution;
    if (!whole || !complete) return;
    const originOf = originFinder(distribution);
    for (const { object, shape, key } of members.missing) {
      // A missing certificate is origin/client-certificate-arn.
      if (shape.name === "OriginMtlsConfig") continue;
      const code = shape.name === "DistributionConfig" ? "missing-in-config" : "missing";
      yield {
        at: nameSpanOf(object),
        origin: originOf(object),
        reason: { code, args: { shape: shape.name, key: nameOf(object, key) } },
      };
    }
    const items = valueOf(node, "Origins", "Items");
    if (items?.kind === "list" && items.items.length === 0) yield { at: items, reason: { code: "no-origin" } };
    for (const origin of origins) yield* inOrigin(origin);
  },
};

const inOrigin = findingsKept(judgeOrigin);

function* judgeOrigin({ node, id }: Pick<Origin, "node" | "id">): Iterable<Finding<ReasonOf<typeof says>>> {
  const types = new Map(node.members.flatMap((member) => (originTypes.has(member.key) ? [[member.key, member]] : [])));
  const [first, second] = [...types.values()].filter(({ value }) => value?.kind === "object");
  if (types.size === 0)
    yield {
      at: nameSpanOf(node),
      origin: id,
      reason: { code: "no-type" },
    };
  if (first !== undefined && second !== undefined) {
    yield {
      at: second.keySpan,
      origin: id,
      reason: { code: "two-types", args: { first: first.spelled, second: second.spelled } },
      related: [{ at: first.keySpan, reason: { code: "first-type", args: { key: first.spelled } } }],
    };
  }
  const shield = objectAt(node, "OriginShield");
  if (
    shield !== undefined &&
    booleanOf(valueOf(shield, "Enabled")) === true &&
    memberOf(shield, "OriginShieldRegion") === undefined
  ) {
    yield {
      at: nameSpanOf(shield),
      origin: id,
      reason: { code: "no-shield-region" },
    };
  }
}
