// What is told of changes after their end, whoever saw it.
import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { LiveMemory } from "../../../src/account/live/memory.ts";
import { nameOf } from "../../../src/account/live/record-names.ts";
import { RecordStore } from "../../../src/account/live/record-store.ts";
import type { HistoryEntry } from "../../../src/account/live/records.ts";
import { certificates, distributions, secretHeaderValues } from "../../sandbox/world.ts";
import { until } from "../../until.ts";
import { historyIn, memento, recordsIn, secretStore, type TestFolder, testFolder } from "../storage.ts";
import { block, distribution, enabling, useSandbox } from "./distributions.ts";
import { closeGates, GateService, noAnswer, opened, openGateWindow } from "./gate.ts";
import { entry } from "./records.ts";
import { openWindow } from "./window.ts";

/** The latest first. */
function told(records: TestFolder) {
  return historyIn(records).map(({ deed, end, taken, calls }) => [deed, end?.kind, taken, calls] as const);
}

function only(records: TestFolder): HistoryEntry {
  const [first, ...others] = historyIn(records);
  assert.ok(first !== undefined && others.length === 0, JSON.stringify([first, ...others]));
  return first;
}

describe("the history in files", () => {
  test("has one for each change, whichever windows write at one time", async () => {
    const folder = testFolder();
    const windows = [recordsIn(folder), recordsIn(folder)];
    await Promise.all(
      [1, 2, 3, 4].map((at) => windows[at % 2]?.putHistory(entry({ at, ...(at > 2 ? { id: "E2" } : {}) }))),
    );
    assert.deepEqual(
      (await recordsIn(folder).history()).map(({ id, at }) => [id, at]),
      [
        ["E2", 4],
        ["E2", 3],
        ["E1", 2],
        ["E1", 1],
      ],
    );
    await recordsIn(folder).removeHistory(entry({ at: 2 }));
    assert.equal((await recordsIn(folder).history()).length, 3);
  });

  test("forgets the oldest of more than 200, of whatever resource", async () => {
    const folder = testFolder();
    const store = recordsIn(folder);
    for (let at = 1; at <= 203; at++) await store.putHistory(entry({ at, id: `E.${at % 7}` }));
    const kept = await store.history();
    assert.deepEqual([kept.length, kept[0]?.at, kept.at(-1)?.at], [200, 203, 4]);
  });

  test("what is damaged or another's is ignored, and said once", async () => {
    const folder = testFolder();
    await recordsIn(folder).putHistory(entry());
    const name = nameOf("history", entry({ at: 7 }));
    const whole = entry({ at: 7 });
    const texts = ["{", "null", "[]", JSON.stringify(entry({ at: 8 }))].concat(
      [
        { ...whole, last: "7" },
        { ...whole, parts: [1] },
        { ...whole, parts: undefined },
        { ...whole, name: 7 },
        { ...whole, deed: undefined },
        { ...whole, calls: null },
        { ...whole, undone: "yesterday" },
        { ...whole, obstacle: "the weather" },
        { ...whole, end: { kind: "glorious", at: 1 } },
        { ...whole, end: { kind: "done" } },
        { ...whole, end: "done" },
      ].map((one) => JSON.stringify(one)),
    );
    for (const text of texts) {
      folder.kept.set(name, text);
      const faults: string[] = [];
      const store = new RecordStore(folder, memento(), (where, error) => faults.push(`${where}: ${String(error)}`));
      for (let turn = 0; turn < 2; turn++)
        assert.deepEqual(await store.history(), [JSON.parse(JSON.stringify(entry()))]);
      assert.equal(await store.inHistory(whole), undefined);
      assert.equal(faults.length, 1, text);
      assert.match(faults[0] ?? "", /history\.111122223333\.distribution\.E1\.7\.json is damaged, and ignored/);
    }
  });

  test("is written one after the other by a window that learns several things of a change at a time", async () => {
    const folder = testFolder();
    const memory = new LiveMemory(recordsIn(folder), secretStore(), { name: "w", isGone: () => false });
    await Promise.all([
      memory.note(entry(), () => entry()),
      memory.note(entry(), (known) => known && { ...known, undone: 5 }),
      memory.note(entry(), (known) => known && { ...known, obstacle: "changed" }),
    ]);
    assert.deepEqual([only(folder).undone, only(folder).obstacle], [5, "changed"]);
    await memory.note(entry(), () => undefined);
    assert.deepEqual(historyIn(folder), []);
  });
});

