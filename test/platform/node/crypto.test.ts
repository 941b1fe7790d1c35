import * as assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { describe, test } from "node:test";
import type { SignaturePair, Verdict } from "../../../src/core/x509/path/verdicts.ts";
import { SignatureChecker, sha256 } from "../../../src/platform/node/crypto.ts";
import * as der from "../../core/x509/der-writer.ts";
import {
  type CertificateOptions,
  createCa,
  createLeaf,
  type Digest,
  type Issued,
  issue,
  type KeyKind,
  keysOf,
  read,
} from "../../core/x509/pki.ts";

function verdict(issuer: Issued, subject: Issued): Verdict {
  return new SignatureChecker().check(issuer.certificate, subject.certificate);
}

/** Of a leaf that this CA signed. */
function ofLeaf(ca: Issued, options: CertificateOptions = {}): Verdict {
  return verdict(ca, createLeaf({ issuer: ca, ...options }));
}

function hasKeys(kind: KeyKind): boolean {
  try {
    keysOf(kind);
    return true;
  } catch {
    return false;
  }
}

test("SHA-256 is in upper-case hex", () => {
  assert.equal(sha256(new Uint8Array()), "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855");
});

describe("a signature is valid", () => {
  const digests: readonly (readonly [KeyKind, readonly Digest[]])[] = [
    ["rsa1024", ["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3-256"]],
    ["p256", ["sha1", "sha224", "sha256", "sha384", "sha512", "sha3-256"]],
    ["p384", ["sha384"]],
    ["p521", ["sha512"]],
    ["dsa", ["sha1", "sha256"]],
  ];
  for (const [kind, all] of digests) {
    for (const digest of all)
      test(`with ${kind} and ${digest}`, () =>
        assert.equal(
          ofLeaf(createCa({ keys: kind, digest: kind === "dsa" ? "sha1" : "sha256" }), { digest }),
          "valid",
        ));
  }
  test("with Ed25519 and Ed448", () => {
    for (const kind of ["ed25519", "ed448"] as const) assert.equal(ofLeaf(createCa({ keys: kind })), "valid");
  });
  test("with ML-DSA", { skip: hasKeys("ml-dsa-65") ? false : "this Node has no ML-DSA" }, () =>
    assert.equal(ofLeaf(createCa({ keys: "ml-dsa-65" })), "valid"),
  );
  for (const pss of [
    { hash: "sha256", saltLength: 32 },
    { hash: "sha256", saltLength: 20 },
    { hash: "sha1", saltLength: 20 },
    { hash: "sha512", saltLength: 62 },
    { hash: "sha384", saltLength: 0, trailerField: 1 },
  ] as const) {
    test(`with RSASSA-PSS, ${pss.hash} and a salt of ${pss.saltLength}`, () =>
      assert.equal(ofLeaf(createCa({ keys: "rsa1024" }), { pss }), "valid"));
  }
  test("with the same key in a certificate's own name", () => {
    const root = createCa();
    assert.equal(verdict(root, root), "valid");
  });
  test("whatever the encoding of the signed part", () => {
    const ca = createCa();
    const long = createLeaf({ issuer: ca, parts: { notAfter: der.element(0x17, der.ascii("3401010000Z")) } });
    assert.equal(verdict(ca, long), "valid");
  });
});

