import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type KnownProofs, provedOrigin, provedTarget } from "../../src/account/proved-target.ts";
import { configOf } from "../../src/core/facts.ts";
import { proofAlone } from "../../src/core/messages/probe/proof.ts";
import type { Proof, ProvedSettings } from "../../src/core/probe/proof.ts";
import { readText } from "../core/checking.ts";
import { certificate, customConfig, customOrigin, distributionConfig, mtls, s3Origin } from "../core/configs.ts";

const proof: Proof = {
  ...{ role: "origin", host: "o1.example.com", port: 443, name: "o1.example.com" },
  ...{ verdict: "enforced-tls", at: Date.parse("2026-12-01T10:00:00Z"), addresses: [], keys: [], settings: "" },
};

function knowing(host: string): KnownProofs & { readonly asked: ProvedSettings[] } {
  const asked: ProvedSettings[] = [];
  return {
    asked,
    hasHost: (one) => one === host,
    ofAll: (settings) => {
      asked.push(...settings);
      return proof;
    },
  };
}

function distributionOf(...origins: Parameters<typeof distributionConfig>[0] & object) {
  return configOf(readText(JSON.stringify(distributionConfig(origins))))?.distribution ?? assert.fail();
}

describe("what was proved of an origin", () => {
  test("is asked for as its config has it", () => {
    const distribution = distributionOf(customOrigin("o1", customConfig(mtls)));
    const [origin] = distribution.origins;
    assert.ok(origin !== undefined);
    const proofs = knowing("o1.example.com");
    assert.equal(provedOrigin(origin, distribution, proofs), proof);
    assert.partialDeepStrictEqual(proofs.asked, [
      {
        plan: { role: "origin", host: "o1.example.com", port: 443, name: "o1.example.com" },
        clientCertificate: certificate,
      },
    ]);
  });

  test("is nothing where nobody verified its host, and nothing is worked out for it", () => {
    const distribution = distributionOf(customOrigin("o1"));
    const [origin] = distribution.origins;
    assert.ok(origin !== undefined);
    const proofs = knowing("elsewhere.example.com");
    const unread = new Proxy(distribution, { get: () => assert.fail("was read") });
    assert.equal(provedOrigin(origin, unread, proofs), undefined);
    assert.deepEqual(proofs.asked, []);
  });

  test("is nothing where there is nothing to verify", () => {
    const distribution = distributionOf(s3Origin("s1"));
    const [origin] = distribution.origins;
    assert.ok(origin !== undefined);
    assert.equal(provedOrigin(origin, distribution, { ...knowing(""), hasHost: () => true }), undefined);
    assert.equal(provedTarget({ code: "probe:vpc-origin" }, knowing("")), undefined);
  });

  test("is said in a code lens by itself", () => {
    assert.equal(proofAlone(proof), "Verified 2026-12-01: enforced in TLS");
  });
});
