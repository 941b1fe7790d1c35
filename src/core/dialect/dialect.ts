import type { Json, ListNode, Node, ObjectNode } from "../document/tree.ts";
import { type MemberType, type Shape, shapeFor } from "./shape.ts";

/**
 * How one syntax world spells what the API calls by its own names: the API itself (what the CLI and the SDKs take), and
 * later CloudFormation and Terraform. It is data: rules, fixes, hovers and completion speak the names of the API, a
 * document is seen through its dialect (`viewOf`), and what should become true of it is spelled in it (`spelled`).
 */
export interface Dialect {
  readonly name: string;
  /**
   * By the name of a shape: how the members below it are spelled. A shape, or a member, that is not named is spelled as
   * the API does.
   */
  readonly spellings: ReadonlyMap<string, Spellings>;
  /** The objects of a document that are shapes. The API has no names around them: they are known by what they have. */
  readonly rootsIn?: (root: Node) => readonly Root[];
  /** By the name of a shape: the members that the API requires, and the dialect does not. */
  readonly optional?: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether what stands there is filled in when the document is used. */
  readonly isComputed?: (node: Node) => boolean;
  /** What a text that a user enters as a call of a function stands for; `undefined`: it is meant as it is. */
  readonly callIn?: (text: string) => Json | undefined;
  /** What a list stands for that has a value for each case: the node in whose place one of them is read. */
  readonly choiceAround?: (list: ListNode) => Node | undefined;
  /** What makes of a document calls of the API, and refuses what it does not know. Left out: the document is one. */
  readonly deployedBy?: "cloudformation";
  /** The shapes of which what deploys it takes what it knows, and overlooks the rest. */
  readonly overlooks?: ReadonlySet<string>;
  /** Of a value that is written as another one, the one that is asked for is made: `"80"` is a number. */
  readonly convertsValues?: true;
  /**
   * The shapes that are held against the vocabulary, and the others are left to validators of the dialect's own schema.
   * Left out: all are.
   */
  readonly judged?: ReadonlySet<string>;
}

export interface Root {
  readonly node: ObjectNode;
  readonly shape: Shape;
}

/**
 * By path from the shape, in the names of the API, joined by dots: `AllowedMethods.CachedMethods` where that is written
 * beside `AllowedMethods`, `DomainNameConfigurations.0.CertificateArn` where the only item of a list is not written as
 * one. `undefined`: the dialect has no such member.
 */
export type Spellings = ReadonlyMap<string, Spelled | undefined>;

export interface Spelled {
  /** The names from the shape's object down to the value; more than one where the dialect nests it deeper. */
  readonly path: readonly [string, ...string[]];
  /**
   * How a list is written: as the API does, with `Quantity` and `Items`; as a list; or the name once for each item, as
   * blocks are in HCL.
   */
  readonly list?: "plain" | "repeated";
  /** Words for values, by those of the API. */
  readonly values?: ReadonlyMap<string, string>;
}

/** API_DistributionConfig, API_CreateListener, …: each member by its own name. */
export const api: Dialect = { name: "api", spellings: new Map() };

/** A member of a shape as a dialect writes it. */
export interface SpelledMember extends Spelled {
  /** In the names of the API, from the shape. */
  readonly canonical: readonly [string, ...string[]];
  readonly type: MemberType;
  /** The shape that has it. */
  readonly home: Shape;
  readonly isRequired: boolean;
}

/** What may be written in an object, by name: a member, or an object that only the dialect has around some. */
export type Names = ReadonlyMap<string, SpelledMember | Nest>;

export interface Nest {
  readonly names: Names;
}

export function isNest(entry: SpelledMember | Nest | undefined): entry is Nest {
  return entry !== undefined && "names" in entry;
}

/** In a path, the one item of a list. */
export const onlyItem = "0";

const worked = new WeakMap<Dialect, Map<Shape, { readonly names: Names; readonly members: SpelledMembers }>>();

type SpelledMembers = ReadonlyMap<string, SpelledMember>;

