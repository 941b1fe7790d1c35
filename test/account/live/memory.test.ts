import assert from "node:assert/strict";
import { test } from "node:test";
import { undosKey, waitsKey } from "../../../src/account/live/kept.ts";
import { LiveMemory } from "../../../src/account/live/memory.ts";
import type { UndoRecord, WaitRecord } from "../../../src/account/live/records.ts";
import { memento, secretStore } from "../storage.ts";

const account = "111122223333";

function done(more: Partial<WaitRecord> = {}): WaitRecord {
  return {
    ...{
      account,
      profile: undefined,
      kind: "distribution",
      id: "E1",
      etag: "V2",
      deed: "enable",
      parts: ["o1"],
      at: 1,
    },
    ...{ isTaken: true, expected: [], isWhole: true, replaced: "V1" },
    ...{ undoing: { kind: "never", why: "" }, applied: 0, left: 0, window: "w" },
    ...more,
  };
}

function undo(more: Partial<UndoRecord> = {}): UndoRecord {
  const { account, profile, kind, id, etag, deed, parts, at } = done();
  return { account, profile, kind, id, etag, deed, parts, at, settings: undefined, ...more };
}

const configs = { replaced: "secret of before", sent: "secret of after" };

test("what a version wrote that knew distributions alone is read as theirs", async () => {
  const { kind: _, parts, ...before } = done();
  const old = { ...before, origins: parts };
  const { kind: __, parts: ___, ...undoBefore } = undo();
  const secrets = secretStore(new Map([[`mtls.undo:${account}/E1`, "the config"]]));
  const memory = new LiveMemory(
    memento({ [waitsKey]: [old], [undosKey]: [{ ...undoBefore, origins: parts }] }),
    secrets,
    "w",
  );
  const [wait] = memory.waits(account);
  assert.deepEqual([wait?.kind, wait?.parts], ["distribution", ["o1"]]);
  const [record] = memory.undos();
  assert.deepEqual([record?.kind, record?.parts], ["distribution", ["o1"]]);
  assert.equal(await memory.configBefore(record ?? assert.fail()), "the config");
  await memory.removeWait(done());
  assert.deepEqual(memory.waits(account), []);
});

test("resources of different kinds are told apart where they are called alike, in the secrets too", async () => {
  const secrets = secretStore();
  const memory = new LiveMemory(memento(), secrets, "w");
  for (const kind of ["distribution", "gate"]) {
    await memory.announce(done({ kind }), configs, undefined);
    await memory.addUndo(undo({ kind }), `before of ${kind}`);
  }
  assert.equal(memory.waits(account).length, 2);
  assert.equal(memory.undos().length, 2);
  for (const kind of ["distribution", "gate"])
    assert.equal(await memory.configBefore(undo({ kind })), `before of ${kind}`);
  await memory.removeUndoOf({ account, kind: "gate", id: "E1" });
  assert.deepEqual(
    memory.undos().map(({ kind }) => kind),
    ["distribution"],
  );
  assert.deepEqual([...secrets.kept.values()], ["before of distribution"]);
});

test("without a version, changes are told apart by when they were sent", async () => {
  const memory = new LiveMemory(memento(), secretStore(), "w");
  const [one, two] = [done({ etag: undefined, at: 1 }), done({ etag: undefined, at: 2 })];
  await memory.announce(one, configs, undefined);
  assert.deepEqual(memory.current(one), one);
  assert.equal(memory.current(two), undefined);
  assert.ok(memory.begin(one));
  assert.ok(memory.begin(two), "another change is another wait");
  assert.ok(!memory.begin(one));
});

test("who listens hears of each write, until it is enough", async () => {
  const memory = new LiveMemory(memento(), secretStore(), "w");
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
  const [kept, secrets] = [memento(), secretStore()];
  const memory = new LiveMemory(kept, secrets, "w");
  const [sent, named] = [done({ isTaken: false, isWhole: false, at: 1 }), done({ isTaken: false, id: "E2", at: 2 })];
  await memory.announce(sent, configs, undefined);
  await memory.announce(named, configs, undefined);
  assert.doesNotMatch(JSON.stringify(kept.get(waitsKey)), /secret/);
  assert.equal(secrets.kept.size, 1);
  const next = new LiveMemory(kept, secrets, "next");
  assert.deepEqual(await next.configsOf(sent), configs);
  assert.equal(await next.configsOf(named), undefined);
  const taken = await next.take(sent, "V2");
  assert.deepEqual([taken.isTaken, taken.etag, secrets.kept.size], [true, "V2", 1]);
  await next.removeWait(taken);
  assert.deepEqual([secrets.kept.size, next.waits(account).length], [0, 1]);
});

