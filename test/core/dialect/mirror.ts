// A second dialect, which is as unlike the API's as one can be: every name and word is written backwards, lists are
// plain or repeat their name, one block is nested deeper, another stands beside what holds it in the API, and nothing
// is counted. What works in both has no name of its own.
import { shapes as ofDomainNames } from "../../../src/core/apigateway/vocabulary.ts";
import { shapes as ofDistributions } from "../../../src/core/cloudfront/vocabulary.ts";
import {
  type Dialect,
  meaningOf,
  type Root,
  type Spelled,
  type SpelledMember,
  type Spellings,
  spelledAt,
} from "../../../src/core/dialect/dialect.ts";
import { type MemberType, type Shape, shapeFor, type Vocabulary } from "../../../src/core/dialect/shape.ts";
import type { Node, ObjectNode } from "../../../src/core/document/tree.ts";
import { shapes as ofListeners } from "../../../src/core/elb/vocabulary.ts";
import { nearest } from "../../../src/core/text.ts";

export const vocabularies: readonly Vocabulary[] = [ofDistributions, ofDomainNames, ofListeners];

export function backwards(text: string): string {
  return [...text].reverse().join("");
}

/** Lists whose name is repeated for each item, as blocks are in HCL. */
const repeated = new Set(["Origins", "CustomHeaders", "DomainNameConfigurations", "OriginGroups"]);

function spell(key: string, type: MemberType, shape: Shape): Spelled | undefined {
  const { vocabulary } = shape;
  if (key === "Quantity") return undefined;
  if (shape.name === "AllowedMethods" && key === "CachedMethods") return undefined;
  const inner = type.kind === "shape" ? vocabulary.get(type.shape) : undefined;
  const items = inner?.members.get("Items");
  const isCounted = items !== undefined && [...(inner?.members.keys() ?? [])].every((name) => counted.has(name));
  const item = isCounted && items.kind === "list" ? items.of : type.kind === "list" ? type.of : type;
  const list =
    isCounted || (type.kind === "list" && key !== "Items") ? (repeated.has(key) ? "repeated" : "plain") : undefined;
  return {
    path: key === "OriginMtlsConfig" ? [backwards("deeper"), backwards(key)] : [backwards(key)],
    ...(list === undefined ? {} : { list }),
    ...(item.kind === "enum" ? { values: new Map(item.values.map((word) => [word, backwards(word)])) } : {}),
  };
}

/** What a list may have beside its items without being more than one. */
const counted = new Set(["Quantity", "Items", "CachedMethods"]);

function spellingsOf(shape: Shape): Spellings {
  const spellings = new Map<string, Spelled | undefined>();
  for (const [key, type] of shape.members) {
    spellings.set(key, spell(key, type, shape));
    if (key === "AllowedMethods") {
      const allowed = shapeFor(type, shape);
      const cached = allowed?.members.get("CachedMethods");
      if (allowed !== undefined && cached !== undefined)
        spellings.set("AllowedMethods.CachedMethods", {
          path: [backwards("CachedMethods")],
          list: "plain",
          ...valuesIn(shapeFor(cached, allowed)?.members.get("Items")),
        });
    }
  }
  return spellings;
}

function valuesIn(type: MemberType | undefined): Pick<Spelled, "values"> {
  return type?.kind === "list" && type.of.kind === "enum"
    ? { values: new Map(type.of.values.map((word) => [word, backwards(word)])) }
    : {};
}

/** What stands for a value that is filled in later. */
const computedName = backwards("computed");

export const mirror: Dialect = {
  name: "mirror",
  spellings: new Map(
    vocabularies.flatMap((vocabulary) =>
      [...vocabulary.values()].map((shape) => [shape.name, spellingsOf(shape)] as const),
    ),
  ),
  rootsIn: (root) =>
    root.kind !== "object"
      ? []
      : root.members.flatMap(({ spelled, value }): Root[] => {
          const shape = shapeNamed(backwards(spelled));
          const nodes = value?.kind === "list" ? value.items : value === undefined ? [] : [value];
          return shape === undefined ? [] : nodes.flatMap((node) => (node.kind === "object" ? [{ node, shape }] : []));
        }),
  isComputed: (node) =>
    node.kind === "object" && node.members.length === 1 && node.members[0]?.spelled === computedName,
};

export function shapeNamed(name: string): Shape | undefined {
  for (const vocabulary of vocabularies) {
    const shape = vocabulary.get(name);
    if (shape !== undefined) return shape;
  }
  return undefined;
}

/** A document of the API in the other dialect. */
export interface Translated {
  readonly text: string;
  /** Names that are no members, as they are written now, by which each was in the document of the API. */
  readonly unknown: ReadonlyMap<string, string>;
}

/** Why a document cannot be written in the other dialect. */
class Inexpressible extends Error {}

/**
 * @param subjects what the document holds, with the shape of each
 * @param hidden a value in whose place stands one that is filled in later
 */
export function translate(
  subjects: readonly { readonly node: ObjectNode; readonly shape: Shape }[],
  hidden?: Node,
): Translated | undefined {
  const unknown = new Map<string, string>();
  try {
    const members = subjects.map(
      ({ node, shape }): Written => ({
        path: [backwards(shape.name)],
        value: objectText(node, shape, { root: shape, unknown, hidden }),
      }),
    );
    return { text: `${writeMembers(members, "")}\n`, unknown };
  } catch (error) {
    if (error instanceof Inexpressible) return undefined;
    throw error;
  }
}

interface Writing {
  /** The shape of the whole document. */
  readonly root: Shape;
  readonly unknown: Map<string, string>;
  readonly hidden: Node | undefined;
}

