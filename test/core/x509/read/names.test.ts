import * as assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Name } from "../../../../src/core/x509/model.ts";
import { holds } from "../../../randomly.ts";
import * as write from "../der-writer.ts";
import { faultsOf, made, refused } from "../reading.ts";

const {
  attribute,
  sequence,
  set,
  utf8String,
  printableString,
  teletexString,
  ia5String,
  bmpString,
  universalString,
  element,
} = write;

const named = (...rdns: readonly write.Bytes[]): Name => made({ subject: sequence(...rdns) }).subject;
const common = (value: write.Bytes) => set(attribute("CN", value));
const valueOf = (value: write.Bytes) => named(common(value)).rdns[0]?.[0]?.value;
const keyOf = (value: write.Bytes) => named(common(value)).key;
const visibleString = (text: string) => element(0x1a, write.ascii(text));
const numericString = (text: string) => element(0x12, write.ascii(text));
const refusal = (...rdns: readonly write.Bytes[]) =>
  refused(write.certificate({ issuer: "CN=i", subject: sequence(...rdns) }));

describe("a name", () => {
  test("has its parts in order, with each value's place", () => {
    const certificate = made({
      subject: sequence(
        set(attribute("C", printableString("DE"))),
        set(attribute("CN", "é"), attribute("OU", "b")),
        set(attribute("1.2.3.4", utf8String("x"))),
      ),
    });
    const { rdns, slice, isEmpty } = certificate.subject;
    assert.deepEqual(
      rdns.map((rdn) => rdn.map(({ oid, value }) => [oid, value])),
      [
        [["2.5.4.6", "DE"]],
        [
          ["2.5.4.3", "é"],
          ["2.5.4.11", "b"],
        ],
        [["1.2.3.4", "x"]],
      ],
    );
    assert.equal(isEmpty, false);
    const at = rdns[1]?.[0]?.slice ?? slice;
    assert.deepEqual(certificate.der.slice(at.start, at.end), utf8String("é"));
    assert.equal(certificate.der[slice.start], 0x30);
    assert.ok(slice.start < at.start && at.end < slice.end);
  });

  test("may have nothing in it", () => {
    for (const empty of [named(), named(set())]) {
      assert.equal(empty.isEmpty, true);
      assert.deepEqual(empty.rdns, []);
      assert.equal(empty.key, "");
    }
    assert.equal(named(set(), common(utf8String("a"))).key, named(common(utf8String("a"))).key);
  });

  test("is read in every type of string", () => {
    const text = "Grüße";
    assert.deepEqual(
      [utf8String, teletexString, ia5String, printableString, visibleString, bmpString, universalString].map((type) =>
        valueOf(type(text)),
      ),
      Array.from({ length: 7 }, () => text),
    );
    assert.equal(valueOf(numericString("0123 4")), "0123 4");
    assert.deepEqual(
      [valueOf(utf8String("😀")), valueOf(bmpString("Ωж")), valueOf(universalString("a😀"))],
      ["😀", "Ωж", "a😀"],
    );
    assert.deepEqual(
      [valueOf(utf8String("")), valueOf(utf8String("a\0b")), valueOf(utf8String("\ufeffx"))],
      ["", "a\0b", "\ufeffx"],
    );
    assert.equal(valueOf(utf8String("x".repeat(100_000)))?.length, 100_000);
  });

  test("is read as OpenSSL reads it where T.61 would put an accent before its letter", () => {
    for (let accent = 0xc1; accent <= 0xcf; accent++) {
      const value = element(0x14, [0x4d, accent, 0x75, 0x6c, 0x6c, 0x65, 0x72]);
      const text = `M${String.fromCharCode(accent)}uller`;
      const { der } = made({ subject: sequence(common(value)) });
      assert.deepEqual([valueOf(value), new X509Certificate(der).subject], [text, `CN=${text}`]);
    }
  });

  test("keeps values that are no text", () => {
    const certificate = made({ subject: sequence(set(attribute("2.5.4.45", write.bits([1, 2])))) });
    const [[value] = []] = certificate.subject.rdns;
    assert.equal(value?.value, undefined);
    assert.deepEqual(certificate.der.slice(value?.slice.start, value?.slice.end), write.bits([1, 2]));
    assert.deepEqual(faultsOf(certificate), []);
  });

  test("with values that OpenSSL refuses is read, and said to be refused", () => {
    const refusedBy = /reject the certificate\.$/;
    for (const value of [
      write.integer(1),
      write.octets([1]),
      visibleString("a"),
      write.nothing,
      bmpString("😀"),
      write.boolean(true),
    ]) {
      const faults = faultsOf(made({ issuer: "CN=i", subject: sequence(common(value)) }));
      assert.equal(faults.length, 1, String(value));
      assert.match(faults[0] ?? "", refusedBy);
      assert.match(faults[0] ?? "", /^tbsCertificate\.subject: /);
    }
  });

  test("that is none is refused at its place", () => {
    const certificate = write.certificate({ issuer: "CN=i", subject: sequence(common(element(0x0c, [0x41, 0xff]))) });
    const { part, at, reason } = refused(certificate);
    assert.deepEqual(
      [part, reason, [...certificate.subarray(at.start, at.end)]],
      ["tbsCertificate.subject", { code: "der:not-of-its-type", args: { type: "UTF8String" } }, [0x0c, 2, 0x41, 0xff]],
    );
    const wrong = [
      common(element(0x0c, [0xc0, 0x80])),
      common(element(0x0c, [0xed, 0xa0, 0x80])),
      common(element(0x1e, [0, 65, 0])),
      common(bmpString("\ud800")),
      common(element(0x1c, [0, 0, 65])),
      common(element(0x1c, [0, 0x11, 0, 0])),
      common(write.bits([1], 9)),
      sequence(attribute("CN", "x")),
      set(sequence(write.oid("2.5.4.3"))),
      set(sequence(write.oid("2.5.4.3"), utf8String("a"), write.nothing)),
      set(sequence(utf8String("a"), write.oid("2.5.4.3"))),
      set(sequence(element(6, [0x55, 0x80, 1]), utf8String("a"))),
      common(utf8String("x".repeat(1024 * 1024))),
    ];
    for (const rdn of wrong)
      assert.equal(refusal(rdn).part, "tbsCertificate.subject", Buffer.from(rdn.subarray(0, 20)).toString("hex"));
  });
});

