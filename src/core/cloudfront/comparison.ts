import type { Json, Node, Tree } from "../document/tree.ts";
import { isJsonList, isJsonObject } from "../document/values.ts";
import { secretsOf } from "./secrets.ts";

/** Where in the right text the secrets begin that have a value in the left one too, and another one. */
export function changedSecrets(left: Tree, right: Tree): ReadonlySet<number> {
  const known = new Map([...secretsOf(left)].map((node) => [pathOf(node), valueIn(left, node)]));
  return new Set(
    [...secretsOf(right)].flatMap((node) =>
      isAnother(known.get(pathOf(node)), valueIn(right, node)) ? [node.start] : [],
    ),
  );
}

function isAnother(known: string | undefined, value: string): boolean {
  return known !== undefined && known !== value;
}

function valueIn({ text }: Tree, { start, end }: Node): string {
  return text.slice(start, end);
}

/** What items of lists go by. Of cache behaviors and the members of an origin group the order counts. */
const names = ["Id", "HeaderName", "ErrorCode", "EventType", "PathPattern", "OriginId"];
const unordered: readonly string[] = ["Id", "HeaderName", "ErrorCode", "EventType"];

/** Names what an item goes by, if any. */
function nameOfItem(item: Json | undefined, by: readonly string[]): string | undefined {
  if (!isJsonObject(item)) return undefined;
  const key = by.find((name) => typeof item[name] === "string" || typeof item[name] === "number");
  return key === undefined ? undefined : `${key}=${String(item[key])}`;
}

/** A value in the order of another: of members, and of items whose order says nothing. */
export function inOrderOf(model: Json | undefined, value: Json): Json {
  if (isJsonList(value)) return isJsonList(model) ? listInOrder(model, value) : value;
  if (!isJsonObject(value) || !isJsonObject(model)) return value;
  const keys = [
    ...Object.keys(model).filter((key) => Object.hasOwn(value, key)),
    ...Object.keys(value).filter((key) => !Object.hasOwn(model, key)),
  ];
  return Object.fromEntries(
    keys.flatMap((key) => (value[key] === undefined ? [] : [[key, inOrderOf(model[key], value[key])] as const])),
  );
}

function listInOrder(model: readonly Json[], items: readonly Json[]): Json {
  if (items.every((item) => typeof item === "string")) return sorted(items, model, (item) => String(item));
  const known = new Map(model.map((item) => [nameOfItem(item, names), item]));
  const laidOut = items.map((item, index) => {
    const name = nameOfItem(item, names);
    return inOrderOf(name === undefined ? model[index] : known.get(name), item);
  });
  return items.every((item) => nameOfItem(item, unordered) !== undefined)
    ? sorted(laidOut, model, (item) => nameOfItem(item, unordered) ?? "")
    : laidOut;
}

function sorted(items: readonly Json[], model: readonly Json[], keyOf: (item: Json) => string): Json[] {
  const places = new Map(model.map((item, index) => [keyOf(item), index]));
  const placeOf = (item: Json) => places.get(keyOf(item)) ?? model.length;
  return [...items].sort((a, b) => placeOf(a) - placeOf(b));
}

/** Says where a value stands, by what the items around it go by. */
export function pathOf(node: Node): string {
  const path: string[] = [];
  for (let child = node, parent = node.parent; parent !== undefined; child = parent, parent = parent.parent) {
    if (parent.kind === "list") path.push(nameOfNode(child) ?? String(parent.items.indexOf(child)));
    else path.push(parent.members.find(({ value }) => value === child)?.key ?? "");
  }
  return JSON.stringify(path);
}

function nameOfNode(node: Node): string | undefined {
  if (node.kind !== "object") return undefined;
  const name = names.flatMap((key) => node.members.filter((member) => member.key === key))[0];
  return name?.value?.kind === "scalar" ? `${name.key}=${String(name.value.value)}` : undefined;
}
