import type { Cursor } from "../document/cursor.ts";
import { supportOf } from "../document/syntaxes.ts";
import { type Container, isContainer, type Json, type Member, type Node, type Tree } from "../document/tree.ts";
import type { Span } from "../text.ts";
import type { Completion } from "./assist.ts";
import { type Dialect, isNest, isOptionalIn, type Names, type Nest, namesIn, type SpelledMember } from "./dialect.ts";
import { type MemberType, type Shape, shapeFor, type Vocabulary } from "./shape.ts";
import { spellValue } from "./spell.ts";
import { dialectOf, nestOf, seen, viewed, viewedNode } from "./view.ts";

/** Where in a subject a cursor stands. */
export type Place = NamePlace | ValuePlace;

export interface NamePlace {
  readonly at: "name";
  /** What may be written there. */
  readonly names: Names;
  /** What is written there already, but for what is being typed. */
  readonly there: ReadonlySet<string>;
  readonly dialect: Dialect;
  /** What is typed already and would be replaced; empty where nothing is. */
  readonly typed: Span;
  /** Where a comma is missing before it. */
  readonly commaAt: number | undefined;
}

export interface ValuePlace {
  readonly at: "value";
  /** The member whose value the cursor is at, or whose list it is in. */
  readonly key: string | undefined;
  /** The same as the dialect calls it. */
  readonly called: string;
  /** What the value must be. */
  readonly type: MemberType;
  readonly spelled: SpelledMember | undefined;
  readonly typed: Span;
  readonly commaAt: number | undefined;
}

/** Where what a cursor stands in begins: in YAML, an empty line belongs to an object that ends above it. */
export function standsAt(tree: Tree, offset: number): number {
  return supportOf(tree.syntax).cursorAt(tree, offset)?.container.start ?? offset;
}

/**
 * `undefined` outside the subject, or below a member that its vocabulary does not know.
 * @param type what the subject's node must be
 */
export function placeAt(
  tree: Tree,
  offset: number,
  subject: Node,
  type: MemberType,
  vocabulary: Vocabulary,
): Place | undefined {
  const written = supportOf(tree.syntax).cursorAt(tree, offset);
  const cursor = written === undefined ? undefined : meantPlace(written, dialectOf(subject));
  if (cursor === undefined) return undefined;
  const nest = nestOf(cursor.container);
  const container = nest?.object ?? viewedNode(cursor.container);
  const ofContainer = isContainer(container) ? typeOf(container, subject, type, vocabulary) : undefined;
  if (!isContainer(container) || ofContainer === undefined) return undefined;
  if (cursor.at === "item")
    return ofContainer.kind === "list" ? itemPlace(cursor, container, ofContainer.of, vocabulary) : undefined;
  const shape = ofContainer.kind === "shape" ? vocabulary.get(ofContainer.shape) : undefined;
  const names = nest?.names ?? (shape === undefined ? undefined : namesIn(dialectOf(container), shape));
  if (names === undefined) return undefined;
  return cursor.at === "value" ? memberPlace(cursor, container, names) : namePlace(cursor, container, names);
}

/** What is written for one case stands where the choice stands. */
function meantPlace(cursor: Cursor, dialect: Dialect): Cursor | undefined {
  let found = cursor;
  // Choices in choices.
  for (let hops = 0; hops < deepest && found.at === "item" && found.container.kind === "list"; hops++) {
    const list = found.container;
    const choice = dialect.choiceAround?.(list);
    if (choice === undefined) return found;
    // The first says what decides.
    const [first] = list.items;
    const { parent } = choice;
    if (first === undefined || cursor.typed.start <= first.end || parent === undefined) return undefined;
    const member = parent.kind === "object" ? parent.members.find(({ value }) => value === choice) : undefined;
    const { typed, nests } = cursor;
    found = { container: parent, at: member === undefined ? "item" : "value", member, typed, commaAt: cursor.commaAt };
    if (nests === true) found = { ...found, nests };
  }
  return found;
}

/** No template has as many choices within each other. */
const deepest = 50;

function itemPlace(cursor: Cursor, container: Container, type: MemberType, vocabulary: Vocabulary): Place {
  const { typed, commaAt, nests } = cursor;
  const shape = nests === true && type.kind === "shape" ? vocabulary.get(type.shape) : undefined;
  if (shape !== undefined) return newPlace(cursor, container, namesIn(dialectOf(container), shape));
  const named = nameOf(container);
  const spelled = seen(container)?.spelled;
  return { at: "value", key: named?.key, called: named?.spelled ?? "", type, spelled, typed, commaAt };
}

function namePlace(cursor: Cursor, container: Container, names: Names): NamePlace {
  const members = cursor.container.kind === "object" ? cursor.container.members : [];
  const others = members.filter(({ keySpan }) => keySpan.start !== cursor.typed.start);
  return { ...newPlace(cursor, container, names), there: new Set(others.map(({ spelled }) => spelled)) };
}

/** For the first name of an object. */
function newPlace({ typed, commaAt }: Cursor, container: Container, names: Names): NamePlace {
  return { at: "name", names, there: new Set(), dialect: dialectOf(container), typed, commaAt };
}

function memberPlace(cursor: Cursor, container: Container, names: Names): Place | undefined {
  const { typed, commaAt } = cursor;
  const member = cursor.member === undefined ? undefined : viewed(cursor.member);
  const spelled = member === undefined ? undefined : names.get(member.spelled);
  if (member === undefined || spelled === undefined) return undefined;
  if (cursor.nests === true) {
    const below = namesBelow(spelled, dialectOf(container));
    if (below !== undefined) return newPlace(cursor, container, below);
    if (!isNest(spelled) && isList(spelled)) return undefined;
  }
  if (isNest(spelled)) return undefined;
  const named = member.key === "Items" ? nameOf(container) : member;
  // One value is one of a list whose name is repeated.
  const type = spelled.list === "repeated" ? oneOfList(spelled).type : spelled.type;
  return { at: "value", key: named?.key, called: named?.spelled ?? "", type, spelled, typed, commaAt };
}

