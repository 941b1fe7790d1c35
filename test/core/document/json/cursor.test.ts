import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cursorAt } from "../../../../src/core/document/json/cursor.ts";
import { parseJson } from "../../../../src/core/document/json/read.ts";

/** What may be written at `|`: whose value, what is typed already, as it stands in the text, and what lacks a comma. */
function at(marked: string): string | undefined {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const cursor = cursorAt(parseJson(text, "jsonc"), offset);
  if (cursor === undefined) return undefined;
  const typed = text.slice(cursor.typed.start, cursor.typed.end);
  const comma = cursor.commaAt === undefined ? [] : [`, behind ${text.slice(0, cursor.commaAt)}`];
  const of = cursor.member === undefined ? [] : [`of ${cursor.member.key}`];
  return [cursor.at, ...of, typed, ...comma].join(" ").trim();
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
    ['{ "a": 1 | }', 'name  , behind { "a": 1'],
    ['{ "a": 1 /* one */ | }', 'name  , behind { "a": 1'],
    ['{ "a": 1 |, "b": 2 }', 'name  , behind { "a": 1'],
    ['{ "a": 1\n|\n"b": 2 }', 'name  , behind { "a": 1'],
    ['{ "a": 1\n"na|me": 2 }', 'name "name" , behind { "a": 1'],
    ['{ "a": 1\n"half|\n}', 'name "half , behind { "a": 1'],
    ['{ "a": {}| }', 'name  , behind { "a": {}'],
    ['{ "a": 1 "b": | }', "value of b"],
    ['{ "a": [ 1 | ] }', 'item  , behind { "a": [ 1'],
    ['{ "a": [ {}| ] }', 'item  , behind { "a": [ {}'],
    ['{ "a": | /* one */ 1 }', "value of a"],
    ['{ "a": /* | */ 1 }', undefined],
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
