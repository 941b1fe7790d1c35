import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { parsePart } from "../../../../src/core/document/json/nodes.ts";
import { editJson, parseJson, parseJsonInSteps } from "../../../../src/core/document/json/read.ts";
import {
  type Container,
  entriesOf,
  isContainer,
  type Json,
  type Member,
  memberOf,
  type Node,
  objectAt,
  stringOf,
  type Tree,
  valueOf,
} from "../../../../src/core/document/tree.ts";
import { finish } from "../../../../src/core/steps.ts";
import { applyEdits, type TextEdit } from "../../../../src/core/text.ts";
import { holds } from "../../../randomly.ts";

const template: Json = {
  AWSTemplateFormatVersion: "2010-09-09",
  Parameters: { Port: { Type: "Number", Default: 443 } },
  Resources: {
    One: { Type: "A::B::C", Properties: { Path: "/*", Tags: [{ Key: "a", Value: null }, 1, true] } },
    Two: { Type: "A::B::D", DependsOn: ["One", "Four"], Properties: { Name: "two", Inner: { Deep: ["x"] } } },
    Three: { Type: "A::B::E", Properties: { Text: 'a "quoted": {', Empty: {}, None: [] } },
  },
  Outputs: { Four: { Value: "D" } },
};

/** How a template may be written. */
const layouts: Readonly<Record<string, (value: Json) => string>> = {
  "two blanks": (value) => JSON.stringify(value, null, 2),
  "four blanks": (value) => `${JSON.stringify(value, null, 4)}\n`,
  tabs: (value) => JSON.stringify(value, null, "\t"),
  "CRLF and a byte order mark": (value) => `\ufeff${JSON.stringify(value, null, 2).replaceAll("\n", "\r\n")}\r\n`,
  "comments, and a comma behind the last": (value) => {
    const text = JSON.stringify(value, null, 2).replaceAll(
      /^ {4}\},?$/gm,
      '$& // }\n    // "No": {\n    /*\n    "No": {\n    */',
    );
    return `// c\n${text.slice(0, -2)},\n}\n`;
  },
  "all indented": (value) => `  ${JSON.stringify(value, null, 1).replaceAll("\n", "\n  ")}`,
};

/** With places, those behind `from` as they were before `delta` more characters. */
function flat(entry: Node | Member | undefined, from = 0, delta = 0): unknown {
  if (entry === undefined) return undefined;
  const span = [entry.start, entry.end].map((at) => (at > from ? at - delta : at));
  if (entry.kind === "member") return [entry.key, ...span, flat(entry.value, from, delta)];
  if (isContainer(entry)) return [entry.kind, ...span, entriesOf(entry).map((one) => flat(one, from, delta))];
  return [entry.kind, ...span, entry.kind === "scalar" ? entry.value : undefined];
}

const others = [
  ["Parameters", "Port"],
  ["Resources", "One"],
  ["Resources", "Three"],
  ["Outputs", "Four"],
] as const;

/** What half-typed states of `Two` put in the place of what. */
const states: Readonly<Record<string, readonly [from: string, to: string]>> = {
  "an open quote": ['"two"', '"two'],
  "an open quote before what looks like a comment": ['"two"', '"/*'],
  "an open quote of a name": ['"Inner"', '"Inner'],
  "an open quote of its name": ['"Two"', '"Two'],
  "its name without the first quote": ['"Two"', 'Two"'],
  "half its name": ['"Two": {', '"T'],
  "its name without a colon": ['"Two": {', '"Two" {'],
  "no brace behind its name": ['"Two": {', '"Two": '],
  "a brace before its name": ['"Two": {', '{"Two": {'],
  "an open brace": ['"two"', "{"],
  "another open brace": ['"Properties": {', '"Properties": { {'],
  "an open bracket": ['"two"', "["],
  "a bracket for a brace": ['"Inner": {', '"Inner": ['],
  "a brace too many": ['"two"', '"two" }'],
  "two braces too many": ['"two"', '"two" }}'],
  "a bracket too many": ['"two"', '"two" ]'],
  "a missing comma": ['"A::B::D",', '"A::B::D"'],
  "a comma too many": ['"two",', '"two",,'],
  "a missing value": ['"two"', ""],
  "a name without a value": ['"Name": "two"', '"Name"'],
  "an open comment": ['"two"', "/* two"],
  "no brace at its end": ["BEHIND", ""],
};

function damaged(text: string, [from, to]: readonly [string, string]): TextEdit {
  const two = text.indexOf('"Two"');
  const end = memberOf(objectAt(parseJson(text, "jsonc").root, "Resources"), "Two")?.end ?? 0;
  const start = from === "BEHIND" ? end - 1 : text.indexOf(from, two);
  return { span: { start, end: start + (from === "BEHIND" ? 1 : from.length) }, text: to };
}

function assertOrdered({ problems }: Tree): void {
  assert.deepEqual(
    problems,
    problems.toSorted((a, b) => a.start - b.start),
  );
}

