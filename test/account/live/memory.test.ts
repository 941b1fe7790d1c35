import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveMemory } from "../../../src/account/live/memory.ts";
import { until } from "../../until.ts";
import { recordsIn, type SecretStore, secretStore, type TestFolder, testFolder, waitsIn } from "../storage.ts";
import { account, done, undo } from "./records.ts";

function memoryIn(folder: TestFolder, secrets: SecretStore, name = "w", gone: readonly string[] = []): LiveMemory {
  return new LiveMemory(recordsIn(folder), secrets, { name, isGone: (other) => gone.includes(other) });
}

const configs = { replaced: "secret of before", sent: "secret of after" };

test("resources of different kinds are told apart where they are called alike, in the secrets too", async () => {
  const secrets = secretStore();
  const memory = memoryIn(testFolder(), secrets);
  for (const kind of ["distribution", "gate"]) {
    await memory.announce(done({ kind }), configs, undefined);
    await memory.addUndo(undo({ kind }), `before of ${kind}`);
  }
  assert.equal((await memory.waits(account)).length, 2);
  assert.equal((await memory.undos()).length, 2);
  for (const kind of ["distribution", "gate"])
    assert.equal(await memory.configBefore(undo({ kind })), `before of ${kind}`);
  await memory.removeUndoOf({ account, kind: "gate", id: "E1" });
  assert.deepEqual(
    (await memory.undos()).map(({ kind }) => kind),
    ["distribution"],
  );
  assert.deepEqual([...secrets.kept.values()], ["before of distribution"]);
});

test("what undoes the change of one window does not take the place of what undoes another one's", async () => {
  const [kept, secrets] = [testFolder(), secretStore()];
  const [one, two] = ["one", "two"].map((name) => memoryIn(kept, secrets, name));
  assert.ok(one !== undefined && two !== undefined);
  const [first, second] = [undo({ etag: "V2", at: 1 }), undo({ etag: "V3", at: 2 })];
  const { store } = secrets;
  secrets.store = async (key, value) => {
    await store(key, value);
    if (value === "before the second") await one.addUndo(first, "before the first");
  };
  await two.addUndo(second, "before the second");
  assert.deepEqual(await one.undos(), [JSON.parse(JSON.stringify(second))]);
  assert.equal(await one.configBefore(second), "before the second");
  assert.deepEqual([...secrets.kept.values()], ["before the second"]);
});

test("what a window left when it died taking the place of another change is forgotten, its config too", async () => {
  const [kept, secrets] = [testFolder(), secretStore()];
  const memory = memoryIn(kept, secrets);
  const dying = () => memoryIn(kept, { ...secrets, delete: () => new Promise(() => undefined) });
  await memory.addUndo(undo({ at: 1 }), "before the first");
  void dying().addUndo(undo({ at: 2, etag: "V3" }), "before the second");
  await until("both are written", () => secrets.kept.size === 2 && kept.kept.size === 2);
  await memory.addUndo(undo({ at: 3, etag: "V4" }), "before the third");
  assert.deepEqual([...secrets.kept.values()], ["before the third"]);
  void dying().addUndo(undo({ at: 4, etag: "V5" }), "before the fourth");
  await until("both are written", () => secrets.kept.size === 2 && kept.kept.size === 2);
  await memory.removeUndo(undo({ at: 4, etag: "V5" }));
  assert.deepEqual([[...secrets.kept.values()], await memory.undos()], [[], []]);
});

test("a change is overtaken as soon as another window has written down what undoes the one after it", async () => {
  const [kept, secrets] = [testFolder(), secretStore()];
  const [one, two] = [memoryIn(kept, secrets, "one"), memoryIn(kept, secrets, "two")];
  const [first, second] = [done({ isTaken: false, at: 1 }), done({ isTaken: false, at: 2, replaced: "V2" })];
  await one.announce(first, configs, undefined);
  await two.announce(second, configs, undefined);
  assert.equal(await one.isOvertaken(first), false);
  await two.addUndo(undo({ at: 2, etag: "V3" }), "before the second");
  assert.equal(await one.isOvertaken(first), true);
  assert.equal(await two.isOvertaken(second), false);
  await two.take(second, "V3");
  assert.equal(await one.isOvertaken(first), true);
  // By a clock that was set back since, it was sent before.
  const next = done({ isTaken: false, at: 0, replaced: "V3" });
  await one.announce(next, configs, undefined);
  assert.equal(await one.isOvertaken(next), false);
});

