// What follows a change of a resource that is nothing like a distribution: undoing it, and windows that end meanwhile.
import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import type { PageLine } from "../../../src/account/live/review/page.ts";
import { until } from "../../until.ts";
import { setWaits } from "../storage.ts";
import { closeGates, GateService, type GateWindow, noAnswer, opened, openGateWindow } from "./gate.ts";

afterEach(closeGates);

const both = { TrustStore: "clients", Mode: "verify" };

describe("undo", () => {
  const review = ({ ui }: GateWindow) => ui.reviews[0] ?? assert.fail("nothing is shown");
  const final = ({ tone, text, detail }: PageLine) => [tone, text, detail];

  test("is not there after step one, and that is said before anything is sent", async () => {
    const { window } = opened();
    await window.set(both);
    const text = "This cannot be undone once step 1 of 2 is applied.";
    assert.deepEqual(review(window).plan.notes.map(final), [
      ["info", "in 2 calls", undefined],
      ["warning", text, "A trust store that is attached stays attached."],
    ]);
    assert.deepEqual(review(window).consequences, [text]);
    assert.equal(review(window).actions[0]?.isEnabled, false);
    assert.deepEqual(window.undos(), []);
    assert.deepEqual(window.ui.said.at(-1)?.answers, [], "no button promises it");
    await window.undo();
    assert.match(window.ui.messages, /There are no changes to undo/);
  });

  test("of an only step, too", async () => {
    const { window } = opened();
    await window.set({ TrustStore: "clients" });
    const text = "This cannot be undone.";
    assert.deepEqual(review(window).plan.notes.map(final), [
      ["warning", text, "A trust store that is attached stays attached."],
    ]);
    assert.deepEqual(review(window).consequences, [text]);
  });

  test("what was done before is not offered any more after what cannot be undone", async () => {
    const { window } = opened();
    await window.set({ Mode: "pass" });
    assert.equal(window.undos().length, 1);
    window.ui.decide("apply");
    await window.set({ TrustStore: "clients" });
    assert.deepEqual(window.undos(), []);
  });

  test("takes back what was changed, and nothing that somebody else changed since", async () => {
    const { service, window } = opened();
    window.ui.answer(/The gate is done: set Mode/, "Undo");
    window.ui.decide("apply");
    await window.set({ Mode: "pass" });
    assert.deepEqual([review(window).plan.notes, review(window).consequences], [[], []]);
    service.config = { ...service.config, Name: "south" };
    await until("undone", () => /The gate is done: undo Mode/.test(window.ui.messages));
    assert.deepEqual(service.config, { Mode: "off", TrustStore: "none", Name: "south" });
    assert.match(JSON.stringify(window.ui.reviews[1]?.plan.notes), /Change to undo: set: Mode/);
  });

  test("is refused where what was done is not there any more", async () => {
    const { service, window } = opened();
    await window.set({ Mode: "pass" });
    service.config = { ...service.config, Mode: "verify" };
    window.ui.answer(/has changed since/, "Profiles");
    await window.undo();
    assert.match(
      window.ui.messages,
      /gate-1 has changed since .+, when set: Mode\. The change cannot be undone in one step/,
    );
    assert.deepEqual(window.ui.left, [{ to: "profiles" }]);
    assert.deepEqual(window.undos(), []);
    assert.deepEqual(service.accepted, ["SetMode"]);
  });

  test("is refused where somebody changes it while the preview is looked at", async () => {
    const { service, window } = opened();
    await window.set({ Mode: "pass" });
    window.ui.onReview = () => void (service.config = { ...service.config, Mode: "verify" });
    window.ui.decide("apply");
    await window.undo();
    assert.match(window.ui.messages, /so the change can no longer be undone in one step/);
    assert.equal(service.config.Mode, "verify");
  });
});

