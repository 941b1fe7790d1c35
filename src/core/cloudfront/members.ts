import { isTemplated, parseArn } from "../arn.ts";
import { spelledAt } from "../dialect/dialect.ts";
import { type EnumType, itemsIn, type MemberType, type Shape, type Slot } from "../dialect/shape.ts";
import { dialectOf, seen } from "../dialect/view.ts";
import { keptOfObjects } from "../document/kept.ts";
import {
  isComputed,
  type ListNode,
  type Member,
  memberOf,
  type Node,
  numberOf,
  type ObjectNode,
  objectAt,
  type ScalarNode,
  stringOf,
} from "../document/tree.ts";
import { perStep, type Steps } from "../steps.ts";
import { isViewerMtlsAlone } from "./viewer-mtls.ts";
import { meantMember, type ShapeName, shapeOf } from "./vocabulary.ts";

/** A member of a name that its shape does not have. */
export interface UnknownMember {
  readonly member: Member;
  readonly shape: Shape;
  /** The member that the name is a slip for. */
  readonly meant: string | undefined;
  /** Whether the dialect leaves it to none of its validators. What it does to mutual TLS counts all the same. */
  readonly isJudged: boolean;
}

/**
 * What the vocabulary says against the members that are there, and which are not. What fits is not listed: a large
 * config has much of it.
 */
export interface MemberFacts {
  /** Required, and not there, not even misspelled. */
  readonly missing: readonly { readonly object: ObjectNode; readonly shape: Shape; readonly key: string }[];
  readonly unknown: readonly UnknownMember[];
  /** Values that their enumeration does not list. */
  readonly enums: readonly {
    readonly node: ScalarNode;
    readonly value: string;
    readonly type: EnumType;
    readonly key: string;
    readonly called: string;
    /** Of the object that has it; `undefined` for an item of a list. */
    readonly home: Shape | undefined;
  }[];
  /** Outside the documented range. */
  readonly numbers: readonly {
    readonly node: ScalarNode;
    readonly value: number;
    readonly type: MemberType & { kind: "number" };
    readonly called: string;
  }[];
  /** Longer than documented. */
  readonly texts: readonly {
    readonly node: ScalarNode;
    readonly value: string;
    readonly most: number;
    readonly called: string;
  }[];
  readonly mistyped: readonly {
    readonly node: Node;
    readonly type: MemberType;
    readonly key: string;
    readonly called: string;
    readonly home: Shape | undefined;
  }[];
  /** Lists whose `Quantity` is not the number of their items, or that are longer than the default quota. */
  readonly counts: readonly {
    /** `undefined` where the dialect has none. */
    readonly quantity: ScalarNode | undefined;
    readonly value: number;
    readonly items: ListNode | undefined;
    readonly shape: Shape;
    readonly called: string;
  }[];
  /** The partitions of all ARNs but the client certificates': how many name each, and the first that does. */
  readonly partitions: ReadonlyMap<string, { readonly node: ScalarNode; readonly count: number }>;
}

const nothing: MemberFacts = {
  missing: [],
  unknown: [],
  enums: [],
  numbers: [],
  texts: [],
  mistyped: [],
  counts: [],
  partitions: new Map(),
};

export function* membersOfFragment(node: ObjectNode): Steps<MemberFacts> {
  const block = objectAt(node, "ViewerMtlsConfig") ?? (isViewerMtlsAlone(node) ? node : undefined);
  return block === undefined ? nothing : yield* readMembers(block, "ViewerMtlsConfig");
}

type Lists = Omit<MemberFacts, "partitions">;

type Filling = { -readonly [key in keyof Lists]: Lists[key][number][] } & {
  readonly partitions: Map<string, { readonly node: ScalarNode; readonly count: number }>;
  /** What CloudFront itself sent, whatever its name is like. */
  readonly served: ReadonlySet<string> | undefined;
};

/** One walk along the shapes; whatever is below a member that means none of them is unknown too and left alone. */
export function* readMembers(node: ObjectNode, name: ShapeName, served?: ReadonlySet<string>): Steps<MemberFacts> {
  yield* readItemsFirst(node, shapeOf(name), served);
  const facts = emptyFacts(served);
  readShape(node, name, facts, name, name);
  return facts;
}

