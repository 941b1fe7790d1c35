import assert from "node:assert/strict";
import { test } from "node:test";
import { undosKey, waitsKey } from "../../../src/account/live/kept.ts";
import { LiveMemory, type UndoRecord, type WaitRecord } from "../../../src/account/live/memory.ts";
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
    ...{ expected: [], isWhole: true, replaced: "V1", left: 0, window: "w" },
    ...more,
  };
}

function undo(more: Partial<UndoRecord> = {}): UndoRecord {
  const { account, profile, kind, id, etag, deed, parts, at } = done();
  return { account, profile, kind, id, etag, deed, parts, at, settings: undefined, ...more };
}

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
    await memory.addWait(done({ kind }));
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
  await memory.addWait(one);
  assert.ok(memory.isWaiting(one));
  assert.ok(!memory.isWaiting(two));
  assert.ok(memory.begin(one));
  assert.ok(memory.begin(two), "another change is another wait");
  assert.ok(!memory.begin(one));
});

test("who listens hears of each write, until it is enough", async () => {
  const memory = new LiveMemory(memento(), secretStore(), "w");
  let heard = 0;
  const listening = memory.onDidChange(() => void heard++);
  await memory.addWait(done());
  await memory.addUndo(undo(), undefined);
  assert.equal(heard, 2);
  listening.dispose();
  await memory.removeWait(done());
  assert.equal(heard, 2);
});
