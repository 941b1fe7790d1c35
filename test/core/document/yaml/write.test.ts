// How changes are written in YAML: each example is the text before, what is wished for, and the text after.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parse } from "yaml";
import type { Change, Entry } from "../../../../src/core/document/change.ts";
import { type Json, type Member, memberOf, type Node, type Tree } from "../../../../src/core/document/tree.ts";
import { parseYaml } from "../../../../src/core/document/yaml/read.ts";
import { renderYamlChanges } from "../../../../src/core/document/yaml/write.ts";
import { finish } from "../../../../src/core/steps.ts";
import { applyEdits } from "../../../../src/core/text.ts";

/** Names of members, and indexes of items. */
type Path = readonly (string | number)[];
type Wish = (root: Node) => Change;

function nodeAt(root: Node, path: Path): Node {
  let node = root;
  for (const part of path) {
    const next = typeof part === "number" ? node.kind === "list" && node.items[part] : memberOf(node, part)?.value;
    if (next === undefined || next === false) assert.fail(path.join("."));
    node = next;
  }
  return node;
}

function memberAt(root: Node, path: Path): Member {
  return memberOf(nodeAt(root, path.slice(0, -1)), String(path.at(-1))) ?? assert.fail(path.join("."));
}

function entryAt(root: Node, path: Path): Entry {
  return typeof path.at(-1) === "number" ? nodeAt(root, path) : memberAt(root, path);
}

function objectAt(root: Node, path: Path): Node & { readonly kind: "object" } {
  const node = nodeAt(root, path);
  return node.kind === "object" ? node : assert.fail(path.join("."));
}

function listAt(root: Node, path: Path): Node & { readonly kind: "list" } {
  const node = nodeAt(root, path);
  return node.kind === "list" ? node : assert.fail(path.join("."));
}

const set =
  (path: Path, value: Json): Wish =>
  (root) => ({ kind: "set", node: nodeAt(root, path), value });
const add =
  (path: Path, key: string, value: Json): Wish =>
  (root) => ({ kind: "add", to: objectAt(root, path), key, value });
const append =
  (path: Path, value: Json): Wish =>
  (root) => ({ kind: "append", to: listAt(root, path), value });
const remove =
  (path: Path): Wish =>
  (root) => ({ kind: "remove", entry: entryAt(root, path) });
const rename =
  (path: Path, key: string): Wish =>
  (root) => ({ kind: "rename", member: memberAt(root, path), key });
const move =
  (path: Path, to: Path, key?: string): Wish =>
  (root) => ({
    kind: "move",
    member: memberAt(root, path),
    to: objectAt(root, to),
    ...(key === undefined ? {} : { key }),
  });
const lift =
  (part: Path, whole: Path): Wish =>
  (root) => ({ kind: "lift", part: nodeAt(root, part), whole: nodeAt(root, whole) });
const wrap =
  (path: Path, key: string, before: { readonly [key: string]: Json } = {}): Wish =>
  (root) => ({ kind: "wrap", node: nodeAt(root, path), key, before });
const enlist =
  (path: Path): Wish =>
  (root) => ({ kind: "enlist", node: nodeAt(root, path) });
const enclose =
  (to: Path, key: string, ...members: readonly Path[]): Wish =>
  (root) => ({
    kind: "enclose",
    to: objectAt(root, to),
    key,
    members: members.map((path) => ({ member: memberAt(root, path) })),
  });

interface Example {
  readonly name: string;
  readonly before: string;
  readonly wishes: readonly Wish[];
  readonly after: string;
}

/** A text without the blanks that its first line begins with. */
function lines([text = ""]: TemplateStringsArray): string {
  const all = text.slice(1).split("\n").slice(0, -1);
  const indent = all[0]?.search(/\S/) ?? 0;
  return all.map((line) => `${line.slice(indent)}\n`).join("");
}

function example(name: string, before: string, wishes: readonly Wish[], after: string): Example {
  return { name, before, wishes, after };
}

function write(tree: Tree, wishes: readonly Wish[]): string {
  const { root } = tree;
  assert.ok(root !== undefined);
  return applyEdits(
    tree.text,
    finish(
      renderYamlChanges(
        tree,
        wishes.map((wish) => wish(root)),
      ),
    ),
  );
}

