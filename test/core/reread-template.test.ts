// What is found in a resource is kept as long as all is the same that it was read by, wherever in the template that is.

import { describe, test } from "node:test";
import type { Json, Syntax } from "../../src/core/document/tree.ts";
import { read } from "../../src/core/read.ts";
import type { Context } from "../../src/core/rules/rule.ts";
import { certificate as inAcm, inventory } from "./acm/inventory.ts";
import { context, withSeverities } from "./checking.ts";
import { holdsAfterEachWord, holdsAfterEdits, type Word } from "./rereading.ts";

const arn = "arn:aws:acm:us-east-1:123456789012:certificate/a1b2c3d4-1234-4321-8765-0123456789ab";

const yaml = `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Globals:
  HttpApi:
    DisableExecuteApiEndpoint: false
Parameters:
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
  Store:
    Type: String
    Default: s3://trust/store.txt
  Client:
    Type: String
    Default: ${arn}
  Policy: {Type: String, Default: http-only}
  Open: {Type: String}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
  IsTest: !Not [{Condition: IsLive}]
Mappings:
  Stages:
    test: {Policy: match-viewer, Version: TLSv1}
    live: {Policy: https-only, Version: TLSv1.2}
Resources:
  Bucket:
    Type: AWS::S3::Bucket
  Public:
    Type: AWS::CertificateManager::Certificate
    Properties: {DomainName: tern.example}
  # The first
  Site:
    Type: AWS::CloudFront::Distribution
    Condition: IsLive
    Properties:
      DistributionConfig:
        Enabled: true
        HttpVersion: !If [IsLive, http2, http3]
        Origins:
          - Id: one
            DomainName: !Sub \${Stage}.tern.example
            CustomOriginConfig:
              OriginProtocolPolicy: !Ref Policy
              OriginMtlsConfig: {ClientCertificateArn: !Ref Client}
          - Id: two
            DomainName: two.tern.example
            CustomOriginConfig:
              OriginProtocolPolicy: !FindInMap [Stages, !Ref Stage, Policy]
              OriginSSLProtocols: [!FindInMap [Stages, test, Version]]
              OriginMtlsConfig: {ClientCertificateArn: !Ref Public}
        DefaultCacheBehavior: {TargetOriginId: one, ViewerProtocolPolicy: https-only}
        ViewerMtlsConfig:
          Mode: required
          TrustStoreConfig: {TrustStoreId: !Ref Bucket}
  Other:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: on
        Comment: off
        Origins:
          Quantity: 1
          Items:
            - Id: one
              DomainName: one.tern.example
              customOriginConfig:
                OriginProtocolPolicy: !If [IsTest, http-only, !If [IsLive, https-only, match-viewer]]
                OriginMtlsConfig: {ClientCertificateArn: !GetAtt Bucket.Arn}
        DefaultCacheBehavior: {TargetOriginId: two, ViewerProtocolPolicy: allow-all}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Protocol: !If [IsLive, HTTPS, HTTP]
      MutualAuthentication: {Mode: verify, TrustStoreArn: !Ref Bucket}
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Condition: IsTest
    Properties:
      DomainName: api.tern.example
      DomainNameConfigurations:
        - {EndpointType: REGIONAL, CertificateArn: !Ref Open, SecurityPolicy: TLS_1_0}
      MutualTlsAuthentication:
        TruststoreUri: !Ref Store
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: api, ProtocolType: HTTP}
  Short:
    Type: AWS::Serverless::HttpApi
    Properties:
      Domain:
        DomainName: short.tern.example
        CertificateArn: !Ref Open
        MutualTlsAuthentication: {TruststoreUri: s3://trust/short.pem}
`;

const json: Json = {
  Parameters: {
    Stage: { Type: "String", Default: "test", AllowedValues: ["test", "live"] },
    Store: { Type: "String", Default: "s3://trust/store.txt" },
    Client: { Type: "String", Default: arn },
    Policy: { Type: "String", Default: "http-only" },
  },
  Conditions: {
    IsLive: { "Fn::Equals": [{ Ref: "Stage" }, "live"] },
    IsTest: { "Fn::Not": [{ Condition: "IsLive" }] },
  },
  Mappings: { Stages: { test: { Policy: "match-viewer" }, live: { Policy: "https-only" } } },
  Resources: {
    Bucket: { Type: "AWS::S3::Bucket" },
    Public: { Type: "AWS::CertificateManager::Certificate", Properties: { DomainName: "tern.example" } },
    Site: {
      Type: "AWS::CloudFront::Distribution",
      Condition: "IsLive",
      Properties: {
        DistributionConfig: {
          Enabled: true,
          HttpVersion: { "Fn::If": ["IsLive", "http2", "http3"] },
          Origins: [
            {
              Id: "one",
              DomainName: { "Fn::Sub": "${Stage}.tern.example" },
              CustomOriginConfig: {
                OriginProtocolPolicy: { Ref: "Policy" },
                OriginMtlsConfig: { ClientCertificateArn: { Ref: "Client" } },
              },
            },
            {
              Id: "two",
              DomainName: "two.tern.example",
              CustomOriginConfig: {
                OriginProtocolPolicy: { "Fn::FindInMap": ["Stages", { Ref: "Stage" }, "Policy"] },
                OriginMtlsConfig: { ClientCertificateArn: { Ref: "Public" } },
              },
            },
          ],
          DefaultCacheBehavior: { TargetOriginId: "one", ViewerProtocolPolicy: "allow-all" },
          ViewerMtlsConfig: { Mode: "required", TrustStoreConfig: { TrustStoreId: { Ref: "Bucket" } } },
        },
      },
    },
    Listener: {
      Type: "AWS::ElasticLoadBalancingV2::Listener",
      Properties: {
        LoadBalancerArn: { Ref: "Balancer" },
        Protocol: { "Fn::If": ["IsLive", "HTTPS", "HTTP"] },
        MutualAuthentication: { Mode: "verify", TrustStoreArn: { Ref: "Bucket" } },
      },
    },
    Domain: {
      Type: "AWS::ApiGatewayV2::DomainName",
      Condition: "IsTest",
      Properties: {
        DomainName: "api.tern.example",
        DomainNameConfigurations: [{ EndpointType: "REGIONAL", CertificateArn: arn, SecurityPolicy: "TLS_1_0" }],
        MutualTlsAuthentication: { TruststoreUri: { Ref: "Store" } },
      },
    },
    Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { Name: "api", ProtocolType: "HTTP" } },
  },
};

