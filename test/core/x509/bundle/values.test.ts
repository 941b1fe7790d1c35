import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { remarksOn } from "../../../../src/core/messages/encoded.ts";
import type { EncodedBlock } from "../../../../src/core/pem/encoded.ts";
import { holdsDer, holdsPem } from "../../../../src/core/telling.ts";
import { readBundle } from "../../../../src/core/x509/bundle/bundle.ts";
import { valueAt, valuesIn, valuesRead } from "../../../../src/core/x509/bundle/values.ts";
import { holds } from "../../../randomly.ts";
import { request } from "../der-writer.ts";
import { createCa, createChain, createLeaf, type Issued, newKeys } from "../pki.ts";

const chain = createChain({ keys: "rsa2048" });
const chainPem = chain.map(({ pem }) => pem).join("");
const bases = chain.map(({ der }) => Buffer.from(der).toString("base64"));
const ders = chain.map(({ der }) => der);
const small = createCa({ keys: "ed25519", only: [], subject: "CN=a" });
const keyPem = `-----BEGIN PRIVATE KEY-----\n${"bm90IGEga2V5+/".repeat(8)}\n-----END PRIVATE KEY-----\n`;
const keyBody = "bm90IGEga2V5";

/** One in seven has none, by chance, with a key of its own each: one that has a plus would give it to all. */
function withoutPlus(): Issued {
  for (let tries = 0; tries < 10_000; tries++) {
    const one = createCa({ keys: newKeys("ed25519"), only: [], subject: `CN=${tries}` });
    if (!one.pem.includes("+")) return one;
  }
  return assert.fail("each has a plus");
}

const certificatesIn = (blocks: readonly EncodedBlock[]) =>
  blocks.map(({ text }) => {
    const [{ content } = {}, ...more] = readBundle(text).pieces;
    assert.deepEqual(more, []);
    return content?.kind === "certificate" ? content.certificate.der : content?.kind;
  });

const values: Readonly<Record<string, { readonly text: string; readonly marks: readonly string[] }>> = {
  "URL-encoded": {
    text: `X-Amzn-Mtls-Clientcert: ${encodeURIComponent(chainPem)}\nHost: a.example`,
    marks: Array(3).fill("-----BEGIN%20"),
  },
  "decoded once too often": {
    text: `cert="${chainPem.replaceAll("+", " ").replaceAll("\n", " ")}" 200`,
    marks: Array(3).fill("-----BEGIN "),
  },
  "RFC 9440": {
    text: `Client-Cert-Chain: ${bases.map((base64) => `:${base64}:`).join(", ")}\n`,
    marks: bases.map((base64) => base64.slice(0, 60)),
  },
  x5c: {
    text: JSON.stringify({ keys: [{ kty: "RSA", x5c: bases }, { x5c: bases.slice(0, 1) }] }, undefined, 2),
    marks: bases.map((base64) => base64.slice(0, 60)),
  },
};

