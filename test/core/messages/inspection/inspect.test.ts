import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import {
  copyOf,
  inspect,
  inspectedIndexInSteps,
  pkcs12Inspection,
} from "../../../../src/core/messages/inspection/inspect.ts";
import type { Card, Inspection } from "../../../../src/core/messages/inspection/inspection.ts";
import type { Inspected } from "../../../../src/core/messages/inspection/item.ts";
import { finish } from "../../../../src/core/steps.ts";
import { type Bundle, bundleOfDer, readBundle } from "../../../../src/core/x509/bundle/bundle.ts";
import { signaturePairs } from "../../../../src/core/x509/path/pairs.ts";
import { noVerdicts } from "../../../../src/core/x509/path/verdicts.ts";
import { SignatureChecker, sha256 } from "../../../../src/platform/node/crypto.ts";
import { holds } from "../../../randomly.ts";
import * as der from "../../x509/der-writer.ts";
import { type CertificateOptions, createCa, createChain, createLeaf, keysOf, pkcs7 } from "../../x509/pki.ts";

const now = new Date("2026-01-01T00:00:00Z");
const [leaf, intermediate, root] = createChain();
const keyBlock = "-----BEGIN EC PRIVATE KEY-----\nbm90IGEga2V5\n-----END EC PRIVATE KEY-----\n";

function look(bundle: Bundle, more: Partial<Inspected> = {}): Inspection {
  const inspection = inspect({
    name: "chain.pem",
    bundle,
    isText: true,
    problems: new Map(),
    now,
    verdicts: noVerdicts,
    sha256,
    soon: 30,
    ...more,
  });
  assert.deepEqual(structuredClone(inspection), inspection);
  return inspection;
}

function looked(text: string, more: Partial<Inspected> = {}): Inspection {
  return look(readBundle(text), more);
}

/** With all signatures verified. */
function verified(text: string): Inspection {
  const bundle = readBundle(text);
  const verdicts = new SignatureChecker();
  const { pairs } = signaturePairs(finish(inspectedIndexInSteps(bundle)));
  for (const { issuer, subject } of pairs) verdicts.check(issuer, subject);
  return look(bundle, { verdicts });
}

function only({ cards }: Inspection): Card {
  assert.equal(cards.length, 1);
  return cards[0] ?? assert.fail();
}

const badges = (card: Card | undefined) => card?.badges.map(({ tone, text }) => `${tone} ${text}`);
const cardOf = (options: CertificateOptions) => only(looked(createLeaf({ issuer: intermediate, ...options }).pem));
const links = ({ chains }: Inspection) =>
  chains.map((chain) => chain.map(({ card, title, role, link }) => [card, title, role, link?.state]));

test("what programs do not find is not shown, and said", () => {
  const hidden = intermediate.pem.replace(/^(?=.)/gm, "> ");
  const { note, cards } = looked(leaf.pem + hidden);
  assert.equal(cards.length, 1);
  const line = leaf.pem.split("\n").length;
  assert.deepEqual(note, {
    tone: "warning",
    text: `The block in line ${line} (CERTIFICATE) is not written as plain PEM lines. Programs do not find it, and it is not shown here.`,
    steps: [],
  });
  assert.match(looked(hidden + leaf.pem + hidden).note?.text ?? "", /^2 blocks, the first in line 1, are not written/);
});

