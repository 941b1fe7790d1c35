import * as l10n from "@vscode/l10n";
import type { Behavior, Distribution, Origin, OriginGroup } from "../cloudfront/distribution.ts";
import { type Container, entryAt, type ObjectNode } from "../document/tree.ts";
import type { Span } from "../text.ts";
import type { Related } from "./rule.ts";

/** Related places of one finding; nobody looks at more. */
export const mostRelated = 10;

/** Many behaviors may share one long group. */
const mtlsOfGroup = new WeakMap<OriginGroup, readonly Origin[]>();

/** The origins with mTLS that a behavior sends requests to; of many, only as many as are shown. */
export function mtlsOriginsOf({ origins, group }: Behavior): readonly Origin[] {
  const known = group === undefined ? undefined : mtlsOfGroup.get(group);
  if (known !== undefined) return known;
  const found = [...new Set(origins.filter(({ mtls }) => mtls !== "off"))].slice(0, mostRelated);
  if (group !== undefined) mtlsOfGroup.set(group, found);
  return found;
}

/**
 * Why a behavior concerns an mTLS origin: where it names its target, the group between them, the origins' mTLS blocks.
 */
export function relatedToMtls({ target, group }: Behavior, origins: readonly Origin[]): readonly Related[] {
  const related: Related[] = [];
  if (target !== undefined) related.push({ at: target, reason: l10n.t("the behavior's target") });
  if (group !== undefined) related.push({ at: group.node, reason: l10n.t("the origin group {0}", group.id ?? "?") });
  for (const { id, blocks } of origins) {
    for (const { member } of blocks.slice(0, mostRelated))
      related.push({ at: member.keySpan, reason: l10n.t("origin mTLS of {0}", id ?? "?") });
    if (related.length >= mostRelated) break;
  }
  return related.slice(0, mostRelated);
}

/** Asked for a node, says the id of the origin it stands in: a finding there is suppressed with that origin. */
export function originFinder({ origins }: Distribution): (node: Container | undefined) => string | undefined {
  const ids = new Map<Container, string | undefined>(origins.map(({ node, id }) => [node, id]));
  return (node) => {
    for (let at = node; at !== undefined; at = at.parent) if (ids.has(at)) return ids.get(at);
    return undefined;
  };
}

/** That viewer mTLS is why something does not fit. */
export function relatedToViewerMtls({ viewerMtls }: Distribution): readonly Related[] {
  return viewerMtls === undefined ? [] : [{ at: viewerMtls.at, reason: l10n.t("viewer mTLS") }];
}

/** The name of the member that an object is the value of, or its opening brace. */
export function nameSpanOf(object: ObjectNode): Span {
  const holder = object.parent;
  const member = holder?.kind === "object" ? entryAt(holder, object.start) : undefined;
  return member?.kind === "member" ? member.keySpan : { start: object.start, end: object.start + 1 };
}
