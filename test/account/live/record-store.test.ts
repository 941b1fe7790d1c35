import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { formerKeys } from "../../../src/account/live/former-records.ts";
import { LiveMemory } from "../../../src/account/live/memory.ts";
import { nameOf } from "../../../src/account/live/record-names.ts";
import { RecordStore } from "../../../src/account/live/record-store.ts";
import type { Folder } from "../../../src/platform/folder.ts";
import { type Memento, memento, recordsIn, secretStore, testFolder, undosIn, waitsIn } from "../storage.ts";
import { account, done, undo } from "./records.ts";

function storeOf(folder: Folder, former: Memento = memento()) {
  const faults: string[] = [];
  return {
    store: new RecordStore(folder, former, (where, error) => faults.push(`${where}: ${String(error)}`)),
    faults,
  };
}

function former(waits: unknown, undos: unknown): Memento {
  return memento({ [formerKeys.waits]: waits, [formerKeys.undos]: undos });
}

const wide = { replaced: "before", sent: "after" };

describe("what versions before kept in one list", () => {
  test("is moved, also from one that knew distributions alone", async () => {
    const { kind: _, parts, ...wait } = done();
    const { kind: __, parts: ___, ...undone } = undo();
    const list = former([{ ...wait, origins: parts }], [{ ...undone, origins: parts }]);
    const folder = testFolder();
    const { store, faults } = storeOf(folder, list);
    assert.deepEqual(
      (await store.waits()).map(({ kind, parts, isTaken }) => [kind, parts, isTaken]),
      [["distribution", ["o1"], true]],
    );
    assert.deepEqual(
      (await store.undos()).map(({ kind, parts }) => [kind, parts]),
      [["distribution", ["o1"]]],
    );
    assert.deepEqual(list.keys(), []);
    assert.deepEqual([(await recordsIn(folder).waits()).length, (await recordsIn(folder).undos()).length], [1, 1]);
    const secrets = secretStore(new Map([[`mtls.undo:${account}/E1`, "the config"]]));
    const memory = new LiveMemory(recordsIn(folder), secrets, { name: "w", isGone: () => false });
    assert.equal(await memory.configBefore(undo()), "the config");
    assert.deepEqual(faults, []);
  });

  test("what is no record of a change is left out, whoever wrote it", async () => {
    for (const kept of [{}, "text", [null, 7, {}, { id: "E1" }, done()]]) {
      const { store } = storeOf(testFolder(), former(kept, kept));
      const count = Array.isArray(kept) ? 1 : 0;
      assert.deepEqual([(await store.waits()).length, (await store.undos()).length], [count, count]);
    }
  });

  test("takes the place of nothing that is here already", async () => {
    const folder = testFolder();
    await recordsIn(folder).putWait(done({ etag: "V7" }));
    const { store } = storeOf(folder, former([done({ etag: "V2" })], []));
    assert.deepEqual(
      (await store.waits()).map(({ etag }) => etag),
      ["V7"],
    );
  });

  test("stays where it is as long as it cannot be moved", async () => {
    const folder = testFolder();
    const list = former([done()], []);
    const { write } = folder;
    folder.write = () => Promise.reject(new Error("The disk is full"));
    const { store, faults } = storeOf(folder, list);
    assert.deepEqual(await store.waits(), []);
    assert.match(faults.join(), /earlier version.*The disk is full/);
    folder.write = write;
    assert.equal((await storeOf(folder, list).store.waits()).length, 1);
  });
});

