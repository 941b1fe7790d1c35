import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { editJson, parseJson } from "../../../src/core/document/json/read.ts";
import { memberOf, type ObjectNode, objectAt, type Tree, valueOf } from "../../../src/core/document/tree.ts";
import { findingsKept } from "../../../src/core/rules/kept-findings.ts";
import type { Finding } from "../../../src/core/rules/rule.ts";
import type { Span } from "../../../src/core/text.ts";

const text = '{"before": {"x": 1}, "one": {"a": 1}, "after": {"y": 2}}';
const reason: Finding["reason"] = { code: "related:target" };

/** Looks into "one", and counts how often. */
function looking(placesIn: (one: ObjectNode, tree: Tree) => readonly Span[]) {
  let [looks, besides, tree] = [0, 0, parseJson(text, "json")];
  const look = findingsKept(
    ({ node }: { readonly node: ObjectNode }): readonly Finding[] => {
      looks++;
      const [at = node, ...related] = placesIn(node, tree);
      return [{ at, reason, related: related.map((at) => ({ at, reason })) }];
    },
    () => besides,
  );
  return {
    change: (from: string, to: string): void => {
      const start = tree.text.indexOf(from);
      tree = editJson(tree, { span: { start, end: start + from.length }, text: to });
    },
    changeBesides: (): void => {
      besides++;
    },
    /** What stands at the places that are found, and how often was looked so far. */
    found: (): readonly [texts: readonly string[], looks: number] => {
      const node = objectAt(tree.root, "one");
      assert.ok(node !== undefined);
      const places = look({ node }).flatMap(({ at, related = [] }) => [at, ...related.map((one) => one.at)]);
      return [places.map(({ start, end }) => tree.text.slice(start, end)), looks];
    },
  };
}

describe("what is found in an object", () => {
  test("is kept, and moves with it, until something within it is read again", () => {
    const { change, found } = looking((one) => [
      { start: one.start, end: one.start + 1 },
      memberOf(one, "a")?.keySpan ?? one,
      { start: one.end - 1, end: one.end },
    ]);
    assert.deepEqual(found(), [["{", '"a"', "}"], 1]);
    change('"x": 1', '"x": 1000');
    assert.deepEqual(found(), [["{", '"a"', "}"], 1]);
    change('"x": 1000', '"x": [{}, 10]');
    change('"y": 2', '"y": 20');
    assert.deepEqual(found(), [["{", '"a"', "}"], 1]);
    change('"a": 1', '"b": 1, "a": 2');
    assert.deepEqual(found(), [["{", '"a"', "}"], 2]);
    change('"before"', '"ahead"');
    assert.deepEqual(found(), [["{", '"a"', "}"], 3]);
  });

  test("is looked for again where what else is looked at changed", () => {
    const { changeBesides, found } = looking((one) => [one]);
    assert.deepEqual(
      [found(), found()],
      [
        [['{"a": 1}'], 1],
        [['{"a": 1}'], 1],
      ],
    );
    changeBesides();
    assert.deepEqual(
      [found(), found()],
      [
        [['{"a": 1}'], 2],
        [['{"a": 1}'], 2],
      ],
    );
  });

  test("is kept where it points at parts of the tree elsewhere, which move by themselves", () => {
    const { change, found } = looking((one, { root }) => [
      one,
      memberOf(root, "after")?.keySpan ?? one,
      valueOf(root, "before") ?? one,
    ]);
    assert.deepEqual(found(), [['{"a": 1}', '"after"', '{"x": 1}'], 1]);
    change('"x": 1', '"x": 1000');
    assert.deepEqual(found(), [['{"a": 1}', '"after"', '{"x": 1000}'], 1]);
  });

  test("is not kept where it points elsewhere by numbers", () => {
    const { change, found } = looking((one, { root }) => {
      const { start, end } = memberOf(root, "after")?.keySpan ?? one;
      return [one, { start, end }];
    });
    assert.deepEqual(found(), [['{"a": 1}', '"after"'], 1]);
    change('"x": 1', '"x": 1000');
    assert.deepEqual(found(), [['{"a": 1}', '"after"'], 2]);
  });
});
