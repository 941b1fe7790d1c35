import * as l10n from "@vscode/l10n";
import type { Resource } from "../../dialect/meaning.ts";
import { isDecidedLater, siteOf } from "../../dialect/view.ts";
import { memberOf, valueOf } from "../../document/tree.ts";
import { names } from "../../elb/vocabulary.ts";
import { type ConfigFacts, readingsIn, subjectsOf } from "../../facts.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  removed: ({ member, mode }: { member: string; mode: string }) =>
    l10n.t(
      "{0} was removed here. On a listener that exists, CloudFormation then leaves mutual TLS as it is. To turn it off, set {1} to off.",
      member,
      mode,
    ),
  "by-condition": ({ member, mode }: { member: string; mode: string }) =>
    l10n.t(
      "A condition removes {0} here. On a listener that exists, CloudFormation then leaves mutual TLS as it is. To turn it off, use an object with {1} set to off in that branch.",
      member,
      mode,
    ),
  "turn-off": () => l10n.t("Set the mode to off"),
} satisfies Says;

export const leftOn: Rule<ConfigFacts, typeof says> = {
  id: "file/left-on",
  severity: "info",
  requires: l10n.t("To turn off mutual TLS of a listener in a template, its mode must be set to off."),
  source: sources.templateListener,
  says,
  *check(facts) {
    for (const resource of removedByCondition(facts)) {
      const at = memberOf(valueOf(resource.node, "Properties"), names.block);
      if (at !== undefined)
        yield { at: at.keySpan, reason: { code: "by-condition", args: { member: names.block, mode: names.mode } } };
    }
    if (facts.everOn.size === 0) return;
    for (const { listeners } of subjectsOf(facts, "listeners"))
      for (const { node, at, complete } of listeners) {
        const site = siteOf(node);
        const isGone = at === undefined && complete && !isDecidedLater(node, names.block);
        if (site === undefined || !isGone || !facts.everOn.has(site.resource.id)) continue;
        yield {
          at: memberOf(site.resource.node, "Properties")?.keySpan ?? site.resource.node,
          reason: { code: "removed", args: { member: names.block, mode: names.mode } },
          fixes: [
            {
              reason: { code: "turn-off" },
              safe: false,
              changes: [{ kind: "add", to: node, key: names.block, value: { [names.mode]: "off" } }],
            },
          ],
        };
      }
  },
};

/** Listeners that have mutual TLS under some conditions, and under others nothing that turns it off. */
function removedByCondition(facts: ConfigFacts): readonly Resource[] {
  const on = new Set<Resource>();
  const gone = new Set<Resource>();
  for (const subject of readingsIn(facts)) {
    if (subject.kind !== "listeners") continue;
    for (const { node, at, knownMode } of subject.listeners) {
      const site = siteOf(node);
      if (site === undefined) continue;
      if (at !== undefined && knownMode !== "off") on.add(site.resource);
      if (at === undefined && isDecidedLater(node, names.block)) gone.add(site.resource);
    }
  }
  return [...gone].filter((resource) => on.has(resource));
}
