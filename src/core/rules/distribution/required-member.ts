import * as l10n from "@vscode/l10n";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { booleanOf, memberOf, type ObjectNode, objectAt, valueOf } from "../../document/tree.ts";
import type { Span } from "../../text.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const requiredMember: Rule<Distribution> = {
  id: "distribution/required-member",
  severity: "error",
  requires: l10n.t("A config has every member that the API requires."),
  source: sources.distributionConfig,
  *check({ node, whole, complete, origins, members }) {
    if (!whole || !complete) return;
    for (const { object, shape, key } of members.missing) {
      // A missing certificate is origin/client-certificate-arn.
      if (shape.name === "OriginMtlsConfig") continue;
      yield { at: nameOf(object), message: l10n.t("{0} requires {1}. An update replaces the whole config, so nothing may be left out.", shape.name, key) };
    }
    const items = valueOf(node, "Origins", "Items");
    if (items?.kind === "list" && items.items.length === 0) yield { at: items, message: l10n.t("A distribution has at least one origin.") };
    for (const origin of origins) {
      if (origin.kind === "unknown" && !["S3OriginConfig", "CustomOriginConfig", "VpcOriginConfig"].some((key) => memberOf(origin.node, key) !== undefined)) {
        yield { at: nameOf(origin.node), origin: origin.id, message: l10n.t("An origin has one of CustomOriginConfig, S3OriginConfig and VpcOriginConfig; this one has none.") };
      }
      const shield = objectAt(origin.node, "OriginShield");
      if (shield !== undefined && booleanOf(valueOf(shield, "Enabled")) === true && memberOf(shield, "OriginShieldRegion") === undefined) {
        yield { at: nameOf(shield), origin: origin.id, message: l10n.t("OriginShield requires OriginShieldRegion where it is enabled.") };
      }
    }
  },
};

/** The name of the member the object is the value of, or its opening brace. */
function nameOf(object: ObjectNode): Span {
  const holder = object.parent;
  const member = holder?.kind === "object" ? holder.members.find(({ value }) => value === object) : undefined;
  return member?.keySpan ?? { start: object.start, end: object.start + 1 };
}
