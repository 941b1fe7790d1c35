import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { tell } from "../../../src/core/messages/tell.ts";
import { keyCalled, signatureCalled } from "../../../src/core/x509/key-naming.ts";
import { certificateCalled, generalNameCalled, nameCalled, showable } from "../../../src/core/x509/naming.ts";
import { durationOf, validityOf } from "../../../src/core/x509/validity.ts";
import * as der from "./der-writer.ts";
import { read } from "./pki.ts";

const made = (parts: der.CertificateParts) => read(der.certificate(parts));

describe("what something is called", () => {
  test("is its name where it has one, and else what a name is made of", () => {
    assert.equal(certificateCalled(made({ subject: "C=US,CN=leaf" })), "leaf");
    const nameless = certificateCalled(made({ subject: "", serial: 258 }));
    assert.deepEqual(nameless, { code: "x509:nameless", args: { serial: "0102" } });
    assert.equal(tell(nameless), "Certificate 0102");
    const { issuer, der: bytes } = made({ issuer: "" });
    assert.equal(nameCalled(issuer, bytes), "");
  });

  test("says how much of a long one is left out", () => {
    const cut = showable("x".repeat(12), 10);
    assert.deepEqual(cut, { code: "x509:cut", args: { text: "xxxxxxxxxx", left: 2 } });
    assert.equal(tell({ code: "x509:nameless", args: { serial: cut } }), "Certificate xxxxxxxxxx… (2 more characters)");
  });

  test("has the kind of an alternative name apart", () => {
    const names = made({
      extensions: [der.subjectAltName(der.dnsName("a.example"), der.implicit(1, der.ascii("a@b")))],
    });
    const called = names.subjectAltName?.value?.map((name) => generalNameCalled(name, names.der));
    assert.deepEqual(called, [
      { kind: "DNS", value: "a.example" },
      { kind: { code: "x509:email" }, value: "a@b" },
    ]);
  });

  test("of a key or a signature is a name, or its parts", () => {
    const {
      publicKey,
      signatureAlgorithm,
      der: bytes,
    } = made({
      publicKey: der.rsaKey(2048, 17),
      signatureAlgorithm: der.sha256WithRsa,
    });
    assert.deepEqual(keyCalled(publicKey), {
      code: "x509:key-with-exponent",
      args: { key: "RSA 2048", exponent: "17" },
    });
    assert.equal(keyCalled(made({ publicKey: der.ecKey() }).publicKey), "ECDSA P-256");
    assert.deepEqual(signatureCalled(signatureAlgorithm, bytes), {
      code: "x509:signature",
      args: { key: "RSA", hash: "SHA-256" },
    });
  });
});

describe("validity", () => {
  const now = new Date("2026-06-15T12:00:00Z");
  const at = (text: string) => ({ at: Date.parse(text) });

  test("is told apart by code, with the length of time as data", () => {
    assert.deepEqual(validityOf({ notBefore: at("2026-01-01T00:00:00Z"), notAfter: at("2026-06-12T11:00:00Z") }, now), {
      code: "validity:expired",
      args: { ago: { code: "duration:days", args: { count: 3 } } },
    });
    assert.deepEqual(validityOf({ notBefore: at("2026-06-25T12:00:00Z"), notAfter: at("2027-06-12T11:00:00Z") }, now), {
      code: "validity:not-yet",
      args: { starts: new Date("2026-06-25T12:00:00Z"), left: { code: "duration:days", args: { count: 10 } } },
    });
  });

  test("has lengths that can stand in any sentence", () => {
    const day = 86_400_000;
    assert.deepEqual(
      [0, day, 12 * day, 90 * day, 800 * day].map((length) => tell(durationOf(length))),
      ["less than a minute", "1 day", "12 days", "3 months", "2 years"],
    );
  });
});
