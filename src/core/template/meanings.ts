import type { Meanings, Meant, Site, TextPart } from "../dialect/meaning.ts";
import { keptOfObjects } from "../document/kept.ts";
import { childrenOf, isContainer, type Node, objectAt, type ScalarNode, stringOf, valueOf } from "../document/tree.ts";
import { type Truths, truthStamp, truthsOf } from "./conditions.ts";
import { type Intrinsic, intrinsicOf, isFilledIn, referenceOf, textPartsOf } from "./intrinsics.ts";
import { stampOf, type Template, type TemplateResource } from "./template.ts";

/** One way in which a resource may be deployed. */
export interface Reading {
  readonly meanings: Meanings;
  /** Parameters have their defaults: another value may be given for them. */
  readonly isAssumed: boolean;
}

/**
 * The ways in which a resource may be deployed, the one by the defaults of the parameters first: each branch that
 * conditions have in it is in one of them. Where a default says what would not be known without it, those again that
 * can be with the defaults.
 */
export function readingsOf(template: Template, resource: TemplateResource): readonly Reading[] {
  const site: Site = { resource, resources: template.resources, parameters: template.parameters };
  const { conditions, named } = askedIn(resource);
  const { condition } = resource;
  const possible = (isAssumed: boolean): readonly (Truths | undefined)[] =>
    truthsOf(template, conditions, isAssumed)?.filter(
      (truths) => condition === undefined || truths.get(condition) !== false,
    ) ?? [undefined];
  const given = named.some((name) => defaultOf(template, name) !== undefined);
  return [false, ...(given ? [true] : [])].flatMap((isAssumed) =>
    possible(isAssumed).map((truths) => ({
      isAssumed,
      meanings: { site, of: (node) => meant(node, { template, truths, isAssumed }) },
    })),
  );
}

/**
 * What stands at a path below a node, by the branches that a reading takes on the way. `undefined`: nothing is there,
 * or it is not known what a part of the way is.
 */
export function partAt(
  node: Node | undefined,
  [key, ...path]: readonly string[],
  meanings: Meanings,
): Node | undefined {
  let part = node;
  for (let meant = meantBy(part, meanings); meant?.kind === "part"; meant = meantBy(part, meanings)) part = meant.node;
  if (key === undefined) return part;
  return meantBy(part, meanings) === undefined ? partAt(valueOf(part, key), path, meanings) : undefined;
}

function meantBy(node: Node | undefined, meanings: Meanings): Meant | undefined {
  return node === undefined ? undefined : meanings.of(node);
}

/** What a resource asks of the rest of its template, by name. */
interface Asked {
  readonly conditions: readonly string[];
  readonly maps: readonly string[];
  /** Parameters, other resources, and what the template does not have. */
  readonly named: readonly string[];
}

const kept = keptOfObjects<Asked>();

function askedIn({ node, condition }: TemplateResource): Asked {
  const before = kept.of(node);
  if (before !== undefined) return before;
  const conditions = new Set(condition === undefined ? [] : [condition]);
  const maps = new Set<string>();
  const named = new Set<string>();
  const look = (part: Node | undefined): void => {
    if (part === undefined) return;
    const intrinsic = intrinsicOf(part);
    if (intrinsic === undefined) {
      if (isContainer(part)) for (const inner of childrenOf(part)) look(inner);
      return;
    }
    const { name, argument } = intrinsic;
    const first = argument?.kind === "list" ? stringOf(argument.items[0]) : undefined;
    if (first !== undefined && name === "Fn::If") conditions.add(first);
    if (first !== undefined && name === "Fn::FindInMap") maps.add(first);
    for (const one of partsOf(intrinsic)) if (typeof one === "object") named.add(one.id);
    if (argument !== undefined && isContainer(argument)) for (const inner of childrenOf(argument)) look(inner);
  };
  look(valueOf(node, "Properties"));
  const asked = { conditions: [...conditions], maps: [...maps], named: [...named] };
  kept.keep(node, asked);
  return asked;
}

interface Assumption {
  readonly template: Template;
  /** `undefined`: too many may hold together. */
  readonly truths: Truths | undefined;
  readonly isAssumed: boolean;
}

const nothingKnown: Meant = { kind: "unknown", parts: [] };