describe("a signature is invalid", () => {
  const ca = createCa({ keys: "rsa1024" });

  test("of another key", () => {
    assert.equal(ofLeaf(ca, { signedBy: keysOf("rsa1024", 1) }), "invalid");
    assert.equal(ofLeaf(createCa(), { signedBy: keysOf("p256", 41) }), "invalid");
  });

  test("of another kind of key, though that key made it", () => {
    assert.equal(ofLeaf(ca, { signedBy: keysOf("p256"), digest: "sha256" }), "invalid");
    const pretended = createLeaf({ issuer: ca, parts: { signatureAlgorithm: der.ecdsaWithSha256 } });
    assert.equal(verdict(ca, pretended), "invalid");
    const mixed = createLeaf({ issuer: createCa({ keys: "ed25519" }), signedBy: keysOf("ed448") });
    assert.equal(verdict(createCa({ keys: "ed25519" }), mixed), "invalid");
  });

  test("of one size of ML-DSA under a key of another", () => {
    const key = (last: number, length: number) =>
      der.subjectPublicKeyInfo(der.sequence(der.oid(`2.16.840.1.101.3.4.3.${last}`)), new Uint8Array(length));
    const large = read(
      der.certificate({
        publicKey: key(18, 1952),
        signatureAlgorithm: der.sequence(der.oid("2.16.840.1.101.3.4.3.17")),
      }),
    );
    assert.equal(new SignatureChecker().check(large, large), "invalid");
  });

  test("when a byte of what is signed is another", () => {
    const leaf = createLeaf({ issuer: ca });
    const changed = leaf.der.slice();
    const at = Buffer.from(changed).indexOf("client.example.com");
    changed[at] = 0x43;
    assert.equal(new SignatureChecker().check(ca.certificate, read(changed)), "invalid");
  });

  test("when its algorithm is said twice, and not the same", () => {
    const parameters = createLeaf({
      issuer: ca,
      parts: { outerSignatureAlgorithm: der.sequence(der.oid("1.2.840.113549.1.1.11")) },
    });
    assert.equal(verdict(ca, parameters), "invalid");
    assert.equal(ofLeaf(ca, { parts: { outerSignatureAlgorithm: der.sha1WithRsa } }), "invalid");
  });

  test("when it is not whole bytes, empty, or no signature at all", () => {
    assert.equal(ofLeaf(ca, { parts: { signature: der.bits(new Uint8Array(128), 3) } }), "invalid");
    for (const keys of ["rsa1024", "p256", "ed25519"] as const) {
      for (const signature of [new Uint8Array(), Uint8Array.of(1), new Uint8Array(64).fill(0x5a)])
        assert.equal(ofLeaf(createCa({ keys }), { parts: { signature: der.bits(signature) } }), "invalid");
    }
  });

  test("of RSASSA-PSS with another trailer", () => {
    assert.equal(ofLeaf(ca, { pss: { hash: "sha256", saltLength: 32, trailerField: 2 } }), "invalid");
  });
});

describe("a signature is unsupported", () => {
  const leaf = createLeaf({ issuer: createCa() });
  const under = (publicKey: der.Bytes, subject: Issued = leaf) =>
    new SignatureChecker().check(read(der.certificate({ publicKey })), subject.certificate);
  const rsaLeaf = createLeaf({ issuer: createCa({ keys: "rsa1024" }) });

  test("of an algorithm that nobody knows", () => {
    assert.equal(
      ofLeaf(createCa(), { parts: { signatureAlgorithm: der.sequence(der.oid("1.2.3.4")) } }),
      "unsupported",
    );
  });

  test("of a hash that OpenSSL has no more", () => {
    assert.equal(
      ofLeaf(createCa({ keys: "rsa1024" }), {
        parts: { signatureAlgorithm: der.sequence(der.oid("1.2.840.113549.1.1.2"), der.nothing) },
      }),
      "unsupported",
    );
  });

  test("of RSASSA-PSS whose parameters cannot be read", () => {
    assert.equal(
      ofLeaf(createCa({ keys: "rsa1024" }), {
        parts: { signatureAlgorithm: der.sequence(der.oid("1.2.840.113549.1.1.10")) },
      }),
      "unsupported",
    );
  });

  test("of RSASSA-PSS with another mask generation than MGF1", () => {
    assert.equal(
      ofLeaf(createCa({ keys: "rsa1024" }), { pss: { hash: "sha256", saltLength: 32, maskGeneration: "1.2.3.4" } }),
      "unsupported",
    );
  });

  test("under a key that would take long: RSA beyond 16,384 bits, or with a long exponent", () => {
    assert.equal(under(der.rsaKey(16_385), rsaLeaf), "unsupported");
    assert.equal(under(der.rsaKey(2048, 2n ** 80n + 1n), rsaLeaf), "unsupported");
  });

  test("under a key that cannot be read, or of a curve that is spelled out or unknown", () => {
    assert.equal(
      under(der.subjectPublicKeyInfo(der.sequence(der.oid("1.2.840.113549.1.1.1"), der.nothing), [1, 2, 3]), rsaLeaf),
      "unsupported",
    );
    assert.equal(under(der.ecKey().with(-1, 0)), "unsupported");
    assert.equal(under(der.ecKey("1.2.3.4")), "unsupported");
    const explicit = generateKeyPairSync("ec", { namedCurve: "P-256", paramEncoding: "explicit" }).publicKey.export({
      type: "spki",
      format: "der",
    });
    assert.equal(under(explicit), "unsupported");
  });
});

