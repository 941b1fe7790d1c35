import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Encoding } from "../../../src/core/encoding.ts";
import { fixTitle, messageOf, relatedText } from "../../../src/core/messages/tell.ts";
import { read } from "../../../src/core/read.ts";
import type { Problem } from "../../../src/core/rules/rule.ts";
import { problemsOf } from "../checking.ts";

const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-12345678901";
const store = "arn:aws:elasticloadbalancing:us-east-1:123456789012:truststore/my-trust-store/73e2d6bc24d8a063";

function problemsIn(text: string, encoding: Encoding = "unknown"): readonly Problem[] {
  return problemsOf(read({ text, syntax: "yaml", name: "template.yaml", encoding }));
}

function resource(type: string, properties: string): string {
  return `Resources:\n  One:\n    Type: ${type}\n    Properties:\n${indented(properties, 6)}\n`;
}

function indented(text: string, by: number): string {
  return text
    .trim()
    .split("\n")
    .map((line) => " ".repeat(by) + line)
    .join("\n");
}

/** Properties as they stand in a template, whatever stands around them here. */
function dedented(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const by = Math.min(...lines.map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(by)).join("\n");
}

function distribution(custom: string, more = "", beside = ""): string {
  const origin = [
    "- Id: o",
    "  DomainName: origin.example.com",
    ...(beside === "" ? [] : [indented(dedented(beside), 2)]),
    "  CustomOriginConfig:",
    "    OriginProtocolPolicy: https-only",
    ...(custom === "" ? [] : [indented(dedented(custom), 4)]),
  ].join("\n");
  const config = [
    "Origins:",
    indented(origin, 2),
    "DefaultCacheBehavior:",
    "  TargetOriginId: o",
    "  ViewerProtocolPolicy: https-only",
    "  CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    ...(more === "" ? [] : [dedented(more)]),
  ].join("\n");
  return resource("AWS::CloudFront::Distribution", `DistributionConfig:\n${indented(config, 2)}`);
}

function originWith(digit: number): string {
  const custom = `{ OriginMtlsConfig: { ClientCertificateArn: "${certificate}${digit}" } }`;
  return `    - { Id: o${digit}, DomainName: origin.example.com, CustomOriginConfig: ${custom} }`;
}

const origin = (custom: string, beside = "") => distribution(custom, "", beside);
const viewers = (more: string) => distribution("", more);
const restName = (properties: string) => resource("AWS::ApiGateway::DomainName", dedented(properties));
const httpName = (properties: string) => resource("AWS::ApiGatewayV2::DomainName", dedented(properties));
const samRest = (domain: string) => resource("AWS::Serverless::Api", `Domain:\n${indented(dedented(domain), 2)}`);
const samHttp = (domain: string) => resource("AWS::Serverless::HttpApi", `Domain:\n${indented(dedented(domain), 2)}`);
const listener = (block: string) =>
  resource(
    "AWS::ElasticLoadBalancingV2::Listener",
    `LoadBalancerArn: !Ref Balancer\nPort: 443\nProtocol: HTTPS\n${dedented(block)}`,
  );

