import { cursorAt } from "../document/cursor.ts";
import type { Container, Json, Node, ObjectNode, Tree } from "../document/tree.ts";
import type { Span } from "../text.ts";
import type { Completion } from "./assist.ts";
import { type MemberType, type Shape, shapeFor, type Vocabulary } from "./shape.ts";

/** Where in a subject a cursor stands. */
export interface Place {
  /** What is being written: the name of a member, or a value. */
  readonly at: "name" | "value";
  /** The shape of the object whose member is being named or given a value; `undefined` in a list. */
  readonly shape: Shape | undefined;
  readonly object: ObjectNode | undefined;
  /** The member whose value the cursor is at, or whose list it is in; `undefined` while a name is typed. */
  readonly key: string | undefined;
  /** What the value must be. */
  readonly type: MemberType | undefined;
  /** What is typed already and would be replaced; empty where nothing is. */
  readonly typed: Span;
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
  const cursor = cursorAt(tree, offset);
  if (cursor === undefined) return undefined;
  const { container, member, typed } = cursor;
  const ofContainer = typeOf(container, subject, type, vocabulary);
  if (ofContainer === undefined) return undefined;
  const shape = ofContainer.kind === "shape" ? vocabulary.get(ofContainer.shape) : undefined;
  const object = container.kind === "object" ? container : undefined;
  if (cursor.at === "name")
    return shape === undefined ? undefined : { at: "name", shape, object, key: undefined, type: undefined, typed };
  const ofValue =
    member === undefined ? (ofContainer.kind === "list" ? ofContainer.of : undefined) : shape?.members.get(member.key);
  return ofValue === undefined
    ? undefined
    : {
        at: "value",
        shape,
        object,
        key: member === undefined ? nameOf(container) : named(member.key, container),
        type: ofValue,
        typed,
      };
}

/** What a container must be, as the names from the subject down to it tell. */
function typeOf(container: Container, subject: Node, type: MemberType, vocabulary: Vocabulary): MemberType | undefined {
  if (container === subject) return type;
  const { parent } = container;
  const outer = parent === undefined ? undefined : typeOf(parent, subject, type, vocabulary);
  if (outer?.kind === "list") return parent?.kind === "list" ? outer.of : undefined;
  const key = keyOf(container);
  return outer?.kind !== "shape" || key === undefined ? undefined : vocabulary.get(outer.shape)?.members.get(key);
}

/** The name of the member that a container is the value of. */
function keyOf(container: Container): string | undefined {
  const { parent } = container;
  return parent?.kind === "object" ? parent.members.find(({ value }) => value === container)?.key : undefined;
}

/** "Items" alone says little: they go by the name of their list. */
function named(key: string, container: Container): string | undefined {
  return key === "Items" ? nameOf(container) : key;
}

function nameOf(container: Container): string | undefined {
  const key = keyOf(container);
  if (key !== undefined && key !== "Items") return key;
  return container.parent === undefined ? undefined : nameOf(container.parent);
}

/**
 * The members that an object does not have yet, those that are required first.
 * @param detail what is said beside a name
 */
export function offeredNames(
  { shape, object, typed }: Place,
  detail: (type: MemberType, isRequired: boolean) => Completion["detail"],
): Completion[] {
  if (shape === undefined) return [];
  const there = new Set(object?.members.filter(({ keySpan }) => keySpan.start !== typed.start).map(({ key }) => key));
  return [...shape.members]
    .filter(([key]) => !there.has(key))
    .map(([key, type]): Completion => {
      const required = shape.required.includes(key);
      return {
        kind: "member",
        label: key,
        detail: detail(type, required),
        replace: typed,
        key,
        value: initial(type, shape),
        required,
      };
    })
    .sort((a, b) => Number(b.required) - Number(a.required));
}

/** For beside a name: the values that its member may have, where the vocabulary lists them. */
export function listedValues(type: MemberType): string {
  return valuesOf(type).join(" | ");
}

function valuesOf(type: MemberType | undefined): readonly (string | boolean)[] {
  return type?.kind === "enum" ? type.values : type?.kind === "boolean" ? [true, false] : [];
}

/** The values that the vocabulary lists. */
export function offeredValues(place: Place): Completion[] {
  const { type, key } = place;
  return valuesOf(type).map((value) => offerOf(place, value, key ?? ""));
}

export function offerOf({ typed }: Place, value: Json, detail: Completion["detail"]): Completion {
  return { kind: "value", label: String(value), detail, replace: typed, value, required: false };
}

/** What a new member starts with: what the API requires below it, and nothing made up. */
function initial(type: MemberType, within: Shape): Json {
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
      const { starts, required, members } = shape;
      return (
        starts ??
        Object.fromEntries(
          required.map((key) => {
            const inner = members.get(key);
            return [key, inner === undefined || inner.kind === "shape" ? {} : initial(inner, shape)];
          }),
        )
      );
    }
  }
}
