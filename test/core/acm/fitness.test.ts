import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { daysLeft, type OriginVerdict, originVerdict, unmetOf } from "../../../src/core/acm/fitness.ts";
import { originClientFitness } from "../../../src/core/client-certificate/fitness.ts";
import type { AcmCertificate } from "../../../src/core/inventory.ts";
import { tell } from "../../../src/core/messages/tell.ts";
import { describeExpiry } from "../../../src/core/messages/verdict.ts";
import { certificatesOf, readBundle } from "../../../src/core/x509/bundle/bundle.ts";
import * as der from "../x509/der-writer.ts";
import { createCa, createChain, createLeaf, keysOf } from "../x509/pki.ts";
import { arnOf, certificate, daysFromNow, details, now } from "./inventory.ts";

function judge(difference: Partial<AcmCertificate>): OriginVerdict {
  return originVerdict(certificate(difference), now);
}

/** As in `no`, `key! The key is …`: with an exclamation mark where it is sure. */
function said(difference: Partial<AcmCertificate>): string[] {
  const { fit, reasons } = judge(difference);
  return [fit, ...reasons.map((reason) => `${reason.requirement}${reason.sure ? "!" : "?"} ${tell(reason)}`)];
}

const publicPurposes = ["TLS_WEB_SERVER_AUTHENTICATION"];

