// What must hold of every text that PEM is read in, and of every edit.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Chunk, PemText } from "../../../src/core/pem/block.ts";
import { editPem, readPem } from "../../../src/core/pem/blocks.ts";
import { pemAt } from "../../../src/core/pem/embedded.ts";
import { holdsPem } from "../../../src/core/telling.ts";
import type { TextEdit } from "../../../src/core/text.ts";
import { holds } from "../../randomly.ts";
import { certificatePem, damageIn, keyPem, otherPem, repaired } from "./texts.ts";

const sound = certificatePem.trimEnd();
const short = "-----BEGIN CMS-----\nMAMCAQE=\n-----END CMS-----";
/** What texts are made of: whole blocks, parts of them, and what stands around them. */
const pieces = [
  sound,
  short,
  otherPem.trimEnd(),
  keyPem.trimEnd(),
  short.replace("MAMCAQE=", "MAMC*QE="),
  short.replace("MAMCAQE=", "MAMC\n\nAQE="),
  short.replace("MAMCAQE=", "MAMCAQE"),
  short.replace("MAMCAQE=", "${cms}"),
  "-----BEGIN CERTIFICATE-----",
  "-----END CERTIFICATE-----",
  "-----BEGIN CMS-----",
  "-----END CMS-----",
  "----BEGIN CMS----",
  "–END CERTIFICATE–",
  "-----begin cms-----",
  "-----BEGIN MINE-----",
  "-----END MINE-----",
  "----END MINE----",
  "-----BEGIN PRIVATE KEY-----",
  "-----END CERTIFCATE-----",
  "-----BEGIN CERTIFICATE-----MIIAxAEIDxYdJCsyOUBHTlVcY2pxeH",
  "MIIAxAEIDxYdJCsyOUBHTlVcY2pxeH+GjZSborC3vsXM09rh6O/2/QQLEhkgJy41",
  "MAMCAQE=",
  "Header: value",
  "# mtls: target=origin",
  "some text",
  "BEGIN",
  "END",
  "x",
  '"',
  " ",
  "\t",
  "-",
  "-----",
  "=",
  "\ufeff",
  "\u00a0",
  "\\n",
  "{{",
];
const lineEnds = ["\n", "\n", "\n", "\r\n", "\r", "\n\n", ""];
const anyPiece = fc.constantFrom(...pieces);
const anyLineEnd = fc.constantFrom(...lineEnds);
const anyText = fc.array(fc.tuple(anyPiece, anyLineEnd), { maxLength: 14 }).map((parts) => parts.flat().join(""));
/** An edit by shares of the text, so that it fits any. */
const anyEdit = fc.record({
  at: fc.nat(1_000_000),
  removed: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 4, arbitrary: fc.nat(3) }, fc.nat(400)),
  inserted: fc.oneof(
    fc.constant(""),
    anyPiece,
    anyLineEnd,
    fc.tuple(anyLineEnd, anyPiece, anyLineEnd).map((parts) => parts.join("")),
    fc.constantFrom("-", "a", "\r", "\n", " "),
  ),
});

function fitted(
  text: string,
  { at, removed, inserted }: { readonly at: number; readonly removed: number; readonly inserted: string },
): TextEdit {
  const start = at % (text.length + 1);
  return { span: { start, end: Math.min(text.length, start + removed) }, text: inserted };
}

/** The chunks of a text of which an edit changes no character, by where they start afterwards. */
function untouched({ chunks, starts }: PemText, { span, text }: TextEdit): ReadonlyMap<number, Chunk> {
  const found = new Map<number, Chunk>();
  chunks.forEach((chunk, index) => {
    const start = starts[index] ?? 0;
    if (start >= span.end) found.set(start + text.length - (span.end - span.start), chunk);
    else if (start + chunk.text.length <= span.start) found.set(start, chunk);
  });
  return found;
}

