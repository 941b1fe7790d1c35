import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { supportOf } from "../../../../src/core/document/syntaxes.ts";
import { memberOf, type ObjectNode, type Syntax } from "../../../../src/core/document/tree.ts";
import "../../../../src/core/document/yaml/support.ts";
import { finish } from "../../../../src/core/steps.ts";
import { applyEdits } from "../../../../src/core/text.ts";

function inserted(text: string, syntax: Syntax): string {
  const support = supportOf(syntax);
  const tree = finish(support.read(text));
  const root = tree.root as ObjectNode;
  const change = { kind: "add", to: root, key: "new", value: { a: "on" }, before: memberOf(root, "there") } as const;
  return applyEdits(text, finish(support.write(tree, [change])));
}

const examples: readonly (readonly [what: string, syntax: Syntax, before: string, after: string])[] = [
  ["above a member", "yaml", "x: 1\nthere: 2\n", 'x: 1\nnew:\n  a: "on"\nthere: 2\n'],
  [
    "above its comments",
    "yaml",
    "x: 1\n# of it\n# too\nthere: 2\n",
    'x: 1\nnew:\n  a: "on"\n# of it\n# too\nthere: 2\n',
  ],
  [
    "as far from it as others are",
    "yaml",
    "x:\n    b: 1\n\nthere: 2\n",
    'x:\n    b: 1\n\nnew:\n    a: "on"\n\nthere: 2\n',
  ],
  ["above the first member", "yaml", "---\nthere: 2\n", '---\nnew:\n  a: "on"\nthere: 2\n'],
  ["with the line ends of the file", "yaml", "x: 1\r\nthere: 2\r\n", 'x: 1\r\nnew:\r\n  a: "on"\r\nthere: 2\r\n'],
  ["behind all where it has no line", "yaml", "{x: 1, there: 2}\n", '{x: 1, there: 2, new: {a: "on"}}\n'],
  [
    "in JSON",
    "json",
    '{\n  "x": 1,\n  "there": 2\n}\n',
    '{\n  "x": 1,\n  "new": {\n    "a": "on"\n  },\n  "there": 2\n}\n',
  ],
  [
    "in JSON, above comments",
    "jsonc",
    '{\r\n\t// of it\r\n\t"there": 2\r\n}\r\n',
    '{\r\n\t"new": {\r\n\t\t"a": "on"\r\n\t},\r\n\t// of it\r\n\t"there": 2\r\n}\r\n',
  ],
  ["in JSON of one line", "json", '{ "there": 2 }', '{ "there": 2, "new": { "a": "on" } }'],
];

for (const [what, syntax, before, after] of examples)
  test(`A member is put ${what}`, () => {
    const text = inserted(before, syntax);
    assert.equal(text, after);
    if (syntax === "yaml") assert.deepEqual(parse(text).new, { a: "on" });
  });
