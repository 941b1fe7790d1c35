// A config in a file that a distribution is to have.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Aim } from "../../../src/account/live/change.ts";
import { type Likeness, likenessTo } from "../../../src/account/live/targets/distribution/likeness.ts";
import { wishForFile } from "../../../src/account/live/targets/distribution/wishes.ts";
import { readWireConfig, type WireConfig } from "../../../src/core/cloudfront/wire.ts";
import { isXmlFault } from "../../../src/core/document/xml.ts";
import { configOf } from "../../../src/core/facts.ts";
import type { LiveDistribution } from "../../../src/core/inventory.ts";
import { read } from "../../../src/core/read.ts";

const header = (name: string, value: string) =>
  `<OriginCustomHeader><HeaderName>${name}</HeaderName><HeaderValue>${value}</HeaderValue></OriginCustomHeader>`;
const xml = `<DistributionConfig><CallerReference>made-once</CallerReference><Comment>before</Comment><Origins><Quantity>1</Quantity><Items><Origin><Id>orders</Id><DomainName>orders.example.com</DomainName><CustomHeaders><Quantity>2</Quantity><Items>${header("X-One", "secret-1")}${header("X-Two", "secret-2")}</Items></CustomHeaders></Origin></Items></Origins></DistributionConfig>`;

function live(): WireConfig {
  const config = readWireConfig(xml);
  assert.ok(!isXmlFault(config));
  return config;
}

async function aimOf(text: string): Promise<Aim<WireConfig>> {
  return wishForFile("E1ORDERS", text, { notes: [] }).aim({ config: live(), etag: "E1" });
}

async function sentFor(text: string): Promise<string> {
  const aim = await aimOf(text);
  assert.ok(aim.kind === "config", JSON.stringify(aim));
  return aim.config.xml;
}

describe("what is sent for a file", () => {
  const text = live().text.replace("before", "after");

  test("is what it says, to the letter, with the CallerReference that no update changes", async () => {
    assert.equal(await sentFor(text), xml.replace("before", "after"));
    assert.equal(await sentFor(text.replace("made-once", "another")), xml.replace("before", "after"));
    assert.equal(await sentFor(text.replace(/"CallerReference".*\n/, "")), xml.replace("before", "after"));
    assert.equal(
      await sentFor(text.replace("secret-1", "secret-9")),
      xml.replace("before", "after").replace("1</HeaderV", "9</HeaderV"),
    );
  });

  test("is never a placeholder or a mask: it is the value that CloudFront has in the same place", async () => {
    for (const placeholder of ["•••••• X-One · orders · E1ORDERS", "•••••• X-One · orders · E1STAGING", "••••••"])
      assert.equal(await sentFor(text.replace("secret-1", placeholder)), xml.replace("before", "after"));
  });

  test("is nothing where CloudFront has no value in the place of a placeholder", async () => {
    for (const mine of [
      text.replace("secret-1", "••••••").replace("X-One", "X-Three"),
      text.replace("secret-1", "•••••• X-One · orders · E1ORDERS · 2"),
      text.replace("secret-1", "••••••").replace('"Id": "orders"', '"Id": "sales"'),
    ]) {
      const aim = await aimOf(mine);
      assert.ok(aim.kind === "impossible");
      assert.match(
        aim.why,
        /^The file contains a placeholder that does not stand for a header value of E1ORDERS at its place/,
      );
    }
  });
});

describe("the distribution that a file is meant for", () => {
  const ordinary: LiveDistribution = {
    id: "E1ORDERS000001",
    arn: "arn:aws:cloudfront::111122223333:distribution/E1ORDERS000001",
    domainName: "d111111abcdef8.cloudfront.net",
    aliases: ["orders.example.com"],
    comment: "",
    enabled: true,
    staging: false,
    status: "Deployed",
    lastModified: undefined,
    etag: undefined,
    connectionMode: undefined,
    httpVersion: undefined,
    viewerCertificate: undefined,
    viewerMtls: undefined,
    origins: [
      {
        id: "o",
        domainName: "o.example.com",
        kind: "custom",
        protocolPolicy: undefined,
        clientCertificate: undefined,
      },
    ],
    originGroups: [],
    behaviors: [],
  };
  const inner = (aliases: readonly string[] = [], origin = "o.example.com") => ({
    CallerReference: "x",
    Aliases: { Quantity: aliases.length, Items: aliases },
    Origins: { Quantity: 1, Items: [{ Id: "o", DomainName: origin }] },
    DefaultCacheBehavior: { TargetOriginId: "o" },
    Comment: "",
    Enabled: true,
  });
  const other = inner([], "other.example.com");
  const around = (members: object) => ({ ...members, DistributionConfig: other });
  const cases: readonly (readonly [what: string, Likeness | undefined, file: object, name?: string])[] = [
    ["by the Id of an answer", "named", { ETag: "E1", Distribution: around({ Id: ordinary.id }) }],
    ["by the Id of an input", "named", around({ Id: ordinary.id, IfMatch: "E1" })],
    ["by an ARN", "named", { ETag: "E1", Distribution: around({ ARN: ordinary.arn }) }],
    ["by its domain name", "named", { ETag: "E1", Distribution: around({ DomainName: ordinary.domainName }) }],
    ["by the name of the file", "named", other, "before.E1ORDERS000001.json"],
    ["by an alternate domain name", "aliases", inner(["shop.example.com", "orders.example.com"])],
    ["by its origins", "origins", inner()],
    ["by nothing", undefined, other, "E1.json"],
    ["by the origins' ids alone", undefined, inner([], "x.example.com")],
  ];
  for (const [what, expected, file, name = "distribution.json"] of cases) {
    test(`is known ${what}`, () => {
      const config = configOf(read({ text: JSON.stringify(file), syntax: "json", name }));
      assert.ok(config !== undefined);
      assert.equal(likenessTo(config, name)(ordinary), expected);
    });
  }
});
