// What a service takes of a bundle, and what fixes leave of it: the rest to the letter, and nothing more the second
// time.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { fixAll, renderIn } from "../../../src/core/fixes.ts";
import { tell } from "../../../src/core/messages/tell.ts";
import { read } from "../../../src/core/read.ts";
import { check } from "../../../src/core/rules/check.ts";
import { applyEdits } from "../../../src/core/text.ts";
import { bundleFitness } from "../../../src/core/truststore/fitness.ts";
import { keepOnlyTaken } from "../../../src/core/truststore/keep.ts";
import { type Target, targets } from "../../../src/core/truststore/targets.ts";
import { certificatesOf, readBundle } from "../../../src/core/x509/bundle/bundle.ts";
import { holds } from "../../randomly.ts";
import { context, onFault } from "../checking.ts";
import { concat, ecKey, oid, pem, rsaKey, sequence, sha1WithRsa } from "../x509/der-writer.ts";
import { createCa, createLeaf, pkcs7 } from "../x509/pki.ts";
import { issuedPem, largePem, rootPem } from "./stores.ts";

const root = createCa();
const client = createLeaf({ issuer: root }).pem;
const selfSigned = createLeaf().pem;
const p521 = rootPem({ publicKey: ecKey("1.3.132.0.35", 66) });
const p384 = rootPem({ publicKey: ecKey("1.3.132.0.34", 48) });
const weak = rootPem({ publicKey: rsaKey(1024) });
const old = rootPem({ notAfter: "20260101000000Z" });
const oldRoot = rootPem({ signatureAlgorithm: sha1WithRsa });
const oldHash = issuedPem("CN=Old CA", "CN=Elsewhere", { signatureAlgorithm: sha1WithRsa });
const version1 = rootPem({ version: 1, extensions: [] });
const large = largePem(17_000);
const key = "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n";
const list = pem(Uint8Array.from([0x30, 0]), "X509 CRL");
const unread = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const template = "-----BEGIN CERTIFICATE-----\n${root}\n-----END CERTIFICATE-----\n";

const untouched = { dropped: [], relabelled: [], unpacked: [], lines: 0, commented: 0 };
const trusting = sequence(sequence(oid("1.3.6.1.5.5.7.3.2")));
const x509 = root.pem.replaceAll("CERTIFICATE", "X509 CERTIFICATE");

