import * as assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../../src/core/document/tree.ts";
import { fixAll } from "../../../src/core/fixes.ts";
import { fixedAllText, nothingFixedText } from "../../../src/core/messages/fixed-all.ts";
import { context, onFault, problemsIn, readText } from "../checking.ts";
import { customConfig, customOrigin, distributionConfig } from "../configs.ts";

/** What is said after all safe fixes of a config. */
function said(config: object): string {
  const text = JSON.stringify(config);
  const fixed = fixAll(readText(text), context, onFault).text;
  return fixed === text ? nothingFixedText(problemsIn(text)) : fixedAllText(problemsIn(text), problemsIn(fixed));
}

const origins = (more: Readonly<Record<string, Json>>) => [customOrigin("o1", customConfig(more))];

test("fix all says how many problems of which rules it fixed", () => {
  const config = distributionConfig(origins({ OriginSslProtocols: { Quantity: 2, Items: ["TLSv1.2"] } }), {
    Aliases: { Quantity: 3, Items: ["a.example.com"] },
  });
  assert.equal(said(config), "Fixed 2 problems: distribution/quantity (2). No problems are left.");
});

test("fix all says what is left, and why: a decision is needed, or there is no fix", () => {
  const config = distributionConfig(origins({ OriginSslProtocols: { Quantity: 2, Items: ["TLSv1.2"] } }), {
    PriceClass: "priceclass_100",
    Enabled: "perhaps",
  });
  assert.equal(
    said(config),
    "Fixed 1 problem: distribution/quantity. Your decision is needed for distribution/enum-value: see the Quick Fixes. There is no automatic fix for distribution/member-type.",
  );
});

test("fix all claims no number where there were more problems than are counted", () => {
  const config = distributionConfig(
    Array.from({ length: 1001 }, (_, index) =>
      customOrigin(`o${index}`, customConfig({ OriginSslProtocols: { Quantity: 2, Items: ["TLSv1.2"] } })),
    ),
  );
  assert.equal(
    said(config),
    "Fixed at least 1,000 problems: distribution/quantity (1,000). There is no automatic fix for distribution/range.",
  );
  const counted = problemsIn(JSON.stringify(config));
  assert.match(fixedAllText(counted, counted), /^All safe fixes were applied\. Your decision is needed for /);
});

test("fix all says so where there is nothing that it fixes", () => {
  assert.equal(said(distributionConfig(origins({}))), "There are no problems in this file.");
  assert.equal(
    said(distributionConfig(origins({}), { Enabled: "perhaps" })),
    "No problem in this file can be fixed without a decision. There is no automatic fix for distribution/member-type.",
  );
});
