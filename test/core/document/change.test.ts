import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type ParseError, parse } from "jsonc-parser";
import type { Change } from "../../../src/core/document/change.ts";
import { parseJson } from "../../../src/core/document/json/read.ts";
import { renderChanges } from "../../../src/core/document/json/write.ts";
import {
  type Json,
  type ListNode,
  type Member,
  memberOf,
  type Node,
  type ObjectNode,
  objectAt,
  type Syntax,
  type Tree,
  valueOf,
} from "../../../src/core/document/tree.ts";
import { finish } from "../../../src/core/steps.ts";
import { render } from "../checking.ts";
import { commentsOf, layouts } from "./layouts.ts";

/** A document with every kind of neighbour: only, first, middle, last; scalars, empty and full objects, lists. */
const sample: Json = {
  first: { a: 1, b: "two", c: true },
  only: { single: { deep: null } },
  empty: {},
  list: [1, { in: "list" }, "three"],
  nested: { block: { x: "y", z: [1, 2] }, after: "s" },
  last: "end",
};

interface Case {
  readonly name: string;
  readonly changes: (tree: Tree) => readonly Change[];
  readonly expected: Json;
}

const member = (tree: Tree, ...path: readonly string[]): Member => {
  const found = memberOf(valueOf(tree.root, ...path.slice(0, -1)), path.at(-1) ?? "");
  assert.ok(found !== undefined, path.join("."));
  return found;
};
const node = (tree: Tree, ...path: readonly string[]): Node => member(tree, ...path).value ?? assert.fail();
const object = (tree: Tree, ...path: readonly string[]): ObjectNode => objectAt(tree.root, ...path) ?? assert.fail();
const list = (tree: Tree, ...path: readonly string[]): ListNode => {
  const found = node(tree, ...path);
  return found.kind === "list" ? found : assert.fail();
};
const item = (tree: Tree, index: number): Node => list(tree, "list").items[index] ?? assert.fail();

const set =
  (...path: readonly string[]) =>
  (value: Json) =>
  (tree: Tree): Change => ({ kind: "set", node: node(tree, ...path), value });
const add =
  (...path: readonly string[]) =>
  (key: string, value: Json) =>
  (tree: Tree): Change => ({ kind: "add", to: object(tree, ...path), key, value });
const remove =
  (...path: readonly string[]) =>
  (tree: Tree): Change => ({ kind: "remove", entry: member(tree, ...path) });
const removeItem =
  (index: number) =>
  (tree: Tree): Change => ({ kind: "remove", entry: item(tree, index) });
const rename =
  (...path: readonly string[]) =>
  (key: string) =>
  (tree: Tree): Change => ({ kind: "rename", member: member(tree, ...path), key });
const move =
  (from: readonly string[], to: readonly string[]) =>
  (tree: Tree): Change => ({ kind: "move", member: member(tree, ...from), to: object(tree, ...to) });

function changing(name: string, expected: Json, ...changes: readonly ((tree: Tree) => Change)[]): Case {
  return { name, expected, changes: (tree) => changes.map((change) => change(tree)) };
}

const full: { readonly [key: string]: Json } = sample;
const first = { a: 1, b: "two", c: true };
const nested = { block: { x: "y", z: [1, 2] }, after: "s" };

