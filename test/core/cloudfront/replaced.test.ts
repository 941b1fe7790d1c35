import assert from "node:assert/strict";
import { test } from "node:test";
import { replacedBy } from "../../../src/core/cloudfront/replaced.ts";
import type { Json } from "../../../src/core/document/tree.ts";
import { configOf } from "../../../src/core/facts.ts";
import { readText } from "../checking.ts";
import { customConfig, customOrigin, distributionConfig } from "../configs.ts";

const config = distributionConfig([customOrigin("o1", customConfig())]);

/** What a document says of what it replaces. */
function said(document: Json): readonly (string | undefined)[] {
  const found = configOf(readText(JSON.stringify(document))) ?? assert.fail("no config");
  const { id, etag } = replacedBy(found);
  return [id, etag];
}

test("what an update replaces is said beside its config, or in it", () => {
  const documents: readonly (readonly [name: string, document: Json, ...expected: (string | undefined)[]])[] = [
    ["nowhere", config, undefined, undefined],
    ["beside it", { ETag: "E1", DistributionConfig: config }, undefined, "E1"],
    ["as parameters", { Id: "E9", IfMatch: "E1", DistributionConfig: config }, "E9", "E1"],
    ["in it", { ETag: "E1", ...config }, undefined, "E1"],
    ["behind its members", { ...config, IfMatch: "E1", DistributionId: "E9" }, "E9", "E1"],
    ["in both: the answer's", { ETag: "E1", DistributionConfig: { ...config, ETag: "E2" } }, undefined, "E1"],
    ["in one of two", { ETag: "E1", DistributionConfig: { DistributionConfig: config } }, undefined, "E1"],
    ["in the inner answer", { DistributionConfig: { ETag: "E1", DistributionConfig: config } }, undefined, "E1"],
    ["twice, and not the same", { ...config, ETag: "E1", IfMatch: "E2" }, undefined, undefined],
    ["twice, and the same", { ...config, ETag: "E1", IfMatch: "E1" }, undefined, "E1"],
    ["as what is no version", { ...config, ETag: "$(id)", Id: 7 }, undefined, undefined],
    ["beside it, but as what is none", { ETag: '"E1"', DistributionConfig: config }, undefined, undefined],
  ];
  assert.deepEqual(
    documents.map(([name, document]) => [name, ...said(document)]),
    documents.map(([name, , ...expected]) => [name, ...expected]),
  );
});
