import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import type { Behavior, Distribution } from "../../cloudfront/distribution.ts";
import { allowedMethodCounts, cachedMethodCounts } from "../../cloudfront/vocabulary.ts";
import { itemsIn } from "../../dialect/shape.ts";
import { memberOf, type ObjectNode, objectAt, stringOf, valueOf } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { findingsKept } from "../kept-findings.ts";
import { originFinder } from "../related.ts";
import type { Finding, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  number: ({ key, value, least, most }: { key: string; value: number; least: number; most: number }) =>
    l10n.t("{0} is {1}. The documented range is {2} to {3}.", key, value, least, most),
  length: ({ key, length, most }: { key: string; length: number; most: number }) =>
    l10n.t("{0} has {1} characters. The documented maximum is {2}.", key, length, most),
  items: ({ key, count, most }: { key: string; count: number; most: number }) =>
    l10n.t("{0} has {1} items. The default quota is {2}.", key, count, most),
  "allowed-methods": ({ count }: { count: number }) =>
    l10n.t("AllowedMethods must have 2, 3, or 7 methods. This list has {0}.", count),
  "cached-methods": ({ count }: { count: number }) =>
    l10n.t("CachedMethods must have 2 or 3 methods. This list has {0}.", count),
} satisfies Says;

export const range: Rule<Distribution, typeof says> = {
  id: "distribution/range",
  severity: "warning",
  requires: l10n.t(
    "Numbers and lengths must be within the documented range, and counts must be within the default quota.",
  ),
  source: sources.quotas,
  says,
  *check(distribution) {
    const originOf = originFinder(distribution);
    const { members, complete, behaviors } = distribution;
    for (const { node, value, type, called } of members.numbers) {
      const least = type.least ?? Number.NEGATIVE_INFINITY;
      const most = type.most ?? Number.POSITIVE_INFINITY;
      yield {
        at: node,
        origin: originOf(node.parent),
        reason: { code: "number", args: { key: called, value, least, most } },
      };
    }
    for (const { node, value, most, called } of members.texts) {
      yield {
        at: node,
        origin: originOf(node.parent),
        reason: { code: "length", args: { key: called, length: value.length, most } },
      };
    }
    for (const { quantity, items, shape, called } of members.counts) {
      if (shape.mostItems === undefined || items === undefined || items.items.length <= shape.mostItems) continue;
      yield {
        at: quantity ?? items,
        reason: { code: "items", args: { key: called, count: items.items.length, most: shape.mostItems } },
      };
    }
    if (complete) for (const behavior of behaviors) yield* methodsIn(behavior);
  },
};

const methodsIn = findingsKept(judgeMethods);

function* judgeMethods({ node }: Pick<Behavior, "node">): Iterable<Finding<ReasonOf<typeof says>>> {
  const allowed = countOf(node, "AllowedMethods");
  if (allowed !== undefined && !allowedMethodCounts.has(allowed.count))
    yield { at: allowed.at, reason: { code: "allowed-methods", args: { count: allowed.count } } };
  const cached = countOf(objectAt(node, "AllowedMethods"), "CachedMethods");
  if (cached !== undefined && !cachedMethodCounts.has(cached.count))
    yield { at: cached.at, reason: { code: "cached-methods", args: { count: cached.count } } };
}

/** How many methods there are; `undefined` where that is not known. */
function countOf(holder: ObjectNode | undefined, key: string): { at: Finding["at"]; count: number } | undefined {
  const member = memberOf(holder, key);
  const items = itemsIn(member?.value);
  if (
    member === undefined ||
    valueOf(member.value, "Items")?.kind !== "list" ||
    items.some((item) => isTemplated(stringOf(item) ?? ""))
  )
    return undefined;
  return { at: member.keySpan, count: items.length };
}