const cases: readonly Case[] = [
  changing("set a text", { ...full, last: 'other "quoted"' }, set("last")('other "quoted"')),
  changing("set a number", { ...full, first: { ...first, a: 23 } }, set("first", "a")(23)),
  changing("set a list", { ...full, list: ["x"] }, set("list")(["x"])),
  changing("set an object for a text", { ...full, last: { arn: "a" } }, set("last")({ arn: "a" })),
  changing("set a text for an object", { ...full, nested: "flat" }, set("nested")("flat")),
  changing("set an empty object", { ...full, first: {} }, set("first")({})),
  changing("add to an object", { ...full, first: { ...first, d: { e: "f" } } }, add("first")("d", { e: "f" })),
  changing(
    "add to an object with one member",
    { ...full, only: { single: { deep: null }, more: 1 } },
    add("only")("more", 1),
  ),
  changing("add to an empty object", { ...full, empty: { new: { block: "x" } } }, add("empty")("new", { block: "x" })),
  changing(
    "add two to an empty object",
    { ...full, empty: { a: 1, b: [2] } },
    add("empty")("a", 1),
    add("empty")("b", [2]),
  ),
  changing("add to the root", { ...full, more: { a: [1] } }, add()("more", { a: [1] })),
  changing("add two", { ...full, nested: { ...nested, a: 1, b: 2 } }, add("nested")("a", 1), add("nested")("b", 2)),
  changing(
    "add below and beside",
    { ...full, only: { single: { deep: null, deeper: 1 }, beside: 2 } },
    add("only", "single")("deeper", 1),
    add("only")("beside", 2),
  ),
  changing("remove the first member", without(full, "first"), remove("first")),
  changing("remove a middle member", without(full, "list"), remove("list")),
  changing("remove the last member", without(full, "last"), remove("last")),
  changing("remove the only member", { ...full, only: {} }, remove("only", "single")),
  changing("remove an inner object", { ...full, nested: { after: "s" } }, remove("nested", "block")),
  changing(
    "remove the last of an inner object",
    { ...full, nested: { block: nested.block } },
    remove("nested", "after"),
  ),
  changing("remove the first two", { ...full, first: { c: true } }, remove("first", "a"), remove("first", "b")),
  changing("remove the last two", { ...full, first: { a: 1 } }, remove("first", "b"), remove("first", "c")),
  changing("remove first and last", { ...full, first: { b: "two" } }, remove("first", "a"), remove("first", "c")),
  changing("remove all", { ...full, first: {} }, remove("first", "a"), remove("first", "b"), remove("first", "c")),
  changing("remove the first item", { ...full, list: [{ in: "list" }, "three"] }, removeItem(0)),
  changing("remove a middle item", { ...full, list: [1, "three"] }, removeItem(1)),
  changing("remove the last item", { ...full, list: [1, { in: "list" }] }, removeItem(2)),
  changing("remove the last two items", { ...full, list: [1] }, removeItem(1), removeItem(2)),
  changing("remove all items", { ...full, list: [] }, removeItem(0), removeItem(1), removeItem(2)),
  changing(
    "remove and add in one object",
    { ...full, first: { a: 1, b: "two", d: 4 } },
    remove("first", "c"),
    add("first")("d", 4),
  ),
  changing(
    "remove the first and add",
    { ...full, first: { b: "two", c: true, d: { e: 5 } } },
    remove("first", "a"),
    add("first")("d", { e: 5 }),
  ),
  changing(
    "remove the only one and add",
    { ...full, only: { new: [1] } },
    remove("only", "single"),
    add("only")("new", [1]),
  ),
  changing(
    "remove all and add",
    { ...full, first: { d: 4, e: 5 } },
    remove("first", "a"),
    remove("first", "b"),
    remove("first", "c"),
    add("first")("d", 4),
    add("first")("e", 5),
  ),
  changing(
    "remove the last two and add",
    { ...full, first: { a: 1, d: 4 } },
    remove("first", "b"),
    remove("first", "c"),
    add("first")("d", 4),
  ),
  changing("rename", { ...without(full, "first"), uno: first }, rename("first")("uno")),
  changing(
    "rename and set",
    { ...full, first: { b: "two", c: true, A: 2 } },
    rename("first", "a")("A"),
    set("first", "a")(2),
  ),
  changing(
    "rename and remove beside it",
    { ...full, nested: { Block: nested.block } },
    rename("nested", "block")("Block"),
    remove("nested", "after"),
  ),
  changing(
    "move down into a sibling",
    { ...without(full, "last"), nested: { ...nested, last: "end" } },
    move(["last"], ["nested"]),
  ),
  changing(
    "move up from a sibling",
    { ...full, first: { ...first, block: nested.block }, nested: { after: "s" } },
    move(["nested", "block"], ["first"]),
  ),
  changing("move into an empty object", { ...without(full, "nested"), empty: { nested } }, move(["nested"], ["empty"])),
  changing("move the only member out", { ...full, only: {}, single: { deep: null } }, move(["only", "single"], [])),
  changing(
    "move out of the object it goes beside",
    { ...full, nested: { after: "s", x: "y", block: { z: [1, 2] } } },
    move(["nested", "block", "x"], ["nested"]),
  ),
  changing(
    "move two",
    { ...without(full, "first", "last"), only: { single: { deep: null }, first, last: "end" } },
    move(["first"], ["only"]),
    move(["last"], ["only"]),
  ),
  changing("move by another name", { ...without(full, "last"), nested: { ...nested, end: "end" } }, (tree) => ({
    kind: "move",
    member: member(tree, "last"),
    to: object(tree, "nested"),
    key: "end",
  })),
  changing(
    "enclose some in a new object, one by another name",
    { ...without(full, "first", "list"), inner: { uno: first, list: full["list"] ?? null } },
    (tree) => ({
      kind: "enclose",
      to: object(tree),
      key: "inner",
      members: [{ member: member(tree, "first"), key: "uno" }, { member: member(tree, "list") }],
    }),
  ),
  changing("enclose all", { ...full, first: { all: first } }, (tree) => ({
    kind: "enclose",
    to: object(tree, "first"),
    key: "all",
    members: ["a", "b", "c"].map((key) => ({ member: member(tree, "first", key) })),
  })),
  changing("enclose the last", { ...full, nested: { block: nested.block, inner: { after: "s" } } }, (tree) => ({
    kind: "enclose",
    to: object(tree, "nested"),
    key: "inner",
    members: [{ member: member(tree, "nested", "after") }],
  })),
  changing("lift an inner object to the root", nested, (tree) => ({
    kind: "lift",
    part: node(tree, "nested"),
    whole: tree.root ?? assert.fail(),
  })),
  changing("wrap an object", { ...full, nested: { count: 1, whole: nested } }, (tree) => ({
    kind: "wrap",
    node: node(tree, "nested"),
    key: "whole",
    before: { count: 1 },
  })),
  changing("put an object into a list", { ...full, nested: [nested] }, (tree) => ({
    kind: "enlist",
    node: node(tree, "nested"),
  })),
  changing("lift into the place of its holder", { ...full, nested: nested.block }, (tree) => ({
    kind: "lift",
    part: node(tree, "nested", "block"),
    whole: node(tree, "nested"),
  })),
];

