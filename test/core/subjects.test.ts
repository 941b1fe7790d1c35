import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Json } from "../../src/core/document/tree.ts";
import { subjectsOf } from "../../src/core/facts.ts";
import { check } from "../../src/core/rules/check.ts";
import { masked } from "../../src/core/secrets.ts";
import { subjectAt } from "../../src/core/subject-at.ts";
import { context, onFault, readText } from "./checking.ts";
import { customConfig, customOrigin, distributionConfig, mtls } from "./configs.ts";

const config = distributionConfig([customOrigin("o1", customConfig(mtls))]);
const domain = {
  domainName: "api.example.com",
  regionalCertificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
  endpointConfiguration: { types: ["REGIONAL"] },
  mutualTlsAuthentication: { truststoreUri: "s3://bucket/clients.pem", truststoreVersion: "v1" },
};
const balancer = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188";
const listener = {
  ListenerArn:
    "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2",
  LoadBalancerArn: balancer,
  Protocol: "HTTPS",
  Port: 443,
  MutualAuthentication: { Mode: "passthrough" },
};

const factsOf = (value: Json) => readText(JSON.stringify(value, undefined, 2));
const kindsIn = (value: Json) => factsOf(value).subjects.map(({ kind }) => kind);

describe("a document may hold several subjects", () => {
  const documents: readonly (readonly [name: string, value: Json, expected: readonly string[]])[] = [
    ["configs in a list", [config, config], ["distribution", "distribution"]],
    ["configs under names", { blue: config, green: config }, ["distribution", "distribution"]],
    [
      "a config and payloads under names, in document order",
      { api: domain, cdn: { DistributionConfig: config }, lb: listener },
      ["domain-names", "distribution", "listeners"],
    ],
    [
      "payloads beside a wrapped config",
      { ETag: "E2EXAMPLE", DistributionConfig: config, extra: { api: domain } },
      ["distribution", "domain-names"],
    ],
    [
      "answers of two commands",
      [{ Listeners: [listener, listener] }, { items: [domain] }],
      ["listeners", "domain-names"],
    ],
    ["one that is wrapped twice is one", { Distribution: { Id: "E1", DistributionConfig: config } }, ["distribution"]],
    ["parts do not count below the root", { mine: { Origins: { Quantity: 0, Items: [] } } }, []],
    ["a block alone does not either", { mine: { Mode: "verify", TrustStoreArn: "x" } }, []],
    ["what is too deep is not looked for", { a: { b: { c: { d: { e: config } } } } }, []],
    [
      "a template below a name stays one",
      { main: { AWSTemplateFormatVersion: "2010-09-09", Resources: { a: config } } },
      [],
    ],
    [
      "a template that is a list",
      [{ Type: "AWS::CloudFront::Distribution", Properties: { DistributionConfig: config } }],
      [],
    ],
  ];
  for (const [name, value, expected] of documents) test(name, () => assert.deepEqual(kindsIn(value), expected));
});

test("each is judged by the rules of its service, at its own place", () => {
  const bad = { ...config, CallerReference: "x", HttpVersion: "HTTP9" };
  const value = { cdn: [bad, config, bad], lb: { ...listener, MutualAuthentication: { Mode: "Passthrough" } } };
  const text = JSON.stringify(value, undefined, 2);
  const problems = check(readText(text), context, onFault);
  const at = (word: string) => [...text.matchAll(new RegExp(word, "g"))].map(({ index }) => index);
  const of = (rule: string) =>
    problems.filter((problem) => problem.rule.id === rule).map((problem) => problem.at.start);
  assert.deepEqual(of("distribution/enum-value"), at('"HTTP9"'));
  assert.deepEqual(of("listener/mode"), at('"Passthrough"'));
});

test("a place belongs to the subject that it stands in", () => {
  const text = JSON.stringify({ api: domain, cdn: config }, undefined, 2);
  const facts = readText(text);
  assert.equal(subjectAt(facts, text.indexOf("clients.pem"))?.kind, "domain-names");
  assert.equal(subjectAt(facts, text.indexOf("OriginMtlsConfig"))?.kind, "distribution");
  assert.equal(subjectAt(facts, text.indexOf('"api"')), undefined);
});

test("one of a kind is found among others", () => {
  const facts = factsOf([domain, config, domain]);
  assert.equal(subjectsOf(facts, "domain-names").length, 2);
  assert.equal(subjectsOf(facts, "distribution").length, 1);
  assert.equal(subjectsOf(facts, "listeners").length, 0);
});

test("what one service keeps secret is masked beside another's", () => {
  const action = { Type: "authenticate-oidc", AuthenticateOidcConfig: { ClientSecret: "hush-hush" } };
  const headers = { CustomHeaders: { Quantity: 1, Items: [{ HeaderName: "x-key", HeaderValue: "hush-hush" }] } };
  const value = {
    cdn: distributionConfig([customOrigin("o1", customConfig(mtls), headers)]),
    lb: { ...listener, DefaultActions: [action] },
  };
  const text = JSON.stringify(value);
  assert.equal(text.split("hush-hush").length, 3);
  assert.ok(!masked(readText(text).tree).text.includes("hush-hush"));
});

test("a wrapper that is not the whole file is left where it is", () => {
  const wrapped = { ETag: "E2EXAMPLE", DistributionConfig: config };
  const rules = (value: Json) => check(factsOf(value), context, onFault).map(({ rule }) => rule.id);
  assert.ok(rules(wrapped).includes("file/wrapped-config"));
  assert.ok(!rules({ mine: wrapped }).includes("file/wrapped-config"));
  assert.ok(!rules({ ...wrapped, extra: { api: domain } }).includes("file/wrapped-config"));
});

test("work stays bounded where a large file of somebody else's has what looks like ours", () => {
  const nested = Array.from({ length: 20_000 }, (_, index) => ({ Origins: { Items: [] }, index }));
  assert.deepEqual(kindsIn(nested), []);
});

test("what a record of CloudTrail holds was asked once, and is no config", () => {
  const record = { eventSource: "apigateway.amazonaws.com", eventName: "UpdateDomainName", requestParameters: domain };
  for (const one of [record, { Records: [record] }, { detail: record }]) assert.deepEqual(kindsIn(one), []);
  assert.deepEqual(kindsIn({ eventName: "UpdateDomainName", requestParameters: domain }), ["domain-names"]);
});
