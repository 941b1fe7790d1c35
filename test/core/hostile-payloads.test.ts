// Inputs of other services that somebody made to keep the editor busy, as in hostile.test.ts.
// counted: its work.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fixAll } from "../../src/core/fixes.ts";
import { mostFindings } from "../../src/core/rules/run.ts";
import { context, onFault, problemsOf, readText } from "./checking.ts";
import { countWork, workOf } from "./work.ts";

const many = (count: number, item: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => item(index)).join();
const certificate = "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
const loadBalancer = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188";
const domain = (more: string): string =>
  `{"domainName":"api.example.com","regionalCertificateArn":"${certificate}",${more}}`;
const on = '"mutualTlsAuthentication":{"truststoreUri":"s3://bucket/key"}';

/** By name: a document for each size. */
const documents: Readonly<Record<string, (count: number) => string>> = {
  "domain names with a wrong place": (count) =>
    `{"items":[${many(count, () => domain('"endpointConfiguration":{"types":["EDGE"]},"mutualTlsAuthentication":{"truststoreUri":"arn:aws:s3:::bucket/key"}'))}]}`,
  "the same block many times": (count) => domain(many(count, () => on)),
  "the same misspelled block many times": (count) =>
    domain(many(count, () => '"MutualTlsAuthentication":{"truststoreUri":"s3://bucket/key"}')),
  "many misspelled members of a block": (count) =>
    domain(`"mutualTlsAuthentication":{${many(count, (index) => `"truststoreUr${index % 10}":1`)}}`),
  "many endpoint types": (count) =>
    domain(`${on},"endpointConfiguration":{"types":["REGIONAL",${many(count, () => '"EDGE"')}]}`),
  "operations at one path": (count) =>
    `{"domainName":"a","patchOperations":[${many(count, (index) => `{"op":"${index % 2 === 0 ? "add" : "remove"}","path":"/regionalCertificateArn","value":"x"}`)}]}`,
  "operations at paths that are slips": (count) =>
    `[{"op":"add","path":"/mutualTlsAuthentication/truststoreUri","value":"x"},${many(count, (index) => `{"op":"Copy","path":"/mutualTlsAuthentication/truststoreUr${index}","value":"x"}`)}]`,
  "configurations of an HTTP API": (count) =>
    `{"DomainName":"a","MutualTlsAuthentication":{"TruststoreUri":"s3://b/k"},"DomainNameConfigurations":[${many(
      count,
      () =>
        `{"CertificateArn":"${certificate}","OwnershipVerificationCertificateArn":"${certificate}","EndpointType":"EDGE","SecurityPolicy":"TLS_1_0"}`,
    )}]}`,
  "warnings of a trust store": (count) =>
    domain(`"mutualTlsAuthentication":{"truststoreUri":"s3://b/k","truststoreWarnings":[${many(count, () => '"x"')}]}`),
  "listeners with everything wrong": (count) =>
    `{"Listeners":[${many(
      count,
      () =>
        `{"LoadBalancerArn":"${loadBalancer}","Protocol":"HTTP","MutualAuthentication":{"Mode":"Verify","TruststoreArn":"x","AdvertiseTrustStoreCaNames":true}}`,
    )}]}`,
  "misspelled members of a listener": (count) =>
    `{"LoadBalancerArn":"${loadBalancer}","Protocol":"HTTPS","MutualAuthentication":{${many(count, () => '"TrustStore":"x","mode":"verify"')}}}`,
};

describe("the work on a hostile input of another service", { concurrency: false }, () => {
  countWork();
  const [small, factor, most] = [400, 4, 6];
  const judge = (text: string) => {
    const facts = readText(text);
    problemsOf(facts);
    return facts;
  };

  for (const [name, make] of Object.entries(documents)) {
    test(`grows as the file does: ${name}`, () => {
      const [one, another] = [make(small), make(small * factor)];
      assert.notEqual(judge(one).subjects.length, 0, "not recognised: it proves nothing");
      for (const run of [judge, (text: string) => fixAll(readText(text), context, onFault)]) {
        const [less, more] = [workOf(() => run(one)), workOf(() => run(another))];
        assert.ok(more < less * most, `${less} becomes ${more}, ${(more / less).toFixed(1)} times as much`);
      }
    });

    test(`finds no more than may be shown: ${name}`, () => {
      const counts = new Map<string, number>();
      for (const { rule } of problemsOf(readText(make(mostFindings + 500))))
        counts.set(rule.id, (counts.get(rule.id) ?? 0) + 1);
      assert.deepEqual(
        [...counts].filter(([, count]) => count > mostFindings),
        [],
      );
    });
  }
});