function check(title: string, examples: readonly Example[]): void {
  describe(title, () => {
    for (const { name, before, wishes, after } of examples) {
      test(name, () => {
        assert.equal(write(parseYaml(before), wishes), after);
        const crlf = (text: string): string => text.replaceAll("\n", "\r\n");
        if (!before.includes("\r")) assert.equal(write(parseYaml(crlf(before)), wishes), crlf(after));
      });
    }
  });
}

const origins = lines`
  Origins: # all of them
    - Id: a # first
      # where it is
      DomainName: a.example.com
    # the second
    - Id: b
      Body: |
        x
  # what it is for
  Comment: none # yet
  `;

check("to add", [
  example(
    "behind the last member, at its column; what is not concerned stays",
    origins,
    [add(["Origins", 0], "Port", 443), add([], "Enabled", true)],
    lines`
      Origins: # all of them
        - Id: a # first
          # where it is
          DomainName: a.example.com
          Port: 443
        # the second
        - Id: b
          Body: |
            x
      # what it is for
      Comment: none # yet
      Enabled: true
      `,
  ),
  example(
    "behind a text of several lines",
    origins,
    [add(["Origins", 1], "Tags", ["x", "z"])],
    lines`
      Origins: # all of them
        - Id: a # first
          # where it is
          DomainName: a.example.com
        # the second
        - Id: b
          Body: |
            x
          Tags:
            - x
            - z
      # what it is for
      Comment: none # yet
      `,
  ),
  example(
    "an item as the others are written",
    "Origins:\n- Id: a\n  Port: 1\nNext: 1\n",
    [append(["Origins"], { Id: "b", Names: ["c"], More: { Deep: {} } })],
    "Origins:\n- Id: a\n  Port: 1\n- Id: b\n  Names:\n  - c\n  More:\n    Deep: {}\nNext: 1\n",
  ),
  example(
    "an item with as many blanks behind its dash",
    "Origins:\n    -   Id: a\n        Port: 1\n",
    [append(["Origins"], { Id: "b", Port: 2 })],
    "Origins:\n    -   Id: a\n        Port: 1\n    -   Id: b\n        Port: 2\n",
  ),
  example(
    "in the indentation of the file",
    "A:\n    B: 1\n",
    [add(["A"], "C", { D: { E: ["f"] } })],
    "A:\n    B: 1\n    C:\n        D:\n            E:\n              - f\n",
  ),
  example(
    "in quotes where those beside are",
    "A:\n  B: 'x'\n  C: 'y'\nD:\n  E: \"x\"\nF:\n  G: x\n",
    [add(["A"], "New", "new"), add(["D"], "New", "new"), add(["F"], "New", "new")],
    "A:\n  B: 'x'\n  C: 'y'\n  New: 'new'\nD:\n  E: \"x\"\n  New: \"new\"\nF:\n  G: x\n  New: new\n",
  ),
  example("to empty braces, in place of them", "A: {} # none\n", [add(["A"], "B", "c")], "A: # none\n  B: c\n"),
  example(
    "to empty brackets",
    "A:\n- []\nB: []\n",
    [append(["B"], { C: 1, D: 2 }), append(["A", 0], 1)],
    "A:\n- - 1\nB:\n- C: 1\n  D: 2\n",
  ),
  example("to all in braces", "A: {}\n", [add([], "B", 1)], "A: {}\nB: 1\n"),
  example(
    "on one line, where it is one",
    "A: { B: 1, C: [x] }\n",
    [add(["A"], "D", "a, b"), append(["A", "C"], "z")],
    'A: { B: 1, C: [x, z], D: "a, b" }\n',
  ),
  example(
    "without blanks where there are none",
    "A: {B: 1}\n",
    [add(["A"], "D", { E: [1, 2] })],
    "A: {B: 1, D: {E: [1, 2]}}\n",
  ),
  example(
    "on lines, where braces have some",
    "A: {\n  B: 1, # one\n  C: 2 # two\n}\n",
    [add(["A"], "D", "x")],
    "A: {\n  B: 1, # one\n  C: 2, # two\n  D: x\n}\n",
  ),
  example(
    "a reference in its short form",
    "A: !Ref B\n",
    [add([], "C", { Ref: "D" }), add([], "E", { "Fn::GetAtt": ["F", "Arn"] }), add([], "G", { "Fn::Sub": "${H}/i" })],
    "A: !Ref B\nC: !Ref D\nE: !GetAtt F.Arn\nG: !Sub ${H}/i\n",
  ),
  example(
    "a reference at length, where the file writes all so",
    "A:\n  Ref: B\n",
    [add([], "C", { Ref: "D" })],
    "A:\n  Ref: B\nC:\n  Ref: D\n",
  ),
  example(
    "a function within another",
    "A: 1\n",
    [
      add([], "B", { "Fn::If": ["c", { Ref: "D" }, { E: 1 }] }),
      add([], "F", { "Fn::Base64": { "Fn::Sub": "x" } }),
      add([], "G", { "Fn::Join": ["-", ["a", "b"]] }),
    ],
    'A: 1\nB: !If\n  - c\n  - !Ref D\n  - E: 1\nF:\n  Fn::Base64: !Sub x\nG: !Join\n  - "-"\n  - - a\n    - b\n',
  ),
  example(
    "a text of several lines",
    "A:\n  B: x\n",
    [add(["A"], "C", "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n"), add(["A"], "D", "no\nend")],
    "A:\n  B: x\n  C: |\n    -----BEGIN CERTIFICATE-----\n    MII\n    -----END CERTIFICATE-----\n  D: |-\n    no\n    end\n",
  ),
  example(
    "behind comments that are deeper, before those that are not",
    "A:\n  B: 1\n  # C: 2\n# next\nD: 1\n",
    [add(["A"], "E", 3)],
    "A:\n  B: 1\n  # C: 2\n  E: 3\n# next\nD: 1\n",
  ),
  example("where the last line has no end", "A:\n  B: 1 # x", [add(["A"], "C", 2)], "A:\n  B: 1 # x\n  C: 2"),
  example("before the end of the document", "---\nA: 1\n...\n", [add([], "B", 2)], "---\nA: 1\nB: 2\n...\n"),
  example(
    "behind a text that keeps its empty lines",
    "A: |+\n  x\n\n\nB: 1\n",
    [remove(["B"]), add([], "C", 1)],
    "A: |+\n  x\n\n\nC: 1\n",
  ),
  example(
    "to what has an anchor",
    "A:\n- &x\n  B: 1\n- &y {}\n",
    [add(["A", 0], "C", 2), add(["A", 1], "C", 2)],
    "A:\n- &x\n  B: 1\n  C: 2\n- &y\n  C: 2\n",
  ),
]);

