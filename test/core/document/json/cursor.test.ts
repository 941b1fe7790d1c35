import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cursorAt } from "../../../../src/core/document/json/cursor.ts";
import { parseJson } from "../../../../src/core/document/json/read.ts";

/** What may be written at `|`: whose value, and what is typed already, as it stands in the text. */
function at(marked: string): string | undefined {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const cursor = cursorAt(parseJson(text, "jsonc"), offset);
  if (cursor === undefined) return undefined;
  const typed = text.slice(cursor.typed.start, cursor.typed.end);
  return [cursor.at, ...(cursor.member === undefined ? [] : [`of ${cursor.member.key}`]), typed].join(" ").trim();
}

describe("what a cursor may write", () => {
  for (const [marked, expected] of [
    ["{ | }", "name"],
    ['{ "a": 1, | }', "name"],
    ['{ "a": 1, /* a comment, with "signs": */ | }', "name"],
    ['{ "na|me": 1 }', 'name "name"'],
    ['{ |"name": 1 }', 'name "name"'],
    ['{ "name"|: 1 }', 'name "name"'],
    ['{ "half|\n}', 'name "half'],
    ['{ "a": 1, "half|\n}', 'name "half'],
    ["{ bare| }", "name bare"],
    ['{ "a":| }', "value of a"],
    ['{ "a": | }', "value of a"],
    ['{ "a": |, "b": 1 }', "value of a"],
    ['{ "a": tr| }', "value of a tr"],
    ['{ "a": "te|xt" }', 'value of a "text"'],
    ['{ "a": 12| }', "value of a 12"],
    ['{ "a": "half|\n}', 'value of a "half'],
    ['{ "a": [ | ] }', "item"],
    ['{ "a": [ 1, | ] }', "item"],
    ['{ "a": [ "te|xt", 1 ] }', 'item "text"'],
    ['{ "a": [ { "b": | } ] }', "value of b"],
    ['{ "a": { "b": 1 }, | ', "name"],
    ['{ "a": { "b": [ 1, |', "item"],
    ['{ "a": 1 }|', undefined],
    ["|", undefined],
    ['"te|xt"', undefined],
  ] as const)
    test(marked, () => {
      assert.equal(at(marked), expected);
    });
});

test("finds its place behind a long list", () => {
  const items = Array.from({ length: 5_000 }, (_, index) => `{ "id": "${index}" }`).join(",\n");
  const marked = `{ "list": [ ${items} ], "a": | }`;
  assert.equal(at(marked), "value of a");
});