describe("what is half typed in a resource leaves the others as they are:", () => {
  for (const [layout, write] of Object.entries(layouts))
    for (const [state, change] of Object.entries(states))
      test(`${state}, ${layout}`, () => {
        const text = write(template);
        const whole = parseJson(text, "jsonc");
        assert.deepEqual([whole.problems, whole.isCut], [[], false]);
        const edit = damaged(text, change);
        const delta = edit.text.length - (edit.span.end - edit.span.start);
        const tree = parseJson(applyEdits(text, [edit]), "jsonc");
        assert.ok(tree.isCut && tree.problems.length > 0);
        for (const [section, name] of others)
          assert.deepEqual(
            flat(memberOf(objectAt(tree.root, section), name), edit.span.start, delta),
            flat(memberOf(objectAt(whole.root, section), name)),
          );
        assertOrdered(tree);
        const [start, end] = [text.indexOf('"Two"'), text.indexOf('"Three"') + delta];
        for (const problem of tree.problems) assert.ok(problem.start >= start && problem.end <= end, problem.code);
        assert.equal(memberOf(objectAt(tree.root, "Resources"), "No"), undefined);
      });
});

function codes(text: string): unknown {
  const { problems } = parseJson(text, "json");
  return problems.map(({ start, end, code }) => [text.slice(start, end), code]);
}

describe("a template with faults", () => {
  const text = JSON.stringify(template, null, 2);

  test("has a member without a value for a name that is being typed", () => {
    for (const half of ['"Half', "Half", '"Half"', '"Half":', "  Half", '"Half" :']) {
      const typed = text.replace('    "Three"', `    ${half.trim()}\n    "Three"`);
      const member = memberOf(objectAt(parseJson(typed, "json").root, "Resources"), "Half");
      const { start = 0, end = 0 } = member?.keySpan ?? {};
      assert.deepEqual([member?.value, typed.slice(start, end).replaceAll('"', "")], [undefined, "Half"], half);
      assert.equal(stringOf(valueOf(parseJson(typed, "json").root, "Resources", "Two", "Type")), "A::B::D");
    }
  });

  test("is told where the comma is missing between two resources, at the second", () => {
    const typed = text.replace(/,(\n {4}"Three")/, "$1");
    assert.deepEqual(codes(typed), [['"Three"', "CommaExpected"]]);
  });

  test("is told what stands outside of all resources", () => {
    assert.deepEqual(codes(text.replace(/\},(\n {2}"Outputs")/, "}$1")), [['"Outputs"', "CommaExpected"]]);
    assert.deepEqual(codes(text.replace('"Resources": {', '"Resources": {\n    ,')), [[",", "PropertyNameExpected"]]);
    assert.deepEqual(codes(text.replace('  "Outputs"', '  }\n  "Outputs"')), [["}", "PropertyNameExpected"]]);
    assert.deepEqual(codes(text.slice(0, -1)), [["", "CloseBraceExpected"]]);
  });

  test("keeps the others where the line that closes a section or the root is missing", () => {
    for (const typed of [text.replace(/\n {2}\},(\n {2}"Outputs")/, "$1"), text.slice(0, -1)]) {
      const { root, isCut } = parseJson(typed, "json");
      assert.ok(isCut);
      assert.equal(stringOf(valueOf(root, "Resources", "Three", "Type")), "A::B::E");
      assert.equal(stringOf(valueOf(root, "Outputs", "Four", "Value")), "D");
    }
  });

  test("is read by the indentation of the other resources where the first one's is another", () => {
    for (const first of ['       "New": {', '   "New": {', '     "N', ' x "New": {']) {
      const { root } = parseJson(text.replace('    "One"', `${first}\n    "One"`), "json");
      for (const [name, type] of Object.entries({ One: "C", Two: "D", Three: "E" }))
        assert.equal(stringOf(valueOf(root, "Resources", name, "Type")), `A::B::${type}`, first);
    }
  });

  test("has a resource as a whole that is indented as if it were several", () => {
    const odd =
      '"Two": {\n    "Type": "A::B::F",\n    "Properties": {\n      "Name": "odd"\n    }\n    },\n    "Three"';
    const start = text.indexOf('"Two"');
    const typed = `${text.slice(0, start)}${odd}${text.slice(text.indexOf('"Three"') + 7)}`.replace('"A::B::C"', '"A');
    const { root, isCut } = parseJson(typed, "json");
    assert.ok(isCut);
    assert.deepEqual(
      objectAt(root, "Resources")?.members.map(({ key }) => key),
      ["One", "Two", "Three"],
    );
    assert.equal(stringOf(valueOf(root, "Resources", "Two", "Properties", "Name")), "odd");
  });

  test("does not end where a resource or a brace is indented as the sections are", () => {
    for (const line of ["  }", '  "Name": {']) {
      const typed = text.replace('        "Name": "two"', `${line}      "Name": "two"`);
      const { root } = parseJson(typed, "json");
      assert.equal(stringOf(valueOf(root, "Resources", "Three", "Type")), "A::B::E");
    }
  });
});