describe("the card of a certificate", () => {
  const card = only(looked(`# above\n\n${leaf.pem}`));

  test("has title, subtitle, place and badges", () => {
    assert.deepEqual([card.id, card.kind, card.title, card.line], ["0", "certificate", "client.example.com", 2]);
    assert.equal(card.subtitle, "issued by Intermediate CA · ECDSA P-256 · expires in 8 years");
    assert.deepEqual(badges(card), ["info clientAuth"]);
  });

  test("has its fields", () => {
    assert.deepEqual(
      card.fields.map(({ name }) => name),
      [
        "Subject",
        "Issuer",
        "Serial number",
        "Valid from",
        "Valid until",
        "Public key",
        "Signature algorithm",
        "Version",
        "SHA-256 fingerprint",
      ],
    );
    assert.equal(card.fields[4]?.value, "2034-01-01 00:00:00 UTC – expires in 8 years");
    assert.equal(card.fields[8]?.value.replaceAll(":", ""), sha256(leaf.der));
  });

  test("has every extension with its OID and its bytes", () => {
    assert.deepEqual(
      card.extensions.map(({ oid, name, critical }) => [oid, name, critical]),
      [
        ["2.5.29.15", "Key Usage", true],
        ["2.5.29.37", "Extended Key Usage", false],
        ["2.5.29.17", "Subject Alternative Name", false],
        ["2.5.29.14", "Subject Key Identifier", false],
        ["2.5.29.35", "Authority Key Identifier", false],
      ],
    );
    assert.equal(card.extensions[1]?.hex, "30:0A:06:08:2B:06:01:05:05:07:03:02");
  });

  test("is found by all that it shows, in lower case", () => {
    for (const word of [
      "client.example.com",
      "intermediate ca",
      "2.5.29.37",
      "tls web client authentication",
      sha256(leaf.der).slice(0, 2).toLowerCase(),
      "ecdsa p-256",
    ])
      assert.ok(card.search.includes(word), word);
    assert.equal(card.search, card.search.toLowerCase());
  });

  test("says when it ends, where that is soon or past", () => {
    assert.deepEqual(badges(cardOf({ parts: { notAfter: "20260113000000Z" } })), [
      "warning expires in 12 days",
      "info clientAuth",
    ]);
    assert.deepEqual(badges(cardOf({ parts: { notAfter: "20251213000000Z" } })), [
      "warning expired 19 days ago",
      "info clientAuth",
    ]);
    assert.deepEqual(badges(cardOf({ parts: { notBefore: "20260202000000Z" } })), [
      "warning not yet valid",
      "info clientAuth",
    ]);
    assert.deepEqual(
      badges(only(looked(createLeaf({ issuer: root, parts: { notAfter: "20260113000000Z" } }).pem, { soon: 10 }))),
      ["info clientAuth"],
    );
  });

  test("says what is damaged, and where", () => {
    const damaged = cardOf({ only: [der.extension("2.5.29.19", der.integer(1))] });
    assert.deepEqual(badges(damaged), ["error certificate damaged"]);
    assert.deepEqual(
      damaged.fields.filter(({ name }) => name === "Damaged").map(({ value }) => value),
      ["extension 2.5.29.19: Expected SEQUENCE, found INTEGER."],
    );
    assert.equal(damaged.extensions[0]?.fault, "Expected SEQUENCE, found INTEGER.");
    assert.deepEqual(badges(only(looked(leaf.pem.replace("-----END", "----END")))), [
      "error PEM block damaged",
      "info clientAuth",
    ]);
  });

  test("of a CA has no verdict on client certificates", () => {
    const { fitness, ...rest } = only(looked(intermediate.pem));
    assert.equal(fitness, undefined);
    assert.deepEqual(
      rest.badges.map(({ text }) => text),
      ["CA"],
    );
    assert.deepEqual(badges(only(looked(root.pem))), ["info CA", "info self-signed"]);
  });

  test("of a root says when its own signature does not verify", () => {
    const forged = createCa({ signedBy: keysOf("p256", 51) });
    assert.deepEqual(badges(only(looked(forged.pem))), ["info CA", "info self-signed"]);
    assert.deepEqual(badges(only(verified(forged.pem))), ["info CA", "error own signature not valid"]);
  });

  test("has the problems of its piece", () => {
    const problem = {
      severity: "error",
      rule: "certificate/expired",
      message: "m",
      url: "https://example.com",
    } as const;
    const { cards } = looked(leaf.pem + root.pem, { problems: new Map([[1, [problem]]]) });
    assert.deepEqual(
      cards.map(({ problems }) => problems),
      [[], [problem]],
    );
  });

  test("has no line where the file has no text", () => {
    const inspection = look(bundleOfDer(leaf.der), { isText: false });
    assert.equal(only(inspection).line, undefined);
    assert.equal(only(inspection).title, "client.example.com");
  });

  test("is bounded, whatever its extensions hold", () => {
    const card = cardOf({ only: [der.extension("1.2.3.4", der.utf8String("x".repeat(300_000)))] });
    assert.equal(card.extensions[0]?.hex.slice(-24), ":78… (283621 more bytes)");
    assert.ok(JSON.stringify(card).length < 120_000);
  });
});

