import assert from "node:assert/strict";
import { test } from "node:test";
import { read } from "../../../src/core/read.ts";
import "../../../src/core/document/yaml/support.ts";
import { storesInTemplate } from "../../../src/core/truststore/template-stores.ts";

function stores(text: string): readonly string[] {
  const { template } = read({ text, syntax: "yaml", name: "template.yaml" });
  assert.ok(template !== undefined);
  return storesInTemplate(template).map(({ target, key }) => `${target} ${key}`);
}

test("A template names objects in S3 as trust stores, each for the service that reads it", () => {
  assert.deepEqual(
    stores(`Parameters:
  Key: {Type: String, Default: trust/viewers.pem}
Resources:
  Viewers:
    Type: AWS::CloudFront::TrustStore
    Properties:
      Name: viewers
      CaCertificatesBundleSource:
        CaCertificatesBundleS3Location: {Bucket: !Ref Bucket, Key: !Ref Key, Region: us-east-1}
  Clients:
    Type: AWS::ElasticLoadBalancingV2::TrustStore
    Properties: {CaCertificatesBundleS3Bucket: b, CaCertificatesBundleS3Key: clients.pem}
  Inner:
    Type: AWS::ElasticLoadBalancingV2::TrustStore
    Properties: {CaCertificatesBundleS3Bucket: b, CaCertificatesBundleS3Key: inner.pem}
  Unused:
    Type: AWS::ElasticLoadBalancingV2::TrustStore
    Properties: {CaCertificatesBundleS3Bucket: b, CaCertificatesBundleS3Key: unused.pem}
  Https:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {Protocol: HTTPS, MutualAuthentication: {Mode: verify, TrustStoreArn: !Ref Clients}}
  Tls:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {Protocol: TLS, MutualAuthentication: {Mode: verify, TrustStoreArn: !GetAtt Inner.TrustStoreArn}}
  Rest:
    Type: AWS::ApiGateway::DomainName
    Properties: {MutualTlsAuthentication: {TruststoreUri: !Sub "s3://\${Bucket}/\${Stage}/rest/ca.pem"}}
  Http:
    Type: AWS::Serverless::HttpApi
    Properties: {Domain: {MutualTlsAuthentication: {TruststoreUri: s3://b/http.pem}}}
`),
    [
      "cloudfront trust/viewers.pem",
      "alb clients.pem",
      "nlb inner.pem",
      "alb unused.pem",
      "apigateway rest/ca.pem",
      "apigateway http.pem",
    ],
  );
});

test("A key that is not known to its end names nothing", () => {
  assert.deepEqual(
    stores(`Resources:
  Clients:
    Type: AWS::ElasticLoadBalancingV2::TrustStore
    Properties: {CaCertificatesBundleS3Bucket: b, CaCertificatesBundleS3Key: !Sub "\${Stage}.pem"}
  Others:
    Type: AWS::ElasticLoadBalancingV2::TrustStore
    Properties: {CaCertificatesBundleS3Bucket: b, CaCertificatesBundleS3Key: !ImportValue key}
  Rest:
    Type: AWS::ApiGateway::DomainName
    Properties: {MutualTlsAuthentication: {TruststoreUri: !Ref Uri}}
`),
    [],
  );
});

test("Each branch of a condition names its own, for the services of the listeners that use it in that branch", () => {
  assert.deepEqual(
    stores(`Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod]}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Globals:
  Api:
    Domain: {MutualTlsAuthentication: {TruststoreUri: s3://b/shared.pem}}
Resources:
  Clients:
    Type: AWS::ElasticLoadBalancingV2::TrustStore
    Properties:
      CaCertificatesBundleS3Bucket: b
      CaCertificatesBundleS3Key: !If [IsProd, prod.pem, dev.pem]
  Tls:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      Protocol: !If [IsProd, TLS, TCP]
      MutualAuthentication:
        !If
          - IsProd
          - {Mode: verify, TrustStoreArn: !Ref Clients}
          - !Ref AWS::NoValue
  Rest:
    Type: AWS::ApiGateway::DomainName
    Properties:
      MutualTlsAuthentication:
        Fn::If:
          - IsProd
          - TruststoreUri: s3://b/rest.pem
          - !Ref AWS::NoValue
`),
    ["nlb prod.pem", "nlb dev.pem", "apigateway shared.pem", "apigateway rest.pem"],
  );
});
