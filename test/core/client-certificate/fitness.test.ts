import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Fitness, originClientFitness, type Requirement } from "../../../src/core/client-certificate/fitness.ts";
import { numberText } from "../../../src/core/messages/format.ts";
import { tell } from "../../../src/core/messages/tell.ts";
import { writePem } from "../../../src/core/pem/blocks.ts";
import * as der from "../x509/der-writer.ts";
import { type CertificateOptions, createCa, createChain, createLeaf, type Issued, keysOf, read } from "../x509/pki.ts";

const now = new Date("2026-01-01T00:00:00Z");
const [leaf, intermediate, root] = createChain();

function judge(...chain: readonly Issued[]): Fitness {
  return originClientFitness(
    chain.map(({ certificate }) => certificate),
    now,
  );
}

function messagesOf(fitness: Fitness, requirement: Requirement) {
  return fitness.judgements
    .filter((judgement) => judgement.requirement === requirement)
    .map(({ holds, reason, index }) => [holds, tell(reason), index]);
}

/** The one requirement that a leaf of this CA does not meet, and what is said of it. */
function unmet(options: CertificateOptions, requirement: Requirement): string {
  const { fit, judgements } = judge(createLeaf({ issuer: intermediate, ...options }), intermediate, root);
  assert.equal(fit, false);
  assert.deepEqual(
    judgements.filter(({ holds }) => !holds).map((judgement) => judgement.requirement),
    [requirement],
  );
  return tell(judgements.find(({ holds }) => !holds)?.reason ?? "");
}

const usage = der.keyUsage("digitalSignature");
const forClients = der.extendedKeyUsage(der.clientAuth);

describe("an origin client certificate", () => {
  test("is taken with its chain, and every reason is named with its value", () => {
    const { fit, judgements } = judge(leaf, intermediate, root);
    assert.deepEqual(
      judgements.map(({ reason }) => tell(reason)),
      [
        "The certificate is X.509 version 3.",
        "The key is ECDSA P-256.",
        "The signature algorithm is ECDSA with SHA-256.",
        "The key and the issuer's key are of the same family.",
        "Extended key usage includes clientAuth.",
        "The certificate is valid and expires in 8 years.",
        "The chain has 3 certificates.",
        "The chain is in order.",
        `The certificate has ${numberText(leaf.pem.length)} bytes of PEM.`,
        `The chain has ${numberText(intermediate.pem.length + root.pem.length)} bytes of PEM.`,
      ],
    );
    assert.ok(fit);
    assert.ok(judgements.every(({ holds, index }) => holds && (index === 0 || index === 2)));
  });

  test("is taken alone", () => {
    assert.ok(judge(leaf).fit);
    assert.deepEqual(messagesOf(judge(leaf), "chain-length"), [[true, "The chain has one certificate.", 0]]);
  });

  test("is taken with RSA 2048, PKCS #1 and PSS, SHA-256, SHA-384 and SHA-512", () => {
    const ca = createCa({ keys: keysOf("rsa2048") });
    for (const digest of ["sha256", "sha384", "sha512"] as const)
      assert.ok(judge(createLeaf({ keys: keysOf("rsa2048", 1), issuer: ca, digest }), ca).fit, digest);
    assert.ok(
      judge(createLeaf({ keys: keysOf("rsa2048", 1), issuer: ca, pss: { hash: "sha384", saltLength: 48 } }), ca).fit,
    );
  });

  test("is nothing where there is none", () => {
    assert.deepEqual(originClientFitness([], now), { fit: false, judgements: [] });
  });
});