test("no config is kept that nothing names, also where the window dies or cannot write in between", async () => {
  const [kept, secrets] = [memento(), secretStore()];
  const named: boolean[] = [];
  const { store } = secrets;
  secrets.store = async (key, value) => {
    named.push((kept.get<readonly unknown[]>(waitsKey) ?? []).length > 0);
    await store(key, value);
  };
  await new LiveMemory(kept, secrets, "w").announce(done({ isTaken: false, isWhole: false }), configs, undefined);
  assert.deepEqual(named, [true]);
  const full = memento();
  full.update = () => Promise.reject(new Error("The disk is full"));
  const memory = new LiveMemory(full, secretStore(secrets.kept), "w");
  const record = done({ isTaken: false, isWhole: false, id: "E2" });
  await assert.rejects(memory.announce(record, configs, undefined), /The disk is full/);
  assert.equal(secrets.kept.size, 1);
  assert.deepEqual(await memory.configsOf(record), configs);
});

test("what AWS took takes the place of what might still arrive, and of nothing else", async () => {
  const secrets = secretStore();
  const memory = new LiveMemory(memento(), secrets, "w");
  const [first, second] = [1, 2].map((at) => done({ isTaken: false, isWhole: false, at }));
  const other = done({ isTaken: false, id: "E2", at: 3 });
  for (const record of [first, second, other]) await memory.announce(record ?? assert.fail(), configs, undefined);
  assert.deepEqual(
    memory.doubts(done()).map(({ at }) => at),
    [2, 1],
  );
  await memory.take(second ?? assert.fail(), "V2");
  assert.deepEqual(
    memory.waits(account).map(({ id, isTaken }) => [id, isTaken]),
    [
      ["E2", false],
      ["E1", true],
    ],
  );
  assert.deepEqual(secrets.kept.size, 1);
});

test("one of the windows that see an end tells it, and another one where that one is gone", async () => {
  const kept = memento();
  const [one, two] = ["one", "two"].map((name) => new LiveMemory(kept, secretStore(), name));
  assert.ok(one !== undefined && two !== undefined);
  await one.announce(done(), configs, undefined);
  assert.equal(await one.claim(done(), 1_000, 500), "ours");
  assert.equal(await two.claim(done(), 1_499, 500), "others");
  assert.equal(await two.claim(done(), 1_500, 500), "ours");
  assert.equal(await one.claim(done(), 1_600, 500), "others");
  await two.removeWait(done());
  assert.equal(await one.claim(done(), 9_000, 500), "gone");
});

test("whether AWS has a change at all is of interest for longer than its end, and not for ever", async () => {
  const [day, secrets] = [24 * 60 * 60 * 1000, secretStore()];
  const memory = new LiveMemory(memento(), secrets, "w");
  await memory.announce(done({ id: "E1", at: 0 }), configs, undefined);
  await memory.announce(done({ id: "E2", at: 0, isTaken: false, isWhole: false }), configs, undefined);
  const left = () => memory.waits(account).map(({ id }) => id);
  await memory.dropStaleWaits(day + 1);
  assert.deepEqual(left(), ["E2"]);
  await memory.dropStaleWaits(30 * day + 1);
  assert.deepEqual([left(), secrets.kept.size], [[], 0]);
});

test("a window that leaves what it sent says so, and says nothing of what another one sent", async () => {
  const [kept, secrets] = [memento(), secretStore()];
  const [one, two] = ["one", "two"].map((name) => new LiveMemory(kept, secrets, name));
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
  const windows = two.waits(account).map(({ id, window }) => [id, window]);
  assert.deepEqual(windows, [
    ["E1", undefined],
    ["E2", "two"],
  ]);
  assert.equal(two.isOfAnother(two.current(mine) ?? assert.fail()), false);
});

test("what is no record of a change is left out, whoever wrote it", async () => {
  for (const kept of [{}, "text", [null, 7, {}, { id: "E1" }, done()]]) {
    const memory = new LiveMemory(memento({ [waitsKey]: kept, [undosKey]: kept }), secretStore(), "w");
    assert.equal(memory.waits(account).length, Array.isArray(kept) ? 1 : 0);
    assert.equal(memory.undos().length, Array.isArray(kept) ? 1 : 0);
    await memory.dropStaleWaits(2);
  }
});
