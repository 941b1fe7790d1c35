import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { memberOf, objectAt, stringOf, type Tree, valueOf } from "../../../../src/core/document/tree.ts";
import { cut } from "../../../../src/core/document/yaml/cut.ts";
import { parsePart } from "../../../../src/core/document/yaml/nodes.ts";
import { parseYaml } from "../../../../src/core/document/yaml/read.ts";
import { holds } from "../../../randomly.ts";
import { anyText, damagedText, flat, templateText } from "./texts.ts";

const corpora = join(import.meta.dirname, "../../../../../shared/corpora/cfn");
const skip = existsSync(corpora) ? false : "corpora: ../shared/corpora is not here";

/** @returns whether the text is without faults, and then it is read in pieces as it is as a whole */
function isReadAsWhole(text: string): boolean {
  const whole = parsePart(text, 0);
  // YAML allows no tab before a key; behind a block scalar the library overlooks some.
  if (whole.problems.length > 0 || /^ *\t[ \t]*[^\s#]/m.test(text)) return false;
  assert.deepEqual(flat(parseYaml(text)), flat(whole));
  return true;
}

describe("a text without faults is read in pieces as it is as a whole", () => {
  for (const [name, arbitrary, least, runs] of [
    ["a template", templateText, 200, 300],
    ["a template with a line too many", damagedText, 50, 300],
    ["any lines", anyText, 40, 500],
  ] as const)
    test(name, () => {
      let count = 0;
      const property = fc.property(arbitrary, (text) => {
        if (isReadAsWhole(text)) count++;
      });
      holds(property, runs);
      assert.ok(count >= least, `${count} without faults`);
    });

  test("real templates", { skip }, () => {
    const files = readdirSync(corpora).filter((file) => /\.(ya?ml|template)$/.test(file));
    let count = 0;
    for (const file of files) if (isReadAsWhole(readFileSync(join(corpora, file), "utf8"))) count++;
    assert.ok(count > 20, `${count} of ${files.length}`);
  });
});

/** The first line of each piece, those of a section within those of its key. */
function pieces(text: string): unknown {
  const line = ({ start }: { readonly start: number }) => text.slice(start).split("\n")[0]?.trim();
  return cut(text)?.map((piece) =>
    piece.section === undefined ? line(piece) : [line(piece), ...piece.section.pieces.map(line)],
  );
}

describe("is cut", () => {
  test("at the keys of the root, and below those with long mappings", () => {
    const text =
      "# c\n---\nA: 1\nB:\n  C: 1\n# c\nResources: # c\n\n  # c\n  D:\n    E: 1\n  'F':\n  - G\n\nOutputs:\nH:\n- 1\n";
    assert.deepEqual(pieces(text), ["A: 1", "B:", ["Resources: # c", "D:", "'F':"], "Outputs:", "H:"]);
    assert.deepEqual(pieces('\ufeff"Resources":\r\n   D: |\r\n     E\r\n   F: G'), [['"Resources":', "D: |", "F: G"]]);
  });

  test("where a name is being typed", () => {
    assert.deepEqual(pieces("Res\nA: 1\nResources:\n  B\n  C: 1\n  D\n"), [
      "Res",
      "A: 1",
      ["Resources:", "B", "C: 1", "D"],
    ]);
  });

  test("but not where it is no mapping for certain, or one that is bound to what is above it", () => {
    for (const text of ["", "# c\n", "{a: b}", "- a\n- b", "text", "%YAML 1.2\n---\na: b", "--- {}\n", " a: b", "? a"])
      assert.equal(cut(text), undefined, text);
    for (const text of ["a: b\n---\nc: d", "a: b\n...\n", '"a\nb: c"', "&a\nb: c\n", "!A\nb: c\n"])
      assert.equal(cut(text), undefined, text);
    for (const below of ["text", "text\n  goes on", '"b\n  c: d"', "- b: c", "{\n  b: c }", "|\n  b: c", "&d\n  b: c"])
      assert.deepEqual(pieces(`a: 1\nResources:\n  ${below}\n`), ["a: 1", "Resources:"], below);
    assert.deepEqual(pieces("Resources: &a\n  b: 1"), ["Resources: &a"]);
    assert.deepEqual(pieces("a: 1\nb: 2\n&c\nd: 3\ne: 4"), ["a: 1", "b: 2", "e: 4"]);
  });
});

const around =
  "Resources:\n  One:\n    Type: A\n  Two:\nHERE\n  Three:\n    Type: C\nOutputs:\n  Four:\n    Value: D\n";

describe("a fault stays within its piece:", () => {
  for (const half of [
    ...[
      '    Type: "A',
      "    Type: 'A",
      "    List: [a, b",
      "    Map: {a: b",
      "    Type: A: B",

      "   Type: A\n  x: {",
    ],
    ...[
      "    Type: A\n    Proper\n    Other: B",
      "    Type: |\n\tA",
      "    ]",
      "    Type: &a &b C",
      "  Fi",
      "    - a\n    b: c",
    ],
  ])
    test(JSON.stringify(half), () => {
      const tree = parseYaml(around.replace("HERE", half));
      assert.ok(tree.problems.length > 0);
      const [start, end] = [around.indexOf("  Two"), around.indexOf("HERE") + half.length + 1];
      for (const problem of tree.problems) assert.ok(problem.start >= start && problem.end <= end);
      assertOthers(tree);
    });
});

function assertOthers({ root }: Tree): void {
  assert.equal(stringOf(valueOf(root, "Resources", "One", "Type")), "A");
  assert.equal(stringOf(valueOf(root, "Resources", "Three", "Type")), "C");
  assert.equal(stringOf(valueOf(root, "Outputs", "Four", "Value")), "D");
}

test("A name that is being typed is a member without a value, and a fault", () => {
  const text = "Resources:\n  One:\n    Type: A\n  Tw\n  Three:\n    Type: C\nOutp\nOutputs:\n  Four:\n    Value: D\n";
  const tree = parseYaml(text);
  assertOthers(tree);
  const member = memberOf(objectAt(tree.root, "Resources"), "Tw");
  assert.deepEqual([member?.value, text.slice(member?.keySpan.start, member?.keySpan.end)], [undefined, "Tw"]);
  assert.deepEqual(
    tree.problems.map(({ start, end, code }) => [text.slice(start, end), code]),
    [
      ["Tw", "MISSING_CHAR"],
      ["Outp", "MISSING_CHAR"],
    ],
  );
});
