import * as l10n from "@vscode/l10n";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { nameOf } from "../../dialect/spell.ts";
import type { Says } from "../../reason.ts";
import { mayBecomeMore, originFinder } from "../related.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  inconsistent: (said: { key: string; name: string; quantity: number; items: string; count: number }) =>
    l10n.t(
      "{0}: {1} is {2}, but the number of {3} is {4}. CloudFront returns InconsistentQuantities.",
      said.key,
      said.name,
      said.quantity,
      said.items,
      said.count,
    ),
  set: ({ name, count }: { name: string; count: number }) => l10n.t("Set {0} to {1}", name, count),
} satisfies Says;

export const quantity: Rule<Distribution, typeof says> = {
  id: "distribution/quantity",
  severity: "error",
  requires: l10n.t("Quantity must be the number of Items."),
  source: sources.updateDistribution,
  says,
  *check(distribution) {
    if (!distribution.complete) return;
    const originOf = originFinder(distribution);
    for (const { quantity, value, items, shape, called } of distribution.members.counts) {
      // Required Items that are missing are distribution/required-member.
      if (items === undefined && shape.required.includes("Items")) continue;
      const count = items?.items.length ?? 0;
      if (value === count || quantity === undefined) continue;
      // A template may become several items, or none.
      if (items !== undefined && mayBecomeMore(items)) continue;
      const holder = quantity.parent?.kind === "object" ? quantity.parent : undefined;
      const name = nameOf(holder, "Quantity");
      yield {
        at: quantity,
        origin: originOf(quantity.parent),
        reason: {
          code: "inconsistent",
          args: { key: called, name, quantity: value, items: nameOf(holder, "Items"), count },
        },
        // Items may have been left out by mistake: then the number is right, and the list is missing.
        ...(items === undefined
          ? {}
          : {
              fixes: [
                {
                  reason: { code: "set", args: { name, count } },
                  safe: true,
                  changes: [{ kind: "set", node: quantity, value: count }],
                },
              ],
            }),
      };
    }
  },
};
