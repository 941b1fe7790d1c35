// Leaf, chain and key each by itself, and several bundles as one.
import * as assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { describe, test } from "node:test";
import fc from "fast-check";
import { tell } from "../../../src/core/messages/tell.ts";
import { read } from "../../../src/core/read.ts";
import { check } from "../../../src/core/rules/check.ts";
import { mergeBundles, type SplitFault, type SplitForAcm, splitForAcm } from "../../../src/core/truststore/split.ts";
import { certificatesOf, readBundle } from "../../../src/core/x509/bundle/bundle.ts";
import { SignatureChecker } from "../../../src/platform/node/crypto.ts";
import { holds } from "../../randomly.ts";
import { context, onFault } from "../checking.ts";
import { basicConstraints, concat, pem } from "../x509/der-writer.ts";
import { createCa, createChain, createLeaf, keysOf, newKeys, pkcs7 } from "../x509/pki.ts";
import { rootPem } from "./stores.ts";

const [leaf, intermediate, root] = createChain();
const key = "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n";
/** What ACM's model says of a certificate body, of a chain and of a key. */
const body =
  /^-{5}BEGIN CERTIFICATE-{5}\r?\n([A-Za-z0-9/+]{64}\r?\n)*[A-Za-z0-9/+]{1,64}={0,2}\r?\n-{5}END CERTIFICATE-{5}(\r?\n)?$/;
const chainForm =
  /^(-{5}BEGIN CERTIFICATE-{5}\n([A-Za-z0-9/+]{64}\n)*[A-Za-z0-9/+]{1,64}={0,2}\n-{5}END CERTIFICATE-{5}\n)*$/;

function splitOf(text: string): SplitForAcm {
  const split = splitForAcm(readBundle(text));
  assert.ok(!("fault" in split), "fault" in split ? tell(split.fault) : "");
  return split;
}

function faultOf(text: string): string {
  const split: SplitForAcm | SplitFault = splitForAcm(readBundle(text));
  return "fault" in split ? tell(split.fault) : "";
}

