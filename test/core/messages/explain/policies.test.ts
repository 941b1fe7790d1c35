import assert from "node:assert/strict";
import { test } from "node:test";
import { managedCachePolicies, managedRequestPolicies } from "../../../../src/core/cloudfront/managed-policies.ts";
import { memberOf } from "../../../../src/core/document/tree.ts";
import { subjectsOf } from "../../../../src/core/facts.ts";
import { explainPolicy } from "../../../../src/core/messages/explain/policies.ts";
import { tell } from "../../../../src/core/messages/tell.ts";
import { readText } from "../../checking.ts";
import { customOrigin, distributionConfig } from "../../configs.ts";

function explained(key: string, value: unknown) {
  const config = distributionConfig([customOrigin("o1")], {
    DefaultCacheBehavior: { TargetOriginId: "o1", [key]: value as string },
  });
  const [subject] = subjectsOf(readText(JSON.stringify(config)), "distribution");
  const [behavior] = subject?.distribution.behaviors ?? [];
  const member = behavior === undefined ? undefined : memberOf(behavior.node, key);
  return explainPolicy(member ?? assert.fail());
}

test("a hover says which managed policy an ID is, in the words of its completion, and where to read on", () => {
  for (const [key, policies, page] of [
    ["CachePolicyId", managedCachePolicies, "using-managed-cache-policies.html"],
    ["OriginRequestPolicyId", managedRequestPolicies, "using-managed-origin-request-policies.html"],
  ] as const)
    for (const { id, name } of policies) {
      const said = explained(key, id) ?? assert.fail(name);
      assert.equal(said.title, name);
      assert.ok(said.link?.url.endsWith(`/${page}`), name);
    }
  const disabled = explained("CachePolicyId", "4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
  assert.deepEqual(disabled?.facts, [["Managed policy", "no caching"]]);
  assert.deepEqual(disabled?.text, [tell({ code: "cache-policy:uncached" })]);
});

test("nothing is said of a policy of the account, or of what is none", () => {
  for (const id of ["11111111-2222-4333-8444-555555555555", "", 4, null])
    assert.equal(explained("CachePolicyId", id), undefined, String(id));
  assert.equal(explained("ResponseHeadersPolicyId", "658327ea-f89d-4fab-a63d-7e88639e58f6"), undefined);
});
