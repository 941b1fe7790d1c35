// A private key is known by how its bytes begin, under whatever label, and then never read.
import * as assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { describe, test } from "node:test";
import { readPem, writePem } from "../../../src/core/pem/blocks.ts";
import { privateKeyIn } from "../../../src/core/pem/private-key.ts";
import { bundleOfDer } from "../../../src/core/x509/bundle/bundle.ts";
import { request } from "../x509/der-writer.ts";
import { createCa, pkcs7 } from "../x509/pki.ts";

const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const ed = generateKeyPairSync("ed25519");
const dsa = generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength: 160 });
const encrypted = { format: "der", type: "pkcs8", cipher: "aes-256-cbc", passphrase: "x" } as const;

const keys: readonly (readonly [name: string, der: Uint8Array, label: string | undefined])[] = [
  ["RSA as PKCS#8", rsa.privateKey.export({ format: "der", type: "pkcs8" }), "PRIVATE KEY"],
  ["EC as PKCS#8", ec.privateKey.export({ format: "der", type: "pkcs8" }), "PRIVATE KEY"],
  ["Ed25519 as PKCS#8", ed.privateKey.export({ format: "der", type: "pkcs8" }), "PRIVATE KEY"],
  ["DSA as PKCS#8", dsa.privateKey.export({ format: "der", type: "pkcs8" }), "PRIVATE KEY"],
  ["PKCS#1", rsa.privateKey.export({ format: "der", type: "pkcs1" }), "RSA PRIVATE KEY"],
  ["SEC 1", ec.privateKey.export({ format: "der", type: "sec1" }), "EC PRIVATE KEY"],
  ["PKCS#8 with a password", ec.privateKey.export(encrypted), "ENCRYPTED PRIVATE KEY"],
  ["OpenSSH's form", Buffer.from("openssh-key-v1\0\0\0\0\x04none"), "OPENSSH PRIVATE KEY"],
  ["PEM", Buffer.from(String(ec.privateKey.export({ format: "pem", type: "pkcs8" }))), undefined],
];

describe("a private key under another label", () => {
  for (const [name, der, label] of keys) {
    test(`is known: ${name}`, () => {
      assert.deepEqual(privateKeyIn(der), { label });
      // Cut off, it is still one.
      assert.notEqual(privateKeyIn(der.subarray(0, Math.max(60, Math.floor(der.length * 0.8)))), undefined);
      for (const wrong of ["CERTIFICATE", "TRUSTED CERTIFICATE", "CERTIFICATE REQUEST", "PUBLIC KEY", "X509 CRL"]) {
        const block = readPem(writePem(wrong, der)).chunks[0]?.block;
        assert.deepEqual(
          [block?.kind, block?.label, block?.mislabelledKey, block?.bytes],
          ["private-key", wrong, { label }, undefined],
        );
      }
    });
  }

  test("is nothing else that bytes may be", () => {
    const ca = createCa();
    const others: readonly Uint8Array[] = [
      ca.der,
      ca.der.subarray(0, 90),
      request(),
      pkcs7([ca.der]),
      pkcs7([ca.der], { indefinite: true }),
      rsa.publicKey.export({ format: "der", type: "spki" }),
      rsa.publicKey.export({ format: "der", type: "pkcs1" }),
      ec.publicKey.export({ format: "der", type: "spki" }),
      Buffer.from(ca.pem),
      Buffer.from("A PRIVATE KEY is never shown"),
      new Uint8Array(),
      Uint8Array.of(0x30),
      Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 2, 1),
    ];
    for (const one of others) assert.equal(privateKeyIn(one), undefined);
    assert.equal(bundleOfDer(ca.der).pieces[0]?.block.mislabelledKey, undefined);
  });
});
