import type { Change } from "../document/change.ts";
import { jsonOf } from "../document/plain.ts";
import { type Json, type Member, memberOf, type Node, type ObjectNode } from "../document/tree.ts";
import { isJsonList, isJsonObject, type JsonObject } from "../document/values.ts";
import { type Dialect, nameIn, type SpelledMember, spelledAt } from "./dialect.ts";
import { type MemberType, type Shape, shapeFor, type Vocabulary } from "./shape.ts";
import { rawEntry, type Seen, seen, withoutMark } from "./view.ts";

/** What should become true of a document, in its own dialect: of its own nodes, and in its own names. */
export function spelled(changes: readonly Change[]): readonly Change[] {
  const done = new Set<Change>();
  try {
    return changes.flatMap((change) => (done.has(change) ? [] : spell(change, changes, done)));
  } catch (error) {
    // Half of what should become true would lose something.
    if (error instanceof Inexpressible) return [];
    throw error;
  }
}

class Inexpressible extends Error {}

/** Whether a value has something in it that only who uses the document knows: written anew, it would be lost. */
function isLostAnew(node: Node | undefined): boolean {
  switch (node?.kind) {
    case "computed":
      return true;
    case "list":
      return node.items.some(isLostAnew);
    case "object":
      return node.members.some(({ value }) => isLostAnew(value));
    default:
      // What is read from elsewhere would be written here.
      return node !== undefined && seen(node)?.site !== undefined && seen(node)?.raw?.start !== node.start;
  }
}

/**
 * @param among all that becomes true together
 * @param done those of them that another one has carried out along with itself
 */
function spell(change: Change, among: readonly Change[], done: Set<Change>): readonly Change[] {
  switch (change.kind) {
    case "rewrite":
      return [change];
    case "set":
      return spellSet(change.node, change.value, change);
    case "wrap": {
      if (seen(change.node) === undefined) return [change];
      if (isLostAnew(change.node)) throw new Inexpressible();
      const value = jsonOf(change.node);
      return value === undefined ? [] : spellSet(change.node, { ...change.before, [change.key]: value }, change);
    }
    case "enlist": {
      if (seen(change.node) === undefined) return [change];
      if (isLostAnew(change.node)) throw new Inexpressible();
      const value = jsonOf(change.node);
      return value === undefined ? [] : spellSet(change.node, [value], change);
    }
    case "add": {
      const object = seen(change.to);
      return object === undefined ? [change] : add(object, change.key, change.value);
    }
    case "append": {
      const list = seen(change.to);
      if (list === undefined) return [change];
      const value = spellItem(change.value, list);
      if (list.repeated !== undefined) return [{ kind: "add", to: list.repeated.in, key: list.repeated.name, value }];
      return list.raw?.kind === "list" ? [{ kind: "append", to: list.raw, value }] : [];
    }
    case "remove": {
      const entry = rawEntry(change.entry) ?? (change.entry.kind === "member" ? undefined : rawNode(change.entry));
      return entry === undefined ? [] : [{ kind: "remove", entry }];
    }
    case "rename":
      return rename(change.member, change.key, among, done);
    case "move":
      return move(change, among, done);
    case "enclose": {
      const object = seen(change.to);
      if (object === undefined) return [change];
      if (change.members.some(({ member }) => isLostAnew(member.value))) return [encloseAsWritten(change, object)];
      const values = change.members.flatMap(({ member, key = member.key }) => {
        const value = member.value === undefined ? undefined : jsonOf(member.value);
        return value === undefined ? [] : [[key, value] as const];
      });
      const value = Object.fromEntries(values);
      const removed = change.members.flatMap(({ member }) => rawEntry(member) ?? []);
      return [...removed.map((entry) => ({ kind: "remove", entry }) as const), ...add(object, change.key, value)];
    }
    case "lift": {
      const part = rawNode(change.part);
      const whole = rawNode(change.whole);
      return part === undefined || whole === undefined ? [] : [{ kind: "lift", part, whole }];
    }
  }
}

/** The part of the document that is seen there. */
function rawNode(node: Node): Node | undefined {
  const from = seen(node);
  return from === undefined ? node : from.raw;
}

