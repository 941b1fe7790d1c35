// What the engine of live changes makes of a resource that is nothing like a distribution.
import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { toldText } from "../../../src/account/live/told.ts";
import type { Failure } from "../../../src/core/failure.ts";
import { until } from "../../until.ts";
import { closeGates, GateService, noAnswer, opened, openGateWindow } from "./gate.ts";

afterEach(closeGates);

const refused: Failure = { failure: "refused", message: "The gate refuses it." };
const both = { TrustStore: "clients", Mode: "verify" };

describe("two steps of different calls", () => {
  test("are made one after the other, each waited for and read back", async () => {
    const { service, window } = opened();
    const seen: string[] = [];
    window.ui.onProgress = (_, message) => void (message === "" && seen.push(service.accepted.join()));
    assert.equal(await window.set(both), "kept");
    assert.deepEqual(service.accepted, ["AttachTrustStore", "SetMode"]);
    assert.deepEqual(seen, ["AttachTrustStore", "AttachTrustStore,SetMode"]);
    assert.deepEqual(service.config, { ...both, Name: "north" });
    assert.deepEqual(window.ui.progressed, ["Waiting for the gate (1 of 2)", "Waiting for the gate (2 of 2)"]);
    assert.equal(window.ui.messages, "The gate is done: set Mode, TrustStore.");
    assert.deepEqual(window.waits(), []);
    const [review] = window.ui.reviews;
    assert.deepEqual(
      review?.actions.map(({ action, label }) => [action, label]),
      [
        ["apply", "Apply to gate-1"],
        ["diff", "Open Diff"],
        ["discard", "Discard"],
      ],
      "there is no dry run of it",
    );
    assert.deepEqual(
      review.steps.map(({ label, state }) => [label, state]),
      [
        ["AttachTrustStore: TrustStore", "next"],
        ["SetMode: Mode", "next"],
      ],
    );
    assert.equal(review.plan.notes[0]?.text, "in 2 calls");
    assert.deepEqual(window.logged, []);
  });

  test("what the rules find is asked of the config in the end: an error stops both", async () => {
    const service = new GateService();
    const window = openGateWindow(service);
    assert.equal(await window.set({ Mode: "verify" }), "left");
    assert.deepEqual(service.accepted, []);
    const [review] = window.ui.reviews;
    assert.match(review?.blocked ?? "", /Gatekeeper would reject the change, or the change cannot work/);
    assert.deepEqual(review?.plan.introduced.problems, [
      {
        severity: "error",
        rule: "gate/trust-store",
        message: "There is no trust store to verify with.",
        url: "https://example.com/gates",
      },
    ]);
    assert.equal(review.actions.find(({ action }) => action === "apply")?.isEnabled, false);
  });

  test("the second is refused after the first was accepted: that is said, and trying again makes only the second", async () => {
    const { service, window } = opened();
    let isFirst = true;
    service.onPut = (call) => {
      const isRefused = call === "SetMode" && isFirst;
      if (isRefused) isFirst = false;
      return isRefused ? refused : undefined;
    };
    window.ui.answer(/The gate refuses it/, "Try Again");
    window.ui.decide("apply");
    assert.equal(await window.set(both), "kept");
    assert.match(window.ui.messages, /The gate refuses it\. 1 of 2 steps were already applied to gate-1\./);
    assert.deepEqual(service.accepted, ["AttachTrustStore", "SetMode"]);
    assert.equal(window.ui.reviews.length, 2);
    assert.equal(window.ui.reviews[1]?.before, JSON.stringify({ Mode: "off", TrustStore: "clients", Name: "north" }));
    assert.match(window.ui.messages, /The gate is done/);
  });

  test("the second is refused, and it is left at that: nobody says that nothing was changed", async () => {
    const { service, window } = opened();
    service.onPut = (call) => (call === "SetMode" ? refused : undefined);
    assert.equal(await window.set(both), "kept");
    assert.match(window.ui.messages, /1 of 2 steps were already applied to gate-1/);
    assert.doesNotMatch(window.ui.messages, /Nothing was changed|is done/);
    assert.deepEqual(window.waits(), []);
  });
});

