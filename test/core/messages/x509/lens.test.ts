import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { blockLens } from "../../../../src/core/messages/x509/lens.ts";
import { readBundle } from "../../../../src/core/x509/bundle/bundle.ts";
import { clientAuth, serverAuth } from "../../../../src/core/x509/usages.ts";
import { extendedKeyUsage, pem, request } from "../../x509/der-writer.ts";
import { createCa, issue, pkcs7 } from "../../x509/pki.ts";

const now = new Date("2026-06-01T12:00:00Z");

function lensesOf(text: string): readonly string[] {
  return readBundle(text).pieces.map((piece) => {
    const lens = blockLens(piece, now, 30);
    return lens === undefined ? "" : `${lens.tone}: ${lens.text}`;
  });
}

const until = (notAfter: string) => ({ subject: "CN=shop", parts: { notBefore: "20250101000000Z", notAfter } });

describe("above a block", () => {
  test("is whose certificate it is, what for, and until when", () => {
    const valid = until("20290501120000Z");
    assert.deepEqual(
      lensesOf(
        [
          createCa({ ...valid, subject: "CN=Root" }),
          issue(valid, [extendedKeyUsage(clientAuth)]),
          issue(valid, [extendedKeyUsage(serverAuth)]),
          issue(valid, [extendedKeyUsage(serverAuth, clientAuth)]),
          issue(valid, []),
        ]
          .map((one) => one.pem)
          .join(""),
      ),
      [
        "plain: Root: CA certificate, valid until 2029-05-01",
        "plain: shop: client certificate, valid until 2029-05-01",
        "plain: shop: server certificate, valid until 2029-05-01",
        "plain: shop: client and server certificate, valid until 2029-05-01",
        "plain: shop: certificate, valid until 2029-05-01",
      ],
    );
  });

  test("is that it expired, expires soon, or is not valid yet", () => {
    const lensOf = (parts: { readonly notBefore?: string; readonly notAfter: string }) =>
      lensesOf(createCa({ subject: "CN=Root", parts: { notBefore: "20250101000000Z", ...parts } }).pem)[0];
    assert.equal(
      lensOf({ notAfter: "20260530000000Z" }),
      "error: Root: CA certificate, expired on 2026-05-30 (2 days ago)",
    );
    assert.equal(
      lensOf({ notAfter: "20260613130000Z" }),
      "warning: Root: CA certificate, expires on 2026-06-13 (in 12 days)",
    );
    assert.equal(
      lensOf({ notAfter: "20260701120000Z" }),
      "warning: Root: CA certificate, expires on 2026-07-01 (in 30 days)",
    );
    assert.equal(lensOf({ notAfter: "20260701120001Z" }), "plain: Root: CA certificate, valid until 2026-07-01");
    assert.equal(lensOf({ notAfter: "20260702130000Z" }), "plain: Root: CA certificate, valid until 2026-07-02");
    assert.equal(
      lensOf({ notBefore: "20260701000000Z", notAfter: "20290701000000Z" }),
      "warning: Root: CA certificate, not valid before 2026-07-01",
    );
    assert.equal(
      lensOf({ notBefore: "20290701000000Z", notAfter: "20280701000000Z" }),
      "error: Root: CA certificate, never valid (ends before it begins)",
    );
  });

  test("is what else it is, in plain words", () => {
    const root = createCa({ ...until("20290501120000Z"), subject: "CN=Root" });
    const cut = root.pem.replace("-----END CERTIFICATE-----\n", "");
    assert.deepEqual(
      lensesOf(
        [
          "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n",
          pem(request({ subject: "CN=wanted" }), "CERTIFICATE REQUEST"),
          pem(pkcs7([root.der]), "PKCS7"),
          pem(Uint8Array.from([0x30, 0]), "X509 CRL"),
          pem(Uint8Array.from([0x30, 0]), "DH PARAMETERS"),
          "-----BEGIN CERTIFICATE-----\nnot base64!\n-----END CERTIFICATE-----\n",
          "-----BEGIN CERTIFICATE-----\n${root}\n-----END CERTIFICATE-----\n",
          cut,
        ].join(""),
      ),
      [
        "plain: Private key",
        "plain: wanted: certificate request",
        "plain: PKCS#7 with 1 certificate",
        "plain: Revocation list",
        "plain: Not a certificate",
        "error: Damaged block",
        "",
        "error: Damaged block: Root: CA certificate, valid until 2029-05-01",
      ],
    );
  });
});
