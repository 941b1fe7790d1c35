import * as assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { createLimiter } from "../../src/aws/limiter.ts";

/** A clock that goes when the test says so. */
function clock(t: TestContext): (milliseconds: number) => Promise<void> {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let now = 1000;
  t.mock.method(performance, "now", () => now);
  return async (milliseconds) => {
    for (let passed = 0; passed < milliseconds; passed += 10) {
      now += 10;
      t.mock.timers.tick(10);
      await settled();
    }
  };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

const never = new AbortController().signal;

describe("a limiter", () => {
  test("lets so many begin at once, and the others as soon as the first ones are old enough", async (t) => {
    const pass = clock(t);
    const turn = createLimiter(3, 1000);
    const begun: number[] = [];
    for (let index = 0; index < 8; index++) void turn(never).then(() => begun.push(index));
    await settled();
    assert.deepEqual(begun, [0, 1, 2]);
    await pass(990);
    assert.deepEqual(begun, [0, 1, 2]);
    await pass(10);
    assert.deepEqual(begun, [0, 1, 2, 3, 4, 5]);
    await pass(1000);
    assert.deepEqual(begun, [0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test("never lets more begin in any such span, however they come", async (t) => {
    const pass = clock(t);
    const turn = createLimiter(2, 100);
    const begun: number[] = [];
    for (let index = 0; index < 12; index++) {
      void turn(never).then(() => begun.push(performance.now()));
      await settled();
      await pass([10, 40, 0, 70, 150][index % 5] ?? 0);
    }
    await pass(1000);
    assert.equal(begun.length, 12);
    begun.forEach((at, index) => assert.ok(index < 2 || at - (begun[index - 2] ?? 0) >= 100, begun.join(" ")));
  });

  test("gives the turn of who gave up to the next one", async (t) => {
    const pass = clock(t);
    const turn = createLimiter(1, 100);
    const left = new AbortController();
    const begun: string[] = [];
    const gone: unknown[] = [];
    void turn(never).then(() => begun.push("first"));
    for (let index = 0; index < 50; index++) turn(left.signal).catch((reason: unknown) => gone.push(reason));
    void turn(never).then(() => begun.push("last"));
    await settled();
    left.abort("no longer");
    await settled();
    assert.deepEqual(
      gone,
      Array.from({ length: 50 }, () => "no longer"),
    );
    await pass(100);
    assert.deepEqual(begun, ["first", "last"]);
  });

  test("does not begin for who was aborted before", async () => {
    await assert.rejects(createLimiter(1)(AbortSignal.abort("before")), (reason) => reason === "before");
  });
});