/** What one item of a list must be. */
function oneOfList({ type, home }: SpelledMember): Pick<SpelledMember, "type" | "home"> {
  const counted = shapeFor(type, home);
  const items = counted?.members.get("Items") ?? type;
  return { type: items.kind === "list" ? items.of : items, home: counted ?? home };
}

/** What may be written in the object that a member's value is; `undefined` where it is none. */
function namesBelow(member: SpelledMember | Nest, dialect: Dialect): Names | undefined {
  if (isNest(member)) return member.names;
  const shape = isList(member) ? undefined : shapeFor(member.type, member.home);
  return shape === undefined ? undefined : namesIn(dialect, shape);
}

/** Whether a member is written as a list: its items begin with a sign of their own. */
function isList({ type, list }: SpelledMember): boolean {
  return type.kind === "list" || list === "plain";
}

/** What a container must be, as the names from the subject down to it tell. */
function typeOf(container: Container, subject: Node, type: MemberType, vocabulary: Vocabulary): MemberType | undefined {
  if (container === subject) return type;
  const { parent } = container;
  const outer = parent === undefined ? undefined : typeOf(parent, subject, type, vocabulary);
  if (outer?.kind === "list") return parent?.kind === "list" ? outer.of : undefined;
  const key = holderOf(container)?.key;
  return outer?.kind !== "shape" || key === undefined ? undefined : vocabulary.get(outer.shape)?.members.get(key);
}

/** The member that a container is the value of. */
function holderOf(container: Container): Member | undefined {
  const { parent } = container;
  return parent?.kind === "object" ? parent.members.find(({ value }) => value === container) : undefined;
}

/** "Items" alone says little: they go by the name of their list. */
function nameOf(container: Container): Member | undefined {
  const holder = holderOf(container);
  if (holder !== undefined && holder.key !== "Items") return holder;
  return container.parent === undefined ? undefined : nameOf(container.parent);
}

/**
 * The members that an object does not have yet, those that are required first.
 * @param detail what is said beside a name
 */
export function offeredNames(
  { names, there, dialect, typed, commaAt }: NamePlace,
  detail: (type: MemberType, isRequired: boolean) => Completion["detail"],
): Completion[] {
  return [...names]
    .filter(([name, entry]) => !there.has(name) || (!isNest(entry) && entry.list === "repeated"))
    .filter(([, entry]) => isNest(entry) || isOffered(entry))
    .map(([name, entry]): Completion => {
      const required = !isNest(entry) && entry.isRequired;
      return {
        kind: "member",
        label: name,
        detail: detail(isNest(entry) ? { kind: "shape", shape: "" } : entry.type, required),
        replace: typed,
        commaAt,
        key: name,
        value: isNest(entry) ? {} : beginning(entry, dialect),
        required,
      };
    })
    .sort((a, b) => Number(b.required) - Number(a.required));
}

function isOffered({ canonical, home }: SpelledMember): boolean {
  return !home.unoffered.has(canonical.at(-1) ?? "");
}

/** For beside a name: the values that its member may have, where the vocabulary lists them. */
export function listedValues(type: MemberType): string {
  return valuesOf(type).join(" | ");
}

function valuesOf(type: MemberType): readonly (string | boolean)[] {
  return type.kind === "enum" ? type.values : type.kind === "boolean" ? [true, false] : [];
}

/**
 * The values that the vocabulary lists.
 * @param isOffered by the API's own word for it
 */
export function offeredValues(place: ValuePlace, isOffered: (value: Json) => boolean = () => true): Completion[] {
  return valuesOf(place.type)
    .filter(isOffered)
    .map((value) => offerOf(place, value, place.called));
}

export function offerOf(
  { typed, spelled, commaAt }: ValuePlace,
  value: Json,
  detail: Completion["detail"],
): Completion {
  const written = typeof value === "string" ? (spelled?.values?.get(value) ?? value) : value;
  return {
    kind: "value",
    label: String(written),
    detail,
    replace: typed,
    commaAt,
    value: written,
    required: false,
  };
}

/** What a new member starts with; where its name is repeated, what one of them does. */
function beginning(member: SpelledMember, dialect: Dialect): Json {
  if (member.list !== "repeated") return spellValue(initial(member.type, member.home, dialect), member, dialect);
  const { list: _, ...one } = member;
  const { type, home } = oneOfList(member);
  return spellValue(initial(type, home, dialect), { ...one, type, home }, dialect);
}

/** What is required below a new member, and nothing made up. */
function initial(type: MemberType, within: Shape, dialect: Dialect): Json {
  switch (type.kind) {
    case "string":
    case "enum":
      return "";
    case "number":
      return 0;
    case "boolean":
      return false;
    case "list":
      return [];
    case "shape": {
      const shape = shapeFor(type, within);
      if (shape === undefined) return {};
      const { starts, members } = shape;
      const isOptional = isOptionalIn(dialect, shape);
      return (
        starts ??
        Object.fromEntries(
          shape.required
            .filter((key) => !isOptional(key))
            .map((key) => {
              const inner = members.get(key);
              return [key, inner === undefined || inner.kind === "shape" ? {} : initial(inner, shape, dialect)];
            }),
        )
      );
    }
  }
}
