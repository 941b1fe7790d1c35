import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { type ScalarNode, stringOf } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { nearest } from "../../text.ts";
import type { Finding, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "no-target": ({ id }: { id: string }) => l10n.t('"{0}" is not an origin or origin group in this configuration.', id),
  "no-origin": ({ id }: { id: string }) => l10n.t('"{0}" is not an origin in this configuration.', id),
  change: ({ value }: { value: string }) => l10n.t("Change to {0}", value),
} satisfies Says;

export const targetOrigin: Rule<Distribution, typeof says> = {
  id: "distribution/target-origin",
  severity: "error",
  requires: l10n.t(
    "TargetOriginId must name an origin or origin group in the configuration, and the members of an origin group must name origins in the configuration.",
  ),
  source: sources.defaultCacheBehavior,
  says,
  *check({ whole, complete, origins, originGroups, behaviors }) {
    // Where no origin can be read at all, that is the finding.
    if (!whole || !complete || origins.length === 0) return;
    const originIds = new Set(origins.flatMap(({ id }) => id ?? []));
    const targetIds = new Set([...originIds, ...originGroups.flatMap(({ id }) => id ?? [])]);
    if ([...targetIds].some(isTemplated)) return;
    const suggest = suggester();
    for (const { target } of behaviors) {
      if (target !== undefined) yield* judge(target, "no-target", targetIds, suggest);
    }
    for (const { node } of originGroups.flatMap(({ members }) => members))
      yield* judge(node, "no-origin", originIds, suggest);
  },
};

/**
 * Two words are compared so often in one check, which is far more than a distribution with every quota used up needs.
 */
const mostComparisons = 20_000;

type Suggest = (value: string, ids: ReadonlySet<string>) => string | undefined;

/** The id that was meant. Where a config has very many ids and mistakes, the last ones get no suggestion. */
function suggester(): Suggest {
  const known = new Map<ReadonlySet<string>, Map<string, string | undefined>>();
  let left = mostComparisons;
  return (value, ids) => {
    if (ids.size === 1) return [...ids][0];
    const suggested = known.get(ids) ?? new Map<string, string | undefined>();
    known.set(ids, suggested);
    if (!suggested.has(value)) {
      if (left < ids.size) return undefined;
      left -= ids.size;
      suggested.set(value, nearest(value, ids));
    }
    return suggested.get(value);
  };
}

function* judge(
  node: ScalarNode,
  code: "no-target" | "no-origin",
  ids: ReadonlySet<string>,
  suggest: Suggest,
): Iterable<Finding<ReasonOf<typeof says>>> {
  const value = stringOf(node);
  if (value === undefined || ids.has(value) || isTemplated(value)) return;
  const meant = suggest(value, ids);
  yield {
    at: node,
    reason: { code, args: { id: value } },
    ...(meant === undefined
      ? {}
      : {
          fixes: [
            {
              reason: { code: "change", args: { value: meant } },
              safe: false,
              changes: [{ kind: "set", node, value: meant }],
            },
          ],
        }),
  };
}
