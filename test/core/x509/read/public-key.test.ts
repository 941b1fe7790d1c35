import * as assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { describe, test } from "node:test";
import type { PublicKey } from "../../../../src/core/x509/model.ts";
import { oidName, oidWords } from "../../../../src/core/x509/read/oids.ts";
import { pssParameters } from "../../../../src/core/x509/read/pss.ts";
import * as write from "../der-writer.ts";
import { faultsOf, made } from "../reading.ts";

const { element, explicit, integer, nothing, octets, oid, sequence, subjectPublicKeyInfo } = write;

const key = (publicKey: write.Bytes): PublicKey => made({ publicKey }).publicKey;
const told = ({ kind, bits: size, curve, exponent, fault }: PublicKey) => ({
  kind,
  bits: size,
  curve: curve?.name,
  exponent,
  fault: fault?.reason,
});
const sound = { bits: undefined, curve: undefined, exponent: undefined, fault: undefined };
const rsa = "1.2.840.113549.1.1.1";
const ec = "1.2.840.10045.2.1";

describe("an RSA key", () => {
  for (const size of [512, 1023, 1024, 2040, 2047, 2048, 2049, 3072, 4096, 16384]) {
    test(`of ${size} bits has ${size} bits`, () => {
      assert.deepEqual(told(key(write.rsaKey(size))), { ...sound, kind: "rsa", bits: size, exponent: "65537" });
    });
  }

  test("has an exponent that is odd and at least 3, or a fault; the rest of it is read", () => {
    const faultsOf = (exponent: bigint | number) =>
      made({ publicKey: write.rsaKey(2048, exponent) }).faults.map(({ reason }) => reason.code);
    for (const exponent of [3, 5, 17, 257, 65537, 2n ** 64n + 1n])
      assert.deepEqual(faultsOf(exponent), [], `${exponent}`);
    for (const exponent of [0, 1, 2, 4, 256, 65536, 2n ** 64n]) assert.deepEqual(faultsOf(exponent), ["der:exponent"]);
    assert.deepEqual(told(key(write.rsaKey(2048, 1))), { ...sound, kind: "rsa", bits: 2048, exponent: "1" });
  });

  test("has its exponent in decimal, however large", () => {
    for (const exponent of [1n, 3n, 65537n, 2n ** 48n - 1n, 2n ** 48n, 2n ** 256n + 1n])
      assert.equal(key(write.rsaKey(1024, exponent)).exponent, String(exponent));
    const large = key(write.rsaKey(1024, 2n ** 5000n));
    assert.deepEqual(
      [large.exponent, large.bits, large.fault?.reason],
      [undefined, undefined, { code: "der:long-exponent", args: { length: 626, most: 512 } }],
    );
  });

  test("whose number lacks its zero byte has the bits that OpenSSL sees, and a fault", () => {
    const read = key(
      subjectPublicKeyInfo(
        sequence(oid(rsa), nothing),
        sequence(element(2, new Uint8Array(256).fill(0xff)), integer(3)),
      ),
    );
    assert.deepEqual([read.bits, read.exponent], [2048, "3"]);
    assert.deepEqual(read.fault?.reason, { code: "der:negative-number" });
  });

  test("of X.500's identifier, and with or without parameters, is one", () => {
    const content = sequence(integer(2n ** 1023n), integer(3));
    assert.equal(key(subjectPublicKeyInfo(sequence(oid("2.5.8.1.1"), integer(512)), content)).bits, 1024);
    assert.equal(key(subjectPublicKeyInfo(sequence(oid(rsa)), content)).bits, 1024);
  });

  test("that is damaged is unreadable, at its place, and the certificate is not", () => {
    const wrong = [
      sequence(integer(1)),
      sequence(),
      sequence(integer(1), integer(3), integer(3)),
      octets([1]),
      write.concat(sequence(integer(1), integer(3)), [0]),
      sequence(element(2, [1]), element(4, [1])),
    ];
    for (const content of wrong) {
      const certificate = made({ publicKey: subjectPublicKeyInfo(sequence(oid(rsa), nothing), content) });
      const { bits: size, kind, fault, spki } = certificate.publicKey;
      assert.deepEqual(
        [size, kind, fault?.part],
        [undefined, "rsa", "tbsCertificate.subjectPublicKeyInfo"],
        Buffer.from(content).toString("hex"),
      );
      assert.ok((fault?.at.start ?? 0) > spki.start && (fault?.at.end ?? Infinity) <= spki.end);
      assert.deepEqual(certificate.faults, [fault]);
    }
  });
});

