import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { type CollectionTag, isScalar, parseDocument, type ScalarTag } from "yaml";
import type { Node, Syntax } from "../../../src/core/document/tree.ts";
import { messageOf } from "../../../src/core/messages/tell.ts";
import { read } from "../../../src/core/read.ts";
import { problemsOf } from "../checking.ts";
import { examples, findingsIn, golden, goldenPath } from "./templates.ts";

/** What is found in each, as the file has it. */
const expected = new Map(
  readFileSync(goldenPath, "utf8")
    .split(/\n\n|\n$/)
    .map((part) => {
      const [name = "", ...lines] = part.split("\n");
      return [name, lines.map((line) => line.slice(2))] as const;
    }),
);

/** What JSON has not, and words that are none there. */
const ofYamlAlone = /merged|alias|without quotes|on for a name|half typed/;

/** The same in JSON, with the long forms of functions; `undefined` for what is no YAML. */
function asJson(yaml: string): string | undefined {
  const document = parseDocument(yaml, { customTags: tags, version: "1.2", logLevel: "silent" });
  return document.errors.length > 0 ? undefined : JSON.stringify(document.toJS(), undefined, 2);
}

const names = ["Ref", "Condition", "GetAtt", "Sub", "Join", "Select", "Split", "FindInMap", "ImportValue", "If", "Not"];
const others = ["And", "Or", "Equals", "Base64", "Cidr", "Transform"];

const tags: (ScalarTag | CollectionTag)[] = [...names, ...others].flatMap((name) => {
  const long = name === "Ref" || name === "Condition" ? name : `Fn::${name}`;
  const wrap = (value: unknown) => ({ [long]: value });
  return [
    { tag: `!${name}`, resolve: (text: string) => wrap(name === "GetAtt" ? text.split(".") : text) },
    ...(["seq", "map"] as const).map((collection) => ({
      tag: `!${name}`,
      collection,
      resolve: (value: unknown) => wrap(isScalar(value) ? value.value : toPlain(value)),
    })),
  ] as (ScalarTag | CollectionTag)[];
});

function toPlain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** Rules, severities, messages, and where in the template each is. */
function summary(text: string, syntax: Syntax): readonly string[] {
  const facts = read({ text, syntax, name: `template.${syntax}` });
  return problemsOf(facts)
    .map((problem) => {
      const path = pathAt(facts.tree.root, problem.at.start).join("/");
      return `${path} ${problem.severity} ${problem.rule.id}: ${messageOf(problem)}`;
    })
    .sort();
}

/** The names down to a place, without those of functions. */
function pathAt(node: Node | undefined, offset: number): readonly string[] {
  switch (node?.kind) {
    case "object":
      return node.members.flatMap(({ start, end, spelled, value }) =>
        start > offset || offset >= end
          ? []
          : [...(/^(Ref|Condition|Fn::.*)$/.test(spelled) ? [] : [spelled]), ...pathAt(value, offset)],
      );
    case "list":
      return node.items.flatMap((item) => (item.start > offset || offset >= item.end ? [] : pathAt(item, offset)));
    case "computed":
      return pathAt(node.call?.argument, offset);
    default:
      return [];
  }
}

describe("templates", () => {
  test("all have names of their own, and are in the file", () => {
    assert.ok(examples.length > 80, String(examples.length));
    assert.equal(new Set(examples.map(({ name }) => name)).size, examples.length);
    assert.equal(golden(), readFileSync(goldenPath, "utf8"));
  });

  for (const { name, yaml } of examples) {
    const own = expected.get(name);
    test(name, () => assert.deepEqual(findingsIn(yaml, "yaml"), own));

    test(`${name}, with the line ends of Windows`, () =>
      assert.deepEqual(findingsIn(yaml.replaceAll("\n", "\r\n"), "yaml"), own));

    const json = asJson(yaml);
    if (json !== undefined && !ofYamlAlone.test(name))
      test(`${name}, in JSON`, () => assert.deepEqual(summary(json, "json"), summary(yaml, "yaml"), json));
  }

  test("what is half typed leaves the resources around it as they are", () => {
    const around = (text: string): readonly string[] =>
      findingsIn(text, "yaml")
        .filter((line) => line.startsWith("2:") || / C: /.test(text.split("\n")[Number.parseInt(line, 10) - 1] ?? ""))
        .map((line) => line.replace(/^\d+/, ""));
    const [whole, ...typed] = examples.filter(({ name }) => name.startsWith("half typed: "));
    assert.ok(whole !== undefined && typed.length >= 8);
    assert.equal(around(whole.yaml).length, 2);
    for (const { name, yaml } of typed) assert.deepEqual(around(yaml), around(whole.yaml), name);
  });

  test("what is not known is no finding", () => {
    const unknown = examples.filter(({ name }) => name.endsWith(" is not known") || name.endsWith(" are not known"));
    assert.ok(unknown.length >= 7);
    for (const { name } of unknown) assert.deepEqual(expected.get(name), [], name);
  });

  test("a byte order mark changes nothing below the first line", () => {
    for (const { name, yaml } of examples)
      assert.deepEqual(findingsIn(`\uFEFF${yaml}`, "yaml"), findingsIn(yaml, "yaml"), name);
  });
});
