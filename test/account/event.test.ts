import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Emitter } from "../../src/account/event.ts";

describe("an emitter", () => {
  test("tells those who listen, in their order, until they do not any more", () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    const first = emitter.event((value) => heard.push(`first ${value}`));
    emitter.event((value) => heard.push(`second ${value}`));
    emitter.fire(1);
    first.dispose();
    first.dispose();
    emitter.fire(2);
    emitter.dispose();
    emitter.fire(3);
    assert.deepEqual(heard, ["first 1", "second 1", "second 2"]);
  });

  test("tells one that listens twice twice, and takes back what it was asked to", () => {
    const emitter = new Emitter<void>();
    let count = 0;
    const listener = () => (count += 1);
    const once = emitter.event(listener);
    emitter.event(listener);
    emitter.fire();
    assert.equal(count, 2);
    once.dispose();
    emitter.fire();
    assert.equal(count, 3);
  });

  test("tells who began to listen, or ended, meanwhile from the next time on", () => {
    const emitter = new Emitter<void>();
    const heard: string[] = [];
    const own = emitter.event(() => {
      heard.push("own");
      own.dispose();
      emitter.event(() => heard.push("later"));
    });
    emitter.fire();
    assert.deepEqual(heard, ["own"]);
    emitter.fire();
    assert.deepEqual(heard, ["own", "later"]);
  });

  test("tells the others of what one of them has a fault with, and does not hide it", async (t) => {
    const faults: unknown[] = [];
    t.mock.method(globalThis, "queueMicrotask", (work: () => void) => {
      try {
        work();
      } catch (error) {
        faults.push(error);
      }
    });
    const emitter = new Emitter<void>();
    const heard: string[] = [];
    const fault = new Error("a bug");
    emitter.event(() => {
      throw fault;
    });
    emitter.event(() => heard.push("told"));
    emitter.fire();
    assert.deepEqual([heard, faults], [["told"], [fault]]);
  });
});