/** What is wrong in one way, and what is said of it. */
const table: readonly (readonly [rule: string, template: string, said: string, ...fixes: readonly string[]])[] = [
  [
    "origin/mtls-spelling",
    origin(`
      MtlsConfig:
        ClientCertificateArn: ${certificate}2
    `),
    "CloudFront has no member MtlsConfig. For origin mTLS, use OriginMtlsConfig. CloudFormation rejects MtlsConfig.",
    "Change to OriginMtlsConfig with ClientCertificateArn",
  ],
  [
    "origin/mtls-spelling",
    origin(`
      OriginMtlsConfig:
        ClientCertificateArn: ${certificate}2
        Enabled: true
    `),
    "OriginMtlsConfig has no on/off flag. If it names a certificate, mTLS is on. CloudFormation rejects Enabled.",
    "Change to OriginMtlsConfig with ClientCertificateArn",
  ],
  [
    "origin/mtls-spelling",
    origin(`
      OriginMtlsConfig:
        ClientCertificateArn: ${certificate}2
        Enabled: false
    `),
    "OriginMtlsConfig has no on/off flag. If it names a certificate, mTLS is on. CloudFormation rejects Enabled. To turn off mTLS, remove OriginMtlsConfig.",
    "Remove OriginMtlsConfig (turns off origin mTLS)",
    "Remove Enabled (origin mTLS stays on)",
  ],
  [
    "origin/mtls-place",
    origin("", `OriginMtlsConfig: { ClientCertificateArn: "${certificate}2" }`),
    "OriginMtlsConfig is next to CustomOriginConfig. CloudFront does not see it here. CloudFormation rejects it. CloudFront connects to the origin without a client certificate. Move it into CustomOriginConfig.",
    "Move OriginMtlsConfig into CustomOriginConfig",
  ],
  [
    "origin/mtls-place",
    origin(`ClientCertificateArn: ${certificate}2`),
    "ClientCertificateArn is outside OriginMtlsConfig. CloudFront does not see it here. CloudFormation rejects it.",
    "Move it into OriginMtlsConfig",
  ],
  [
    "distribution/unknown-member",
    origin(`
      OriginMtlsConfig:
        ClientCertificateArn: ${certificate}2
        Note: mine
    `),
    "Unknown member Note in OriginMtlsConfig. CloudFormation rejects unknown members. A newer version of the resource type might support this member.",
  ],
  [
    "distribution/member-type",
    viewers(`
      ViewerMtlsConfig:
        Mode: required
        TrustStoreConfig: { TrustStoreId: ts_1, IgnoreCertificateExpiry: null }
    `),
    "IgnoreCertificateExpiry is null. CloudFormation rejects null. Leave out a member that has no value.",
    "Remove IgnoreCertificateExpiry",
  ],
  [
    "distribution/member-type",
    viewers(`
      ViewerMtlsConfig:
        Mode: required
        TrustStoreConfig: { TrustStoreId: ts_1, IgnoreCertificateExpiry: null, AdvertiseTrustStoreCaNames: null }
    `),
    "2 members are null. CloudFormation rejects null. Leave out these members.",
    "Remove the 2 members that have no value",
  ],
  [
    "distribution/client-certificates-per-call",
    resource(
      "AWS::CloudFront::Distribution",
      `DistributionConfig:\n  Origins:\n${[1, 2, 3, 4, 5, 6].map(originWith).join("\n")}`,
    ),
    "This distribution names 6 distinct client certificates. CloudFormation creates or updates it in one request, which can add or change at most 5. If more are new, use several stack updates.",
  ],
  [
    "viewer-mtls/flag",
    viewers(`
      ViewerMtlsConfig:
        Mode: required
        Enabled: true
        TrustStoreConfig: { TrustStoreId: ts_1 }
    `),
    "ViewerMtlsConfig has no on/off flag. Viewer mTLS is on as soon as a mode is set. CloudFormation rejects Enabled.",
    "Remove Enabled",
  ],
  [
    "viewer-mtls/flag",
    viewers(`
      ViewerMtlsConfig:
        Mode: required
        Enabled: false
        TrustStoreConfig: { TrustStoreId: ts_1 }
    `),
    "ViewerMtlsConfig has no on/off flag, and viewer mTLS stays on. CloudFormation rejects Enabled. To turn off viewer mTLS, remove ViewerMtlsConfig.",
    "Remove ViewerMtlsConfig (turns off viewer mTLS)",
    "Remove Enabled (viewer mTLS stays on)",
  ],
  [
    "viewer-mtls/mode",
    viewers(`
      ViewerMtlsConfig:
        Mode: verify
        TrustStoreConfig: { TrustStoreId: ts_1 }
    `),
    '"verify" is the name in the guide and the console. In a template, this mode is required.',
    "Change to required",
  ],
  [
    "domain-name/mtls-spelling",
    restName(`
      RegionalCertificateArn: ${certificate}2
      MutualTls: { TruststoreUri: "s3://bucket/key.pem", TruststoreVersion: v1 }
    `),
    "AWS::ApiGateway::DomainName has no member MutualTls. Use MutualTlsAuthentication instead. CloudFormation rejects MutualTls.",
    "Change to MutualTlsAuthentication",
  ],
  [
    "domain-name/mtls-spelling",
    restName(`
      RegionalCertificateArn: ${certificate}2
      MutualTlsAuthentication: { TrustStoreS3Uri: "s3://bucket/key.pem", TruststoreVersion: v1 }
    `),
    "AWS::ApiGateway::DomainName has no member TrustStoreS3Uri. Use TruststoreUri instead. CloudFormation rejects TrustStoreS3Uri.",
    "Change to TruststoreUri",
  ],
  [
    "domain-name/mtls-spelling",
    samRest(`
      CertificateArn: ${certificate}2
      MutualTls: { TruststoreUri: "s3://bucket/key.pem", TruststoreVersion: v1 }
    `),
    "AWS::Serverless::Api has no member MutualTls. Use MutualTlsAuthentication instead. AWS SAM silently ignores MutualTls.",
    "Change to MutualTlsAuthentication",
  ],
  [
    "domain-name/flag",
    restName(`
      RegionalCertificateArn: ${certificate}2
      MutualTlsAuthentication: { TruststoreUri: "s3://bucket/key.pem", TruststoreVersion: v1, Enabled: true }
    `),
    "MutualTlsAuthentication has no on/off flag. Mutual TLS is on as soon as a trust store is set. CloudFormation rejects Enabled.",
    "Remove Enabled",
  ],
  [
    "domain-name/flag",
    samHttp(`
      CertificateArn: ${certificate}2
      MutualTlsAuthentication: { TruststoreUri: "s3://bucket/key.pem", TruststoreVersion: v1, Enabled: true }
    `),
    "MutualTlsAuthentication has no on/off flag. Mutual TLS is on as soon as a trust store is set. CloudFormation rejects Enabled.",
    "Remove Enabled",
  ],
  [
    "domain-name/mtls-place",
    restName(`
      RegionalCertificateArn: ${certificate}2
      TruststoreUri: s3://bucket/key.pem
    `),
    "TruststoreUri belongs in MutualTlsAuthentication. API Gateway does not see it here. CloudFormation rejects it. Mutual TLS stays off.",
    "Move TruststoreUri into MutualTlsAuthentication",
  ],
  [
    "domain-name/mtls-place",
    restName(`
      RegionalCertificateArn: ${certificate}2
      TruststoreUri: s3://bucket/key.pem
      TruststoreVersion: v1
    `),
    "TruststoreUri and TruststoreVersion belong in MutualTlsAuthentication. API Gateway does not see them here. CloudFormation rejects them. Mutual TLS stays off.",
    "Move TruststoreUri and TruststoreVersion into MutualTlsAuthentication",
  ],
  [
    "domain-name/mtls-place",
    httpName(`
      DomainName: api.example.com
      CertificateArn: ${certificate}2
      DomainNameConfigurations: [{ EndpointType: REGIONAL }]
      MutualTlsAuthentication: { TruststoreUri: "s3://bucket/key.pem", TruststoreVersion: v1 }
    `),
    "CertificateArn belongs in the entry of DomainNameConfigurations. API Gateway does not see it here. CloudFormation rejects it.",
    "Move CertificateArn into DomainNameConfigurations",
  ],
  [
    "domain-name/mtls-place",
    samHttp(`
      CertificateArn: ${certificate}2
      TruststoreVersion: v1
      MutualTlsAuthentication: { TruststoreUri: "s3://bucket/key.pem" }
    `),
    "TruststoreVersion belongs in MutualTlsAuthentication. API Gateway does not see it here. AWS SAM silently ignores it.",
    "Move TruststoreVersion into MutualTlsAuthentication",
  ],
  [
    "domain-name/mtls-place",
    restName(`
      RegionalCertificateArn: ${certificate}2
      DisableExecuteApiEndpoint: true
      MutualTlsAuthentication: { TruststoreUri: "s3://bucket/key.pem", TruststoreVersion: v1 }
    `),
    "DisableExecuteApiEndpoint is a setting of an API, not of a domain name. CloudFormation rejects it here. The default endpoint then stays open. Set it on each API behind the domain name.",
    "Remove DisableExecuteApiEndpoint",
  ],
  [
    "domain-name/member-type",
    restName(`
      RegionalCertificateArn: ${certificate}2
      MutualTlsAuthentication: { TruststoreUri: "s3://bucket/key.pem", TruststoreVersion: null }
    `),
    "TruststoreVersion is null. CloudFormation rejects null. Leave out a member that has no value.",
    "Remove TruststoreVersion",
  ],
  [
    "domain-name/output-member",
    restName(`
      RegionalCertificateArn: ${certificate}2
      MutualTlsAuthentication: { TruststoreUri: "s3://bucket/key.pem", TruststoreVersion: v1, TruststoreWarnings: [] }
    `),
    "TruststoreWarnings is a member of API Gateway responses. CloudFormation rejects it.",
    "Remove TruststoreWarnings",
  ],
  [
    "domain-name/endpoint-access-mode",
    httpName(`
      DomainName: api.example.com
      EndpointAccessMode: STRICT
      DomainNameConfigurations: [{ CertificateArn: "${certificate}2", EndpointType: REGIONAL }]
    `),
    "Only REST APIs have EndpointAccessMode, not HTTP and WebSocket APIs. CloudFormation rejects it here.",
    "Remove EndpointAccessMode",
  ],
  [
    "domain-name/server-certificate",
    restName(`
      CertificateArn: ${certificate}2
      MutualTlsAuthentication: { TruststoreUri: "s3://bucket/key.pem", TruststoreVersion: v1 }
    `),
    "CertificateArn is the certificate of an edge-optimized or private endpoint. Mutual TLS requires a Regional endpoint with its certificate in RegionalCertificateArn.",
    "Change to RegionalCertificateArn (the certificate must be in the Region of the API)",
  ],
  [
    "domain-name/endpoint-type",
    restName(`
      RegionalCertificateArn: ${certificate}2
      EndpointConfiguration: { Types: REGIONAL }
      MutualTlsAuthentication: { TruststoreUri: "s3://bucket/key.pem", TruststoreVersion: v1 }
    `),
    'Types must be a list, with one type here: ["REGIONAL"].',
    "Convert to a list",
  ],
  [
    "listener/mtls-spelling",
    listener(`MutualAuthentication: { Mode: verify, TrustStore: "${store}" }`),
    "Elastic Load Balancing has no member TrustStore. Use TrustStoreArn instead. CloudFormation rejects TrustStore.",
    "Change to TrustStoreArn",
  ],
  [
    "listener/mtls-place",
    listener(`MutualAuthentication: { Mode: verify }\nTrustStoreArn: ${store}`),
    "TrustStoreArn belongs in MutualAuthentication. Elastic Load Balancing does not see it here. CloudFormation rejects it.",
    "Move TrustStoreArn into MutualAuthentication",
  ],
  [
    "listener/mtls-place",
    // Single values alone are the columns of an answer, but for a resource.
    resource(
      "AWS::ElasticLoadBalancingV2::Listener",
      `Port: 443\nProtocol: HTTPS\nMode: verify\nTrustStoreArn: ${store}`,
    ),
    "Mode and TrustStoreArn belong in MutualAuthentication. Elastic Load Balancing does not see them here. CloudFormation rejects them.",
    "Move Mode and TrustStoreArn into MutualAuthentication",
  ],
  [
    "listener/flag",
    listener(`MutualAuthentication: { Mode: verify, TrustStoreArn: "${store}", Enabled: true }`),
    "MutualAuthentication has no on/off flag. Only Mode turns mutual authentication on or off. CloudFormation rejects Enabled.",
    "Remove Enabled",
  ],
  [
    "listener/flag",
    listener(`MutualAuthentication: { Mode: verify, Enabled: false }`),
    "MutualAuthentication has no on/off flag. Mutual authentication stays on, because Mode is verify. CloudFormation rejects Enabled.",
    "Set Mode to off and remove Enabled (turns off mutual authentication)",
    "Remove Enabled (mutual authentication stays on)",
  ],
  [
    "listener/member-type",
    listener(`MutualAuthentication: { Mode: verify, TrustStoreArn: "${store}", IgnoreClientCertificateExpiry: null }`),
    "IgnoreClientCertificateExpiry is null. CloudFormation rejects null. Leave out a member that has no value.",
    "Remove IgnoreClientCertificateExpiry",
  ],
];