function meant(node: Node, assumption: Assumption): Meant | undefined {
  const intrinsic = intrinsicOf(node);
  if (intrinsic === undefined) return node.kind === "computed" || isFilledIn(node) ? nothingKnown : undefined;
  switch (intrinsic.name) {
    case "Fn::If":
      return branchOf(intrinsic, assumption);
    case "Fn::FindInMap":
      return mapped(intrinsic, assumption) ?? nothingKnown;
    case "Ref":
      if (stringOf(intrinsic.argument) === "AWS::NoValue") return { kind: "absent" };
      break;
  }
  const parts = partsOf(intrinsic).map((part) => known(part, assumption));
  if (parts.length === 1 && isScalar(parts[0])) {
    const [from] = parts;
    if (from.value !== undefined && from.value !== null) return { kind: "value", value: worded(from), from };
  }
  const texts = parts.map((part) => (isScalar(part) ? String(worded(part)) : part));
  if (texts.length === 0) return nothingKnown;
  if (!texts.every((text) => typeof text === "string")) return { kind: "unknown", parts: texts };
  const { argument } = intrinsic;
  // Without a variable in it, what is written there is what it comes to.
  const isWritten = argument?.kind === "scalar" && argument.value === texts.join("");
  const [from, another] = isWritten ? [argument] : parts.filter(isScalar);
  if (another !== undefined) return { kind: "value", value: texts.join(""), from: undefined };
  return { kind: "value", value: texts.join(""), from };
}

/** As it is written: CloudFormation has a text of everything, and makes of it what is asked for. */
function worded({ value, plain }: ScalarNode): string | number | boolean {
  return typeof value === "number" ? value : (plain ?? String(value));
}

function branchOf({ argument }: Intrinsic, { truths }: Assumption): Meant {
  if (argument?.kind !== "list") return nothingKnown;
  const [condition, whenTrue, whenFalse] = argument.items;
  const holds = truths?.get(stringOf(condition) ?? "");
  const branch = holds === undefined ? undefined : holds ? whenTrue : whenFalse;
  return branch === undefined ? nothingKnown : { kind: "part", node: branch };
}

/** By keys that are written out. */
function mapped({ argument }: Intrinsic, { template }: Assumption): Meant | undefined {
  const keys = argument?.kind === "list" ? argument.items.map(stringOf) : [];
  const [map, top, second] = keys;
  if (map === undefined || top === undefined || second === undefined || keys.length > 3) return undefined;
  const node = valueOf(objectAt(template.root, "Mappings"), map, top, second);
  return node !== undefined && isPlain(node) ? { kind: "part", node } : undefined;
}

/** Guide, Mappings: a text, or a list of them, without functions. */
function isPlain(node: Node): boolean {
  return node.kind === "scalar" || (node.kind === "list" && node.items.every(({ kind }) => kind === "scalar"));
}

function partsOf(intrinsic: Intrinsic): readonly TextPart[] {
  const reference = referenceOf(intrinsic);
  return reference !== undefined ? [reference] : (textPartsOf(intrinsic) ?? []);
}

/** A parameter is its default, where that is assumed. */
function known(part: TextPart, { template, isAssumed }: Assumption): TextPart | ScalarNode {
  if (!isAssumed || typeof part !== "object" || part.attribute !== undefined) return part;
  return defaultOf(template, part.id) ?? part;
}

function isScalar(part: TextPart | ScalarNode): part is ScalarNode {
  return typeof part === "object" && "kind" in part;
}

function parameterOf(template: Template, name: string): Node | undefined {
  return valueOf(objectAt(template.root, "Parameters"), name);
}

/** The empty text is no value: one must be given. A list is told apart by its type. */
function defaultOf(template: Template, name: string): ScalarNode | undefined {
  const parameter = parameterOf(template, name);
  const value = valueOf(parameter, "Default");
  const isText = /^(String|Number)$/.test(stringOf(valueOf(parameter, "Type")) ?? "");
  return isText && value?.kind === "scalar" && value.value !== "" && value.value !== null ? value : undefined;
}

/**
 * What tells that nothing has changed that a resource was read by: itself, how the conditions can be that it asks for,
 * and what it names: maps, resources, and the defaults of parameters.
 */
export function stampsFor(template: Template, resource: TemplateResource): readonly unknown[] {
  const { conditions, maps, named } = askedIn(resource);
  const stamps: unknown[] = [stampOf(resource.node), truthStamp(template, conditions)];
  for (const map of maps) stamps.push(stampOf(valueOf(template.root, "Mappings", map)));
  for (const id of named) stamps.push(stampOf(template.resources.get(id)?.node), defaultOf(template, id));
  return stamps;
}