function spellSet(node: Node, value: Json, change: Change): readonly Change[] {
  const from = seen(node);
  if (from === undefined) return [change];
  const { raw, spelled, dialect } = from;
  if (raw !== undefined)
    return [
      {
        kind: "set",
        node: raw,
        value: spelled === undefined ? spellLoose(value, from) : spellValue(value, spelled, dialect),
      },
    ];
  // A list of repeated names becomes another one name by name.
  if (from.repeated === undefined || node.kind !== "list" || !isJsonList(value)) return [];
  const { in: to, name: key } = from.repeated;
  return [
    ...node.items.flatMap((item): Change[] => {
      const entry = rawEntry(item);
      return entry === undefined ? [] : [{ kind: "remove", entry }];
    }),
    ...value.map((item): Change => ({ kind: "add", to, key, value: spellItem(item, from) })),
  ];
}

function spellItem(value: Json, { spelled, dialect }: Seen): Json {
  if (spelled === undefined) return value;
  const { type, home } = spelled;
  const items = shapeFor(type, home)?.members.get("Items") ?? type;
  return spellValue(value, { ...spelled, type: items.kind === "list" ? items.of : items }, dialect);
}

/** Where a member belongs in the document, and how it is called there. */
interface Slot {
  readonly to: ObjectNode;
  /** The names from there on; more than one where objects are missing on the way. */
  readonly path: readonly [string, ...string[]];
  readonly spelled: SpelledMember | undefined;
}

function slotFor({ dialect, vocabulary, anchor }: Seen, key: string): Slot | undefined {
  if (anchor === undefined) return undefined;
  const own = anchor.shape === undefined ? undefined : spelledFrom(dialect, anchor.shape, [...anchor.path, key]);
  if (own === undefined && anchor.shape?.members.has(key) === true) return undefined;
  const spelled = own ?? anywhere(dialect, vocabulary, key);
  let to = anchor.raw;
  let [first, ...others]: readonly string[] = spelled?.path ?? [key];
  for (;;) {
    const inner = others.length === 0 || first === undefined ? undefined : memberOf(to, first)?.value;
    if (inner?.kind !== "object") break;
    to = inner;
    [first, ...others] = others;
  }
  return { to, path: [first ?? key, ...others], spelled };
}

/** How a member is called in whatever shape has it: in an object that is none of them it can be meant for any. */
function anywhere(dialect: Dialect, vocabulary: Vocabulary, key: string): SpelledMember | undefined {
  for (const shape of vocabulary.values()) {
    const found = spelledAt(dialect, shape, [key]);
    if (found !== undefined) return { ...found, path: [found.path.at(-1) ?? key] };
  }
  return undefined;
}

/** A member below a shape: where the dialect writes it beside others, or below what it writes itself. */
function spelledFrom(dialect: Dialect, shape: Shape, path: readonly string[]): SpelledMember | undefined {
  const direct = spelledAt(dialect, shape, path);
  if (direct !== undefined || path.length < 2) return direct;
  const [first = "", ...rest] = path;
  const outer = spelledAt(dialect, shape, [first]);
  const below = outer === undefined ? undefined : shapeFor(outer.type, outer.home);
  // What the API wraps a list in, the dialect does not have.
  if (outer?.list !== undefined && rest.length === 1 && rest[0] === "Items") return outer;
  const inner = below === undefined ? undefined : spelledFrom(dialect, below, rest);
  return outer === undefined || inner === undefined ? undefined : { ...inner, path: [...outer.path, ...inner.path] };
}

function add(object: Seen, key: string, value: Json): readonly Change[] {
  const slot = slotFor(object, key);
  if (slot === undefined) return [];
  const { to, path, spelled } = slot;
  // What is decided when the document is used may be there, and not be shown.
  if (object.site !== undefined && to.members.some((member) => member.spelled === path[0])) return [];
  const put = (one: Json): Change => ({ kind: "add", to, key: path[0], value: nested(path.slice(1), one) });
  if (spelled?.list === "repeated") {
    const items = isJsonList(value) ? value : isJsonObject(value) ? value["Items"] : undefined;
    if (isJsonList(items)) return items.map((item) => put(spellItem(item, { ...object, spelled })));
  }
  return [put(spelled === undefined ? spellLoose(value, object) : spellValue(value, spelled, object.dialect))];
}