describe("files", () => {
  test("that are damaged, or another's, are ignored, said once, and hide nothing", async () => {
    const folder = testFolder();
    const name = nameOf("wait", done({ at: 7 }));
    const texts = [
      "",
      "{",
      "null",
      "[]",
      "{}",
      JSON.stringify(done({ at: 8 })),
      JSON.stringify({ ...done(), at: "7" }),
    ];
    await recordsIn(folder).putWait(done());
    folder.kept.set("notes.txt", "mine");
    for (const text of texts) {
      folder.kept.set(name, text);
      const { store, faults } = storeOf(folder);
      for (let turn = 0; turn < 2; turn++)
        assert.deepEqual(
          (await store.waits()).map(({ at }) => at),
          [1],
          text,
        );
      assert.deepEqual(await store.undos(), []);
      assert.equal(faults.length, 1, text);
      assert.match(faults[0] ?? "", /wait\.111122223333\.distribution\.E1\.7\.json is damaged, and ignored/);
      assert.deepEqual(await store.current(done({ at: 7 })), done({ at: 7 }), "this window knows better");
    }
  });

  test("that cannot be read are said, and no change is taken to be over for that", async () => {
    const folder = testFolder();
    await recordsIn(folder).putWait(done());
    const { store, faults } = storeOf({ ...folder, read: () => Promise.reject(new Error("No access")) });
    assert.deepEqual([await store.waits(), await store.current(done())], [[], done()]);
    const nowhere = storeOf({ ...folder, names: () => Promise.reject(new Error("No access")) });
    assert.deepEqual([await nowhere.store.waits(), await nowhere.store.undos()], [[], []]);
    for (const said of [faults, nowhere.faults]) assert.match(said.join(), /No access/);
  });

  test("are called by names that every file system takes, and of no two changes alike", async () => {
    const folder = testFolder();
    const store = recordsIn(folder);
    const long = `${"a-long-name.".repeat(20)}example.com`;
    const arn = "arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/x/1/2";
    const ids = ["E1", "a.b", "a", "*.example.com", arn, long];
    for (const id of ids)
      for (const at of [1, 11]) {
        await store.putWait(done({ id, at, isTaken: false }));
        await store.putUndo(undo({ id, at }));
      }
    assert.equal((await store.waits()).length, 12);
    assert.equal((await store.undos()).length, 6);
    for (const name of folder.kept.keys()) assert.match(name, /^[\w.%-]{1,200}$/);
  });
});

test("what can be turned back is one change of each resource, the latest first", async () => {
  const folder = testFolder();
  const store = recordsIn(folder);
  for (const [id, at] of [
    ["E1", 1],
    ["E2", 2],
    ["E1", 3],
  ] as const)
    await store.putUndo(undo({ id, at }));
  assert.deepEqual(
    (await store.undos()).map(({ id, at }) => [id, at]),
    [
      ["E1", 3],
      ["E2", 2],
    ],
  );
  // A window may have died before it forgot the one before.
  assert.deepEqual(
    (await store.undosOf(undo({ id: "E1" }))).map(({ at }) => at),
    [1, 3],
  );
  assert.deepEqual([store.isUndoKept(undo()), store.isUndoKept(undo({ id: "E3" }))], [true, false]);
});

test("a window that dies before it forgets what a call took the place of leaves one change, and not two", async () => {
  for (const later of [done({ at: 2 }), done({ at: 2, isTaken: false, applied: 1 })]) {
    const folder = testFolder();
    const store = recordsIn(folder);
    await store.putWait(done());
    await store.putWait(later);
    await store.putWait(done({ id: "E2" }));
    assert.deepEqual((await store.waits()).map(({ id, at }) => [id, at]).sort(), [
      ["E1", 2],
      ["E2", 1],
    ]);
    const memory = new LiveMemory(store, secretStore(), { name: "w", isGone: () => false });
    await memory.removeWait(later);
    assert.deepEqual(
      waitsIn(folder).map(({ id }) => id),
      ["E2"],
    );
  }
  const store = recordsIn(testFolder());
  for (const at of [1, 2]) await store.putWait(done({ at, isTaken: false }));
  assert.equal((await store.waits()).length, 2, "either of two may still arrive");
});

