// What the documents below `test/rules` cannot show: of a folder's account there is one only.

import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { configOf } from "../../../src/core/facts.ts";
import { check, checkCertificate } from "../../../src/core/rules/check.ts";
import type { Context } from "../../../src/core/rules/rule.ts";
import { arnOf, certificate, daysFromNow, inventory } from "../acm/inventory.ts";
import { context, onFault, readText, withSeverities } from "../checking.ts";

function config(arn: string): string {
  return JSON.stringify({
    HTTPPort: 80,
    HTTPSPort: 443,
    OriginProtocolPolicy: "https-only",
    OriginMtlsConfig: { ClientCertificateArn: arn },
  });
}

/** Beside that the config is a part of one, which no account decides. */
function firing(arn: string, held: Context["inventory"], given = context): string[] {
  return check(readText(config(arn)), { ...given, ...(held === undefined ? {} : { inventory: held }) }, onFault)
    .filter(({ rule }) => rule.id !== "distribution/fragment")
    .map(({ rule, severity }) => `${severity} ${rule.id}`);
}

const wrongRegion = arnOf(1, { region: "eu-west-1" });
const region = ["error origin/client-certificate-region"];

describe("what the account says of a certificate", () => {
  test("is nothing where it is in a region that CloudFront does not read: it has to be another one", () => {
    assert.deepEqual(firing(wrongRegion, undefined), region);
    assert.deepEqual(
      firing(
        wrongRegion,
        inventory({
          certificates: [certificate({ arn: wrongRegion, keyAlgorithm: "RSA_4096", notAfter: daysFromNow(-1) })],
        }),
      ),
      region,
    );
    assert.deepEqual(firing(wrongRegion, inventory({ absent: [wrongRegion] })), region);
  });

  test("is the newer word where it was absent before", () => {
    assert.deepEqual(firing(arnOf(1), inventory({ certificates: [certificate()], absent: [arnOf(1)] })), []);
  });

  test("is told by the days that the settings say", () => {
    const held = inventory({ certificates: [certificate({ notAfter: daysFromNow(12) })] });
    for (const [expiryWarningDays, expected] of [
      [12, ["warning origin/client-certificate-expiring"]],
      [11, []],
      [0, []],
    ] as const) {
      assert.deepEqual(
        firing(arnOf(1), held, { ...context, settings: { ...context.settings, expiryWarningDays } }),
        expected,
      );
    }
  });

  test("is told in two partitions alike", () => {
    const arn = arnOf(1, { partition: "aws-cn", region: "cn-north-1" });
    const held = { ...inventory({ certificates: [certificate({ arn, status: "REVOKED" })] }), partition: "aws-cn" };
    assert.deepEqual(firing(arn, held), ["error origin/client-certificate-status"]);
  });

  test("is as grave as the settings say", () => {
    const held = inventory({ absent: [arnOf(1)] });
    assert.deepEqual(firing(arnOf(1), held, withSeverities({ "origin/client-certificate-absent": "info" })), [
      "info origin/client-certificate-absent",
    ]);
    assert.deepEqual(firing(arnOf(1), held, withSeverities({ "origin/client-certificate-absent": "off" })), []);
  });

  test("is told before it is in the document, whatever the settings hide", () => {
    const read = configOf(readText(config(arnOf(2))));
    assert.ok(read !== undefined);
    const hiding = withSeverities({ "origin/client-certificate-unfit": "off" });
    const held = inventory({ certificates: [certificate({ keyAlgorithm: "RSA_4096" })], absent: [arnOf(3)] });
    const said = (arn: string) =>
      checkCertificate(arn, read.distribution, { ...hiding, inventory: held }, onFault).map(({ rule }) => rule.id);
    assert.deepEqual(said(arnOf(1)), ["origin/client-certificate-unfit"]);
    assert.deepEqual(said(arnOf(3)), ["origin/client-certificate-absent"]);
    assert.deepEqual(said(arnOf(4)), []);
  });
});

test("members that the service sent are nobody's mistake, wherever they stand", () => {
  const text = JSON.stringify({
    CallerReference: "1",
    Comment: "",
    Enabled: true,
    Brotli: true,
    Origins: {
      Quantity: 1,
      Items: [
        {
          Id: "o1",
          DomainName: "origin.example.com",
          Hedging: { Enabled: true },
          CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only", HTTPSPrt: 443 },
        },
      ],
    },
    DefaultCacheBehavior: { TargetOriginId: "o1", ViewerProtocolPolicy: "https-only" },
  });
  const unknown = (given: Context) =>
    check(readText(text), given, onFault)
      .filter(({ rule }) => rule.id === "distribution/unknown-member")
      .map(({ at }) => text.slice(at.start, at.end));
  assert.deepEqual(unknown(context), ['"Brotli"', '"Hedging"', '"HTTPSPrt"']);
  assert.deepEqual(unknown({ ...context, servedMembers: new Set(["Brotli", "Hedging"]) }), ['"HTTPSPrt"']);
});