test("a keyring that is locked keeps nothing from being undone that names alone undo", async () => {
  const secrets = secretStore();
  secrets.delete = () => Promise.reject(new Error("The keyring is locked"));
  const memory = memoryIn(testFolder(), secrets);
  for (const at of [1, 2]) await memory.addUndo(undo({ settings: {}, at }), undefined);
  await memory.removeUndo(undo({ at: 2 }));
  assert.deepEqual(await memory.undos(), []);
});

test("without a version, changes are told apart by when they were sent", async () => {
  const memory = memoryIn(testFolder(), secretStore());
  const [one, two] = [done({ etag: undefined, at: 1 }), done({ etag: undefined, at: 2 })];
  await memory.announce(one, configs, undefined);
  const known = await memory.current(one);
  assert.deepEqual([known?.at, known?.etag], [1, undefined]);
  assert.equal(await memory.current(two), undefined);
  assert.ok(memory.begin(one));
  assert.ok(memory.begin(two), "another change is another wait");
  assert.ok(!memory.begin(one));
});

test("who listens hears of each write, until it is enough", async () => {
  const memory = memoryIn(testFolder(), secretStore());
  let heard = 0;
  const listening = memory.onDidChange(() => void heard++);
  await memory.announce(done(), configs, undefined);
  await memory.addUndo(undo(), undefined);
  assert.equal(heard, 2);
  listening.dispose();
  await memory.removeWait(done());
  assert.equal(heard, 2);
});

test("what was sent is kept with the secrets where names do not say it all, and no longer than the change is", async () => {
  const [kept, secrets] = [testFolder(), secretStore()];
  const memory = memoryIn(kept, secrets);
  const [sent, named] = [done({ isTaken: false, isWhole: false, at: 1 }), done({ isTaken: false, id: "E2", at: 2 })];
  await memory.announce(sent, configs, undefined);
  await memory.announce(named, configs, undefined);
  assert.doesNotMatch(JSON.stringify([...kept.kept]), /secret/);
  assert.equal(secrets.kept.size, 1);
  const next = memoryIn(kept, secrets, "next");
  assert.deepEqual(await next.configsOf(sent), configs);
  assert.equal(await next.configsOf(named), undefined);
  const taken = await next.take(sent, "V2");
  assert.deepEqual([taken.isTaken, taken.etag, secrets.kept.size], [true, "V2", 1]);
  await next.removeWait(taken);
  assert.deepEqual([secrets.kept.size, (await next.waits(account)).length], [0, 1]);
});

test("no config is kept that nothing names, also where the window dies or cannot write in between", async () => {
  const [kept, secrets] = [testFolder(), secretStore()];
  const named: boolean[] = [];
  const { store } = secrets;
  secrets.store = async (key, value) => {
    named.push(waitsIn(kept).length > 0);
    await store(key, value);
  };
  await memoryIn(kept, secrets).announce(done({ isTaken: false, isWhole: false }), configs, undefined);
  assert.deepEqual(named, [true]);
  const full = testFolder();
  full.write = () => Promise.reject(new Error("The disk is full"));
  const memory = memoryIn(full, secretStore(secrets.kept));
  const record = done({ isTaken: false, isWhole: false, id: "E2" });
  await assert.rejects(memory.announce(record, configs, undefined), /The disk is full/);
  assert.equal(secrets.kept.size, 1);
  assert.deepEqual(await memory.configsOf(record), configs);
});

