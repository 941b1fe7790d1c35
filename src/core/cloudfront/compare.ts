/** About two configs, or three, as JSON: what differs, what was not kept, what two people changed. */

import type { Json } from "../document/tree.ts";
import { isJsonList, isJsonObject, type JsonObject, memberValue, sameJson } from "../document/values.ts";
import { addTo } from "../grouped.ts";
import { nameItems } from "./items.ts";
import { mostClientCertificatesPerCall } from "./vocabulary.ts";

export interface Difference {
  /**
   * Names of members; an item of a list by its id, path pattern or the like, and by its place, counted from zero, where
   * it has none.
   */
  readonly path: readonly Step[];
  /** `undefined`: not there. Where only the order of a list changed, the names of its items. */
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

export type Step = string | number;

/** Below, a value is one: no config is nested so deep. */
const mostDepth = 32;

/**
 * The members' order is none, a null is no member, and an empty list the same as none. `Quantity` is not told beside
 * items that differ.
 */
export function differences(before: Json, after: Json): Difference[] {
  return [...compare([], before, after)].map(({ path, before, after }) => ({ path, before, after }));
}

/** Whether there are differences, known at the first. */
export function differ(before: Json, after: Json): boolean {
  return compare([], before, after).next().done !== true;
}

/**
 * What of `sent` the service did not keep: members that are missing or say something else in `read`, and items that
 * were not sent.
 * Members the service adds are defaults; a text that was empty may as well not be there; the order of most lists means
 * nothing.
 */
export function notKept(sent: Json, read: Json): Difference[] {
  return [...compare([], sent, read)]
    .filter(({ kind, path, before, after }) => {
      if (kind === "order") return orderedLists.has(path.at(-2) ?? "");
      if (before === undefined) return kind === "item";
      if (after === undefined) return !saysNothing(before);
      // In XML all values are texts, which do not tell the type of an unknown member.
      return (
        isJsonObject(before) ||
        isJsonList(before) ||
        isJsonObject(after) ||
        isJsonList(after) ||
        String(before) !== String(after)
      );
    })
    .map(({ path, before, after }) => ({ path, before, after }));
}

/** Empty: to leave it out says the same. */
function saysNothing(json: Json): boolean {
  const open = [json];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (isJsonObject(next))
      for (const [name, value] of Object.entries(next)) open.push(name === "Quantity" && value === 0 ? "" : value);
    else if (next !== "" && next !== null && !isEmptyList(next)) return false;
  }
  return true;
}

/** The first behavior that fits a request decides; the first member of a group is the primary one. */
const orderedLists: ReadonlySet<Step> = new Set(["CacheBehaviors", "Members"]);

// --- comparing

interface Found extends Difference {
  readonly kind: "member" | "item" | "order";
}

function* compare(
  path: readonly Step[],
  before: Json | undefined,
  after: Json | undefined,
  kind: Found["kind"] = "member",
): Generator<Found> {
  if (before === after) return;
  if (path.length < mostDepth) {
    if (isJsonObject(before) && isJsonObject(after)) return yield* compareObjects(path, before, after);
    const [old, now] = [listOr(before), listOr(after)];
    if (old !== undefined && now !== undefined) {
      if (old.length + now.length === 0) return;
      // Items that are the first, or were the last, are told one by one as all others are.
      if ((isJsonList(before) && isJsonList(after)) || path.at(-1) === "Items")
        return yield* compareLists(path, old, now);
    }
  }
  if (!sameJson(before, after)) yield { path, before, after, kind };
}

/** A list that is not there has no items; what is no list is something else. */
function listOr(json: Json | undefined): readonly Json[] | undefined {
  return json === undefined ? [] : isJsonList(json) ? json : undefined;
}

function isEmptyList(json: Json | undefined): boolean {
  return isJsonList(json) && json.length === 0;
}

function* compareObjects(path: readonly Step[], before: JsonObject, after: JsonObject): Generator<Found> {
  const isCounted = [before, after].every((side) => listOr(memberValue(side, "Items")) !== undefined);
  let itemsDiffer = false;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  // The number last: whether it is told depends on the items.
  if (isCounted) names.sort((a, b) => Number(a === "Quantity") - Number(b === "Quantity"));
  for (const name of names) {
    if (isCounted && name === "Quantity" && itemsDiffer) continue;
    for (const found of compare([...path, name], memberValue(before, name), memberValue(after, name))) {
      if (name === "Items") itemsDiffer = true;
      yield found;
    }
  }
}

