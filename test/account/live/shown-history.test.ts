// What the rows are told of the changes that were made on this machine.
import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { longestLease } from "../../../src/account/live/lease.ts";
import type { RecordStore } from "../../../src/account/live/record-store.ts";
import { keyOf, lastCallOf, obstacles } from "../../../src/account/live/records.ts";
import { ShownHistory } from "../../../src/account/live/shown-history.ts";
import type { Clock } from "../../../src/account/live/tools.ts";
import { until } from "../../until.ts";
import { historyIn, recordsIn, testFolder } from "../storage.ts";
import { closeGates, opened, openGateWindow } from "./gate.ts";
import { done, entry, undo } from "./records.ts";

const at = 1_000_000;

class Watched implements Clock {
  time = at;
  #work: (() => void) | undefined;
  now = () => this.time;
  every = (_: number, work: () => void) => {
    this.#work = work;
    return () => {
      this.#work = undefined;
    };
  };
  get isWatched(): boolean {
    return this.#work !== undefined;
  }
  tick(): void {
    this.#work?.();
  }
}

const open: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
  closeGates();
});

function watching(folder = testFolder(), gone: ReadonlySet<string> = new Set()) {
  const clock = new Watched();
  const faults: string[] = [];
  const records = recordsIn(folder);
  const history = new ShownHistory({
    ...{ records, clock, window: { name: "here", isGone: (name) => gone.has(name) } },
    log: { fault: (where, error) => void faults.push(`${where}: ${String(error)}`) },
  });
  open.push(history);
  let told = 0;
  history.onDidChange(() => told++);
  const shown = async () => {
    await history.look();
    return history.changes.map(({ id, state, noUndo }) => [id, state, noUndo] as const);
  };
  return { folder, records, history, clock, faults, shown, told: () => told };
}

const underWay = { end: undefined } as const;
/** A change that a window waits for. */
const sent = async (records: RecordStore, id: string, window: string | undefined, renewed?: number) => {
  await records.putHistory(entry({ id, ...underWay }));
  await records.putWait(done({ id, window }));
  if (renewed !== undefined)
    await records.putLease({
      ...{ account: entry().account, kind: "distribution", id, deed: "enable", since: at },
      ...{ window: window ?? "other", renewed },
    });
};

describe("a change under way", () => {
  test("is at this window, at another one, or left by one that ended", async () => {
    const { records, shown } = watching(testFolder(), new Set(["gone"]));
    await sent(records, "E1", "here");
    await sent(records, "E2", "other", at);
    await sent(records, "E3", "other", at - longestLease);
    await sent(records, "E4", "gone", at);
    await sent(records, "E5", undefined);
    await sent(records, "E6", "gone");
    await records.putLease({ ...entry({ id: "E6" }), window: "here", since: at, renewed: at });
    assert.deepEqual((await shown()).toSorted(), [
      ["E1", "here", "under-way"],
      ["E2", "elsewhere", "under-way"],
      ["E3", "left", "under-way"],
      ["E4", "left", "under-way"],
      ["E5", "left", "under-way"],
      ["E6", "here", "under-way"],
    ]);
  });

  test("of several calls is one, whichever of them is waited for", async () => {
    const { records, shown } = watching();
    await records.putHistory(entry({ ...underWay, last: 5, calls: 2 }));
    await records.putWait(done({ at: 5, first: 1, applied: 1, window: "here" }));
    assert.deepEqual(await shown(), [["E1", "here", "under-way"]]);
  });

  test("that nobody waits for any more has an end that was not seen", async () => {
    const { records, shown } = watching();
    await records.putHistory(entry(underWay));
    assert.deepEqual(await shown(), [["E1", "unknown", "forgotten"]]);
  });

  test("that ends while it is looked at is at its end", async () => {
    const folder = testFolder();
    const { records, shown } = watching(folder);
    await sent(records, "E1", "other", at);
    const { read } = folder;
    folder.read = async (name) => {
      const text = await read(name);
      if (!name.startsWith("wait.")) return text;
      folder.read = read;
      await recordsIn(folder).putHistory(entry());
      await recordsIn(folder).removeWaits([done()]);
      return undefined;
    };
    assert.deepEqual(await shown(), [["E1", "done", "forgotten"]]);
  });

  test("that begins while it is looked at is under way", async () => {
    const folder = testFolder();
    const { shown } = watching(folder);
    const { names } = folder;
    folder.names = async () => {
      folder.names = names;
      const before = await names();
      await sent(recordsIn(folder), "E1", "other", at);
      return before;
    };
    assert.deepEqual(await shown(), [["E1", "elsewhere", "under-way"]]);
  });

  test("is looked at again and again until it is over, and no longer", async () => {
    const { records, shown, clock, history, told } = watching();
    await shown();
    assert.equal(clock.isWatched, false);
    await sent(records, "E1", "other", at);
    await shown();
    assert.equal(told(), 1);
    clock.time += longestLease;
    clock.tick();
    await until("it is left", () => history.changes[0]?.state === "left");
    assert.equal(told(), 2);
    await shown();
    assert.equal(told(), 2, "nothing is told that is not new");
    await records.putHistory(entry());
    await records.removeWaits([done()]);
    await shown();
    assert.equal(clock.isWatched, false);
    await sent(records, "E2", "other", at);
    await shown();
    assert.equal(clock.isWatched, true);
    history.dispose();
    assert.equal(clock.isWatched, false);
  });
});

