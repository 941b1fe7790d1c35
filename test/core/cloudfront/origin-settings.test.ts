import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  changedSettings,
  inverseOf,
  newCertificates,
  settingsOf,
  unmetSettings,
  withSettings,
} from "../../../src/core/cloudfront/origin-settings.ts";
import {
  certificate,
  customConfig,
  customOrigin,
  distributionConfig,
  mtls,
  otherCertificate,
  s3Origin,
} from "../configs.ts";

const other = { OriginMtlsConfig: { ClientCertificateArn: otherCertificate } };
const before = distributionConfig([
  customOrigin("o1", customConfig({ OriginProtocolPolicy: "match-viewer" })),
  customOrigin("o2", customConfig(mtls)),
  s3Origin("files"),
]);
const after = distributionConfig([
  customOrigin("o1", customConfig(mtls)),
  customOrigin("o2", customConfig(other)),
  s3Origin("files"),
]);

describe("the mTLS settings of origins", () => {
  test("are those of custom origins", () => {
    assert.deepEqual(settingsOf(before), [
      { origin: "o1", certificate: undefined, protocolPolicy: "match-viewer" },
      { origin: "o2", certificate, protocolPolicy: "https-only" },
    ]);
    assert.deepEqual(settingsOf({ Origins: [] }), []);
    assert.deepEqual(settingsOf("no config"), []);
  });

  test("are compared between two configs", () => {
    assert.deepEqual(changedSettings(before, after), [
      { origin: "o1", certificate, protocolPolicy: "https-only" },
      { origin: "o2", certificate: otherCertificate, protocolPolicy: "https-only" },
    ]);
    assert.deepEqual(changedSettings(before, before), []);
    assert.deepEqual(
      changedSettings(before, distributionConfig([...[customOrigin("new", customConfig(mtls))]])),
      [],
      "an origin that was not there has no setting that changed",
    );
  });

  test("are unmet where they are others, or the origin is gone", () => {
    const wanted = settingsOf(after);
    assert.deepEqual(unmetSettings(after, wanted), []);
    assert.deepEqual(unmetSettings(distributionConfig([customOrigin("o1", customConfig(mtls))]), wanted), [wanted[1]]);
  });
});

describe("the inverse of a change", () => {
  test("turns the config back, whatever else origins have", () => {
    const inverse = inverseOf(before, after) ?? assert.fail();
    assert.deepEqual(inverse, [
      { origin: "o1", certificate: undefined, protocolPolicy: "match-viewer" },
      { origin: "o2", certificate, protocolPolicy: "https-only" },
    ]);
    assert.deepEqual(withSettings(after, inverse), before);
  });

  test("puts back a policy that was not written", () => {
    const without = distributionConfig([customOrigin("o1", { HTTPPort: 80, HTTPSPort: 443 })]);
    const enabled = distributionConfig([customOrigin("o1", customConfig(mtls))]);
    assert.deepEqual(withSettings(enabled, inverseOf(without, enabled) ?? assert.fail()), without);
  });

  test("is not known where more was changed", () => {
    assert.equal(inverseOf(before, { ...after, Comment: "another" }), undefined);
    assert.equal(inverseOf(before, distributionConfig([customOrigin("o1", customConfig(mtls))])), undefined);
    const more = { OriginMtlsConfig: { ClientCertificateArn: certificate, Mode: "strict" } };
    assert.equal(
      inverseOf(distributionConfig([customOrigin("o1", customConfig(more))]), distributionConfig([customOrigin("o1")])),
      undefined,
      "what stood beside the ARN would be lost",
    );
  });

  test("needs the origins it is about", () => {
    assert.equal(
      withSettings(distributionConfig([s3Origin("o1")]), [{ origin: "o1", certificate, protocolPolicy: "https-only" }]),
      undefined,
    );
    assert.equal(
      withSettings(distributionConfig(), [{ origin: "gone", certificate: undefined, protocolPolicy: "https-only" }]),
      undefined,
    );
  });
});

test("certificates are new where an origin did not have them", () => {
  assert.deepEqual(newCertificates(before, after), [certificate, otherCertificate]);
  assert.deepEqual(newCertificates(after, after), []);
  assert.deepEqual(newCertificates(after, before), [certificate]);
});
