// Real threads: what they find is what one thread finds.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createPool } from "../../src/cli/pool.ts";
import { type Done, type Job, lookAt, type Task } from "../../src/cli/work.ts";
import { checkedFolder, config, type Project, self } from "./checked-folder.ts";

const count = 60;
const task: Task = { settings: {}, purposes: [], now: new Date("2026-12-01T00:00:00Z"), fix: "none", edits: true };
const nameOf = (place: number) => `${String(place).padStart(2, "0")}.json`;

describe("a pool", () => {
  const folder = checkedFolder("pool");
  const texts = Object.fromEntries(
    Array.from({ length: count }, (_, place) => [
      nameOf(place),
      place % 3 === 0 ? config() : place % 3 === 1 ? "{" : "{}",
    ]),
  );
  const jobsOf = ({ at }: Project): readonly Job[] =>
    ["gone.json", ...Object.keys(texts)].map((path) => ({
      file: at(path),
      path,
      inProject: path,
      isNamed: true,
      wanted: "all",
      namedBy: [],
    }));
  const byPath = (done: readonly Done[]) => done.toSorted((a, b) => (a.path < b.path ? -1 : 1));

  test("of threads finds the same as one thread, is used again, and begins nothing more once it is stopped", async () => {
    const jobs = jobsOf(await folder.project(texts));
    const alone: Done[] = [];
    for (const job of jobs) alone.push((await lookAt(job, task)) ?? assert.fail(job.path));
    const pool = createPool(self, task, jobs.length);
    try {
      for (const part of [jobs, jobs.slice(0, 5), []]) {
        const done: Done[] = [];
        await pool.run(part, (one, job) => {
          assert.equal(one.path, job.path);
          done.push(one);
        });
        assert.deepEqual(byPath(done), byPath(alone.filter(({ path }) => part.some((job) => job.path === path))));
      }
      let count = 0;
      await pool.run(jobs, () => {
        count++;
        pool.stop();
      });
      assert.ok(count > 0 && count < jobs.length, `${count}`);
      await pool.run(jobs, () => assert.fail("It was stopped."));
    } finally {
      await pool.close();
    }
  });

  test("of few files is no thread", async () => {
    const jobs = jobsOf(await folder.project({ "00.json": config() })).slice(0, 2);
    const pool = createPool("file:///nowhere.js", task, jobs.length);
    const paths: string[] = [];
    await pool.run(jobs, ({ path }) => void paths.push(path));
    pool.stop();
    await pool.run(jobs, () => assert.fail("It was stopped."));
    await pool.close();
    assert.deepEqual(paths, ["gone.json", "00.json"]);
  });

  test("whose threads cannot start says so", async () => {
    const jobs = jobsOf(await folder.project(texts));
    const pool = createPool("file:///nowhere/at/all.js", task, jobs.length);
    await assert.rejects(
      pool.run(jobs, () => {}),
      /Cannot find module/,
    );
    await pool.close();
  });
});
