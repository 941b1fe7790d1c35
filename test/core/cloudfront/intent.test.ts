import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  certificatesOf,
  type OriginIntent,
  originChangesFor,
  originUnfitFor,
} from "../../../src/core/cloudfront/intent.ts";
import type { Json } from "../../../src/core/document/tree.ts";
import { configOf } from "../../../src/core/facts.ts";
import { problemsIn, readText, render } from "../checking.ts";
import {
  certificate,
  customConfig,
  customOrigin,
  distributionConfig,
  mtls,
  otherCertificate,
  s3Origin,
} from "../configs.ts";

function carryOut(value: Json, intent: OriginIntent): Json {
  const facts = readText(JSON.stringify(value, undefined, 2));
  const text = render(facts.tree, originChangesFor(configOf(facts)?.distribution.origins ?? assert.fail(), intent));
  return JSON.parse(text) as Json;
}

function unfit(origin: Json, intent: OriginIntent["kind"]): string | undefined {
  const config = configOf(readText(JSON.stringify({ Origins: { Items: [origin] } })));
  return originUnfitFor(config?.distribution.origins[0] ?? assert.fail(), intent);
}

const enable: OriginIntent = { kind: "enable", certificate };
const plain = customOrigin("o1");
const on = customOrigin("o1", customConfig(mtls));

describe("to enable mTLS", () => {
  test("adds the block and calls the origin over HTTPS only", () => {
    assert.deepEqual(carryOut(customOrigin("o1", customConfig({ OriginProtocolPolicy: "match-viewer" })), enable), on);
    assert.deepEqual(
      carryOut(
        { Id: "o1", DomainName: "o1.example.com", CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443 } },
        enable,
      ),
      {
        Id: "o1",
        DomainName: "o1.example.com",
        CustomOriginConfig: {
          HTTPPort: 80,
          HTTPSPort: 443,
          OriginMtlsConfig: { ClientCertificateArn: certificate },
          OriginProtocolPolicy: "https-only",
        },
      },
    );
  });

  test("puts another certificate into the block that is there", () => {
    assert.deepEqual(
      carryOut(
        customOrigin("o1", customConfig({ OriginMtlsConfig: { ClientCertificateArn: otherCertificate } })),
        enable,
      ),
      on,
    );
    assert.deepEqual(
      carryOut(customOrigin("o1", customConfig({ OriginMtlsConfig: { CertificateArn: otherCertificate } })), enable),
      on,
    );
    assert.deepEqual(carryOut(customOrigin("o1", customConfig({ OriginMtlsConfig: {} })), enable), on);
    assert.deepEqual(carryOut(customOrigin("o1", customConfig({ OriginMtlsConfig: null })), enable), on);
  });

  test("changes nothing where it is so already", () => {
    assert.deepEqual(originChangesFor(configOf(readText(JSON.stringify(on)))?.distribution.origins ?? [], enable), []);
  });

  test("leaves a config in which no rule finds anything", () => {
    const after = carryOut(
      distributionConfig([customOrigin("o1", customConfig({ OriginProtocolPolicy: "http-only" })), s3Origin("o2")]),
      enable,
    );
    assert.deepEqual(problemsIn(JSON.stringify(after)), []);
  });
});

describe("to change the certificate", () => {
  test("changes it where mTLS is on, and leaves the others", () => {
    const value = distributionConfig([on, customOrigin("o2")]);
    assert.deepEqual(
      carryOut(value, { kind: "change-certificate", certificate: otherCertificate }),
      distributionConfig([
        customOrigin("o1", customConfig({ OriginMtlsConfig: { ClientCertificateArn: otherCertificate } })),
        customOrigin("o2"),
      ]),
    );
  });
});

describe("to disable mTLS", () => {
  test("takes out every block that means it, however written", () => {
    for (const origin of [
      on,
      customOrigin("o1", customConfig({ OriginMtls: { Enabled: true } })),
      customOrigin("o1", customConfig(mtls), mtls),
      { ...plain, ...mtls },
    ]) {
      assert.deepEqual(carryOut(origin, { kind: "disable" }), plain);
    }
  });
});

describe("an origin is unfit", () => {
  const s3 = s3Origin("o1");
  const vpc = { Id: "o1", DomainName: "internal.example.com", VpcOriginConfig: { VpcOriginId: "vo_1" } };
  const bare = { Id: "o1", DomainName: "o1.example.com", ...mtls };
  const cases: readonly (readonly [
    name: string,
    origin: Json,
    intent: OriginIntent["kind"],
    expected: string | undefined,
  ])[] = [
    ["custom", plain, "enable", undefined],
    ["custom with mTLS", on, "enable", undefined],
    ["S3", s3, "enable", "s3"],
    ["VPC", vpc, "enable", "vpc"],
    ["of no kind", bare, "enable", "no-custom-origin-config"],
    ["with a misspelled block", customOrigin("o1", customConfig({ OriginMtls: {} })), "enable", "unclear-blocks"],
    ["with a misplaced block", customOrigin("o1", customConfig(), mtls), "enable", "unclear-blocks"],
    [
      "with a flag",
      customOrigin("o1", customConfig({ OriginMtlsConfig: { Enabled: true } })),
      "enable",
      "unclear-blocks",
    ],
    ["without mTLS", plain, "change-certificate", "not-on"],
    ["with mTLS", on, "change-certificate", undefined],
    ["without mTLS", plain, "disable", "already-off"],
    ["with mTLS", on, "disable", undefined],
    ["S3 with a block", s3Origin("o1", mtls), "disable", undefined],
  ];
  for (const [name, origin, intent, expected] of cases)
    test(`to ${intent}, ${name}: ${expected ?? "no"}`, () => assert.equal(unfit(origin, intent), expected));
});

test("the certificates of a config are each named once, in its order", () => {
  const config = configOf(
    readText(
      JSON.stringify(
        distributionConfig([
          customOrigin("o1", customConfig({ OriginMtlsConfig: { ClientCertificateArn: otherCertificate } })),
          on,
          customOrigin("o3", customConfig(mtls)),
          customOrigin("o4", customConfig({ OriginMtls: { CertificateArn: "${CERT}" } })),
        ]),
      ),
    ),
  );
  assert.deepEqual(certificatesOf(config?.distribution ?? assert.fail()), [otherCertificate, certificate]);
});