describe("what CloudFront does not take is", () => {
  test("any other key", () => {
    assert.equal(unmet({ keys: "p384" }, "key"), "The key is ECDSA P-384; CloudFront accepts RSA 2048 or ECDSA P-256.");
    const rsaCa = createCa({ keys: keysOf("rsa2048") });
    const large = judge(createLeaf({ keys: "rsa4096", issuer: rsaCa }), rsaCa);
    assert.deepEqual(messagesOf(large, "key"), [
      [false, "The key is RSA 4096; CloudFront accepts RSA 2048 or ECDSA P-256.", 0],
    ]);
    const odd = judge(createLeaf({ issuer: rsaCa, parts: { publicKey: der.rsaKey(2047) } }), rsaCa);
    assert.deepEqual(messagesOf(odd, "key"), [
      [false, "The key is RSA 2047; CloudFront accepts RSA 2048 or ECDSA P-256.", 0],
    ]);
    const edwards = judge(createLeaf({ keys: "ed25519" }));
    assert.deepEqual(messagesOf(edwards, "key"), [
      [false, "The key is Ed25519; CloudFront accepts RSA 2048 or ECDSA P-256.", 0],
    ]);
    assert.deepEqual(
      messagesOf(edwards, "signature").map(([holds]) => holds),
      [false],
    );
  });

  test("any other signature", () => {
    assert.equal(
      unmet({ digest: "sha1" }, "signature"),
      "The signature algorithm is ECDSA with SHA-1; CloudFront accepts RSA, ECDSA, or RSASSA-PSS with SHA-256, SHA-384, or SHA-512.",
    );
    assert.match(unmet({ digest: "sha3-256" }, "signature"), /^The signature algorithm is ECDSA with SHA3-256;/);
    assert.match(
      unmet({ parts: { signatureAlgorithm: der.sequence(der.oid("1.2.3")) } }, "signature"),
      /^The signature algorithm is 1\.2\.3;/,
    );
    const ca = createCa({ keys: keysOf("rsa2048") });
    for (const pss of [
      { hash: "sha1", saltLength: 20 },
      { hash: "sha256", saltLength: 32, maskGeneration: "1.2.3.4" },
    ] as const) {
      assert.deepEqual(
        messagesOf(judge(createLeaf({ keys: "rsa2048", issuer: ca, pss }), ca), "signature").map(([holds]) => holds),
        [false],
      );
    }
  });

  test("a key of another family than that of its issuer", () => {
    const ca = createCa({ keys: keysOf("rsa2048") });
    const { judgements } = judge(createLeaf({ issuer: ca }), ca);
    assert.deepEqual(
      judgements.filter(({ holds }) => !holds).map(({ reason, source }) => [tell(reason), source]),
      [
        [
          "The key is ECDSA P-256, but the issuer signed with RSA with SHA-256. ACM accepts the certificate only if both keys are of the same family.",
          "importCertificate",
        ],
      ],
    );
  });

  test("one without clientAuth", () => {
    assert.equal(
      unmet({ only: [usage] }, "client-auth"),
      "The certificate has no extended key usage; CloudFront needs clientAuth.",
    );
    assert.equal(
      unmet({ only: [der.extendedKeyUsage(der.serverAuth, "1.2.3")] }, "client-auth"),
      "Extended key usage is serverAuth, 1.2.3; CloudFront needs clientAuth.",
    );
    assert.match(unmet({ only: [der.extendedKeyUsage("2.5.29.37.0")] }, "client-auth"), /anyExtendedKeyUsage/);
    assert.match(unmet({ only: [der.extension("2.5.29.37", der.integer(1))] }, "client-auth"), /cannot be read/);
  });

  test("an older version", () => {
    assert.equal(
      unmet({ parts: { version: 2 } }, "version"),
      "The certificate is X.509 version 2; CloudFront accepts only version 3.",
    );
  });

  test("one that is not valid now", () => {
    assert.equal(unmet({ parts: { notAfter: "20251230000000Z" } }, "validity"), "The certificate expired 2 days ago.");
    assert.equal(
      unmet({ parts: { notBefore: "20260103000000Z" } }, "validity"),
      "The certificate is not valid yet. Its validity begins in 2 days, on 2026-01-03 00:00:00 UTC.",
    );
    assert.equal(
      unmet({ parts: { notAfter: der.utcTime("soon") } }, "validity"),
      "The end of the certificate's validity cannot be read.",
    );
  });

  test("a chain of four", () => {
    const other = createCa({ subject: "CN=Second CA", keys: keysOf("p256", 31), issuer: intermediate });
    const fitness = judge(createLeaf({ issuer: other }), other, intermediate, root);
    assert.deepEqual(
      fitness.judgements.filter(({ holds }) => !holds).map(({ reason, index }) => [tell(reason), index]),
      [["The chain has 4 certificates; CloudFront accepts up to 3, including leaf and root.", 3]],
    );
  });

  test("a chain that is not in order, at the certificate that is out of place", () => {
    assert.deepEqual(messagesOf(judge(leaf, root, intermediate), "chain-order"), [
      [
        false,
        "“Root CA” is after “client.example.com” but did not issue it. Put the issuer of each certificate directly after it.",
        1,
      ],
    ]);
    const turned = judge(root, intermediate, leaf);
    assert.deepEqual(messagesOf(turned, "chain-order"), [
      [
        false,
        "“Root CA” is before “client.example.com”. Put the certificate first, then its issuer, then the issuer of that one.",
        2,
      ],
    ]);
    assert.deepEqual(messagesOf(turned, "client-auth"), [[true, "Extended key usage includes clientAuth.", 2]]);
  });

  test("an empty issuer", () => {
    const nameless = judge(createLeaf({ parts: { issuer: "" } }));
    assert.deepEqual(
      nameless.judgements.filter(({ holds }) => !holds).map(({ reason }) => tell(reason)),
      ["The issuer is empty; ACM does not accept a certificate without an issuer."],
    );
  });
});

