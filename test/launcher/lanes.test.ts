import * as assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Lanes } from "./lanes.ts";

test("as many run at a time as there are lanes, in the order in which they came", async () => {
  const lanes = new Lanes(2);
  const began: number[] = [];
  let running = 0;
  let most = 0;
  const results = await Promise.all(
    Array.from({ length: 7 }, (_, index) =>
      lanes.run(async () => {
        began.push(index);
        most = Math.max(most, (running += 1));
        for (let turn = 0; turn <= index % 3; turn++) await setImmediate();
        running -= 1;
        return index;
      }),
    ),
  );
  assert.deepEqual([results, began, most], [[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6], 2]);
});

test("one that fails leaves its lane to the next", async () => {
  const lanes = new Lanes(1);
  const [failed, next] = await Promise.allSettled([
    lanes.run(() => Promise.reject(new Error("it fails"))),
    lanes.run(() => Promise.resolve("runs")),
  ]);
  assert.deepEqual([failed.status, next], ["rejected", { status: "fulfilled", value: "runs" }]);
});