describe("verifying in slices", () => {
  const ca = createCa();
  const pairs = (count: number): SignaturePair[] =>
    Array.from({ length: count }, () => ({ issuer: ca.certificate, subject: createLeaf({ issuer: ca }).certificate }));

  test("leaves a verdict for each pair, tells how far it is, and lets others have their turn", async () => {
    const all = pairs(100);
    const checker = new SignatureChecker();
    const told: number[] = [];
    let turns = 0;
    const others = setInterval(() => turns++, 0);
    const isDone = await checker.verifyInSlices(all, { slice: 1, progress: (done, of) => told.push(done, of) });
    clearInterval(others);
    assert.ok(isDone);
    assert.ok(all.every(({ issuer, subject }) => checker.of(issuer, subject) === "valid"));
    assert.deepEqual(
      told.filter((_, at) => at % 2 === 1).every((of) => of === 100),
      true,
    );
    assert.deepEqual(
      told.filter((_, at) => at % 2 === 0),
      told.filter((_, at) => at % 2 === 0).toSorted((a, b) => a - b),
    );
    assert.equal(told.at(-2), 100);
    assert.ok(turns > 0);
  });

  test("begins no verification before the caller goes on", async () => {
    const [pair] = pairs(1);
    const checker = new SignatureChecker();
    const running = checker.verifyInSlices(pair === undefined ? [] : [pair]);
    assert.equal(pair && checker.of(pair.issuer, pair.subject), undefined);
    await running;
    assert.equal(pair && checker.of(pair.issuer, pair.subject), "valid");
  });

  test("stops when it is aborted, and keeps what it has", async () => {
    const all = pairs(50);
    const checker = new SignatureChecker();
    const controller = new AbortController();
    assert.equal(
      await checker.verifyInSlices(all, {
        slice: 0,
        signal: controller.signal,
        progress: (done) => done === 3 && controller.abort(),
      }),
      false,
    );
    assert.deepEqual(
      all.map(({ issuer, subject }) => checker.of(issuer, subject)).filter((known) => known !== undefined),
      ["valid", "valid", "valid"],
    );
  });

  test("passes over what is known", async () => {
    const all = pairs(3);
    const checker = new SignatureChecker();
    await checker.verifyInSlices(all);
    let slices = 0;
    await checker.verifyInSlices(all, { slice: 0, progress: () => slices++ });
    assert.equal(slices, 1);
  });

  test("is done where there is nothing to do", async () => assert.ok(await new SignatureChecker().verifyInSlices([])));
});

test("a verdict is about two certificates, not about their bytes", () => {
  const ca = createCa();
  const leaf = createLeaf({ issuer: ca });
  const checker = new SignatureChecker();
  checker.check(ca.certificate, leaf.certificate);
  assert.equal(checker.of(ca.certificate, leaf.certificate), "valid");
  assert.equal(checker.of(leaf.certificate, ca.certificate), undefined);
  assert.equal(checker.of(ca.certificate, read(leaf.der)), undefined);
  assert.equal(checker.check(ca.certificate, issue({ subject: "CN=x" }, []).certificate), "invalid");
});