/** Members that go into a new object as they are, each by the name that it has there. */
function encloseAsWritten({ key, members }: Change & { readonly kind: "enclose" }, object: Seen): Change {
  const slot = slotFor(object, key);
  const shape = slot?.spelled === undefined ? undefined : shapeFor(slot.spelled.type, slot.spelled.home);
  const enclosed = members.map(({ member, key: named = member.key }) => {
    const path = shape === undefined ? undefined : spelledAt(object.dialect, shape, [named])?.path;
    const raw = rawEntry(member);
    if (raw === undefined || path?.length !== 1) throw new Inexpressible();
    return { member: raw, key: path[0] };
  });
  if (slot?.path.length !== 1) throw new Inexpressible();
  return { kind: "enclose", to: slot.to, key: slot.path[0], members: enclosed };
}

function nested(path: readonly string[], value: Json): Json {
  return path.reduceRight<Json>((inner, step) => ({ [step]: inner }), value);
}

function rename(member: Member, key: string, among: readonly Change[], done: Set<Change>): readonly Change[] {
  const object = seen(member.parent);
  const raw = rawEntry(member);
  if (object === undefined || raw === undefined) return [{ kind: "rename", member, key }];
  const slot = slotFor(object, key);
  if (slot === undefined) return [];
  if (slot.to === raw.parent && slot.path.length === 1) return [{ kind: "rename", member: raw, key: slot.path[0] }];
  if (slot.path.length === 1 && isLostAnew(member.value))
    return [{ kind: "move", member: raw, to: slot.to, key: slot.path[0] }];
  return rewritten(member, raw, object, key, among, done);
}

function move(
  change: Change & { readonly kind: "move" },
  among: readonly Change[],
  done: Set<Change>,
): readonly Change[] {
  const { member, to, key = member.key } = change;
  const object = seen(to);
  const raw = rawEntry(member);
  if (object === undefined || raw === undefined) return [change];
  // What has no name here goes as it is.
  if (withoutMark(key) !== key && object.anchor !== undefined)
    return [{ kind: "move", member: raw, to: object.anchor.raw }];
  const slot = slotFor(object, key);
  if (slot === undefined) return [];
  if (slot.path.length === 1 && slot.path[0] === raw.spelled) return [{ kind: "move", member: raw, to: slot.to }];
  if (slot.path.length === 1 && isLostAnew(member.value))
    return [{ kind: "move", member: raw, to: slot.to, key: slot.path[0] }];
  return rewritten(member, raw, object, key, among, done);
}

/** Where a name alone does not do, the value is written anew at its place, with all that changes in it. */
function rewritten(
  member: Member,
  raw: Member,
  object: Seen,
  key: string,
  among: readonly Change[],
  done: Set<Change>,
): readonly Change[] {
  if (isLostAnew(member.value)) throw new Inexpressible();
  const value = member.value === undefined ? undefined : jsonAfter(member.value, among, done);
  return value === undefined ? [] : [{ kind: "remove", entry: raw }, ...add(object, key, value)];
}

function jsonAfter(node: Node, among: readonly Change[], done: Set<Change>): Json | undefined {
  const changed = (wanted: (change: Change) => boolean): Change | undefined => {
    const found = among.find(wanted);
    if (found !== undefined) done.add(found);
    return found;
  };
  const set = changed((change) => change.kind === "set" && change.node === node);
  if (set?.kind === "set") return set.value;
  const wrap = changed((change) => change.kind === "wrap" && change.node === node);
  if (wrap?.kind === "wrap") return { ...wrap.before, [wrap.key]: jsonOf(node) ?? null };
  if (node.kind !== "object") return jsonOf(node);
  const members = node.members.flatMap((member) => {
    if (changed((change) => change.kind === "remove" && change.entry === member) !== undefined) return [];
    const named = changed((change) => change.kind === "rename" && change.member === member);
    const value = member.value === undefined ? undefined : jsonAfter(member.value, among, done);
    return value === undefined ? [] : [[named?.kind === "rename" ? named.key : member.key, value] as const];
  });
  const added = among.flatMap((change) => {
    if (change.kind !== "add" || change.to !== node) return [];
    done.add(change);
    return [[change.key, change.value] as const];
  });
  return Object.fromEntries([...members, ...added]);
}