describe("what is said of a template", () => {
  for (const [rule, template, said, ...fixes] of table)
    test(`${rule}: ${said.slice(0, 60)}`, () => {
      const problem = problemsIn(template).find((one) => one.rule.id === rule && messageOf(one) === said);
      const messages = () => problemsIn(template).map((one) => `${one.rule.id}: ${messageOf(one)}`);
      assert.ok(problem !== undefined, messages().join("\n"));
      assert.deepEqual(
        (problem.fixes ?? []).map((fix) => fixTitle(fix, problem)),
        fixes,
      );
    });

  test("is not about the tools that make calls of the API", () => {
    let said = 0;
    for (const [, template] of table)
      for (const problem of problemsIn(template)) {
        const { fixes = [], related = [] } = problem;
        const words = [
          messageOf(problem),
          ...fixes.map((fix) => fixTitle(fix, problem)),
          ...related.map((one) => relatedText(one, problem)),
        ];
        for (const sentence of words) assert.doesNotMatch(sentence, /AWS CLI|SDK|--|redeploy|disableExecute/);
        said += words.length;
      }
    assert.ok(said > table.length * 2, `${said} sentences`);
  });
});

describe("rules about calls of the API", () => {
  const sound = origin(`OriginMtlsConfig: { ClientCertificateArn: "${certificate}2" }`);

  test("are silent", () => {
    const about = /^(distribution\/fragment|file\/((beside|nested|wrapped)-config|encoding|update-members))$/;
    const found = [...table.map(([, template]) => template), sound].flatMap((template) =>
      problemsIn(template).filter(({ rule }) => about.test(rule.id)),
    );
    assert.deepEqual(found.map(messageOf), []);
  });

  test("say that a command cannot read UTF-16, and nothing of a mark", () => {
    assert.deepEqual(
      problemsIn(sound, "utf16le").map(({ rule }) => rule.id),
      ["file/encoding"],
    );
    assert.deepEqual(problemsIn(sound, "utf8bom"), []);
  });

  test("do not ask SAM for a list that it writes", () => {
    const domain = 'MutualTlsAuthentication: { TruststoreUri: "s3://bucket/key.pem" }\nDomainName: api.example.com';
    const rules = (template: string) => problemsIn(template).map(({ rule }) => rule.id);
    assert.ok(rules(httpName(domain)).includes("domain-name/one-configuration"));
    assert.ok(!rules(samHttp(domain)).includes("domain-name/one-configuration"));
  });
});

