import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inertJson, visible, visibleCharacters, visiblePath } from "../../../src/cli/formats/visible.ts";

describe("a text of others", () => {
  const cases: readonly (readonly [text: string, shown: string])[] = [
    ["plain text, with : and %", "plain text, with : and %"],
    ["日本語 é e\u0301 😀", "日本語 é e\u0301 😀"],
    ["a\r\nb\tc", "a\\u{d}\\u{a}b\\u{9}c"],
    ["\u001b[31m\u009b31m\u007f\0", "\\u{1b}[31m\\u{9b}31m\\u{7f}\\u{0}"],
    ["\u202a\u202e\u2066\u2069\u200e\u200f\u061c", "\\u{202a}\\u{202e}\\u{2066}\\u{2069}\\u{200e}\\u{200f}\\u{61c}"],
    ["\u2028\u2029\u200b\u200d\u2060\ufeff\u00ad", "\\u{2028}\\u{2029}\\u{200b}\\u{200d}\\u{2060}\\u{feff}\\u{ad}"],
    ["\u{e0041}\u3164\ufe0f", "\\u{e0041}\\u{3164}\\u{fe0f}"],
    ["\ud800 \udc00 \ufffe", "\\u{d800} \\u{dc00} \\u{fffe}"],
    ["##[error]", "\\u{23}#[error]"],
    ["###[error]", "#\\u{23}#[error]"],
    ["a ##vso[task.x] b ##teamcity[x]", "a \\u{23}#vso[task.x] b \\u{23}#teamcity[x]"],
    ["#\u0591#[error]", "\\u{23}\u0591#[error]"],
    ["## Heading [1]", "## Heading [1]"],
  ];
  for (const [text, shown] of cases)
    test(`is shown as ${shown}`, () => {
      assert.equal(visible(text), shown);
      assert.equal(visible(shown), shown);
      assert.equal([...visibleCharacters(text)].map((one) => one.shown).join(""), shown);
    });

  test("ends somewhere, with a whole character", () => {
    assert.equal(visible("abcdef", 3), "abc…");
    assert.equal(visible("abc", 3), "abc");
    assert.equal(visible("ab😀", 3), "ab…");
    assert.equal(visible("x".repeat(10_000)).length, 4001);
  });

  test("reads back from JSON as it was", () => {
    for (const [text] of cases.filter(([one]) => !/\p{Cs}/u.test(one))) {
      const written = inertJson({ [text]: [text] });
      assert.deepEqual(JSON.parse(written), { [text]: [text] });
      assert.doesNotMatch(written, /##[\w.-]*\[|\p{Cc}|\p{Default_Ignorable_Code_Point}/u);
    }
  });
});

describe("a path", () => {
  const cases: readonly (readonly [path: string, shown: string])[] = [
    ["a/b.json", "a/b.json"],
    [".github/x.yml", ".github/x.yml"],
    ["../up.json", "../up.json"],
    ["/etc/x.pem", "/etc/x.pem"],
    ["_x", "_x"],
    ["証明書.pem", "証明書.pem"],
    ["C:/Users/x.json", "C:/Users/x.json"],
    ["c:\\x.json", "c:\\x.json"],
    ["C:x.json", "C\\u{3a}x.json"],
    ["C:/a:1:2: error: b", "C:/a\\u{3a}1\\u{3a}2\\u{3a} error\\u{3a} b"],
    ["a:1:2: error: x", "a\\u{3a}1\\u{3a}2\\u{3a} error\\u{3a} x"],
    ["::error::x", "./\\u{3a}\\u{3a}error\\u{3a}\\u{3a}x"],
    ["\n::error::x", "./\\u{a}\\u{3a}\\u{3a}error\\u{3a}\\u{3a}x"],
    [" x", "./ x"],
    ["-rf", "./-rf"],
    ["##[error]x", "./\\u{23}#[error]x"],
    ["\u202ex", "./\\u{202e}x"],
    ["\u3164x", "./\\u{3164}x"],
    ["", "./"],
  ];
  for (const [path, shown] of cases) test(`is shown as ${shown}`, () => assert.equal(visiblePath(path), shown));
});