describe("without a version, somebody else's change", () => {
  test("is found by a look right before the call: nothing is sent, theirs is shown, and mine is asked about again", async () => {
    const { service, window } = opened();
    window.ui.onReview = () => {
      if (window.ui.reviews.length === 1) service.config = { ...service.config, Name: "south" };
      else assert.deepEqual(service.accepted, [], "it was sent over somebody else's change");
    };
    window.ui.decide("apply");
    assert.equal(await window.set({ Mode: "pass" }), "kept");
    assert.equal(window.ui.reviews.length, 2);
    const [, again] = window.ui.reviews;
    assert.match(
      again?.plan.meanwhile?.text ?? "",
      /Another update changed gate-1 after your change was planned\. Your change was not applied\./,
    );
    assert.deepEqual(again?.plan.meanwhile?.changes.members, [
      { path: "Name", before: '"north"', after: '"south"', note: undefined },
    ]);
    assert.match(again.before, /south/);
    assert.deepEqual(service.config, { Mode: "pass", TrustStore: "none", Name: "south" });
  });

  test("before the second call says how far it came; without a yes nothing more is sent", async () => {
    const { service, window } = opened();
    let looks = 0;
    // The plan, right before the first call, read back, right before the second one.
    service.onFetch = () => {
      looks += 1;
      if (looks === 4) service.config = { ...service.config, Name: "south" };
    };
    assert.equal(await window.set(both), "kept");
    assert.deepEqual(service.accepted, ["AttachTrustStore"]);
    assert.match(
      window.ui.reviews[1]?.plan.meanwhile?.text ?? "",
      /Another update changed gate-1 after your change was planned\. 1 of 2 steps were already applied to gate-1\./,
    );
  });

  test("is found on the read-back: what is lost is said, and the second call is not made", async () => {
    const { service, window } = opened();
    window.ui.onProgress = () => {
      service.config = { ...service.config, TrustStore: "theirs" };
    };
    window.ui.answer(/does not have everything that was sent/, "Show Differences");
    assert.equal(await window.set(both), "kept");
    assert.match(
      window.ui.messages,
      /gate-1 does not have everything that was sent: AWS did not keep it, or another update changed it at the same time\. TrustStore: changed from "clients" to "theirs"\./,
    );
    assert.deepEqual(service.accepted, ["AttachTrustStore"]);
    assert.match(window.ui.comparisons[0]?.left ?? "", /clients/);
    assert.match(window.ui.comparisons[0]?.right ?? "", /theirs/);
    assert.doesNotMatch(window.ui.messages, /is done/);
  });

  test("and a look that fails before the call: it is said, and nothing was changed", async () => {
    const { service, window } = opened();
    const fetch = window.target.fetch.bind(window.target);
    let looks = 0;
    window.target.fetch = () => (++looks === 2 ? Promise.resolve(refused) : fetch());
    assert.equal(await window.set({ Mode: "pass" }), "left");
    assert.match(window.ui.messages, /The gate refuses it\. Nothing was changed\./);
    assert.deepEqual(service.accepted, []);
  });

  test("no answer, and it is there: found out by what the gate says", async () => {
    const { service, window } = opened();
    service.answers = () => false;
    await window.set({ Mode: "pass" });
    assert.match(
      window.ui.messages,
      /Gatekeeper did not respond to the change, but applied it: gate-1 has the configuration that was sent/,
    );
    assert.match(window.ui.messages, /The gate is done/);
  });

  test("no answer, and it is as before: nothing is repeated without a yes", async () => {
    const { service, window } = opened();
    service.onPut = () => noAnswer;
    assert.equal(await window.set({ Mode: "pass" }), "left");
    assert.match(
      window.ui.messages,
      /Gatekeeper did not respond to the change\. Gatekeeper still has the previous configuration, but the change might still arrive/,
    );
    assert.deepEqual(service.accepted, []);
  });
});

