import * as assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { decode } from "../../src/core/encoding.ts";
import { isOurs } from "../../src/core/read.ts";
import { hasTellingWord, holdsPem } from "../../src/core/telling.ts";
import { readText } from "./checking.ts";

describe("a telling word", () => {
  test("stands in every document that is recognised", () => {
    const files = globSync(join(import.meta.dirname, "../rules/*/*/{bad,good}-*.json*"));
    assert.ok(files.length > 200);
    for (const file of files) {
      const { text } = decode(readFileSync(file));
      assert.ok(!isOurs(readText(text)) || hasTellingWord(text), file);
    }
  });

  const telling = [
    '{"Origins": 1}',
    '"TargetOriginId"',
    "CustomOriginConfig",
    "x S3OriginConfig",
    "VpcOriginConfig,",
    "OriginProtocolPolicy:",
    "{OriginMtlsConfig}",
    "(OriginMtls)",
    "Origin Origins",
    "OriginalOrigin OriginMtls",
  ];
  for (const text of telling) test(`is in ${text}`, () => assert.ok(hasTellingWord(text)));

  test("of API Gateway and load balancers is looked for at the beginning: a list has one in every item", () => {
    for (const word of ["mutualTlsAuthentication", "ListenerArn", '"ViewerMtlsConfig"']) {
      assert.ok(hasTellingWord(`${" ".repeat(150_000)}${word}`), word);
      assert.ok(!hasTellingWord(`${" ".repeat(250_000)}${word}`), word);
    }
    assert.ok(hasTellingWord(`${" ".repeat(250_000)}Origins`));
  });

  const others = [
    "",
    "Origin",
    "Origins1",
    "origins",
    "original",
    "AccessControlAllowOrigins",
    "OriginId",
    "xOrigins",
    "OriginMtlsConfigs",
    "CustomOrigin Config",
    `${"a".repeat(50)}Origins${"b".repeat(50)}`,
    "OriginOriginOrigin",
  ];
  for (const text of others)
    test(`is not in ${JSON.stringify(text.slice(0, 40))}`, () => assert.ok(!hasTellingWord(text)));
});

describe("the quick search for PEM", () => {
  const texts = [
    "-----BEGIN CERTIFICATE-----",
    "a\n-----BEGIN ANYTHING-----\n",
    "-----END CERTIFICATE-----",
    '{"certificate": "-----BEGIN CERTIFICATE-----\\nMIIB"}',
    "----BEGIN CERTIFICATE----",
    "------BEGIN CERTIFICATE------",
    "\u2014\u2013BEGIN CERTIFICATE\u2014\u2013",
    "-----BEGIN\u00a0CERTIFICATE-----",
    "----- BEGIN PUBLIC KEY -----",
    "-----BEGINCERTIFICATE-----",
    "BEGIN CERTIFICATE-----",
    "-----BEGIN CERTIFICATE",
    "-----begin certificate-----",
    "-----Begin Pkcs7-----",
    "\u00ad\u00adEND X509 CRL\u2212",
    "---- BEGIN SSH2 PUBLIC KEY ----",
  ];
  for (const text of texts) test(`finds ${JSON.stringify(text)}`, () => assert.ok(holdsPem(text)));

  const others = [
    "",
    "BEGIN",
    "END",
    "BEGIN CERTIFICATE",
    "begin certificate ----- end",
    "-- BEGIN TRANSACTION\nEND;\n",
    "<!-- BEGIN KEYS --><!-- END KEYS -->".replaceAll("KEYS", "TABLE"),
    "-----\nBEGIN CERTIFICATE\n-----",
    "-----\n# Title\n-----",
    "----- BEGINNING OF THE LOG -----",
    "--- begin key ---",
    "a sand-box-END-less KEY",
    '{"Origins": {"Quantity": 1, "Items": [{"Id": "backEND--KEYS"}]}}',
  ];
  for (const text of others) test(`finds nothing in ${JSON.stringify(text)}`, () => assert.ok(!holdsPem(text)));
});