describe("the default endpoint of the APIs of a template", () => {
  const open =
    "Mutual TLS protects only this domain name. The default execute-api endpoint of the API still accepts requests without a client certificate. Set DisableExecuteApiEndpoint to true on each API behind the domain name.";
  const rest = `${open} The change takes effect with a new AWS::ApiGateway::Deployment.`;
  const http = `${open} Unless AutoDeploy is on for the stage, the change takes effect with a new AWS::ApiGatewayV2::Deployment.`;
  const block = 'MutualTlsAuthentication: { TruststoreUri: "s3://bucket/key.pem", TruststoreVersion: v1 }';
  const restDomain = restName(`RegionalCertificateArn: ${certificate}2\n${block}`);
  const httpDomain = httpName(`DomainNameConfigurations: [{ CertificateArn: "${certificate}2" }]\n${block}`);
  const api = (type: string, properties: string) =>
    `  ${type.replaceAll(":", "")}:\n    Type: ${type}\n    Properties: ${properties}\n`;
  const own = (type: string, properties: string) =>
    `Resources:\n  One:\n    Type: ${type}\n    Properties:\n      Domain:\n        ${block}\n${indented(properties, 6)}\n`;
  const closed = "{ DisableExecuteApiEndpoint: true }";
  const globals = (section: string, value: string) =>
    `Globals:\n  ${section}:\n    DisableExecuteApiEndpoint: ${value}\n`;

  const cases: readonly (readonly [what: string, template: string, said: string | undefined])[] = [
    ["no API", restDomain, rest],
    ["an open API", restDomain + api("AWS::ApiGateway::RestApi", "{ Name: a }"), rest],
    ["a closed API", restDomain + api("AWS::ApiGateway::RestApi", closed), undefined],
    [
      "one closed as a text",
      restDomain + api("AWS::ApiGateway::RestApi", '{ DisableExecuteApiEndpoint: "true" }'),
      undefined,
    ],
    ["one that says false", restDomain + api("AWS::ApiGateway::RestApi", "{ DisableExecuteApiEndpoint: false }"), rest],
    [
      "one that computes it",
      restDomain + api("AWS::ApiGateway::RestApi", "{ DisableExecuteApiEndpoint: !Ref Closed }"),
      undefined,
    ],
    [
      "one whose definition closes it",
      restDomain +
        api(
          "AWS::ApiGateway::RestApi",
          "{ Body: { x-amazon-apigateway-endpoint-configuration: { disableExecuteApiEndpoint: true } } }",
        ),
      undefined,
    ],
    [
      "one closed and one open",
      restDomain + api("AWS::ApiGateway::RestApi", closed) + api("AWS::Serverless::Api", "{ Name: a }"),
      open,
    ],
    ["a closed API of the other kind", restDomain + api("AWS::ApiGatewayV2::Api", closed), rest],
    ["HTTP: an open API", httpDomain + api("AWS::ApiGatewayV2::Api", "{ Name: a }"), http],
    ["HTTP: a closed API", httpDomain + api("AWS::ApiGatewayV2::Api", closed), undefined],
    ["SAM: its own API", own("AWS::Serverless::Api", "Name: a"), open],
    ["SAM: its own API, closed", own("AWS::Serverless::Api", "DisableExecuteApiEndpoint: true"), undefined],
    ["SAM: closed for all", globals("Api", "true") + own("AWS::Serverless::Api", "Name: a"), undefined],
    [
      "SAM: closed for all others",
      globals("Api", "true") + own("AWS::Serverless::Api", "DisableExecuteApiEndpoint: false"),
      open,
    ],
    ["SAM: closed for the other kind", globals("HttpApi", "true") + own("AWS::Serverless::Api", "Name: a"), open],
    ["SAM HTTP: its own API", own("AWS::Serverless::HttpApi", "Name: a"), open],
    ["SAM HTTP: closed for all", globals("HttpApi", "true") + own("AWS::Serverless::HttpApi", "Name: a"), undefined],
    [
      "SAM: the domain name of all",
      `Globals:\n  Api:\n    Domain:\n      ${block}\n${resource("AWS::Serverless::Api", "Name: a")}`,
      open,
    ],
    [
      "SAM: the domain name of all, each closed",
      `Globals:\n  Api:\n    Domain:\n      ${block}\n${resource("AWS::Serverless::Api", "DisableExecuteApiEndpoint: true")}`,
      undefined,
    ],
    [
      "SAM: the domain name of what events make",
      `${globals("Api", "true")}    Domain:\n      ${block}\n${resource("AWS::Serverless::Function", "Handler: a")}`,
      undefined,
    ],
  ];
  for (const [what, template, said] of cases)
    test(what, () => {
      const found = problemsIn(template).filter(({ rule }) => rule.id === "domain-name/side-door");
      assert.deepEqual(found.map(messageOf), said === undefined ? [] : [said]);
    });
});