/** Each part within what it stands in, and behind the one before it. */
function assertPlaced(container: Container): void {
  let behind = container.start;
  for (const entry of entriesOf(container)) {
    assert.ok(
      entry.start >= behind && entry.end <= container.end,
      JSON.stringify([behind, entry.start, entry.end, container.end]),
    );
    behind = entry.end;
    const value = entry.kind === "member" ? entry.value : entry;
    if (value === undefined) continue;
    assert.equal(value.parent, container);
    if (entry.kind === "member") assert.ok(entry.parent === container && entry.keySpan.end <= value.start);
    if (isContainer(value)) assertPlaced(value);
  }
}

const edits = fc.record({
  layout: fc.constantFrom(...Object.values(layouts)),
  places: fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom("", ...'{[]},:"/*\n \tx')), {
    minLength: 1,
    maxLength: 4,
  }),
});

describe("whatever is wrong in a template,", () => {
  test("its tree is in order, and after an edit it is what it is when the text is read anew", () => {
    let count = 0;
    const property = fc.property(edits, ({ layout, places }) => {
      let tree = parseJson(layout(template), "jsonc");
      for (const [at, removed, text] of places) {
        const start = at % (tree.text.length + 1);
        tree = editJson(tree, { span: { start, end: Math.min(tree.text.length, start + removed) }, text });
        const fresh = parseJson(tree.text, "jsonc");
        assert.deepEqual([flat(tree.root), tree.problems, tree.isCut], [flat(fresh.root), fresh.problems, fresh.isCut]);
        if (!tree.isCut) continue;
        count++;
        assert.ok(tree.problems.length > 0);
        assertOrdered(tree);
        if (tree.root?.kind === "object") assertPlaced(tree.root);
      }
    });
    holds(property, 500);
    assert.ok(count > 300, `${count} cut`);
  });
});

describe("is read as a whole:", () => {
  const isWhole = (text: string): void => {
    const tree = parseJson(text, "json");
    const whole = finish(parsePart(text, { shift: 0 }));
    assert.deepEqual([flat(tree.root), tree.problems, tree.isCut], [flat(whole.root), whole.problems, false], text);
  };

  test("a document that is no template, whatever is wrong in it", () => {
    const document = fc.tuple(fc.json({ maxDepth: 4 }), fc.nat(), fc.nat(3), fc.constantFrom("", ...'{[]},:"'));
    const { Resources, ...others } = template as { readonly [key: string]: Json };
    const rest = [{ ...others, resources: Resources }, { Body: template }, [template], { Properties: Resources }];
    const property = fc.property(document, fc.constantFrom(undefined, ...rest), ([json, at, removed, text], given) => {
      const laidOut = JSON.stringify(given ?? JSON.parse(json), null, 2);
      const start = at % (laidOut.length + 1);
      isWhole(laidOut.slice(0, start) + text + laidOut.slice(start + removed));
    });
    holds(property, 500);
  });

  test("a template without faults, or without a layout", () => {
    for (const write of Object.values(layouts)) {
      const { root, isCut } = parseJson(write(template), "json");
      assert.ok(!isCut);
      assert.deepEqual(flat(root), flat(finish(parsePart(write(template), { shift: 0 })).root));
    }
    const oneLine = JSON.stringify(template);
    for (const at of [0, 40, 200, oneLine.length - 1]) isWhole(oneLine.slice(0, at) + oneLine.slice(at + 1));
    isWhole(JSON.stringify(template, null, 2).replaceAll(/\n */g, "\n").replace('"two"', '"two'));
  });
});

describe("a template of thousands of resources", () => {
  const text = (count: number, fault = ""): string => {
    const one = '{\n      "Type": "A::B::C",\n      "Properties": {}\n    }';
    const lines = Array.from({ length: count }, (_, index) => `    "R${index}": ${one}`);
    return `{\n  "Resources": {\n${lines.join(",\n")}\n  }\n}`.replace('"A::B::C"', `"A::B::C"${fault}`);
  };

  test("has all of them whatever is wrong with the first", () => {
    for (const fault of [" {", " [", '"', "}", ": {"]) {
      const { root, problems } = parseJson(text(20_000, fault), "json");
      const members = objectAt(root, "Resources")?.members ?? [];
      assert.equal(members.filter(({ value }) => valueOf(value, "Properties") !== undefined).length >= 19_999, true);
      assert.ok(problems.length > 0 && problems.every(({ end }) => end < 200));
    }
  });

  test("is read in more steps the more there are, and not in pieces where they are more than any has", () => {
    const stepsOf = (count: number): number => [...parseJsonInSteps(text(count, " {"), "json")].length;
    const [less, more] = [stepsOf(2_000), stepsOf(8_000)];
    assert.ok(less >= 8 && more >= 3.5 * less, `${less} becomes ${more}`);
    assert.equal(parseJson(text(31_000, " {"), "json").isCut, false);
  });

  test("tells of no more faults than are told of a whole", () => {
    const { problems, isCut } = parseJson(text(3_000).replaceAll('"Type":', '"Type"'), "json");
    assert.deepEqual([problems.length, isCut], [1_000, true]);
  });
});