describe("a value", () => {
  for (const [name, { text, marks }] of Object.entries(values)) {
    test(`is the whole chain that stands there, from wherever in it: ${name}`, () => {
      let from = 0;
      for (const [place, mark] of marks.entries()) {
        from = text.indexOf(mark, from + 1);
        for (const offset of [from, from + 200, from + 900]) {
          const value = valueAt(text, offset);
          assert.equal(value?.at, place);
          assert.deepEqual(certificatesIn(value.blocks), ders);
          assert.ok(value.blocks.every(({ span }) => span.start > 0 && span.end < text.length));
        }
      }
      const start = text.indexOf(marks[0] ?? "");
      assert.equal(valueAt(text, start - 1), undefined);
      assert.equal(valueAt(text, text.length), undefined);
      assert.ok(holdsPem(text) || holdsDer(text));
    });
  }

  test("stands anywhere in a long text", () => {
    const filler = "a line of a log, 200 OK\n".repeat(20_000);
    const text = `${filler}cert=${encodeURIComponent(chainPem)}\n${filler}`;
    const offset = text.indexOf("%20CERT") + 300;
    assert.equal(valueAt(text, offset)?.blocks[0]?.span.start, filler.length + 5);
  });

  test("of base64 alone counts where it is a certificate beyond doubt", () => {
    const csr = Buffer.from(request()).toString("base64");
    const damaged = Buffer.from(ders[0]?.with(60, 0xff) ?? []).toString("base64");
    for (const text of [csr, damaged]) assert.deepEqual(valuesIn(`"${text}"`), []);
    assert.deepEqual(certificatesIn(valuesIn(JSON.stringify([bases[0], damaged, bases[1]]))), ders.slice(0, 2));
  });

  test("that was mended counts where what comes out is read", () => {
    const [first] = chain;
    const broken = Buffer.from(first.der.with(60, 0xff)).toString("base64");
    const inLines = (base64: string) => base64.replaceAll(/.{64}/g, "$& ").replaceAll("+", " ");
    const around = (base64: string) =>
      `cert="-----BEGIN CERTIFICATE----- ${inLines(base64)} -----END CERTIFICATE-----"`;
    assert.deepEqual(certificatesIn(valuesIn(around(bases[0] ?? ""))), [first.der]);
    assert.deepEqual(valuesIn(around(broken)), []);
  });

  test("may be as short as certificates get", () => {
    assert.ok(small.der.length < 256);
    const text = `"${Buffer.from(small.der).toString("base64")}"`;
    assert.deepEqual(certificatesIn(valuesIn(text)), [small.der]);
    assert.ok(holdsDer(text));
  });

  test("that may be one is told by a string search, in whatever way its characters are written", () => {
    for (const issued of [
      ...chain,
      createLeaf(),
      createCa({ keys: "ed448" }),
      createCa({ parts: { version: 1 }, only: [] }),
    ]) {
      const base64 = Buffer.from(issued.der).toString("base64");
      for (const text of [
        base64,
        encodeURIComponent(base64),
        encodeURIComponent(encodeURIComponent(issued.pem)),
        encodeURIComponent(issued.pem).replaceAll("-", "%2D"),
        base64.replaceAll("+", " "),
        JSON.stringify(base64).replaceAll("/", "\\/").replaceAll("+", "\\u002b"),
        Buffer.from(issued.der).toString("base64url"),
      ])
        assert.ok(holdsDer(text), text.slice(0, 40));
    }
    for (const text of [
      "",
      "MI",
      "MII",
      "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A",
      "MIIEvQIBADANBgkqhkiG9w0BAQ",
      "MIIEpAIBAAKCAQEA",
      "MIME MINIMUM MIKE",
    ])
      assert.ok(!holdsDer(text), text);
  });

  test("counts a block in which nothing had to be mended, beside one in which something had", () => {
    const written = (pem: string) => pem.replaceAll("+", " ").replaceAll("\n", " ");
    const plain = withoutPlus();
    const text = `cert="${written(plain.pem + chain[0].pem)}" 200`;
    for (const [at, offset] of [text.indexOf("BEGIN") + 30, text.lastIndexOf("BEGIN") + 30].entries()) {
      const value = valueAt(text, offset);
      assert.equal(value?.at, at);
      assert.deepEqual(certificatesIn(value.blocks), [plain.der, chain[0].der]);
    }
    assert.equal(valueAt(`cert="${written(plain.pem)}" 200`, 40), undefined);
  });

  test("has remarks where something was mended or is missing", () => {
    const mended = valuesIn(chain[0].pem.replaceAll("+", " "));
    const spaces = chain[0].pem.split("+").length - 1;
    assert.deepEqual(remarksOn(mended), [
      `${spaces} spaces were read as “+”. The value was URL-decoded once too often, which turned each “+” into a space.`,
    ]);
    const cut = valuesIn(`"${bases[0]?.slice(0, 400)}"`);
    assert.deepEqual(remarksOn(cut), [
      `The value is cut off: its last ${chain[0].der.length - 300} bytes are missing. Logs and headers often have a maximum length.`,
    ]);
    assert.match(remarksOn([...cut, ...cut]).join(), /^2 values are cut off\./);
    assert.match(
      remarksOn(valuesIn(Buffer.from(chain[0].der).toString("base64url"))).join(),
      /^The value is base64url/,
    );
    assert.deepEqual(remarksOn(valuesIn(encodeURIComponent(chainPem))), []);
  });

  test("are all found in a large JWKS and in SAML, and that a limit cuts is said", () => {
    const [base = ""] = bases;
    const jwks = (count: number) => JSON.stringify({ keys: Array.from({ length: count }, () => ({ x5c: [base] })) });
    const saml = `<X509Certificate>${base}</X509Certificate>\n`.repeat(900);
    const column = `${base}\n`.repeat(900);
    for (const [text, count] of [
      [jwks(300), 300],
      [saml, 900],
      [column, 900],
    ] as const) {
      const { blocks, isCut } = valuesRead(text);
      assert.deepEqual([blocks.length, isCut, remarksOn(blocks, isCut)], [count, false, []]);
    }
    const { blocks, isCut } = valuesRead(jwks(1_001));
    assert.deepEqual(remarksOn(blocks, isCut), [
      "Only the first 1,000 values were read, because the text is large. There may be more.",
    ]);
  });
});

/** What happens to values on their way. */
const steps: readonly ((text: string, at: number) => string)[] = [
  encodeURIComponent,
  (text) => text.replaceAll("+", " "),
  (text) => JSON.stringify(text),
  (text) => text.replaceAll("\n", " "),
  (text) => text.replaceAll("%20", "+"),
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(at),
  (text, at) => text.slice(0, at) + text.slice(at + 7),
  (text, at) => `${text.slice(0, at)}%2G\\u00"${text.slice(at)}`,
  (text, at) => text.slice(0, at) + text + text.slice(at),
  (text) => text.toLowerCase(),
  (text) => text.replace("-----BEGIN PRIVATE", "-----BEGI PRIVATE"),
  (text) => text.replace("-----END%20CERT", "-----EN%20CERT"),
  (text) => `cert=${text};x=y`,
];

test("whatever happens to a value, nothing throws, what is found stands in order, and no key is decoded", () => {
  holds(
    fc.property(
      fc.constantFrom(
        chainPem,
        chain[0].pem + keyPem,
        keyPem,
        `:${bases[0]}:, :${bases[1]}:`,
        JSON.stringify({ x5c: bases }),
      ),
      fc.array(fc.tuple(fc.nat(steps.length - 1), fc.nat()), { maxLength: 5 }),
      fc.nat(),
      (start, taken, place) => {
        const text = taken.reduce((made, [step, at]) => steps[step]?.(made, at % (made.length + 1)) ?? made, start);
        const blocks = valuesIn(text);
        let end = 0;
        for (const { span, text: pem } of blocks) {
          assert.ok(span.start >= end && span.end > span.start && span.end <= text.length);
          end = span.end;
          assert.ok(!pem.includes(keyBody));
        }
        const offset = place % (text.length + 1);
        const value = valueAt(text, offset);
        const span = value?.blocks[value.at]?.span;
        if (blocks.some((block) => block.span.start <= offset && offset <= block.span.end)) assert.ok(span);
        if (value === undefined) return;
        assert.ok(span && span.start <= offset && offset <= span.end);
        assert.ok(value.blocks.every((block) => !block.text.includes(keyBody)));
        assert.ok(value.blocks.some((block) => blocks.some((other) => other.span.start === block.span.start)));
      },
    ),
    300,
  );
});
