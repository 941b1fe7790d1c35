import assert from "node:assert/strict";
import { test } from "node:test";
import { containersAt, type Node } from "../../../../src/core/document/tree.ts";
import { parseYaml } from "../../../../src/core/document/yaml/read.ts";

/** A tree as text: what stands at each place of the document. */
function shown(text: string, node: Node | undefined): unknown {
  if (node === undefined) return undefined;
  const at = text.slice(node.start, node.end);
  switch (node.kind) {
    case "scalar":
      return node.plain === undefined ? [at, node.value] : [at, node.value, node.plain];
    case "list":
      return node.items.map((item) => shown(text, item));
    case "object":
      return Object.fromEntries(
        node.members.map(({ key, keySpan, value }) => {
          assert.match(text.slice(keySpan.start, keySpan.end), new RegExp(`^["']?${key}["']?$`));
          return [key, shown(text, value)];
        }),
      );
    case "computed":
      return { [node.call?.name ?? ""]: shown(text, node.call?.argument), at };
  }
}

function read(text: string): unknown {
  const { root, problems } = parseYaml(text);
  assert.deepEqual(problems, []);
  return shown(text, root);
}

test("Every part of a YAML text has its place, whatever style it is written in", () => {
  assert.deepEqual(read('a: one # c\n"b": [ "two", \'x\' ]\nc:\n- {d: e}\n'), {
    a: ["one", "one"],
    b: [
      ['"two"', "two"],
      ["'x'", "x"],
    ],
    c: [{ d: ["e", "e"] }],
  });
  assert.deepEqual(read("a: |\n  b\n  c\n\nd: >-\n  e\n  f\n"), {
    a: ["|\n  b\n  c", "b\nc\n"],
    d: [">-\n  e\n  f", "e f"],
  });
});

test("What YAML 1.1 takes for no text keeps how it is written", () => {
  assert.deepEqual(read("a: off\nb: On\nc: 080\nd: true\ne: ~\nf: 'off'\ng: 1.0\n"), {
    a: ["off", false, "off"],
    b: ["On", true, "On"],
    c: ["080", 80, "080"],
    d: ["true", true, "true"],
    e: ["~", null, "~"],
    f: ["'off'", "off"],
    g: ["1.0", 1, "1.0"],
  });
});

test("What a tag of somebody else's calls is computed, with what it is given", () => {
  assert.deepEqual(read("a: !Ref B\nb: !If\n  # c\n  - x\n  - !GetAtt C.Arn\n  - {d: !Sub '${e}'}\nc: !Sub |\n  f\n"), {
    a: { "!Ref": ["B", "B"], at: "!Ref B" },
    b: {
      "!If": [
        ["x", "x"],
        { "!GetAtt": ["C.Arn", "C.Arn"], at: "!GetAtt C.Arn" },
        { d: { "!Sub": ["'${e}'", "${e}"], at: "!Sub '${e}'" } },
      ],
      at: "!If\n  # c\n  - x\n  - !GetAtt C.Arn\n  - {d: !Sub '${e}'}",
    },
    c: { "!Sub": ["|\n  f", "f\n"], at: "!Sub |\n  f" },
  });
  assert.deepEqual(read("a: &x {b: 1}\nc: *x\nd: !!str 5\n"), {
    a: { b: ["1", 1, "1"] },
    c: { "*": ["*x", "x"], at: "*x" },
    d: ["5", "5"],
  });
});

test("A name whose value is still to come has none", () => {
  const { root, problems } = parseYaml("a:\n  b: 1\n  c:\nd: !Ref\n");
  assert.deepEqual(problems, []);
  assert.ok(root?.kind === "object");
  const [a, d] = root.members;
  assert.ok(a?.value?.kind === "object");
  assert.deepEqual(
    a.value.members.map(({ key, value }) => [key, value?.kind]),
    [
      ["b", "scalar"],
      ["c", undefined],
    ],
  );
  assert.deepEqual([d?.value?.kind, d?.value?.start, d?.value?.end], ["computed", 18, 22]);
});

test("A name that is being typed leaves alone the one below it", () => {
  const text = "a:\n  - b: 1\n    Ne\n\n    'c': 2\n  - d\n    e:\n";
  const { root, problems } = parseYaml(text);
  assert.ok(problems.length > 0);
  assert.deepEqual(shown(text, root), {
    a: [
      { b: ["1", 1, "1"], Ne: undefined, c: ["2", 2, "2"] },
      { d: undefined, e: undefined },
    ],
  });
  const explicit = parseYaml("? a\n  b\n: c\n");
  assert.ok(explicit.root?.kind === "object");
  assert.deepEqual([explicit.problems, explicit.root.members.map(({ key }) => key)], [[], ["a b"]]);
});

test("What a call is given has containers as all else has", () => {
  const text = "a: !If [x, !Sub [b, {c: d}]]\n";
  const containers = containersAt(parseYaml(text).root, text.indexOf("d"));
  assert.deepEqual(
    containers.map(({ start, end }) => text.slice(start, end)),
    [text.trimEnd(), "[x, !Sub [b, {c: d}]]", "[b, {c: d}]", "{c: d}"],
  );
});

test("A text that is nested too deeply is not read to its end", () => {
  assert.ok(parseYaml("[".repeat(100_000)).problems.length > 0);
  assert.ok(parseYaml(`a:\n${" - ".repeat(5_000)}`).problems.length > 0);
});
