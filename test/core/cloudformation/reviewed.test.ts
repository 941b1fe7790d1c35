import assert from "node:assert/strict";
import { test } from "node:test";
import "../../../src/core/document/yaml/support.ts";
import { renderIn } from "../../../src/core/fixes.ts";
import { read } from "../../../src/core/read.ts";
import { check } from "../../../src/core/rules/check.ts";
import { applyEdits } from "../../../src/core/text.ts";
import { context, onFault } from "../checking.ts";

function found(text: string): readonly string[] {
  const facts = read({ text, syntax: "yaml", name: "template.yaml" });
  return check(facts, context, onFault).map(({ rule, severity }) => `${severity} ${rule.id}`);
}

const listener = (settings: string): string => `Parameters:
  Mode: {Type: String, Default: 'off', AllowedValues: ['off', verify]}
  Store: {Type: String, Default: none}
Conditions:
  Verifies: !Not [!Equals [!Ref Mode, 'off']]
  HasStore: !Not [!Equals [!Ref Store, none]]
Resources:
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Protocol: HTTPS
      MutualAuthentication: ${settings}
`;

test("A default is not assumed where the same default rules the branch out", () => {
  assert.deepEqual(
    found(listener("{Mode: !Ref Mode, TrustStoreArn: !If [Verifies, !Ref Clients, !Ref AWS::NoValue]}")),
    [],
  );
  assert.deepEqual(found(listener("!If [HasStore, {Mode: verify, TrustStoreArn: !Ref Store}, {Mode: 'off'}]")), []);
  // Where nothing rules it out, it is what is deployed.
  assert.deepEqual(found(listener("{Mode: verify, TrustStoreArn: !Ref Store}")), ["warning listener/trust-store-arn"]);
});

test("Nothing is removed that another mode of the same listener needs", () => {
  const text = listener("{Mode: !If [HasStore, verify, 'off'], TrustStoreArn: !Ref Clients}");
  const problems = check(read({ text, syntax: "yaml", name: "template.yaml" }), context, onFault);
  assert.deepEqual(
    problems.map(({ rule, fixes = [] }) => [rule.id, fixes.length]),
    [["listener/trust-store", 0]],
  );
});

test("A trust store URI that is put together turns mutual TLS on", () => {
  const domain = (uri: string) => `Resources:
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties:
      DomainName: api.tern.example
      EndpointConfiguration: {Types: [EDGE]}
      SecurityPolicy: TLS_1_0
      MutualTlsAuthentication: {TruststoreUri: ${uri}, TruststoreVersion: !Ref Version}
`;
  const wrong = ["error domain-name/endpoint-type", "error domain-name/security-policy", "info domain-name/side-door"];
  assert.deepEqual(found(domain('!Sub "s3://${Bucket}/clients.pem"')), wrong);
  assert.deepEqual(found(domain("!Join ['', ['s3://', !Ref Bucket, /clients.pem]]")), wrong);
  assert.deepEqual(found(domain("!Ref Uri")), []);
});

test("What an API takes from Globals is not missing in it", () => {
  assert.deepEqual(
    found(`Transform: AWS::Serverless-2016-10-31
Globals:
  Api:
    DisableExecuteApiEndpoint: true
    Domain:
      MutualTlsAuthentication: {TruststoreUri: s3://tern-trust/clients.pem, TruststoreVersion: "1"}
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      Domain: {DomainName: api.tern.example, CertificateArn: !Ref Certificate, MutualTlsAuthentication: {}}
`),
    [],
  );
});

test("An origin whose settings are not known is not said to have no mutual TLS", () => {
  assert.deepEqual(
    found(`Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Origins:
          - Id: one
            DomainName: one.tern.example
            CustomOriginConfig: &settings
              OriginProtocolPolicy: https-only
              OriginMtlsConfig: {ClientCertificateArn: !Ref Client}
          - {Id: two, DomainName: two.tern.example, CustomOriginConfig: *settings}
        OriginGroups:
          Quantity: 1
          Items:
            - Id: both
              FailoverCriteria: {StatusCodes: {Quantity: 1, Items: [503]}}
              Members: {Quantity: 2, Items: [{OriginId: one}, {OriginId: two}]}
        DefaultCacheBehavior: {TargetOriginId: both, ViewerProtocolPolicy: https-only}
`),
    [],
  );
});

/** What all safe fixes make of a text, or the first fix of the first problem. */
function fixed(text: string, syntax: "yaml" | "json" = "yaml"): string {
  const facts = read({ text, syntax, name: "template" });
  const fix = check(facts, context, onFault).flatMap(({ fixes = [] }) => fixes)[0];
  assert.ok(fix !== undefined);
  return applyEdits(text, renderIn(facts, fix.changes));
}

const origin = (settings: string): string => `Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Origins:
          - Id: api
            DomainName: api.tern.example
${settings}        DefaultCacheBehavior: {TargetOriginId: api, ViewerProtocolPolicy: https-only}
`;

test("A fix loses no reference", () => {
  const custom = "            CustomOriginConfig:\n              OriginProtocolPolicy: https-only\n";
  const right = `${custom}              OriginMtlsConfig:\n                ClientCertificateArn: !Ref Client\n`;
  assert.equal(fixed(origin(`${custom}              ClientCertificateArn: !Ref Client\n`)), origin(right));
  assert.equal(
    fixed(origin(`            OriginMtlsConfig:\n              ClientCertificateArn: !Ref Client\n${custom}`)),
    origin(right),
  );
  assert.match(
    fixed(origin(`            OriginMtls:\n              CertificateArn: !Ref Client\n${custom}`)),
    /\n {12}OriginMtlsConfig:\n {14}ClientCertificateArn: !Ref Client\n/,
  );
});

test("Settings of a listener that stand beside their block keep their references", () => {
  const text = `Resources:
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Protocol: HTTPS
      Mode: verify
      TrustStoreArn: !Ref Clients # theirs
`;
  const after = fixed(text);
  assert.equal(
    after,
    text
      .replace("      Mode: verify\n", "      MutualAuthentication:\n        Mode: verify\n")
      .replace("      TrustStoreArn", "        TrustStoreArn"),
  );
  const json = (properties: object) =>
    JSON.stringify(
      { Resources: { L: { Type: "AWS::ElasticLoadBalancingV2::Listener", Properties: properties } } },
      null,
      2,
    );
  const [protocol, store] = [{ Protocol: "HTTPS" }, { TrustStoreArn: { Ref: "Clients" } }];
  assert.deepEqual(
    JSON.parse(fixed(json({ ...protocol, Mode: "verify", ...store }), "json")),
    JSON.parse(json({ ...protocol, MutualAuthentication: { Mode: "verify", ...store } })),
  );
});
