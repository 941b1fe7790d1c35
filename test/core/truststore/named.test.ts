import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { mayNameStores, namedStores, sharedNames } from "../../../src/core/truststore/named.ts";

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
