import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { type ObjectNode, valueOf } from "../../document/tree.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  twice: ({ id }: { id: string }) =>
    l10n.t('The ID "{0}" is used twice. A cache behavior cannot identify its origin by this ID.', id),
  first: () => l10n.t("First used here."),
} satisfies Says;

export const originId: Rule<Distribution, typeof says> = {
  id: "distribution/origin-id",
  severity: "error",
  requires: l10n.t("Every origin and origin group must have a unique ID."),
  source: sources.origin,
  says,
  *check({ whole, origins, originGroups }) {
    if (!whole) return;
    const seen = new Map<string, ObjectNode>();
    for (const [index, { id, node }] of [...origins, ...originGroups].entries()) {
      if (id === undefined || isTemplated(id)) continue;
      const other = seen.get(id);
      if (other === undefined) {
        seen.set(id, node);
        continue;
      }
      const [first, at] = [valueOf(other, "Id"), valueOf(node, "Id")];
      if (first !== undefined && at !== undefined) {
        yield {
          at,
          origin: id,
          // Nothing says that AWS refuses a group with the id of an origin.
          ...(index < origins.length ? {} : { severity: "warning" }),
          reason: { code: "twice", args: { id } },
          related: [{ at: first, reason: { code: "first" } }],
        };
      }
    }
  },
};
