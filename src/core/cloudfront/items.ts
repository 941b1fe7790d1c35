import type { Json } from "../document/tree.ts";
import { isJsonObject, memberValue } from "../document/values.ts";
import { addTo } from "../grouped.ts";

/**
 * What tells the items of a list apart, by the API: of origins and groups, behaviors, custom headers, members of
 * groups, functions, error responses, parameters.
 */
const identities = ["Id", "PathPattern", "HeaderName", "OriginId", "EventType", "ErrorCode", "Name"] as const;

/** How items of lists that belong together are called. */
export interface ItemNames {
  /** The items are texts, numbers or flags, and called after themselves. */
  readonly plain: boolean;
  /** For each list, the name of each item. */
  readonly names: readonly (readonly string[])[];
  /** No name stands twice in one list. */
  readonly distinct: boolean;
}

/** `undefined`: nothing tells them apart but their place. */
export function nameItems(...lists: readonly (readonly Json[])[]): ItemNames | undefined {
  if (lists.every((list) => list.every(isPlain)))
    return named(
      true,
      lists.map((list) => list.map((item) => JSON.stringify(item))),
    );
  for (const identity of identities) {
    const names = lists.map((list) => list.map((item) => identityOf(item, identity)));
    if (names.every((list) => list.every((name) => name !== undefined))) return named(false, names);
  }
  return undefined;
}

function named(plain: boolean, names: readonly (readonly string[])[]): ItemNames {
  return { plain, names, distinct: names.every((list) => new Set(list).size === list.length) };
}

function isPlain(json: Json): boolean {
  return typeof json !== "object" || json === null;
}

function identityOf(item: Json, identity: string): string | undefined {
  const value = isJsonObject(item) ? memberValue(item, identity) : undefined;
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/**
 * For each item of the second list, the place of the one in the first that it is or came from; -1 for a new one.
 * What has no counterpart of its name is taken for the one in the same place, if that has none either.
 */
export function matchItems(before: readonly Json[], after: readonly Json[]): number[] {
  const found = nameItems(before, after);
  const [old = [], now = []] = found?.names ?? [];
  const places = new Map<string, number[]>();
  old.forEach((name, index) => {
    addTo(places, name, index);
  });
  // Taken from the end, so that taking one costs nothing.
  for (const same of places.values()) same.reverse();
  const matched = now.map((name) => places.get(name)?.pop() ?? -1);
  const taken = new Set(matched);
  return after.map((_, index) => {
    const match = matched[index] ?? -1;
    return match >= 0 ? match : index < before.length && !taken.has(index) ? index : -1;
  });
}