describe("the verdict on a leaf", () => {
  const failing = (inspection: Inspection) =>
    inspection.cards
      .find(({ fitness }) => fitness !== undefined)
      ?.fitness?.reasons.filter(({ holds }) => !holds)
      .map(({ message }) => message);

  test("counts the file's order, where the file is its chain", () => {
    assert.deepEqual(failing(looked(leaf.pem + intermediate.pem + root.pem)), []);
    assert.deepEqual(failing(looked(leaf.pem + root.pem + intermediate.pem)), [
      "“Root CA” is after “client.example.com” but did not issue it. Put the issuer of each certificate directly after it.",
    ]);
  });

  test("takes its own chain out of a file that holds more", () => {
    const others = createCa({ subject: "CN=Other" }).pem + createCa({ subject: "CN=Another" }).pem;
    const inspection = looked(others + root.pem + intermediate.pem + leaf.pem);
    assert.deepEqual(failing(inspection), []);
    assert.ok(inspection.cards[4]?.fitness?.reasons.some(({ message }) => message === "The chain has 3 certificates."));
  });

  test("is no where a certificate of the chain is missing between others, was changed, or cannot be read", () => {
    assert.deepEqual(failing(looked(leaf.pem + root.pem)), [
      "“Root CA” is after “client.example.com” but did not issue it. Put the issuer of each certificate directly after it.",
    ]);
    const forged = createLeaf({ issuer: intermediate, signedBy: keysOf("p256", 52) });
    assert.deepEqual(failing(verified(forged.pem + intermediate.pem + root.pem)), [
      "The signature of “client.example.com” does not match the key of “Intermediate CA”.",
    ]);
    assert.deepEqual(
      failing(looked(leaf.pem + intermediate.pem.replace("M", "%") + root.pem))?.at(-1),
      "1 of the PEM blocks in this file cannot be read.",
    );
    assert.ok(
      verified(leaf.pem + intermediate.pem + root.pem).cards[0]?.fitness?.reasons.some(
        ({ message }) => message === "All signatures in the chain are valid.",
      ),
    );
  });

  test("is there for a CA that is a client as well, as `openssl req -x509` makes it", () => {
    const both = createCa({ extensions: [der.extendedKeyUsage(der.clientAuth)] });
    assert.equal(only(looked(both.pem)).fitness?.fit, true);
  });

  test("is no for a server's certificate", () => {
    const { fitness } = cardOf({ issuer: intermediate, only: [der.extendedKeyUsage(der.serverAuth)] });
    assert.equal(fitness?.fit, false);
  });
});

describe("chains", () => {
  const text = leaf.pem + intermediate.pem + root.pem;

  test("go from the leaf to the root, and name what is verified", () => {
    assert.deepEqual(links(verified(text)), [
      [
        ["0", "client.example.com", "leaf", "valid"],
        ["1", "Intermediate CA", "intermediate", "valid"],
        ["2", "Root CA", "root", undefined],
      ],
    ]);
    assert.deepEqual(links(looked(text)), [
      [
        ["0", "client.example.com", "leaf", "unchecked"],
        ["1", "Intermediate CA", "intermediate", "unchecked"],
        ["2", "Root CA", "root", undefined],
      ],
    ]);
    assert.equal(
      looked(text).chains[0]?.[0]?.link?.text,
      "“Intermediate CA” is the issuer of “client.example.com” by name. The signature is not verified yet.",
    );
  });

  test("name the link that is broken", () => {
    const forged = createLeaf({ issuer: intermediate, signedBy: keysOf("p256", 52) });
    const { chains } = verified(forged.pem + intermediate.pem + root.pem);
    assert.deepEqual(
      chains[0]?.map(({ link }) => link?.state),
      ["broken", "valid", undefined],
    );
    assert.equal(
      chains[0]?.[0]?.link?.text,
      "The signature of “client.example.com” does not match the key of “Intermediate CA”.",
    );
  });

  test("end with the issuer that is not there", () => {
    const inspection = verified(leaf.pem + intermediate.pem);
    assert.deepEqual(links(inspection), [
      [
        ["0", "client.example.com", "leaf", "valid"],
        ["1", "Intermediate CA", "intermediate", "missing"],
        [undefined, "Root CA", "missing", undefined],
      ],
    ]);
    assert.equal(
      inspection.chains[0]?.[1]?.link?.text,
      "“Root CA”, the issuer of “Intermediate CA”, is not in this file.",
    );
    const renewed = createCa({ subject: "CN=Root CA", keys: keysOf("p256", 60) });
    assert.equal(
      verified(leaf.pem + intermediate.pem + renewed.pem).chains[0]?.[1]?.link?.text,
      "“Root CA” in this file has a different key than the issuer of “Intermediate CA”.",
    );
  });

  test("say what cannot be verified", () => {
    const strange = createLeaf({
      issuer: intermediate,
      parts: { signatureAlgorithm: der.sequence(der.oid("1.2.3.4")) },
    });
    assert.equal(
      verified(strange.pem + intermediate.pem).chains[0]?.[0]?.link?.text,
      "The signature of “client.example.com” cannot be verified here: 1.2.3.4.",
    );
  });

  test("are none of a single certificate, nor of a trust store", () => {
    assert.deepEqual(looked(leaf.pem).chains, []);
    assert.deepEqual(
      looked(Array.from({ length: 30 }, (_, at) => createCa({ subject: `CN=Root ${at}` }).pem).join("")).chains,
      [],
    );
  });

  test("are at most twenty", () => {
    const leaves = Array.from({ length: 30 }, (_, at) => createLeaf({ subject: `CN=leaf ${at}`, issuer: root }).pem);
    assert.equal(looked(leaves.join("") + root.pem).chains.length, 20);
  });

  test("of CAs that certify each other show where they come round again", () => {
    const [one, other] = [keysOf("p256", 53), keysOf("p256", 54)];
    const first = createCa({ subject: "CN=One", keys: one, issuer: createCa({ subject: "CN=Other", keys: other }) });
    const second = createCa({ subject: "CN=Other", keys: other, issuer: first });
    assert.deepEqual(links(verified(first.pem + second.pem)), [
      [
        ["0", "One", "intermediate", "valid"],
        ["1", "Other", "intermediate", "valid"],
        ["0", "One", "intermediate", undefined],
      ],
    ]);
  });

  test("lead to the first of several copies", () => {
    assert.deepEqual(
      links(looked(leaf.pem + intermediate.pem + intermediate.pem)).map((chain) => chain.map(([card]) => card)),
      [["0", "1", undefined]],
    );
  });
});

