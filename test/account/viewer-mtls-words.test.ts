import assert from "node:assert/strict";
import { test } from "node:test";
import { originAdvice } from "../../src/account/origin-mtls-words.ts";
import { viewerAdvice } from "../../src/account/viewer-mtls-words.ts";

const ofViewers =
  "$(info) Viewer mTLS is available with pay-as-you-go pricing and with the Premium plan. It is not available with the Free, Pro, and Business plans.";
const ofOrigins =
  "$(info) Origin mTLS is available with pay-as-you-go pricing and with the Business and Premium plans. It is not available with the Free and Pro plans.";

test("where mTLS is turned on, the preview says which plans have it", () => {
  for (const mode of ["required", "optional", "passthrough"] as const) {
    const lines = viewerAdvice({ kind: "enable", mode, trustStore: "ts_1", http: "https-only" });
    assert.equal(lines.filter(({ label }) => label === ofViewers).length, 1, mode);
  }
  assert.equal(originAdvice("enable", []).filter(({ label }) => label === ofOrigins).length, 1);
});

test("where it is turned off or changed, no plan is of interest", () => {
  const lines = [
    ...viewerAdvice({ kind: "disable" }),
    ...originAdvice("disable", []),
    ...originAdvice("change-certificate", []),
  ];
  assert.ok(lines.length > 0);
  assert.deepEqual(
    lines.filter(({ label }) => /pricing|plan/.test(label)),
    [],
  );
});
