// What is done in steps: no step is much of the whole, and wherever it is left, nothing is half done.
// counted: its work.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { fixAll, fixAllInSteps } from "../../src/core/fixes.ts";
import { type GivenText, read, readInSteps } from "../../src/core/read.ts";
import { check, checkInSteps } from "../../src/core/rules/check.ts";
import { finish, perStep, type Steps, sortedInSteps } from "../../src/core/steps.ts";
import { targets } from "../../src/core/truststore/targets.ts";
import { holds } from "../randomly.ts";
import { context, onFault } from "./checking.ts";
import { type LargeName, largeDocuments } from "./large-documents.ts";
import { countWork, longestOf, worksOf } from "./work.ts";

const given = (name: LargeName, count: number): GivenText => {
  const { syntax, text } = largeDocuments[name];
  return { text: text(count), syntax, name: "large" };
};

/** As many as it takes for several steps of each kind. */
const counts: Readonly<Record<LargeName, number>> = {
  "BEGIN lines": 12_000,
  "blocks with junk": 5_000,
  "origins with a wrong Quantity": 2_000,
  "behaviors with a wrong Quantity": 2_000,
};
const names = Object.keys(counts) as LargeName[];

/** The first steps of something, which is left there. @returns whether it was done by then */
function leftAfter(count: number, steps: Steps<unknown>): boolean {
  for (let taken = 0; taken < count; taken++) if (steps.next().done === true) return true;
  return false;
}

describe("the work of one step", { concurrency: false }, () => {
  countWork();

  for (const name of names) {
    test(`is a small part of the whole: ${name}`, () => {
      const source = given(name, counts[name]);
      const { result: facts, works: reading } = worksOf(readInSteps(source));
      const works = [
        ...reading,
        ...worksOf(checkInSteps(facts, context, onFault)).works,
        ...worksOf(fixAllInSteps(facts, context, onFault)).works,
      ];
      const [all, longest] = [works.reduce((sum, one) => sum + one), Math.max(...works)];
      assert.ok(longest * 10 < all, `${longest} of ${all} in step ${works.indexOf(longest)} of ${works.length}`);
    });
  }

  for (const part of ["fixes.ts", "text.ts"])
    test(`is no more where more is mended: ${part}`, () => {
      const longest = (count: number): number =>
        longestOf(fixAllInSteps(read(given("BEGIN lines", count)), context, onFault), part);
      const [less, more] = [longest(1_000), longest(4_000)];
      // Between so many are as many gaps but one.
      assert.ok(less >= perStep - 1 && more < 1.5 * less, `${less} becomes ${more}`);
    });
});

test("text without a block is looked through in steps", () => {
  for (const one of ["-", " ", "some words\n"]) {
    const stepsFor = (count: number) =>
      [...readInSteps({ text: one.repeat(count / one.length), syntax: "pem", name: "" })].length;
    const [less, more] = [stepsFor(1_000_000), stepsFor(4_000_000)];
    assert.ok(less >= 14 && more > 3.5 * less, `${one}: ${less} becomes ${more}`);
  }
});

describe("what is left between two steps", () => {
  const small = (name: LargeName): GivenText => given(name, (name === "BEGIN lines" ? 5 : 2) * perStep + 40);

  for (const name of names) {
    test(`has spoilt nothing: ${name}`, () => {
      const source = small(name);
      const expected = check(read(source), context, onFault);
      assert.ok(expected.length > 0);
      const store = { ...context, purpose: "trust-store", targets } as const;
      const asStore = check(read(source), store, onFault);
      const fixed = fixAll(read(source), context, onFault);
      assert.ok(fixed.applied > 0);
      holds(
        fc.property(fc.nat(60), fc.nat(250), fc.nat(500), (reading, judging, fixing) => {
          leftAfter(reading, readInSteps(source));
          const facts = read(source);
          leftAfter(judging, checkInSteps(facts, context, onFault));
          leftAfter(fixing, fixAllInSteps(facts, context, onFault));
          leftAfter(judging, checkInSteps(facts, store, onFault));
          assert.deepEqual(check(facts, store, onFault).map(told), asStore.map(told));
          // Its places say more than its identity: parts of a tree know their parents.
          assert.deepEqual(check(facts, context, onFault).map(told), expected.map(told));
          assert.deepEqual(fixAll(facts, context, onFault), fixed);
        }),
        12,
        100,
      );
    });
  }

  test("is done to the end by whoever goes on", () => {
    for (const name of names) {
      const source = small(name);
      assert.ok(leftAfter(Number.POSITIVE_INFINITY, readInSteps(source)));
      assert.ok(!leftAfter(3, readInSteps(given(name, counts[name]))));
    }
  });
});

const told = ({ rule, severity, at, reason, fixes = [] }: ReturnType<typeof check>[number]) => ({
  rule: rule.id,
  severity,
  at: [at.start, at.end],
  reason,
  fixes: fixes.length,
});

test("sorting in steps gives what sorting gives", () => {
  const items = fc.array(fc.record({ by: fc.nat(40), other: fc.nat() }), { maxLength: 5 * perStep, size: "max" });
  const by = (one: { readonly by: number }, other: { readonly by: number }) => one.by - other.by;
  holds(
    fc.property(items, (all) => assert.deepEqual(finish(sortedInSteps(all, by)), all.toSorted(by))),
    50,
    2_000,
  );
  const many = Array.from({ length: 100 * perStep }, (_, index) => ({ by: index % 1_000 }));
  assert.ok([...sortedInSteps(many, by)].length > 100);
});

test("blocks behind other text are looked for in steps, and are known afterwards", () => {
  const text = (count: number) => '"-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----"\n'.repeat(count);
  const stepsFor = (count: number) => [...readInSteps({ text: text(count), syntax: "pem", name: "" })].length;
  const [less, more] = [stepsFor(1_000), stepsFor(4_000)];
  assert.ok(less > 50 && more > 3.5 * less, `${less} becomes ${more}`);
});

test("fix all mends what is there many times, whatever is shown of it", () => {
  for (const [name, count] of [
    ["origins with a wrong Quantity", 12_000],
    ["BEGIN lines", 30_001],
  ] as const) {
    const facts = read(given(name, count));
    const { text, applied } = fixAll(facts, context, onFault);
    assert.ok(applied >= 12_000, `${applied}`);
    assert.equal(fixAll(read({ text, syntax: largeDocuments[name].syntax, name: "" }), context, onFault).applied, 0);
  }
});
