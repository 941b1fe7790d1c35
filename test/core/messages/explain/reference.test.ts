import assert from "node:assert/strict";
import { describe, test } from "node:test";
import "../../../../src/core/document/yaml/support.ts";
import { memberOf, objectAt } from "../../../../src/core/document/tree.ts";
import { parseYaml } from "../../../../src/core/document/yaml/read.ts";
import { explainListenerMember } from "../../../../src/core/messages/explain/elb.ts";
import { explainCondition, explainIntrinsic } from "../../../../src/core/messages/explain/reference.ts";
import { read } from "../../../../src/core/read.ts";
import { choiceAround, intrinsicOf } from "../../../../src/core/template/intrinsics.ts";
import { templateOf } from "../../../../src/core/template/template.ts";

const head = `Parameters:
  Plain: {Type: String, Default: on, AllowedValues: [on, off]}
  Open: {Type: Number}
  Hidden: {Type: String, Default: s3cr3t, AllowedValues: [s3cr3t], NoEcho: "true"}
Conditions:
  IsLive: !Equals [a, b]
Resources:
  Store: {Type: "AWS::CloudFront::TrustStore", Condition: IsLive}
`;

function said(value: string, isSecret = false): string {
  const { root } = parseYaml(`${head}Value: ${value}\n`);
  const template = templateOf(root);
  const intrinsic = intrinsicOf(memberOf(root, "Value")?.value);
  assert.ok(template !== undefined && intrinsic !== undefined);
  const explanation = explainIntrinsic(intrinsic, template, isSecret);
  return explanation === undefined ? "" : [explanation.title, ...explanation.text].join(" ");
}

describe("what a function takes from elsewhere is told:", () => {
  for (const [value, expected] of [
    [
      "!Ref Plain",
      "Plain Plain is a parameter of the type String. Its default is on. It can have these values: on, off.",
    ],
    ["{Ref: Open}", "Open Open is a parameter of the type Number. It has no default."],
    [
      "!Ref Hidden",
      "Hidden Hidden is a parameter of the type String. It has a default, which is not shown because NoEcho is true.",
    ],
    [
      "!GetAtt Store.Id",
      "Store.Id Store is a resource of the type AWS::CloudFront::TrustStore. The value is its attribute Id. It is created only if the condition IsLive is true.",
    ],
    ["!Ref Nobody", "Nobody The template has no parameter or resource with the name Nobody."],
    ["!Ref AWS::NoValue", "AWS::NoValue AWS::NoValue removes the property, as if it were not in the template."],
    ["!Ref AWS::Region", "AWS::Region AWS::Region is a pseudo parameter, whose value CloudFormation provides."],
    ['!Sub "${Open}-${Open}"', "Open Open is a parameter of the type Number. It has no default."],
    ["!ImportValue x", ""],
  ] as const)
    test(value, () => assert.equal(said(value), expected));

  test("but no default where the value is a secret", () => {
    assert.equal(
      said("!Ref Plain", true),
      "Plain Plain is a parameter of the type String. It has a default, which is not shown because the value is a secret here.",
    );
  });

  test("and which of two values a condition chooses", () => {
    const template = templateOf(parseYaml(head).root) ?? assert.fail();
    assert.match(explainCondition("IsLive", template).text.join(), /^If the condition IsLive is true, the first value/);
    assert.match(explainCondition("IsGone", template).text.join(), /has no condition with the name IsGone/);
  });
});

test("a list of values for each case stands for its call, in both forms", () => {
  for (const value of ["!If [IsLive, a, b]", "{'Fn::If': [IsLive, a, b]}", "!Or [IsLive, a]", "[IsLive, a, b]"]) {
    const node = memberOf(parseYaml(`Value: ${value}\n`).root, "Value")?.value;
    const argument = intrinsicOf(node)?.argument ?? node;
    assert.ok(argument?.kind === "list");
    assert.equal(choiceAround(argument), value.includes("If") ? node : undefined, value);
  }
});

test("only of a template it is said that removing the property turns nothing off", () => {
  const of = (text: string) => {
    const [subject] = read({ text, syntax: "yaml", name: "" }).subjects;
    assert.ok(subject?.kind === "listeners");
    const [listener] = subject.listeners;
    return explainListenerMember(listener?.at ?? assert.fail(), false)?.text.join(" ") ?? "";
  };
  const block = "{Protocol: HTTPS, MutualAuthentication: {Mode: verify}}";
  assert.match(
    of(`Resources:\n  L: {Type: "AWS::ElasticLoadBalancingV2::Listener", Properties: ${block}}\n`),
    /not turned off on an existing listener\. To turn it off, use Mode: "off"\.$/,
  );
  const api = '{"ListenerArn":"x","Protocol":"HTTPS","MutualAuthentication":{"Mode":"verify"}}';
  const listeners = read({ text: api, syntax: "json", name: "" }).subjects[0];
  const listener = listeners?.kind === "listeners" ? listeners.listeners[0] : undefined;
  assert.doesNotMatch(explainListenerMember(listener?.at ?? assert.fail(), false)?.text.join() ?? "", /existing/);
  assert.ok(objectAt(listener?.node, "MutualAuthentication") !== undefined);
});
