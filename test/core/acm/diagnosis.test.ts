import * as assert from "node:assert/strict";
import { test } from "node:test";
import { diagnose } from "../../../src/core/acm/diagnosis.ts";
import type { AcmCertificate } from "../../../src/core/inventory.ts";
import { tell } from "../../../src/core/messages/tell.ts";
import { arnOf, certificate, daysFromNow, details, now } from "./inventory.ts";

const here = { account: "123456789012", partition: "aws" };

function reasons(arn: string, looked: AcmCertificate | "absent" | undefined): readonly string[] {
  return diagnose(arn, looked, here, now).reasons.map((reason) => tell(reason));
}

test("each cause is another one", () => {
  const arn = arnOf(1);
  assert.deepEqual(reasons(arn, "absent"), ["The certificate does not exist in ACM."]);
  assert.match(
    reasons(arn, certificate({ status: "PENDING_VALIDATION", notBefore: undefined, notAfter: undefined })).join(),
    /^The certificate is not issued yet/,
  );
  assert.match(
    reasons(arn, certificate({ notAfter: daysFromNow(-3) })).join(),
    /^The certificate expired 3 days ago\./,
  );
  assert.match(
    reasons(arn, certificate({ extendedKeyUsages: ["TLS_WEB_SERVER_AUTHENTICATION"] })).join(),
    /needs clientAuth/,
  );
  assert.match(reasons(arn, certificate({ keyAlgorithm: "RSA_4096" })).join(), /^The key is RSA 4096/);
  assert.deepEqual(
    reasons(
      arn,
      certificate({
        details: details({ unmet: [{ code: "client:chain-length", args: { count: 4, most: 3 } }] }),
      }),
    ),
    ["The chain has 4 certificates; CloudFront accepts up to 3, including leaf and root."],
  );
  const elsewhere = arnOf(1, { region: "eu-central-1" });
  assert.match(
    reasons(elsewhere, certificate({ arn: elsewhere })).join(),
    /^The certificate is in ACM in eu-central-1/,
  );
});

test("what could not be looked at is said to be so", () => {
  const other = arnOf(1, { owner: "999988887777", region: "eu-west-1" });
  assert.deepEqual(diagnose(other, undefined, here, now), {
    arn: other,
    checked: "not",
    reasons: [
      { code: "acm:other-region", args: { region: "eu-west-1", wanted: "us-east-1" } },
      { code: "acm:other-account", args: { account: "999988887777", own: "123456789012" } },
    ],
  });
  assert.deepEqual(diagnose(arnOf(1), undefined, here, now), { arn: arnOf(1), reasons: [], checked: "not" });
  assert.equal(diagnose("arn:aws:iam::123456789012:server-certificate/x", undefined, here, now).checked, "not");
});

test("a certificate that nothing is wrong with is said to be fit, as far as it was looked at", () => {
  assert.deepEqual(diagnose(arnOf(1), certificate({}), here, now), { arn: arnOf(1), reasons: [], checked: "summary" });
  assert.deepEqual(diagnose(arnOf(1), certificate({ details: details() }), here, now), {
    arn: arnOf(1),
    reasons: [],
    checked: "fully",
  });
});