test("what AWS took takes the place of what might still arrive, and of nothing else", async () => {
  const secrets = secretStore();
  const memory = memoryIn(testFolder(), secrets);
  const [first, second] = [1, 2].map((at) => done({ isTaken: false, isWhole: false, at }));
  const other = done({ isTaken: false, id: "E2", at: 3 });
  // A try again, and what is sent for what the change left.
  const [again, next] = [done({ isTaken: false, at: 4 }), done({ isTaken: false, at: 5, replaced: "V2" })];
  for (const record of [first, second, other, again, next])
    await memory.announce(record ?? assert.fail(), configs, undefined);
  assert.deepEqual(
    (await memory.doubts(done())).map(({ at }) => at),
    [5, 4, 2, 1],
  );
  await memory.take(second ?? assert.fail(), "V2");
  assert.deepEqual(
    (await memory.waits(account)).map(({ id, at, isTaken }) => [id, at, isTaken]),
    [
      ["E1", 2, true],
      ["E2", 3, false],
      ["E1", 5, false],
    ],
  );
  assert.deepEqual(secrets.kept.size, 1);
});

test("one of the windows that see an end tells it, and another one where that one is gone", async () => {
  const kept = testFolder();
  const [one, two] = ["one", "two"].map((name) => memoryIn(kept, secretStore(), name));
  assert.ok(one !== undefined && two !== undefined);
  await one.announce(done(), configs, undefined);
  assert.equal(await one.claim(done(), 1_000, 500), "ours");
  assert.equal(await two.claim(done(), 1_499, 500), "others");
  assert.equal(await two.claim(done(), 1_500, 500), "ours");
  assert.equal(await one.claim(done(), 1_600, 500), "others");
  const third = memoryIn(kept, secretStore(), "three", ["two"]);
  assert.equal(await third.claim(done(), 1_600, 500), "ours", "the one that was to tell it has ended");
  await two.removeWait(done());
  assert.equal(await one.claim(done(), 9_000, 500), "gone");
  assert.deepEqual([...kept.kept], []);
});

test("what a window sent that is known to have ended is nobody's", () => {
  const memory = memoryIn(testFolder(), secretStore(), "w", ["gone"]);
  const windows = ["w", "other", "gone", undefined].map((window) => memory.isOfAnother(done({ window })));
  assert.deepEqual(windows, [false, true, false, false]);
});

test("whether AWS has a change at all is of interest for longer than its end, and not for ever", async () => {
  const [day, secrets] = [24 * 60 * 60 * 1000, secretStore()];
  const memory = memoryIn(testFolder(), secrets);
  await memory.announce(done({ id: "E1", at: 0 }), configs, undefined);
  await memory.announce(done({ id: "E2", at: 0, isTaken: false, isWhole: false }), configs, undefined);
  const left = async () => (await memory.waits(account)).map(({ id }) => id);
  await memory.dropStaleWaits(day + 1);
  assert.deepEqual(await left(), ["E2"]);
  await memory.dropStaleWaits(30 * day + 1);
  assert.deepEqual([await left(), secrets.kept.size], [[], 0]);
});

test("a window that leaves what it sent says so, and says nothing of what another one sent", async () => {
  const [kept, secrets] = [testFolder(), secretStore()];
  const [one, two] = ["one", "two"].map((name) => memoryIn(kept, secrets, name));
  assert.ok(one !== undefined && two !== undefined);
  const [mine, theirs] = [done({ window: "one", at: 1 }), done({ window: "two", id: "E2", at: 2 })];
  for (const [memory, record] of [
    [one, mine],
    [two, theirs],
  ] as const) {
    memory.begin(record);
    await memory.announce(record, configs, undefined);
  }
  one.begin(theirs);
  assert.deepEqual([two.isOfAnother(mine), two.isOfAnother(theirs)], [true, false]);
  await one.leave();
  const windows = (await two.waits(account)).map(({ id, window }) => [id, window]);
  assert.deepEqual(windows, [
    ["E1", undefined],
    ["E2", "two"],
  ]);
  assert.equal(two.isOfAnother((await two.current(mine)) ?? assert.fail()), false);
});
