import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import type { Container } from "../../../../src/core/document/tree.ts";
import { cursorAt } from "../../../../src/core/document/yaml/cursor.ts";
import { parseYaml } from "../../../../src/core/document/yaml/read.ts";
import { holds } from "../../../randomly.ts";
import { anyText, damagedText } from "./texts.ts";

/**
 * What may be written at `^`: in what (an object by its first name), whose value, what is typed already, as it stands
 * in the text, and what lacks a comma.
 */
function at(marked: string): string | undefined {
  const offset = marked.indexOf("^");
  const text = marked.replace("^", "");
  const cursor = cursorAt(parseYaml(text), offset);
  if (cursor === undefined) return undefined;
  const typed = text.slice(cursor.typed.start, cursor.typed.end);
  const comma = cursor.commaAt === undefined ? [] : [`, behind ${text.slice(0, cursor.commaAt)}`];
  const of = cursor.member === undefined ? [] : [`of ${cursor.member.key}`];
  const nests = cursor.nests === true ? ["or name"] : [];
  return [cursor.at, ...nests, ...of, typed, `in ${first(cursor.container)}`, ...comma]
    .filter((part) => part !== "")
    .join(" ");
}

function first(container: Container): string {
  return container.kind === "list" ? "list" : (container.members[0]?.key ?? "nothing");
}

