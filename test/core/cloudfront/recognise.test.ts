import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Json } from "../../../src/core/document/tree.ts";
import { configOf } from "../../../src/core/facts.ts";
import { problemsIn, readText } from "../checking.ts";
import { customOrigin, distributionConfig } from "../configs.ts";

/** What `--query` takes out of a distribution. */
function selection(more: { readonly [key: string]: Json }): Json {
  return {
    Enabled: true,
    Origins: { Quantity: 1, Items: [customOrigin("o1")] },
    DefaultCacheBehavior: { TargetOriginId: "o1", ViewerProtocolPolicy: "https-only" },
    ...more,
  };
}

const isWhole = (value: Json) => configOf(readText(JSON.stringify(value)))?.distribution.whole;

describe("a selection of a distribution's members", () => {
  for (const key of ["Id", "ARN", "Status", "DomainName", "LastModifiedTime"])
    test(`with ${key} is no whole config`, () => {
      for (const more of [{}, { Comment: "for the team" }])
        assert.notEqual(isWhole(selection({ [key]: "E2EXAMPLE11111", ...more })), true);
      assert.equal(isWhole(distributionConfig([customOrigin("o1")], { [key]: "E1" })), true);
    });

  test("of where requests go is no whole config", () => {
    assert.notEqual(isWhole(selection({ Comment: "", DefaultCacheBehavior: { TargetOriginId: "o1" } })), true);
    assert.equal(isWhole(selection({})), true);
  });

  test("has no finding, also where there are several", () => {
    const one = selection({ Id: "E2EXAMPLE11111", Comment: "first" });
    for (const value of [one, [one], [one, selection({ Id: "E2EXAMPLE22222", Comment: "second" })]])
      assert.deepEqual(problemsIn(JSON.stringify(value)), []);
  });
});

describe("what describes configs is none", () => {
  const schema = (name: string) => ({ $ref: `#/definitions/${name}` });
  const descriptions: Readonly<Record<string, Json>> = {
    "JSON Schema": {
      $schema: "http://json-schema.org/draft-07/schema#",
      properties: { CallerReference: { type: "string" }, Origins: { type: "object" }, Enabled: { type: "boolean" } },
    },
    "JSON Schema of few words": { CallerReference: { type: "string" }, Origins: schema("Origins") },
    OpenAPI: {
      components: {
        schemas: {
          DistributionConfig: {
            properties: { CallerReference: { description: "unique" }, Origins: schema("Origins") },
          },
          CustomOriginConfig: { properties: { OriginMtlsConfig: schema("OriginMtlsConfig") } },
        },
      },
    },
    "a model of an SDK": {
      shapes: {
        DistributionConfig: {
          members: { CallerReference: { shape: "string" }, Origins: { shape: "Origins" }, ViewerMtlsConfig: {} },
        },
      },
    },
    texts: { DistributionConfig: { CallerReference: "A unique value", Origins: "A complex type", Enabled: "Whether" } },
    "texts in depth": {
      CallerReference: "A unique value",
      DefaultCacheBehavior: { TargetOriginId: "The origin", ViewerProtocolPolicy: "The protocol" },
      Enabled: "Whether requests are accepted",
    },
    labels: { de: { CallerReference: "Referenz", Origins: { Quantity: "Anzahl", Items: "Liste" } } },
    "names of types": {
      CallerReference: "string",
      Origins: { Quantity: "integer", Items: [{ Id: "string", DomainName: "string" }] },
      DefaultCacheBehavior: { TargetOriginId: "string" },
      Enabled: "boolean",
    },
    "unions of types": { CallerReference: "string | undefined", Origins: "Origins | undefined", Enabled: "boolean" },
    flags: { CallerReference: true, Origins: true, DefaultCacheBehavior: true },
    paths: { CallerReference: ["*"], Origins: ["*"], ViewerMtlsConfig: ["*"] },
    "a sample of an answer": {
      CallerReference: "CallerReference",
      Origins: { Quantity: 0, Items: [{ Id: "Id", DomainName: "DomainName" }] },
      DefaultCacheBehavior: { TargetOriginId: "TargetOriginId" },
      Enabled: true,
    },
    "a part of viewer mTLS": { ViewerMtlsConfig: { type: "object", properties: { Mode: { type: "string" } } } },
    "the content of a part": { Mode: { type: "string" }, TrustStoreConfig: { TrustStoreId: { type: "string" } } },
    "a custom origin": { OriginProtocolPolicy: { enum: ["http-only"] }, HTTPSPort: { type: "integer" } },
    "texts about an origin": { DomainName: "The domain", CustomOriginConfig: { HTTPPort: "The port", HTTPSPort: "" } },
  };
  for (const [name, value] of Object.entries(descriptions))
    test(name, () => {
      assert.equal(configOf(readText(JSON.stringify(value))), undefined);
      assert.deepEqual(problemsIn(JSON.stringify(value)), []);
      assert.deepEqual(problemsIn(JSON.stringify([value])), []);
    });

  const configs: Readonly<Record<string, Json>> = {
    "what PowerShell cut": { CallerReference: "r", Origins: "@{Quantity=1; Items=System.Object[]}", Enabled: true },
    "numbers and flags as text": {
      CallerReference: "r",
      Origins: { Quantity: "1", Items: [customOrigin("o1")] },
      Enabled: "yes",
    },
    "a plain list": { CallerReference: "r", Origins: [customOrigin("o1")] },
    "one origin in place of the list": { CallerReference: "r", Origins: customOrigin("o1") },
    "no origins yet": { CallerReference: "", Origins: {} },
    templates: { CallerReference: "{{reference}}", Origins: "{{origins}}", Enabled: "{{enabled}}" },
    nulls: { CallerReference: null, Origins: null, DefaultCacheBehavior: null },
  };
  for (const [name, value] of Object.entries(configs))
    test(`but ${name} is a config`, () => assert.equal(isWhole(value), true));
});