describe("a change to a distribution", () => {
  const behind = useSandbox();
  const { single } = distributions;

  test("is in the history from the moment it is sent, and its end is told there", async () => {
    const window = enabling();
    let sent: HistoryEntry | undefined;
    window.ui.onProgress = () => void (sent ??= only(window.records));
    const before = Date.now();
    await window.live.change("enable", distribution(single));
    assert.deepEqual([sent?.end, sent?.taken], [undefined, 1]);
    const { end, at, ...rest } = only(window.records);
    assert.equal(end?.kind, "done");
    assert.ok(before <= at && at <= end.at && end.at <= Date.now());
    const [undo] = window.undos();
    assert.deepEqual(rest, {
      ...{ account: "111122223333", kind: "distribution", id: single, etag: undo?.etag },
      ...{ name: "Catalog", deed: "enable", parts: ["catalog"], last: undo?.at, calls: 1, taken: 1 },
    });
  });

  test("has the first alias of the distribution for its name, and nothing of the config", async () => {
    const window = openWindow();
    await window.session.connect();
    const draft = await window.draft(distributions.orders);
    window.ui.decide("apply");
    await draft.apply(draft.text.replace('"HttpVersion": "http2"', '"HttpVersion": "http3"'));
    assert.equal(only(window.records).name, "orders.example.com");
    const texts = [...window.records.kept].filter(([name]) => name.startsWith("history.")).join();
    assert.ok(!texts.includes("http3") && secretHeaderValues.every((secret) => !texts.includes(secret)), texts);
  });

  test("that AWS refuses, or nobody applies, is not in it", async () => {
    await behind.aws.sandbox.fault({ kind: "deny", operation: "UpdateDistribution", times: 1 });
    const window = enabling();
    await window.live.change("enable", distribution(single));
    assert.match(window.ui.messages, /Nothing was changed/);
    assert.deepEqual(historyIn(window.records), []);
    window.ui.decide("discard");
    window.ui.certificates = [certificates.spare];
    await window.live.change("enable", distribution(single));
    assert.deepEqual(historyIn(window.records), []);
  });

  test("before which another update came is not in it, and the one that is applied then is", async () => {
    await behind.aws.sandbox.fault({ kind: "change-behind", operation: "UpdateDistribution", times: 1 });
    const window = enabling();
    window.ui.decide("apply");
    await window.live.change("enable", distribution(single));
    assert.ok((await behind.xmlOf(single)).includes(block(certificates.spare)));
    assert.deepEqual(told(window.records), [["enable", "done", 1, 1]]);
  });

  test("is unknown where nobody waits for its end", async () => {
    const window = enabling();
    window.ui.onProgress = (stop) => stop();
    await window.live.change("enable", distribution(single));
    assert.deepEqual(told(window.records), [["enable", "unknown", 1, 1]]);
  });

  test("says that AWS did not keep it", async () => {
    const drop = { kind: "drop-member", member: "OriginMtlsConfig", times: 1 } as const;
    await behind.aws.sandbox.fault({ ...drop, operation: "UpdateDistribution" });
    const window = enabling();
    await window.live.change("enable", distribution(single));
    assert.deepEqual(told(window.records), [["enable", "partly", 1, 1]]);
  });

  test("is under way in whichever window, and another one tells its end", async () => {
    await behind.aws.sandbox.setDeploySeconds(Number.POSITIVE_INFINITY);
    const first = enabling({ isGone: true });
    first.ui.onProgress = (_, message) => void (message.startsWith("Deploying") && first.kill());
    void first.live.change("enable", distribution(single));
    await until("it is killed", () => first.isOver());
    assert.deepEqual(told(first.records), [["enable", undefined, 1, 1]]);
    await behind.aws.sandbox.deploy();
    const second = openWindow({ remembered: first, isGone: true });
    await second.session.connect();
    await until("its end", () => second.waits().length === 0);
    assert.deepEqual(told(first.records), [["enable", "done", 1, 1]]);
  });

  test("of two windows, each change has its entry, and the one that was not waited for is told to be overtaken", async () => {
    await behind.aws.sandbox.setDeploySeconds(Number.POSITIVE_INFINITY);
    const first = enabling();
    const waiting = first.live.change("enable", distribution(single));
    await until("it is taken", () => first.waits().some(({ isTaken }) => isTaken));
    const second = openWindow({ remembered: first });
    await second.session.connect();
    const draft = await second.draft(single);
    second.ui.decide("apply");
    // It waits for the first one, too.
    const isTaken = () => second.waits().some((wait) => wait.deed === "draft" && wait.isTaken);
    second.ui.onProgress = () => void (isTaken() && behind.aws.sandbox.deploy());
    await draft.apply(draft.text.replace('"HttpVersion": "http2"', '"HttpVersion": "http3"'));
    await waiting;
    assert.deepEqual(told(first.records), [
      ["draft", "done", 1, 1],
      ["enable", "overtaken", 1, 1],
    ]);
  });

  test("says that it was undone, and the undo is one of its own", async () => {
    const window = enabling();
    await window.live.change("enable", distribution(single));
    window.ui.decide("apply");
    await window.live.undo(single);
    const [undo, change] = historyIn(window.records);
    assert.deepEqual([undo?.deed, undo?.end?.kind, undo?.undone], ["undo", "done", undefined]);
    assert.deepEqual([change?.deed, change?.end?.kind, change?.undone], ["enable", "done", undo?.end?.at]);
  });

  test("is not undone as long as the undo is refused", async () => {
    const window = enabling();
    await window.live.change("enable", distribution(single));
    await behind.aws.sandbox.fault({ kind: "deny", operation: "UpdateDistribution", times: 1 });
    window.ui.decide("apply");
    await window.live.undo(single);
    const { deed, undone, obstacle } = only(window.records);
    assert.deepEqual([deed, undone, obstacle], ["enable", undefined, undefined]);
  });

  test("says why it cannot be undone once another update has changed the distribution", async () => {
    const window = enabling();
    await window.live.change("enable", distribution(single));
    await behind.aws.sandbox.changeDistribution(single, {
      find: "<HttpVersion>http2<",
      replace: "<HttpVersion>http3<",
    });
    await window.live.undo(single);
    assert.equal(only(window.records).obstacle, "changed");
  });

  test("goes on where the history cannot be written", async () => {
    const records = testFolder();
    const write = records.write.bind(records);
    records.write = (name, text) =>
      name.startsWith("history.") ? Promise.reject(new Error("The disk is full")) : write(name, text);
    const window = enabling({ remembered: { records, secrets: secretStore() } });
    await window.live.change("enable", distribution(single));
    assert.match(window.ui.messages, /is deployed/);
    assert.match(window.logged.join("\n"), /fault history of changes Error: The disk is full/);
  });
});