const cases: Readonly<Record<string, readonly (readonly [string, string | undefined])[]>> = {
  "the name of a member, on an empty line by its column": [
    ["A:\n  B: 1\n  ^", "name in B"],
    ["A:\n  B: 1\n  ^\n", "name in B"],
    ["A:\n  B: 1\n  ^  \n  C: 2\n", "name in B"],
    ["A:\n  B: 1\n^\n", "name in A"],
    ["A:\n  B: 1\n ^\n", undefined],
    ["A:\n  B: 1\n    ^\n", undefined],
    ["A:\n  ^\n  B: 1\n", "name in B"],
    ["A:\n  B:\n    C: 1\n\n  ^\nD: 1\n", "name in B"],
    ["A:\n  B:\n    C: 1\n\n    ^\nD: 1\n", "name in C"],
    ["A:\n- B: 1\n  ^\n", "name in B"],
    ["A:\n  - B: 1\n    ^\n  - C: 1\n", "name in B"],
    ["A:\n- B: 1\n^\n", "name in A"],
    ["A:\n  B: {}\n  ^\n", "name in B"],
    ["A: !If\n  - B\n  - C: 1\n    ^\n", "name in C"],
    ["\ufeff^\nA: 1\n", "name in A"],
    ["A:\r\n  B: 1\r\n  ^\r\n  C: 1\r\n", "name in B"],
  ],
  "a name that is typed": [
    ["A:\n  B: 1\n  C^", "name C in B"],
    ["A:\n  B: 1\n  C^\n  D: 2\n", "name C in B"],
    ["A:\n  C^\n  D: 2\n", "name C in C"],
    ["A:\n  ^C\n  D:\n    E: 1\n", "name C in C"],
    ["A:\n  C^x: 1\n", "name Cx in Cx"],
    ["A:\n  'C^x': 1\n", "name 'Cx' in Cx"],
    ["A:\n  C^:\n    B: 1\n", "name C in C"],
    ["A:\n  - B: 1\n    C^\n    D: 1\n", "name C in B"],
    ["A:\n  - C^\n    D: 1\n", "name C in C"],
    ["Resources:\n  A: 1\n  B^\n  C: 1\n", "name B in A"],
    ["A: 1\nRes^\nB: 1\n", "name Res in A"],
    ["A:\n  C ^: 1\n", undefined],
    ["A:\n ^ C: 1\n", undefined],
    ["Res^", undefined],
  ],
  "the value of a member": [
    ["A: ^", "value of A in A"],
    ["A: ^\nB: 1\n", "value of A in A"],
    ["A:^\n", undefined],
    ["A:\n  B: tr^\n", "value of B tr in B"],
    ["A:\n  B: ^true\n", "value of B true in B"],
    ["A:\n  B: 'te^xt'\n", "value of B 'text' in B"],
    ["A:\n  B: 'te^xt\n  C: 'text'\n", "value of B 'text in B"],
    ["A:\n  B: te^xt of some words # c\n", "value of B text of some words in B"],
    ["A:\n  - B: ^\n", "value of B in B"],
    ["A:\r\n  B: ^\r\n", "value of B in B"],
    ["A: ^\n  B: 1\n", undefined],
    ["A: text ^\n", undefined],
    ["A: text\n  and ^more\n", undefined],
    ["A: !Re^f B\n", "value of A !Ref B in A"],
    ["A: !Ref B^\n", "value of A !Ref B in A"],
    ["A: !^\nB: !C d\n", "value of A ! in A"],
    ["B: !C d\nA: !^\n", "value of A ! in B"],
    ["A: !Ref ^\nB: 1\n", "value of A !Ref  in A"],
    ["A: !If [b, c^]\n", "item c in list"],
    ["A: !Sub |\n  b^\n", undefined],
    ["A: *b^\n", undefined],
    ["A: &b ^\n", undefined],
  ],
  "a value, or the first name of one, deeper than its name": [
    ["A:\n  ^", "value or name of A in A"],
    ["A:\n  B:\n    ^\n  C: 1\n", "value or name of B in B"],
    ["A:\n  - B:\n      ^\n", "value or name of B in B"],
    ["A:\n  B: # c\n    ^\n", "value or name of B in B"],
    ["A:\n  B:\n    C^\n  C: 1\n", "value or name of B C in B"],
    ["Resources:\n  A:\n    ^\n  B:\n    C: 1\n", "value or name of A in A"],
    ["Resources:\n  A:\n    Ty^\n  B:\n    C: 1\n", "value or name of A Ty in A"],
    ["A:\n  B:\n  ^\n", "name in B"],
  ],
  "an item": [
    ["A:\n  - ^", "item or name in list"],
    ["A:\n  - ^\nB: 1\n", "item or name in list"],
    ["A:\n  - a\n  - ^\n  - b\n", "item or name in list"],
    ["A:\n  - a^b\n", "item or name ab in list"],
    ["A:\n- ^\nB: 1", "item or name in list"],
    ["A:\n  - - ^\n", "item or name in list"],
    ["A:\n  - B: 1\n  - C^\n", "item or name C in list"],
    ["A: !If\n  - B\n  - ^\n", "item or name in list"],
    ["A:\n  -^\n", undefined],
    ["A:\n  ^- a\n", undefined],
    ["A:\n  - a\n  ^\n", undefined],
  ],
  "in flow style": [
    ["A: {^}", "name in nothing"],
    ["A: { ^ }", "name in nothing"],
    ["A: {b^}", "name b in b"],
    ["A: {b: ^}", "value of b in b"],
    ["A: {b: c^d}", "value of b cd in b"],
    ["A: {b: 1, ^}", "name in b"],
    ["A: {b: 1, ^", "name in b"],
    ["A: {b: 1,\n  ^\n", "name in b"],
    ["A: {b: 1,\n  c^\nD: 1\n", "name c in b"],
    ["A: {b: 1,\n  c^\n  d: 2}\n", "name c in b"],
    ["A: {b: 1,\n  c\n  d^: 2}\n", undefined],
    ["A: {b: 1,\n^\nD: 1\n", "name in A"],
    ["A: {b: 'c' ^}", "name in b , behind A: {b: 'c'"],
    ["A: {b: [c] ^}", "name in b , behind A: {b: [c]"],
    ["A: {b: , ^}", "name in b"],
    ["A: [^]", "item in list"],
    ["A: [a, ^]", "item in list"],
    ["A: [a^b, c]", "item ab in list"],
    ["A: [a, {b: ^}]", "value of b in b"],
    ["A: [[a] ^]", "item in list , behind A: [[a]"],
    ["A: !If [B, {c: ^}, d]", "value of c in c"],
    ["A: !If [B, ^]", "item in list"],
    ["A: !If [B, !Re^f c]", "item !Ref c in list"],
    ["A: {B: !Ref ^}", "value of B !Ref  in B"],
    ["A: {B: !^, C: 1}", "value of B ! in B"],
    ["A: [a, # ^\n  b]", undefined],
    ["A: [a, # c\n  ^]", "item in list"],
    ["A: {b: 1}^", undefined],
    ["A:\n  B: {c: 1}\n  ^", "name in B"],
  ],
  nothing: [
    ["^", undefined],
    ["# ^\nA: 1", undefined],
    ["A: 1 # ^", undefined],
    ["A: # ^", undefined],
    ["A:\n  # ^\n  B: 1", undefined],
    ["A:\n  B: 1\n  #^", undefined],
    ["A: |\n  te^xt\n", undefined],
    ["A: |\n  text\n  ^\n", undefined],
    ["A: |\n  a\n^\n  b\n", undefined],
    ["A: |^\n  text\n", undefined],
    ["A: !Sub |\n  te^xt\n", undefined],
    ["A: !Sub |\n  text\n  ^\n  text\n", undefined],
    ["A: 'a\n  ^\n  b'\n", undefined],
    ["A: |\n  text\n^\n", "name in A"],
    ["{a: 1}: 2\n^", "name in {a: 1}"],
  ],
};

for (const [name, all] of Object.entries(cases))
  describe(`a cursor may write ${name}:`, () => {
    for (const [marked, expected] of all)
      test(JSON.stringify(marked), () => {
        assert.equal(at(marked), expected);
      });
  });

test("What is typed is around the cursor, in one line, whatever the text", () => {
  const property = fc.property(fc.oneof(anyText, damagedText), fc.nat(), (text, any) => {
    const offset = any % (text.length + 1);
    const cursor = cursorAt(parseYaml(text), offset);
    if (cursor === undefined) return;
    const { start, end } = cursor.typed;
    assert.ok(start <= offset && offset <= end, `${start} ${offset} ${end}`);
    assert.ok(!text.slice(start, end).includes("\n"));
    assert.equal(cursor.at === "value", cursor.member !== undefined);
    assert.equal(cursor.at === "item", cursor.container.kind === "list");
  });
  holds(property, 500);
});
