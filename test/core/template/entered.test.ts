import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { planChanges } from "../../../src/account/document-plan.ts";
import { originChangesFor } from "../../../src/core/cloudfront/intent.ts";
import { listenerChangesFor } from "../../../src/core/elb/intent.ts";
import { configOf, subjectsOf } from "../../../src/core/facts.ts";
import { read } from "../../../src/core/read.ts";
import "../../../src/core/document/yaml/support.ts";
import { callAt, callIn, namedIn } from "../../../src/core/template/entered.ts";

test("What is entered as YAML writes it is a call; any other text is a text", () => {
  const calls: readonly (readonly [text: string, value: unknown, named: string | undefined])[] = [
    ["!Ref Certificate", { Ref: "Certificate" }, "Certificate"],
    ['  !Ref "Certificate" ', { Ref: "Certificate" }, "Certificate"],
    ["!Ref AWS::Region", { Ref: "AWS::Region" }, undefined],
    ["!GetAtt Store.Id", { "Fn::GetAtt": ["Store", "Id"] }, undefined],
    ["!GetAtt Nested.Outputs.Id", { "Fn::GetAtt": ["Nested", "Outputs.Id"] }, undefined],
    ["!Sub s3://${Bucket}/a.pem", { "Fn::Sub": "s3://${Bucket}/a.pem" }, undefined],
    ["!ImportValue Name", { "Fn::ImportValue": "Name" }, undefined],
    ["!GetAtt Store", undefined, undefined],
    ["!Ref", undefined, undefined],
    ["!Other x", undefined, undefined],
    ["arn:aws:acm:us-east-1:123456789012:certificate/x", undefined, undefined],
    ["", undefined, undefined],
  ];
  for (const [text, value, named] of calls) {
    assert.deepEqual(callIn(text), value, text);
    assert.equal(namedIn(text), named, text);
  }
});

const template = `Parameters:
  Zone: {Type: String}
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Origins:
          - Id: api
            DomainName: api.tern.example
            CustomOriginConfig:
              OriginProtocolPolicy: https-only
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      Protocol: HTTPS
      MutualAuthentication: {Mode: passthrough}
`;

describe("A reference that is entered", () => {
  const before = read({ text: template, syntax: "yaml", name: "template.yaml" });
  const origins = configOf(before)?.distribution.origins ?? [];
  const textAfter = (certificate: string): string =>
    planChanges(before, originChangesFor(origins, { kind: "enable", certificate }), () => []).after.tree.text;

  test("to a parameter that the template has, is written as the file writes it", () => {
    assert.equal(
      textAfter("!Ref Zone"),
      template.replace(
        "https-only\n",
        "https-only\n              OriginMtlsConfig:\n                ClientCertificateArn: !Ref Zone\n",
      ),
    );
  });

  test("to nothing that it has, gives it a parameter", () => {
    assert.equal(
      textAfter("!Ref Client"),
      template
        .replace("  Zone: {Type: String}\n", "  Zone: {Type: String}\n  Client:\n    Type: String\n")
        .replace(
          "https-only\n",
          "https-only\n              OriginMtlsConfig:\n                ClientCertificateArn: !Ref Client\n",
        ),
    );
  });

  test("to a resource that it has, is no parameter", () => {
    const [listener] = subjectsOf(before, "listeners").flatMap(({ listeners }) => listeners);
    assert.ok(listener !== undefined);
    const changes = listenerChangesFor(listener, { mode: "verify", trustStore: "!Ref Site" });
    assert.equal(
      planChanges(before, changes, () => []).after.tree.text,
      template.replace("{Mode: passthrough}", "{Mode: verify, TrustStoreArn: !Ref Site}"),
    );
  });

  test("is what stands there, when it is changed again", () => {
    const after = read({ text: textAfter("!Ref Client"), syntax: "yaml", name: "template.yaml" });
    const [origin] = configOf(after)?.distribution.origins ?? [];
    assert.equal(callAt(origin?.blocks[0]?.certificate), "!Ref Client");
  });
});
