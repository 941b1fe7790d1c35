import * as assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { plainText, shownText } from "../../src/webview/shown-text.ts";
import { holds } from "../randomly.ts";

const anyText = fc.string({ unit: "binary" });

test("what is shown and what is left out are the text", () => {
  holds(
    fc.property(anyText, fc.nat(40), fc.nat(3), (text, limit, lines) => {
      const { parts, left } = shownText(text, limit, lines);
      const whole = parts.map((part) => (typeof part === "string" ? part : String.fromCodePoint(part))).join("");
      assert.equal(whole + text.slice(text.length - left), text);
      assert.ok(whole.length <= limit);
      if (lines > 0) assert.ok(whole.split("\n").length <= lines);
    }),
  );
});

test("nothing in it moves or hides other text", () => {
  const bad =
    "\u0000\u0007\u001b\u007f\u0085\u00ad\u061c\u115f\u180e\u200b\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069\u3164\ufe0f\ufeff\u00a0\u2003\u{e0041}\u{e0100}\ud800";
  for (const character of bad)
    assert.match(plainText(`a${character}b`, 100), /^a\[U\+[0-9A-F]{4,6}\]b$/, character.codePointAt(0)?.toString(16));
  assert.equal(plainText("pay\u202ecod.exe", 100), "pay[U+202E]cod.exe");
  assert.equal(plainText("one\ntwo", 100), "one[U+000A]two");
});

test("what people write is left as it is", () => {
  for (const text of ["日本語　株式会社", "Größe – 5 €", "ما اسمك", "é", "👩", "a\tb".replace("\t", " ")])
    assert.deepEqual(shownText(text, 100), { parts: [text], left: 0 });
});

test("lines are kept where they are asked for, and a long text is cut between characters", () => {
  assert.deepEqual(shownText("a\nb\nc", 100, 2), { parts: ["a\nb"], left: 2 });
  assert.deepEqual(shownText("a\nb", 100, 2), { parts: ["a\nb"], left: 0 });
  assert.deepEqual(shownText("a\r\nb", 100, 2), { parts: ["a", 13, "\nb"], left: 0 });
  assert.deepEqual(shownText("ab😀", 3), { parts: ["ab"], left: 2 });
  assert.equal(plainText("x".repeat(100_000), 5), "xxxxx…");
});
