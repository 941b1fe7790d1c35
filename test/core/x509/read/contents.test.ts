// What bytes are that are no certificate: the label says so, or nothing does.
import * as assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { describe, test } from "node:test";
import { writePem } from "../../../../src/core/pem/blocks.ts";
import { bundleOfDer, contentsInside, readBundle } from "../../../../src/core/x509/bundle/bundle.ts";
import { mislabelledIn } from "../../../../src/core/x509/bundle/mislabelled.ts";
import { type ContentKind, contentKindOf, labelOfBytes } from "../../../../src/core/x509/read/contents.ts";
import {
  bits,
  concat,
  ecdsaWithSha256,
  element,
  integer,
  name,
  octets,
  oid,
  request,
  sequence,
  utcTime,
} from "../der-writer.ts";
import { createChain, pkcs7 } from "../pki.ts";

const [leaf, intermediate] = createChain();
const listed = (...members: readonly (readonly number[] | Uint8Array)[]) =>
  sequence(
    sequence(
      ...members.map((member) => Uint8Array.from(member)),
      ecdsaWithSha256,
      name("CN=CA"),
      utcTime("260101000000Z"),
    ),
    ecdsaWithSha256,
    bits([1, 2, 3]),
  );
const spki = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ format: "der", type: "spki" });
const answered = (type: string) =>
  sequence(element(0x0a, Uint8Array.of(0)), element(0xa0, sequence(oid(type), octets([1]))));

describe("what bytes are", () => {
  const known: readonly (readonly [kind: ContentKind, bytes: Uint8Array, label: string | undefined])[] = [
    ["certificate", leaf.der, "CERTIFICATE"],
    ["request", request(), "CERTIFICATE REQUEST"],
    ["pkcs7", pkcs7([leaf.der]), "PKCS7"],
    ["crl", listed(integer(1)), "X509 CRL"],
    ["crl", listed(), "X509 CRL"],
    ["public-key", spki, "PUBLIC KEY"],
    ["ocsp-response", answered("1.3.6.1.5.5.7.48.1.1"), undefined],
    ["pkcs12", sequence(integer(3), sequence(oid("1.2.840.113549.1.7.1"), octets([1]))), undefined],
    ["java-keystore", Uint8Array.from([0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2]), undefined],
  ];
  for (const [kind, bytes, label] of known) {
    test(`is told by their form: ${kind}, ${bytes.length} bytes`, () => {
      assert.deepEqual([contentKindOf(bytes), labelOfBytes(bytes)], [kind, label]);
      const [piece] = readBundle(writePem(kind === "certificate" ? "X509 CRL" : "CERTIFICATE", bytes)).pieces;
      assert.equal(piece && mislabelledIn(piece), kind);
      const right = label === undefined ? undefined : readBundle(writePem(label, bytes)).pieces[0];
      assert.equal(right && mislabelledIn(right), undefined);
    });
  }

  test("is not guessed", () => {
    const unknown = [
      new Uint8Array(),
      sequence(),
      sequence(sequence(), sequence(), bits([1])),
      answered("1.3.6.1.5.5.7.48.1.2"),
      concat(listed(integer(1)), [0]),
      listed(integer(1)).subarray(0, 40),
      sequence(integer(3), sequence(oid("1.2.3"), octets([1]))),
    ];
    for (const bytes of unknown) assert.equal(contentKindOf(bytes), undefined);
  });

  test("is what a file of bare bytes is shown as", () => {
    const labels = (bytes: Uint8Array) => bundleOfDer(bytes).pieces.map(({ block }) => block.label);
    assert.deepEqual(labels(listed(integer(1))), ["X509 CRL"]);
    assert.deepEqual(labels(answered("1.3.6.1.5.5.7.48.1.1")), ["OCSP RESPONSE"]);
    assert.deepEqual(labels(spki), ["PUBLIC KEY"]);
  });
});

describe("certificates inside a block", () => {
  const inside = (text: string) =>
    readBundle(text)
      .pieces.flatMap(contentsInside)
      .map(({ kind }) => kind);

  test("are those of PKCS#7 under any label, and of PEM that was encoded twice", () => {
    const both = ["certificate", "certificate"];
    const chain = leaf.pem + intermediate.pem;
    assert.deepEqual(inside(writePem("CERTIFICATE", pkcs7([leaf.der, intermediate.der]))), both);
    assert.deepEqual(inside(writePem("PKCS7", pkcs7([leaf.der, intermediate.der]))), both);
    assert.deepEqual(inside(writePem("CERTIFICATE", Buffer.from(chain))), both);
    assert.deepEqual(inside(writePem("CERTIFICATE", Buffer.from(`\ufeff${chain}`, "utf16le"))), both);
    assert.deepEqual(inside(writePem("CERTIFICATE", Buffer.from(leaf.pem.replaceAll(/-.*-\n/g, "")))), ["certificate"]);
  });

  test("are none in a certificate, a request or prose", () => {
    assert.deepEqual(inside(leaf.pem + writePem("CERTIFICATE REQUEST", request())), []);
    assert.deepEqual(inside(writePem("CERTIFICATE", Buffer.from("to whom it may concern"))), []);
  });
});
