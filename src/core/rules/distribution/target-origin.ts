import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { type ScalarNode, stringOf } from "../../document/tree.ts";
import { nearest } from "../../text.ts";
import type { Finding, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const targetOrigin: Rule<Distribution> = {
  id: "distribution/target-origin",
  severity: "error",
  requires: l10n.t("TargetOriginId names an origin or origin group of the config, and a group's members name its origins."),
  source: sources.defaultCacheBehavior,
  *check({ whole, complete, origins, originGroups, behaviors }) {
    // Where no origin can be read at all, that is the finding.
    if (!whole || !complete || origins.length === 0) return;
    const originIds = new Set(origins.flatMap(({ id }) => id ?? []));
    const targetIds = new Set([...originIds, ...originGroups.flatMap(({ id }) => id ?? [])]);
    if ([...targetIds].some(isTemplated)) return;
    for (const { target } of behaviors) {
      if (target !== undefined) yield* judge(target, targetIds, l10n.t("no origin and no origin group"));
    }
    for (const { node } of originGroups.flatMap(({ members }) => members)) yield* judge(node, originIds, l10n.t("no origin"));
  },
};

function* judge(node: ScalarNode, ids: ReadonlySet<string>, none: string): Iterable<Finding> {
  const value = stringOf(node);
  if (value === undefined || ids.has(value) || isTemplated(value)) return;
  const meant = nearest(value, ids) ?? (ids.size === 1 ? [...ids][0] : undefined);
  yield {
    at: node,
    message: l10n.t("\"{0}\" names {1} of this config.", value, none),
    ...(meant === undefined ? {} : { fixes: [{ title: l10n.t("Change to {0}", meant), safe: false, changes: [{ kind: "set", node, value: meant }] }] }),
  };
}
