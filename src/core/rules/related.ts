import { t } from "@vscode/l10n";
import type { Behavior, Origin } from "../cloudfront/distribution.ts";
import type { Related } from "./rule.ts";

/** Why a behavior concerns an mTLS origin: where it names its target, the group between them, the origins' mTLS blocks. */
export function relatedToMtls({ target, group }: Behavior, origins: readonly Origin[]): Related[] {
  const related: Related[] = [];
  if (target !== undefined) related.push({ at: target, message: t("the behavior's target") });
  if (group !== undefined) related.push({ at: group.node, message: t("the origin group {0}", group.id ?? "?") });
  for (const { id, blocks } of origins) {
    for (const { member } of blocks) related.push({ at: member.keySpan, message: t("origin mTLS of {0}", id ?? "?") });
  }
  return related;
}
