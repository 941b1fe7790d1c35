import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { applyEdits } from "../../../../src/core/text.ts";
import {
  type Bundle,
  bundleOfDer,
  certificatesOf,
  contentsInside,
  editBundle,
  readBundle,
} from "../../../../src/core/x509/bundle/bundle.ts";
import { holds } from "../../../randomly.ts";
import * as der from "../der-writer.ts";
import { createChain, pkcs7 } from "../pki.ts";

const [leaf, intermediate, root] = createChain();
const keyBlock = "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n";
const templated = "-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n";

const kindsOf = ({ pieces }: Bundle) => pieces.map(({ content }) => content.kind);

describe("a bundle", () => {
  test("joins each block with what is in it, and never looks into keys and templates", () => {
    const bundle = readBundle(
      `${leaf.pem}above\n${keyBlock}${der.pem(der.request(), "CERTIFICATE REQUEST")}${templated}${der.pem(der.sequence(), "CERTIFICATE")}`,
    );
    assert.deepEqual(kindsOf(bundle), ["certificate", "opaque", "request", "opaque", "unreadable"]);
    assert.equal(bundle.pieces[1]?.block.bytes, undefined);
    assert.deepEqual(
      certificatesOf(bundle).map(({ index, certificate }) => [index, certificate.serial]),
      [[0, leaf.certificate.serial]],
    );
    assert.equal(certificatesOf(bundle), certificatesOf(bundle));
  });

  test("reads a trusted certificate as the certificate it begins with", () => {
    const { content } =
      readBundle(der.pem(der.concat(leaf.der, der.sequence()), "TRUSTED CERTIFICATE")).pieces[0] ?? assert.fail();
    assert.ok(content.kind === "certificate");
    assert.deepEqual(content.certificate.der, leaf.der);
    assert.equal(content.certificate.trailing, 2);
  });

  test("says which target it is for by the first marker, counted from the start of the text", () => {
    const text = `${leaf.pem}\n# mtls: target=origin\n${intermediate.pem}# mtls: target=trust-store\n`;
    const { marker } = readBundle(text);
    assert.equal(marker?.target, "origin");
    assert.equal(text.slice(marker?.at.start, marker?.at.end), "# mtls: target=origin");
    assert.equal(readBundle(leaf.pem).marker, undefined);
  });

  test("has nothing in an empty text, and in one without blocks", () => {
    for (const text of ["", "\n", "nothing here"]) assert.deepEqual(readBundle(text).pieces, []);
    assert.deepEqual(
      editBundle(readBundle(leaf.pem), [{ span: { start: 0, end: leaf.pem.length }, text: "" }]).pieces,
      [],
    );
  });
});