describe("an elliptic-curve key", () => {
  const curves: readonly (readonly [string, string, number, number])[] = [
    ["1.2.840.10045.3.1.7", "prime256v1", 256, 32],
    ["1.3.132.0.34", "secp384r1", 384, 48],
    ["1.3.132.0.35", "secp521r1", 521, 66],
    ["1.3.132.0.10", "secp256k1", 256, 32],
    ["1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1", 256, 32],
    // OpenSSL counts the bits of the order.
    ["1.3.132.0.16", "sect283k1", 281, 36],
  ];
  for (const [curve, name, size, coordinate] of curves) {
    test(`of ${name} has ${size} bits`, () => {
      const read = key(write.ecKey(curve, coordinate));
      assert.deepEqual(told(read), { ...sound, kind: "ec", bits: size, curve: name });
      assert.equal(read.curve?.oid, curve);
    });
  }

  test("may be compressed, and is no point where its length is another", () => {
    const point = (...content: readonly number[]) =>
      key(subjectPublicKeyInfo(sequence(oid(ec), oid("1.2.840.10045.3.1.7")), content));
    const zeros = (count: number) => Array.from({ length: count }, () => 0);
    assert.equal(point(2, ...zeros(32)).fault, undefined);
    assert.equal(point(3, ...zeros(32)).fault, undefined);
    for (const content of [[], [0], [4, ...zeros(63)], [4, ...zeros(65)], [2, ...zeros(31)], [5, ...zeros(64)]]) {
      assert.deepEqual(point(...content).fault?.reason, { code: "der:not-on-curve" });
      assert.equal(point(...content).bits, 256);
    }
  });

  test("of a curve that nobody here knows keeps its OID, and has no size", () => {
    const { curve, bits: size, fault } = key(write.ecKey("1.2.3.4"));
    assert.deepEqual([curve, size, fault], [{ oid: "1.2.3.4", name: "1.2.3.4" }, undefined, undefined]);
  });

  test("of a curve that is spelled out has no named curve, and the size of its order", () => {
    const order = 2n ** 255n + 1n;
    const parameters = sequence(
      integer(1),
      sequence(oid("1.2.840.10045.1.1"), integer(2n ** 255n)),
      sequence(octets([1]), octets([2])),
      octets([4, 1, 2]),
      integer(order),
      integer(1),
    );
    assert.deepEqual(told(key(subjectPublicKeyInfo(sequence(oid(ec), parameters), [4, 1, 2]))), {
      ...sound,
      kind: "ec",
      bits: 256,
    });
    assert.notEqual(key(subjectPublicKeyInfo(sequence(oid(ec), sequence(integer(1))), [4, 1, 2])).fault, undefined);
    assert.notEqual(key(subjectPublicKeyInfo(sequence(oid(ec), nothing), [4, 1, 2])).fault, undefined);
    assert.deepEqual(key(subjectPublicKeyInfo(sequence(oid(ec)), [4, 1, 2])).fault?.reason, { code: "der:no-curve" });
  });
});

describe("a key of another kind", () => {
  test("is what node:crypto made", () => {
    const made = (type: "ed25519" | "ed448" | "x25519" | "x448") =>
      new Uint8Array(generateKeyPairSync(type as "ed25519").publicKey.export({ type: "spki", format: "der" }));
    for (const kind of ["ed25519", "ed448", "x25519", "x448"] as const)
      assert.deepEqual(told(key(made(kind))), { ...sound, kind });
    const dsa = generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength: 160 }).publicKey.export({
      type: "spki",
      format: "der",
    });
    assert.deepEqual(told(key(new Uint8Array(dsa))), { ...sound, kind: "dsa", bits: 1024 });
    const small = generateKeyPairSync("ec", { namedCurve: "secp384r1" }).publicKey.export({
      type: "spki",
      format: "der",
    });
    assert.deepEqual(told(key(new Uint8Array(small))), { ...sound, kind: "ec", bits: 384, curve: "secp384r1" });
  });

  test("is known by its OID", () => {
    const nist = "2.16.840.1.101.3.4";
    const kinds: readonly (readonly [string, PublicKey["kind"], number, string])[] = [
      [`${nist}.3.17`, "ml-dsa", 1312, "ML-DSA-44"],
      [`${nist}.3.18`, "ml-dsa", 1952, "ML-DSA-65"],
      [`${nist}.3.19`, "ml-dsa", 2592, "ML-DSA-87"],
      [`${nist}.4.1`, "ml-kem", 800, "ML-KEM-512"],
      [`${nist}.4.3`, "ml-kem", 1568, "ML-KEM-1024"],
      [`${nist}.3.20`, "slh-dsa", 32, "SLH-DSA-SHA2-128s"],
      [`${nist}.3.31`, "slh-dsa", 64, "SLH-DSA-SHAKE-256f"],
    ];
    for (const [type, kind, length, name] of kinds) {
      const read = key(subjectPublicKeyInfo(sequence(oid(type)), new Uint8Array(length)));
      assert.deepEqual(told(read), { ...sound, kind });
      assert.equal(read.algorithm.oid, type);
      assert.equal(oidName(type), name);
    }
    assert.deepEqual(key(subjectPublicKeyInfo(sequence(oid(`${nist}.3.17`)), new Uint8Array(1311))).fault?.reason, {
      code: "der:key-length",
      args: { found: 1311, expected: 1312 },
    });
    assert.deepEqual(told(key(subjectPublicKeyInfo(sequence(oid(`${nist}.3.32`)), [1]))), { ...sound, kind: "other" });
  });

  test("that nobody here knows keeps its algorithm and parameters", () => {
    const certificate = made({ publicKey: subjectPublicKeyInfo(sequence(oid("1.2.3.4"), octets([7])), []) });
    const { algorithm, spki } = certificate.publicKey;
    assert.deepEqual(told(certificate.publicKey), { ...sound, kind: "other" });
    assert.equal(algorithm.oid, "1.2.3.4");
    assert.deepEqual([...certificate.der.subarray(algorithm.parameters?.start, algorithm.parameters?.end)], [4, 1, 7]);
    assert.deepEqual(
      certificate.der.slice(spki.start, spki.end),
      subjectPublicKeyInfo(sequence(oid("1.2.3.4"), octets([7])), []),
    );
    assert.deepEqual(faultsOf(certificate), []);
  });

  test("of Diffie-Hellman has the bits of its prime", () => {
    assert.equal(
      key(
        subjectPublicKeyInfo(
          sequence(oid("1.2.840.10046.2.1"), sequence(integer(2n ** 2047n), integer(2))),
          integer(5),
        ),
      ).bits,
      2048,
    );
    assert.deepEqual(told(key(subjectPublicKeyInfo(sequence(oid("1.2.840.10040.4.1")), integer(5)))), {
      ...sound,
      kind: "dsa",
    });
  });
});

