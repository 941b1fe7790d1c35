// What every finding below an origin tells: the origin it is about, which is what a suppression names.
import * as assert from "node:assert/strict";
import { test } from "node:test";
import { problemsIn } from "../checking.ts";
import { counted, customConfig, customOrigin, distributionConfig } from "../configs.ts";

test("findings below an origin name it, others name none", () => {
  const wrong = customOrigin(
    "o2",
    {
      ...customConfig({
        IpAddressType: "ipv44",
        OriginReadTimeout: 500,
        OriginSslProtocols: { Quantity: 2, Items: ["TLSv1.2"] },
      }),
      HTTPPort: "80",
    },
    { OriginPaht: "", CustomHeaders: counted([{ HeaderName: "x" }]) },
  );
  const found = problemsIn(
    JSON.stringify(
      distributionConfig([customOrigin("o1"), wrong], {
        HttpVersion: "HTTP2",
        Colour: 1,
        Enabled: "true",
        Aliases: { Quantity: 1, Items: [] },
      }),
    ),
  );
  assert.deepEqual(found.map(({ rule, origin }) => `${rule.id} ${origin}`).toSorted(), [
    "distribution/enum-value o2",
    "distribution/enum-value undefined",
    "distribution/member-type o2",
    "distribution/member-type undefined",
    "distribution/quantity o2",
    "distribution/quantity undefined",
    "distribution/range o2",
    "distribution/required-member o2",
    "distribution/unknown-member o2",
    "distribution/unknown-member undefined",
  ]);
});
