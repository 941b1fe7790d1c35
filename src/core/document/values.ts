/** About JSON as values, apart from any text. */
import type { Json } from "./tree.ts";

export type JsonObject = { readonly [key: string]: Json };

export function isJsonList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}

export function isJsonObject(json: Json | undefined): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** The member's value; `undefined` where there is none, or it is null, which says the same. */
export function memberValue(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? (object[name] ?? undefined) : undefined;
}

/**
 * Whether both say the same, in whatever order their members stand. Does not call itself: JSON may be nested to any
 * depth.
 */
export function sameJson(one: Json | undefined, other: Json | undefined): boolean {
  const open: [Json | undefined, Json | undefined][] = [[one, other]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [a, b] = pair;
    if (a === b) continue;
    if (isJsonList(a) && isJsonList(b)) {
      if (a.length !== b.length) return false;
      a.forEach((item, index) => open.push([item, b[index]]));
    } else if (isJsonObject(a) && isJsonObject(b)) {
      const names = Object.keys(a);
      if (names.length !== Object.keys(b).length) return false;
      for (const name of names) {
        if (!Object.hasOwn(b, name)) return false;
        open.push([a[name], b[name]]);
      }
    } else return false;
  }
  return true;
}

/** On one line, as people write it. */
export function spacedJson(value: Json): string {
  if (isJsonList(value)) return `[${value.map(spacedJson).join(", ")}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}: ${spacedJson(inner)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}