check("to set", [
  example(
    "a text, in the quotes it has",
    "A: 'x' # c\nB: x\nC: x\n",
    [set(["A"], "z"), set(["B"], "w")],
    "A: 'z' # c\nB: w\nC: x\n",
  ),
  example(
    "what would be something else without quotes",
    "A: x\nB: x\nC: x\n",
    [set(["A"], "on"), set(["B"], "22:22"), set(["C"], "")],
    'A: "on"\nB: "22:22"\nC: ""\n',
  ),
  example(
    "an ARN needs none",
    "A: x\n",
    [set(["A"], "arn:aws:acm:us-east-1:123456789012:certificate/1-2")],
    "A: arn:aws:acm:us-east-1:123456789012:certificate/1-2\n",
  ),
  example("numbers and flags as they are", "A: x\nB: x\n", [set(["A"], 80), set(["B"], true)], "A: 80\nB: true\n"),
  example("a text for a number", "A: 80\n", [set(["A"], "80")], 'A: "80"\n'),
  example(
    "an object for a text",
    "A: x # c\nB: 1\n",
    [set(["A"], { C: 1, D: ["e"] })],
    "A: # c\n  C: 1\n  D:\n    - e\nB: 1\n",
  ),
  example("an object for an item", "A:\n  - x # c\n", [set(["A", 0], { C: 1, D: 2 })], "A:\n  - C: 1 # c\n    D: 2\n"),
  example(
    "a text for an object",
    origins,
    [set(["Origins"], "none")],
    "Origins: none # all of them\n# what it is for\nComment: none # yet\n",
  ),
  example("a text for an item", "A:\n- B: 1\n  C: 2\n- D\n", [set(["A", 0], "x")], "A:\n- x\n- D\n"),
  example(
    "an object for a list at the column of its name",
    "A:\n- x\nB:\n- y\n",
    [set(["A"], { C: 1, D: ["z"] })],
    "A:\n  C: 1\n  D:\n  - z\nB:\n- y\n",
  ),
  example(
    "the whole call",
    "A: !If [a, b, c] # c\nB: !Sub |\n  x\n",
    [set(["A"], "x"), set(["B"], { Ref: "C" })],
    "A: x # c\nB: !Ref C\n",
  ),
  example(
    "in braces",
    "A: {B: x, C: [1]}\n",
    [set(["A", "B"], "a, b"), set(["A", "C"], {})],
    'A: {B: "a, b", C: {}}\n',
  ),
  example("behind an anchor", "A: &x y\nB: *x\n", [set(["A"], { C: 1 })], "A: &x\n  C: 1\nB: *x\n"),
  example(
    "nothing, where it is so",
    "A: {  B:   1 }\nC: !GetAtt D.Arn\nE:\n    - 'f'\n",
    [set(["A"], { B: 1 }), set(["C"], { "Fn::GetAtt": ["D", "Arn"] }), set(["E"], ["f"])],
    "A: {  B:   1 }\nC: !GetAtt D.Arn\nE:\n    - 'f'\n",
  ),
]);

