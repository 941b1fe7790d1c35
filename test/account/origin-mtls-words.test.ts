import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { originAdvice } from "../../src/account/origin-mtls-words.ts";
import type { Origin } from "../../src/core/cloudfront/distribution.ts";
import { configOf } from "../../src/core/facts.ts";
import type { Verdict } from "../../src/core/probe/verdicts.ts";
import { readText } from "../core/checking.ts";
import { customConfig, customOrigin, distributionConfig, mtls } from "../core/configs.ts";

function origins(...ids: readonly string[]): readonly Origin[] {
  const config = distributionConfig(ids.map((id) => customOrigin(id, customConfig(mtls))));
  return configOf(readText(JSON.stringify(config)))?.distribution.origins ?? assert.fail();
}

const at = Date.parse("2026-12-01T10:00:00Z");
const proved = (verdict: Verdict) => () => ({ verdict, at });
const labelsOf = (lines: readonly { readonly label: string }[]): readonly string[] => lines.map(({ label }) => label);

describe("the order of work", () => {
  test("has CloudFront first where mTLS is enabled, then the origin, then a look at it", () => {
    const steps = labelsOf(originAdvice("enable", origins("o1"))).filter((label) =>
      label.startsWith("$(list-ordered)"),
    );
    assert.deepEqual(steps, [
      "$(list-ordered) 1. Update the distribution and wait until it is deployed",
      "$(list-ordered) 2. Then configure the origin to require the certificate",
      "$(list-ordered) 3. Then run Verify Origin to check that other clients are refused",
    ]);
  });

  test("says where an origin asks before CloudFront can answer, and what was proved before another certificate", () => {
    assert.equal(
      labelsOf(originAdvice("enable", origins("o1"), { proved: proved("enforced-tls") }))[0],
      "$(warning) o1 already requested a certificate on 2026-12-01",
    );
    const unasked = labelsOf(originAdvice("enable", origins("o1"), { proved: proved("does-not-ask") }));
    assert.ok(!unasked.some((label) => label.includes("already")));
    assert.deepEqual(
      labelsOf(originAdvice("change-certificate", origins("o1"), { proved: proved("asks-only") })).slice(2),
      ["$(warning) o1: asks but does not enforce, verified 2026-12-01"],
    );
    assert.deepEqual(
      labelsOf(originAdvice("change-certificate", origins("o1"), { proved: proved("enforced-http") })).slice(2),
      ["$(pass) o1: enforced by HTTP, verified 2026-12-01"],
    );
    assert.equal(originAdvice("change-certificate", origins("o1")).length, 2);
  });

  test("has the origin first where mTLS is disabled, and warns as long as it still asks", () => {
    for (const verdict of ["enforced-tls", "enforced-http", "asks-only"] as const)
      assert.deepEqual(labelsOf(originAdvice("disable", origins("o1"), { proved: proved(verdict) })).slice(0, 3), [
        "$(warning) o1 still requested a certificate on 2026-12-01",
        "$(list-ordered) 1. Configure the origin to stop requesting a client certificate",
        "$(list-ordered) 2. Then update the distribution",
      ]);
  });

  test("says of each origin whether somebody looked", () => {
    const lines = originAdvice("disable", origins("o1", "o2"), {
      inTemplate: true,
      proved: ({ id }) => (id === "o1" ? { verdict: "does-not-ask", at } : undefined),
    });
    assert.deepEqual(labelsOf(lines).slice(1, 4), [
      "$(list-ordered) 2. Then deploy the stack",
      "$(pass) o1 requested no certificate on 2026-12-01",
      "$(question) It is not known whether o2 still requests a certificate",
    ]);
  });
});
