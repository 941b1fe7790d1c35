import assert from "node:assert/strict";
import { test } from "node:test";
import type { objectAt } from "../../../../src/core/document/tree.ts";
import { explainMember } from "../../../../src/core/messages/explain/cloudfront.ts";
import { readText } from "../../checking.ts";
import { customConfig, customOrigin, distributionConfig, mtls } from "../../configs.ts";

test("where mTLS is turned on, a hover says which plans have it", () => {
  const config = distributionConfig([customOrigin("o1", customConfig(mtls))], {
    ViewerMtlsConfig: { Mode: "required", TrustStoreConfig: { TrustStoreId: "ts_1" } },
  });
  const { subjects } = readText(JSON.stringify(config));
  const [subject] = subjects;
  assert.ok(subject?.kind === "distribution");
  const { distribution } = subject;
  const told = (object: ReturnType<typeof objectAt>, key: string): string => {
    const member = object?.members.find((one) => one.key === key);
    assert.ok(member !== undefined);
    return explainMember(member)?.text.join(" ") ?? "";
  };
  const ofOrigin = told(distribution.origins[0]?.custom, "OriginMtlsConfig");
  assert.match(ofOrigin, /pay-as-you-go pricing and with the Business and Premium plans/);
  assert.match(ofOrigin, /not available with the Free and Pro plans/);
  const ofViewers = told(distribution.node, "ViewerMtlsConfig");
  assert.match(ofViewers, /pay-as-you-go pricing and with the Premium plan\./);
});
