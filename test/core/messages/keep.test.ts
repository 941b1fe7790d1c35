// What is asked before a file is changed to what a service takes: no certificate, key or CA goes unsaid.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { keepChange } from "../../../src/core/messages/keep.ts";
import { keepOnlyTaken } from "../../../src/core/truststore/keep.ts";
import type { Target } from "../../../src/core/truststore/targets.ts";
import { readBundle } from "../../../src/core/x509/bundle/bundle.ts";
import { issuedPem, many, rootPem } from "../truststore/stores.ts";
import { concat, oid, pem, rsaKey, sequence, sha1WithRsa } from "../x509/der-writer.ts";
import { createCa, createLeaf, pkcs7 } from "../x509/pki.ts";

const root = createCa({ subject: "CN=Root" });
const leaf = createLeaf({ subject: "CN=client", issuer: root });
const weakKey = { publicKey: rsaKey(1024) };
const weak = rootPem({ subject: "CN=Weak", issuer: "CN=Weak", ...weakKey });
const key = "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n";
const list = pem(Uint8Array.from([0x30, 0]), "X509 CRL");
const trusting = sequence(sequence(oid("1.3.6.1.5.5.7.3.2")));

function asked(text: string, target: Target = "cloudfront") {
  const bundle = readBundle(text);
  const kept = keepOnlyTaken(bundle, target);
  return keepChange(kept, bundle, readBundle(kept.text), target);
}

/** With who is rejected afterwards. */
function said(text: string, target?: Target): string {
  const { text: first, cutOff } = asked(text, target);
  return [first, ...cutOff].join(" ");
}

describe("what is said before a file is changed to what a service takes", () => {
  test("counts certificates, private keys and other blocks", () => {
    for (const [text, question] of [
      [root.pem + leaf.pem, "This change removes 1 certificate from this file."],
      [root.pem + root.pem + leaf.pem, "This change removes 2 certificates from this file."],
      [root.pem + list, "This change removes 1 other block from this file."],
      [root.pem + list + list + leaf.pem, "This change removes 1 certificate and 2 other blocks from this file."],
      [
        root.pem + list + key,
        "This change removes 1 private key and 1 other block from this file. If you still need the private key, save it elsewhere first.",
      ],
      [
        root.pem + leaf.pem + key + key + list,
        "This change removes 1 certificate, 2 private keys, and 1 other block from this file. If you still need the private keys, save them elsewhere first.",
      ],
    ] as const)
      assert.equal(asked(text).text, question);
  });

  test("counts a certificate of a container that is unpacked, and says where it was", () => {
    const { text, details } = asked(`# all\n${pem(pkcs7([root.der, leaf.der]), "PKCS7")}`);
    assert.equal(text, "This change removes 1 certificate from this file.");
    assert.deepEqual(details, [
      "Line 2, in the PKCS#7 block: “client” is not a CA certificate.",
      "1 PKCS#7 block is replaced with the certificates inside it. Nothing else in it is kept.",
    ]);
  });

  test("says which clients are rejected where a CA goes, and not where a certificate of the same key stays", () => {
    assert.equal(
      said(root.pem + weak),
      "This change removes 1 certificate from this file. Clients with certificates below “Weak” will be rejected.",
    );
    const inside = readBundle(weak).pieces[0]?.block.bytes ?? new Uint8Array();
    assert.equal(
      said(root.pem + pem(pkcs7([inside]), "PKCS7")),
      "This change removes 1 certificate from this file. Clients with certificates below “Weak” will be rejected.",
    );
    const old = { subject: "CN=Both", issuer: "CN=Elsewhere" };
    const twice = issuedPem("CN=Both", "CN=Elsewhere", { signatureAlgorithm: sha1WithRsa });
    assert.equal(said(twice + rootPem(old)), "This change removes 1 certificate from this file.");
    const five = many(5, (at) => rootPem({ subject: `CN=W${at}`, issuer: `CN=W${at}`, ...weakKey }));
    assert.match(said(root.pem + five), /below “W0”, “W1”, “W2” and 2 more will be rejected\.$/);
    const namesake = rootPem({ subject: "CN=Weak", issuer: "CN=Weak", publicKey: rsaKey(1536) });
    assert.match(
      said(root.pem + weak + namesake),
      /^This change removes 2 certificates .* below “Weak” will be rejected\.$/,
    );
    // The same CA twice is one.
    assert.match(
      said(root.pem + weak + weak),
      /^This change removes 2 certificates .* below “Weak” will be rejected\.$/,
    );
  });

  test("says that another way may be left where a CA below or above the one that goes stays", () => {
    const below = issuedPem("CN=Below", "CN=Weak");
    assert.match(
      said(weak + below, "cloudfront"),
      /below “Weak” will be rejected, unless their chain leads to another CA that stays in this file\.$/,
    );
    assert.match(
      said(weak + below, "apigateway"),
      /below “Weak” will be rejected, unless another complete chain for them stays in this file\.$/,
    );
    const top = rootPem({ subject: "CN=Top", issuer: "CN=Top" });
    assert.match(said(top + issuedPem("CN=Middle", "CN=Top", weakKey)), /below “Middle” .* unless /);
  });

  test("says what becomes of the rest, whatever is asked", () => {
    const other = createCa({ subject: "CN=Other" });
    const trusted = pem(concat(other.der, trusting), "TRUSTED CERTIFICATE");
    const x509 = root.pem.replaceAll("CERTIFICATE", "X509 CERTIFICATE");
    assert.deepEqual(asked(x509, "apigateway"), {
      text: "This change sets the label of 1 certificate to CERTIFICATE.",
      cutOff: [],
      details: [],
    });
    const container = pem(pkcs7([createCa({ subject: "CN=Third" }).der]), "PKCS7");
    assert.deepEqual(asked(`Roots of Work\n${x509}\n\n${trusted}${container}`), {
      text: "This change replaces 1 PKCS#7 block with the certificates inside it.",
      cutOff: [],
      details: [
        "1 PKCS#7 block is replaced with the certificates inside it. Nothing else in it is kept.",
        "The labels of 2 certificates are changed to CERTIFICATE.",
        "The trust settings that OpenSSL added to certificates are removed.",
        "2 lines of text outside the certificates are removed.",
        "1 line of text becomes a comment.",
      ],
    });
    assert.equal(
      asked(`${root.pem}\n${other.pem}${weak}`, "alb").details.at(-1),
      "1 line of text outside the certificates is removed.",
    );
    assert.equal(
      asked(`${root.pem}\n${other.pem}`).text,
      "This change removes 1 line of text outside the certificates.",
    );
    assert.equal(asked(`Roots\n${root.pem}`).text, "This change turns 1 line of text into a comment.");
  });

  test("tells the first of many", () => {
    const { details } = asked(root.pem + list.repeat(18));
    assert.equal(details.length, 16);
    assert.match(details[0] ?? "", /^Line \d+: This PEM block has the label X509 CRL\./);
    assert.equal(details[15], "and 3 more");
  });
});
