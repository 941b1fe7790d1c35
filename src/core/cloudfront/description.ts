import { isTemplated } from "../arn.ts";
import { lostIn } from "../dialect/lost-text.ts";
import { type MemberType, type Shape, shapeFor } from "../dialect/shape.ts";
import { type Node, type ObjectNode, stringOf, valueOf } from "../document/tree.ts";
import { type ShapeName, shapeOf } from "./vocabulary.ts";

/** Objects in each other that are looked into: enough to tell, and the same work for every size. */
const deepest = 3;

/**
 * Whether what stands at the names of a shape speaks of its members instead of giving them values: a schema, a model
 * of the API, texts for people.
 */
export function isDescription(node: ObjectNode, name: ShapeName): boolean {
  const shape = shapeOf(name);
  // What decides of a config that it is one.
  const reference = valueOf(node, "CallerReference");
  if (name === "DistributionConfig" && reference !== undefined && isSchema(reference)) return true;
  const origins = valueOf(node, "Origins");
  const ofOrigins = name === "DistributionConfig" ? shape.members.get("Origins") : undefined;
  if (origins !== undefined && ofOrigins !== undefined && fit(origins, ofOrigins, shape, 1) < 0) return true;
  return fitOfMembers(node, shape, 0) < 0;
}

/** Above 0: more of its values are values of their members than are not; below: fewer. */
function fitOfMembers(node: ObjectNode, shape: Shape, depth: number): number {
  let sum = 0;
  for (const { key, value } of node.members) {
    const type = shape.members.get(key);
    if (type !== undefined && value !== undefined) sum += Math.sign(fit(value, type, shape, depth + 1));
  }
  return sum;
}

function fit(value: Node, type: MemberType, shape: Shape, depth: number): number {
  if (value.kind === "computed" || (value.kind === "scalar" && (value.value ?? "") === "")) return 0;
  const text = stringOf(value);
  if (text !== undefined && (isTemplated(text) || lostIn(value, type) !== undefined)) return 1;
  switch (type.kind) {
    case "string":
      return isSchema(value) || isTypeName(text) ? -1 : 0;
    case "enum":
      return text !== undefined && type.values.includes(text) ? 1 : isSchema(value) || isTypeName(text) ? -1 : 0;
    case "boolean":
      return isScalar(value, "boolean") || /^(true|false|yes|no|on|off)$/i.test(text ?? "") ? 1 : -1;
    case "number":
      return isScalar(value, "number") || /^\d+$/.test(text ?? "") ? 1 : -1;
    case "list":
      return value.kind === "list" ? fitOfItems(value.items, type.of, shape, depth) : isWords(text, type) ? 0 : -1;
    case "shape":
      return fitOfShape(value, type, shape, depth);
  }
}

function fitOfShape(value: Node, type: MemberType, within: Shape, depth: number): number {
  const shape = shapeFor(type, within);
  if (shape === undefined || value.kind === "scalar") return -1;
  const of = shape.members.get("Items");
  if (value.kind === "list") return of?.kind === "list" ? fitOfItems(value.items, of.of, shape, depth) : 0;
  if (value.kind !== "object" || value.members.length === 0) return 0;
  const own = value.members.filter(({ key }) => shape.members.has(key));
  if (own.length > 0) return depth < deepest ? fitOfMembers(value, shape, depth) : 0;
  // One item in place of its list.
  const item = of?.kind === "list" ? shapeFor(of.of, shape) : undefined;
  const isItem = item !== undefined && value.members.some(({ key }) => item.members.has(key));
  return isItem && depth < deepest ? fitOfMembers(value, item, depth) : isSchema(value) ? -1 : 0;
}

/** The first stands for all. */
function fitOfItems(items: readonly Node[], type: MemberType, shape: Shape, depth: number): number {
  const [first] = items;
  if (first === undefined) return 0;
  if (type.kind !== "shape") return isSchema(first) || isTypeName(stringOf(first)) ? -1 : 0;
  const found = fitOfShape(first, type, shape, depth);
  return found === 0 && first.kind === "object" ? 1 : found;
}

function isScalar(value: Node, type: "boolean" | "number"): boolean {
  return value.kind === "scalar" && typeof value.value === type;
}

/** Words of a list in place of it. */
function isWords(text: string | undefined, type: MemberType): boolean {
  return text !== undefined && type.kind === "list" && type.of.kind !== "shape";
}

/** What JSON Schema, OpenAPI and the models of SDKs have at a name. */
const schemaKeys =
  /^(\$ref|type|shape|properties|members|items|description|documentation|required|enum|format|target|anyOf|oneOf|allOf|title|label|default|example|locationName|traits)$/;

function isSchema(value: Node): boolean {
  return value.kind === "object" && value.members.some(({ spelled }) => schemaKeys.test(spelled));
}

function isTypeName(text: string | undefined): boolean {
  return (
    text !== undefined &&
    /^<?(string|str|text|boolean|bool|number|integer|int|object|array|list|enum)>?\??$/i.test(text)
  );
}