/** Where a list is long, its items first, in steps: what is found in each is kept, and the walk finds it there. */
function* readItemsFirst(node: ObjectNode, shape: Shape, served: ReadonlySet<string> | undefined): Steps<void> {
  for (const { key, spelled, value } of node.members) {
    const type = shape.slots.get(key)?.type;
    const list = type?.kind === "shape" ? shapeOf(type.shape).members.get("Items") : undefined;
    const items = list?.kind === "list" ? itemsIn(value) : [];
    if (list?.kind !== "list" || items.length <= perStep) continue;
    for (let from = 0; from < items.length; from += perStep) {
      const dropped = emptyFacts(served);
      for (const item of items.slice(from, from + perStep)) readItem(item, list.of, dropped, key, spelled);
      yield;
    }
  }
}

function emptyFacts(served: ReadonlySet<string> | undefined): Filling {
  return {
    served,
    missing: [],
    unknown: [],
    enums: [],
    numbers: [],
    texts: [],
    mistyped: [],
    counts: [],
    partitions: new Map(),
  };
}

/** Of the items that have many members, and of which there are many, what was found in each is kept. */
const keptShapes: ReadonlySet<string> = new Set(["Origin", "CacheBehavior"]);

const kept = keptOfObjects<{
  readonly shape: string;
  readonly key: string;
  readonly called: string;
  readonly served: ReadonlySet<string> | undefined;
  readonly facts: MemberFacts;
}>();

/** Nothing was found with it: most items need no other. */
let spare: Filling | undefined;

function readItem(item: Node, type: MemberType, facts: Filling, key: string, called: string): void {
  if (item.kind !== "object" || type.kind !== "shape" || !keptShapes.has(type.shape)) {
    readValue(item, type, facts, key, called);
    return;
  }
  const { served } = facts;
  const known = kept.of(item);
  if (known?.shape === type.shape && known.key === key && known.called === called && known.served === served) {
    addTo(facts, known.facts);
    return;
  }
  const found = spare !== undefined && spare.served === served ? spare : emptyFacts(served);
  spare = undefined;
  readShape(item, type.shape, found, key, called);
  const own = isEmpty(found) ? nothing : found;
  if (own === nothing) spare = found;
  kept.keep(item, { shape: type.shape, key, called, served, facts: own });
  addTo(facts, own);
}

function isEmpty({ missing, unknown, enums, numbers, texts, mistyped, counts, partitions }: MemberFacts): boolean {
  const lists = missing.length + unknown.length + enums.length + numbers.length + texts.length + mistyped.length;
  return lists + counts.length + partitions.size === 0;
}

function addTo(facts: Filling, more: MemberFacts): void {
  if (more === nothing) return;
  for (const one of more.missing) facts.missing.push(one);
  for (const one of more.unknown) facts.unknown.push(one);
  for (const one of more.enums) facts.enums.push(one);
  for (const one of more.numbers) facts.numbers.push(one);
  for (const one of more.texts) facts.texts.push(one);
  for (const one of more.mistyped) facts.mistyped.push(one);
  for (const one of more.counts) facts.counts.push(one);
  for (const [partition, { node, count }] of more.partitions) addPartition(partition, node, count, facts);
}

function readShape(node: ObjectNode, name: string, facts: Filling, key: string, called: string): void {
  const shape = shapeOf(name);
  const { judged } = dialectOf(node);
  const isJudged = judged === undefined || judged.has(name);
  let there = 0;
  let quantity: Node | undefined;
  let items: Node | undefined;
  let misspelled: Set<string> | undefined;
  let next: Slot | undefined;
  for (const member of node.members) {
    const slot = next?.key === member.key ? next : shape.slots.get(member.key);
    if (slot === undefined) {
      // A name still being typed is no mistake yet.
      if (member.value === undefined) continue;
      const meant = meantMember(member.spelled, shape, dialectOf(node));
      facts.unknown.push({ member, shape, meant, isJudged: isJudged || isOfMtls(meant, shape, judged) });
      if (meant === undefined || misspelled?.has(meant) === true) continue;
      (misspelled ??= new Set()).add(meant);
      if (facts.served?.has(member.spelled) === true) continue;
      // What is wrong below it stays wrong under its right name.
      const type = memberOf(node, meant) === undefined ? shape.members.get(meant) : undefined;
      if (type?.kind === "shape" && member.value.kind === "object")
        readShape(member.value, type.shape, facts, meant, member.spelled);
      continue;
    }
    there |= slot.bit;
    next = slot.next;
    const { value } = member;
    const inItems = slot.key === "Items";
    if (slot.key === "Quantity") quantity = value;
    if (inItems) items = value;
    // "Items" alone says little: its items go by the name of their list.
    if (value === undefined || !(isJudged || isAsked(value, slot.type, judged))) continue;
    if (inItems && value.kind === "list") readValue(value, slot.type, facts, key, called);
    else readValue(value, slot.type, facts, slot.key, member.spelled, shape);
  }
  if (isJudged && (shape.requiredBits & ~there) !== 0) {
    for (const required of shape.required) {
      if (
        memberOf(node, required) === undefined &&
        misspelled?.has(required) !== true &&
        isKnown(node, shape, required)
      )
        facts.missing.push({ object: node, shape, key: required });
    }
  }
  if (items === undefined ? misspelled?.has("Items") === true : items.kind !== "list") return;
  const list = items?.kind === "list" ? items : undefined;
  const count = list?.items.length ?? 0;
  const isCounted = quantity === undefined && shape.slots.has("Quantity") && !isKnown(node, shape, "Quantity");
  // What the dialect counts for itself is right.
  const value = isCounted || isComputed(quantity) ? count : numberOf(quantity);
  if (value === undefined || (value === count && count <= (shape.mostItems ?? count))) return;
  facts.counts.push({
    quantity: quantity?.kind === "scalar" ? quantity : undefined,
    value,
    items: list,
    shape,
    called,
  });
}

