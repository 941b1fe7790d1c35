// A window dies at each phase of a change, with each fault: no row in which the next one says something untrue, or
// nothing. `npm run kill-table` prints what each says.
import assert from "node:assert/strict";
import { after, before, describe, mock, test } from "node:test";
import { type Aws, startAws } from "../../sandbox/aws.ts";
import { phases, play, rows } from "./kill-table.ts";

let aws: Aws | undefined;
before(async () => {
  aws = await startAws({ deploySeconds: 0.02 });
  // The SDK's pauses between tries.
  mock.method(Math, "random", () => 0);
});
after(async () => {
  mock.restoreAll();
  await aws?.close();
});

for (const phase of phases) {
  describe(`a window that dies: ${phase}`, () => {
    for (const row of rows.filter((one) => one.phase === phase))
      test(`${row.change}, ${row.fault}`, async () => {
        const { wrong, ...result } = await play(row, aws ?? assert.fail("The sandbox is not there"));
        assert.deepEqual(wrong, [], JSON.stringify(result, undefined, 2));
      });
  });
}

test("each phase is one to which windows come", async () => {
  for (const phase of phases) {
    const row = rows.find(
      (one) => one.phase === phase && one.fault === (phase === "looking up its fate" ? "dropped after" : "none"),
    );
    const { isReached, said } = await play(row ?? assert.fail(phase), aws ?? assert.fail("The sandbox is not there"));
    assert.ok(isReached, phase);
    assert.notEqual(said, "", phase);
  }
});
