import * as assert from "node:assert/strict";
import { test } from "node:test";
import { meantUse, narrowUse, noUse, readUse, type Use } from "../../../src/core/truststore/use.ts";

const store = (...targets: Use["targets"]): Use => ({ purpose: "trust-store", targets });

test("what a marker or a setting says is read without guessing", () => {
  assert.deepEqual(readUse("origin"), { purpose: "origin", targets: [] });
  assert.deepEqual(readUse("Trust-Store"), store());
  assert.deepEqual(readUse("truststore"), store());
  assert.deepEqual(readUse("cloudfront"), store("cloudfront"));
  assert.deepEqual(readUse("NLB"), store("nlb"));
  assert.deepEqual(readUse("nlb,alb"), store("nlb", "alb"));
  assert.deepEqual(readUse("alb, ApiGateway,alb"), store("alb", "apigateway"));
  for (const unknown of ["", "elb", "origin,alb", "cloudfront,elb", "trust-store,alb"])
    assert.deepEqual(readUse(unknown), noUse, unknown);
});

test("what was meant by a word that nobody knows is the one that is nearest, or nothing", () => {
  for (const [said, meant] of [
    ["truststores", "truststore"],
    ["trust_store", "truststore"],
    ["orign", "origin"],
    ["cloud-front, ALB", "cloudfront, alb"],
    ["api-gateway,apigateway", "apigateway"],
  ])
    assert.equal(meantUse(said ?? ""), meant, said);
  for (const unknown of ["elb", "nginx", "alb, nginx", "origin, alb", "truststores, alb", "", "x".repeat(100_000)])
    assert.equal(meantUse(unknown), undefined, unknown.slice(0, 20));
});

test("a trust store of no service in particular leaves it to others of which", () => {
  assert.deepEqual(narrowUse(store(), store("alb")), store("alb"));
  assert.deepEqual(narrowUse(store("cloudfront"), store("alb")), store("cloudfront"));
  assert.deepEqual(narrowUse(noUse, store("alb")), store("alb"));
  assert.deepEqual(narrowUse({ purpose: "origin", targets: [] }, store("alb")), { purpose: "origin", targets: [] });
  assert.deepEqual(narrowUse(store(), { purpose: "origin", targets: [] }), store());
  assert.deepEqual(narrowUse(store(), noUse), store());
});
