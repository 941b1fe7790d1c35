import type { Resource } from "../dialect/meaning.ts";
import { keptOfObjects } from "../document/kept.ts";
import {
  memberOf,
  type Node,
  type ObjectNode,
  objectAt,
  type ScalarNode,
  stringOf,
  valueOf,
} from "../document/tree.ts";

/** A template of CloudFormation or SAM, or what CDK makes. */
export interface Template {
  readonly root: ObjectNode;
  /** By logical ID, in document order. */
  readonly resources: ReadonlyMap<string, TemplateResource>;
  /** The parameters that are one text each, and not one of a few, by name. */
  readonly parameters: readonly string[];
  /** A macro that is not AWS's rewrites it: what is written is not what is deployed. */
  readonly isRewritten: boolean;
}

export interface TemplateResource extends Resource {
  /** The name of the condition under which there is one. */
  readonly condition: string | undefined;
}

/** `undefined` for a document that is none, or, as that of the Serverless Framework, has one in it. */
export function templateOf(root: Node | undefined): Template | undefined {
  if (root?.kind !== "object") return undefined;
  return (
    templateIn(root) ?? (memberOf(root, "provider") === undefined ? undefined : templateIn(objectAt(root, "resources")))
  );
}

function templateIn(root: ObjectNode | undefined): Template | undefined {
  const section = objectAt(root, "Resources");
  const resources = new Map<string, TemplateResource>();
  for (const { spelled, value } of section?.members ?? []) {
    const resource = resourceOf(spelled, value);
    if (resource !== undefined) resources.set(spelled, resource);
  }
  if (root === undefined) return undefined;
  if (resources.size === 0 && memberOf(root, "AWSTemplateFormatVersion") === undefined) return undefined;
  return { root, resources, parameters: textParameters(root), isRewritten: isRewritten(valueOf(root, "Transform")) };
}

const keptParameters = keptOfObjects<readonly string[]>();

function textParameters(root: ObjectNode): readonly string[] {
  const section = objectAt(root, "Parameters");
  if (section === undefined) return [];
  const known = keptParameters.of(section);
  if (known !== undefined) return known;
  const found = section.members.flatMap(({ spelled, value }) =>
    stringOf(valueOf(value, "Type")) === "String" && valueOf(value, "AllowedValues") === undefined ? [spelled] : [],
  );
  keptParameters.keep(section, found);
  return found;
}

const kept = keptOfObjects<TemplateResource>();

function resourceOf(id: string, node: Node | undefined): TemplateResource | undefined {
  if (node?.kind !== "object") return undefined;
  const known = kept.of(node);
  if (known?.id === id) return known;
  const type = stringOf(valueOf(node, "Type"));
  // Types of modules and of one's own are none of AWS's, but resources all the same.
  if (type === undefined || !type.includes("::")) return undefined;
  const resource = { id, type, node, condition: stringOf(valueOf(node, "Condition")) };
  kept.keep(node, resource);
  return resource;
}

/** Transforms of AWS's own leave resources that are not theirs as they are. */
const ownTransforms: ReadonlySet<string> = new Set([
  "AWS::Serverless-2016-10-31",
  "AWS::LanguageExtensions",
  "AWS::SecretsManager-2020-07-23",
  "AWS::SecretsManager-2024-09-16",
  "AWS::CodeDeployBlueGreen",
  "AWS::ServiceCatalog",
  "AWS::Include",
]);

function isRewritten(transform: Node | undefined): boolean {
  const all = transform?.kind === "list" ? transform.items : transform === undefined ? [] : [transform];
  return all.some((one) => !ownTransforms.has(stringOf(one) ?? stringOf(valueOf(one, "Name")) ?? ""));
}

const stamps = keptOfObjects<number>();

let stamped = 0;

/** What is the same as long as nothing in a part of the template was read again. A later one is larger. */
export function stampOf(node: Node | undefined): Node | number | undefined {
  return node?.kind === "object" ? numberOf(node) : node;
}

function numberOf(node: ObjectNode): number {
  const known = stamps.of(node);
  if (known !== undefined) return known;
  stamps.keep(node, ++stamped);
  return stamped;
}

/**
 * What is the same as long as all of these are the same as when it was asked before: what is new among them is younger
 * than all that was there.
 */
export function stampOfAll(resources: readonly Resource[]): string {
  let youngest = 0;
  for (const { node } of resources) youngest = Math.max(youngest, numberOf(node));
  return `${resources.length} ${youngest}`;
}

/** Where the CDK notes which construct a resource is of. */
export function constructOf({ node }: Resource): ScalarNode | undefined {
  const path = valueOf(node, "Metadata", "aws:cdk:path");
  return path?.kind === "scalar" && typeof path.value === "string" ? path : undefined;
}

/** Whether a program makes the template: its file says so, or one of its resources. */
export function isMade({ resources }: Template, isGenerated: boolean | undefined): boolean {
  return isGenerated === true || [...resources.values()].some((resource) => constructOf(resource) !== undefined);
}
