import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import {
  memberOf,
  type Node,
  type ObjectNode,
  objectAt,
  type Tree,
  valueOf,
} from "../../../../src/core/document/tree.ts";
import { editYaml, parseYaml, parseYamlInSteps } from "../../../../src/core/document/yaml/read.ts";
import { applyEdits, type TextEdit } from "../../../../src/core/text.ts";
import { holds } from "../../../randomly.ts";
import { type AnyEdit, anyEdit, anyText, damagedText, editOf, flat, flatNode, templateText } from "./texts.ts";

describe("after an edit a tree is as if it had been read anew", () => {
  for (const [name, texts] of [
    ["of a template", templateText],
    ["of one with a line too many", damagedText],
    ["of any lines", anyText],
  ] as const)
    test(name, () => {
      holds(fc.property(texts, fc.array(anyEdit, { minLength: 1, maxLength: 5 }), isAsReadAnew), 150);
    });
});

function isAsReadAnew(text: string, edits: readonly AnyEdit[]): void {
  let tree = parseYaml(text);
  for (const any of edits) {
    const edit = editOf(tree.text, any);
    const wanted = applyEdits(tree.text, [edit]);
    const before = objectsOf(tree.root).map((object) => {
      object.kept = ["kept"];
      return [object, tree.text.slice(object.start, object.end), flatNode(object, object.start)] as const;
    });
    tree = editYaml(tree, edit);
    assert.equal(tree.text, wanted);
    assert.deepEqual(flat(tree), flat(parseYaml(wanted)));
    const there = new Set(objectsOf(tree.root));
    for (const [object, said, shape] of before) {
      if (object.kept === undefined || !there.has(object)) continue;
      assert.equal(tree.text.slice(object.start, object.end), said);
      assert.deepEqual(flatNode(object, object.start), shape);
    }
  }
}

function objectsOf(node: Node | undefined): ObjectNode[] {
  switch (node?.kind) {
    case "object":
      return [node, ...node.members.flatMap(({ value }) => objectsOf(value))];
    case "list":
      return node.items.flatMap(objectsOf);
    case "computed":
      return objectsOf(node.call?.argument);
    default:
      return [];
  }
}

const resource = (name: string) => `  ${name}:\n    Type: !Ref A\n    Properties:\n      Name: [x]\n`;
const template = `Transform: a\nResources:\n${["One", "Two", "Three"].map(resource).join("")}Outputs:\n  A:\n    Value: b\n`;

/** What is still there of a template after an edit, of `Transform`, the resources and `Outputs`. */
function stays(edit: (text: string) => TextEdit): string[] {
  const tree = parseYaml(template);
  const inner = (of: Tree, name: string) => valueOf(of.root, "Resources", name);
  const all: readonly (readonly [string, Node | undefined])[] = [
    ["Resources", objectAt(tree.root, "Resources")],
    ...["One", "Two", "Three"].map((name) => [name, inner(tree, name)] as const),
    ["Outputs", objectAt(tree.root, "Outputs")],
  ];
  for (const object of objectsOf(tree.root)) object.kept = ["kept"];
  const after = editYaml(tree, edit(template));
  assert.equal(after.root, tree.root);
  assert.equal(tree.root?.kind === "object" && tree.root.kept, undefined);
  const there = new Set(objectsOf(after.root));
  return all
    .filter(([, node]) => node?.kind === "object" && there.has(node))
    .map(([name, node]) => (node?.kind === "object" && node.kept === undefined ? `${name} emptied` : name));
}

const at = (text: string, mark: string, length: number, inserted: string): TextEdit => {
  const start = text.indexOf(mark);
  return { span: { start, end: start + length }, text: inserted };
};

describe("only what an edit concerns is read again:", () => {
  for (const [name, edit, wanted] of [
    ["a value", (text) => at(text, "x]\n  Three", 1, "yy"), ["Resources emptied", "One", "Three", "Outputs"]],
    [
      "a new resource",
      (text) => at(text, "  Two", 0, "  New: {}\n"),
      ["Resources emptied", "One", "Two", "Three", "Outputs"],
    ],
    [
      "a half-typed one",
      (text) => at(text, "  Two", 0, "  Ne\n"),
      ["Resources emptied", "One", "Two", "Three", "Outputs"],
    ],
    [
      "one that goes",
      (text) => at(text, "  Two", resource("Two").length, ""),
      ["Resources emptied", "One", "Three", "Outputs"],
    ],
    ["a comment", (text) => at(text, "Transform", 0, "# c\n"), ["Resources", "One", "Two", "Three", "Outputs"]],
    [
      "another key of the root",
      (text) => at(text, "Outputs", 0, "Map\n"),
      ["Resources", "One", "Two", "Three", "Outputs"],
    ],
    [
      "one that is typed behind a blank line",
      (text) => at(text, "\nOutputs", 1, "\n\nMap\n\n"),
      ["Resources emptied", "One", "Two", "Outputs"],
    ],
    [
      "a section's own line",
      (text) => at(text, "\n  One", 0, " # c"),
      ["Resources emptied", "One", "Two", "Three", "Outputs"],
    ],
    ["a section's name", (text) => at(text, "ources", 1, "x"), ["Outputs"]],
  ] as const satisfies readonly (readonly [string, (text: string) => TextEdit, readonly string[]])[])
    test(name, () => {
      assert.deepEqual(stays(edit), wanted);
    });
});

test("Reading can be left after each piece", () => {
  const text = `Resources:\n${Array.from({ length: 300 }, (_, index) => resource(`R${index}`)).join("")}`;
  let count = 0;
  for (const steps = parseYamlInSteps(text); steps.next().done !== true; ) count++;
  assert.ok(count > 300);
});

test("Places are counted in UTF-16, with a byte order mark and line ends of any kind", () => {
  for (const end of ["\n", "\r\n"]) {
    const text = ["\ufeffDescription: 😀é", "Resources:", "  Añ😀:", "    Type: 'ü'", ""].join(end);
    const { root, problems } = parseYaml(text);
    assert.deepEqual(problems, []);
    const member = memberOf(objectAt(root, "Resources"), "Añ😀");
    assert.equal(text.slice(member?.keySpan.start, member?.keySpan.end), "Añ😀");
    const value = valueOf(member?.value, "Type");
    assert.equal(text.slice(value?.start, value?.end), "'ü'");
    const description = valueOf(root, "Description");
    assert.equal(text.slice(description?.start, description?.end), "😀é");
  }
});
