// What the elements of lists are called, and what the scalars on the wire are: the AWS SDK's own schemas say whether
// the vocabulary is right.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DistributionConfig$ } from "@aws-sdk/client-cloudfront";
import { shapeOf } from "../../../src/core/cloudfront/vocabulary.ts";
import type { MemberType } from "../../../src/core/dialect/shape.ts";

/**
 * A schema as the SDK lays it out: `[kind, namespace, name, traits, …]`, or a number; `() => schema` or `[schema,
 * traits]` where it is used.
 */
type Schema = number | (() => Schema) | readonly unknown[];

const simple: Readonly<Record<number, MemberType["kind"]>> = { 0: "string", 1: "number", 2: "boolean" };

interface Resolved {
  readonly kind: "simple" | "list" | "shape";
  readonly schema: Schema;
  readonly traits: Readonly<Record<string, unknown>>;
}

function resolve(schema: Schema, traits: Readonly<Record<string, unknown>> = {}): Resolved {
  if (typeof schema === "function") return resolve(schema(), traits);
  if (typeof schema === "number") return { kind: "simple", schema, traits };
  const [first, second] = schema;
  if (typeof second !== "string")
    return resolve(first as Schema, typeof second === "object" ? (second as Readonly<Record<string, unknown>>) : {});
  // A simple type with a name of its own says in its fifth place what it is.
  if (first === 0) return resolve(schema[4] as Schema, traits);
  return { kind: first === 3 ? "shape" : "list", schema, traits };
}

interface Compared {
  readonly lists: Map<string, string>;
  readonly wrong: string[];
}

function compareShape(schema: Schema, name: string, compared: Compared, seen = new Set<string>()): Compared {
  if (seen.has(name)) return compared;
  seen.add(name);
  assert.ok(Array.isArray(schema));
  const [, , theirs, , members, types] = schema as [
    number,
    string,
    string,
    unknown,
    readonly string[],
    readonly Schema[],
  ];
  if (theirs !== name) compared.wrong.push(`${name} is ${theirs} in the SDK`);
  const { members: ours } = shapeOf(name);
  members.forEach((member, index) => {
    const type = ours.get(member);
    const place = `${name}.${member}`;
    const resolved = resolve(types[index] ?? 0);
    if (type === undefined) compared.wrong.push(`${place} is missing`);
    // Otherwise the element would not be called after the member, or would not be an element.
    else if (Object.keys(resolved.traits).length > 0)
      compared.wrong.push(`${place} has ${JSON.stringify(resolved.traits)}`);
    else compareType(resolved, type, place, compared, seen);
  });
  return compared;
}

function compareType(
  { kind, schema }: Resolved,
  type: MemberType,
  place: string,
  compared: Compared,
  seen: Set<string>,
): void {
  if (kind === "simple") {
    const theirs = simple[Number(schema)];
    const ours = type.kind === "enum" ? "string" : type.kind;
    if (theirs !== ours) compared.wrong.push(`${place} is ${theirs} in the SDK, not ${ours}`);
  } else if (kind === "shape") {
    if (type.kind !== "shape") compared.wrong.push(`${place} is a shape in the SDK`);
    else compareShape(schema, type.shape, compared, seen);
  } else {
    if (type.kind !== "list" || !Array.isArray(schema))
      return void compared.wrong.push(`${place} is a list in the SDK`);
    const items = resolve(schema[4] as Schema);
    const name = String(items.traits["xmlName"] ?? "member");
    compared.lists.set(place, name);
    if (name !== type.item) compared.wrong.push(`items of ${place} are <${name}> in the SDK, not <${type.item}>`);
    compareType(items, type.of, place, compared, seen);
  }
}

describe("the vocabulary of the wire", () => {
  const { lists, wrong } = compareShape(DistributionConfig$ as Schema, "DistributionConfig", {
    lists: new Map(),
    wrong: [],
  });

  test("is the SDK's: element names of list items, types of scalars, and nothing that is an attribute or called otherwise", () => {
    assert.deepEqual(wrong, []);
  });

  test("was compared with schemas that were read", () => {
    assert.deepEqual([...lists].map(([place, name]) => `${place} ${name}`).toSorted(), [
      "Aliases.Items CNAME",
      "AllowedMethods.Items Method",
      "CacheBehaviors.Items CacheBehavior",
      "CachedMethods.Items Method",
      "CookieNames.Items Name",
      "CustomErrorResponses.Items CustomErrorResponse",
      "CustomHeaders.Items OriginCustomHeader",
      "FunctionAssociations.Items FunctionAssociation",
      "GeoRestriction.Items Location",
      "Headers.Items Name",
      "LambdaFunctionAssociations.Items LambdaFunctionAssociation",
      "OriginGroupMembers.Items OriginGroupMember",
      "OriginGroups.Items OriginGroup",
      "OriginSslProtocols.Items SslProtocol",
      "Origins.Items Origin",
      "QueryStringCacheKeys.Items Name",
      "StatusCodes.Items StatusCode",
      "TenantConfig.ParameterDefinitions member",
      "TrustedKeyGroups.Items KeyGroup",
      "TrustedSigners.Items AwsAccountNumber",
    ]);
  });

  test("would see a difference", () => {
    const schema = [
      3,
      "n",
      "Aliases",
      0,
      ["Quantity", "Items"],
      [0, [() => [1, "n", "AliasList", 0, [0, { xmlName: "Alias" }]], 0]],
    ] as const;
    assert.deepEqual(compareShape(schema, "Aliases", { lists: new Map(), wrong: [] }).wrong, [
      "Aliases.Quantity is string in the SDK, not number",
      "items of Aliases.Items are <Alias> in the SDK, not <CNAME>",
    ]);
  });
});
