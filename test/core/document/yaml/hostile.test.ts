// Texts that somebody made to keep the editor busy: the work on them grows as they do, whatever is edited, and nothing
// throws.
// counted: its work.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cursorAt } from "../../../../src/core/document/yaml/cursor.ts";
import { editYaml, parseYaml } from "../../../../src/core/document/yaml/read.ts";
import { countWork, workOf } from "../../work.ts";

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join("");

/** By name: a text for each size. */
const texts: Readonly<Record<string, (count: number) => string>> = {
  items: (count) => "- ".repeat(count),
  "items below each other": (count) => "-\n".repeat(count),
  "keys without values": (count) => "a:\n".repeat(count),
  "keys in one line": (count) => "a: ".repeat(count),
  resources: (count) => `Resources:\n${lines(count, (index) => `  R${index}: {Type: x}\n`)}`,
  "faulty resources": (count) => `Resources:\n${lines(count, (index) => `  R${index}: {Type: x\n`)}`,
  "names that are being typed": (count) => `a: 1\n${"b\n".repeat(count)}`,
  sections: (count) => "Resources:\n  a: b\n".repeat(count),
  "sections of wrong indentation": (count) => "Resources:\n  a: b\n c: d\n".repeat(count),
  "anchors before keys": (count) => `a: b\n${"&a\n".repeat(count)}c: d\n`,
  "calls of one list": (count) => `a:\n${"- !Ref b\n".repeat(count)}`,
  "calls of nothing": (count) => `a:\n${"- !Ref\n".repeat(count)}`,
  "open quotes": (count) => `a: b\n${'"\n'.repeat(count)}`,
  "an open flow": (count) => `a: ${"{".repeat(count)}`,
  "open flows before blanks": (count) =>
    `a: ${"[".repeat(Math.min(count, 500))}${" ".repeat(count)}\n ${" ".repeat(count)}`,
  "open flows": (count) => "a: {\n".repeat(count),
  "beginnings of documents": (count) => "---\n".repeat(count),
  directives: (count) => "%a\n".repeat(count),
  "blank lines of a block": (count) => `a: |\n${"\n".repeat(count)}`,
  comments: (count) => `Resources:\n${"# c\n".repeat(count)}`,
  tabs: (count) => `a: b\n${"\t\n".repeat(count)}`,
  "returns alone": (count) => "a: b\r".repeat(count),
  "returns and line feeds": (count) => "a: b\r\n".repeat(count),
  "characters without text": (count) => "\0: a\n".repeat(count),
  "byte order marks": (count) => "\ufeffa: b\n".repeat(count),
  "one long line": (count) => `a: b\nc: ${"d ".repeat(count)}`,
  "a line of colons": (count) => `a: b\n${":".repeat(count)}`,
  "a deep line": (count) => `Resources:\n${" ".repeat(count)}a: b\n${" ".repeat(count)}c: d\n`,
  aliases: (count) => "a: *b\n".repeat(count),
};

describe("the work on a text grows as it does:", () => {
  countWork();
  for (const [name, text] of Object.entries(texts))
    test(name, () => {
      const few = workOn(text(100));
      const many = workOn(text(400));
      assert.ok(many < 5 * few + 100, `${many} steps instead of ${few}`);
    });
});

/** To read it, to read on after a key near its middle, and to look what may be written there and at the end. */
function workOn(text: string): number {
  return workOf(() => {
    const at = text.indexOf("a", text.length >> 1);
    const start = Math.max(at, 0);
    let tree = editYaml(parseYaml(text), { span: { start, end: start }, text: "x" });
    tree = editYaml(tree, { span: { start, end: start + 1 }, text: "\n" });
    assert.equal(tree.text.length, text.length + 1);
    for (const at of [start, start + 1, tree.text.length]) cursorAt(tree, at);
  }, "document/");
}

test("A text of a megabyte is read", () => {
  for (const text of ["x".repeat(1_000_000), `a: ${"x".repeat(1_000_000)}`, `a:\n${" ".repeat(1_000_000)}b`])
    assert.ok(parseYaml(text).root !== undefined);
  assert.ok(parseYaml("- ".repeat(20_000)).problems.length > 0);
});
