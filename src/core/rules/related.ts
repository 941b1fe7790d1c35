import { isTemplated } from "../arn.ts";
import type { Behavior, Distribution, Origin, OriginGroup, Surroundings } from "../cloudfront/distribution.ts";
import { type Container, entryAt, type ListNode, type Member, type ObjectNode, stringOf } from "../document/tree.ts";
import type { Span } from "../text.ts";
import type { Related } from "./rule.ts";

/** Why a place belongs to a finding of many rules. */
export type RelatedReason =
  | { readonly code: "related:target" }
  | { readonly code: "related:origin-group"; readonly args: { readonly id: string } }
  | { readonly code: "related:origin-mtls"; readonly args: { readonly origin: string } }
  | { readonly code: "related:viewer-mtls" }
  | { readonly code: "related:default" };

/** Related places of one finding; more would not help. */
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
export function relatedToMtls(
  { target, group }: Behavior,
  origins: readonly Origin[],
): readonly Related<RelatedReason>[] {
  const related: Related<RelatedReason>[] = [];
  if (target !== undefined) related.push({ at: target, reason: { code: "related:target" } });
  if (group !== undefined)
    related.push({ at: group.node, reason: { code: "related:origin-group", args: { id: group.id ?? "?" } } });
  for (const { id, blocks } of origins) {
    for (const { member } of blocks.slice(0, mostRelated))
      related.push({ at: member.keySpan, reason: { code: "related:origin-mtls", args: { origin: id ?? "?" } } });
    if (related.length >= mostRelated) break;
  }
  return related.slice(0, mostRelated);
}

/** Asked for a node, says the id of the origin it stands in: a finding there is suppressed with that origin. */
export function originFinder({ origins }: Distribution): (node: Container | undefined) => string | undefined {
  // Mostly they are not asked for.
  let ids: ReadonlyMap<Container, string | undefined> | undefined;
  return (node) => {
    ids ??= new Map<Container, string | undefined>(origins.map(({ node, id }) => [node, id]));
    for (let at = node; at !== undefined; at = at.parent) if (ids.has(at)) return ids.get(at);
    return undefined;
  };
}

/** Whether an item is a template, which may become several items, or none. */
export function mayBecomeMore({ items }: ListNode): boolean {
  return items.some((item) => item.kind === "computed" || isTemplated(stringOf(item) ?? ""));
}

/** That viewer mTLS is why something does not fit. */
export function relatedToViewerMtls({ viewerMtls }: Surroundings): readonly Related<RelatedReason>[] {
  return viewerMtls === undefined ? [] : [{ at: viewerMtls.at, reason: { code: "related:viewer-mtls" } }];
}

/** The name of the member that an object is the value of, or its opening brace. */
export function nameSpanOf(object: ObjectNode): Span {
  return memberAround(object)?.keySpan ?? { start: object.start, end: object.start + 1 };
}

/** The member that something is the value of. */
function memberAround(node: Container): Member | undefined {
  const holder = node.parent;
  if (holder?.kind !== "object") return undefined;
  const entry = entryAt(holder, node.start);
  // In a view, objects that only the API has may lie across each other.
  return entry?.kind === "member" && entry.value === node ? entry : holder.members.find(({ value }) => value === node);
}

/** What the member is called that something stands in, be it in a list of it. */
export function nameOfHolder(node: Container): string | undefined {
  for (let at: Container | undefined = node; at !== undefined; at = at.parent) {
    const around = memberAround(at);
    if (around !== undefined && around.key !== "Items") return around.spelled;
  }
  return undefined;
}