/** What one types, or another takes its place: in a resource, and in all that others read of the template. */
const words: readonly Word[] = [
  ["live", "test"],
  ["test", "live"],
  ["IsLive", "IsTest"],
  ["IsTest", "IsLive"],
  ["Condition", "Conditions"],
  ["Default", "Defaults"],
  ["http-only", "https-only"],
  ["https-only", "http-only"],
  ["match-viewer", "https-only"],
  ["allow-all", "https-only"],
  ["TLSv1.2", "SSLv3"],
  ["AWS::S3::Bucket", "AWS::CloudFront::TrustStore"],
  ["AWS::S3::Bucket", "AWS::SSM::Parameter"],
  ["AWS::CertificateManager::Certificate", "AWS::SecretsManager::Secret"],
  ["AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::ListenerRule"],
  ["AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Stage"],
  ["AWS::Serverless-2016-10-31", "Mine"],
  ["HttpApi", "Api"],
  ["false", "true"],
  ["ProtocolType", "DisableExecuteApiEndpoint"],
  ["DomainName", "CertificateAuthorityArn"],
  ["Bucket", "Public"],
  ["Public", "Bucket"],
  ["Public", "ClientCertificateArn"],
  ["Policy", "Stage"],
  ["Stage", "Policy"],
  ["Stages", "Stage"],
  ["Store", "Client"],
  ["Client", "Store"],
  ["Parameters", "Parameter"],
  ["Mappings", "Mapping"],
  ["Resources", "Resource"],
  ["store.txt", "store.pem"],
  ["s3://", "https://"],
  ["a1b2c3d4", "x"],
  ["required", "passthrough"],
  ["http3", "http1.1"],
  ["one", "two"],
  ["off", '"off"'],
  ["Items", "Item"],
];

const ofYaml: readonly Word[] = [
  ["\n", "\n\n"],
  ["\n", "\n# more\n"],
  ["\n  ", "\n"],
  ["  ", " "],
  ["!Ref", "!GetAtt"],
  ["!If", "!Ifs"],
  ["!Ref Stage", "live"],
  [": ", ":"],
  ["Resources:\n", "Resources:\n  More: {Type: AWS::ApiGatewayV2::Api}\n"],
  ["Parameters:\n", "Parameters:\n  ClientCertificateArn: {Type: String}\n"],
];

const ofJson: readonly Word[] = [
  ["\n", "\n\n"],
  ["{", '{"Ref": "Stage",'],
  ['{\n  "', '{\n "Ref": '],
  [",", ""],
  ['"Fn::If"', '"Fn::Ifs"'],
  ['"Resources": {', '"Resources": { "More": {"Type": "AWS::ApiGatewayV2::Api"},'],
  ['"Parameters": {', '"Parameters": { "ClientCertificateArn": {"Type": "String"},'],
];

const certificates = [inAcm({ arn, status: "EXPIRED" })];
const contexts: readonly Context[] = [
  context,
  { ...context, now: new Date("2030-01-01T00:00:00Z") },
  { ...context, inventory: inventory({ certificates }) },
  withSeverities({ "origin/protocol-policy": "off", "file/named-resource": "info" }),
];

const readAs = (syntax: Syntax, isGenerated: boolean) => (text: string) =>
  read({ text, syntax, name: "template", isGenerated });

const templates = [
  { syntax: "yaml", text: yaml, more: ofYaml },
  { syntax: "jsonc", text: JSON.stringify(json, undefined, 1), more: ofJson },
] as const;

for (const { syntax, text, more } of templates) {
  describe(`a template in ${syntax}`, () => {
    test("what is found after one edit is what is found in the text anew", () => {
      holdsAfterEachWord(text, [...words, ...more.filter(([from]) => from.trim().length > 1)], readAs(syntax, false));
    });

    test("what is found after edits and by another context is what is found in the text anew", () => {
      holdsAfterEdits(text, {
        words: [...words, ...more],
        contexts,
        reads: [readAs(syntax, false), readAs(syntax, true)],
      });
    });
  });
}