function* compareLists(path: readonly Step[], before: readonly Json[], after: readonly Json[]): Generator<Found> {
  const items = nameItems(before, after);
  if (items?.distinct !== true) {
    for (let index = 0; index < Math.max(before.length, after.length); index++)
      yield* compare([...path, index], before[index], after[index], "item");
    return;
  }
  const [old = [], now = []] = items.names;
  const step = (name: string, index: number): Step => (items.plain ? index : name);
  const places = new Map(now.map((name, index) => [name, index]));
  const known = new Set(old);
  for (const [index, name] of old.entries()) {
    const place = places.get(name);
    yield* compare([...path, step(name, index)], before[index], place === undefined ? undefined : after[place], "item");
  }
  for (const [index, name] of now.entries())
    if (!known.has(name))
      yield { path: [...path, step(name, index)], before: undefined, after: after[index], kind: "item" };
  const [left, right] = [
    before.filter((_, index) => places.has(old[index] ?? "")),
    after.filter((_, index) => known.has(now[index] ?? "")),
  ];
  const [oldOrder, newOrder] = [old.filter((name) => places.has(name)), now.filter((name) => known.has(name))];
  if (!sameJson(oldOrder, newOrder))
    yield { path, before: items.plain ? left : oldOrder, after: items.plain ? right : newOrder, kind: "order" };
}

// --- three ways

export interface Rebased {
  /** Where both changed the same place differently, it says what `theirs` says. */
  readonly merged: Json;
  /** `before` is theirs, `after` is mine. */
  readonly conflicts: readonly Difference[];
}

/**
 * My changes since `base`, carried over to `theirs`. The same change by both is none; a deletion against a change is a
 * conflict.
 */
export function rebase(base: Json, mine: Json, theirs: Json): Rebased {
  const conflicts: Difference[] = [];
  const merged = merge([], base, mine, theirs, conflicts);
  return { merged: merged ?? null, conflicts };
}

type Side = Json | undefined;

function merge(path: readonly Step[], base: Side, mine: Side, theirs: Side, conflicts: Difference[]): Side {
  if (sameJson(mine, theirs) || sameJson(base, mine)) return theirs;
  if (sameJson(base, theirs)) return mine;
  if (path.length < mostDepth) {
    if (isJsonObject(mine) && isJsonObject(theirs))
      return mergeObjects(path, isJsonObject(base) ? base : {}, mine, theirs, conflicts);
    if (isJsonList(mine) && isJsonList(theirs)) {
      const merged = mergeLists(path, isJsonList(base) ? base : [], mine, theirs, conflicts);
      if (merged !== undefined) return merged;
    }
  }
  conflicts.push({ path, before: theirs, after: mine });
  return theirs;
}

function mergeObjects(
  path: readonly Step[],
  base: JsonObject,
  mine: JsonObject,
  theirs: JsonObject,
  conflicts: Difference[],
): JsonObject {
  const merged = new Map<string, Json>();
  const isCounted =
    [base, mine, theirs].every(isConsistent) &&
    [mine, theirs].some((side) => memberValue(side, "Quantity") !== undefined);
  for (const name of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const sides: [Side, Side, Side] = [memberValue(base, name), memberValue(mine, name), memberValue(theirs, name)];
    const value =
      isCounted && name === "Items"
        ? mergeItems([...path, name], sides, conflicts)
        : isCounted && name === "Quantity"
          ? 0
          : merge([...path, name], ...sides, conflicts);
    if (value !== undefined) merged.set(name, value);
  }
  if (isCounted) {
    const items = merged.get("Items");
    merged.set("Quantity", isJsonList(items) ? items.length : 0);
  }
  return Object.fromEntries(merged);
}

/** A list that is as long as it says: how long it is follows from what is in it. */
function isConsistent(object: JsonObject): boolean {
  const items = memberValue(object, "Items");
  const quantity = memberValue(object, "Quantity");
  if (items !== undefined && !isJsonList(items)) return false;
  return quantity === undefined ? items === undefined : quantity === (items?.length ?? 0);
}

/** A list that is not there is an empty one; and an empty one is there or not as in the side that made it so. */
function mergeItems(
  path: readonly Step[],
  [base, mine, theirs]: readonly [Side, Side, Side],
  conflicts: Difference[],
): Side {
  const merged = merge(path, base ?? [], mine ?? [], theirs ?? [], conflicts);
  if (!isEmptyList(merged)) return merged;
  return sameJson(base ?? [], mine ?? []) ? theirs : isEmptyList(mine) || mine === undefined ? mine : merged;
}

