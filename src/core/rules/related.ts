import * as l10n from "@vscode/l10n";
import type { Behavior, Origin } from "../cloudfront/distribution.ts";
import type { Related } from "./rule.ts";

/** Why a behavior concerns an mTLS origin: where it names its target, the group between them, the origins' mTLS blocks. */
export function relatedToMtls({ target, group }: Behavior, origins: readonly Origin[]): Related[] {
  const related: Related[] = [];
  if (target !== undefined) related.push({ at: target, message: l10n.t("the behavior's target") });
  if (group !== undefined) related.push({ at: group.node, message: l10n.t("the origin group {0}", group.id ?? "?") });
  for (const { id, blocks } of origins) {
    for (const { member } of blocks) related.push({ at: member.keySpan, message: l10n.t("origin mTLS of {0}", id ?? "?") });
  }
  return related;
}
