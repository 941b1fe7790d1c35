import { type Json, type Node, valueOf } from "../document/tree.ts";

/**
 * The objects that an API's requests consist of, by the names of the API reference: what members they have, and of
 * which type each is. Rules, hovers and completion speak these names; a dialect says how a document spells them.
 */
export type Vocabulary = ReadonlyMap<string, Shape>;

export type MemberType = TextType | NumberType | BooleanType | EnumType | ShapeType | ListType;
interface TextType {
  readonly kind: "string";
  /** In characters. */
  readonly most?: number;
  /** A shared secret: never shown, logged or copied. */
  readonly secret?: true;
}
export interface NumberType {
  readonly kind: "number";
  readonly least?: number;
  readonly most?: number;
  readonly unit?: "seconds" | "attempts";
}
interface BooleanType {
  readonly kind: "boolean";
}
export interface EnumType {
  readonly kind: "enum";
  readonly values: readonly string[];
}
interface ShapeType {
  readonly kind: "shape";
  /** Its name in the vocabulary of the shape that has the member. */
  readonly shape: string;
}
interface ListType {
  readonly kind: "list";
  readonly of: MemberType;
  /** What the element of an item is called in XML. */
  readonly item: string;
}

export interface Shape {
  readonly name: string;
  readonly vocabulary: Vocabulary;
  readonly required: readonly string[];
  readonly members: ReadonlyMap<string, MemberType>;
  /** The same members for the walk over a whole config: one look-up each, and a bit to tick off. */
  readonly slots: ReadonlyMap<string, Slot>;
  /** The bits of all required members. */
  readonly requiredBits: number;
  /** Default quota for the number of `Items`; AWS raises it on request. */
  readonly mostItems: number | undefined;
  /** Members that answers have, and old documents: known, and not offered. */
  readonly unoffered: ReadonlySet<string>;
  /** What a new one begins with, where what is required is not all that it needs. */
  readonly starts: Json | undefined;
}

export interface Slot {
  readonly key: string;
  readonly type: MemberType;
  readonly bit: number;
  /**
   * The one that follows in CloudFront's own output, which keeps this order: nearly always the next to be looked up.
   */
  next: Slot | undefined;
}

export interface ShapeSource {
  /** A name that ends in `*` is required. */
  readonly [member: string]: MemberType;
}

export const text: TextType = { kind: "string" };
export const number: NumberType = { kind: "number" };
export const flag: BooleanType = { kind: "boolean" };
export const oneOf = (...values: readonly string[]): EnumType => ({ kind: "enum", values });
export const shape = (name: string): ShapeType => ({ kind: "shape", shape: name });
/** @param item is called after its shape, where it has one */
export const list = (of: MemberType, item = of.kind === "shape" ? of.shape : "member"): ListType => ({
  kind: "list",
  of,
  item,
});

/** What is known of some shapes besides their members. */
export interface More {
  readonly mostItems?: number;
  readonly starts?: Json;
  /** Members that answers have, and old documents. */
  readonly others?: ShapeSource;
}

export function readVocabulary(
  sources: Readonly<Record<string, ShapeSource>>,
  more: Readonly<Record<string, More>> = {},
): Vocabulary {
  const vocabulary = new Map<string, Shape>();
  for (const [name, source] of Object.entries(sources))
    vocabulary.set(name, readShape(name, source, vocabulary, more[name] ?? {}));
  return vocabulary;
}

function readShape(
  name: string,
  source: ShapeSource,
  vocabulary: Vocabulary,
  { mostItems, starts, others = {} }: More,
): Shape {
  const required: string[] = [];
  const members = new Map<string, MemberType>();
  const slots = new Map<string, Slot>();
  let requiredBits = 0;
  let last: Slot | undefined;
  for (const [key, type] of Object.entries({ ...source, ...others })) {
    const plain = key.replace("*", "");
    const bit = 1 << members.size;
    if (plain !== key) {
      required.push(plain);
      requiredBits |= bit;
    }
    members.set(plain, type);
    const slot: Slot = { key: plain, type, bit, next: undefined };
    slots.set(plain, slot);
    if (last !== undefined) last.next = slot;
    last = slot;
  }
  return {
    name,
    vocabulary,
    required,
    members,
    slots,
    requiredBits,
    mostItems,
    starts,
    unoffered: new Set(Object.keys(others)),
  };
}

/** The shape that an object must be; `undefined` for what is none. */
export function shapeFor(type: MemberType | undefined, { vocabulary }: Shape): Shape | undefined {
  return type?.kind === "shape" ? vocabulary.get(type.shape) : undefined;
}

/**
 * The items of a list as the API writes it, an object of `Quantity` and `Items`, or as people and other tools do, a
 * plain one; empty where it is neither.
 */
export function itemsIn(list: Node | undefined): readonly Node[] {
  const items = list?.kind === "list" ? list : valueOf(list, "Items");
  return items?.kind === "list" ? items.items : [];
}