describe("whether a change can be undone", () => {
  test("says what is kept for it, by its last call", async () => {
    const { records, shown } = watching();
    await records.putHistory(entry({ at: 3, last: 7, calls: 2, taken: 2 }));
    await records.putHistory(entry({ id: "E2" }));
    await records.putUndo(undo({ at: 7, first: 3 }));
    assert.deepEqual(await shown(), [
      ["E1", "done", undefined],
      ["E2", "done", "forgotten"],
    ]);
  });

  test("says why not", async () => {
    const { records, shown } = watching();
    await records.putHistory(entry({ id: "undone", undone: 5, obstacle: "changed" }));
    await records.putHistory(entry({ id: "failed", end: { kind: "failed", at: 2 } }));
    await records.putHistory(entry({ id: "deleted", end: { kind: "deleted", at: 2 } }));
    for (const obstacle of obstacles) await records.putHistory(entry({ id: `o-${obstacle}`, obstacle }));
    await records.putHistory(entry({ id: "twice", at: 1 }));
    await records.putHistory(entry({ id: "twice", at: 2 }));
    await records.putUndo(undo({ id: "twice", at: 2 }));
    await records.putHistory(entry({ id: "tried", at: 1, obstacle: "changed" }));
    await records.putHistory(entry({ id: "tried", at: 2, obstacle: "never" }));
    const all = new Map<string, unknown[]>();
    for (const [id, , noUndo] of await shown()) all.set(id, [...(all.get(id) ?? []), noUndo]);
    assert.deepEqual(Object.fromEntries(all), {
      undone: ["undone"],
      failed: ["failed"],
      deleted: ["deleted"],
      ...Object.fromEntries(obstacles.map((obstacle) => [`o-${obstacle}`, [obstacle]])),
      twice: [undefined, "not-last"],
      tried: ["never", "not-last"],
    });
  });

  test("is said by a change that AWS took alone: another one after it that came to nothing prevents nothing", async () => {
    const { records, shown } = watching();
    await records.putHistory(entry({ at: 1 }));
    await records.putHistory(entry({ at: 2, taken: 0, end: { kind: "failed", at: 3 } }));
    assert.deepEqual(
      (await shown()).map(([, , noUndo]) => noUndo),
      ["failed", "forgotten"],
    );
  });
});

describe("the history", () => {
  test("names what was done in few words, also of a kind that this version does not know", async () => {
    const { records, history } = watching();
    for (const [index, deed] of ["enable", "disable", "change-certificate", "undo", "file", "draft"].entries())
      await records.putHistory(entry({ at: 10 - index, deed }));
    await records.putHistory(entry({ at: 1, kind: "toString" }));
    await history.look();
    assert.deepEqual(
      history.changes.map(({ what, title }) => {
        assert.ok(title.includes("E1") && title.includes(what.split(" ")[0] ?? ""), title);
        return what;
      }),
      [
        ...["Enable mTLS", "Disable mTLS", "Change Certificate", "Undo Change"],
        ...["Apply File", "Apply Draft", "Change"],
      ],
    );
  });

  test("is cleared of all that is over, and what undoes changes stays", async () => {
    const { records, history, shown, folder } = watching();
    await records.putHistory(entry({ id: "E1" }));
    await records.putUndo(undo({ id: "E1" }));
    await records.putHistory(entry({ id: "E2", ...underWay }));
    await sent(records, "E3", "other", at);
    await sent(records, "E4", undefined);
    await history.look();
    await history.clear();
    assert.deepEqual((await shown()).map(([id]) => id).toSorted(), ["E3", "E4"]);
    assert.deepEqual(history.changes.map(({ id }) => id).toSorted(), ["E3", "E4"]);
    assert.equal((await recordsIn(folder).undos()).length, 1);
    assert.equal(await records.hasHistory(), true);
  });

  test("is looked up anew for who asks while it is told", async () => {
    const { records, history, shown } = watching();
    await records.putHistory(entry());
    let asked: Promise<void> | undefined;
    history.onDidChange(() => {
      asked ??= records.putHistory(entry({ at: 2 })).then(() => history.look());
    });
    await history.look();
    await asked;
    assert.equal(history.changes.length, 2);
    history.onDidChange(() => void history.look());
    await records.removeHistory(entry());
    assert.equal((await shown()).length, 1);
  });

  test("finds a change by what its row has of it", async () => {
    const { records, history } = watching();
    const whole = entry({ at: 3, last: 7, calls: 2 });
    await records.putHistory(whole);
    const found = await history.find(keyOf(whole));
    assert.deepEqual(found && [lastCallOf(found).at, lastCallOf(found).first], [7, 3]);
    assert.equal(await history.find("another"), undefined);
  });

  test("that cannot be read is said, and shows what it showed", async () => {
    const { records, history, shown, faults, folder } = watching();
    await records.putHistory(entry());
    await shown();
    folder.read = () => Promise.reject(new Error("No access"));
    records.history = () => Promise.reject(new Error("No access"));
    await history.look();
    assert.equal(history.changes.length, 1);
    assert.match(faults.join(), /history of changes: Error: No access/);
  });

  test("tells two windows of one change the same, whichever of them sent it", async () => {
    const { service, window } = opened();
    service.status = { state: "pending", said: "at it" };
    const setting = window.set({ Mode: "pass" });
    await until("it is taken", () => window.waits().some(({ isTaken }) => isTaken));
    const other = watching(window.records);
    other.clock.time = Date.now();
    await until("its lease", async () => (await other.shown())[0]?.[1] === "elsewhere" || undefined);
    service.status = { state: "done", said: "active" };
    await setting;
    assert.deepEqual(await other.shown(), [["gate-1", "done", undefined]]);
    const next = openGateWindow(service, window);
    next.ui.decide("apply");
    await next.undo();
    assert.deepEqual(
      (await other.shown()).map(([, state, noUndo]) => [state, noUndo]),
      [
        ["done", undefined],
        ["done", "undone"],
      ],
    );
    assert.equal(historyIn(window.records).length, 2);
  });
});