describe("a file split for ACM", () => {
  test("is leaf, chain up to the root and key, wherever they stand, in the form that ACM wants", () => {
    const text = `# mtls: target=origin\n${root.pem}${key}subject=x\r\n${intermediate.pem.replaceAll("\n", " \r\n")}\n# the client\n${leaf.pem}`;
    const split = splitOf(text);
    assert.deepEqual([split.leaf, split.chain, split.key?.text], [leaf.pem, intermediate.pem + root.pem, key]);
    assert.match(split.leaf, body);
    assert.match(split.chain, chainForm);
    assert.deepEqual([split.leafIndex, split.chainIndexes, split.leftOut, split.key?.index], [3, [2, 0], [], 1]);
    assert.equal(text.slice(split.key?.span.start, split.key?.span.end), key.trimEnd());
  });

  test("takes the key over as it stands, but for the ends of its lines", () => {
    const { privateKey } = newKeys("p256");
    const text = String(privateKey.export({ type: "pkcs8", format: "pem" }));
    const split = splitOf(leaf.pem + text.replaceAll("\n", "  \r\n"));
    assert.equal(split.key?.text, text);
    assert.ok(createPublicKey(createPrivateKey(split.key.text)).equals(createPublicKey(privateKey)));
    assert.equal(split.key.isEncrypted, false);
    const encrypted = [
      "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
      "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n",
    ];
    for (const one of encrypted)
      assert.deepEqual([splitOf(leaf.pem + one).key?.isEncrypted, splitOf(leaf.pem + one).key?.text], [true, one]);
  });

  test("refuses a key that ACM does not take, and says what to do about it", () => {
    const labelled = (label: string) => leaf.pem + key.replaceAll("PRIVATE KEY", label);
    assert.match(faultOf(labelled("OPENSSH PRIVATE KEY")), /OpenSSH format.*ssh-keygen -p -m PEM -f FILE/);
    assert.match(faultOf(labelled("DSA PRIVATE KEY")), /label DSA PRIVATE KEY/);
    for (const label of ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"])
      assert.equal(splitOf(labelled(label)).key?.text, key.replaceAll("PRIVATE KEY", label));
  });

  test("leaves a chain in which the rules find nothing for an origin", () => {
    for (const text of [leaf.pem + intermediate.pem + root.pem, root.pem + leaf.pem + intermediate.pem]) {
      const facts = read({ text: splitOf(text).chain, syntax: "pem", name: "x.chain.pem" });
      assert.deepEqual(check(facts, { ...context, purpose: "origin" }, onFault), []);
    }
  });

  test("leaves out what belongs to others, and copies", () => {
    assert.deepEqual(splitOf(leaf.pem + intermediate.pem + rootPem() + intermediate.pem).leftOut, [2, 3]);
  });

  test("ends where the chain does in the file", () => {
    assert.deepEqual([splitOf(leaf.pem).chain, splitOf(leaf.pem + root.pem).chain], ["", ""]);
    assert.equal(splitOf(root.pem).leaf, root.pem);
  });

  test("takes of two CAs of one name the one whose signature it is", () => {
    const other = createCa({
      subject: "CN=Intermediate CA",
      keys: keysOf("p256", 8),
      issuer: root,
      only: [basicConstraints(true)],
    });
    const bundle = readBundle(
      createLeaf({ issuer: intermediate, only: [] }).pem +
        other.pem +
        createCa({ subject: "CN=Intermediate CA", keys: keysOf("p256", 2), issuer: root }).pem +
        root.pem,
    );
    const signatures = new SignatureChecker();
    const [subject, ...issuers] = certificatesOf(bundle);
    assert.ok(subject !== undefined);
    for (const { certificate } of issuers) signatures.check(certificate, subject.certificate);
    const split = splitForAcm(bundle, { signatures });
    assert.deepEqual("fault" in split ? split.fault : split.chainIndexes, [2, 3]);
  });

  test("has a fault where nobody can tell what is what", () => {
    assert.match(faultOf(""), /no certificate/);
    assert.match(faultOf(intermediate.pem + root.pem), /^All 2 certificates in this file are CA certificates/);
    assert.match(faultOf(leaf.pem + createLeaf().pem), /^2 certificates/);
    assert.match(faultOf(leaf.pem + key + key), /^This file contains 2 private keys/);
    assert.match(
      faultOf(`${leaf.pem}-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n`),
      /cannot be read/,
    );
    assert.match(faultOf(leaf.pem + key.replace("-----END PRIVATE KEY-----\n", "")), /private key is damaged/);
  });

  test("is refused for a key that ACM does not accept, under the label of those it does", () => {
    for (const kind of ["ed25519", "ed448"] as const) {
      const { privateKey } = generateKeyPairSync(kind as "ed25519");
      const text = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
      assert.match(faultOf(leaf.pem + text), /^The private key is an Ed25519 or Ed448 key/);
    }
    const { privateKey } = newKeys("p256");
    assert.ok(splitOf(leaf.pem + privateKey.export({ type: "pkcs8", format: "pem" }).toString()).key !== undefined);
  });

  test("is refused where a certificate of the chain stands under another label, or in PKCS#7", () => {
    const labels = [
      "X509 CRL",
      "CERTIFICATE REQUEST",
      "PUBLIC KEY",
      "X.509 CERTIFICATE",
      "CA CERTIFICATE",
      "CERTFICATE",
    ];
    for (const label of labels)
      assert.equal(
        faultOf(leaf.pem + pem(intermediate.der, label) + root.pem),
        `A certificate in this file has the label ${label}. Change the label to CERTIFICATE first.`,
      );
    for (const label of ["PKCS7", "X509 CRL"])
      assert.match(faultOf(leaf.pem + pem(pkcs7([intermediate.der, root.der]), label)), /^This file contains a PKCS#7/);
    const joined = /^A PEM block in this file contains several certificates/;
    assert.match(faultOf(pem(concat(leaf.der, intermediate.der)) + root.pem), joined);
    assert.match(faultOf(leaf.pem + pem(concat(intermediate.der, root.der))), joined);
    const damaged = pem(intermediate.der, "CA CERTIFICATE").replace(/\n.{9}/, "\n!!!");
    assert.match(faultOf(leaf.pem + damaged + root.pem), /cannot be read/);
    assert.equal(splitOf(leaf.pem + pem(Buffer.from("no DER"), "PARAMETERS")).chain, "");
  });

  test("says what is no part of the chain, and where this has a gap", () => {
    const other = createCa({ subject: "CN=Intermediate CA", keys: keysOf("p256", 8), issuer: root });
    const bundle = readBundle(leaf.pem + other.pem + root.pem);
    const signatures = new SignatureChecker();
    const all = certificatesOf(bundle).map(({ certificate }) => certificate);
    for (const issuer of all) for (const subject of all) signatures.check(issuer, subject);
    const split = splitForAcm(bundle, { signatures });
    assert.ok(!("fault" in split));
    assert.deepEqual([split.chain, split.leftOut, split.others, split.open], ["", [1, 2], all.slice(1), all[0]]);
    const whole = splitOf(leaf.pem + intermediate.pem + root.pem + intermediate.pem);
    assert.deepEqual([whole.leftOut, whole.others, whole.open], [[3], [], undefined]);
    const noRoot = splitOf(leaf.pem + intermediate.pem);
    assert.deepEqual([noRoot.leftOut, noRoot.others, noRoot.open], [[], [], undefined]);
  });

  test("of a chain in any order is the chain", () => {
    const chain = [leaf.pem, intermediate.pem, root.pem, key, "# comment\n", "\n"];
    holds(
      fc.property(fc.shuffledSubarray(chain, { minLength: chain.length }), (parts) => {
        const split = splitOf(parts.join(""));
        assert.deepEqual([split.leaf, split.chain, split.key?.text], [leaf.pem, intermediate.pem + root.pem, key]);
        const certificates = [split.leaf, ...(split.chain.match(/-----BEGIN[^]*?END CERTIFICATE-----/g) ?? [])].map(
          (text) => new X509Certificate(text),
        );
        for (const [place, one] of certificates.entries())
          assert.ok(place === 0 || certificates[place - 1]?.checkIssued(one));
      }),
      60,
    );
  });
});

describe("bundles merged", () => {
  const merge = (...texts: readonly string[]) =>
    mergeBundles(texts.map((text, place) => ({ name: `${place}.pem`, bundle: readBundle(text) })));

  test("are their certificates, each once and in order, without anything else", () => {
    const merged = merge(
      `# mtls: target=alb\n${root.pem}${key}`,
      `subject=x\n${intermediate.pem.replaceAll("\n", "\r\n")}${root.pem}`,
      pem(pkcs7([leaf.der, root.der]), "PKCS7"),
    );
    assert.equal(merged.text, root.pem + intermediate.pem + leaf.pem);
    assert.equal(merged.certificates, 3);
    assert.deepEqual(merged.duplicates, [
      { name: "1.pem", index: 1 },
      { name: "2.pem", index: 0 },
    ]);
    assert.deepEqual(merged.leftOut, [{ name: "0.pem", index: 1, label: "PRIVATE KEY" }]);
  });

  test("take the certificates in PKCS#7 and in PEM within PEM whatever the label, and leave a key out under its own", () => {
    const secret = newKeys("p256").privateKey.export({ type: "pkcs8", format: "der" });
    const merged = merge(pem(pkcs7([leaf.der, root.der])), pem(Buffer.from(intermediate.pem)), pem(secret));
    assert.equal(merged.text, leaf.pem + root.pem + intermediate.pem);
    assert.deepEqual(merged.leftOut, [{ name: "2.pem", index: 0, label: "PRIVATE KEY" }]);
  });

  test("take the certificates that follow another in its block", () => {
    const merged = merge(pem(concat(leaf.der, intermediate.der)) + root.pem);
    assert.deepEqual([merged.text, merged.leftOut], [leaf.pem + intermediate.pem + root.pem, []]);
  });

  test("take a certificate under another label", () => {
    const merged = merge(
      pem(leaf.der, "X509 CRL") + pem(intermediate.der, "CA CERTIFICATE") + pem(root.der, "CERTFICATE"),
    );
    assert.deepEqual([merged.text, merged.leftOut], [leaf.pem + intermediate.pem + root.pem, []]);
  });

  test("leave out what cannot be read, and say so", () => {
    assert.deepEqual(merge("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n").leftOut, [
      { name: "0.pem", index: 0, label: "CERTIFICATE" },
    ]);
  });

  test("never hold a key or a marker, hold each certificate once, and merged again are the same", () => {
    const parts = [
      root.pem,
      intermediate.pem,
      leaf.pem,
      key,
      key.replaceAll("PRIVATE", "RSA PRIVATE"),
      "# mtls: target=alb\n",
      "text\n",
      rootPem(),
      pem(pkcs7([root.der, leaf.der]), "PKCS7"),
    ];
    holds(
      fc.property(fc.array(fc.array(fc.constantFrom(...parts), { maxLength: 6 }), { maxLength: 4 }), (files) => {
        const merged = merge(...files.map((some) => some.join("")));
        // What is within is base64, in which any word may be.
        const around = merged.text.replaceAll(/^-----BEGIN CERTIFICATE-----$[^-]*^-----END CERTIFICATE-----$/gm, "");
        assert.equal(around.trim(), "");
        const certificates = certificatesOf(readBundle(merged.text)).map(({ certificate }) =>
          Buffer.from(certificate.der).toString("hex"),
        );
        assert.deepEqual([certificates.length, new Set(certificates).size], [merged.certificates, merged.certificates]);
        assert.deepEqual([merge(merged.text).text, merge(merged.text).duplicates], [merged.text, []]);
        const keys = files.flat().filter((part) => part.includes("KEY")).length;
        assert.equal(merged.leftOut.length, keys);
      }),
      200,
    );
  });
});