describe("to keep only what a service takes", () => {
  const dropped = (text: string, target: Target) =>
    keepOnlyTaken(readBundle(text), target).dropped.map(({ index }) => index);

  test("drops no block in which other certificates follow the first", () => {
    const leaf = createLeaf({ issuer: root });
    const text = pem(concat(leaf.der, root.der)) + root.pem + leaf.pem;
    for (const target of targets) assert.deepEqual(dropped(text, target), [2], target);
  });

  test("drops the blocks that it does not take, and says of each why", () => {
    const text = [root.pem, p521, weak, client, selfSigned, oldRoot, oldHash, version1, large, key, list].join("");
    assert.deepEqual(dropped(text, "cloudfront"), [1, 2, 3, 6, 7, 9, 10]);
    assert.deepEqual(dropped(text, "alb"), [2, 3, 6, 7, 8, 9, 10]);
    assert.deepEqual(dropped(text, "apigateway"), [2, 3, 6, 9, 10]);
    const { dropped: said } = keepOnlyTaken(readBundle(text), "cloudfront");
    assert.deepEqual(
      said.map(({ why }) => tell(why).replaceAll(/“[^”]+”/g, "“…”")),
      [
        "The key of “…” is ECDSA P-521. Keys accepted by CloudFront: RSA 2048, RSA 3072, RSA 4096, ECDSA P-256, ECDSA P-384.",
        "The key of “…” is RSA 1024. Keys accepted by CloudFront: RSA 2048, RSA 3072, RSA 4096, ECDSA P-256, ECDSA P-384.",
        "“…” is not a CA certificate.",
        "The signature algorithm of “…” is RSA with SHA-1. Signature algorithms accepted by CloudFront: RSA or ECDSA with SHA-256, SHA-384, or SHA-512.",
        "“…” is an X.509 version 1 certificate. X.509 version required by CloudFront: 3.",
        "This is a private key. A trust store must not contain private keys.",
        "This PEM block has the label X509 CRL. A trust store accepts only CERTIFICATE blocks.",
      ],
    );
  });

  test("drops what is too large for sure, and keeps what a larger quota or another way to measure lets in", () => {
    const unclear = largePem(12_500);
    assert.deepEqual(dropped(root.pem + large + unclear, "alb"), [1]);
    assert.deepEqual(dropped(root.pem + large + unclear, "cloudfront"), []);
  });

  test("keeps what is for its owner to choose, and what cannot be read", () => {
    const text = [...Array.from({ length: 30 }, () => rootPem()), old, unread, template].join("");
    const kept = keepOnlyTaken(readBundle(text), "cloudfront");
    assert.deepEqual(kept, { text, ...untouched });
  });

  test("keeps a block that may hold a certificate and cannot be unpacked, and drops one that holds none", () => {
    const broken = (text: string) => text.replace(/\n(?=-----END)/, "*\n");
    const der = readBundle(x509).pieces[0]?.block.bytes ?? new Uint8Array();
    const cut = der.subarray(0, der.length - 20);
    for (const text of [
      broken(pem(pkcs7([root.der]), "PKCS7")),
      pem(pkcs7([root.der, sequence()]), "PKCS7"),
      pem(cut, "X509 CERTIFICATE"),
      broken(x509),
      pem(cut, "TRUSTED CERTIFICATE"),
      broken(pem(root.der, "CA CERTIFICATE")),
    ])
      for (const target of targets)
        assert.deepEqual(keepOnlyTaken(readBundle(p384 + text), target), { text: p384 + text, ...untouched }, text);
    for (const label of ["X509 CRL", "PUBLIC KEY", "DH PARAMETERS"])
      assert.deepEqual(dropped(p384 + pem(Uint8Array.from([0x30, 0]), label), "alb"), [1]);
    assert.deepEqual(dropped(p384 + pem(pkcs7([]), "PKCS7"), "alb"), [1]);
  });

  test("keeps what issued another and does not say that it is a CA, as the rule on leaves does", () => {
    const silent = issuedPem("CN=Silent CA", "CN=R", { extensions: [] });
    const text = rootPem({ subject: "CN=R", issuer: "CN=R" }) + silent + issuedPem("CN=Below", "CN=Silent CA");
    for (const target of ["apigateway", "cloudfront"] as const)
      assert.deepEqual(keepOnlyTaken(readBundle(text), target), { text, ...untouched });
    assert.deepEqual(dropped(silent, "apigateway"), [0]);
    // What it issued goes too: then nothing says any more that it is one.
    assert.deepEqual(dropped(silent + issuedPem("CN=Leaf", "CN=Silent CA", { extensions: [] }), "apigateway"), [0, 1]);
  });

  test("keeps of copies the first that it takes", () => {
    const trusted = root.pem
      .replaceAll("BEGIN CERTIFICATE", "BEGIN TRUSTED CERTIFICATE")
      .replaceAll("END CERTIFICATE", "END TRUSTED CERTIFICATE");
    const kept = keepOnlyTaken(readBundle(trusted + root.pem + root.pem), "alb");
    assert.deepEqual([kept.dropped.map(({ index }) => index), kept.text], [[0, 2], root.pem]);
  });

  test("keeps the certificates in PKCS#7, and a root under a label that no program knows", () => {
    const other = createCa({ subject: "CN=Other" });
    const text = `${pem(root.der, "CA CERTIFICATE")}# mine\n${pem(pkcs7([other.der, readBundle(client).pieces[0]?.block.bytes ?? root.der]), "PKCS7")}${root.pem}${x509}`;
    for (const target of targets) {
      const kept = keepOnlyTaken(readBundle(text), target);
      // The client certificate in the container goes, as do the copies; each is told at the place of its block.
      assert.equal(kept.text, `# mine\n${other.pem}${root.pem}`);
      assert.deepEqual([kept.dropped.map(({ index }) => index), kept.relabelled, kept.unpacked], [[0, 1, 3], [], [1]]);
      assert.deepEqual(keepOnlyTaken(readBundle(pem(root.der, "CERTFICATE")), target).text, root.pem);
    }
  });

  test("gives a certificate its label, and loses no root for another", () => {
    const other = createCa({ subject: "CN=Other" });
    const trusted = pem(concat(other.der, trusting), "TRUSTED CERTIFICATE").replaceAll("\n", "\r\n");
    const asList = pem(other.der, "X509 CRL");
    for (const target of targets) {
      const kept = keepOnlyTaken(readBundle(`${x509}# other\r\n${trusted}`), target);
      assert.equal(kept.text, `${root.pem}# other\r\n${other.pem.replaceAll("\n", "\r\n")}`);
      assert.deepEqual([kept.dropped, kept.relabelled], [[], [0, 1]]);
      assert.deepEqual(keepOnlyTaken(readBundle(asList + root.pem), target).text, other.pem + root.pem);
      // Of copies the one stays that had its label before.
      assert.deepEqual(
        keepOnlyTaken(readBundle(x509 + root.pem), target).dropped.map(({ index }) => index),
        [0],
      );
      // What else is the matter with it still counts.
      const small = pem(readBundle(weak).pieces[0]?.block.bytes ?? new Uint8Array(), "X509 CERTIFICATE");
      if (dropped(weak, target).length > 0) assert.deepEqual(keepOnlyTaken(readBundle(small), target).relabelled, []);
    }
  });

  test("leaves no text that the service refuses: headings become comments, and what programs wrote goes", () => {
    const dump = "Certificate:\n    Data:\n        Version: 3 (0x2)\n    Signature Algorithm: ecdsa-with-SHA256\n";
    const bag = "Bag Attributes\n    friendlyName: x\n    localKeyID: 54 69 6D\nsubject=CN = x\nissuer=CN = x\n";
    const keytool =
      "Keystore type: PKCS12\n\nAlias name: x\nCreation date: Nov 1, 2026\nEntry type: trustedCertEntry\n\n";
    const stars = "*******************\n";
    for (const target of ["alb", "cloudfront"] as const) {
      const kept = (text: string) => keepOnlyTaken(readBundle(text), target);
      assert.deepEqual(kept(`Root of Work\n============\n${root.pem}\nUpper-case\n${oldRoot}`), {
        text: `# Root of Work\n${root.pem}${oldRoot}`,
        ...untouched,
        lines: 3,
        commented: 1,
      });
      for (const text of [dump, bag, keytool, stars, "-----\n"]) {
        const said = kept(text + root.pem + text + oldRoot + text);
        const facts = read({ text: said.text, syntax: "pem", name: "x.pem" });
        const found = check(facts, { ...context, purpose: "trust-store", targets: [target] }, onFault);
        assert.deepEqual(
          found.filter(({ rule }) => rule.id === "trust-store/text" || rule.id === "bundle/foreign-block"),
          [],
        );
        assert.equal(said.text.replaceAll(/^\s*\n/gm, ""), root.pem + oldRoot);
      }
    }
  });

  test("never takes away what may be left of a block", () => {
    const body = root.pem.split("\n").slice(1, 4).join("\n");
    for (const rest of [body, `> ${body.slice(0, 64)}`, "Qw==", "- BEGIN CERTIFICATE -", "END CERTIFICATE--"]) {
      const text = `${root.pem}the end\n${rest}\n${oldRoot}`;
      assert.ok(keepOnlyTaken(readBundle(text), "alb").text.includes(rest), rest);
    }
  });

  test("takes the comments of a block with it, and the text that is refused, and leaves the rest to the letter", () => {
    const text = `# mtls: target=alb\n# the root\r\n${root.pem}\n# weak, in use until 2026-12-31\n${weak}# the last - of all\n# of them\n${oldRoot}`;
    assert.equal(
      keepOnlyTaken(readBundle(text), "alb").text,
      `# mtls: target=alb\n# the root\r\n${root.pem}# of them\n${oldRoot}`,
    );
    assert.equal(
      keepOnlyTaken(readBundle(text), "apigateway").text,
      `# mtls: target=alb\n# the root\r\n${root.pem}\n# the last - of all\n# of them\n${oldRoot}`,
    );
  });
});

