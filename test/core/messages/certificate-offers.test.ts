import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { completionsAt } from "../../../src/core/cloudfront/completion.ts";
import { configOf } from "../../../src/core/facts.ts";
import type { AcmCertificate } from "../../../src/core/inventory.ts";
import { certificateOffers } from "../../../src/core/messages/certificate-offers.ts";
import { arnOf, certificate, daysFromNow, details, inventory, now } from "../acm/inventory.ts";
import { readText } from "../checking.ts";

const foreign = arnOf(1, { owner: "210987654321" });

/** What is offered, as `label | detail`. */
function offered(
  certificates: readonly AcmCertificate[],
  named: readonly string[] = [],
  absent: readonly string[] = [],
): string[] {
  return certificateOffers(
    inventory({ certificates, absent }),
    now,
  )(named).map(({ label, detail }) => `${label} | ${detail}`);
}

describe("the certificates of an account, offered for an origin", () => {
  test("are fit ones first, then doubtful ones, of these the longest lasting; unfit ones last, with the reason", () => {
    const all = [
      certificate({ arn: arnOf(1), domainName: "expired", notAfter: daysFromNow(-3) }),
      certificate({ arn: arnOf(2), domainName: "private", type: "PRIVATE" }),
      certificate({ arn: arnOf(3), domainName: "soon", notAfter: daysFromNow(5) }),
      certificate({ arn: arnOf(4), domainName: "read", details: details() }),
      certificate({ arn: arnOf(5), domainName: "nobody knows when", notAfter: undefined }),
      certificate({ arn: arnOf(6), domainName: "large", keyAlgorithm: "RSA_4096" }),
      certificate({ arn: arnOf(7), domainName: "long", notAfter: daysFromNow(2000) }),
    ];
    assert.deepEqual(offered(all), [
      "long | expires in 5 years · usable, not fully checked",
      "read | expires in 12 months · usable",
      "soon | expires in 5 days · usable, not fully checked",
      "nobody knows when | expiry unknown · usable, not fully checked",
      "private | expires in 12 months · Might not be usable. The certificate was issued by ACM; the CloudFront documentation mentions only imported certificates.",
      "large | Not usable. The key is RSA 4096; CloudFront accepts RSA 2048 or ECDSA P-256.",
      "expired | Not usable. The certificate expired 3 days ago.",
    ]);
  });

  test("are called by their domain, else their subject, else their id", () => {
    const labels = offered([
      certificate({ arn: arnOf(1), domainName: "a.example.com" }),
      certificate({ arn: arnOf(2), domainName: undefined, details: details({ subject: "CN=device" }) }),
      certificate({ arn: arnOf(3), domainName: undefined }),
    ]).map((line) => line.split(" | ")[0]);
    assert.deepEqual(labels, ["a.example.com", "CN=device", "00000000-0000-4000-8000-000000000003"]);
  });

  test("are marked where the config names them; those the account does not know are still offered", () => {
    assert.deepEqual(
      offered(
        [certificate(), certificate({ arn: arnOf(2), status: "REVOKED" })],
        [foreign, arnOf(1), arnOf(9)],
        [arnOf(9)],
      ),
      [
        "client.example.com | in this configuration · expires in 12 months · usable, not fully checked",
        `${foreign} | in this configuration`,
        "client.example.com | Not usable. The certificate is revoked.",
        `${arnOf(9)} | in this configuration · does not exist in ACM`,
      ],
    );
  });

  test("say all that is known of them to whoever asks", () => {
    const [offer] = certificateOffers(
      inventory({ certificates: [certificate({ keyAlgorithm: "RSA_3072", type: "PRIVATE" })] }),
      now,
    )([]);
    assert.deepEqual(offer?.documentation, [
      arnOf(1),
      "expires in 12 months · RSA 3072",
      "The certificate cannot be used as an origin client certificate.",
      "The key is RSA 3072; CloudFront accepts RSA 2048 or ECDSA P-256.",
      "The certificate was issued by ACM; the CloudFront documentation mentions only imported certificates.",
    ]);
  });

  test("are judged anew when time passes", () => {
    const held = inventory({ certificates: [certificate({ notAfter: daysFromNow(1) })] });
    const detail = (at: Date) => certificateOffers(held, at)([])[0]?.detail;
    assert.equal(detail(now), "expires in 1 day · usable, not fully checked");
    assert.equal(detail(daysFromNow(2)), "Not usable. The certificate expired 1 day ago.");
  });

  test("are offered where a client certificate belongs, and nowhere else", () => {
    const offers = certificateOffers(inventory({ certificates: [certificate()] }), now);
    const at = (marked: string, certificates: typeof offers | undefined) => {
      const facts = readText(marked.replace("‸", ""));
      const { tree } = facts;
      const config = configOf(facts);
      return config === undefined
        ? []
        : completionsAt(config.distribution, tree, marked.indexOf("‸"), certificates).map(
            ({ label, value, keywords }) => [label, value, keywords],
          );
    };
    const origin = (custom: string) =>
      `{ "Id": "o1", "DomainName": "a.example.com", "CustomOriginConfig": { "HTTPSPort": 443, ${custom} } }`;
    for (const typed of ['"‸"', "‸", '"arn:aws:‸"', `"${arnOf(1)}‸"`]) {
      assert.deepEqual(
        at(origin(`"OriginMtlsConfig": { "ClientCertificateArn": ${typed} }`), offers),
        [["client.example.com", arnOf(1), "client.example.com"]],
        typed,
      );
    }
    assert.deepEqual(at(origin('"OriginMtlsConfig": { "ClientCertificateArn": "‸" }'), undefined), []);
    let asked = 0;
    const counted = () => {
      asked++;
      return [];
    };
    at(origin('"OriginProtocolPolicy": "‸"'), counted);
    at(origin('"‸"'), counted);
    assert.equal(asked, 0);
  });
});
