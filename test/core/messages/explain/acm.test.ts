import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Explanation } from "../../../../src/core/dialect/assist.ts";
import { valueOf } from "../../../../src/core/document/tree.ts";
import type { Inventory } from "../../../../src/core/inventory.ts";
import { explainArnFor, explainCertificate } from "../../../../src/core/messages/explain/acm.ts";
import { arnOf, certificate, daysFromNow, details, distribution, inventory, now, origin } from "../../acm/inventory.ts";
import { readText } from "../../checking.ts";

function explain(arn: string, held: Inventory | undefined): Explanation {
  const { tree } = readText(JSON.stringify({ arn }));
  const node = valueOf(tree.root, "arn");
  assert.ok(node !== undefined);
  const explanation = explainCertificate(node, held, now);
  assert.ok(explanation !== undefined);
  return explanation;
}

const parts = (number: number, owner = "123456789012") => [
  ["Partition", "aws"],
  ["Service", "acm"],
  ["Region", "us-east-1"],
  ["Account", owner],
  ["Resource", arnOf(number).split(":").at(-1)],
];

describe("a client certificate, explained", () => {
  test("is its ARN while nobody is connected", () => {
    assert.deepEqual(explain(arnOf(1), undefined), {
      title: "ACM certificate",
      text: [],
      facts: parts(1),
      link: undefined,
    });
  });

  test("is what the account says of it, who uses it, and its ARN", () => {
    const elb = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/a/1";
    const users = [
      distribution({ origins: [origin({ clientCertificate: arnOf(1) }), origin({ id: "o2" })] }),
      distribution({
        id: "E2",
        aliases: ["www.example.com"],
        origins: [origin({ id: "api", clientCertificate: arnOf(1) })],
      }),
    ];
    const held = inventory({
      certificates: [
        certificate({
          alternativeNames: ["client.example.com", "b.example.com"],
          notAfter: daysFromNow(12),
          details: details({ inUseBy: [users[0]?.arn ?? "", elb] }),
        }),
      ],
      distributions: users,
    });
    assert.deepEqual(explain(arnOf(1), held), {
      title: "client.example.com",
      text: ["The certificate can be used as an origin client certificate."],
      facts: [
        ["Subject", "CN=client.example.com"],
        ["Names", "client.example.com, b.example.com"],
        ["Issuer", "CN=Intermediate CA"],
        ["Validity", "expires in 12 days"],
        ["Status", "ISSUED"],
        ["Key", "RSA 2048"],
        ["Presented to origins", "o1 of E1 (d111111abcdef8.cloudfront.net), api of E2 (www.example.com)"],
        ["Also used by", elb],
        ...parts(1),
      ],
      link: undefined,
    });
  });

  test("is told with each reason why it does not fit, and how far it was looked at", () => {
    const held = inventory({
      certificates: [
        certificate({ notAfter: daysFromNow(-3), keyAlgorithm: "RSA_4096", extendedKeyUsages: undefined }),
        certificate({ arn: arnOf(2) }),
        certificate({ arn: arnOf(3), type: "PRIVATE" }),
      ],
    });
    assert.deepEqual(explain(arnOf(1), held).text, [
      "The certificate cannot be used as an origin client certificate.",
      "The certificate expired 3 days ago.",
      "The key is RSA 4096; CloudFront accepts RSA 2048 or ECDSA P-256.",
    ]);
    assert.deepEqual(explain(arnOf(2), held).text, [
      "According to its summary in ACM, the certificate can be used as an origin client certificate. The certificate itself was not checked.",
    ]);
    assert.deepEqual(explain(arnOf(3), held).text, [
      "The certificate might not be usable as an origin client certificate.",
      "The certificate was issued by ACM; the CloudFront documentation mentions only imported certificates.",
    ]);
  });

  test("is said to be absent, of another account, or not asked for", () => {
    const held = inventory({ absent: [arnOf(2)] });
    assert.deepEqual(explain(arnOf(2), held).text, [
      "The certificate does not exist in ACM in us-east-1 in account 123456789012.",
    ]);
    assert.deepEqual(explain(arnOf(3), held).text, [
      "The details of the certificate are not loaded yet, or ACM did not return them.",
    ]);
    const foreign = explain(arnOf(2, { owner: "210987654321" }), held);
    assert.deepEqual(foreign, {
      title: "ACM certificate",
      text: [
        "This is in account 210987654321, but you are connected to account 123456789012. To see it here, switch to an AWS profile of account 210987654321.",
      ],
      facts: parts(2, "210987654321"),
      link: undefined,
    });
  });

  test("any other ARN says of which account it is where that is another one", () => {
    const said = (arn: string) => {
      const { tree } = readText(JSON.stringify({ arn }));
      return explainArnFor(valueOf(tree.root, "arn") ?? assert.fail(), inventory())?.text.join(" ") ?? "";
    };
    const store = "arn:aws:elasticloadbalancing:eu-west-1:210987654321:truststore/clients/73e2d6bc24d8a063";
    assert.match(said(store), /This is in account 210987654321, but you are connected to account 123456789012\./);
    assert.doesNotMatch(said(store.replace("210987654321", "123456789012")), /account/);
    assert.doesNotMatch(said("arn:aws:s3:::bucket"), /This is in account/);
  });

  test("shows no more of a long list than somebody reads", () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      distribution({ id: `E${index}`, origins: [origin({ clientCertificate: arnOf(1) })] }),
    );
    const presented = explain(arnOf(1), inventory({ certificates: [certificate()], distributions: many })).facts.find(
      ([name]) => name === "Presented to origins",
    );
    assert.match(presented?.[1] ?? "", /o1 of E19 .* and 10 more$/);
  });
});