check("to remove", [
  example(
    "a member, with the comment behind it; the one above stays",
    "A: 1\n# b\nB: 2 # two\nC: 3\n",
    [remove(["B"])],
    "A: 1\n# b\nC: 3\n",
  ),
  example(
    "the first member of an item: the next one moves up",
    "A:\n- B: 1 # b\n  C: 2\n- D: 1\n",
    [remove(["A", 0, "B"])],
    "A:\n- C: 2\n- D: 1\n",
  ),
  example(
    "the first member of an item, before a comment",
    "A:\n- B: 1\n  # c\n  C: 2\n",
    [remove(["A", 0, "B"])],
    "A:\n- # c\n  C: 2\n",
  ),
  example(
    "all members: braces stay",
    "A: # a\n  B: 1\n  # c\n  C: 2\nD: 1\n",
    [remove(["A", "B"]), remove(["A", "C"])],
    "A: {} # a\n  # c\nD: 1\n",
  ),
  example("all items: brackets stay", "A:\n- B: 1\n- C\nD: 1\n", [remove(["A", 0]), remove(["A", 1])], "A: []\nD: 1\n"),
  example(
    "all members of an item",
    "A:\n- B: 1\n  C: 2\n",
    [remove(["A", 0, "B"]), remove(["A", 0, "C"])],
    "A:\n- {}\n",
  ),
  example("all there is", "A: 1\n", [remove(["A"])], "{}\n"),
  example("the last line, which has no end", "A: 1\nB: 2", [remove(["B"])], "A: 1"),
  example("the first line", "A: 1\nB: 2\nC: 3\n", [remove(["A"]), remove(["B"])], "C: 3\n"),
  example(
    "in braces",
    "A: { B: 1, C: 2, D: 3 }\nE: [1, 2]\nF: {G: 1}\n",
    [remove(["A", "B"]), remove(["A", "D"]), remove(["E", 1]), remove(["F", "G"])],
    "A: { C: 2 }\nE: [1]\nF: {}\n",
  ),
  example(
    "in braces on lines",
    "A: {\n  B: 1, # one\n  # two\n  C: 2 # c\n}\n",
    [remove(["A", "C"])],
    "A: {\n  B: 1 # one\n  # two\n}\n",
  ),
  example(
    "what has an anchor, or all of what has one",
    "A: &x\n  B: 1\nC: &y 1\nD: *x\n",
    [remove(["A", "B"]), remove(["C"])],
    "A: &x {}\nD: *x\n",
  ),
  example(
    "and add in place of it",
    "A:\n  - B: 1\n    C: 2\n",
    [remove(["A", 0, "B"]), remove(["A", 0, "C"]), add(["A", 0], "D", { E: 1 })],
    "A:\n  - D:\n      E: 1\n",
  ),
]);

check("to rename", [
  example(
    "the name alone, with its quotes",
    "'A' : 1 # c\nB:\n  C: 1\n",
    [rename(["A"], "X"), rename(["B"], "Off"), rename(["B", "C"], "Z")],
    "'X' : 1 # c\n'Off':\n  Z: 1\n",
  ),
  example(
    "in braces",
    'A: {"B": 1, C: 2}\n',
    [rename(["A", "B"], "X"), rename(["A", "C"], "Z")],
    'A: {"X": 1, Z: 2}\n',
  ),
]);

