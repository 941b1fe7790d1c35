import { spelled } from "../dialect/spell.ts";
import type { ScalarNode } from "../document/tree.ts";
import type { ConfigFacts } from "../facts.ts";
import type { SharedReason } from "../reason.ts";
import { constructOf, type Template, type TemplateResource } from "../template/template.ts";
import { contains } from "../text.ts";
import type { Problem } from "./rule.ts";

/** Where a generated template comes from. */
export type GeneratedReason =
  | (SharedReason & { readonly code: "template:construct"; readonly args: { readonly path: string } })
  | (SharedReason & { readonly code: "template:generated"; readonly args?: never });

/**
 * What is found in a template, as far as it can be relied on there: a macro may rewrite what is written. Nothing is
 * fixed in a file that a program writes: it is said from what it is made.
 */
export function inTemplate(problems: readonly Problem[], template: Template, { isGenerated }: ConfigFacts): Problem[] {
  const resources = [...template.resources.values()];
  return problems.map((problem) => {
    const { severity, related = [], fixes = [], ...rest } = problem;
    const resource = resourceAt(resources, problem.at.start);
    const path = resource === undefined ? undefined : constructOf(resource);
    const origin = path ?? (isGenerated === true ? resource?.node : undefined);
    const possible = origin === undefined ? fixes.filter(({ changes }) => spelled(changes).length > 0) : [];
    return {
      ...rest,
      severity: template.isRewritten && severity === "error" ? "warning" : severity,
      ...(possible.length === 0 ? {} : { fixes: possible }),
      ...(origin === undefined
        ? related.length === 0
          ? {}
          : { related }
        : { related: [...related, { at: origin, reason: madeFrom(path) }] }),
    };
  });
}

function madeFrom(path: ScalarNode | undefined): GeneratedReason {
  return path === undefined
    ? { code: "template:generated" }
    : { code: "template:construct", args: { path: String(path.value) } };
}

/** Found by halving: there may be many. */
function resourceAt(resources: readonly TemplateResource[], offset: number): TemplateResource | undefined {
  let low = 0;
  let high = resources.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((resources[middle]?.node.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const before = resources[low - 1];
  return before !== undefined && contains(before.node, offset) ? before : undefined;
}