describe("what is no certificate", () => {
  test("a private key is named, and nothing of it is read", () => {
    const inspection = looked(keyBlock + leaf.pem);
    const [key] = inspection.cards;
    assert.deepEqual(
      [key?.kind, key?.title, key?.subtitle, key?.extensions],
      ["private-key", "Private key", "recognized by its label, never read", []],
    );
    assert.deepEqual(key?.fields, [{ name: "Label", value: "EC PRIVATE KEY" }]);
    assert.ok(!JSON.stringify(inspection).includes("bm90IGEga2V5"));
  });

  test("a request has its fields and the extensions that it asks for", () => {
    const card = only(
      looked(
        der.pem(
          der.request({
            subject: "CN=asks",
            publicKey: der.ecKey(),
            extensions: [der.extendedKeyUsage(der.clientAuth)],
          }),
          "CERTIFICATE REQUEST",
        ),
      ),
    );
    assert.deepEqual([card.kind, card.title, card.subtitle], ["request", "asks", "certificate request · ECDSA P-256"]);
    assert.deepEqual(
      card.extensions.map(({ oid }) => oid),
      ["2.5.29.37"],
    );
    assert.deepEqual(
      card.fields.map(({ name }) => name),
      ["Subject", "Public key", "Signature algorithm", "Attribute"],
    );
  });

  test("a PKCS#7 has a card for each of its certificates, and they make chains", () => {
    const inspection = verified(`${root.pem}${der.pem(pkcs7([leaf.der, intermediate.der]), "PKCS7")}`);
    assert.deepEqual(
      inspection.cards.map(({ id, kind, title, line }) => [id, kind, title, line === 0]),
      [
        ["0", "certificate", "Root CA", true],
        ["1.0", "certificate", "client.example.com", false],
        ["1.1", "certificate", "Intermediate CA", false],
      ],
    );
    assert.deepEqual(links(inspection), [
      [
        ["1.0", "client.example.com", "leaf", "valid"],
        ["1.1", "Intermediate CA", "intermediate", "valid"],
        ["0", "Root CA", "root", undefined],
      ],
    ]);
  });

  test("a damaged block hides none of its neighbours, and says what is wrong and where", () => {
    const { cards } = looked(
      `${leaf.pem}-----BEGIN CERTIFICATE-----\nMII!\n-----END CERTIFICATE-----\n${der.pem(der.sequence(der.integer(1)))}${root.pem}`,
    );
    assert.deepEqual(
      cards.map(({ kind }) => kind),
      ["certificate", "damaged", "damaged", "certificate"],
    );
    assert.ok(
      cards[1]?.fields.some(({ name, value }) => name === "Damaged" && /^Line 14: /.test(value)),
      JSON.stringify(cards[1]?.fields),
    );
    assert.match(cards[2]?.subtitle ?? "", /Expected SEQUENCE, found INTEGER\./);
    assert.deepEqual(badges(cards[2]), ["error damaged"]);
  });

  test("every other block is named by its label", () => {
    const text = ["X509 CRL", "PUBLIC KEY", "DH PARAMETERS", "PKCS7"]
      .map((label) => der.pem(der.sequence(), label))
      .join("");
    assert.deepEqual(
      looked(text).cards.map(({ kind, title }) => [kind, title]),
      [
        ["other", "Certificate revocation list"],
        ["other", "Public key"],
        ["other", "DH PARAMETERS"],
        ["damaged", "PKCS#7"],
      ],
    );
    assert.equal(
      only(looked("-----BEGIN CERTIFICATE-----\n${tls.certificate}\n-----END CERTIFICATE-----\n")).subtitle,
      "filled in later by a template",
    );
  });
});

