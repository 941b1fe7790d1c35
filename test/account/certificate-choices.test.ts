import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { certificateChoices, judgeCertificate, typedChoice } from "../../src/account/certificate-choices.ts";
import { configOf } from "../../src/core/facts.ts";
import type { Inventory } from "../../src/core/inventory.ts";
import { arnOf, certificate, daysFromNow, inventory, now } from "../core/acm/inventory.ts";
import { context, onFault, readText } from "../core/checking.ts";

const origin = { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only" };

/** A config whose origins have these certificates, and whose last has none. */
function judging(held: Inventory | undefined, ...named: readonly string[]) {
  const blocks = [...named.map((arn) => ({ OriginMtlsConfig: { ClientCertificateArn: arn } })), {}];
  const origins = blocks.map((block, index) => ({
    Id: `o${index + 1}`,
    DomainName: "origin.example.com",
    CustomOriginConfig: { ...origin, ...block },
  }));
  const facts = readText(JSON.stringify({ Origins: { Quantity: origins.length, Items: origins } }));
  const { distribution } = configOf(facts) ?? assert.fail();
  return { distribution, context: { ...context, ...(held === undefined ? {} : { inventory: held }) }, onFault };
}

function offered(held: Inventory | undefined, ...named: readonly string[]) {
  return certificateChoices(judging(held, ...named), now).map(({ heading, offers }) => ({
    heading,
    offers: offers.map(({ certificate, isWrong }) => `${certificate.slice(-1)}${isWrong ? " wrong" : ""}`),
  }));
}

describe("the client certificates that an origin can be given", () => {
  test("are those that the config names, where no account is connected", () => {
    assert.deepEqual(offered(undefined), [], "no heading of nothing");
    assert.deepEqual(offered(undefined, arnOf(2), arnOf(1), arnOf(2), arnOf(3, { region: "eu-west-1" })), [
      { heading: undefined, offers: ["2", "1", "3 wrong"] },
    ]);
  });

  test("are those of the account first, the fittest and those that last longest at the top", () => {
    const held = inventory({
      certificates: [
        certificate({ arn: arnOf(1), notAfter: daysFromNow(100) }),
        certificate({ arn: arnOf(2), notAfter: daysFromNow(200) }),
        certificate({ arn: arnOf(3), keyAlgorithm: "RSA_4096" }),
        certificate({ arn: arnOf(4), extendedKeyUsages: [] }),
      ],
      absent: [arnOf(6)],
    });
    assert.deepEqual(offered(held, arnOf(1), arnOf(5, { owner: "210987654321" }), arnOf(6)), [
      { heading: "in this account", offers: ["4", "2", "1"] },
      {
        heading: "in this configuration, but not listed in this account",
        offers: ["5", "6 wrong"],
      },
      { heading: "not usable", offers: ["3 wrong"] },
    ]);
  });

  test("say who uses them here, and what is wrong with them", () => {
    const held = inventory({ certificates: [certificate()], absent: [arnOf(2)] });
    const [own, others] = certificateChoices(judging(held, arnOf(1), arnOf(1), arnOf(2)), now);
    const [first] = own?.offers ?? [];
    assert.deepEqual([first?.icon, first?.label], ["pass", "client.example.com"]);
    assert.match(first?.description ?? "", /^00000000-0000-4000-8000-000000000001 · us-east-1$/);
    assert.match(first?.detail ?? "", /^used by o1, o2 in this configuration · /);
    assert.match(others?.offers[0]?.detail ?? "", /^\$\(error\) /);
  });

  test("are judged by the rules where one is typed", () => {
    const found = (arn: string) => judgeCertificate(arn, judging(undefined)).map(({ rule: { id } }) => id);
    assert.deepEqual(found(arnOf(1)), []);
    assert.deepEqual(found(arnOf(1, { region: "eu-west-1" })), ["origin/client-certificate-region"]);
  });

  test("one that is typed is as it is offered, else what its ARN tells, and no more", () => {
    const held = inventory({
      certificates: [certificate({ arn: arnOf(1) }), certificate({ arn: arnOf(3), keyAlgorithm: "RSA_4096" })],
      absent: [arnOf(2)],
    });
    const typed = (arn: string, among: Inventory | undefined = held, ...named: readonly string[]) =>
      typedChoice(arn, judging(among, ...named), now);
    const [fit] = certificateChoices(judging(held), now)[0]?.offers ?? [];
    assert.deepEqual(typed(arnOf(1)), fit);
    assert.equal(typed(arnOf(3)).isWrong, true);
    assert.match(typed(arnOf(3)).detail, /RSA/);
    const { icon, label, detail, isWrong } = typed(arnOf(2));
    assert.deepEqual([icon, isWrong], ["error", true]);
    assert.match(`${label} ${detail}`, /does not exist in ACM/);
    assert.deepEqual(
      [typed(arnOf(1, { region: "eu-west-1" }), undefined)].map((one) => [one.icon, one.label, one.detail, one.more]),
      [
        [
          "error",
          "The certificate is in eu-west-1.",
          "CloudFront reads client certificates from ACM in us-east-1.",
          ["Import the certificate into ACM in us-east-1 and enter that ARN here."],
        ],
      ],
    );
    assert.match(typed("arn:aws:iam::123456789012:server-certificate/x").label, /IAM server certificate/);
    assert.equal(typed("arn:aws:acm").isWrong, true);
    const elsewhere = typed(arnOf(5, { owner: "210987654321" }));
    assert.equal(elsewhere.isWrong, false);
    assert.equal(
      elsewhere.detail,
      "$(question) The ARN is valid. The certificate is in another account and was not checked.",
    );
    const unknown = typed(arnOf(5), undefined, arnOf(5));
    assert.equal(unknown.detail, "$(question) The ARN is valid. The certificate was not checked.");
    assert.deepEqual([unknown.isWrong, unknown.label], [false, arnOf(5).split("/")[1]]);
  });
});