describe("limits of size", () => {
  const padded = (bytes: number, options: CertificateOptions = {}) =>
    createLeaf({
      issuer: intermediate,
      ...options,
      extensions: [der.extension("1.2.3.4", der.octets(new Uint8Array(bytes)))],
    });

  test("count the PEM of the certificate, as it is written with lines of 64", () => {
    for (let bytes = 0; bytes < 100; bytes++) {
      const certificate = padded(bytes);
      assert.deepEqual(messagesOf(judge(certificate), "size"), [
        [true, `The certificate has ${numberText(writePem("CERTIFICATE", certificate.der).length)} bytes of PEM.`, 0],
      ]);
    }
    const large = padded(24_000);
    assert.deepEqual(messagesOf(judge(large), "size"), [
      [false, `The certificate has ${numberText(large.pem.length)} bytes of PEM; ACM accepts up to 32,768.`, 0],
    ]);
  });

  test("count the chain without the leaf", () => {
    const ca = createCa({
      issuer: root,
      subject: "CN=Large",
      keys: keysOf("p256", 32),
      extensions: [der.extension("1.2.3.4", der.octets(new Uint8Array(50_000)))],
    });
    const fitness = judge(createLeaf({ issuer: ca }), ca);
    assert.deepEqual(messagesOf(fitness, "chain-size"), [
      [false, `The chain has ${numberText(ca.pem.length)} bytes of PEM; CloudFront accepts up to 65,536.`, 0],
    ]);
    assert.deepEqual(
      messagesOf(fitness, "size").map(([holds]) => holds),
      [true],
    );
  });

  test("count the URL of an OCSP responder", () => {
    const url = (length: number) =>
      der.extension(
        "1.3.6.1.5.5.7.1.1",
        der.sequence(der.sequence(der.oid("1.3.6.1.5.5.7.48.1"), der.implicit(6, der.ascii("u".repeat(length))))),
      );
    assert.equal(
      unmet({ only: [usage, forClients, url(1001)] }, "ocsp-url"),
      "The OCSP responder URL has 1,001 characters; ACM accepts up to 1,000.",
    );
    assert.ok(judge(createLeaf({ issuer: intermediate, only: [usage, forClients, url(1000)] })).fit);
  });

  test("take a certificate as it is read: the same for its copy", () => {
    assert.deepEqual(originClientFitness([read(leaf.der)], now), judge(leaf));
  });
});