describe("a change in several calls, of a service without versions", () => {
  afterEach(closeGates);
  const both = { TrustStore: "clients", Mode: "verify" };

  test("is one entry, called as its first call was, whose undo is gone for good", async () => {
    const { window } = opened();
    await window.set(both);
    assert.deepEqual(told(window.records), [["set", "done", 2, 2]]);
    const { at, last, parts, obstacle } = only(window.records);
    assert.ok(at < last);
    assert.deepEqual([parts, obstacle], [["TrustStore", "Mode"], "never"]);
  });

  test("is there in part where AWS refuses a later call", async () => {
    const { service, window } = opened();
    service.onPut = (call) => (call === "SetMode" ? { failure: "denied", message: "You may not." } : undefined);
    await window.set(both);
    assert.deepEqual(told(window.records), [["set", "partly", 1, 2]]);
  });

  test("is there in part where AWS accepted a later call, and could not do it", async () => {
    const { service, window } = opened();
    service.carriesOut = (call) => call !== "SetMode";
    service.onPut = (call) => {
      if (call === "SetMode") service.status = { state: "failed", said: "no room" };
      return undefined;
    };
    await window.set(both);
    assert.deepEqual(told(window.records), [["set", "partly", 1, 2]]);
  });

  test("failed where the first one could not be done", async () => {
    const { service, window } = opened();
    service.carriesOut = () => false;
    service.status = { state: "failed", said: "no room" };
    await window.set({ Mode: "pass" });
    assert.deepEqual(told(window.records), [["set", "failed", 0, 1]]);
    assert.deepEqual(window.undos(), []);
  });

  test("a window after the one that died between two calls tells that the rest is not sent", async () => {
    const { service, window } = opened();
    service.onPut = (call) => {
      if (call === "SetMode") window.kill();
      return undefined;
    };
    void window.set(both);
    await until("it is killed", () => service.accepted.length === 2);
    service.config = { ...service.config, Mode: "off" };
    assert.deepEqual(told(window.records), [["set", undefined, 1, 2]]);
    const next = openGateWindow(service, window, { handover: 0, arrival: 0 });
    await next.resume();
    assert.deepEqual(told(window.records), [["set", "partly", 1, 2]]);
  });

  test("of which nobody knows whether it arrived is under way, and not in the history once it did not", async () => {
    const { service, window } = opened();
    service.carriesOut = () => false;
    service.answers = () => false;
    await window.set({ Mode: "pass" });
    assert.deepEqual(told(window.records), [["set", undefined, 0, 1]]);
    const next = openGateWindow(service, window, { handover: 0, arrival: 0 });
    window.kill();
    await next.resume();
    assert.match(next.ui.messages, /was not applied/);
    assert.deepEqual(historyIn(window.records), []);
  });

  test("is followed by the next window where the history cannot be read", async () => {
    const { service, window } = opened();
    service.carriesOut = () => false;
    service.answers = () => false;
    await window.set({ Mode: "pass" });
    window.kill();
    const { records } = window;
    const read = records.read.bind(records);
    records.read = (name) => (name.startsWith("history.") ? Promise.reject(new Error("The disk is gone")) : read(name));
    const next = openGateWindow(service, window, { handover: 0, arrival: 0 });
    await next.resume();
    assert.match(next.ui.messages, /was not applied/);
  });

  test("of which nobody knows whether it is among what is there now is overtaken", async () => {
    const { service, window } = opened();
    service.carriesOut = () => false;
    service.onPut = () => {
      service.config = { ...service.config, Mode: "other" };
      return noAnswer;
    };
    await window.set({ Mode: "pass" });
    assert.match(JSON.stringify(window.ui.reviews), /does not have everything that was sent/);
    assert.deepEqual(told(window.records), [["set", "overtaken", 0, 1]]);
  });

  test("tells the undo of what others did not touch", async () => {
    const service = new GateService();
    const window = openGateWindow(service);
    window.ui.decide("apply", "apply");
    await window.set({ Mode: "pass" });
    await window.undo();
    assert.deepEqual(told(window.records), [
      ["undo", "done", 1, 1],
      ["set", "done", 1, 1],
    ]);
    assert.notEqual(historyIn(window.records)[1]?.undone, undefined);
  });
});