describe("a certificate in ACM, by its summary", () => {
  test("is fit where nothing speaks against it, and was not fully checked", () => {
    assert.deepEqual(judge({}), { fit: "yes", checked: "summary", reasons: [] });
  });

  test("is fit with either key, however ACM spells it", () => {
    for (const keyAlgorithm of ["RSA_2048", "RSA-2048", "EC_prime256v1", "EC-prime256v1"])
      assert.equal(judge({ keyAlgorithm }).fit, "yes", keyAlgorithm);
  });

  test("is not judged by what nobody said", () => {
    assert.equal(
      judge({
        domainName: undefined,
        status: undefined,
        type: undefined,
        keyAlgorithm: undefined,
        extendedKeyUsages: undefined,
        notBefore: undefined,
        notAfter: undefined,
        inUse: undefined,
      }).fit,
      "yes",
    );
    assert.equal(judge({ extendedKeyUsages: [] }).fit, "yes");
  });

  test("has to be in us-east-1; of other partitions nobody knows", () => {
    assert.deepEqual(said({ arn: arnOf(1, { region: "eu-central-1" }) }), [
      "no",
      "region! The certificate is in ACM in eu-central-1; CloudFront reads client certificates from ACM in us-east-1.",
    ]);
    assert.deepEqual(said({ arn: arnOf(1, { partition: "aws-cn", region: "cn-north-1" }) }), [
      "doubtful",
      "region? The certificate is in partition aws-cn. The AWS documentation does not say from which Region CloudFront reads client certificates there.",
    ]);
  });

  test("has to be issued", () => {
    const none = { notBefore: undefined, notAfter: undefined, extendedKeyUsages: [] };
    assert.deepEqual(said({ ...none, status: "PENDING_VALIDATION" }), [
      "no",
      "status! The certificate is not issued yet. ACM is waiting for its validation.",
    ]);
    assert.deepEqual(said({ ...none, status: "VALIDATION_TIMED_OUT" }), [
      "no",
      "status! The certificate was never issued, because its validation timed out.",
    ]);
    assert.deepEqual(said({ ...none, status: "FAILED" }), [
      "no",
      "status! The certificate was never issued, because its request failed.",
    ]);
    assert.deepEqual(said({ ...none, status: "FAILED", details: details({ failureReason: "CAA_ERROR" }) }), [
      "no",
      "status! The certificate was never issued, because its request failed (CAA_ERROR).",
    ]);
    assert.deepEqual(said({ status: "REVOKED" }), ["no", "status! The certificate is revoked."]);
    assert.deepEqual(said({ status: "INACTIVE" }), ["no", "status! The certificate is inactive in ACM."]);
    assert.deepEqual(said({ status: "PAUSED" }), [
      "doubtful",
      "status? The status in ACM is PAUSED; CloudFront needs an issued certificate.",
    ]);
  });

  test("has to be valid now, and one cause is told once", () => {
    assert.deepEqual(said({ notAfter: daysFromNow(-3), status: "ISSUED" }), [
      "no",
      "validity! The certificate expired 3 days ago.",
    ]);
    assert.deepEqual(said({ notAfter: daysFromNow(-3), status: "EXPIRED" }), [
      "no",
      "validity! The certificate expired 3 days ago.",
    ]);
    assert.deepEqual(said({ notAfter: undefined, status: "EXPIRED" }), [
      "no",
      "validity! The certificate has expired, according to ACM.",
    ]);
    assert.deepEqual(said({ notBefore: daysFromNow(2) }), [
      "no",
      "validity! The certificate is not valid yet. Its validity begins in 2 days, on 2026-11-23 00:00:00 UTC.",
    ]);
  });

  test("has to be imported, as far as the guide says", () => {
    assert.deepEqual(said({ type: "PRIVATE" }), [
      "doubtful",
      "type? The certificate was issued by ACM; the CloudFront documentation mentions only imported certificates.",
    ]);
    assert.deepEqual(
      said({ type: "AMAZON_ISSUED", extendedKeyUsages: [...publicPurposes, "TLS_WEB_CLIENT_AUTHENTICATION"] }),
      [
        "doubtful",
        "type? The certificate was issued by ACM; the CloudFront documentation mentions only imported certificates.",
      ],
    );
    assert.deepEqual(said({ type: "AMAZON_ISSUED", extendedKeyUsages: undefined }), [
      "doubtful",
      "type? The certificate is a public ACM certificate. Those issued since 2025-06-11 have no clientAuth, and the CloudFront documentation mentions only imported certificates.",
    ]);
    assert.deepEqual(said({ type: "AMAZON_ISSUED", extendedKeyUsages: publicPurposes }), [
      "no",
      "client-auth! Extended key usage is serverAuth; CloudFront needs clientAuth.",
    ]);
  });

  test("has to have one of two keys", () => {
    for (const [keyAlgorithm, name] of [
      ["RSA_4096", "RSA 4096"],
      ["RSA-1024", "RSA 1024"],
      ["EC_secp384r1", "ECDSA P-384"],
      ["ML_DSA_65", "ML_DSA_65"],
    ] as const) {
      assert.deepEqual(said({ keyAlgorithm }), [
        "no",
        `key! The key is ${name}; CloudFront accepts RSA 2048 or ECDSA P-256.`,
      ]);
    }
  });

  test("has to be for clients: any purpose is not enough", () => {
    assert.deepEqual(said({ extendedKeyUsages: ["ANY"] }), [
      "no",
      "client-auth! Extended key usage is anyExtendedKeyUsage; CloudFront needs clientAuth.",
    ]);
    assert.deepEqual(said({ extendedKeyUsages: ["NONE"] }), [
      "no",
      "client-auth! The certificate has no extended key usage; CloudFront needs clientAuth.",
    ]);
    assert.equal(judge({ extendedKeyUsages: ["CUSTOM", "TLS_WEB_CLIENT_AUTHENTICATION"] }).fit, "yes");
  });

  test("is told the sure reasons first", () => {
    const { fit, reasons } = judge({
      type: "PRIVATE",
      keyAlgorithm: "RSA_3072",
      arn: arnOf(1, { partition: "aws-cn", region: "cn-north-1" }),
    });
    assert.equal(fit, "no");
    assert.deepEqual(
      reasons.map(({ requirement, sure }) => [requirement, sure]),
      [
        ["key", true],
        ["region", false],
        ["type", false],
      ],
    );
  });
});

