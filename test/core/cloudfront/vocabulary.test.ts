// The vocabulary is written by hand; the AWS SDK's typings of the same service model say whether it is right.
import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { cloudFormationSpelling, meantMember, shapeOf, shapes } from "../../../src/core/cloudfront/vocabulary.ts";
import type { MemberType, Shape } from "../../../src/core/dialect/shape.ts";

/** An interface or an enum of the SDK: its members with their types as written, or its values. */
interface Sdk {
  readonly interfaces: ReadonlyMap<string, ReadonlyMap<string, { readonly type: string; readonly required: boolean }>>;
  readonly enums: ReadonlyMap<string, readonly string[]>;
}

function readSdk(): Sdk {
  const folder = join(import.meta.dirname, "../../../node_modules/@aws-sdk/client-cloudfront/dist-types/models");
  const text = ["models_0", "models_1", "enums"]
    .map((name) => readFileSync(join(folder, `${name}.d.ts`), "utf8").replaceAll(/\/\*\*[^]*?\*\//g, ""))
    .join("\n");
  const interfaces = new Map(
    [...text.matchAll(/export interface (\w+) \{([^}]*)\}/g)].map(([, name = "", body = ""]) => [
      name,
      new Map(
        [...body.matchAll(/^\s+(\w+)(\??): ([\w[\]]+) \| undefined;$/gm)].map(
          ([, member = "", optional, type = ""]) => [member, { type, required: optional === "" }],
        ),
      ),
    ]),
  );
  const enums = new Map(
    [...text.matchAll(/export declare const (\w+): \{([^}]*)\}/g)].map(([, name = "", body = ""]) => [
      name,
      [...body.matchAll(/: "([^"]*)"/g)].map(([, value = ""]) => value),
    ]),
  );
  return { interfaces, enums };
}

const sdk = readSdk();

/**
 * A type of the vocabulary as the SDK writes it; enumerations by their values, since the vocabulary has no names for
 * them.
 */
function written(type: MemberType): string {
  switch (type.kind) {
    case "shape":
      return type.shape;
    case "list":
      return `${written(type.of)}[]`;
    case "enum":
      return [...type.values].sort().join("|");
    default:
      return type.kind;
  }
}

function writtenBySdk(type: string): string {
  if (type.endsWith("[]")) return `${writtenBySdk(type.slice(0, -2))}[]`;
  return sdk.enums.get(type)?.toSorted().join("|") ?? type;
}

/** Every difference between a shape and the SDK's interface, in words. */
function differences({ name, members, required }: Shape): string[] {
  const theirs = sdk.interfaces.get(name);
  if (theirs === undefined) return [`the SDK has no ${name}`];
  return [
    ...[...theirs.keys()].filter((key) => !members.has(key)).map((key) => `${name}.${key} is missing`),
    ...[...members].flatMap(([key, type]) => {
      const member = theirs.get(key);
      if (member === undefined) return [`${name}.${key} is not in the SDK`];
      const found: string[] = [];
      if (member.required !== required.includes(key))
        found.push(`${name}.${key} is ${member.required ? "required" : "optional"} in the SDK`);
      if (written(type) !== writtenBySdk(member.type))
        found.push(`${name}.${key} is ${writtenBySdk(member.type)} in the SDK, not ${written(type)}`);
      return found;
    }),
  ];
}

/** Shapes that a config can hold, by the SDK. */
function reachable(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const { type } of sdk.interfaces.get(name)?.values() ?? []) {
    const part = type.replace("[]", "");
    if (sdk.interfaces.has(part)) reachable(part, found);
  }
  return found;
}

describe("the vocabulary", () => {
  test("is compared with a model that was read", () => {
    assert.ok(sdk.interfaces.size > 100);
    assert.ok(sdk.enums.size > 20);
    assert.deepEqual(
      [...(sdk.interfaces.get("OriginMtlsConfig") ?? [])],
      [["ClientCertificateArn", { type: "string", required: true }]],
    );
    assert.equal(sdk.interfaces.get("DistributionConfig")?.size, shapeOf("DistributionConfig").members.size);
  });

  test("has the SDK's members, required or not, with their types and values", () => {
    assert.deepEqual([...shapes.values()].flatMap(differences), []);
  });

  test("has every shape that a config can hold, and no other", () => {
    assert.deepEqual([...shapes.keys()].toSorted(), [...reachable("DistributionConfig")].toSorted());
  });

  test("limits what it limits to sensible ranges", () => {
    const limited = [...shapes.values()]
      .flatMap(({ members }) => [...members])
      .filter(([, type]) => type.kind === "number" && type.most !== undefined);
    assert.deepEqual([...new Set(limited.map(([key]) => key))].toSorted(), [
      "ConnectionAttempts",
      "ConnectionTimeout",
      "OriginKeepaliveTimeout",
      "OriginReadTimeout",
    ]);
    assert.ok(limited.every(([, type]) => type.kind === "number" && (type.least ?? 0) < (type.most ?? 0)));
  });

  test("keeps header values secret", () => {
    assert.deepEqual(shapeOf("OriginCustomHeader").members.get("HeaderValue"), { kind: "string", secret: true });
  });
});

describe("what an unknown member means", () => {
  test("is CloudFormation's spelling, where the shape has the member", () => {
    const has = (key: string): boolean => [...shapes.values()].some(({ members }) => members.has(key));
    for (const [theirs, ours] of cloudFormationSpelling) {
      assert.ok(has(ours), ours);
      assert.ok(!has(theirs), theirs);
    }
    assert.equal(meantMember("OriginSSLProtocols", shapeOf("CustomOriginConfig")), "OriginSslProtocols");
    assert.equal(meantMember("Locations", shapeOf("GeoRestriction")), "Items");
    assert.equal(meantMember("Locations", shapeOf("S3OriginConfig")), undefined);
  });

  test("is a near name, or nothing", () => {
    assert.equal(meantMember("connectionAttempts", shapeOf("Origin")), "ConnectionAttempts");
    assert.equal(meantMember("HttpPort", shapeOf("CustomOriginConfig")), "HTTPPort");
    assert.equal(meantMember("Weight", shapeOf("Origin")), undefined);
  });
});
