import * as l10n from "@vscode/l10n";
import type { Distribution } from "../../cloudfront/distribution.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const quantity: Rule<Distribution> = {
  id: "distribution/quantity",
  severity: "error",
  requires: l10n.t("Quantity is the number of Items."),
  source: sources.updateDistribution,
  *check({ complete, members }) {
    if (!complete) return;
    for (const { quantity, value, items, shape, key } of members.counts) {
      // Required Items that are missing are distribution/required-member.
      if (items === undefined && shape.required.includes("Items")) continue;
      const count = items?.items.length ?? 0;
      if (value === count) continue;
      yield {
        at: quantity,
        message: l10n.t("{0}: Quantity is {1}, the number of Items is {2}. CloudFront answers InconsistentQuantities.", key, value, count),
        // Without Items somebody may have left them out: then the number is right, and the list missing.
        ...(items === undefined ? {} : { fixes: [{ title: l10n.t("Set Quantity to {0}", count), safe: true, changes: [{ kind: "set", node: quantity, value: count }] }] }),
      };
    }
  },
};
