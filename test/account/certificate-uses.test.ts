// What a certificate of the account can be used for: offered with what that does, or with the reason against it.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { usesInAccount, usesInConfig } from "../../src/account/certificate-uses.ts";
import { distributionMeant } from "../../src/account/distribution-meant.ts";
import { certificatesRow } from "../../src/account/kinds/certificates.ts";
import { distributionsRow } from "../../src/account/kinds/distributions.ts";
import { configOf } from "../../src/core/facts.ts";
import { readText } from "../core/checking.ts";
import { certificates, distributions, region } from "../sandbox/world.ts";
import { shareAws } from "./sandbox.ts";
import { openRows } from "./window.ts";

describe("what a certificate can be used for", () => {
  shareAws();

  it("is every origin of the account that can present it, and why each other cannot", async () => {
    const { account, outlook } = openRows();
    assert.equal(await account.whole(certificatesRow(region)), undefined);
    assert.equal(await account.whole(distributionsRow), undefined);
    const of = (id: string, isReadOnly = false) =>
      usesInAccount(certificates.orders, isReadOnly, outlook)
        .filter(({ place }) => place.distribution === id)
        .map(({ deed, detail, isPossible }) => `${isPossible ? deed : "no"}: ${detail}`);
    assert.deepEqual(of(distributions.single), ["enable: Enable origin mTLS with this certificate"]);
    assert.match(of(distributions.expired).join(), /^change-certificate: Replace the client certificate [\da-f-]{36}$/);
    assert.deepEqual(of(distributions.bucket), ["no: S3 origins do not support origin mTLS."]);
    assert.deepEqual(of(distributions.orders), [
      "no: The origin already has this client certificate.",
      "no: S3 origins do not support origin mTLS.",
    ]);
    assert.deepEqual(of(distributions.single, true), [
      "no: The setting mtls.readOnly is on, so nothing can be changed in AWS.",
    ]);
    const [use] = usesInAccount(certificates.spare, false, outlook).filter(
      ({ place }) => place.distribution === distributions.single,
    );
    // The certificate goes with the row that the command of the change is run with.
    assert.deepEqual(distributionMeant({ ...use?.place, certificate: certificates.spare }), {
      id: distributions.single,
      origin: use?.place.origin,
      certificate: certificates.spare,
    });
  });

  it("is every origin of an open configuration that can present it", () => {
    const custom = { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only" };
    const block = (arn: string) => ({ OriginMtlsConfig: { ClientCertificateArn: arn } });
    const origins = [
      { Id: "off", DomainName: "a.example.com", CustomOriginConfig: custom },
      { Id: "other", DomainName: "b.example.com", CustomOriginConfig: { ...custom, ...block(certificates.orders) } },
      { Id: "same", DomainName: "c.example.com", CustomOriginConfig: { ...custom, ...block(certificates.spare) } },
      { Id: "bucket", DomainName: "d.s3.amazonaws.com", S3OriginConfig: { OriginAccessIdentity: "" } },
    ];
    const facts = readText(JSON.stringify({ Origins: { Quantity: origins.length, Items: origins } }));
    const { distribution } = configOf(facts) ?? assert.fail();
    assert.deepEqual(
      usesInConfig(certificates.spare, distribution, "cdn.json").map(
        ({ place, deed, isPossible, description }) =>
          `${place.index} ${place.id} ${isPossible ? deed : "no"} (${description})`,
      ),
      [
        "0 off enable (cdn.json · a.example.com)",
        "1 other change-certificate (cdn.json · b.example.com)",
        "2 same no (cdn.json · c.example.com)",
        "3 bucket no (cdn.json · d.s3.amazonaws.com)",
      ],
    );
  });
});
