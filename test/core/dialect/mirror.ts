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

/** What a document is translated into. */
export interface Target {
  readonly dialect: Dialect;
  /** Where the object of a subject stands in the document, with what is written around it. */
  readonly around: (value: Draft, shape: Shape, index: number) => readonly Written[];
  /** A slip for a name, as it would be made there. */
  readonly slip: (key: string) => string;
  /** Whether a member that the dialect does not have is nothing that it would have to say. */
  readonly isLeftOut: (key: string, shape: Shape) => boolean;
  /** What stands for a value that is filled in later. */
  readonly computed: Draft;
  readonly write: (members: readonly Written[]) => string;
}

/** What is written there: texts are those of JSON. */
export type Draft =
  | { readonly kind: "object"; readonly members: readonly Written[] }
  | { readonly kind: "list"; readonly items: readonly Draft[] }
  | { readonly kind: "scalar"; readonly json: string };

/** A member, or one that is nested deeper. */
export interface Written {
  readonly path: readonly string[];
  readonly value: Draft;
}

/** Why a document cannot be written in the other dialect. */
class Inexpressible extends Error {}

/** Everything backwards, as JSON. */
const backwardsJson: Target = {
  dialect: mirror,
  around: (value, shape) => [{ path: [backwards(shape.name)], value }],
  slip: backwards,
  isLeftOut: (key) => key === "Quantity",
  computed: { kind: "object", members: [{ path: [computedName], value: { kind: "scalar", json: '"x"' } }] },
  write: jsonText,
};

/**
 * @param subjects what the document holds, with the shape of each
 * @param hidden a value in whose place stands one that is filled in later
 */
export function translate(
  subjects: readonly { readonly node: ObjectNode; readonly shape: Shape }[],
  hidden?: Node,
  target: Target = backwardsJson,
): Translated | undefined {
  const unknown = new Map<string, string>();
  try {
    const members = subjects.flatMap(({ node, shape }, index) =>
      target.around(objectDraft(node, shape, { target, root: shape, unknown, hidden }), shape, index),
    );
    return { text: `${target.write(members)}\n`, unknown };
  } catch (error) {
    if (error instanceof Inexpressible) return undefined;
    throw error;
  }
}

interface Writing {
  readonly target: Target;
  /** The shape of the whole document. */
  readonly root: Shape;
  readonly unknown: Map<string, string>;
  readonly hidden: Node | undefined;
}

/** What stands at each name, those that are nested deeper together. */
export function nested(members: readonly Written[]): readonly { readonly name: string; readonly value: Draft }[] {
  const done = new Set<string>();
  return members.flatMap(({ path: [name = "", ...rest], value }) => {
    if (rest.length === 0) return [{ name, value }];
    if (done.has(name)) return [];
    done.add(name);
    const inner = members
      .filter(({ path }) => path[0] === name && path.length > 1)
      .map((member) => ({ path: member.path.slice(1), value: member.value }));
    return [{ name, value: { kind: "object", members: inner } }];
  });
}

/** As JSON. */
export function jsonText(members: readonly Written[], indent = ""): string {
  if (members.length === 0) return "{}";
  const inner = `${indent}  `;
  const lines = nested(members).map(({ name, value }) => `${inner}${JSON.stringify(name)}: ${jsonValue(value, inner)}`);
  return `{\n${lines.join(",\n")}\n${indent}}`;
}

function jsonValue(value: Draft, indent: string): string {
  switch (value.kind) {
    case "object":
      return jsonText(value.members, indent);
    case "list":
      return `[${value.items.map((item) => jsonValue(item, indent)).join(", ")}]`;
    case "scalar":
      return value.json;
  }
}

