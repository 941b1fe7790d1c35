import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { compareParts, type Run, runIn, type Told, whyNotComparable } from "./against.ts";
import type { Figure } from "./figures.ts";

const figure = (id: string, value: number, exact?: true): Figure => ({
  id,
  text: id,
  value,
  ...(exact === undefined ? {} : { exact }),
});

interface Heard {
  readonly good: boolean;
  readonly printed: string;
  readonly runs: readonly string[];
}

/** @param tell by the number of the run in that checkout, from 0 on */
async function compared(
  tell: (side: "here" | "there", run: number) => Told,
  parts = [{ name: "run.ts", rounds: 3 }],
): Promise<Heard> {
  const [printed, runs]: [string[], string[]] = [[], []];
  const run: Run = (part, side, ids) => {
    const count = runs.filter((one) => one.startsWith(`${part} ${side}`)).length;
    runs.push([part, side, ...(ids === undefined ? [] : [ids.join()])].join(" "));
    return Promise.resolve(tell(side, count));
  };
  const good = await compareParts(parts, run, (text) => printed.push(text));
  return { good, printed: printed.join("\n"), runs };
}

describe("a comparison", () => {
  test("runs both checkouts in turn, and passes where they are alike", async () => {
    const { good, printed, runs } = await compared(() => [figure("a", 1)]);
    assert.equal(good, true);
    assert.deepEqual(runs, [
      "run.ts here",
      "run.ts there",
      "run.ts there",
      "run.ts here",
      "run.ts here",
      "run.ts there",
    ]);
    assert.match(printed, /✓ nothing is worse beyond the spread$/);
  });

  test("fails where something stays worse, which alone is measured once more", async () => {
    const { good, printed, runs } = await compared((side) => [figure("a", side === "here" ? 2 : 1), figure("b", 1)]);
    assert.equal(good, false);
    assert.match(printed, /^✗ a is worse beyond the spread: 2\.00 of the other's, ±1 %$/m);
    assert.deepEqual(runs.slice(6), [
      "run.ts here a",
      "run.ts there a",
      "run.ts there a",
      "run.ts here a",
      "run.ts here a",
      "run.ts there a",
    ]);
  });

  test("passes where something was worse only once", async () => {
    const { good, runs } = await compared((side, run) => [figure("a", side === "here" && run < 3 ? 2 : 1)]);
    assert.deepEqual([good, runs.length], [true, 12]);
  });

  test("fails at once where a size grew", async () => {
    const { good, runs } = await compared((side) => [figure("bytes", side === "here" ? 1001 : 1000, true)]);
    assert.deepEqual([good, runs.length], [false, 6]);
  });

  test("fails where a part breaks, says where and why, shows what is known by then, and goes on to the next part", async () => {
    const parts = ["run.ts", "activation.ts"].map((name) => ({ name, rounds: 3 }));
    const { good, printed, runs } = await compared(
      (side, run) => (side === "there" && run === 2 ? { broke: "exit code 1\nboom" } : [figure("a", 1)]),
      parts,
    );
    assert.equal(good, false);
    assert.match(printed, /^✗ run\.ts broke in the other checkout, in round 3: exit code 1\nboom$/m);
    assert.match(printed, /^✓ +a +1 +1 +1\.00/m);
    assert.ok(runs.includes("activation.ts here"));
  });

  test("measures a part that one of the two lacks no more than once, and lists what is in it", async () => {
    const { good, printed, runs } = await compared((side) => (side === "here" ? [figure("a", 1)] : []));
    assert.deepEqual([good, runs.length], [true, 2]);
    assert.match(printed, /only this checkout measures: a/);
  });
});

describe("another checkout", () => {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  after(() => rmSync(folder, { recursive: true }));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };

  test("is told from what is none, with what to do", () => {
    assert.match(whyNotComparable(join(folder, "nowhere")) ?? "", /There is no folder .*nowhere.*git worktree add/);
    assert.match(whyNotComparable(folder) ?? "", /is no checkout of this project/);
    write("test/bench/main.ts", "");
    assert.match(
      whyNotComparable(folder) ?? "",
      /has no test\/bench\/figures\.ts yet\. Take a later commit there, or copy/,
    );
    write("test/bench/figures.ts", "");
    assert.match(whyNotComparable(folder) ?? "", /run `npm ci` there/);
    write("node_modules/x", "");
    assert.equal(whyNotComparable(folder), undefined);
  });

  test("is asked for lines, briefly, in its own folder", async () => {
    write(
      "test/bench/run.ts",
      'console.log(JSON.stringify({ id: "a", text: [process.cwd(), ...process.argv.slice(2)].join(" "), value: 1 }));',
    );
    const told = await runIn(folder)("run.ts", "there", ["a", "b"]);
    assert.ok(!("broke" in told));
    assert.match(told[0]?.text ?? "", /bench-\w+ --json --brief --ids a,b$/);
  });

  test("breaks with its last words, or without a word", async () => {
    write("test/bench/run.ts", 'throw new Error("boom");');
    const broken = await runIn(folder)("run.ts", "there", undefined);
    assert.ok("broke" in broken);
    assert.match(broken.broke, /^exit code 1\n[^]*Error: boom/);
    write("test/bench/run.ts", "");
    assert.deepEqual(await runIn(folder)("run.ts", "there", undefined), { broke: "it told no figures\n" });
    assert.deepEqual(await runIn(folder)("activation.ts", "there", undefined), []);
  });
});

describe("npm run bench", () => {
  const bench = (...args: string[]) => {
    const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, "main.ts"), ...args], {
      encoding: "utf8",
    });
    return [status, stderr] as const;
  };

  test("says what is wrong with what it is asked, and measures nothing", () => {
    for (const [args, said] of [
      [["--faster"], /Unknown option '--faster'[^]*Usage: npm run bench/],
      [["--only", "speed"], /--only takes one of run, check, activation, inspector, review, account, not speed\./],
      [["--rounds", "3"], /--rounds goes with --against/],
      [["--against", ".", "--rounds", "1"], /--rounds takes a whole number from 2 on, not 1/],
      [["--against", ".", "--rounds", "many"], /not many/],
      [["--against", "/nowhere/at/all"], /There is no folder \/nowhere\/at\/all/],
    ] as const) {
      const [status, stderr] = bench(...args);
      assert.equal(status, 2, stderr);
      assert.match(stderr, said);
    }
  });
});