/** A member, or one that is nested deeper. */
interface Written {
  readonly path: readonly string[];
  readonly value: (indent: string) => string;
}

type Text = Written["value"];

function writeMembers(members: readonly Written[], indent: string): string {
  if (members.length === 0) return "{}";
  const inner = `${indent}  `;
  const lines: string[] = [];
  const done = new Set<string>();
  for (const { path, value } of members) {
    const [name = "", ...rest] = path;
    if (rest.length === 0) lines.push(`${inner}${JSON.stringify(name)}: ${value(inner)}`);
    else if (!done.has(name)) {
      done.add(name);
      const nested = members
        .filter((other) => other.path[0] === name && other.path.length > 1)
        .map((other) => ({ path: other.path.slice(1), value: other.value }));
      lines.push(`${inner}${JSON.stringify(name)}: ${writeMembers(nested, inner)}`);
    }
  }
  return `{\n${lines.join(",\n")}\n${indent}}`;
}

function objectText(node: ObjectNode, shape: Shape | undefined, writing: Writing): Text {
  const members = node.members.flatMap((member): Written[] => {
    const { key, value } = member;
    if (value === undefined) throw new Inexpressible();
    if (shape?.members.has(key) !== true) return [strange(key, value, shape, writing)];
    const spelled = spelledAt(mirror, shape, [key]);
    if (spelled === undefined) {
      if (key === "Quantity") return [];
      throw new Inexpressible();
    }
    return spelled.list === undefined
      ? [{ path: spelled.path, value: valueText(value, spelled, writing) }]
      : [...listMembers(value, spelled, shape, writing)];
  });
  return (indent) => writeMembers(members, indent);
}

/** A name that the shape does not have: one that means something elsewhere in the document, a slip, or another. */
function strange(key: string, value: Node, shape: Shape | undefined, writing: Writing): Written {
  const home = [...writing.root.vocabulary.values()].find(({ members }) => members.has(key));
  const turned = home === undefined ? undefined : spelledAt(mirror, home, [key])?.path.at(-1);
  const meant = turned === undefined ? undefined : meaningOf(mirror, writing.root, turned);
  const name = meant === undefined ? undefined : turned;
  const isSlip = shape !== undefined && nearest(key, shape.members.keys()) !== undefined;
  const written = name ?? (isSlip ? backwards(key) : key);
  writing.unknown.set(written, key);
  return { path: [written], value: valueText(value, meant, writing) };
}

function listMembers(value: Node, spelled: SpelledMember, shape: Shape, writing: Writing): readonly Written[] {
  if (isHidden(value, writing)) return [{ path: spelled.path, value: valueText(value, undefined, writing) }];
  const counts = shapeFor(spelled.type, spelled.home);
  if (counts === undefined) {
    if (value.kind !== "list") return [{ path: spelled.path, value: valueText(value, undefined, writing) }];
    return itemMembers(value.items, spelled, spelled.type.kind === "list" ? spelled.type.of : undefined, writing);
  }
  // A list of the API that is none cannot be counted, or looked into, elsewhere.
  if (value.kind !== "object") throw new Inexpressible();
  const items = counts.members.get("Items");
  let hasItems = false;
  const written = value.members.flatMap(({ key, value: inner }): Written[] => {
    if (key === "Quantity") return [];
    const beside = spelledAt(mirror, shape, [...spelled.canonical, key]);
    if (key !== "Items") {
      if (beside === undefined || inner === undefined) throw new Inexpressible();
      return [...listMembers(inner, beside, shape, writing)];
    }
    if (inner?.kind !== "list" || items?.kind !== "list") throw new Inexpressible();
    hasItems = true;
    if (isHidden(inner, writing)) return [{ path: spelled.path, value: valueText(inner, undefined, writing) }];
    return [...itemMembers(inner.items, { ...spelled, home: counts }, items.of, writing)];
  });
  if (!hasItems) throw new Inexpressible();
  return written;
}

function itemMembers(
  items: readonly Node[],
  spelled: SpelledMember,
  type: MemberType | undefined,
  writing: Writing,
): readonly Written[] {
  const texts = items.map((item) => valueText(item, type === undefined ? undefined : { ...spelled, type }, writing));
  if (spelled.list === "repeated") {
    // No item is no name.
    if (texts.length === 0) throw new Inexpressible();
    return texts.map((value) => ({ path: spelled.path, value }));
  }
  return [{ path: spelled.path, value: (indent) => `[${texts.map((text) => text(indent)).join(", ")}]` }];
}

function isHidden(node: Node, { hidden }: Writing): boolean {
  return node === hidden;
}

function valueText(node: Node, spelled: SpelledMember | undefined, writing: Writing): Text {
  if (isHidden(node, writing)) return () => `{ ${JSON.stringify(computedName)}: "x" }`;
  switch (node.kind) {
    case "computed":
      throw new Inexpressible();
    case "object":
      return objectText(node, spelled === undefined ? undefined : shapeFor(spelled.type, spelled.home), writing);
    case "list": {
      const of = spelled?.type.kind === "list" ? { ...spelled, type: spelled.type.of } : undefined;
      const texts = node.items.map((item) => valueText(item, of, writing));
      return (indent) => `[${texts.map((text) => text(indent)).join(", ")}]`;
    }
    case "scalar": {
      if (node.value === undefined) throw new Inexpressible();
      const value = typeof node.value === "string" ? (spelled?.values?.get(node.value) ?? node.value) : node.value;
      return () => JSON.stringify(value);
    }
  }
}
