import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Json } from "../../../src/core/document/tree.ts";
import { subjectsOf } from "../../../src/core/facts.ts";
import { messageOf } from "../../../src/core/messages/tell.ts";
import { isOurs } from "../../../src/core/read.ts";
import { hasTellingWord } from "../../../src/core/telling.ts";
import { problemsIn, readText } from "../checking.ts";

const certificate = "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
const uri = "s3://example-truststores/clients.pem";
const rest = {
  domainName: "api.example.com",
  regionalCertificateArn: certificate,
  endpointConfiguration: { types: ["REGIONAL"] },
  securityPolicy: "TLS_1_2",
  mutualTlsAuthentication: { truststoreUri: uri, truststoreVersion: "v1" },
};
const answer = {
  ...rest,
  regionalDomainName: "d-abc.execute-api.eu-west-1.amazonaws.com",
  domainNameStatus: "AVAILABLE",
};
const http = {
  DomainName: "api.example.com",
  DomainNameConfigurations: [{ CertificateArn: certificate, EndpointType: "REGIONAL", SecurityPolicy: "TLS_1_2" }],
  MutualTlsAuthentication: { TruststoreUri: uri },
};
const operation = { op: "replace", path: "/mutualTlsAuthentication/truststoreUri", value: uri };

/** What a document is taken for: its API, and of each domain its form, role and mutual TLS. */
function recognise(value: Json): string {
  const text = JSON.stringify(value, undefined, 2);
  const facts = readText(text);
  assert.equal(isOurs(facts), facts.subjects.length > 0);
  const [found] = subjectsOf(facts, "domain-names");
  if (found === undefined) return "not ours";
  assert.ok(hasTellingWord(text));
  const { spelling, domains } = found;
  return `${spelling.api}: ${domains.map(({ form, role, mtls }) => `${form} ${role} ${mtls}`).join(", ")}`;
}

const { mutualTlsAuthentication: _block, ...withoutMtls } = rest;

