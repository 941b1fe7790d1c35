import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type EncodedBlock, encodedIn } from "../../../src/core/pem/encoded.ts";
import { bits, certificate, ecdsaWithSha256, ecKey, pem, request } from "../x509/der-writer.ts";
import { blocksOf } from "./texts.ts";

/** Bytes without a pattern, the same in each run: their base64 has every character. */
function noise(count: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 24;
  });
}

const made = (subject: string, seed: number) => certificate({ subject, signature: bits(noise(256, seed)) });
const leaf = made("CN=leaf", 3);
const intermediate = made("CN=intermediate", 5);
const small = certificate({
  subject: "CN=small",
  publicKey: ecKey(),
  signatureAlgorithm: ecdsaWithSha256,
  signature: bits(noise(71, 9)),
});
const base64 = (der: Uint8Array) => Buffer.from(der).toString("base64");
const leafPem = pem(leaf);
const chainPem = leafPem + pem(intermediate);
/** As load balancers encode: `+`, `=` and `/` stay. */
const asElb = (text: string) =>
  encodeURIComponent(text).replaceAll("%2B", "+").replaceAll("%3D", "=").replaceAll("%2F", "/");
const asForm = (text: string) => encodeURIComponent(text).replaceAll("%20", "+");
const spaced = (text: string) => text.replaceAll("+", " ");
const inOneLine = (text: string) => text.trimEnd().replaceAll("\n", " ");
const lowerCase = (text: string) => text.replaceAll(/%../g, (hex) => hex.toLowerCase());
const keyPem = `-----BEGIN PRIVATE KEY-----\n${"bm90IGEga2V5+/".repeat(8)}\n-----END PRIVATE KEY-----\n`;

const dersOf = (blocks: readonly EncodedBlock[]) =>
  blocks.map(({ text }) => {
    const [block, ...more] = blocksOf(text);
    assert.deepEqual([block?.damage, more], [[], []]);
    return block?.bytes;
  });
const plusIn = (text: string) => text.split("+").length - 1;
const pluses = plusIn(leafPem);
assert.ok(pluses > 5 && plusIn(base64(small)) > 0 && leafPem.includes("/") && leafPem.includes("="));

/** The value, and how many spaces in it are read as `+`. */
const values: Readonly<Record<string, readonly [value: string, spaces?: number]>> = {
  "of a load balancer": [asElb(leafPem)],
  "of CloudFront, all encoded": [encodeURIComponent(leafPem)],
  "in lower case": [lowerCase(encodeURIComponent(leafPem))],
  "encoded twice": [encodeURIComponent(encodeURIComponent(leafPem))],
  "encoded three times": [encodeURIComponent(encodeURIComponent(asElb(leafPem)))],
  "as forms are": [asForm(leafPem)],
  "as forms are, but for the body": [asForm(leafPem).replaceAll("%2B", "+")],
  "as forms are, of one line": [asForm(inOneLine(leafPem))],
  "with dashes encoded": [encodeURIComponent(leafPem).replaceAll("-", "%2D")],
  "with CRLF": [encodeURIComponent(leafPem.replaceAll("\n", "\r\n"))],
  "of one line": [encodeURIComponent(inOneLine(leafPem))],
  "without line ends": [asElb(`-----BEGIN CERTIFICATE-----${base64(leaf)}-----END CERTIFICATE-----`)],
  "decoded once too often": [spaced(leafPem), pluses],
  "decoded once too often, in a string": [JSON.stringify(spaced(leafPem)).slice(1, -1), pluses],
  "decoded once too often, line ends and all": [inOneLine(spaced(leafPem)), pluses],
  "decoded once too often, in lines of 76": [
    `-----BEGIN CERTIFICATE----- ${spaced(base64(leaf).replaceAll(/.{76}/g, "$& "))} -----END CERTIFICATE-----`,
    plusIn(base64(leaf)),
  ],
  "decoded once too often, each line end two characters": [spaced(leafPem.trimEnd()).replaceAll("\n", "  "), pluses],
  "of one line, its blanks gone": [leafPem.replaceAll(/\s/g, "")],
  "encoded twice and decoded as a form": [spaced(asElb(leafPem)), pluses],
  "encoded again after that": [encodeURIComponent(spaced(leafPem)), pluses],
  "of HTML": [leafPem.replaceAll("+", "&#43;").replaceAll("\n", "&#10;")],
};

