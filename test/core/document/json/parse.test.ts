import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { printParseErrorCode, visit } from "jsonc-parser";
import { deepest, type JsonVisitor, parseInSteps } from "../../../../src/core/document/json/parse.ts";
import { parseJson } from "../../../../src/core/document/json/read.ts";
import { stringOf, valueOf } from "../../../../src/core/document/tree.ts";
import { finish } from "../../../../src/core/steps.ts";
import { holds } from "../../../randomly.ts";

type Told = readonly (string | number | boolean | null)[];

function visitorInto(told: Told[]): JsonVisitor {
  const tell =
    (name: string) =>
    (...said: Told): void =>
      void told.push([name, ...said]);
  return {
    onObjectBegin: (offset) => tell("{")(offset),
    onObjectEnd: tell("}"),
    onObjectProperty: tell("name"),
    onArrayBegin: (offset) => tell("[")(offset),
    onArrayEnd: tell("]"),
    onLiteralValue: tell("value"),
    onError: tell("error"),
  };
}

const nothing = () => undefined;
const silent: JsonVisitor = {
  onObjectBegin: nothing,
  onObjectEnd: nothing,
  onObjectProperty: nothing,
  onArrayBegin: nothing,
  onArrayEnd: nothing,
  onLiteralValue: nothing,
  onError: nothing,
};

function told(text: string): readonly Told[] {
  const all: Told[] = [];
  finish(parseInSteps(text, visitorInto(all)));
  return all;
}

function toldByLibrary(text: string): readonly Told[] {
  const all: Told[] = [];
  const ours = visitorInto(all);
  visit(
    text,
    {
      onObjectBegin: (offset) => ours.onObjectBegin(offset),
      onObjectEnd: (offset, length) => ours.onObjectEnd(offset, length),
      onObjectProperty: (key, offset, length) => ours.onObjectProperty(key, offset, length),
      onArrayBegin: (offset) => ours.onArrayBegin(offset),
      onArrayEnd: (offset, length) => ours.onArrayEnd(offset, length),
      onLiteralValue: (value: string | number | boolean | null, offset, length) =>
        ours.onLiteralValue(value, offset, length),
      onError: (code, offset, length) => ours.onError(printParseErrorCode(code), offset, length),
    },
    { allowTrailingComma: true, disallowComments: false },
  );
  return all;
}

const pieces = [
  ..."{}[],:",
  '"a"',
  '"b\\u12"',
  '"\\x"',
  '"open',
  "1",
  "-",
  "1.",
  "1e5",
  "true",
  "null",
  "nul",
  "//c\n",
].concat(["/*d*/", "/*", " ", "\n", '"a":', '{"a":1', "[1,", "}", "]", ",", "\u00a0", "''"]);

describe("reading JSON in steps", () => {
  test("tells what jsonc-parser tells, whatever is wrong", () => {
    holds(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (parts) => {
        const text = parts.join("");
        assert.deepEqual(told(text), toldByLibrary(text), JSON.stringify(text));
      }),
      3_000,
    );
    holds(
      fc.property(fc.json(), fc.nat(), fc.nat(3), (json, at, removed) => {
        const place = at % (json.length + 1);
        const text = json.slice(0, place) + json.slice(place + removed);
        assert.deepEqual(told(text), toldByLibrary(text), JSON.stringify(text));
      }),
      500,
    );
  });

  test("takes more steps for more text, also where nothing but faults is in it", () => {
    const stepsOf = (text: string): number => [...parseInSteps(text, silent)].length;
    for (const one of ['{"a": 1},', ", ", '"a" ', ": ", '{"a" 1} ', "{: ,@}"]) {
      const [less, more] = [stepsOf(`[${one.repeat(10_000)}`), stepsOf(`[${one.repeat(40_000)}`)];
      assert.ok(less >= 4 && more >= 3.5 * less, `${one}: ${less} becomes ${more}`);
    }
  });

  test("tells what jsonc-parser tells of tokens as long as any, wherever its parts of the text begin", () => {
    const long = 200_000;
    const blanks = " \t".repeat(long / 2);
    const ones = [
      `"${"a".repeat(long)}"`,
      `"\\\\${'\\"'.repeat(long / 2)}"`,
      `/*${"*".repeat(long)}*/1`,
      `//${blanks}\r\n2`,
    ];
    for (const shift of [0, 1, 2, 3, 62_144]) {
      const text = `[${"1,".repeat(shift)}${ones.join(`${blanks},\r\n`)},nul${blanks}, "open\n]`;
      assert.deepEqual(told(text), toldByLibrary(text));
    }
  });

  test("takes more steps where the tokens are long", () => {
    const stepsOf = (count: number): number =>
      [...parseInSteps(`[${`"${"a".repeat(5_000)}",`.repeat(count)}1]`, silent)].length;
    const [less, more] = [stepsOf(100), stepsOf(400)];
    assert.ok(less >= 5 && more >= 3.5 * less, `${less} becomes ${more}`);
  });

  test("reads a value, and blank lines, as long as a whole template may be", () => {
    const [value, blanks] = ["a".repeat(1_000_000), " \r\n".repeat(200_000)];
    const { root, problems } = parseJson(`{"a": ${blanks}"${value}"}`, "json");
    assert.deepEqual(problems, []);
    assert.equal(stringOf(valueOf(root, "a")), value);
  });

  test("gives up where one token, or what stands between two, is longer than any", () => {
    const giant = 1_200_000;
    for (const one of [" ", "\t", "\n", "x", "1"]) {
      const { root, problems } = parseJson(`{"a": ${one.repeat(giant)}}`, "json");
      assert.deepEqual([root, problems.map(({ code }) => code)], [undefined, ["TooLong"]], one);
    }
    for (const [before, one, behind] of [
      ['"', "a", '"'],
      ['"', "\\n", '"'],
      ["/*", "*", "*/1"],
      ["//", "/", "\n1"],
    ] as const)
      assert.equal(parseJson(`[${before}${one.repeat(giant)}${behind}]`, "json").problems[0]?.code, "TooLong", before);
    const comments = `// ${"-".repeat(2_000)}\n`.repeat(1_000);
    assert.equal(parseJson(`${comments}{}`, "json").problems[0]?.code, "TooMuchBetween");
  });

  test("gives up where it is nested too deeply, or says next to nothing for what it would take to keep", () => {
    const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    assert.deepEqual(parseJson(nested(deepest), "json").problems, []);
    const ones = (count: number) => `[${"1,".repeat(count)}1]`;
    assert.deepEqual(parseJson(ones(200_000), "json").problems, []);
    for (const [text, code] of [
      [nested(deepest + 1), "NestedTooDeeply"],
      [ones(600_000), "TooManyValues"],
      [`[1,${"@ ".repeat(300_000)}2]`, "TooMuchBetween"],
      ["//\n".repeat(300_000), "TooMuchBetween"],
    ] as const) {
      const { root, problems } = parseJson(text, "json");
      assert.deepEqual([root, problems], [undefined, [{ start: 0, end: 0, code }]]);
    }
  });
});