describe("after any edit", () => {
  test("all is as if the text had been read afresh, and what it did not touch is the same object", () => {
    holds(
      fc.property(anyText, fc.array(anyEdit, { minLength: 1, maxLength: 4 }), (text, edits) => {
        let pem = readPem(text);
        for (const one of edits) {
          const edit = fitted(pem.text, one);
          const edited = editPem(pem, [edit]);
          assert.equal(edited.text, pem.text.slice(0, edit.span.start) + edit.text + pem.text.slice(edit.span.end));
          assert.deepEqual(edited, readPem(edited.text));
          const old = untouched(pem, edit);
          edited.chunks.forEach((chunk, index) => {
            const before = old.get(edited.starts[index] ?? 0);
            if (chunk !== before) assert.notDeepEqual(chunk, before);
          });
          pem = edited;
        }
      }),
      2_000,
    );
  });

  test("a BEGIN that is none any more, as what stands behind it on its line is another, ends no block", () => {
    const begin = "-----BEGIN CERTIFICATE-----";
    const body = "MIIAxAEIDxYdJCsyOUBHTlVcY2pxeH";
    const pem = readPem(`${begin}\n${begin}${body}----BEGIN CMS----${begin}\n`);
    assert.deepEqual(
      pem.chunks.slice(0, 2).map(({ text }) => text),
      [`${begin}\n`, begin],
    );
    const at = pem.text.indexOf(body) + 5;
    const edited = editPem(pem, [{ span: { start: at, end: at }, text: "-" }]);
    assert.deepEqual(edited, readPem(edited.text));
  });

  test("the line end of a repair is that of its own chunk, however many boundaries share a line", () => {
    const line = "-----END CERTIFICATE----------BEGIN CERTIFICATE-----MIIAxAEIDxYdJCsyOUBHTlVcY2pxeH----BEGIN CMS----";
    const pem = readPem(`${sound}\r\n${line}\r\n`);
    const last = pem.text.length - 2;
    for (const edit of [
      { span: { start: sound.length, end: sound.length + 2 }, text: `\n${sound}\n` },
      { span: { start: last, end: last + 1 }, text: "" },
    ]) {
      const edited = editPem(pem, [edit]);
      assert.deepEqual(edited, readPem(edited.text));
    }
  });

  test("several are done one after the other", () => {
    holds(
      fc.property(anyText, anyEdit, anyEdit, (text, one, other) => {
        const pem = readPem(text);
        const first = fitted(text, one);
        const between = editPem(pem, [first]);
        const second = fitted(between.text, other);
        assert.deepEqual(editPem(pem, [first, second]), editPem(between, [second]));
        assert.equal(editPem(pem, []), pem);
      }),
      500,
    );
  });

  test("of one character all other chunks are the same", () => {
    const text = (certificatePem + otherPem).repeat(20);
    const before = readPem(text);
    const at = (before.starts[21] ?? 0) + 100;
    const after = editPem(before, [{ span: { start: at, end: at }, text: "*" }]);
    assert.deepEqual(
      after.chunks.flatMap((chunk, index) => (chunk === before.chunks[index] ? [] : [index])),
      [21],
    );
    assert.equal(after.chunks[21]?.block?.damage[0]?.kind, "character");
    assert.deepEqual(editPem(after, [{ span: { start: at, end: at + 1 }, text: "" }]), before);
  });

  test("that opens a block, those below are found again", () => {
    const text = (certificatePem + otherPem).repeat(20);
    const before = readPem(text);
    const end = text.indexOf("-----END");
    const after = editPem(before, [{ span: { start: end, end: text.indexOf("\n", end) + 1 }, text: "" }]);
    assert.equal(after.chunks[0]?.block?.damage[0]?.kind, "no-end");
    assert.deepEqual(after.chunks.slice(1), before.chunks.slice(1));
    assert.ok(after.chunks.slice(1).every((chunk, index) => chunk === before.chunks[index + 1]));
  });
});

describe("in any text", () => {
  test("chunks have no gaps, and all that is said lies within them", () => {
    holds(
      fc.property(fc.oneof(anyText, fc.string({ unit: "binary", maxLength: 60 })), (text) => {
        const { chunks, starts } = readPem(text);
        assert.equal(chunks.map((chunk) => chunk.text).join(""), text);
        let at = 0;
        chunks.forEach(({ text: { length }, markers, block }, index) => {
          assert.equal(starts[index], at);
          assert.ok(length > 0);
          assert.ok(block !== undefined || index === chunks.length - 1);
          const spans = [
            ...markers.map((marker) => marker.at),
            ...(block === undefined
              ? []
              : [
                  block.span,
                  block.body,
                  block.begin ?? block.span,
                  block.end ?? block.span,
                  ...block.damage.flatMap(({ at: place, repair = [] }) => [place, ...repair.map(({ span }) => span)]),
                ]),
          ];
          for (const { start, end } of spans) assert.ok(start >= 0 && start <= end && end <= length);
          for (const { at: place } of block?.damage ?? []) assert.ok(place.start < place.end);
          const places = (block?.damage ?? []).map(({ at: place }) => place.start);
          assert.deepEqual(
            places,
            places.toSorted((a, b) => a - b),
          );
          if (block?.kind === "private-key" || block?.kind === "other" || block?.placeholder === true)
            assert.equal(block.bytes, undefined);
          at += length;
        });
        assert.equal(at, text.length);
      }),
      1_000,
    );
  });

  test("repairs mend what they are for, and soon nothing is left to repair", () => {
    holds(
      fc.property(anyText, (text) => {
        // What one round mends may show what else there is: a line of what cannot be seen becomes an empty one.
        const whole = repaired(repaired(repaired(text)));
        const left = (told: string) => damageIn(told).filter(({ hasRepair }) => !hasRepair).length;
        assert.deepEqual(
          damageIn(whole).filter(({ hasRepair }) => hasRepair),
          [],
        );
        // Within what somebody else calls by a name of their own, nothing is looked for until a repair ends it.
        if (!text.includes("MINE")) assert.ok(left(whole) <= left(text));
      }),
      1_000,
    );
  });

  test("where there is a block, the quick search says so", () => {
    holds(
      fc.property(anyText, (text) => {
        if (readPem(text).chunks.some(({ block }) => block !== undefined)) assert.ok(holdsPem(text));
      }),
      1_000,
    );
  });

  test("what is found around an offset lies around it", () => {
    holds(
      fc.property(anyText, fc.nat(1_000_000), (text, place) => {
        const offset = place % (text.length + 1);
        const found = pemAt(text, offset);
        if (found === undefined) return;
        assert.ok(found.span.start <= offset && offset <= found.span.end);
        assert.ok(text.startsWith("-----BEGIN ", found.span.start) && text.slice(0, found.span.end).endsWith("-----"));
      }),
      2_000,
    );
  });
});
