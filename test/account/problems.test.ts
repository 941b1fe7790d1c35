import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { broughtBy, movedProblem } from "../../src/account/problems.ts";
import { maskedWith } from "../../src/core/document/masking.ts";
import type { Problem, RuleCard } from "../../src/core/rules/rule.ts";

function card(id: string): RuleCard {
  return { id, severity: "error", requires: "It must be so.", source: { title: "A page", url: "https://example.com" } };
}

const [host, quantity] = [card("origin/mtls-host"), card("distribution/quantity")];

function problem(rule: RuleCard, start: number, more: Partial<Problem> = {}): Problem {
  return {
    rule,
    severity: "error",
    reason: { code: "not-so", args: { name: "a" } },
    at: { start, end: start + 1 },
    ...more,
  };
}

describe("what a change brings", () => {
  test("is what was not there before, wherever it stands in the text", () => {
    const [old, moved, fresh] = [problem(host, 1), problem(host, 90), problem(quantity, 5)];
    assert.deepEqual(broughtBy([old], [fresh, moved]), { introduced: [fresh], standing: [moved] });
    assert.deepEqual(broughtBy([old], []), { introduced: [], standing: [] });
  });

  test("of what repeats, is each time more than before, and no more", () => {
    const times = (count: number) => Array.from({ length: count }, (_, index) => problem(quantity, index));
    const brought = (before: number, after: number) => broughtBy(times(before), times(after)).introduced.length;
    assert.equal(brought(2, 3), 1, "there twice, and now three times");
    assert.equal(brought(1, 3), 2);
    assert.equal(brought(3, 3), 0);
    assert.equal(brought(3, 1), 0);
    assert.equal(brought(0, 2), 2);
    const { introduced, standing } = broughtBy(times(2), times(3));
    assert.deepEqual([...standing, ...introduced], times(3), "each is told once");
  });

  test("is told apart by rule, reason and what it is about", () => {
    const before = problem(host, 1, { origin: "a" });
    for (const other of [
      problem(quantity, 1, { origin: "a" }),
      problem(host, 1, { origin: "b" }),
      problem(host, 1, { origin: "a", certificate: "0A" }),
      problem(host, 1, { origin: "a", reason: { code: "not-so", args: { name: "b" } } }),
    ])
      assert.deepEqual(broughtBy([before], [other]), { introduced: [other], standing: [] }, JSON.stringify(other));
  });
});

test("a finding and what is related to it stand at their places in the masked text", () => {
  const text = '{"a": "secret value", "b": 1, "c": 2}';
  const masked = maskedWith(text, [{ span: { start: 6, end: 20 }, text: '"••"' }]);
  const at = (part: string) => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length });
  const { at: moved, related } = movedProblem(
    problem(host, 0, { at: at('"b"'), related: [{ at: at('"c"'), reason: { code: "here" } }] }),
    masked,
  );
  assert.equal(masked.text.slice(moved.start, moved.end), '"b"');
  const [first] = related ?? [];
  assert.equal(masked.text.slice(first?.at.start, first?.at.end), '"c"');
});