check("to move", [
  example(
    "a member with its comments, to another depth",
    origins,
    [move(["Origins", 1, "Body"], []), move(["Comment"], ["Origins", 0], "Note")],
    lines`
      Origins: # all of them
        - Id: a # first
          # where it is
          DomainName: a.example.com
          # what it is for
          Note: none # yet
        # the second
        - Id: b
      Body: |
        x
      `,
  ),
  example(
    "what changes in it too",
    "A:\n  B:\n    C: 1 # c\nD:\n    E: 1\n",
    [move(["A", "B"], []), set(["A", "B", "C"], 2), add(["A", "B"], "F", 3)],
    "A: {}\nD:\n    E: 1\nB:\n  C: 2 # c\n  F: 3\n",
  ),
  example(
    "out of braces",
    "A: {B: [1, !Ref X], C: 2}\nD:\n  E: 1\n",
    [move(["A", "B"], ["D"])],
    "A: {C: 2}\nD:\n  E: 1\n  B: [1, !Ref X]\n",
  ),
  example(
    "into braces, where comments have no line",
    "A: {B: 1}\nC: # c\n  - !Sub |\n    x\n  - D: 1 # d\nE: 1\n",
    [move(["C"], ["A"])],
    'A: {B: 1, C: [!Sub "x\\n", {D: 1}]}\n# c\n# d\nE: 1\n',
  ),
  example("into empty braces", "A: {}\n# b\nB: 1\n", [move(["B"], ["A"])], "A:\n  # b\n  B: 1\n"),
]);

check("to enclose, wrap, enlist and lift", [
  example(
    "members in a new object",
    "A:\n  # b\n  B: 1\n  C: 2 # c\n  D: 3\n",
    [enclose(["A"], "E", ["A", "B"], ["A", "C"])],
    "A:\n  D: 3\n  E:\n    # b\n    B: 1\n    C: 2 # c\n",
  ),
  example("members in braces", "A: {B: 1, C: 2}\n", [enclose(["A"], "E", ["A", "B"])], "A: {C: 2, E: {B: 1}}\n"),
  example(
    "a list in an object",
    "A: # a\n  # b\n  - B: 1\n    C: 2\nD: 1\n",
    [wrap(["A"], "Items", { Quantity: 1 })],
    "A: # a\n  # b\n  Quantity: 1\n  Items:\n    - B: 1\n      C: 2\nD: 1\n",
  ),
  example(
    "a list at the column of its name",
    "A:\n- B\nD: 1\n",
    [wrap(["A"], "Items", { Quantity: 1 })],
    "A:\n  Quantity: 1\n  Items:\n  - B\nD: 1\n",
  ),
  example(
    "a list with an anchor, emptied as well",
    "A: &x\n- B\n",
    [wrap(["A"], "C"), remove(["A", 0])],
    "A:\n  C: &x []\n",
  ),
  example(
    "a text in an object",
    "A: x # c\nB: [y]\n",
    [wrap(["A"], "C", { D: "e" }), wrap(["B", 0], "C")],
    "A:\n  D: e\n  C: x # c\nB: [{ C: y }]\n",
  ),
  example("an item in an object", "A:\n- B: 1\n  C: 2\n", [wrap(["A", 0], "D")], "A:\n- D:\n    B: 1\n    C: 2\n"),
  example("all there is in an object", "# a\nA: 1\nB: 2\n", [wrap([], "C")], "# a\nC:\n  A: 1\n  B: 2\n"),
  example(
    "a value in a list",
    "A: x # c\nB:\n  C: 1\n  D: |\n    y\n",
    [enlist(["A"]), enlist(["B"])],
    "A:\n  - x # c\nB:\n  - C: 1\n    D: |\n      y\n",
  ),
  example("a value in a list, in braces", "A: {B: x}\n", [enlist(["A", "B"])], "A: {B: [x]}\n"),
  example(
    "a list out of what counts it",
    "A:\n  Origins:\n    Quantity: 1 # q\n    # all\n    Items:\n      - B: 1\n        C: 2\n      - D # d\n  E: 1\n",
    [lift(["A", "Origins", "Items"], ["A", "Origins"])],
    "A:\n  Origins:\n    # q\n    # all\n    - B: 1\n      C: 2\n    - D # d\n  E: 1\n",
  ),
  example(
    "a list at the column of its name",
    "Origins:\n  Quantity: 1\n  Items:\n  - B: 1\nE: 1\n",
    [lift(["Origins", "Items"], ["Origins"])],
    "Origins:\n- B: 1\nE: 1\n",
  ),
  example("in braces", "A: {Quantity: 2, Items: [a, b]} # c\n", [lift(["A", "Items"], ["A"])], "A: [a, b] # c\n"),
  example(
    "braces out of lines",
    "A:\n  Quantity: 2\n  Items: [a, b] # c\nD: 1\n",
    [lift(["A", "Items"], ["A"])],
    "A: [a, b] # c\nD: 1\n",
  ),
  example("the only item", "A:\n  - B: 1\n    C: 2\n", [lift(["A", 0], ["A"])], "A:\n  B: 1\n  C: 2\n"),
  example("to the root", "Config:\n  # a\n  A: 1\n  B:\n    - c\n", [lift(["Config"], [])], "# a\nA: 1\nB:\n  - c\n"),
]);