describe("the keys of names", () => {
  const equal: readonly (readonly [write.Bytes, write.Bytes])[] = [
    [utf8String("Example CA"), printableString("example ca")],
    [utf8String("  Example \t CA\n"), ia5String("EXAMPLE CA")],
    [teletexString("Grüße"), utf8String("GRüßE")],
    [bmpString("Grüße 1"), universalString("grüße 1")],
    [visibleString("a"), utf8String("A")],
    // RFC 4518: letters of all scripts in lower case, composed, and what is invisible left out.
    [utf8String("GRÜSSE"), utf8String("grüsse")],
    [utf8String("STRASSE"), bmpString("Straße")],
    [utf8String("Zu\u0308rich"), utf8String("Z\u00fcrich")],
    [utf8String("ﬁn"), printableString("FIN")],
    [utf8String("ΣΊΣΥΦΟΣ"), utf8String("σίσυφος")],
    [utf8String("a\u00a0\u2003b"), utf8String("a b")],
    [utf8String("a\u200b\u00adb"), printableString("ab")],
    // UTF-8 that is called something else.
    [element(0x14, [...Buffer.from("Zürich")]), utf8String("Zürich")],
    [utf8String("   "), utf8String("")],
  ];
  for (const [one, other] of equal) {
    test(`are equal: ${valueOf(one)} and ${valueOf(other)}`, () => {
      assert.equal(keyOf(one), keyOf(other));
    });
  }

  const different: readonly (readonly [write.Bytes, write.Bytes])[] = [
    [utf8String("Example CA"), utf8String("ExampleCA")],
    // OpenSSL compares NumericString by its bytes.
    [numericString("1"), utf8String("1")],
    [write.bits([1]), write.octets([0, 1])],
    [write.octets([1]), write.octets([2])],
    [utf8String("Zürich"), utf8String("Zurich")],
    [utf8String("ı"), utf8String("i")],
    [utf8String("\u0430"), utf8String("a")],
    [utf8String("a/2.5.4.3=b"), utf8String("a")],
  ];
  for (const [index, [one, other]] of different.entries()) {
    test(`differ: ${valueOf(one) ?? `bytes ${index}`} and ${valueOf(other) ?? "others"}`, () => {
      assert.notEqual(keyOf(one), keyOf(other));
    });
  }

  test("of letters that are composed of many others are no shorter than these", () => {
    const many = "\ufdfa".repeat(4000);
    assert.equal(keyOf(utf8String(many)), keyOf(utf8String(many.normalize("NFKC"))));
    assert.equal(keyOf(bmpString(many)), keyOf(utf8String(many)));
  });

  test("do not depend on the order within one part, and do on the order of parts", () => {
    const [a, b, c] = [attribute("CN", "a"), attribute("OU", "B"), attribute("O", "c")];
    assert.equal(named(set(a, b, c)).key, named(set(c, a, b)).key);
    assert.equal(named(set(a, b)).key, named(set(attribute("OU", printableString("b ")), attribute("CN", " A"))).key);
    assert.notEqual(named(set(a), set(b)).key, named(set(b), set(a)).key);
    assert.notEqual(named(set(a), set(b)).key, named(set(a, b)).key);
    assert.notEqual(named(set(a, a)).key, named(set(a)).key);
    assert.notEqual(named(set(attribute("CN", "x"))).key, named(set(attribute("OU", "x"))).key);
  });

  test("cannot be made equal by what stands in a value", () => {
    const part = fc.record({
      type: fc.constantFrom("CN", "OU", "1.2"),
      value: fc.string({
        unit: fc.constantFrom("a", "A", " ", "/", "+", "\\", "=", "#", "2.5.4.3", "é", "\n"),
        maxLength: 6,
      }),
    });
    const canonical = (value: string) =>
      value
        .replaceAll(/[ \n]+/g, " ")
        .replaceAll(/^ | $/g, "")
        .replaceAll("A", "a");
    const name = fc.array(fc.array(part, { minLength: 1, maxLength: 2 }), { maxLength: 3 });
    const written = (rdns: readonly (readonly { readonly type: string; readonly value: string }[])[]) =>
      named(...rdns.map((rdn) => set(...rdn.map(({ type, value }) => attribute(type, value)))));
    const meant = (rdns: readonly (readonly { readonly type: string; readonly value: string }[])[]) =>
      JSON.stringify(rdns.map((rdn) => rdn.map(({ type, value }) => JSON.stringify([type, canonical(value)])).sort()));
    holds(
      fc.property(name, name, (one, other) => {
        assert.equal(written(one).key === written(other).key, meant(one) === meant(other));
        assert.equal(written(one).key, written(one).key);
      }),
      1000,
    );
  });

  test("differ by the end of an endless OID too", () => {
    const key = (...end: readonly number[]) =>
      named(set(sequence(element(6, [0x55], new Uint8Array(500).fill(1), end), utf8String("a")))).key;
    assert.equal(key(1), key(1));
    assert.notEqual(key(1), key(2));
  });

  test("tell who issued itself", () => {
    assert.equal(
      made({ subject: sequence(common(utf8String("Root CA"))), issuer: sequence(common(printableString("root  ca "))) })
        .selfIssued,
      true,
    );
    assert.equal(made({ subject: "CN=a", issuer: "CN=b" }).selfIssued, false);
    for (let index = 0; index < 2000; index++)
      assert.equal(
        made({ subject: `CN=${index}`, issuer: `CN=${index % 700}` }).selfIssued,
        index < 700,
        "names share places",
      );
  });
});
