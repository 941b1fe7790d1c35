import type { Completion } from "../dialect/assist.ts";
import { offerOf, type ValuePlace } from "../dialect/completion.ts";
import { spacedJson } from "../dialect/insertion.ts";
import type { Site } from "../dialect/meaning.ts";
import { siteOf } from "../dialect/view.ts";
import { type Json, type Node, type ObjectNode, objectAt, type Syntax, stringOf, valueOf } from "../document/tree.ts";

/** What of its template a value may be taken from. */
export interface Takes {
  /** The type of the resources that give it, if any do. */
  readonly type?: string;
  /** What of such a resource gives it; left out: `Ref` does. */
  readonly attribute?: string;
  /** Whether a value that a parameter is known to have can be meant. */
  readonly fits: (value: string) => boolean;
}

export type ReferenceReason = { readonly code: "offer:parameter" };

/** Calls that take a value from a resource or a parameter of the same template; none in another document. */
export function referenceOffers(
  place: ValuePlace,
  subject: Node,
  { type, attribute, fits }: Takes,
  syntax: Syntax,
): readonly Completion[] {
  const site = siteOf(subject);
  if (site === undefined) return [];
  const offer = (id: string, value: Json, short: string, detail: Completion["detail"]): Completion => ({
    ...offerOf(place, value, detail),
    label: syntax === "yaml" ? short : spacedJson(value),
    keywords: id,
  });
  const resources = [...site.resources.values()].filter((resource) => resource.type === type);
  return [
    ...resources.map(({ id, type: said }) =>
      attribute === undefined
        ? offer(id, { Ref: id }, `!Ref ${id}`, said)
        : offer(id, { "Fn::GetAtt": [id, attribute] }, `!GetAtt ${id}.${attribute}`, said),
    ),
    ...textParameters(site, fits).map((id) => offer(id, { Ref: id }, `!Ref ${id}`, { code: "offer:parameter" })),
  ];
}

/** The parts of a template that a resource stands in. */
export function templateAround({ resource }: Site): ObjectNode | undefined {
  const around = resource.node.parent?.parent;
  return around?.kind === "object" ? around : undefined;
}

/** Parameters that are one text, but for those that are known to be another one than is meant. */
function textParameters(site: Site, fits: (value: string) => boolean): readonly string[] {
  const members = objectAt(templateAround(site), "Parameters")?.members ?? [];
  return members.flatMap(({ spelled, value }) => {
    const type = stringOf(valueOf(value, "Type"));
    // What such a parameter says itself is where its value is.
    if (type === "AWS::SSM::Parameter::Value<String>") return [spelled];
    return type === "String" && knownValues(value).every(fits) ? [spelled] : [];
  });
}

/** The empty text is none. */
function knownValues(parameter: Node | undefined): readonly string[] {
  const allowed = valueOf(parameter, "AllowedValues");
  const all = allowed?.kind === "list" ? allowed.items : [valueOf(parameter, "Default")];
  return all.flatMap((node) =>
    node?.kind === "scalar" && node.value !== undefined && node.value !== null && node.value !== ""
      ? [String(node.value)]
      : [],
  );
}
