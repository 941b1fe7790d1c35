import type { Meanings, Resource, Site } from "../dialect/meaning.ts";
import { type ObjectNode, objectAt } from "../document/tree.ts";
import { partAt, stampsFor } from "../template/meanings.ts";
import { stampOf, stampOfAll, type Template, type TemplateResource } from "../template/template.ts";
import { type ResourceType, resourceTypes } from "./resources.ts";

/** A resource that holds something of ours. */
export interface Place {
  readonly resource: TemplateResource;
  readonly type: ResourceType;
  /** Where its part of the text ends: the next resource begins behind it. */
  readonly end: number;
}

/** Resources of the types that we know, and what all of a type share in SAM, in document order. */
export function placesIn(template: Template): readonly Place[] {
  const places: Place[] = [...sharedIn(template)];
  const section = objectAt(template.root, "Resources");
  const members = section?.members ?? [];
  // A fault at the end of the text is one of the last resource.
  const behind = template.root.members.find(({ start }) => section !== undefined && start >= section.end);
  const last = behind?.start ?? Number.POSITIVE_INFINITY;
  for (const [index, { spelled, value }] of members.entries()) {
    const resource = template.resources.get(spelled);
    const type = resource === undefined ? undefined : resourceTypes.get(resource.type);
    // Of those that are called alike, the last one is meant.
    if (resource === undefined || type === undefined || resource.node !== value) continue;
    places.push({ resource, type, end: members[index + 1]?.start ?? last });
  }
  return places.sort((a, b) => a.resource.node.start - b.resource.node.start);
}

/** SAM guide, Globals: what every API has unless it says otherwise itself. */
const shared = [
  { name: "Api", type: "AWS::Serverless::Api" },
  { name: "HttpApi", type: "AWS::Serverless::HttpApi" },
] as const;

function sharedIn({ root }: Template): readonly Place[] {
  return shared.flatMap(({ name, type: id }): Place[] => {
    const node = objectAt(root, "Globals", name);
    const type = resourceTypes.get(id);
    if (node === undefined || type === undefined) return [];
    const resource = { id: name, type: id, node, condition: undefined };
    return [{ resource, type: { ...type, path: type.path.slice(1) }, end: node.end }];
  });
}

/** Whether a resource takes some of its settings from elsewhere: what is not there is not missing. */
export function hasMore({ root }: Template, { resource, type }: Place): boolean {
  const known = shared.find(({ type: id }) => id === resource.type);
  if (known === undefined) return false;
  const isShared = type.path.length === 1;
  return isShared || objectAt(root, "Globals", known.name, ...type.path.slice(1)) !== undefined;
}

/** The object that holds what the API takes, as it is in one reading. */
export function rootAt({ resource, type }: Place, meanings: Meanings): ObjectNode | undefined {
  const node = partAt(resource.node, type.path, meanings);
  return node?.kind === "object" && meanings.of(node) === undefined ? node : undefined;
}

const apis: ReadonlySet<string> = new Set([
  "AWS::ApiGateway::RestApi",
  "AWS::ApiGatewayV2::Api",
  "AWS::Serverless::Api",
  "AWS::Serverless::HttpApi",
]);

function isApi({ type }: Resource): boolean {
  return apis.has(type);
}

/** The APIs of a template, looked for once. */
export function apisOf({ resources }: Pick<Site, "resources">): readonly Resource[] {
  const known = apisIn.get(resources);
  if (known !== undefined) return known;
  const found = [...resources.values()].filter(isApi);
  apisIn.set(resources, found);
  return found;
}

const apisIn = new WeakMap<Site["resources"], readonly Resource[]>();
const apiStamps = new WeakMap<Template, string>();

function stampOfApis(template: Template): string {
  const known = apiStamps.get(template) ?? stampOfAll(apisOf(template));
  apiStamps.set(template, known);
  return known;
}

/** What tells that a place is as it was, with all that its rules look at elsewhere. */
export function stampsAt(template: Template, { resource, type }: Place): readonly unknown[] {
  const own = stampsFor(template, resource);
  if (!type.shape.endsWith("DomainName")) return own;
  return [...own, stampOf(objectAt(template.root, "Globals")), stampOfApis(template)];
}