describe("after edits a bundle", () => {
  const text = Array.from(
    { length: 40 },
    (_, index) => `# number ${index}\n${[leaf, intermediate, root][index % 3]?.pem}`,
  ).join("");
  const before = readBundle(text);

  test("keeps every piece that a character elsewhere does not touch", () => {
    const at = (before.starts[20] ?? 0) + 60;
    const after = editBundle(before, [{ span: { start: at, end: at }, text: "?" }]);
    assert.equal(after.pieces.length, 40);
    assert.deepEqual(
      after.pieces.flatMap((piece, index) => (piece === before.pieces[index] ? [] : [index])),
      [20],
    );
    assert.deepEqual(
      after.starts.slice(21),
      before.starts.slice(21).map((start) => start + 1),
    );
  });

  test("keeps those on both sides of what was removed, but for those it touches", () => {
    const [start, end] = [before.starts[5] ?? 0, before.starts[9] ?? 0];
    const after = editBundle(before, [{ span: { start, end }, text: "" }]);
    assert.equal(after.pieces.length, 36);
    const kept = after.pieces.map((piece) => before.pieces.indexOf(piece));
    assert.deepEqual(
      [...kept.slice(0, 4), ...kept.slice(6)],
      [...before.pieces.keys()].filter((index) => index < 4 || index >= 10),
    );
  });

  test("is the bundle of the text that the edits leave, whatever they are", () => {
    const short = `# mtls: target=origin\n${leaf.pem}\nbetween\n${keyBlock}${der.pem(der.sequence())}${root.pem}behind`;
    const edit = fc.record({
      start: fc.nat(short.length),
      length: fc.oneof(fc.nat(3), fc.nat(900)),
      text: fc.constantFrom(
        "",
        "x",
        "=",
        "\n",
        "-----BEGIN CERTIFICATE-----\n",
        "-----END CERTIFICATE-----\n",
        intermediate.pem,
        "# mtls: target=x\n",
      ),
    });
    const seen = (bundle: Bundle) => ({
      pieces: bundle.pieces.map(({ block, content }) => [
        block.label,
        block.span,
        block.damage,
        content.kind,
        content.kind === "certificate" ? content.certificate.serial : "",
      ]),
      starts: bundle.starts,
      marker: bundle.marker,
    });
    holds(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        let [bundle, current] = [readBundle(short), short];
        for (const { start, length, text: inserted } of edits) {
          const span = { start: Math.min(start, current.length), end: Math.min(start + length, current.length) };
          const known = bundle.pieces;
          current = applyEdits(current, [{ span, text: inserted }]);
          bundle = editBundle(bundle, [{ span, text: inserted }]);
          const pieces = new Map(known.map((piece) => [piece.chunk, piece]));
          for (const piece of bundle.pieces) assert.equal(pieces.get(piece.chunk) ?? piece, piece);
        }
        assert.deepEqual(seen(bundle), seen(readBundle(current)));
      }),
      300,
    );
  });
});

describe("bare bytes", () => {
  test("become the text they would be in PEM", () => {
    assert.deepEqual(kindsOf(bundleOfDer(leaf.der)), ["certificate"]);
    assert.deepEqual(kindsOf(bundleOfDer(der.request())), ["request"]);
    assert.deepEqual(kindsOf(bundleOfDer(der.ascii("neither"))), ["unreadable"]);
    assert.equal(bundleOfDer(leaf.der).pem.text, leaf.pem);
  });

  for (const indefinite of [false, true]) {
    test(`of a PKCS#7 give its certificates, with ${indefinite ? "indefinite" : "definite"} lengths`, () => {
      const [piece] = bundleOfDer(pkcs7([leaf.der, root.der], { indefinite })).pieces;
      assert.equal(piece?.block.kind, "pkcs7");
      const contents = contentsInside(piece);
      assert.deepEqual(
        contents.map((content) => content.kind === "certificate" && content.certificate.serial),
        [leaf.certificate.serial, root.certificate.serial],
      );
      assert.equal(contentsInside(piece), contents);
    });
  }

  test("of a PKCS#7 with anything in it changed or cut off give no exception, and no more certificates than it has", () => {
    const whole = pkcs7([leaf.der, root.der], { indefinite: true });
    holds(
      fc.property(fc.nat(whole.length), fc.nat(whole.length - 1), fc.nat(255), (length, at, octet) => {
        const bytes = whole.slice(0, length);
        bytes[at] = octet;
        // A length that lies opens a certificate: what lies within stands beside it then, and none of it can be read.
        const inside = readBundle(der.pem(bytes, "PKCS7")).pieces.flatMap(contentsInside);
        assert.ok(inside.filter(({ kind }) => kind === "certificate").length <= 2);
      }),
      500,
    );
  });

  test("of another content type, or without certificates, give none", () => {
    const data = der.sequence(der.oid("1.2.840.113549.1.7.1"), der.explicit(0, der.octets([1])));
    for (const bytes of [data, pkcs7([]), der.sequence(der.oid("1.2.840.113549.1.7.2"))])
      assert.deepEqual(readBundle(der.pem(bytes, "PKCS7")).pieces.flatMap(contentsInside), []);
  });
});
