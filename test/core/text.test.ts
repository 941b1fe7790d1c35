import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  applyEdits,
  changedSpans,
  contains,
  LineIndex,
  linesOf,
  nearest,
  overlap,
  type Span,
  SpanIndex,
  sortEdits,
  type TextEdit,
} from "../../src/core/text.ts";
import { holds } from "../randomly.ts";

const edit = (start: number, end: number, text: string): TextEdit => ({ span: { start, end }, text });

describe("what edits changed", () => {
  const blocks = (before: string, ...edits: TextEdit[]) =>
    linesOf(applyEdits(before, edits), changedSpans(before, edits)).map(({ first, last }) => [first, last]);

  test("is told by the lines of the text that they make, in its order", () => {
    const before = "a\nb\nc\nd\ne\n";
    assert.deepEqual(blocks(before, edit(6, 7, "D\nD2"), edit(0, 0, "0\n")), [
      [0, 0],
      [4, 5],
    ]);
    assert.deepEqual(blocks(before, edit(2, 3, "B"), edit(4, 5, "C")), [[1, 2]], "lines beside each other are one");
    assert.deepEqual(blocks(before, edit(1, 1, ",\nx\ny")), [[0, 2]]);
  });

  test("stands at the line above where whole lines went, and at its line where a part went", () => {
    const before = "a\nb\nc\nd\n";
    assert.deepEqual(blocks(before, edit(2, 6, "")), [[0, 0]]);
    assert.deepEqual(blocks(before, edit(0, 2, "")), [[0, 0]], "the first line has none above");
    assert.deepEqual(blocks(before, edit(1, 5, "")), [[0, 0]]);
  });

  test("is no more than differs, also where a whole text is written anew, and nothing where it is the same", () => {
    const before = "a\nb\nc\nd\n";
    assert.deepEqual(blocks(before, edit(0, 8, "a\nb\nX\nd\n")), [[2, 2]]);
    assert.deepEqual(blocks(before, edit(0, 8, before)), []);
  });

  test("lies within the text that they make", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\n"), maxLength: 12 });
    holds(
      fc.property(text, text, fc.nat(), fc.nat(), (before, replacement, from, length) => {
        const start = from % (before.length + 1);
        const edits = [edit(start, Math.min(before.length, start + length), replacement)];
        const after = applyEdits(before, edits);
        const spans = changedSpans(before, edits);
        assert.equal(spans.length === 0, before === after);
        for (const span of spans) assert.ok(0 <= span.start && span.start <= span.end && span.end <= after.length);
        for (const { first, last } of linesOf(after, spans))
          assert.ok(first <= last && last < after.split("\n").length);
      }),
    );
  });
});

describe("edits", () => {
  test("are applied in document order, however they are given", () => {
    assert.equal(applyEdits("abcdef", [edit(4, 5, "E"), edit(0, 1, ""), edit(2, 2, "-")]), "b-cdEf");
  });

  test("insertions at one place keep their order", () => {
    assert.equal(applyEdits("ab", [edit(1, 1, "1"), edit(1, 1, "2")]), "a12b");
    assert.deepEqual(
      sortEdits([edit(1, 2, "c"), edit(1, 1, "a"), edit(1, 1, "b")]).map(({ text }) => text),
      ["a", "b", "c"],
    );
  });

  test("touching each other are fine, overlapping ones are a bug", () => {
    assert.equal(applyEdits("abcd", [edit(0, 2, "x"), edit(2, 4, "y")]), "xy");
    assert.throws(() => applyEdits("abcd", [edit(0, 3, "x"), edit(2, 4, "y")]), /overlap at offset 2/);
  });

  test("none leaves the text, one replaces it all", () => {
    assert.equal(applyEdits("text", []), "text");
    assert.equal(applyEdits("text", [edit(0, 4, "")]), "");
  });
});

describe("spans", () => {
  test("overlap where they share a character, or one inserts inside the other", () => {
    assert.ok(overlap({ start: 0, end: 2 }, { start: 1, end: 3 }));
    assert.ok(overlap({ start: 0, end: 4 }, { start: 2, end: 2 }));
    assert.ok(!overlap({ start: 0, end: 2 }, { start: 2, end: 3 }));
    assert.ok(!overlap({ start: 2, end: 2 }, { start: 2, end: 4 }));
  });

  const spans = fc.array(
    fc.tuple(fc.nat(40), fc.nat(8)).map(([start, length]): Span => ({ start, end: start + length })),
  );

  test("are found within others as when each is looked at", () => {
    holds(
      fc.property(spans, spans, (these, places) => {
        const index = new SpanIndex(these);
        for (const place of places)
          assert.equal(
            index.hasWithin(place),
            these.some(({ start, end }) => place.start <= start && end <= place.end),
          );
      }),
    );
  });

  test("of which there are many are not all looked at", () => {
    let looks = 0;
    const many = Array.from({ length: 10_000 }, (_, place) => ({
      get start() {
        looks++;
        return place * 10;
      },
      end: place * 10 + 5,
    }));
    const index = new SpanIndex(many);
    looks = 0;
    assert.ok(index.hasWithin({ start: 99_980, end: 99_999 }));
    assert.ok(!index.hasWithin({ start: 99_981, end: 99_989 }));
    assert.ok(looks < 50, `${looks} looks`);
  });

  test("contain both their ends: a cursor there touches them", () => {
    assert.ok(contains({ start: 2, end: 4 }, 2));
    assert.ok(contains({ start: 2, end: 4 }, 4));
    assert.ok(!contains({ start: 2, end: 4 }, 5));
  });
});

