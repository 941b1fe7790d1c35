import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { subjectsOf } from "../../../src/core/facts.ts";
import {
  mayNameStores,
  type Naming,
  namedStores,
  resolved,
  sharedNames,
  storeUser,
} from "../../../src/core/truststore/named.ts";
import { readText } from "../checking.ts";

describe("trust stores that a document names", () => {
  const cases: Readonly<
    Record<string, readonly [document: unknown, expected: readonly (readonly [string, string])[]]>
  > = {
    "API Gateway v1": [
      { mutualTlsAuthentication: { truststoreUri: "s3://bucket/stores/clients.pem", truststoreVersion: "1" } },
      [["apigateway", "stores/clients.pem"]],
    ],
    "API Gateway v2": [
      { MutualTlsAuthentication: { TruststoreUri: "s3://bucket/clients.pem" } },
      [["apigateway", "clients.pem"]],
    ],
    "a patch operation": [
      {
        patchOperations: [
          { op: "replace", path: "/mutualTlsAuthentication/truststoreUri", value: "s3://bucket/a.pem" },
        ],
      },
      [["apigateway", "a.pem"]],
    ],
    "a patch operation, the value first": [
      {
        patchOperations: [
          { value: "s3://bucket/a.pem", path: "/mutualTlsAuthentication/truststoreUri", op: "replace" },
        ],
      },
      [["apigateway", "a.pem"]],
    ],
    "CloudFront's CreateTrustStore": [
      {
        Name: "x",
        CaCertificatesBundleSource: {
          CaCertificatesBundleS3Location: { Bucket: "b", Key: "viewers.pem", Region: "us-east-1" },
        },
      },
      [["cloudfront", "viewers.pem"]],
    ],
    "the load balancers' CreateTrustStore": [
      { Name: "x", CaCertificatesBundleS3Bucket: "b", CaCertificatesBundleS3Key: "lb/clients.pem" },
      [["alb", "lb/clients.pem"]],
    ],
    several: [
      [{ truststoreUri: "s3://b/a.pem" }, { CaCertificatesBundleS3Key: "b.pem" }],
      [
        ["apigateway", "a.pem"],
        ["alb", "b.pem"],
      ],
    ],
    "no key": [{ truststoreUri: "s3://bucket" }, []],
    "another scheme": [{ truststoreUri: "https://bucket/clients.pem" }, []],
    "a key of something else": [{ CodeUri: { Bucket: "b", Key: "code.zip" } }, []],
  };
  for (const [name, [document, expected]] of Object.entries(cases)) {
    test(name, () => {
      for (const text of [JSON.stringify(document), JSON.stringify(document, undefined, 2)]) {
        assert.deepEqual(
          namedStores(text).map(({ target, key }) => [target, key]),
          expected,
        );
        if (expected.length > 0) assert.ok(mayNameStores(text));
      }
    });
  }

  test("a trust store of load balancers is one of those whose listeners use it, in whatever document", () => {
    const store = (Name: string, CaCertificatesBundleS3Key: string, tags: object = {}) =>
      namedStores(JSON.stringify([{ Name, CaCertificatesBundleS3Bucket: "b", CaCertificatesBundleS3Key, ...tags }]));
    const arnOf = (name: string) =>
      `arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/${name}/73e2d6bc24d8a063`;
    const users = (...listeners: readonly (readonly [protocol: string, store: string])[]) =>
      subjectsOf(
        readText(
          JSON.stringify({
            Listeners: listeners.map(([Protocol, name], index) => ({
              ListenerArn: `arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/${Protocol === "TLS" ? "net" : "app"}/x/1/${index}`,
              Protocol,
              MutualAuthentication: { Mode: "verify", TrustStoreArn: arnOf(name) },
            })),
          }),
        ),
        "listeners",
      ).flatMap((found) => found.listeners.flatMap((listener) => storeUser(listener) ?? []));
    const named = (...namings: readonly Partial<Naming>[]) =>
      resolved(namings.map((naming) => ({ stores: [], users: [], ...naming })))
        .map(({ target, key }) => `${target} ${key}`)
        .sort();
    const stores = [...store("one", "one.pem"), ...store("two", "two.pem", { Tags: [{ Key: "a", Value: "b" }] })];
    assert.deepEqual(named({ stores }), ["alb one.pem", "alb two.pem"]);
    assert.deepEqual(named({ stores }, { users: users(["TLS", "one"]) }), ["alb two.pem", "nlb one.pem"]);
    assert.deepEqual(named({ users: users(["TLS", "two"], ["HTTPS", "two"]) }, { stores }), [
      "alb one.pem",
      "alb two.pem",
      "nlb two.pem",
    ]);
    const modified = namedStores(
      JSON.stringify({
        TrustStoreArn: arnOf("one"),
        CaCertificatesBundleS3Bucket: "b",
        CaCertificatesBundleS3Key: "3",
      }),
    );
    assert.deepEqual(named({ stores: modified, users: users(["TLS", "one"]) }), ["nlb 3"]);
    assert.deepEqual(named({ stores, users: users(["TLS", "${store}"], ["TLS", "three"]) }), [
      "alb one.pem",
      "alb two.pem",
    ]);
  });

  test("of many, only so many", () => {
    const text = JSON.stringify(
      Array.from({ length: 3_000 }, (_, index) => ({ truststoreUri: `s3://b/${index}.pem` })),
    );
    assert.equal(namedStores(text).length, 1_000);
  });
});

test("a path and a key share the names at their ends", () => {
  assert.equal(sharedNames("stores/prod/clients.pem", "prod/clients.pem"), 2);
  assert.equal(sharedNames("stores/test/clients.pem", "prod/clients.pem"), 1);
  assert.equal(sharedNames("clients.pem", "prod/clients.pem"), 1);
  assert.equal(sharedNames("other.pem", "prod/clients.pem"), 0);
});