describe("documents about custom domain names", () => {
  const ours: readonly (readonly [name: string, value: Json, expected: string])[] = [
    ["the input of create-domain-name", rest, "rest: domain input on"],
    ["the same without mutual TLS", withoutMtls, "rest: domain input off"],
    ["a list of domains", [rest], "rest: domain input on"],
    ["one under a name of its own", { shop: { api: rest } }, "rest: domain input on"],
    ["the output of get-domain-name", answer, "rest: domain output on"],
    [
      "the output of get-domain-names",
      { items: [answer, { ...withoutMtls, domainNameStatus: "AVAILABLE" }], position: "x" },
      "rest: domain output on, domain output off",
    ],
    [
      "the input of update-domain-name",
      { domainName: "api.example.com", patchOperations: [operation] },
      "rest: patch input on",
    ],
    ["the same without the name", { patchOperations: [operation] }, "rest: patch input on"],
    [
      "an update of something else of it",
      {
        domainName: "api.example.com",
        patchOperations: [{ op: "replace", path: "/securityPolicy", value: "TLS_1_2" }],
      },
      "rest: patch input off",
    ],
    ["the value of --patch-operations", [operation], "rest: patch input on"],
    [
      "the same with the whole block",
      [{ op: "add", path: "/mutualTlsAuthentication", value: { truststoreUri: uri } }],
      "rest: patch input off",
    ],
    [
      "an update of the version alone",
      [{ op: "replace", path: "/mutualTlsAuthentication/truststoreVersion", value: "v2" }],
      "rest: patch input on",
    ],
    [
      "one that takes the trust store away beside it",
      [
        { op: "remove", path: "/mutualTlsAuthentication/truststoreUri" },
        { op: "replace", path: "/mutualTlsAuthentication/truststoreVersion", value: "v2" },
      ],
      "rest: patch input off",
    ],
    [
      "an update of an HTTP API's version alone",
      { DomainName: "api.example.com", MutualTlsAuthentication: { TruststoreVersion: "v2" } },
      "http: domain input on",
    ],
    [
      "a trust store beside the certificate",
      { domainName: "api.example.com", certificateArn: certificate, truststoreUri: uri },
      "rest: domain input on",
    ],
    ["the block in a member", { mutualTlsAuthentication: { truststoreUri: uri } }, "rest: domain input on"],
    ["the value of --mutual-tls-authentication", { truststoreUri: uri }, "rest: block input on"],
    ["the same for HTTP APIs", { TruststoreUri: uri, TruststoreVersion: "v1" }, "http: block input on"],
    ["the input of apigatewayv2 create-domain-name", http, "http: domain input on"],
    [
      "the output of apigatewayv2 get-domain-names",
      { Items: [{ ...http, ApiMappingSelectionExpression: "$request.basepath" }] },
      "http: domain output on",
    ],
    [
      "one that turns mutual TLS off",
      { ...http, MutualTlsAuthentication: { TruststoreUri: "" } },
      "http: domain input off",
    ],
    [
      "one that a template fills in",
      { ...rest, mutualTlsAuthentication: { truststoreUri: "${uri}" } },
      "rest: domain input unknown",
    ],
    ["a block that is typed yet", { mutualTlsAuthentication: {} }, "rest: domain input off"],
    [
      "Expected the block, found one whose place stands",
      { domainName: "api.example.com", mutualTlsAuthentication: uri },
      "rest: domain input off",
    ],
    [
      "one spelled as the other API does",
      { ...withoutMtls, MutualTlsAuthentication: { TruststoreUri: uri } },
      "rest: domain input on",
    ],
  ];
  for (const [name, value, expected] of ours) test(`are ours: ${name}`, () => assert.equal(recognise(value), expected));

  const others: readonly (readonly [name: string, value: Json])[] = [
    ["somebody's own settings", { service: "orders", domainName: "api.example.com", truststoreUri: uri }],
    ["a line of a table of an answer", { domainName: "a", securityPolicy: "TLS_1_2", truststoreUri: uri }],
    ["a line with a status", { domainName: "a", domainNameStatus: "AVAILABLE", truststoreUri: uri }],
    ["a line for the other API", { DomainName: "a", TruststoreUri: uri, TruststoreVersion: "1" }],
    ["a table", { Items: [{ DomainName: "a", TruststoreUri: uri, TruststoreVersion: "1" }] }],
    ["the same in another case", { Stage: "prod", DomainName: "api.example.com", TruststoreUri: uri }],
    ["a CloudFormation resource", { Type: "AWS::ApiGatewayV2::DomainName", Properties: http }],
    [
      "the inside of Properties of a REST API's domain",
      {
        DomainName: "api.example.com",
        RegionalCertificateArn: certificate,
        EndpointConfiguration: { Types: ["EDGE"] },
        MutualTlsAuthentication: { TruststoreUri: uri },
      },
    ],
    ["the same with intrinsics", { ...http, DomainName: { Ref: "Name" } }],
    [
      "the state of a resource of Cloud Control, which CloudFormation spells",
      {
        DomainName: "api.example.com",
        RegionalCertificateArn: certificate,
        RegionalDomainName: "d-abc.execute-api.eu-west-1.amazonaws.com",
        MutualTlsAuthentication: { TruststoreUri: uri },
      },
    ],
    [
      "a domain of SAM",
      { DomainName: "api.example.com", CertificateArn: certificate, MutualTlsAuthentication: { TruststoreUri: uri } },
    ],
    [
      "what else of a domain is SAM's or CloudFormation's",
      { DomainName: "api.example.com", SecurityPolicy: "TLS_1_2", MutualTlsAuthentication: { TruststoreUri: uri } },
    ],
    [
      "somebody's own mutual TLS of a domain",
      { domainName: "example.com", mutualTlsAuthentication: { enabled: true, trustStore: "clients.jks" } },
    ],
    ["a flag for it", { domainName: "example.com", mutualTlsAuthentication: true }],
    ["somebody's own mutual TLS", { mutualTlsAuthentication: { enabled: true } }],
    ["the same in capitals", { MutualTlsAuthentication: { CaFile: "clients.pem" } }],
    [
      "Terraform in JSON",
      {
        resource: {
          aws_api_gateway_domain_name: { api: { mutual_tls_authentication: { truststore_uri: "https://x" } } },
        },
      },
    ],
    [
      "an OpenAPI document",
      {
        openapi: "3.0.1",
        domainName: "a",
        endpointConfiguration: { types: ["EDGE"] },
        mutualTlsAuthentication: { truststoreUri: "x" },
      },
    ],
    [
      "a REST API",
      { id: "abc", name: "shop", endpointConfiguration: { types: ["REGIONAL"] }, disableExecuteApiEndpoint: false },
    ],
    [
      "an update of a REST API",
      { restApiId: "abc", patchOperations: [{ op: "replace", path: "/disableExecuteApiEndpoint", value: "True" }] },
    ],
    [
      "an update of a base path mapping",
      {
        domainName: "api.example.com",
        basePath: "v1",
        patchOperations: [{ op: "replace", path: "/stage", value: "x" }],
      },
    ],
    [
      "an update of nobody knows what",
      { patchOperations: [{ op: "replace", path: "/securityPolicy", value: "TLS_1_2" }] },
    ],
    ["a JSON patch", [{ op: "replace", path: "/spec/replicas", value: 3 }]],
    ["a JSON patch of somebody's own mutual TLS", [{ op: "add", path: "/mutualTlsAuthentication", value: true }]],
    ["a JSON patch of what is in it", [{ op: "replace", path: "/mutualTlsAuthentication/enabled", value: true }]],
    ["somebody's own settings", { domainName: "example.com", certificateArn: certificate }],
    ["somebody's own trust store", { truststoreUri: "file:///etc/clients.pem", password: "x" }],
    ["other items", { items: [{ domainName: "example.com" }] }],
    ["a skeleton", { ...rest, domainName: "", mutualTlsAuthentication: { truststoreUri: "", truststoreVersion: "" } }],
    ["a skeleton for HTTP APIs", { ...http, DomainName: "" }],
    ["a skeleton of an update", { domainName: "", patchOperations: [{ op: "test", path: "", value: "", from: "" }] }],
    ["nothing", {}],
  ];
  for (const [name, value] of others) test(`are not ours: ${name}`, () => assert.equal(recognise(value), "not ours"));
});