/** What bundles are made of. */
const parts = [
  root.pem,
  root.pem,
  client,
  selfSigned,
  p521,
  weak,
  old,
  oldRoot,
  oldHash,
  version1,
  key,
  list,
  unread,
  template,
  "\n",
  "  \n",
  "# one\n",
  "# one - two\n",
  "subject=CN=x\n",
  "what is left of a block\n",
  "serial killers list\n",
  "; a note\n",
  `${client
    .trimEnd()
    .split("\n")
    .map((line) => `# ${line}`)
    .join("\n")}\n`,
  "# -----BEGIN CERTIFICATE-----\n",
  "# -----END CERTIFICATE-----\n",
  "// mtls: target=alb\n",
  "# mtls: target=trust-store\n",
  "-----BEGIN CERTIFICATE-----\n",
  root.pem.trimEnd(),
];
const someText = fc
  .tuple(fc.array(fc.constantFrom(...parts), { maxLength: 12 }), fc.constantFrom("\n", "\r\n", "\r"))
  .map(([some, eol]) => some.join("").replaceAll("\n", eol));
const someTarget = fc.constantFrom(...targets);
/** The certificates, as often as they are there. */
const certificatesIn = (text: string) =>
  certificatesOf(readBundle(text)).map(({ certificate }) => Buffer.from(certificate.der).toString("base64"));

describe("of any text", () => {
  test("what is kept is kept again whole, and has nothing that a service refuses of a block by itself", () => {
    holds(
      fc.property(someText, someTarget, (text, target) => {
        const bundle = readBundle(text);
        const kept = keepOnlyTaken(bundle, target);
        const again = keepOnlyTaken(readBundle(kept.text), target);
        assert.deepEqual([again.text, again.dropped], [kept.text, []]);
        assert.equal(readBundle(kept.text).pieces.length, bundle.pieces.length - kept.dropped.length);
        const own = ["foreign-block", "private-key", "key", "version", "certificate-size"];
        const left = bundleFitness(readBundle(kept.text), target, context.now).judgements.filter(
          ({ holds, severity, requirement }) => !holds && severity !== "info" && own.includes(requirement),
        );
        assert.deepEqual(left, []);
        const before = certificatesIn(text);
        for (const one of certificatesIn(kept.text)) assert.ok(before.includes(one));
      }),
      150,
    );
  });

  test("a fix of a trust store silences its finding, changes no certificate but the one that it drops, and nothing the second time", () => {
    let fixed = 0;
    holds(
      fc.property(someText, someTarget, (text, target) => {
        const judged = { ...context, purpose: "trust-store", targets: [target] } as const;
        const facts = read({ text, syntax: "pem", name: "bundle.pem" });
        for (const { rule, fixes = [], at } of check(facts, judged, onFault)) {
          const [fix] = fixes;
          if (fix === undefined || !rule.id.startsWith("trust-store/")) continue;
          fixed++;
          const after = applyEdits(text, renderIn(facts, fix.changes));
          const [before, left] = [certificatesIn(text), certificatesIn(after)];
          const drops = rule.id === "trust-store/leaf" || rule.id === "trust-store/expired" ? 1 : 0;
          assert.equal(left.length, before.length - drops, `${rule.id} at ${at.start}`);
          if (drops === 0) assert.deepEqual(left, before);
        }
      }),
      150,
    );
    assert.ok(fixed > 100, `${fixed} fixed`);
  });

  test("all safe fixes together leave none, and lose no certificate but copies", () => {
    holds(
      fc.property(someText, someTarget, (text, target) => {
        const judged = { ...context, purpose: "trust-store", targets: [target] } as const;
        const facts = read({ text, syntax: "pem", name: "bundle.pem" });
        const once = fixAll(facts, judged, onFault);
        assert.equal(fixAll(read({ text: once.text, syntax: "pem", name: "bundle.pem" }), judged, onFault).applied, 0);
        const left = new Set(certificatesIn(once.text));
        // What is commented out stays; a copy goes with a comment only where the other has the same.
        const commentedIn = (some: string) =>
          some.split(/[\r\n]+/).filter((line) => /^# (-----(BEGIN|END) |[A-Za-z0-9+/]{24})/.test(line));
        const stayed = new Set(commentedIn(once.text));
        for (const line of commentedIn(text)) assert.ok(stayed.has(line), line);
        for (const one of certificatesIn(text)) assert.ok(left.has(one));
      }),
      150,
    );
  });
});
