// What the sandbox takes from the SDK, held against the SDK.

import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import * as acm from "@aws-sdk/client-acm";
import * as cloudfront from "@aws-sdk/client-cloudfront";
import { limits } from "./limits.ts";
import { enums, type Shape, shapeOf } from "./schema.ts";

/**
 * As in `CustomOriginConfig.OriginProtocolPolicy` → `OriginProtocolPolicy`: members whose type is an enum in the SDK's
 * declarations.
 */
function declared(client: string): ReadonlyMap<string, string> {
  const folder = join(dirname(createRequire(import.meta.url).resolve(client)), "../dist-types/models");
  const read = (name: string): string => readFileSync(join(folder, name), "utf8").replaceAll(/\/\*[^]*?\*\//g, "");
  const names = new Set([...read("enums.d.ts").matchAll(/export type (\w+) = /g)].map(([, name]) => name));
  const found = new Map<string, string>();
  for (const [, structure, content = ""] of read("models_0.d.ts").matchAll(/export interface (\w+) \{([^]*?)\n\}/g)) {
    for (const [, member, type = ""] of content.matchAll(/(\w+)\??: (\w+)(?:\[\])? \| undefined/g))
      if (names.has(type)) found.set(`${structure}.${member}`, type);
  }
  return found;
}

/** Names of all structures that can stand in one. */
function structuresIn(schema: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (shape: Shape): void => {
    if (shape.kind === "list") return visit(shape.item());
    if (shape.kind === "scalar" || found.has(shape.name)) return;
    found.add(shape.name);
    for (const member of shape.members.values()) visit(member.shape());
  };
  visit(shapeOf(schema));
  return found;
}

describe("enums", () => {
  for (const [client, schemas, module] of [
    ["@aws-sdk/client-cloudfront", [cloudfront.DistributionConfig$], cloudfront],
    [
      "@aws-sdk/client-acm",
      [acm.ListCertificatesRequest$, acm.DescribeCertificateRequest$, acm.GetCertificateRequest$],
      acm,
    ],
  ] as const) {
    test(`are all those that may be sent to ${client}`, () => {
      const structures = new Set(schemas.flatMap((schema) => [...structuresIn(schema)]));
      const expected = [...declared(client)].filter(([place]) => structures.has(place.split(".")[0] ?? ""));
      assert.ok(expected.length >= 9, `${expected.length}`);
      for (const [place, name] of expected) assert.deepEqual(enums[place], Reflect.get(module, name), place);
    });
  }

  test("name nothing that is not there", () => {
    const places = new Set([
      ...declared("@aws-sdk/client-cloudfront").keys(),
      ...declared("@aws-sdk/client-acm").keys(),
    ]);
    assert.deepEqual(
      Object.keys(enums).filter((place) => !places.has(place)),
      [],
    );
  });
});

describe("schemas", () => {
  test("say what is required, and how lists are named on the wire", () => {
    const config = shapeOf(cloudfront.DistributionConfig$);
    assert.ok(config.kind === "structure");
    assert.deepEqual(
      [...config.members].flatMap(([name, { required }]) => (required ? [name] : [])),
      ["CallerReference", "Origins", "DefaultCacheBehavior", "Comment", "Enabled"],
    );
    const origins = config.members.get("Origins")?.shape();
    const items = origins?.kind === "structure" ? origins.members.get("Items")?.shape() : undefined;
    assert.ok(items?.kind === "list");
    assert.equal(items.itemName, "Origin");
    const aliases = config.members.get("Aliases")?.shape();
    const names = aliases?.kind === "structure" ? aliases.members.get("Items")?.shape() : undefined;
    assert.deepEqual(names?.kind === "list" ? [names.itemName, names.item()] : undefined, [
      "CNAME",
      { kind: "scalar", type: "string" },
    ]);
  });

  test("know every code of the limits", () => {
    for (const { code, most, source } of Object.values(limits)) {
      assert.ok(code in cloudfront || code in acm, code);
      assert.ok(most > 0 && source.length > 20);
    }
  });
});
