import type { Completion } from "../dialect/assist.ts";
import { offerOf, type ValuePlace } from "../dialect/completion.ts";
import { siteOf } from "../dialect/view.ts";
import type { Json, Node, Syntax } from "../document/tree.ts";
import { spacedJson } from "../document/values.ts";

/** What of its template a value may be taken from. */
export interface Takes {
  /** The type of the resources that give it, if any do. */
  readonly type?: string;
  /** What of such a resource gives it; left out: `Ref` does. */
  readonly attribute?: string;
  /** What parameters for it are likely called: they come first. */
  readonly likely: RegExp;
}

export type ReferenceReason = { readonly code: "offer:parameter" };

/** Calls that take a value from a resource or a parameter of the same template; none in another document. */
export function referenceOffers(
  place: ValuePlace,
  subject: Node,
  { type, attribute, likely }: Takes,
  syntax: Syntax,
): readonly Completion[] {
  const site = siteOf(subject);
  if (site === undefined) return [];
  const offer = (id: string, value: Json, short: string, detail: Completion["detail"]): Completion => ({
    ...offerOf(place, value, detail),
    label: syntax === "yaml" ? short : spacedJson(value),
    keywords: id,
  });
  const isLikely = (name: string) => likely.test(name);
  const { parameters } = site;
  const resources = [...site.resources.values()].filter((resource) => resource.type === type);
  return [
    ...resources.map(({ id, type: said }) =>
      attribute === undefined
        ? offer(id, { Ref: id }, `!Ref ${id}`, said)
        : offer(id, { "Fn::GetAtt": [id, attribute] }, `!GetAtt ${id}.${attribute}`, said),
    ),
    ...[...parameters.filter(isLikely), ...parameters.filter((name) => !isLikely(name))].map((id) =>
      offer(id, { Ref: id }, `!Ref ${id}`, { code: "offer:parameter" }),
    ),
  ];
}