describe("a note", () => {
  test("is there where there is nothing else", () => {
    assert.deepEqual(looked("").note, {
      tone: "info",
      text: "“chain.pem” contains no certificates and no other PEM blocks.",
      steps: [],
    });
    assert.equal(looked(leaf.pem).note, undefined);
  });

  test("counts what a page does not hold", () => {
    const inspection = looked("-----BEGIN X-----\n-----END X-----\n".repeat(2500));
    assert.equal(inspection.cards.length, 2000);
    assert.equal(inspection.note?.text, "Showing the first 2000 of 2500 items.");
  });

  test("says how certificates come out of a PKCS#12 file, in words that every shell takes as they are", () => {
    const steps = (name: string) => pkcs12Inspection(name).note?.steps;
    assert.deepEqual(steps("client.p12"), ["openssl pkcs12 -in client.p12 -nokeys -out client.pem"]);
    assert.deepEqual(steps("証明書 1.PFX"), ['openssl pkcs12 -in "証明書 1.PFX" -nokeys -out "証明書 1.pem"']);
    assert.deepEqual(steps("-x.p12"), ["openssl pkcs12 -in ./-x.p12 -nokeys -out ./-x.pem"]);
    for (const odd of ["x'; calc; #'.pfx", "a & b.pfx", "$(id).p12", "%PATH%.p12", "a`b.p12", 'a"b.p12'])
      assert.deepEqual(steps(odd), ["openssl pkcs12 -in FILE.p12 -nokeys -out FILE.pem"]);
  });
});

describe("a copy", () => {
  const bundle = readBundle(
    `${keyBlock}${leaf.pem}${der.pem(pkcs7([root.der]), "PKCS7")}${der.pem(der.request({ subject: "CN=asks" }), "CERTIFICATE REQUEST")}${der.pem(der.sequence())}`,
  );
  const copy = (card: string, what: "pem" | "text" | "json") => copyOf(bundle, card, what, sha256);

  test("as PEM is the certificate's own", () => {
    assert.equal(copy("1", "pem"), leaf.pem);
    assert.equal(copy("2.0", "pem"), root.pem);
    assert.match(copy("3", "pem") ?? "", /^-----BEGIN CERTIFICATE REQUEST-----\n/);
  });

  test("as text and as JSON says what the card says", () => {
    assert.match(copy("1", "text") ?? "", /^client\.example\.com\n {2}Subject: CN=client\.example\.com\n/);
    assert.equal(JSON.parse(copy("1", "json") ?? "").sha256, sha256(leaf.der));
    assert.match(copy("3", "text") ?? "", /^Request: asks\n/);
    assert.equal(JSON.parse(copy("3", "json") ?? "").version, 1);
  });

  test("is none of keys, of what is damaged, and of cards that are not there", () => {
    for (const what of ["pem", "text", "json"] as const)
      for (const card of ["0", "4", "5", "1.0", "", "__proto__"]) assert.equal(copy(card, what), undefined);
  });
});

test("whatever stands in the bytes, there is a card for each block, and copies do not throw", () => {
  const sound = [
    leaf.der,
    intermediate.der,
    pkcs7([leaf.der, root.der]),
    der.request({ extensions: [der.basicConstraints(true)] }),
  ];
  const labels = ["CERTIFICATE", "CERTIFICATE", "PKCS7", "CERTIFICATE REQUEST"];
  const change = fc.record({ block: fc.nat(3), at: fc.nat(), octet: fc.nat(255) });
  holds(
    fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
      const blocks = sound.map((bytes) => bytes.slice());
      for (const { block, at, octet } of changes) {
        const bytes = blocks[block] ?? assert.fail();
        bytes[at % bytes.length] = octet;
      }
      const text = blocks.map((bytes, index) => der.pem(bytes, labels[index])).join("");
      const inspection = verified(text);
      assert.ok(inspection.cards.length >= 4);
      for (const { id } of inspection.cards)
        for (const what of ["pem", "text", "json"] as const) copyOf(readBundle(text), id, what, sha256);
    }),
    300,
  );
});
