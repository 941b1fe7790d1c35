import * as l10n from "@vscode/l10n";
import type { Distribution } from "../../cloudfront/distribution.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const range: Rule<Distribution> = {
  id: "distribution/range",
  severity: "warning",
  requires: l10n.t("Numbers, lengths and counts are within the documented default limits."),
  source: sources.quotas,
  *check({ members }) {
    for (const { node, value, type, key } of members.numbers) {
      const least = type.least ?? Number.NEGATIVE_INFINITY;
      const most = type.most ?? Number.POSITIVE_INFINITY;
      yield { at: node, message: l10n.t("{0} is {1}; the default limit is {2} to {3}.", key, value, least, most) };
    }
    for (const { node, value, most, key } of members.texts) {
      yield { at: node, message: l10n.t("{0} has {1} characters; the default limit is {2}.", key, value.length, most) };
    }
    for (const { quantity, items, shape, key } of members.counts) {
      if (shape.mostItems === undefined || items === undefined || items.items.length <= shape.mostItems) continue;
      yield { at: quantity, message: l10n.t("{0} has {1} items; the default limit is {2}.", key, items.items.length, shape.mostItems) };
    }
  },
};
