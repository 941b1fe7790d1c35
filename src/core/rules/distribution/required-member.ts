import * as l10n from "@vscode/l10n";
import type { Distribution, Origin } from "../../cloudfront/distribution.ts";
import { booleanOf, memberOf, objectAt, valueOf } from "../../document/tree.ts";
import { nameSpanOf, originFinder } from "../related.ts";
import type { Finding, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const originTypes = new Set(["CustomOriginConfig", "S3OriginConfig", "VpcOriginConfig"]);

export const requiredMember: Rule<Distribution> = {
  id: "distribution/required-member",
  severity: "error",
  requires: l10n.t("A config must have every member that the API requires."),
  source: sources.distributionConfig,
  *check(distribution) {
    const { node, whole, complete, origins, members } = distribution;
    if (!whole || !complete) return;
    const originOf = originFinder(distribution);
    for (const { object, shape, key } of members.missing) {
      // A missing certificate is origin/client-certificate-arn.
      if (shape.name === "OriginMtlsConfig") continue;
      const message =
        shape.name === "DistributionConfig"
          ? l10n.t(
              "{0} requires {1}. An update replaces the whole config, so nothing may be left out.",
              shape.name,
              key,
            )
          : l10n.t("{0} requires {1}.", shape.name, key);
      yield { at: nameSpanOf(object), origin: originOf(object), reason: message };
    }
    const items = valueOf(node, "Origins", "Items");
    if (items?.kind === "list" && items.items.length === 0)
      yield { at: items, reason: l10n.t("A distribution must have at least one origin.") };
    for (const origin of origins) yield* judgeOrigin(origin);
  },
};

function* judgeOrigin({ node, id }: Origin): Iterable<Finding> {
  const types = new Map(node.members.flatMap((member) => (originTypes.has(member.key) ? [[member.key, member]] : [])));
  const [first, second] = [...types.values()].filter(({ value }) => value?.kind === "object");
  if (types.size === 0)
    yield {
      at: nameSpanOf(node),
      origin: id,
      reason: l10n.t(
        "An origin must have one of CustomOriginConfig, S3OriginConfig and VpcOriginConfig; this one has none.",
      ),
    };
  if (first !== undefined && second !== undefined) {
    yield {
      at: second.keySpan,
      origin: id,
      reason: l10n.t(
        "An origin must have only one of CustomOriginConfig, S3OriginConfig and VpcOriginConfig; this one has {0} and {1}.",
        first.key,
        second.key,
      ),
      related: [{ at: first.keySpan, reason: first.key }],
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
      reason: l10n.t("OriginShield requires OriginShieldRegion where it is enabled."),
    };
  }
}
