import * as assert from "node:assert/strict";
import { test } from "node:test";
import { ownerOf } from "../../../src/core/cloudfront/owner.ts";

const stack = new Map([
  ["team", "web"],
  ["aws:cloudformation:stack-name", "shop"],
  ["aws:cloudformation:stack-id", "arn:aws:cloudformation:eu-central-1:123456789012:stack/shop/1"],
  ["aws:cloudformation:logical-id", "Distribution"],
]);

test("nobody owns a distribution whose tags say nothing", () => {
  assert.equal(ownerOf(new Map(), {}), undefined);
  assert.equal(
    ownerOf(
      new Map([
        ["team", "web"],
        ["aws-cloudformation:stack-name", "shop"],
      ]),
      {},
    ),
    undefined,
  );
});

test("CloudFormation's own tags are known", () => {
  assert.deepEqual(ownerOf(stack, {}), {
    tool: "CloudFormation",
    template: "cloudformation",
    tag: "aws:cloudformation:stack-name=shop",
    stack: "shop",
    logicalId: "Distribution",
  });
  assert.equal(
    ownerOf(new Map([["aws:cloudformation:something-new", "1"]]), {})?.tag,
    "aws:cloudformation:something-new=1",
  );
});

test("the setting names other tools by a tag, with or without its value, and comes first", () => {
  const tags = new Map([["managed-by", "terraform"]]);
  assert.deepEqual(ownerOf(tags, { "managed-by=terraform": "Terraform" }), {
    tool: "Terraform",
    template: "terraform",
    tag: "managed-by=terraform",
    stack: undefined,
    logicalId: undefined,
  });
  assert.equal(ownerOf(tags, { "managed-by": "the platform team" })?.tool, "the platform team");
  assert.equal(ownerOf(tags, { "managed-by=pulumi": "Pulumi" }), undefined);
  assert.equal(ownerOf(tags, { managed: "Pulumi" }), undefined);
  const cdk = ownerOf(stack, { team: "CDK" });
  assert.deepEqual([cdk?.tool, cdk?.template, cdk?.logicalId], ["CDK", "cdk", "Distribution"]);
});