test("nothing is found in what is right, nor thrown while it is typed", () => {
  const text = JSON.stringify({ items: [answer, answer] }, undefined, 2);
  assert.deepEqual(
    problemsIn(text).map(({ rule }) => rule.id),
    ["domain-name/side-door"],
  );
  for (const value of [rest, http, { domainName: "a", patchOperations: [operation] }]) {
    const whole = JSON.stringify(value, undefined, 1);
    for (let length = 0; length < whole.length; length++) {
      const errors = problemsIn(whole.slice(0, length)).filter(({ severity }) => severity === "error");
      // What is cut within a word is a wrong word; of what is not there yet, nothing is said.
      assert.deepEqual(
        errors.map(messageOf).filter((message) => /missing|entries/.test(message)),
        [],
        whole.slice(0, length),
      );
    }
  }
});

test("hundreds of domains are read once each", () => {
  const items = Array.from({ length: 500 }, (_, index) => ({
    ...answer,
    domainName: `api${index}.example.com`,
    mutualTlsAuthentication: { truststoreUri: index % 2 === 0 ? uri : "s3://bucket" },
  }));
  const problems = problemsIn(JSON.stringify({ items }));
  assert.equal(problems.filter(({ rule }) => rule.id === "domain-name/truststore-uri").length, 250);
  assert.equal(problems.length, 251);
});

test("one fault of the block is one finding", () => {
  const own = { domainName: "api.example.com", regionalCertificateArn: certificate };
  const found = (value: Json) =>
    problemsIn(JSON.stringify(value))
      .filter(({ severity }) => severity === "error")
      .map(({ rule }) => rule.id);
  for (const value of [true, "on", [], {}, { enabled: true }, { truststoreWarnings: [] }])
    assert.deepEqual(found({ ...own, mutual_tls: value }), [], JSON.stringify(value));
  assert.deepEqual(found({ ...own, mutual_tls: { truststoreUri: null } }), ["domain-name/mtls-spelling"]);
  assert.deepEqual(found({ ...own, mutualTlsAuthentication: true }), ["domain-name/truststore-uri"]);
});

test("a trust store beside the certificate is a mistake in a request, and none in the items of a list", () => {
  const flat = { ...withoutMtls, truststoreUri: uri, truststoreVersion: "v1" };
  const found = (value: Json) =>
    problemsIn(JSON.stringify(value)).flatMap(({ rule }) => (rule.severity === "error" ? rule.id : []));
  assert.deepEqual(found(flat), ["domain-name/mtls-place"]);
  assert.deepEqual(found([flat]), []);
  assert.deepEqual(found({ items: [flat] }), []);
});

test("an update that puts the trust store back does not turn off mutual TLS", () => {
  const removal = { op: "remove", path: operation.path };
  const found = (patchOperations: Json) =>
    problemsIn(JSON.stringify({ domainName: "api.example.com", patchOperations })).map(({ rule }) => rule.id);
  assert.ok(!found([removal, { ...operation, op: "add" }]).includes("domain-name/mtls-off"));
  assert.ok(found([{ ...operation, op: "add" }, removal]).includes("domain-name/mtls-off"));
});