function objectDraft(node: ObjectNode, shape: Shape | undefined, writing: Writing): Draft {
  const { dialect, isLeftOut } = writing.target;
  const members = node.members.flatMap((member): Written[] => {
    const { key, value } = member;
    if (value === undefined) throw new Inexpressible();
    if (shape?.members.has(key) !== true) return [strange(key, value, shape, writing)];
    const spelled = spelledAt(dialect, shape, [key]);
    if (spelled === undefined) {
      if (isLeftOut(key, shape)) return [];
      throw new Inexpressible();
    }
    return spelled.list === undefined
      ? [{ path: spelled.path, value: valueDraft(value, spelled, writing) }]
      : [...listMembers(value, spelled, shape, writing)];
  });
  return { kind: "object", members };
}

/** A name that the shape does not have: one that means something elsewhere in the document, a slip, or another. */
function strange(key: string, value: Node, shape: Shape | undefined, writing: Writing): Written {
  const { dialect, slip } = writing.target;
  const home = [...writing.root.vocabulary.values()].find(({ members }) => members.has(key));
  const turned = home === undefined ? undefined : spelledAt(dialect, home, [key])?.path.at(-1);
  const meant = turned === undefined ? undefined : meaningOf(dialect, writing.root, turned);
  const name = meant === undefined ? undefined : turned;
  const isSlip = shape !== undefined && nearest(key, shape.members.keys()) !== undefined;
  const written = name ?? (isSlip ? slip(key) : key);
  writing.unknown.set(written, key);
  return { path: [written], value: valueDraft(value, meant, writing) };
}

function listMembers(value: Node, spelled: SpelledMember, shape: Shape, writing: Writing): readonly Written[] {
  if (isHidden(value, writing)) return [{ path: spelled.path, value: valueDraft(value, undefined, writing) }];
  const counts = shapeFor(spelled.type, spelled.home);
  if (counts === undefined) {
    if (value.kind !== "list") return [{ path: spelled.path, value: valueDraft(value, undefined, writing) }];
    return itemMembers(value.items, spelled, spelled.type.kind === "list" ? spelled.type.of : undefined, writing);
  }
  // A list of the API that is none cannot be counted, or looked into, elsewhere.
  if (value.kind !== "object") throw new Inexpressible();
  const items = counts.members.get("Items");
  let hasItems = false;
  const written = value.members.flatMap(({ key, value: inner }): Written[] => {
    if (key === "Quantity") return [];
    const beside = spelledAt(writing.target.dialect, shape, [...spelled.canonical, key]);
    if (key !== "Items") {
      if (beside === undefined || inner === undefined) throw new Inexpressible();
      return [...listMembers(inner, beside, shape, writing)];
    }
    if (inner?.kind !== "list" || items?.kind !== "list") throw new Inexpressible();
    hasItems = true;
    if (isHidden(inner, writing)) return [{ path: spelled.path, value: valueDraft(inner, undefined, writing) }];
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
  const drafts = items.map((item) => valueDraft(item, type === undefined ? undefined : { ...spelled, type }, writing));
  if (spelled.list === "repeated") {
    // No item is no name.
    if (drafts.length === 0) throw new Inexpressible();
    return drafts.map((value) => ({ path: spelled.path, value }));
  }
  return [{ path: spelled.path, value: { kind: "list", items: drafts } }];
}

function isHidden(node: Node, { hidden }: Writing): boolean {
  return node === hidden;
}

function valueDraft(node: Node, spelled: SpelledMember | undefined, writing: Writing): Draft {
  if (isHidden(node, writing)) return writing.target.computed;
  switch (node.kind) {
    case "computed":
      throw new Inexpressible();
    case "object":
      return objectDraft(node, spelled === undefined ? undefined : shapeFor(spelled.type, spelled.home), writing);
    case "list": {
      const of = spelled?.type.kind === "list" ? { ...spelled, type: spelled.type.of } : undefined;
      return { kind: "list", items: node.items.map((item) => valueDraft(item, of, writing)) };
    }
    case "scalar": {
      if (node.value === undefined) throw new Inexpressible();
      const value = typeof node.value === "string" ? (spelled?.values?.get(node.value) ?? node.value) : node.value;
      return { kind: "scalar", json: JSON.stringify(value) };
    }
  }
}