describe("a certificate in a value that is URL-encoded", () => {
  for (const [name, [value, spaces = 0]] of Object.entries(values)) {
    test(`is found: ${name}`, () => {
      const trimmed = value.replace(/(?:%0A|%250A|%25250A|%0D|\s|\\n|&#10;)+$/i, "");
      for (const text of [
        trimmed,
        `X-Amzn-Mtls-Clientcert: ${value}`,
        `{"cert":"${value}","path":"/"}`,
        `GET / cert=${trimmed};host=a.example\nGET /`,
      ]) {
        const start = text.indexOf(trimmed);
        const found = encodedIn(text);
        assert.deepEqual(
          found.map((block) => block.span),
          [{ start, end: start + trimmed.length }],
        );
        assert.deepEqual(dersOf(found), [leaf]);
        assert.equal(found[0]?.spaces, spaces);
      }
    });
  }

  test("is one of several", () => {
    for (const value of [asElb(chainPem), asForm(chainPem), inOneLine(spaced(chainPem)), spaced(chainPem)])
      assert.deepEqual(dersOf(encodedIn(`clientcert="${value}"`)), [leaf, intermediate]);
  });

  test("may be any block", () => {
    const csr = request();
    const [block] = encodedIn(asElb(pem(csr, "CERTIFICATE REQUEST")));
    assert.equal(block?.label, "CERTIFICATE REQUEST");
    assert.deepEqual(dersOf([block]), [csr]);
  });

  test("is told with the damage it has", () => {
    const [block] = encodedIn(asElb(leafPem.replace("MII", "M*I")));
    assert.deepEqual(
      blocksOf(block?.text ?? "").map(({ damage }) => damage.map(({ kind }) => kind)),
      [["character"]],
    );
  });

  test("that ends too early is told by how much is there, and only what is certain is shown", () => {
    for (const value of [
      asElb(leafPem),
      encodeURIComponent(leafPem),
      leafPem.replaceAll("\n", "\\n"),
      inOneLine(leafPem),
    ]) {
      for (const length of [200, 333, 500]) {
        const text = `cert=${value.slice(0, length)}" 200 GET /index.html`;
        const [block, ...more] = encodedIn(text);
        assert.deepEqual(more, []);
        const have = leaf.length - (block?.cut?.missing ?? 0);
        assert.deepEqual(dersOf(block === undefined ? [] : [block]), [leaf.subarray(0, have)]);
        assert.ok(have > length / 2 - 40 && have < (length * 3) / 4, `${have} of ${length}`);
        assert.ok(block && block.span.end <= 5 + length && block.span.end > length, `${block?.span.end}`);
      }
    }
    // Wherever it ends, what stands behind a blank is none of it.
    const url = encodeURIComponent(leafPem);
    for (let length = 200; length < url.length - 60; length++) {
      const end = encodedIn(`cert=${url.slice(0, length)} 200 GET /`)[0]?.span.end ?? 0;
      assert.ok(end <= 5 + length && end > length - 5, `${end} of ${length}`);
    }
    const chain = encodedIn(`c=${asElb(chainPem).slice(0, -500)}`);
    assert.deepEqual(
      chain.map(({ cut }) => cut === undefined),
      [true, false],
    );
    const [inEnd] = encodedIn(`c=${asElb(leafPem).slice(0, -15)}`);
    assert.deepEqual([inEnd?.cut, dersOf(inEnd === undefined ? [] : [inEnd])], [undefined, [leaf]]);
  });

  test("is not decoded where it is a private key", () => {
    for (const encoded of [encodeURIComponent(keyPem), asForm(keyPem), asElb(`${keyPem}${leafPem}`)]) {
      const [block] = encodedIn(encoded);
      assert.equal(block?.text, "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n");
    }
    assert.deepEqual(encodedIn(spaced(keyPem)), []);
    assert.deepEqual(encodedIn(encodeURIComponent(keyPem).slice(0, -30)), []);
  });

  test("is none where it is PEM as it should be", () => {
    for (const text of [
      chainPem,
      JSON.stringify({ chain: chainPem }),
      `# ${chainPem.replaceAll("\n", "\n# ")}`,
      inOneLine(leafPem),
    ])
      assert.deepEqual(encodedIn(text), []);
  });
});

describe("a certificate in base64 without boundaries", () => {
  const wrapped = (width: number) => base64(leaf).replaceAll(new RegExp(`.{${width}}`, "g"), "$&\n");
  const found: Readonly<Record<string, readonly [text: string, spaces?: number]>> = {
    "RFC 9440": [`Client-Cert: :${base64(leaf)}:`],
    "RFC 9440, with blanks": [`client-cert:  : ${base64(leaf)} :\r\n`],
    "RFC 9440, without colons": [`Client-Cert: ${base64(leaf)}\r\nHost: a.example`],
    "RFC 9440, its plus signs gone": [`Client-Cert: :${spaced(base64(leaf))}:`, plusIn(base64(leaf))],
    "RFC 9440, URL-encoded": [`client_cert=%3A${encodeURIComponent(base64(leaf))}%3A&x=y`],
    "JSON Web Keys": [`{"x5t":"${base64(noise(20, 4))}","x5c":["${base64(leaf)}"]}`],
    "JSON that escapes slashes": [JSON.stringify({ x5c: [base64(leaf)] }).replaceAll("/", "\\/")],
    "JSON that escapes what HTML means": [`"${base64(leaf).replaceAll("+", "\\u002b").replaceAll("=", "\\u003d")}"`],
    "JSON in JSON": [JSON.stringify(JSON.stringify({ x5c: [base64(leaf)] }))],
    SAML: [`<ds:X509Certificate>${base64(leaf)}</ds:X509Certificate>`],
    "SAML in lines": [`<X509Certificate>\n${wrapped(64)}\n</X509Certificate>`],
    "SAML of Java": [`<X509Certificate>${wrapped(76).replaceAll("\n", "&#13;\n")}</X509Certificate>`],
    "SAML that is indented": [`<X509Certificate>\n    ${wrapped(64).replaceAll("\n", "\n    ")}\n  </X509Certificate>`],
    "a header of a proxy": [`X-ARR-ClientCert: ${base64(leaf)}`],
    "a header that is URL-encoded": [`X-Forwarded-Tls-Client-Cert: ${encodeURIComponent(base64(leaf))}`],
    "a log": [`{"cert": "${base64(leaf)}", "path": "/"} 200 MIIB abc`],
  };
  for (const [name, [text, spaces = 0]] of Object.entries(found)) {
    test(`is found: ${name}`, () => {
      const blocks = encodedIn(text);
      assert.deepEqual(dersOf(blocks), [leaf]);
      const [block] = blocks;
      assert.ok(block);
      assert.deepEqual([block.form, block.spaces, block.urlSafe], ["base64", spaces, false]);
      assert.equal(text.slice(block.span.start, block.span.start + 3), "MII");
    });
  }

  test("is one of a list", () => {
    const ders = [leaf, intermediate, small];
    for (const text of [
      `Client-Cert-Chain: ${ders.map((der) => `:${base64(der)}:`).join(", ")}`,
      JSON.stringify({ x5c: ders.map(base64) }, undefined, 2),
      ders.map((der) => encodeURIComponent(base64(der))).join(","),
      ders.map(base64).join("\n"),
    ])
      assert.deepEqual(dersOf(encodedIn(text)), ders);
  });

  test("may be written in the alphabet of base64url", () => {
    const [block] = encodedIn(`{"x5c":["${Buffer.from(leaf).toString("base64url")}"]}`);
    assert.ok(block?.urlSafe);
    assert.deepEqual(dersOf([block]), [leaf]);
  });

  test("that ends too early is told by how much is there", () => {
    const [block, ...more] = encodedIn(`cert="${base64(leaf).slice(0, 500)}" MIIB`);
    assert.deepEqual([block?.cut, block?.span, more], [{ missing: leaf.length - 375 }, { start: 6, end: 506 }, []]);
    // A line of base64 is no value that was cut, nor is a part of a string.
    for (const between of ["\n// ", "\n# ", '" +\n  "', "',\n'", '\\n"\n"'])
      for (const width of [64, 120])
        assert.deepEqual(encodedIn(`"${base64(leaf).replaceAll(new RegExp(`.{${width}}`, "g"), `$&${between}`)}"`), []);
    const two = encodedIn(`c="${base64(leaf).slice(0, 500)}", "${base64(intermediate)}"`);
    assert.deepEqual(
      two.map(({ cut }) => cut?.missing),
      [leaf.length - 375, undefined],
    );
    const spacedToo = encodedIn(`cert="${inOneLine(spaced(leafPem)).slice(0, 600)}"`);
    assert.deepEqual(
      spacedToo.map(({ cut }) => cut),
      [{ missing: undefined }],
    );
  });

  const pkcs8 = Buffer.concat([Buffer.from("308204a3020100300d06092a864886f70d0101010500", "hex"), noise(1169, 2)]);
  const pkcs1 = Buffer.concat([Buffer.from("308204a302010002820101", "hex"), noise(1180, 2)]);
  for (const [name, text] of Object.entries({
    nothing: "",
    "a private key of PKCS#8": `"${pkcs8.toString("base64")}"`,
    "a private key of PKCS#1": pkcs1.toString("base64"),
    "the beginning of a private key": `"${pkcs8.toString("base64").slice(0, 500)}"`,
    words: "MII MIIM MIIBUjCB+qAD MINIMUM MIIMIIMII MIIBIjANBgkqh",
    "base64 that goes on": `"${base64(leaf)}AAAA"`,
    "the middle of base64": `"AAAA${base64(leaf)}"`,
    "base64 that lacks a character": `"${base64(leaf).replace("+", "")}"`,
    "what is somewhere in PEM": leafPem,
  })) {
    test(`is not found in ${name}`, () => {
      assert.deepEqual(
        encodedIn(text).filter(({ cut }) => cut === undefined),
        [],
      );
    });
  }
});
