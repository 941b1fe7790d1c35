import * as assert from "node:assert/strict";
import { test } from "node:test";
import { inSlices, othersFirst, someAtOnce } from "../../../src/platform/node/turns.ts";

test("work that is asked for at once is done some at a time, and others have their turn between", async () => {
  const done: (number | "others")[] = [];
  const work = someAtOnce(2, (task: number) => {
    done.push(task);
    return task * 10;
  });
  const answers = [1, 2, 3, 4, 5].map(work);
  assert.deepEqual(answers.slice(0, 2), [10, 20]);
  assert.deepEqual([...done], [1, 2]);
  setImmediate(() => done.push("others"));
  assert.deepEqual(await Promise.all(answers), [10, 20, 30, 40, 50]);
  assert.deepEqual(done.slice(0, 4), [1, 2, "others", 3]);
  assert.deepEqual(done.slice(3), [3, 4, 5]);
});

test("once nothing waits any more, work is done at once again", async () => {
  const work = someAtOnce(2, (task: number) => task);
  assert.equal(work(1), 1);
  await othersFirst();
  assert.deepEqual([work(2), work(3)], [2, 3]);
  const later = work(4);
  assert.ok(later instanceof Promise);
  await later;
  await othersFirst();
  assert.deepEqual([work(5), work(6)], [5, 6]);
});

test("what fails fails for itself alone", async () => {
  const work = someAtOnce(1, (task: number) => {
    if (task === 2) throw new Error("no second");
    return task;
  });
  const [first, second, third] = [work(1), work(2), work(3)];
  assert.equal(first, 1);
  await assert.rejects(async () => second, /no second/);
  assert.equal(await third, 3);
});

/** Steps, of which each is longer than a turn, so that none is shared. */
function* steps(count: number, taken: number[]): Generator<void, string, void> {
  for (let step = 0; step < count; step++) {
    taken.push(step);
    yield;
  }
  return "done";
}

test("steps are taken in turns with other work, to their result", async () => {
  const taken: number[] = [];
  const seen: number[] = [];
  const look = () => {
    seen.push(taken.length);
    if (taken.length < 5) setImmediate(look);
  };
  setImmediate(look);
  const work = steps(5, taken);
  assert.equal(await inSlices(() => work.next(), { slice: 0 }), "done");
  assert.ok(seen.length >= 5, `${seen}`);
  assert.deepEqual(taken, [0, 1, 2, 3, 4]);
});

test("no step is taken any more once that is not wanted", async () => {
  const taken: number[] = [];
  const stop = new AbortController();
  const work = steps(5, taken);
  const next = () => {
    if (taken.length === 2) setImmediate(() => stop.abort());
    return work.next();
  };
  assert.equal(await inSlices(next, { signal: stop.signal, slice: 0 }), undefined);
  assert.ok(taken.length < 5);
  const before = taken.length;
  await othersFirst();
  assert.equal(taken.length, before);
});