test("A text is read as that text by YAML 1.1 and 1.2, with and without brackets", () => {
  const texts = [
    ..."|~|y|N|yes|No|ON|off|true|False|null|NULL|1|-1|+1|0|017|0o7|0x1F|0b1|1_000|1.5|.5|1.|1e3|-1.5E-3|.inf|-.INF|.NaN".split(
      "|",
    ),
    ..."22:22|190:20:30|1:2.5|2020-01-01|2001-12-14t21:59:43.10-05:00| a|a |a: b|a:|:|: a|a #b|#a|a#b|-|- a|-a|--- a|---|...".split(
      "|",
    ),
    ..."?|? a|?a|*a|&a|!a|%a|@a|`a|'a|\"a|'a'|a'b|a\"b|[a|{a|]|}|,|a, b|a,b|{{x}}|${A}|>|>a|=|<<|a\\b|\\|a:b|http://x".split(
      "|",
    ),
    ..."arn:aws:acm:us-east-1:1:certificate/a|123456789012|é|日本|😀|1.2.3|10.0.0.0/8|1-2|0x|e5|12e|_1|1__0".split("|"),
    "|",
    "|a",
    "a|b",
    "a\tb",
    "\ta",
    "a\nb",
    "a\n",
    "\na",
    "a\n\nb\n",
    "a\n\n",
    " a\nb",
    "a\n b",
    "a \nb",
    "#a\nb",
    "a\r\nb",
    "\u0007",
    "\u0085",
    "\u00a0a",
    "\u2028",
    "\ufeffa",
    "\ud800",
    "\u{1ffff}",
    "--- a\nb",
  ];
  for (const text of texts) {
    for (const before of ["A: x\n", "A: [x]\n", "A:\n- x\n", "A:\n- B: x\n"]) {
      const tree = parseYaml(before);
      const path = before.includes("B") ? ["A", 0, "B"] : before === "A: x\n" ? ["A"] : ["A", 0];
      const after = write(tree, [set(path, text)]);
      const { root, problems } = parseYaml(after);
      assert.deepEqual(problems, [], after);
      const read = nodeAt(root ?? assert.fail(), path);
      assert.deepEqual(read.kind === "scalar" && read.value, text, after);
      for (const version of ["1.1", "1.2"] as const) {
        const value = JSON.stringify(parse(after, { version, logLevel: "silent" }));
        assert.equal(value, JSON.stringify(parse(before.replace("x", JSON.stringify(text)))), `${version}: ${after}`);
      }
    }
  }
});

test("A text has no quotes where it needs none", () => {
  const texts = "a|a b|a:b|arn:aws:s3:::x/*|-a|a#b|${A}-x|http://x/?y=z|a,b|[x]y"
    .split("|")
    .filter((text) => !text.startsWith("["));
  for (const text of texts) assert.equal(write(parseYaml("A: x\n"), [set(["A"], text)]), `A: ${text}\n`);
});

describe("nothing is written", () => {
  const nothing: readonly (readonly [string, string, Wish])[] = [
    ["where the text is broken", "A:\n  B: [1\n  C: 2\n", add(["A"], "D", 1)],
    ["into an object without braces", "A: [B: 1]\n", add(["A", 0], "C", 1)],
    ["where dashes without an item follow", "A:\n- B\n-\n", set(["A"], "x")],
    ["of what an alias stands for, where that stays", "A: &x 1\nB: *x\n", remove(["A"])],
    ["of a name that stands behind a question mark", "A:\n  ? B\n  : C\nD: {}\n", move(["A", "B"], ["D"])],
    ["of a member that goes into itself", "A:\n  B:\n    C: 1\n", move(["A", "B"], ["A", "B"])],
  ];
  for (const [name, text, wish] of nothing) test(name, () => assert.equal(write(parseYaml(text), [wish]), text));
});