/** `undefined`: nothing tells which item is which. */
function mergeLists(
  path: readonly Step[],
  base: readonly Json[],
  mine: readonly Json[],
  theirs: readonly Json[],
  conflicts: Difference[],
): Json[] | undefined {
  const items = nameItems(base, mine, theirs);
  if (items?.distinct !== true) {
    if (base.length !== mine.length || mine.length !== theirs.length) return undefined;
    return theirs.map((item, index) => merge([...path, index], base[index], mine[index], item, conflicts) ?? null);
  }
  const [baseNames = [], myNames = [], theirNames = []] = items.names;
  const [old, my, their] = [byName(baseNames, base), byName(myNames, mine), byName(theirNames, theirs)];
  const merged = new Map<string, Json>();
  for (const name of new Set([...theirNames, ...myNames])) {
    const value = merge([...path, name], old.get(name), my.get(name), their.get(name), conflicts);
    if (value !== undefined) merged.set(name, value);
  }
  const isCommon = (name: string) => old.has(name) && my.has(name) && their.has(name);
  const [first, second, third] = [baseNames.filter(isCommon), myNames.filter(isCommon), theirNames.filter(isCommon)];
  const [iMoved, theyMoved] = [!sameJson(first, second), !sameJson(first, third)];
  // Plain items are sets: their order decides nothing.
  if (iMoved && theyMoved && !sameJson(second, third) && !items.plain)
    conflicts.push({ path, before: third, after: second });
  const names = iMoved && !theyMoved ? woven(myNames, theirNames) : woven(theirNames, myNames);
  return names.filter((name) => merged.has(name)).map((name) => merged.get(name) ?? null);
}

function byName(names: readonly string[], items: readonly Json[]): ReadonlyMap<string, Json> {
  return new Map(names.map((name, index) => [name, items[index] ?? null]));
}

/** All names in the order of the first list; what only the second has stands behind what it stands behind there. */
function woven(first: readonly string[], second: readonly string[]): string[] {
  const known = new Set(first);
  const behind = new Map<string | undefined, string[]>();
  let last: string | undefined;
  for (const name of second) {
    if (known.has(name)) last = name;
    else addTo(behind, last, name);
  }
  return [...(behind.get(undefined) ?? []), ...first.flatMap((name) => [name, ...(behind.get(name) ?? [])])];
}

// --- certificates

/**
 * One call adds or changes at most five distinct client certificates. Whether one counts that another origin had
 * before, the page does not say: each counts that is new to an origin, which holds either way.
 * Configs to be sent one after another; the last is `after`. Each is whole and valid: an origin whose certificate comes
 * later keeps what `before` says of origin mTLS and of the protocol, all else is as in `after`.
 */
export function splitByCertificates(before: Json, after: Json, most = mostClientCertificatesPerCall): Json[] {
  const old = new Map(originsOf(before).map((origin) => [memberValue(origin, "Id"), origin]));
  const oldOf = (origin: JsonObject) => old.get(memberValue(origin, "Id"));
  const gained = (origin: JsonObject): string | undefined => {
    const [arn, earlier] = [certificateOf(origin), oldOf(origin)];
    return earlier !== undefined && certificateOf(earlier) === arn ? undefined : arn;
  };
  // Origins that are new first: they have nothing to keep meanwhile.
  const origins = originsOf(after).toSorted(
    (a, b) => Number(old.has(memberValue(a, "Id"))) - Number(old.has(memberValue(b, "Id"))),
  );
  const added = [...new Set(origins.map(gained))].filter((arn) => arn !== undefined);
  const steps: Json[] = [];
  for (let sent = most; sent < added.length; sent += most) {
    const later = new Set<string | undefined>(added.slice(sent));
    steps.push(withOrigins(after, (origin) => (later.has(gained(origin)) ? asBefore(origin, oldOf(origin)) : origin)));
  }
  return [...steps, after];
}

function originsOf(config: Json): JsonObject[] {
  const origins = isJsonObject(config) ? memberValue(config, "Origins") : undefined;
  const items = isJsonObject(origins) ? memberValue(origins, "Items") : undefined;
  return isJsonList(items) ? items.filter(isJsonObject) : [];
}

function customOf(origin: JsonObject | undefined): JsonObject | undefined {
  const custom = origin === undefined ? undefined : memberValue(origin, "CustomOriginConfig");
  return isJsonObject(custom) ? custom : undefined;
}

function certificateOf(origin: JsonObject): string | undefined {
  const custom = customOf(origin);
  const mtls = custom === undefined ? undefined : memberValue(custom, "OriginMtlsConfig");
  const arn = isJsonObject(mtls) ? memberValue(mtls, "ClientCertificateArn") : undefined;
  return typeof arn === "string" && arn !== "" ? arn : undefined;
}

function withOrigins(config: Json, change: (origin: JsonObject) => JsonObject): Json {
  if (!isJsonObject(config)) return config;
  const origins = config["Origins"];
  const items = isJsonObject(origins) ? origins["Items"] : undefined;
  if (!isJsonObject(origins) || !isJsonList(items)) return config;
  return { ...config, Origins: { ...origins, Items: items.map((item) => (isJsonObject(item) ? change(item) : item)) } };
}

function asBefore(origin: JsonObject, before: JsonObject | undefined): JsonObject {
  const { OriginMtlsConfig: _, ...custom } = customOf(origin) ?? {};
  const old = customOf(before) ?? {};
  const kept = ["OriginProtocolPolicy", "OriginMtlsConfig"].flatMap((name) =>
    memberValue(old, name) === undefined ? [] : [[name, old[name] ?? null] as const],
  );
  return { ...origin, CustomOriginConfig: { ...custom, ...Object.fromEntries(kept) } };
}
