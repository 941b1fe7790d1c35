import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compareRounds, type Line, type Round, suspects, tableOf, worse } from "./comparison.ts";
import { type Figure, figuresIn } from "./figures.ts";

const figure = (value: number, more: Partial<Figure> = {}): Figure => ({
  id: "read",
  text: "reading, 1 MB",
  value,
  ...more,
});

/** One figure of each round. */
function roundsOf(here: readonly number[], there: readonly number[], more: Partial<Figure> = {}): Round[] {
  return here.map((value, index) => ({
    here: [figure(value, more)],
    there: [figure(there[index] ?? Number.NaN, more)],
  }));
}

function lineOf(rounds: readonly Round[]): Line {
  const [line, another] = compareRounds(rounds).lines;
  assert.ok(line !== undefined && another === undefined);
  return line;
}

describe("two checkouts' figures", () => {
  test("are worse where the median ratio is above 1 by more than the spread", () => {
    const line = lineOf(roundsOf([1.3, 1.32, 1.28, 1.31, 1.3], [1, 1.02, 0.98, 1.01, 1]));
    assert.equal(line.verdict, "worse");
    assert.ok(Math.abs(line.ratio - 1.3) < 0.01 && line.spread > 0.01 && line.spread < 0.05, JSON.stringify(line));
    assert.deepEqual([line.here, line.there], [1.3, 1]);
  });

  test("are alike within it, and better beyond it on the other side", () => {
    assert.equal(lineOf(roundsOf([1.05, 1.2, 0.95, 1.1, 1], [1, 1.1, 0.9, 1.15, 1])).verdict, "alike");
    assert.equal(lineOf(roundsOf([0.5, 0.51, 0.5], [1, 1.02, 1])).verdict, "better");
  });

  test("have the spread of both: what one checkout's rounds differ by hides no less than the other's", () => {
    const [steady, restless] = [
      [1, 1, 1, 1, 1],
      [1.2, 1.5, 1.2, 1.5, 1.2],
    ];
    assert.equal(lineOf(roundsOf(restless, steady)).verdict, "alike");
    assert.equal(lineOf(roundsOf(steady, restless)).verdict, "alike");
  });

  test("are not hidden by one round in which the machine was busy, nor made worse by it", () => {
    assert.equal(lineOf(roundsOf([1.3, 1.31, 1.3, 1.3, 4], [1, 1, 1.01, 1, 1])).verdict, "worse");
    assert.equal(lineOf(roundsOf([1, 1, 1, 1, 4], [1, 1, 1, 1, 1])).verdict, "alike");
  });

  test("are compared pair by pair: what slows both for a while is no difference", () => {
    const line = lineOf(roundsOf([1.1, 2.2, 3.3], [1, 2, 3]));
    assert.ok(Math.abs(line.ratio - 1.1) < 1e-9 && Math.abs(line.greatest - line.least) < 1e-9);
  });

  test("take the middle of two where rounds are even", () => {
    assert.equal(lineOf(roundsOf([1, 3], [1, 1])).ratio, 2);
  });

  test("have a spread of 1 % at least, but for what is exact, of which any more is worse", () => {
    assert.equal(lineOf(roundsOf([1.009, 1.009], [1, 1])).verdict, "alike");
    const bytes = lineOf(roundsOf([1001, 1001], [1000, 1000], { exact: true }));
    assert.deepEqual([bytes.verdict, bytes.spread], ["worse", 0]);
    assert.equal(lineOf(roundsOf([1000, 1000], [1000, 1000], { exact: true })).verdict, "alike");
  });

  test("may be nothing", () => {
    assert.equal(lineOf(roundsOf([0, 0], [0, 0], { exact: true })).verdict, "alike");
    assert.equal(lineOf(roundsOf([5, 5], [0, 0], { exact: true })).verdict, "worse");
    assert.equal(lineOf(roundsOf([0, 0], [5, 5], { exact: true })).verdict, "better");
  });

  test("say nothing after a single round, in which no spread is known", () => {
    assert.equal(lineOf(roundsOf([3], [1])).verdict, "alike");
  });

  test("are only shown where the reference is the project's own", () => {
    const rounds = roundsOf([9, 9], [1, 1], { shownOnly: true });
    assert.equal(lineOf(rounds).verdict, "shown");
    assert.deepEqual(suspects(compareRounds(rounds)), []);
  });

  test("are matched by their ids, whatever they are called, and named where only one has them", () => {
    const round: Round = {
      here: [figure(1), figure(2, { id: "new" })],
      there: [figure(1, { text: "reading, 2 MB" }), figure(3, { id: "old" })],
    };
    const comparison = compareRounds([round, round]);
    assert.deepEqual(
      comparison.lines.map(({ id }) => id),
      ["read"],
    );
    assert.deepEqual([comparison.onlyHere, comparison.onlyThere], [["new"], ["old"]]);
    const table = tableOf(comparison);
    assert.match(table, /only this checkout measures: new$/m);
    assert.match(table, /only the other measures: old$/m);
  });

  test("are worse for certain once they are worse again; what is exact, at once", () => {
    const slow = compareRounds(roundsOf([2, 2], [1, 1]));
    const same = compareRounds(roundsOf([1, 1], [1, 1]));
    const larger = compareRounds(roundsOf([2, 2], [1, 1], { exact: true }));
    assert.deepEqual(suspects(slow), ["read"]);
    assert.deepEqual(suspects(larger), []);
    assert.deepEqual(
      worse(slow, slow).map(({ id }) => id),
      ["read"],
    );
    assert.deepEqual(worse(slow, same), []);
    assert.deepEqual(worse(slow, undefined), []);
    assert.deepEqual(
      worse(larger, undefined).map(({ id }) => id),
      ["read"],
    );
  });
});

describe("the table", () => {
  test("has a line for each figure, with its mark", () => {
    const table = tableOf(compareRounds(roundsOf([1.3, 1.3], [1, 1]))).split("\n");
    assert.equal(table.length, 2);
    assert.match(table[0] ?? "", /^ +this +other +ratio +of rounds +spread$/);
    assert.match(table[1] ?? "", /^✗ +read +1\.30 +1 +1\.30 +1\.30–1\.30 +±1 % +reading, 1 MB$/);
  });

  test("has no head where there is nothing", () => {
    assert.equal(tableOf(compareRounds([{ here: [figure(1)], there: [] }])), "  only this checkout measures: read");
  });
});

describe("what a part prints", () => {
  test("is figures, among whatever else", () => {
    const line = JSON.stringify(figure(1.5));
    assert.deepEqual(figuresIn(`warning\n${line}\n{ half\n{"id":"x"}\n`), [figure(1.5)]);
  });
});