describe("lines and columns", () => {
  test("count from zero, in UTF-16 code units, with every kind of line end", () => {
    const lines = new LineIndex("a\nbc\r\nd\r😀e");
    assert.deepEqual(
      [0, 1, 2, 4, 6, 7, 8, 10].map((offset) => Object.values(lines.at(offset))),
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 2],
        [2, 0],
        [2, 1],
        [3, 0],
        [3, 2],
      ],
    );
  });

  test("outside the text are its ends", () => {
    const lines = new LineIndex("a\nb");
    assert.deepEqual(lines.at(-1), { line: 0, column: 0 });
    assert.deepEqual(lines.at(99), { line: 1, column: 1 });
    assert.deepEqual(new LineIndex("").at(0), { line: 0, column: 0 });
  });

  test("lead back to the offset", () => {
    holds(
      fc.property(
        fc.array(fc.constantFrom("a", "\n", "\r\n", "é", "😀"), { maxLength: 60 }).map((parts) => parts.join("")),
        fc.nat({ max: 80 }),
        (text, wanted) => {
          const offset = Math.min(wanted, text.length);
          const { line, column } = new LineIndex(text).at(offset);
          const starts = [0, ...[...text.matchAll(/\r\n|\n/g)].map(({ index, 0: { length } }) => index + length)];
          assert.equal((starts[line] ?? assert.fail()) + column, offset);
        },
      ),
    );
  });
});

/** Slips between two words, as they are defined. */
function slipsBetween(one: string, other: string): number {
  const table = Array.from({ length: one.length + 1 }, (_, row) =>
    Array.from({ length: other.length + 1 }, (_, column) => (row === 0 ? column : column === 0 ? row : 0)),
  );
  const at = (row: number, column: number) => table[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= one.length; row++) {
    for (let column = 1; column <= other.length; column++) {
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const least = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (one[row - 1] === other[column - 1] ? 0 : 1),
        swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
      table[row]?.splice(column, 1, least);
    }
  }
  return at(one.length, other.length);
}

describe("the nearest word", () => {
  test("is near as slips are counted, whatever both words begin and end with", () => {
    const letters = fc
      .array(fc.constantFrom("a", "b", "c"), { minLength: 8, maxLength: 14 })
      .map((all) => all.join(""));
    const slip = fc.record({ at: fc.nat(14), length: fc.nat(2), text: fc.constantFrom("", "a", "b", "ab", "ca") });
    let near = 0;
    let all = 0;
    holds(
      fc.property(letters, fc.array(slip, { maxLength: 3 }), (word, made) => {
        const candidate = made.reduce(
          (text, { at, length, text: other }) => text.slice(0, at) + other + text.slice(at + length),
          word,
        );
        const isNear = slipsBetween(word, candidate) <= Math.min(2, Math.floor(candidate.length / 4));
        assert.equal(nearest(word, [candidate]), isNear ? candidate : undefined);
        all++;
        if (isNear && word !== candidate) near++;
      }),
      1_000,
    );
    assert.ok(near > all / 10 && near < (all * 9) / 10, `${near} of ${all}`);
  });

  const words = ["PriceClass", "HttpVersion", "Id", "HTTPPort", "HTTPSPort"];
  const cases: readonly (readonly [word: string, expected: string | undefined, why: string])[] = [
    ["PriceClas", "PriceClass", "a letter left out"],
    ["PricceClass", "PriceClass", "a letter too many"],
    ["PriceClazz", "PriceClass", "two other letters"],
    ["PriecClass", "PriceClass", "two letters swapped"],
    ["priceclass", "PriceClass", "another case"],
    ["httpversion", "HttpVersion", "another case, whatever the length"],
    ["ID", "Id", "another case of a short word"],
    ["Ie", undefined, "a short word is all slips away from another"],
    ["Colour", undefined, "nothing near"],
    ["PrizeKlazz", undefined, "too many slips"],
    ["", undefined, "nothing typed"],
    ["HTTPSPrt", "HTTPSPort", "one slip beats two"],
  ];
  for (const [word, expected, why] of cases)
    test(`of ${JSON.stringify(word)}: ${why}`, () => assert.equal(nearest(word, words), expected));

  test("is none where two are as near", () => {
    assert.equal(nearest("TLSv1.3", ["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"], 1), undefined);
    assert.equal(nearest("grey-area", ["gray-area", "gre-area", "graey-area"], 1), undefined);
  });

  test("is none where two are as near, and another one less", () => {
    assert.equal(nearest("abcdefgh", ["abcdefgx", "abcdefgy", "abcdefxx"]), undefined);
  });

  test("stays what it is where a nearer one comes after two that tied", () => {
    assert.equal(nearest("abcdefgh", ["abcdefxx", "abcdefyy", "abcdefgx"]), "abcdefgx");
  });
});
