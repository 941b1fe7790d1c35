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