describe("no answer to the first of two calls, which arrives late", () => {
  const late = async (decision: "apply" | "discard") => {
    const { service, window } = opened();
    let isFirst = true;
    service.onPut = () => {
      const isLost = isFirst;
      isFirst = false;
      return isLost ? noAnswer : undefined;
    };
    const ask = window.ui.ask.bind(window.ui);
    window.ui.ask = async (message, ...more) => {
      if (/might still arrive/.test(toldText(message))) service.config = { ...service.config, TrustStore: "clients" };
      return ask(message, ...more);
    };
    window.ui.answer(/might still arrive/, "Try Again");
    window.ui.decide(decision);
    assert.equal(await window.set(both), "kept");
    return { service, window };
  };

  test("the second is shown, asked about and made on top of it", async () => {
    const { service, window } = await late("apply");
    assert.deepEqual(service.accepted, ["SetMode"]);
    assert.equal(window.ui.reviews.length, 2);
    assert.match(window.ui.messages, /Gatekeeper did not confirm the change, but applied it/);
    assert.match(window.ui.messages, /The gate is done: set Mode\.$/);
    assert.deepEqual(window.waits(), []);
  });

  test("without a yes, what was applied is told, and what was not sent", async () => {
    const { service, window } = await late("discard");
    await until("its end", () => window.waits().length === 0);
    assert.deepEqual(service.accepted, []);
    assert.match(window.ui.messages, /The gate is done: set TrustStore\. Steps that were not sent: 1\./);
  });
});

describe("failing after it was accepted", () => {
  test("and nothing of it is there: that is said, and there is nothing to undo", async () => {
    const { service, window } = opened();
    service.carriesOut = () => false;
    service.status = { state: "failed", said: "the gate is jammed" };
    assert.equal(await window.set({ Mode: "pass" }), "kept");
    assert.equal(
      window.ui.messages,
      "Gatekeeper accepted the change of gate-1, but failed to apply it: “the gate is jammed”. gate-1 has its previous configuration.",
    );
    assert.equal(window.ui.said[0]?.severity, "error");
    assert.deepEqual(window.undos(), []);
    assert.deepEqual(window.waits(), []);
  });

  test("and something of it is there: the difference can be looked at", async () => {
    const { service, window } = opened();
    service.status = { state: "failed", said: "the gate is jammed" };
    window.ui.answer(/failed to apply it/, "Show Differences");
    await window.set({ Mode: "pass" });
    assert.match(
      window.ui.messages,
      /gate-1 does not have its previous configuration\. Check its current configuration/,
    );
    assert.equal(window.ui.comparisons.length, 1);
    assert.equal(window.undos().length, 1, "what is there can be turned back");
  });

  test("the second of two: how far it came is said, and the first stays", async () => {
    const { service, window } = opened();
    service.carriesOut = (call) => {
      if (call === "SetMode") service.status = { state: "failed", said: "the gate is jammed" };
      return call !== "SetMode";
    };
    assert.equal(await window.set(both), "kept");
    assert.match(
      window.ui.messages,
      /failed to apply it: “the gate is jammed”\. This was step 2 of 2\. No further steps were sent\. gate-1 has its previous configuration\./,
    );
    assert.deepEqual(service.config, { Mode: "off", TrustStore: "clients", Name: "north" });
  });

  test("and what is there now cannot be read: both are said", async () => {
    const { service, window } = opened();
    const fetch = window.target.fetch.bind(window.target);
    service.status = { state: "failed", said: "the gate is jammed" };
    window.target.fetch = () => (service.accepted.length > 0 ? Promise.resolve(refused) : fetch());
    await window.set({ Mode: "pass" });
    assert.match(
      window.ui.messages,
      /The gate refuses it\..*“the gate is jammed”\. The current configuration of gate-1 could not be read/,
    );
  });

  test("is waited for while it is under way", async () => {
    const { service, window } = opened();
    service.status = { state: "pending", said: "turning" };
    window.ui.onProgress = (_, message) => {
      if (message !== "") service.status = { state: "failed", said: "the gate is jammed" };
    };
    await window.set({ Mode: "pass" });
    assert.ok(window.ui.progressed.includes("The gate is turning."), window.ui.progressed.join());
    assert.match(window.ui.messages, /failed to apply it/);
  });
});