describe("RSASSA-PSS", () => {
  const pss = "1.2.840.113549.1.1.10";
  const sha256 = "2.16.840.1.101.3.4.2.1";
  const sha384 = "2.16.840.1.101.3.4.2.2";
  const sha1 = "1.3.14.3.2.26";
  const mgf1 = "1.2.840.113549.1.1.8";
  const hash = (type: string) => sequence(oid(type), nothing);
  const read = (...parameters: readonly write.Bytes[]) => {
    const certificate = made({ signatureAlgorithm: sequence(oid(pss), ...parameters) });
    const parsed = pssParameters(certificate.signatureAlgorithm, certificate.der);
    assert.deepEqual(certificate.faults, parsed?.fault === undefined ? [] : [parsed.fault]);
    return parsed;
  };

  test("has the parameters it says, and those of RFC 4055 where it says none", () => {
    assert.deepEqual(read(sequence())?.value, {
      hash: sha1,
      maskGeneration: mgf1,
      maskHash: sha1,
      saltLength: 20,
      trailerField: 1,
    });
    assert.deepEqual(
      read(
        sequence(
          explicit(0, hash(sha256)),
          explicit(1, sequence(oid(mgf1), hash(sha384))),
          explicit(2, integer(32)),
          explicit(3, integer(1)),
        ),
      )?.value,
      {
        hash: sha256,
        maskGeneration: mgf1,
        maskHash: sha384,
        saltLength: 32,
        trailerField: 1,
      },
    );
    assert.equal(read(sequence(explicit(0, sequence(oid(sha256)))))?.value?.hash, sha256);
  });

  test("with parameters that are damaged, or missing, is a fault", () => {
    const wrong = [
      [],
      [nothing],
      [sequence(explicit(2, integer(-1)))],
      [sequence(explicit(2, integer(1n << 80n)))],
      [sequence(explicit(1, sequence(oid(mgf1))))],
      [sequence(explicit(0))],
      [sequence(explicit(4, integer(1)))],
      [sequence(explicit(2, integer(1)), explicit(0, hash(sha256)))],
    ];
    for (const parameters of wrong) assert.equal(read(...parameters)?.fault?.part, "signatureAlgorithm.parameters");
  });

  test("is asked of no other algorithm", () => {
    const certificate = made();
    assert.equal(pssParameters(certificate.signatureAlgorithm, certificate.der), undefined);
  });

  test("may restrict a key", () => {
    const content = sequence(integer(2n ** 2047n), integer(65537));
    assert.deepEqual(
      told(key(subjectPublicKeyInfo(sequence(oid(pss), sequence(explicit(0, hash(sha256)))), content))),
      { ...sound, kind: "rsa-pss", bits: 2048, exponent: "65537" },
    );
    assert.equal(key(subjectPublicKeyInfo(sequence(oid(pss)), content)).bits, 2048);
    assert.notEqual(key(subjectPublicKeyInfo(sequence(oid(pss), nothing), content)).fault, undefined);
  });
});

describe("the names of OIDs", () => {
  test("are those that specifications have, and those that OpenSSL prints", () => {
    assert.deepEqual([oidName("2.5.4.3"), oidWords("2.5.4.3")], ["CN", "commonName"]);
    assert.deepEqual(
      [oidName("1.3.6.1.5.5.7.3.2"), oidWords("1.3.6.1.5.5.7.3.2")],
      ["clientAuth", "TLS Web Client Authentication"],
    );
    assert.deepEqual([oidName("2.5.29.19"), oidWords("2.5.29.19")], ["basicConstraints", "Basic Constraints"]);
    assert.deepEqual(
      [oidName("1.2.840.113549.1.1.11"), oidWords("1.2.840.113549.1.1.11")],
      ["sha256WithRSAEncryption", "sha256WithRSAEncryption"],
    );
    for (const unknown of ["1.2.3.4", "", "constructor", "__proto__", "toString"])
      assert.deepEqual([oidName(unknown), oidWords(unknown)], [undefined, undefined]);
  });
});