function without(value: { readonly [key: string]: Json }, ...keys: readonly string[]): { [key: string]: Json } {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

function readJson(text: string, syntax: Syntax): Json {
  if (syntax === "json") return JSON.parse(text) as Json;
  const errors: ParseError[] = [];
  const value: Json = parse(text, errors, { allowTrailingComma: true });
  assert.deepEqual(errors, [], text);
  return value;
}

/** Comments that do not stand inside what goes, nor inside a value that becomes another one. */
function commentsToKeep(tree: Tree, changes: readonly Change[]): string[] {
  const gone = changes.flatMap((change) => {
    if (change.kind === "remove") return [{ start: change.entry.start, end: change.entry.end }];
    if (change.kind === "set") return [{ start: change.node.start, end: change.node.end }];
    return [];
  });
  let text = tree.text;
  for (const { start, end } of gone) text = text.slice(0, start) + " ".repeat(end - start) + text.slice(end);
  return commentsOf(text);
}

for (const layout of layouts) {
  describe(`changes in a document with ${layout.name}`, () => {
    const text = layout.write(sample);

    test("is what it is meant to be", () => {
      assert.deepEqual(readJson(text, layout.syntax), sample);
    });

    for (const { name, changes, expected } of cases) {
      test(name, () => {
        const tree = parseJson(text, layout.syntax);
        const wanted = changes(tree);
        const kept = commentsToKeep(tree, wanted);
        const after = render(tree, wanted);
        assert.deepEqual(readJson(after, layout.syntax), expected, after);
        assert.deepEqual(commentsOf(after).sort(), kept.sort(), after);
        if (text.includes("\r\n")) assert.doesNotMatch(after, /[^\r]\n/);
        else assert.doesNotMatch(after, /\r/);
      });
    }
  });
}

describe("the exact text after a change", () => {
  interface Exact {
    readonly name: string;
    readonly before: string;
    readonly after: string;
    readonly changes: (tree: Tree) => readonly Change[];
    readonly syntax?: Syntax;
  }

  const exact: readonly Exact[] = [
    {
      name: "a remark that goes along does not take in the end of the object",
      before: '{\n  "to": {\n    "a": 1 ,},\n  "b": 2, // two\n  "c": 3\n}\n',
      after: '{\n  "to": {\n    "a": 1 ,\n    "b": 2, // two\n  },\n  "c": 3\n}\n',
      changes: (tree) => [{ kind: "move", member: member(tree, "b"), to: object(tree, "to") }],
      syntax: "jsonc",
    },
    {
      name: "a block is added behind the last member, in the document's indentation",
      before: '{\n    "a": {\n        "b": 1\n    }\n}\n',
      after: '{\n    "a": {\n        "b": 1,\n        "c": {\n            "d": "e"\n        }\n    }\n}\n',
      changes: (tree) => [add("a")("c", { d: "e" })(tree)],
    },
    {
      name: "with CRLF, new lines end so as well",
      before: '{\r\n\t"a": 1\r\n}\r\n',
      after: '{\r\n\t"a": 1,\r\n\t"c": {\r\n\t\t"d": "e"\r\n\t}\r\n}\r\n',
      changes: (tree) => [add()("c", { d: "e" })(tree)],
    },
    {
      name: "a minified document stays minified",
      before: '{"a":{"b":1}}',
      after: '{"a":{"b":1,"c":{"d":["e",2]}}}',
      changes: (tree) => [add("a")("c", { d: ["e", 2] })(tree)],
    },
    {
      name: "an object on one line stays on it",
      before: '{\n  "a": { "b": 1 }\n}\n',
      after: '{\n  "a": { "b": 1, "c": { "d": "e" } }\n}\n',
      changes: (tree) => [add("a")("c", { d: "e" })(tree)],
    },
    {
      name: "a comment behind the last member stays with it",
      before: '{\n  "a": 1 // why\n}\n',
      after: '{\n  "a": 1, // why\n  "b": 2\n}\n',
      changes: (tree) => [add()("b", 2)(tree)],
      syntax: "jsonc",
    },
    {
      name: "comments go with the members that get an object around them",
      before:
        '{\n  // file\n\n  // above a\n  "a": 1, // behind a\n  // above b\n  "b": 2, // behind b\n  /* before c */ "c": /* in c */ 3 /* after c */ // behind c\n  // end\n}\n',
      after:
        '{\n  // file\n\n  // above b\n  "b": 2, // behind b\n  "in": {\n    // above a\n    "a": 1, // behind a\n    /* before c */ "c": /* in c */ 3 /* after c */ // behind c\n  }\n  // end\n}\n',
      changes: (tree) => [
        {
          kind: "enclose",
          to: object(tree),
          key: "in",
          members: ["a", "c"].map((key) => ({ member: member(tree, key) })),
        },
      ],
      syntax: "jsonc",
    },
    {
      name: "so they do where each member has a comma",
      before:
        '{\r\n\t"a": 1, // behind a\r\n\t"b": 2, // behind b\r\n\t// above c\r\n\t"c": [\r\n\t\t3, // three\r\n\t], /* behind c */\r\n}\r\n',
      after:
        '{\r\n\t"b": 2, // behind b\r\n\t"in": {\r\n\t\t"a": 1, // behind a\r\n\t\t// above c\r\n\t\t"c": [\r\n\t\t\t3, // three\r\n\t\t] /* behind c */\r\n\t},\r\n}\r\n',
      changes: (tree) => [
        {
          kind: "enclose",
          to: object(tree),
          key: "in",
          members: ["a", "c"].map((key) => ({ member: member(tree, key) })),
        },
      ],
      syntax: "jsonc",
    },
    {
      name: "a comment on a line with others stays there",
      before: '{\n  /* x */ "a": 1, "b": 2, /* y */ "c": 3 // z\n}\n',
      after: '{\n  /* x */ "b": 2, "in": { "a": 1, "c": 3 } /* y */ // z\n}\n',
      changes: (tree) => [
        {
          kind: "enclose",
          to: object(tree),
          key: "in",
          members: ["a", "c"].map((key) => ({ member: member(tree, key) })),
        },
      ],
      syntax: "jsonc",
    },
    {
      name: "a comment goes with a member that moves by another name",
      before: '{\n  "o": {\n    "p": 1\n  },\n  // why\n  "a": 1 // because\n}\n',
      after: '{\n  "o": {\n    "p": 1,\n    // why\n    "b": 1 // because\n  }\n}\n',
      changes: (tree) => [{ kind: "move", member: member(tree, "a"), to: object(tree, "o"), key: "b" }],
      syntax: "jsonc",
    },
    {
      name: "a trailing comma stays one",
      before: '{\n  "a": 1, // why\n}\n',
      after: '{\n  "a": 1, // why\n  "b": 2,\n}\n',
      changes: (tree) => [add()("b", 2)(tree)],
      syntax: "jsonc",
    },
    {
      name: "a brace on the last member's line stays behind the last member",
      before: '{\n  "a": {\n    "b": 1}}',
      after: '{\n  "a": {\n    "b": 1,\n    "c": 2}}',
      changes: (tree) => [add("a")("c", 2)(tree)],
    },
    {
      name: "an empty object opens up",
      before: '{\n  "a": {}\n}\n',
      after: '{\n  "a": {\n    "b": 1\n  }\n}\n',
      changes: (tree) => [add("a")("b", 1)(tree)],
    },
    {
      name: "the last member takes the comma before it along",
      before: '{\n  "a": 1,\n  "b": 2\n}\n',
      after: '{\n  "a": 1\n}\n',
      changes: (tree) => [remove("b")(tree)],
    },
    {
      name: "the only member leaves an empty object",
      before: '{\n  "a": {\n    "b": 1\n  }\n}\n',
      after: '{\n  "a": {}\n}\n',
      changes: (tree) => [remove("a", "b")(tree)],
    },
    {
      name: "a comment between value and comma stays",
      before: '{\n  "a": 1 /* one */,\n  "b": 2\n}\n',
      after: '{\n   /* one */\n  "b": 2\n}\n',
      changes: (tree) => [remove("a")(tree)],
      syntax: "jsonc",
    },
    {
      name: "a brace behind the removed member does not become part of the comment before it",
      before: '{\n  "a": { "b": 1, // why\n    "c": 2 }\n}\n',
      after: '{\n  "a": { "b": 1 // why\n }\n}\n',
      changes: (tree) => [remove("a", "c")(tree)],
      syntax: "jsonc",
    },
    {
      name: "a value between two others on a line",
      before: '["a", "b", "c"]',
      after: '["a", "c"]',
      changes: (tree) => [
        { kind: "remove", entry: tree.root?.kind === "list" ? (tree.root.items[1] ?? assert.fail()) : assert.fail() },
      ],
    },
    {
      name: "a member moves with its comments, to the depth of its new place",
      before:
        '{\n  "a": {\n    // inside\n    "b": 1 // why\n  },\n  "c": {\n    "d": {\n      "e": 2\n    }\n  }\n}\n',
      after:
        '{\n  "c": {\n    "d": {\n      "e": 2,\n      "a": {\n        // inside\n        "b": 1 // why\n      }\n    }\n  }\n}\n',
      changes: (tree) => [move(["a"], ["c", "d"])(tree)],
      syntax: "jsonc",
    },
    {
      name: "a value with an object around it keeps its comments",
      before: '{\r\n  "a": [\r\n    // first\r\n    1, /* one */\r\n    2 // two\r\n  ],\r\n  "b": [1]\r\n}\r\n',
      after:
        '{\r\n  "a": {\r\n    "n": 2,\r\n    "i": [\r\n      // first\r\n      1, /* one */\r\n      2 // two\r\n    ]\r\n  },\r\n  "b": { "n": 1, "i": [1] }\r\n}\r\n',
      changes: (tree) => [
        { kind: "wrap", node: node(tree, "a"), key: "i", before: { n: 2 } },
        { kind: "wrap", node: node(tree, "b"), key: "i", before: { n: 1 } },
      ],
      syntax: "jsonc",
    },
    {
      name: "a value in a list keeps its comments",
      before: '{\n\t"a": {\n\t\t// first\n\t\t"b": 1 // one\n\t},\n\t"c": 2\n}\n',
      after: '{\n\t"a": [\n\t\t{\n\t\t\t// first\n\t\t\t"b": 1 // one\n\t\t}\n\t],\n\t"c": [2]\n}\n',
      changes: (tree) => [
        { kind: "enlist", node: node(tree, "a") },
        { kind: "enlist", node: node(tree, "c") },
      ],
      syntax: "jsonc",
    },
    {
      name: "the inner object becomes the whole document",
      before: '{\n\t"tag": "x",\n\t"inner": {\n\t\t"a": {\n\t\t\t"b": 1\n\t\t}\n\t}\n}\n',
      after: '{\n\t"a": {\n\t\t"b": 1\n\t}\n}\n',
      changes: (tree) => [{ kind: "lift", part: node(tree, "inner"), whole: tree.root ?? assert.fail() }],
    },
    {
      name: "a byte order mark stays where it is",
      before: '\ufeff{\n  "a": 1\n}\n',
      after: '\ufeff{\n  "a": 1,\n  "b": 2\n}\n',
      changes: (tree) => [add()("b", 2)(tree)],
    },
  ];

  for (const { name, before, after, changes, syntax = "json" } of exact) {
    test(name, () => {
      const tree = parseJson(before, syntax);
      assert.deepEqual(tree.problems, []);
      assert.equal(render(tree, changes(tree)), after);
    });
  }

  test("edits touch only what changes", () => {
    const text = layouts[0]?.write(sample) ?? "";
    const tree = parseJson(text, "json");
    const changes = [set("nested", "block", "x")("changed")(tree), add("empty")("new", 1)(tree), remove("last")(tree)];
    const edits = finish(renderChanges(tree, changes));
    const touched = edits.map(({ span }) => text.slice(span.start, span.end));
    assert.deepEqual(touched.sort(), ["", ",", '"y"', '  "last": "end"\n'].sort());
  });
});
