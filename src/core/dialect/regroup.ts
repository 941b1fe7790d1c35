import type { Change } from "../document/change.ts";
import { jsonOf } from "../document/plain.ts";
import { isComputed, type Json, type Member, memberOf, type Node, type ObjectNode } from "../document/tree.ts";

/** What the API calls a member, wherever it stands and however it is written; `undefined`: not known. */
export type KeyOf = (member: Member) => string | undefined;

/**
 * The changes that bring members into an object that there is; `undefined` where something like it stands there, two
 * mean the same, or a name or value is not known.
 */
export function intoObject(to: ObjectNode, members: readonly Member[], keyOf: KeyOf): readonly Change[] | undefined {
  const values = valuesOf(members, keyOf);
  if (values === undefined || values.some(([key]) => memberOf(to, key) !== undefined)) return undefined;
  if (isLostAnew(members, keyOf)) return undefined;
  return members.flatMap((member, index): Change[] => {
    const [key, value] = values[index] ?? [];
    if (key === undefined) return [];
    if (isSpelledRightWithin(member, keyOf)) return [{ kind: "move", member, to, ...named(member, key) }];
    if (value === undefined) return [];
    return [
      { kind: "remove", entry: member },
      { kind: "add", to, key, value },
    ];
  });
}

/** The changes that put an object around members; `undefined` where its name is taken, and as above. */
export function intoNewObject(
  node: ObjectNode,
  name: string,
  members: readonly Member[],
  keyOf: KeyOf,
): readonly Change[] | undefined {
  const values = memberOf(node, name) === undefined ? valuesOf(members, keyOf) : undefined;
  if (values === undefined) return undefined;
  if (members.every((member) => isSpelledRightWithin(member, keyOf))) {
    const enclosed = members.map((member, index) => ({ member, ...named(member, values[index]?.[0]) }));
    return [{ kind: "enclose", to: node, key: name, members: enclosed }];
  }
  const written = values.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  if (written.length < values.length) return undefined;
  return [
    ...members.map((entry): Change => ({ kind: "remove", entry })),
    { kind: "add", to: node, key: name, value: Object.fromEntries(written) },
  ];
}

/** Whether a member has to be written anew, and has a value that is not known. */
function isLostAnew(members: readonly Member[], keyOf: KeyOf): boolean {
  return members.some((member) => isComputed(member.value) && !isSpelledRightWithin(member, keyOf));
}

/** The name that a member gets, where it is another one. */
function named(member: Member, key: string | undefined): { readonly key?: string } {
  return key === undefined || key === member.key ? {} : { key };
}

function isSpelledRightWithin(member: Member, keyOf: KeyOf): boolean {
  return membersIn(member.value).every((inner) => keyOf(inner) === inner.key);
}

function membersIn(value: Node | undefined): readonly Member[] {
  return value?.kind === "object" ? value.members : [];
}

function valuesOf(
  members: readonly Member[],
  keyOf: KeyOf,
): readonly (readonly [key: string, value: Json | undefined])[] | undefined {
  const values = new Map<string, Json | undefined>();
  for (const member of members) {
    const key = keyOf(member);
    const value = valueOf(member.value, keyOf);
    // What is not known goes as it is written.
    const isKnown = value !== undefined || isComputed(member.value);
    if (key === undefined || !isKnown || values.has(key)) return undefined;
    values.set(key, value);
  }
  return [...values];
}

function valueOf(value: Node | undefined, keyOf: KeyOf): Json | undefined {
  if (value?.kind !== "object") return value === undefined ? undefined : jsonOf(value);
  const inner = valuesOf(value.members, keyOf);
  const known = inner?.flatMap(([key, one]) => (one === undefined ? [] : [[key, one] as const]));
  return known === undefined || known.length !== inner?.length ? undefined : Object.fromEntries(known);
}