/** A value of the API as a dialect writes it. */
export function spellValue(value: Json, spelled: SpelledMember, dialect: Dialect): Json {
  const { type, home, list, values } = spelled;
  const shape = shapeFor(type, home);
  const items = shape?.members.get("Items");
  if (list !== undefined && items?.kind === "list" && isJsonObject(value)) {
    const inner = value["Items"];
    return isJsonList(inner) ? inner.map((item) => spellTyped(item, items.of, home, values, dialect)) : [];
  }
  return spellTyped(value, type, home, values, dialect);
}

function spellTyped(
  value: Json,
  type: MemberType,
  home: Shape,
  values: SpelledMember["values"],
  dialect: Dialect,
): Json {
  if (typeof value === "string") return values?.get(value) ?? dialect.callIn?.(value) ?? value;
  if (isJsonList(value))
    return value.map((item) => spellTyped(item, type.kind === "list" ? type.of : type, home, values, dialect));
  const shape = shapeFor(type, home);
  return shape === undefined || !isJsonObject(value) ? value : spellObject(value, shape, dialect);
}

function spellObject(value: JsonObject, shape: Shape, dialect: Dialect): Json {
  const written: { [key: string]: Json } = {};
  const write = (object: JsonObject, path: readonly string[]): void => {
    for (const [key, inner] of Object.entries(object)) {
      const here = [...path, key];
      const spelled = spelledAt(dialect, shape, here);
      if (spelled !== undefined) {
        const beside = isJsonObject(inner)
          ? Object.keys(inner).filter((name) => spelledAt(dialect, shape, [...here, name]))
          : [];
        put(written, spelled.path, spellValue(inner, spelled, dialect));
        if (isJsonObject(inner) && beside.length > 0)
          write(Object.fromEntries(beside.map((name) => [name, inner[name] ?? null])), here);
      } else if (path.length === 0 && !shape.members.has(key)) written[withoutMark(key)] = inner;
    }
  };
  write(value, []);
  return written;
}

/** What stands where it is not known what it is: its names are those of the members that are called so elsewhere. */
function spellLoose(value: Json, from: Seen): Json {
  if (isJsonList(value)) return value.map((item) => spellLoose(item, from));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const spelled = anywhere(from.dialect, from.vocabulary, key);
      return spelled === undefined
        ? [withoutMark(key), spellLoose(inner, from)]
        : [spelled.path[0], spellValue(inner, spelled, from.dialect)];
    }),
  );
}

function put(object: { [key: string]: Json }, path: readonly string[], value: Json): void {
  const [first = "", ...others] = path;
  if (others.length === 0) object[first] = value;
  else {
    const inner = object[first];
    const next: { [key: string]: Json } = isJsonObject(inner) ? { ...inner } : {};
    put(next, others, value);
    object[first] = next;
  }
}

/** How the dialect spells a word that a value may have. */
export function wordAt(node: Node, word: string): string {
  return seen(node)?.spelled?.values?.get(word) ?? word;
}

/** How the dialect of an object calls one of its members, or one that is meant where it is not known what it is. */
export function nameOf(object: ObjectNode | undefined, key: string): string {
  const from = object === undefined ? undefined : seen(object);
  if (from === undefined) return key;
  return from.shape === undefined
    ? (anywhere(from.dialect, from.vocabulary, key)?.path[0] ?? key)
    : nameIn(from.dialect, from.shape, key);
}

/** Whether the dialect of an object has a member that the API has. */
export function isSpelledIn(object: ObjectNode, key: string): boolean {
  const from = seen(object);
  return from?.shape?.members.has(key) !== true || spelledAt(from.dialect, from.shape, [key]) !== undefined;
}