describe("two windows at one time", () => {
  /** Each call of a window waits until it is its turn. */
  class Turns {
    readonly #waiting = new Map<string, () => void>();
    #calls = 0;

    folder(window: string, folder: Folder): Folder {
      return new Proxy(folder, {
        get: (target, name: keyof Folder) => {
          const call = target[name] as (...args: readonly unknown[]) => Promise<unknown>;
          return async (...args: readonly unknown[]) => {
            await new Promise<void>((resolve) => this.#waiting.set(`${window} ${this.#calls++}`, resolve));
            return call(...args);
          };
        },
      });
    }

    /** Until all is done: of those that could go on, one is chosen. */
    async play(work: readonly Promise<unknown>[], choose: (count: number) => number): Promise<void> {
      let isOver = false;
      const all = Promise.all(work).finally(() => (isOver = true));
      for (;;) {
        await new Promise(setImmediate);
        if (isOver) break;
        const next = [...this.#waiting].sort(([one], [other]) => (one < other ? -1 : 1));
        const [key, resolve] = next[choose(next.length)] ?? assert.fail("Nobody goes on");
        this.#waiting.delete(key);
        resolve();
      }
      await all;
    }
  }

  /** Every order in which what two windows do can be done. */
  async function inEveryOrder(
    play: (
      folders: readonly [Folder, Folder],
      run: (work: readonly Promise<unknown>[]) => Promise<void>,
    ) => Promise<void>,
    folder: () => Folder,
  ): Promise<number> {
    let count = 0;
    for (let path: number[] | undefined = []; path !== undefined; count++) {
      const choices: { readonly chosen: number; readonly of: number }[] = [];
      const known: readonly number[] = path;
      const turns = new Turns();
      const choose = (of: number): number => {
        const chosen = known[choices.length] ?? 0;
        choices.push({ chosen, of });
        return chosen;
      };
      const shared = folder();
      await play([turns.folder("one", shared), turns.folder("two", shared)], (work) => turns.play(work, choose));
      const last = choices.findLastIndex(({ chosen, of }) => chosen + 1 < of);
      path =
        last < 0 ? undefined : choices.slice(0, last + 1).map(({ chosen }, at) => (at === last ? chosen + 1 : chosen));
    }
    return count;
  }

  function memoriesOf(folders: readonly [Folder, Folder]) {
    const [one, two] = folders.map(
      (folder, index) => new LiveMemory(recordsIn(folder), secretStore(), { name: `${index}`, isGone: () => false }),
    );
    return [one ?? assert.fail(), two ?? assert.fail()] as const;
  }

  test("lose no record of what they send, in whatever order they write", async () => {
    let folder = testFolder();
    const count = await inEveryOrder(
      async (folders, run) => {
        const [one, two] = memoriesOf(folders);
        await run([
          one.announce(done({ id: "E1", at: 1, isTaken: false }), wide, undefined),
          two.announce(done({ id: "E2", at: 2, isTaken: false }), wide, undefined),
        ]);
        assert.deepEqual(
          waitsIn(folder)
            .map(({ id }) => id)
            .sort(),
          ["E1", "E2"],
        );
      },
      () => (folder = testFolder()),
    );
    assert.ok(count > 1);
  });

  test("lose none that one sends while the other one takes and forgets another", async () => {
    let folder = testFolder();
    const count = await inEveryOrder(
      async (folders, run) => {
        const [one, two] = memoriesOf(folders);
        const take = async () => {
          await two.take(done({ isTaken: false }), "V2");
          await two.addUndo(undo(), undefined);
        };
        await run([one.announce(done({ id: "E2", at: 2, isTaken: false }), wide, undefined), take()]);
        const kept = waitsIn(folder).map(({ id, isTaken }) => [id, isTaken]);
        assert.deepEqual(kept.sort(), [
          ["E1", true],
          ["E2", false],
        ]);
        assert.equal(undosIn(folder).length, 1);
      },
      () => {
        folder = testFolder();
        folder.kept.set(nameOf("wait", done()), JSON.stringify(done({ isTaken: false })));
        return folder;
      },
    );
    assert.ok(count > 5);
  });

  test("tell an end once", async () => {
    let folder = testFolder();
    const count = await inEveryOrder(
      async (folders, run) => {
        const told: string[] = [];
        const tell = async (memory: LiveMemory) => {
          const claim = await memory.claim(done(), 1_000, 500);
          if (claim !== "ours") return;
          told.push(memory.window);
          await memory.removeWait(done());
        };
        await run(memoriesOf(folders).map(tell));
        assert.equal(told.length, 1);
        assert.deepEqual([...folder.kept], []);
      },
      () => {
        folder = testFolder();
        folder.kept.set(nameOf("wait", done()), JSON.stringify(done()));
        return folder;
      },
    );
    assert.ok(count > 100);
  });
});
