// Certificates of which nothing is in doubt are read by a short cut: nobody may be able to tell.
import * as assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { faultsOf } from "../../../../src/core/x509/faults.ts";
import type { Certificate, Unreadable } from "../../../../src/core/x509/model.ts";
import { readAny, readCertificate } from "../../../../src/core/x509/read/certificate.ts";
import { soundLayout } from "../../../../src/core/x509/read/sound.ts";
import { holds } from "../../../randomly.ts";
import { extension } from "../der-writer.ts";
import { createCa, createChain, createLeaf } from "../pki.ts";
import { plainExtensions } from "./extension-samples.ts";

const certificates = [
  ...createChain(),
  createCa({ subject: "CN=A,O=B" }),
  createCa({ keys: "rsa2048", pathLength: 1 }),
  createCa({ keys: "p384" }),
  createCa({ keys: "p521" }),
  createLeaf({ keys: "ed25519" }),
  createCa({ extensions: [...plainExtensions].map(([type, value]) => extension(type, value)) }),
].map(({ der }) => der);

function told(read: Certificate | Unreadable): unknown {
  if ("fault" in read) return read.fault;
  const {
    der,
    trailing,
    tbs,
    version,
    serial,
    signatureAlgorithm,
    outerSignatureAlgorithm,
    signature,
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKey,
    extensions,
  } = read;
  const { kind, bits, curve, exponent, fault, algorithm, spki } = publicKey;
  return [
    [...der],
    trailing,
    tbs,
    version,
    serial,
    signatureAlgorithm,
    outerSignatureAlgorithm,
    signature,
    issuer.key,
    issuer.slice,
    subject.key,
    subject.rdns,
    notBefore.at,
    notBefore.text,
    notAfter.at,
    notAfter.text,
    kind,
    bits,
    curve,
    exponent,
    fault,
    algorithm,
    spki,
    extensions,
    read.basicConstraints,
    read.keyUsage,
    read.extendedKeyUsage,
    read.subjectAltName,
    read.subjectKeyIdentifier,
    read.authorityKeyIdentifier,
    faultsOf(read),
    read.faults,
  ];
}

test("the short cut is taken, and finds what the long way finds", () => {
  for (const der of certificates) {
    assert.ok(soundLayout(der) !== undefined);
    assert.deepEqual(told(readCertificate(der)), told(readAny(der)));
  }
});

test("whatever octets of a certificate are others, or missing, or too many, it finds what the long way finds", () => {
  const change = fc.record({
    at: fc.nat(),
    octet: fc.oneof(
      fc.constantFrom(0, 1, 2, 3, 5, 6, 0x1f, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82, 0xa0, 0xa3, 0xff),
      fc.nat(255),
    ),
    how: fc.constantFrom("set", "set", "set", "add", "remove"),
  });
  holds(
    fc.property(fc.constantFrom(...certificates), fc.array(change, { minLength: 1, maxLength: 3 }), (der, changes) => {
      const octets = [...der];
      for (const { at, octet, how } of changes)
        octets.splice(at % octets.length, how === "add" ? 0 : 1, ...(how === "remove" ? [] : [octet]));
      const bytes = Uint8Array.from(octets);
      assert.deepEqual(told(readCertificate(bytes)), told(readAny(bytes)));
    }),
    3000,
  );
});

test("each octet of a certificate, changed by itself to what is next to it", () => {
  for (const der of [...certificates.slice(0, 2), ...certificates.slice(-1)]) {
    for (let at = 0; at < der.length; at++) {
      for (const step of [1, 255, 0x80]) {
        const bytes = Uint8Array.from(der);
        bytes[at] = ((bytes[at] ?? 0) + step) & 0xff;
        assert.deepEqual(told(readCertificate(bytes)), told(readAny(bytes)), `octet ${at} and ${step}`);
      }
    }
  }
});