function workOut(dialect: Dialect, shape: Shape): { readonly names: Names; readonly members: SpelledMembers } {
  const ofDialect = worked.get(dialect) ?? new Map<Shape, { names: Names; members: SpelledMembers }>();
  worked.set(dialect, ofDialect);
  const known = ofDialect.get(shape);
  if (known !== undefined) return known;
  const spellings = dialect.spellings.get(shape.name);
  const paths = new Set([...shape.members.keys(), ...(spellings?.keys() ?? [])]);
  const members = new Map<string, SpelledMember>();
  const names: MutableNames = new Map();
  for (const path of paths) {
    const member = memberAt(shape, path, spellings, isOptionalIn(dialect, shape));
    if (member === undefined) continue;
    members.set(path, member);
    let inner = names;
    for (const step of member.path.slice(0, -1)) {
      const nest = inner.get(step);
      const next: MutableNames = isNest(nest) ? (nest.names as MutableNames) : new Map();
      if (!isNest(nest)) inner.set(step, { names: next });
      inner = next;
    }
    inner.set(member.path.at(-1) ?? path, member);
  }
  const found = { names, members };
  ofDialect.set(shape, found);
  return found;
}

type MutableNames = Map<string, SpelledMember | Nest>;

/** Whether a dialect leaves out what the API requires. */
export function isOptionalIn({ optional }: Dialect, { name }: Shape): (key: string) => boolean {
  const all = optional?.get(name);
  return (key) => all?.has(key) === true;
}

function memberAt(
  shape: Shape,
  path: string,
  spellings: Spellings | undefined,
  isOptional: (key: string) => boolean,
): SpelledMember | undefined {
  const [first, ...others] = path.split(".");
  if (first === undefined) return undefined;
  let home = shape;
  let type = home.members.get(first);
  for (const step of others) {
    if (step === onlyItem) {
      type = type?.kind === "list" ? type.of : undefined;
      continue;
    }
    const next = shapeFor(type, home);
    if (next === undefined) return undefined;
    home = next;
    type = home.members.get(step);
  }
  const spelled = spellings?.has(path) === true ? spellings.get(path) : { path: [first] as const };
  if (type === undefined || spelled === undefined) return undefined;
  const isRequired = home === shape && shape.required.includes(first) && !isOptional(first);
  return { ...spelled, canonical: [first, ...others], type, home, isRequired };
}

/** What may be written in an object of a shape, by the names of a dialect. */
export function namesIn(dialect: Dialect, shape: Shape): Names {
  return workOut(dialect, shape).names;
}

/** A member, or one below it that the dialect writes elsewhere, by its path in the names of the API. */
export function spelledAt(dialect: Dialect, shape: Shape, path: readonly string[]): SpelledMember | undefined {
  return workOut(dialect, shape).members.get(path.join("."));
}

/** The name that a dialect has for a member; its own where the dialect has none. */
export function nameIn(dialect: Dialect, shape: Shape | undefined, key: string): string {
  return (shape === undefined ? undefined : spelledAt(dialect, shape, [key])?.path.at(-1)) ?? key;
}

const meanings = new WeakMap<Dialect, Map<Shape, ReadonlyMap<string, SpelledMember>>>();

/**
 * The member that a name means wherever it is written below a shape, where it can mean one alone: what stands in the
 * wrong place is still known.
 */
export function meaningOf(dialect: Dialect, root: Shape, name: string): SpelledMember | undefined {
  const ofDialect = meanings.get(dialect) ?? new Map<Shape, ReadonlyMap<string, SpelledMember>>();
  meanings.set(dialect, ofDialect);
  let known = ofDialect.get(root);
  if (known === undefined) {
    const found = new Map<string, SpelledMember | undefined>();
    for (const shape of shapesBelow(root))
      for (const member of workOut(dialect, shape).members.values()) {
        const spelled = member.path.at(-1) ?? "";
        const other = found.get(spelled);
        const isSame = other?.canonical.at(-1) === member.canonical.at(-1);
        found.set(spelled, found.has(spelled) && !isSame ? undefined : (other ?? member));
      }
    known = new Map([...found].flatMap(([spelled, member]) => (member === undefined ? [] : [[spelled, member]])));
    ofDialect.set(root, known);
  }
  return known.get(name);
}

/** A vocabulary may have the names of two APIs: those of the other one are meant by nothing here. */
function shapesBelow(root: Shape): ReadonlySet<Shape> {
  const found = new Set([root]);
  for (const shape of found)
    for (const type of shape.members.values()) {
      const below = shapeFor(type.kind === "list" ? type.of : type, shape);
      if (below !== undefined) found.add(below);
    }
  return found;
}
