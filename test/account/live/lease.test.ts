// What a window says to others while it is at a resource.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { leaseOf, leaveLeases, longestLease, renewal, takeLease } from "../../../src/account/live/lease.ts";
import { LiveMemory } from "../../../src/account/live/memory.ts";
import type { LeaseRecord, Resource } from "../../../src/account/live/records.ts";
import type { Clock } from "../../../src/account/live/tools.ts";
import { account, certificates, distributions } from "../../sandbox/world.ts";
import { until } from "../../until.ts";
import { recordsIn, secretStore, type TestFolder, testFolder } from "../storage.ts";
import { distribution, enabling, useSandbox } from "./distributions.ts";
import { stillClock } from "./life.ts";
import { done } from "./records.ts";
import { openWindow } from "./window.ts";

const gate: Resource = { account: "111122223333", kind: "gate", id: "gate-1" };

/** Time that a test lets go by. */
class TestClock implements Clock {
  #now = 1_000_000;
  readonly #timers = new Set<{ readonly every: number; next: number; readonly work: () => void }>();
  now = () => this.#now;
  every = (milliseconds: number, work: () => void) => {
    const timer = { every: milliseconds, next: this.#now + milliseconds, work };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  };
  pass(milliseconds: number): void {
    this.#now += milliseconds;
    for (const timer of this.#timers) for (; timer.next <= this.#now; timer.next += timer.every) timer.work();
  }
  get timers(): number {
    return this.#timers.size;
  }
}

interface Options {
  readonly folder: TestFolder;
  readonly clock: TestClock;
  readonly gone?: ReadonlySet<string>;
}

function windowOf(name: string, { folder, clock, gone = new Set() }: Options) {
  const faults: string[] = [];
  const memory = new LiveMemory(recordsIn(folder), secretStore(), { name, isGone: (other) => gone.has(other) });
  const log = {
    info: () => {},
    fault: (where: string, error: unknown) => void faults.push(`${where}: ${String(error)}`),
  };
  return { memory, clock, log, faults };
}

function leasesIn({ kept }: TestFolder): LeaseRecord[] {
  return [...kept].flatMap(([name, text]) => (name.startsWith("lease.") ? [JSON.parse(text) as LeaseRecord] : []));
}

/** What was begun is done, whatever the folder takes for it. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("a lease", () => {
  const open = () => {
    const [folder, clock, gone] = [testFolder(), new TestClock(), new Set<string>()];
    const [one, other] = (["one", "other"] as const).map((name) => windowOf(name, { folder, clock, gone }));
    assert.ok(one && other);
    return { folder, clock, gone, one, other };
  };

  test("is seen by other windows as long as it is renewed, and not by its own", async () => {
    const { folder, clock, one, other } = open();
    const since = clock.now();
    const lease = takeLease(gate, "set", one);
    await settled();
    assert.deepEqual(await leaseOf(gate, other), { kind: "fresh", deed: "set", since });
    assert.equal(await leaseOf(gate, one), undefined);
    assert.equal(await leaseOf({ ...gate, id: "gate-2" }, other), undefined);
    for (let turn = 0; turn < 10; turn++) {
      clock.pass(renewal);
      await settled();
    }
    assert.deepEqual(await leaseOf(gate, other), { kind: "fresh", deed: "set", since });
    lease.release();
    lease.release();
    await settled();
    assert.equal(await leaseOf(gate, other), undefined);
    assert.deepEqual([folder.kept.size, clock.timers, one.faults], [0, 0, []]);
  });

  test("is told where it is taken and released, and not where it is renewed", async () => {
    const { clock, one } = open();
    let told = 0;
    one.memory.onDidChange(() => told++);
    const lease = takeLease(gate, "set", one);
    await settled();
    assert.equal(told, 1);
    clock.pass(renewal);
    await settled();
    assert.equal(told, 1);
    lease.release();
    await settled();
    assert.equal(told, 2);
  });

  test("is stale once it is not renewed for 90 s", async () => {
    const { clock, one, other } = open();
    takeLease(gate, "set", { ...one, clock: { now: clock.now, every: () => () => {} } });
    await settled();
    clock.pass(longestLease - 1);
    assert.equal((await leaseOf(gate, other))?.kind, "fresh");
    clock.pass(1);
    assert.equal((await leaseOf(gate, other))?.kind, "stale");
  });

  test("is stale by a clock that was set back by more than that", async () => {
    const { folder, clock, other } = open();
    const lease: LeaseRecord = { ...gate, window: "one", deed: "set", since: 0, renewed: clock.now() + longestLease };
    await recordsIn(folder).putLease(lease);
    assert.equal((await leaseOf(gate, other))?.kind, "stale");
  });

  test("is stale as soon as its window is known to have ended", async () => {
    const { gone, one, other } = open();
    takeLease(gate, "set", one);
    await settled();
    gone.add("one");
    assert.equal((await leaseOf(gate, other))?.kind, "stale");
  });

  test("of another window stays as long as it is fresh, and is followed then", async () => {
    const { folder, clock, one, other } = open();
    const first = takeLease(gate, "set", one);
    await settled();
    const second = takeLease(gate, "undo", other);
    await settled();
    clock.pass(renewal);
    await settled();
    assert.deepEqual(
      leasesIn(folder).map(({ window }) => window),
      ["one"],
    );
    first.release();
    await settled();
    assert.equal(await leaseOf(gate, one), undefined);
    clock.pass(renewal);
    await settled();
    assert.deepEqual(
      leasesIn(folder).map(({ window, deed }) => [window, deed]),
      [["other", "undo"]],
    );
    assert.equal((await leaseOf(gate, one))?.kind, "fresh");
    second.release();
    await settled();
    assert.deepEqual(leasesIn(folder), []);
  });

  test("that is released while another window has it leaves that of the other", async () => {
    const { folder, one, other } = open();
    takeLease(gate, "set", one);
    await settled();
    takeLease(gate, "undo", other).release();
    await settled();
    assert.deepEqual(
      leasesIn(folder).map(({ window }) => window),
      ["one"],
    );
  });

  test("that a window takes twice lasts until both are released, and one taken again is there", async () => {
    const { folder, one } = open();
    const [first, second] = [takeLease(gate, "set", one), takeLease(gate, "undo", one)];
    first.release();
    first.release();
    await settled();
    assert.equal(leasesIn(folder).length, 1);
    second.release();
    const third = takeLease(gate, "set", one);
    await settled();
    assert.equal(leasesIn(folder).length, 1);
    third.release();
    await settled();
    assert.deepEqual(leasesIn(folder), []);
  });

  test("ends with its window", async () => {
    const { folder, clock, one } = open();
    takeLease(gate, "set", one);
    takeLease({ ...gate, id: "gate-2" }, "set", one);
    await settled();
    assert.equal(leasesIn(folder).length, 2);
    await leaveLeases(one);
    assert.deepEqual([leasesIn(folder), clock.timers], [[], 0]);
  });

  test("that cannot be written or read is logged, and there is none; one that is damaged is none", async () => {
    const { folder, one, other } = open();
    folder.write = () => Promise.reject(new Error("The disk is full"));
    const lease = takeLease(gate, "set", one);
    await settled();
    assert.match(one.faults.join(), /lease: Error: The disk is full/);
    lease.release();
    folder.read = () => Promise.reject(new Error("No access"));
    assert.equal(await leaseOf(gate, other), undefined);
    assert.match(other.faults.join(), /No access/);
  });

  test("that nobody renewed for a day is removed", async () => {
    const { folder, clock, one } = open();
    await recordsIn(folder).putLease({ ...gate, window: "gone", deed: "set", since: 0, renewed: 0 });
    await recordsIn(folder).putLease({
      ...gate,
      id: "gate-2",
      window: "gone",
      deed: "set",
      since: 0,
      renewed: clock.now(),
    });
    await one.memory.dropStaleWaits(24 * 60 * 60 * 1000 + 1);
    assert.deepEqual(
      leasesIn(folder).map(({ id }) => id),
      ["gate-2"],
    );
  });
});

describe("a change to a distribution", () => {
  const behind = useSandbox();
  const { single } = distributions;

  test("is under way in another window from its preview to its end", async () => {
    const window = enabling();
    const seen: string[] = [];
    const look = () => seen.push(...leasesIn(window.records).map(({ id, deed }) => `${id} ${deed}`));
    const review = window.ui.review.bind(window.ui);
    window.ui.review = async (shown) => {
      await settled();
      look();
      return review(shown);
    };
    window.ui.onProgress = look;
    await window.live.change("enable", distribution(single));
    assert.ok(seen.length > 1);
    assert.deepEqual([...new Set(seen)], [`${single} enable`]);
    await until("it is released", () => leasesIn(window.records).length === 0);
  });

  test("is left by a window that ended, and another one goes on and has the lease then", async () => {
    await behind.aws.sandbox.setDeploySeconds(Number.POSITIVE_INFINITY);
    const first = enabling();
    first.ui.onProgress = (_, message) => void (message.startsWith("Deploying") && first.kill());
    void first.live.change("enable", distribution(single));
    await until("it is killed", () => first.isOver());
    const [left] = leasesIn(first.records);
    assert.ok(left);
    const second = openWindow({ remembered: first, isGone: true });
    await second.session.connect();
    await until("the next one has it", () => leasesIn(first.records).some(({ window }) => window !== left.window));
    await behind.aws.sandbox.deploy();
    await until("its end", () => second.waits().length === 0 && leasesIn(first.records).length === 0);
  });

  describe("planned where another window is, or was", () => {
    const resource = { account, kind: "distribution", id: single };
    const open = async (isGone: boolean) => {
      const records = testFolder();
      const window = openWindow({ remembered: { records, secrets: secretStore() }, isGone });
      window.ui.distribution = single;
      window.ui.origins = ["catalog"];
      await window.session.connect();
      // What is left from here on nobody resumes.
      await window.live.resume();
      const now = stillClock.now();
      const since = now - 60_000;
      await recordsIn(records).putLease({ ...resource, window: "another", deed: "disable", since, renewed: now });
      /** What the page says of other windows before anything is decided, and all that is to be confirmed. */
      const noted = async () => {
        window.ui.certificates = [certificates.spare];
        await window.live.change("enable", distribution(single));
        const page = window.ui.reviews.at(-1) ?? assert.fail("nothing was planned");
        return {
          notes: page.plan.notes.filter(({ text }) => /window/.test(text)),
          consequences: page.consequences,
          isApplicable: page.actions.some(({ action, isEnabled }) => action === "apply" && isEnabled),
        };
      };
      return { records, noted, at: new Date(since).toLocaleString() };
    };

    test("says who is at it since when, as advice: nothing more is to be confirmed", async () => {
      const { records, noted, at } = await open(false);
      const asked = await noted();
      assert.deepEqual(asked.notes, [
        {
          tone: "warning",
          text: `Another window has been working on ${single} since ${at}: Disable mTLS.`,
          detail: "If that window applies its change first, your change is planned again on the new version.",
        },
      ]);
      await recordsIn(records).removeLease(resource);
      const alone = await noted();
      assert.deepEqual(alone.notes, [], "that window is at it no more");
      assert.deepEqual([asked.consequences, asked.isApplicable], [alone.consequences, alone.isApplicable]);
    });

    test("says what a window left that ended, and what to do, though this one has the lease by then", async () => {
      const { records, noted, at } = await open(true);
      await recordsIn(records).putWait(
        done({ ...resource, deed: "disable", window: "another", isTaken: true, at: Date.now() }),
      );
      const { notes } = await noted();
      assert.deepEqual(
        notes.map(({ tone, text }) => [tone, text]),
        [["warning", `A window that ended left a change of ${single}, begun on ${at}: Disable mTLS.`]],
      );
      assert.match(notes[0]?.detail ?? "", /select Continue on the change under Changes/);
    });

    test("says nothing of a window that ended before it sent anything", async () => {
      const { noted } = await open(true);
      assert.deepEqual((await noted()).notes, []);
    });
  });

  test("goes on where no lease can be written", async () => {
    const records = testFolder();
    const write = records.write.bind(records);
    records.write = (name, text) =>
      name.startsWith("lease.") ? Promise.reject(new Error("The disk is full")) : write(name, text);
    const window = enabling({ remembered: { records, secrets: secretStore() } });
    await window.live.change("enable", distribution(single));
    assert.match(window.ui.messages, /is deployed/);
    assert.match(window.logged.join("\n"), /fault lease Error: The disk is full/);
  });
});