/** Whether a name is meant for an object that is judged, where the one that has it is not. */
function isOfMtls(meant: string | undefined, shape: Shape, judged: ReadonlySet<string>): boolean {
  const type = meant === undefined ? undefined : shape.members.get(meant);
  return type?.kind === "shape" && judged.has(type.shape);
}

/** Whether something is asked of a value whose member is not judged itself. */
function isAsked(value: Node, type: MemberType, judged: ReadonlySet<string>): boolean {
  if (type.kind === "shape") return value.kind === "object" || judged.has(type.shape);
  if (type.kind === "list") return value.kind === "list" && type.of.kind === "shape";
  return type.kind === "string" && stringOf(value)?.startsWith("arn:") === true;
}

/** Whether the dialect of an object has a member that the API has. */
function isKnown(node: ObjectNode, shape: Shape, key: string): boolean {
  const from = seen(node);
  if (from === undefined) return true;
  // What only the API wraps a list in, has nothing of its own.
  if (from.raw === undefined) return false;
  return spelledAt(from.dialect, shape, [key]) !== undefined;
}

function readValue(
  node: Node,
  type: MemberType,
  facts: Filling,
  key: string,
  called: string,
  home?: Shape | undefined,
): void {
  if (node.kind === "computed" || (node.kind === "scalar" && node.value === undefined)) return;
  switch (type.kind) {
    case "shape":
      if (node.kind === "object") readShape(node, type.shape, facts, key, called);
      else {
        facts.mistyped.push({ node, type, key, called, home });
        // A plain list in the place of a counted one: its items are what they are.
        const items = node.kind === "list" ? shapeOf(type.shape).members.get("Items") : undefined;
        if (node.kind === "list" && items?.kind === "list")
          for (const item of node.items) readItem(item, items.of, facts, key, called);
      }
      return;
    case "list":
      if (node.kind === "list") for (const item of node.items) readItem(item, type.of, facts, key, called);
      else facts.mistyped.push({ node, type, key, called, home });
      return;
    case "number":
      if (node.kind !== "scalar" || typeof node.value !== "number")
        facts.mistyped.push({ node, type, key, called, home });
      else if (node.value < (type.least ?? node.value) || node.value > (type.most ?? node.value))
        facts.numbers.push({ node, value: node.value, type, called });
      return;
    case "boolean":
      if (node.kind !== "scalar" || typeof node.value !== "boolean")
        facts.mistyped.push({ node, type, key, called, home });
      return;
    case "enum":
      if (node.kind === "scalar" && typeof node.value === "string") {
        if (!type.values.includes(node.value)) facts.enums.push({ node, value: node.value, type, key, called, home });
      } else facts.mistyped.push({ node, type, key, called, home });
      return;
    case "string":
      if (node.kind !== "scalar" || typeof node.value !== "string")
        facts.mistyped.push({ node, type, key, called, home });
      else if (type.most !== undefined && node.value.length > type.most)
        facts.texts.push({ node, value: node.value, most: type.most, called });
      else if (type.secret !== true && key !== "ClientCertificateArn" && node.value.startsWith("arn:"))
        countPartition(node, node.value, facts);
      return;
  }
}

function countPartition(node: ScalarNode, value: string, facts: Filling): void {
  const partition = isTemplated(value) ? undefined : parseArn(value)?.partition;
  if (partition !== undefined) addPartition(partition, node, 1, facts);
}

function addPartition(partition: string, node: ScalarNode, count: number, { partitions }: Filling): void {
  const known = partitions.get(partition);
  partitions.set(partition, { node: known?.node ?? node, count: (known?.count ?? 0) + count });
}