describe("a certificate in ACM, read", () => {
  test("is fit where it fits, and was fully checked", () => {
    assert.deepEqual(judge({ details: details() }), { fit: "yes", checked: "fully", reasons: [] });
  });

  test("does not fit by what itself says, which is told once", () => {
    const unmet = { code: "client:key", args: { key: "RSA 4096" } } as const;
    assert.deepEqual(judge({ keyAlgorithm: "RSA_4096", details: details({ unmet: [unmet] }) }), {
      fit: "no",
      checked: "fully",
      reasons: [{ requirement: "certificate", ...unmet, sure: true }],
    });
  });

  test("is doubtful where only nobody here can read it", () => {
    for (const body of ["", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"]) {
      const { fit, reasons } = judge({ details: details({ unmet: unmetOf(body, undefined, now) }) });
      assert.deepEqual(
        [fit, reasons],
        ["doubtful", [{ requirement: "certificate", code: "acm:unreadable-certificate", sure: false }]],
      );
    }
    const [leaf] = createChain();
    assert.equal(
      judge({
        details: details({
          unmet: unmetOf(leaf.pem, "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", now),
        }),
      }).fit,
      "doubtful",
    );
  });

  test("still expires, and still has to be in the right place", () => {
    assert.deepEqual(
      judge({ arn: arnOf(1, { region: "eu-west-1" }), notAfter: daysFromNow(-1), details: details() }).reasons.map(
        ({ requirement }) => requirement,
      ),
      ["region", "validity"],
    );
  });
});

describe("what of a PEM does not fit", () => {
  const [leaf, intermediate, root] = createChain();

  test("is nothing where all of it does, be it expired", () => {
    assert.deepEqual(unmetOf(leaf.pem, `${intermediate.pem}${root.pem}`, now), []);
    assert.deepEqual(unmetOf(leaf.pem, undefined, now), []);
    assert.deepEqual(unmetOf(leaf.pem, "", new Date("2099-01-01T00:00:00Z")), []);
  });

  test("is what the inspector says of CloudFront", () => {
    const ca = createCa({ keys: keysOf("rsa2048") });
    assert.deepEqual(
      unmetOf(createLeaf({ keys: "rsa4096", issuer: ca }).pem, ca.pem, now).map((reason) => tell(reason)),
      ["The key is RSA 4096; CloudFront accepts RSA 2048 or ECDSA P-256."],
    );
    assert.deepEqual(
      unmetOf(leaf.pem, `${intermediate.pem}${root.pem}${root.pem}`, now).map((reason) => tell(reason)),
      ["The chain has 4 certificates; CloudFront accepts up to 3, including leaf and root."],
    );
  });

  test("is nothing of what an import takes: ACM has taken it", () => {
    const ocsp = der.extension(
      "1.3.6.1.5.5.7.1.1",
      der.sequence(der.sequence(der.oid("1.3.6.1.5.5.7.48.1"), der.implicit(6, der.ascii("u".repeat(1001))))),
    );
    const others = [
      ["chain-order", leaf.pem, `${root.pem}${intermediate.pem}`],
      ["key-family", createLeaf({ keys: "rsa2048", issuer: intermediate }).pem, `${intermediate.pem}${root.pem}`],
      ["ocsp-url", createLeaf({ issuer: intermediate, extensions: [ocsp] }).pem, `${intermediate.pem}${root.pem}`],
      [
        "size",
        createLeaf({ issuer: intermediate, extensions: [der.extension("1.2.3.4", der.octets(new Uint8Array(24_000)))] })
          .pem,
        intermediate.pem,
      ],
      ["issuer", createLeaf({ parts: { issuer: "" } }).pem, ""],
    ] as const;
    for (const [requirement, body, chain] of others) {
      const certificates = certificatesOf(readBundle(`${body}${chain}`)).map(({ certificate: one }) => one);
      assert.deepEqual(
        originClientFitness(certificates, now).judgements.flatMap((one) =>
          one.holds || one.requirement === "validity" ? [] : [one.requirement],
        ),
        [requirement],
      );
      assert.deepEqual(unmetOf(body, chain, now), [], requirement);
    }
  });

  test("is that it cannot be read", () => {
    const damaged = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
    assert.deepEqual(unmetOf(damaged, undefined, now), [{ code: "acm:unreadable-certificate" }]);
    assert.deepEqual(unmetOf("", undefined, now), [{ code: "acm:unreadable-certificate" }]);
    assert.deepEqual(unmetOf(leaf.pem, `${intermediate.pem}${damaged}`, now), [{ code: "acm:unreadable-chain" }]);
  });
});

describe("the expiry of a certificate in ACM", () => {
  test("is counted in whole days", () => {
    for (const [days, left] of [
      [12, 12],
      [0.5, 0],
      [-0.5, -1],
      [-3, -3],
    ] as const)
      assert.equal(daysLeft(certificate({ notAfter: daysFromNow(days) }), now), left);
    assert.equal(daysLeft(certificate({ notAfter: undefined }), now), undefined);
  });

  test("is said in words", () => {
    assert.equal(describeExpiry(certificate({ notAfter: daysFromNow(12) }), now), "expires in 12 days");
    assert.equal(
      describeExpiry(certificate({ notAfter: daysFromNow(12), notBefore: undefined }), now),
      "expires in 12 days",
    );
    assert.equal(describeExpiry(certificate({ notAfter: daysFromNow(-3) }), now), "expired 3 days ago");
    assert.equal(describeExpiry(certificate({ notAfter: undefined }), now), "expiry unknown");
  });
});