describe("a window that ends", () => {
  /** The window is gone as soon as it waits for the call. */
  async function killedAt(call: string, service: GateService, wanted: Parameters<GateWindow["set"]>[0]) {
    const window = openGateWindow(service);
    window.ui.decide("apply");
    const gone = new Promise<void>((resolve) => {
      window.ui.onProgress = (_, message) => {
        if (message === "" && service.accepted.at(-1) === call) {
          window.kill();
          resolve();
        }
      };
    });
    void window.set(wanted);
    await gone;
    return window;
  }

  test("while it asks: nothing was sent, and the next one has nothing to tell", async () => {
    const service = new GateService();
    const window = openGateWindow(service);
    const asked = new Promise<void>((resolve) => {
      window.ui.review = () => resolve();
    });
    void window.set(both);
    await asked;
    const next = openGateWindow(service, window);
    await next.resume();
    assert.deepEqual(next.ui.said, []);
    assert.deepEqual(service.accepted, []);
  });

  test("after the only call, or the last one: the next one waits, reads back and tells the end", async () => {
    for (const wanted of [{ Mode: "pass" }, both]) {
      const service = new GateService();
      const window = await killedAt("SetMode", service, wanted);
      const [wait] = window.waits();
      assert.deepEqual([wait?.kind, wait?.id, wait?.etag, wait?.left], ["gate", "gate-1", undefined, 0]);
      const next = openGateWindow(service, window, { handover: 0 });
      await next.resume();
      assert.equal(next.ui.messages, `The gate is done: set ${Object.keys(wait?.expected ?? {}).join(", ")}.`);
      assert.deepEqual(next.waits(), []);
      await next.resume();
      assert.equal(next.ui.said.length, 1, "the end is told once");
    }
  });

  test("after the first of two calls: the next one gives it time to go on, then says what was not sent", async () => {
    const service = new GateService();
    const window = await killedAt("AttachTrustStore", service, both);
    const soon = openGateWindow(service, window);
    let looks = 0;
    const { status } = soon.target;
    soon.target.status = () => {
      looks += 1;
      return status();
    };
    void soon.resume();
    await until("it saw the end of the first call", () => looks > 0);
    const later = openGateWindow(service, window, { handover: 0 });
    await later.resume();
    assert.equal(
      later.ui.messages,
      "The gate is done: set TrustStore. Steps that were not sent: 1. To send them, run the command again.",
    );
    assert.deepEqual(soon.ui.said, [], "it took over too soon");
    assert.deepEqual(service.accepted, ["AttachTrustStore"]);
  });

  test("and it fails after that: the next one tells it", async () => {
    const service = new GateService();
    const window = await killedAt("SetMode", service, { Mode: "pass" });
    service.status = { state: "failed", said: "the gate is jammed" };
    const next = openGateWindow(service, window, { handover: 0 });
    await next.resume();
    assert.equal(
      next.ui.messages,
      "Gatekeeper accepted the change of gate-1, but failed to apply it: “the gate is jammed”. Check the current configuration of gate-1.",
    );
    assert.deepEqual(next.waits(), []);
  });

  test("and somebody changes it after that: the next one tells what is lost", async () => {
    const service = new GateService();
    const window = await killedAt("SetMode", service, { Mode: "pass" });
    service.config = { ...service.config, Mode: "verify" };
    const next = openGateWindow(service, window, { handover: 0 });
    await next.resume();
    assert.equal(next.ui.messages, "The gate did not keep Mode.");
  });

  test("two that come after it: one of them tells the end", async () => {
    const service = new GateService();
    const window = await killedAt("SetMode", service, { Mode: "pass" });
    setWaits(
      window.records,
      window.waits().map((wait) => ({ ...wait, window: undefined })),
    );
    const [one, two] = [openGateWindow(service, window), openGateWindow(service, window)];
    await Promise.all([one.resume(), two.resume()]);
    assert.equal(one.ui.said.length + two.ui.said.length, 1);
  });

  test("what it did can be undone in the next one", async () => {
    const service = new GateService();
    const window = await killedAt("SetMode", service, { Mode: "pass" });
    const next = openGateWindow(service, window);
    next.ui.decide("apply");
    await next.undo();
    assert.equal(service.config.Mode, "off");
  });

  const first = "AttachTrustStore";
  for (const [when, call, told] of [
    [
      "before it sends the first of two calls",
      first,
      /^“set the gate”: the change was not applied\. gate-1 has its previous/,
    ],
    [
      "before it sends the second of two calls",
      "SetMode",
      /^“set the gate”: step 2 of 2 was not applied\. gate-1 has the steps before it\./,
    ],
    [
      "before it sees that the first of two calls was accepted",
      first,
      /^The gate is done: set TrustStore\. Steps that were not sent: 1\. To send them, run the command again\.$/,
    ],
    [
      "before it sees that the second of two calls was accepted",
      "SetMode",
      /^The gate is done: set Mode, TrustStore\.$/,
    ],
  ] as const) {
    test(`${when}: the next one tells what is there`, async () => {
      const service = new GateService();
      const window = openGateWindow(service);
      window.ui.decide("apply");
      const gone = new Promise<void>((resolve) => {
        const kill = (one: string) => {
          if (one !== call) return;
          window.kill();
          resolve();
        };
        if (when.includes("sends"))
          service.onPut = (one) => {
            kill(one);
            return one === call ? noAnswer : undefined;
          };
        else
          service.answers = (one) => {
            kill(one);
            return true;
          };
      });
      void window.set(both);
      await gone;
      const next = openGateWindow(service, window, { handover: 0, arrival: 0 });
      await next.resume();
      assert.match(next.ui.messages, told);
      assert.deepEqual(next.waits(), []);
      await next.resume();
      assert.equal(next.ui.said.length, 1, "it is told once");
    });
  }

  test("of the second of two calls, what might still arrive is told as that", async () => {
    const service = new GateService();
    const window = openGateWindow(service);
    window.ui.decide("apply");
    service.onPut = (call) => (call === "SetMode" ? noAnswer : undefined);
    await window.set(both);
    window.kill();
    const next = openGateWindow(service, window, { handover: 0 });
    void next.resume();
    await until("the doubt is told", () => next.ui.said.length > 0);
    assert.match(
      next.ui.messages,
      /^“set the gate”: it is not known yet whether Gatekeeper applied step 2 of 2\. gate-1 has the steps before it/,
    );
    service.config = { ...service.config, ...both };
    await until("the end", () => next.waits().length === 0);
    assert.match(next.ui.messages, /The gate is done: set Mode, TrustStore\.$/);
  });
});
