// A change whose fate no answer told: whatever comes later is held against what was sent.
import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import type { WaitRecord } from "../../../src/account/live/records.ts";
import { toldText } from "../../../src/account/live/told.ts";
import { isFailure } from "../../../src/core/failure.ts";
import { certificates, distributions } from "../../sandbox/world.ts";
import { until } from "../../until.ts";
import { setWaits } from "../storage.ts";
import { block, enabling, useSandbox } from "./distributions.ts";
import { closeGates, GateService, noAnswer, openGateWindow } from "./gate.ts";
import { testPatience } from "./life.ts";
import { openWindow, type Window } from "./window.ts";

const behind = useSandbox();
afterEach(closeGates);

const [http2, http3] = ["<HttpVersion>http2</HttpVersion>", "<HttpVersion>http3</HttpVersion>"];

/** As if what was sent arrived now. */
const arrives = () => behind.aws.sandbox.changeDistribution(distributions.single, { find: http2, replace: http3 });

/** More than the settings of origins: what undoes it is a whole config. */
async function draftOf(window: Window): Promise<() => Promise<void>> {
  const draft = await window.draft(distributions.single);
  window.ui.decide("apply");
  return () => draft.apply(draft.text.replace('"HttpVersion": "http2"', '"HttpVersion": "http3"'));
}

async function isToldAndUndone(window: Window, before: string): Promise<void> {
  assert.match(window.ui.messages, /E1SINGLE000008 is deployed with the configuration of the draft/);
  assert.doesNotMatch(window.ui.messages, /already matches|Nothing was changed|[Aa]nother update/);
  assert.ok(!window.ui.reviews.some(({ plan }) => plan.meanwhile !== undefined), "it is taken for somebody else's");
  window.ui.decide("apply");
  await window.live.undo();
  assert.equal(await behind.xmlOf(distributions.single), before);
}

describe("the connection drops, and the change arrives late", () => {
  test("before it is planned again: it is ours, is waited for, read back, and can be undone", async () => {
    const before = await behind.xmlOf(distributions.single);
    await behind.aws.sandbox.fault({ kind: "drop", operation: "UpdateDistribution", times: 1, when: "before" });
    const window = openWindow();
    const apply = await draftOf(window);
    const ask = window.ui.ask.bind(window.ui);
    window.ui.ask = async (message, ...more) => {
      if (/might still arrive/.test(toldText(message))) await arrives();
      return ask(message, ...more);
    };
    window.ui.answer(/might still arrive/, "Try Again");
    await apply();
    assert.equal(await behind.puts(), 1);
    assert.match(window.ui.messages, /CloudFront did not confirm the change, but applied it/);
    await isToldAndUndone(window, before);
  });

  test("while it is tried again: the 412 is not taken for somebody else's change", async () => {
    const before = await behind.xmlOf(distributions.single);
    await behind.aws.sandbox.fault({ kind: "drop", operation: "UpdateDistribution", times: 1, when: "before" });
    const window = openWindow();
    const apply = await draftOf(window);
    const review = window.ui.review.bind(window.ui);
    window.ui.review = (shown) => {
      if (window.ui.reviews.length !== 1) return review(shown);
      arrives().then(
        () => review(shown),
        (error: unknown) => assert.fail(String(error)),
      );
    };
    window.ui.answer(/might still arrive/, "Try Again");
    window.ui.decide("apply");
    await apply();
    assert.equal(await behind.puts(), 2);
    assert.equal(window.ui.reviews.length, 2);
    await isToldAndUndone(window, before);
  });

  test("after the question was closed: its end is told all the same", async () => {
    const before = await behind.xmlOf(distributions.single);
    await behind.aws.sandbox.fault({ kind: "drop", operation: "UpdateDistribution", times: 1, when: "before" });
    const window = openWindow();
    const apply = await draftOf(window);
    await apply();
    assert.match(window.ui.messages, /might still arrive/);
    await arrives();
    await until("its end", () => /is deployed/.test(window.ui.messages));
    await until("told", () => window.waits().length === 0);
    await isToldAndUndone(window, before);
  });

  test("while another window finds it, and changes more: what undoes that is not lost to it", async () => {
    await behind.aws.sandbox.fault({ kind: "drop", operation: "UpdateDistribution", times: 1, when: "after" });
    // When it is looked up what became of it.
    await behind.aws.sandbox.fault({ kind: "deny", operation: "GetDistributionConfig", after: 2, times: 1 });
    const window = openWindow();
    const apply = await draftOf(window);
    const other = openWindow({ remembered: window, isGone: true });
    const ask = window.ui.ask.bind(window.ui);
    window.ui.ask = async (message, ...more) => {
      if (/It is unknown whether/.test(toldText(message))) {
        const draft = await other.draft(distributions.single);
        other.ui.decide("apply");
        await draft.apply(draft.text.replace('"Catalog"', '"Mine"'));
      }
      return ask(message, ...more);
    };
    window.ui.answer(/It is unknown whether/, "Check Again");
    await apply();
    assert.match(window.ui.messages, /Another update has also changed E1SINGLE000008 since/);
    assert.match(await behind.xmlOf(distributions.single), /<Comment>Mine</);
    other.ui.decide("apply");
    await other.live.undo();
    const now = await behind.xmlOf(distributions.single);
    assert.ok(now.includes(http3) && now.includes("<Comment>Catalog<"), now);
    assert.doesNotMatch(other.ui.messages, /cannot be undone/);
  });

  test("with another update on top of it: both are told, and undoing takes back ours alone", async () => {
    await behind.aws.sandbox.fault({ kind: "drop", operation: "UpdateDistribution", times: 1, when: "after" });
    const { ui, live } = enabling({
      // Before anybody looks what became of it.
      watch: (call, answer) =>
        call === "putDistributionConfig" && isFailure(answer)
          ? behind.aws.sandbox.changeDistribution(distributions.single, { find: http2, replace: http3 })
          : undefined,
    });
    await live.change("enable", undefined);
    assert.match(
      ui.messages,
      /CloudFront did not confirm the change, but applied it\. Another update has also changed E1SINGLE000008 since/,
    );
    assert.match(ui.messages, /is deployed, and CloudFront now has a client certificate for catalog/);
    assert.equal(ui.reviews.length, 1);
    ui.decide("apply");
    await live.undo();
    const now = await behind.xmlOf(distributions.single);
    assert.ok(!now.includes(block(certificates.spare)) && now.includes(http3), now);
  });

  test("and never does: that is told in the end, and nothing is left of it", async () => {
    await behind.aws.sandbox.fault({ kind: "drop", operation: "UpdateDistribution", times: 1, when: "before" });
    const patience = { ...testPatience };
    const window = openWindow({ patience });
    const apply = await draftOf(window);
    await apply();
    assert.equal(window.waits().length, 1);
    assert.ok([...window.secrets.kept.keys()].some((key) => key.startsWith("mtls.sent:")));
    patience.arrival = 0;
    await until("its end", () => window.waits().length === 0);
    assert.match(
      window.ui.messages,
      /“Apply Draft of E1SINGLE000008”: the change was not applied\. E1SINGLE000008 has its previous configuration\./,
    );
    assert.deepEqual([...window.secrets.kept.keys()], []);
  });
});

describe("nobody says that nothing was changed", () => {
  test("where the second try is refused, while the first might still arrive", async () => {
    await behind.aws.sandbox.fault({ kind: "drop", operation: "UpdateDistribution", times: 1, when: "before" });
    await behind.aws.sandbox.fault({ kind: "deny", operation: "UpdateDistribution", after: 1, times: 1 });
    const window = enabling();
    window.ui.answer(/might still arrive/, "Try Again");
    window.ui.decide("apply");
    await window.live.change("enable", undefined);
    const refused = window.ui.said.find(({ message }) => message.includes("cloudfront:UpdateDistribution"));
    assert.match(refused?.message ?? "", /The change of E1SINGLE000008 that was sent before might still arrive\./);
    assert.doesNotMatch(window.ui.messages, /Nothing was changed/);
  });

  test("or that it was, where the service did not keep what was sent without an answer", async () => {
    await behind.aws.sandbox.fault({ kind: "drop", operation: "UpdateDistribution", times: 1, when: "after" });
    await behind.aws.sandbox.fault({ kind: "drop-member", member: "OriginMtlsConfig", times: 1 });
    const { ui, live } = enabling();
    await live.change("enable", undefined);
    assert.match(
      ui.reviews[1]?.plan.meanwhile?.text ?? "",
      /^E1SINGLE000008 has changed, but does not have everything that was sent: another update changed it, or AWS did not keep your change\./,
    );
    assert.doesNotMatch(JSON.stringify(ui.reviews[1]), /Your change was not applied|Nothing was changed/);
  });
});

describe("what came in place of an answer is said", () => {
  for (const [what, fault, said] of [
    [
      "a server error",
      { kind: "error", times: 1 },
      /CloudFront responded to the change with a server error\. AWS returned \(InternalError, 500\): “We encountered an internal error[^”]*” CloudFront still has/,
    ],
    [
      "a page",
      { kind: "garbage", times: 1 },
      /Unexpected response from [^ ]+ \(200, text\/html\): this may not be CloudFront/,
    ],
  ] as const) {
    test(what, async () => {
      await behind.aws.sandbox.fault({ ...fault, operation: "UpdateDistribution" });
      const { ui, live } = enabling();
      await live.change("enable", undefined);
      assert.match(ui.messages, said);
      assert.doesNotMatch(ui.messages, /did not respond/);
    });
  }

  test("also where nothing can be read afterwards", async () => {
    await behind.aws.sandbox.fault({ kind: "error", operation: "UpdateDistribution", times: 1 });
    await behind.aws.sandbox.fault({ kind: "deny", operation: "GetDistributionConfig", after: 2 });
    const { ui, live } = enabling();
    await live.change("enable", undefined);
    assert.match(ui.messages, /server error[^]*It is unknown whether E1SINGLE000008 was changed, because/);
    assert.doesNotMatch(ui.messages, /did not respond/);
  });
});

describe("a distribution that is deleted meanwhile", () => {
  for (const [when, operation] of [
    ["while it is deployed", "GetDistribution"],
    ["before it is read back", "GetDistributionConfig"],
  ] as const) {
    test(`${when} is said to be, and not to be deployed further`, async () => {
      const gone = { kind: "error", status: 404, code: "NoSuchDistribution", message: "gone" } as const;
      const { ui, live, waits, undos } = enabling({
        watch: (call, answer) =>
          call === "putDistributionConfig" && answer !== undefined
            ? behind.aws.sandbox.fault({ ...gone, operation })
            : undefined,
      });
      await live.change("enable", undefined);
      assert.match(ui.messages, /E1SINGLE000008 was deleted after the change was applied/);
      assert.doesNotMatch(ui.messages, /continues to deploy/);
      assert.deepEqual([waits(), undos()], [[], []]);
    });
  }
});

describe("what is written down before it is sent", () => {
  test("holds no header value where any window finds it, and what was sent only until its end was told", async () => {
    const window = openWindow({ watch: (call, _, kill) => void (call === "putDistributionConfig" && kill()) });
    const draft = await window.draft(distributions.headers);
    const values = [...draft.text.matchAll(/"HeaderValue": "([^"]+)"/g)].map(([, value]) => value ?? "");
    assert.ok(values.length > 0);
    window.ui.decide("apply");
    void draft.apply(draft.text.replace('"HttpVersion": "http2"', '"HttpVersion": "http3"'));
    await until("it is written down", () => window.waits().length === 1);
    await until("and killed", async () => window.ui.reviews.length === 1);
    for (const value of values) assert.ok(!window.everythingRemembered().includes(value));
    assert.ok([...window.secrets.kept.values()].some((text) => text.includes(values[0] ?? "?")));
    const [wait] = window.waits();
    assert.deepEqual([wait?.isTaken, wait?.deed, wait?.etag], [false, "draft", undefined]);
  });

  test("is not gone on with by another window while the one that sends it is there", async () => {
    await behind.aws.sandbox.fault({ kind: "slow", operation: "UpdateDistribution", ms: 600_000 });
    const window = enabling();
    const done = window.live.change("enable", undefined);
    await until("the request", async () => (await behind.aws.sandbox.held()).length === 1);
    const other = openWindow({ remembered: window });
    await other.session.connect();
    await behind.aws.sandbox.clearFaults();
    await done;
    assert.match(window.ui.messages, /is deployed/);
    assert.deepEqual(other.ui.said, []);
  });

  test("is gone on with at once by another window where the one that sent it is known to have ended", async () => {
    for (const phase of ["getDistributionConfig", "getDistribution"] as const) {
      let isSent = false;
      const window = enabling({
        watch: (call, answer, kill) => {
          if (call === phase && isSent) kill();
          isSent ||= call === "putDistributionConfig" && answer !== undefined;
        },
      });
      if (phase === "getDistributionConfig")
        await behind.aws.sandbox.fault({ kind: "drop", when: "after", operation: "UpdateDistribution", times: 1 });
      void window.live.change("enable", undefined);
      await until("it is killed", () => window.isOver());
      const next = openWindow({ remembered: window, isGone: true });
      await next.session.connect();
      await until("its end", () => /is deployed, and CloudFront now has/.test(next.ui.messages));
      assert.deepEqual(next.waits(), []);
      await behind.aws.reset();
    }
  });
});

describe("what a window left", () => {
  const day = 24 * 60 * 60 * 1000;

  async function unanswered(set: (wait: WaitRecord) => readonly WaitRecord[]) {
    const service = new GateService();
    service.onPut = () => noAnswer;
    const window = openGateWindow(service);
    window.ui.decide("apply");
    await window.set({ Mode: "pass" });
    window.kill();
    const [wait] = window.waits();
    setWaits(window.records, set(wait ?? assert.fail("It is not written down")));
    return { service, window };
  }

  test("is told in time, though the clock was set back since", async () => {
    const { service, window } = await unanswered((wait) => [{ ...wait, at: wait.at + day }]);
    const next = openGateWindow(service, window, { handover: 0, arrival: 50 });
    await next.resume();
    assert.match(next.ui.messages, /result is reported here within 2 minutes[^]*the change was not applied/);
    assert.deepEqual(next.waits(), []);
  });

  test("is not taken for what another window has just sent, because the clock was set back since", async () => {
    const { service, window } = await unanswered((wait) => [{ ...wait, at: wait.at + day }]);
    service.config = { ...service.config, Mode: "pass" };
    const next = openGateWindow(service, window);
    assert.equal(await next.set({ Mode: "pass" }), "kept");
    assert.match(next.ui.messages, /The gate is done: set Mode\./);
  });

  test("is told, though what is outdated cannot be removed from where secrets are kept", async () => {
    const { service, window } = await unanswered((wait) => [
      { ...wait, at: wait.at - 40 * day, id: "gate-2", isWhole: false },
      { ...wait, window: undefined },
    ]);
    window.secrets.delete = () => Promise.reject(new Error("The keyring is locked"));
    const next = openGateWindow(service, window, { handover: 0, arrival: 0 });
    await next.resume();
    assert.match(next.ui.messages, /the change was not applied/);
  });
});

describe("a service without versions", () => {
  const wanted = { Mode: "pass" };

  async function unanswered(service: GateService) {
    const window = openGateWindow(service);
    window.ui.decide("apply");
    service.onPut = () => noAnswer;
    await window.set(wanted);
    service.onPut = () => undefined;
    window.kill();
    return window;
  }

  test("what the window before sent is there: it is not just so already, but waited for, read back, and can be undone", async () => {
    const service = new GateService();
    const window = await unanswered(service);
    service.config = { ...service.config, ...wanted };
    const next = openGateWindow(service, window, { handover: 0 });
    assert.equal(await next.set(wanted), "kept");
    assert.match(next.ui.messages, /Gatekeeper did not confirm the change, but applied it/);
    assert.match(next.ui.messages, /The gate is done: set Mode\./);
    assert.doesNotMatch(next.ui.messages, /already has this configuration/);
    next.ui.decide("apply");
    await next.undo();
    assert.equal(service.config.Mode, "off");
  });

  test("it comes while the next window looks at the preview: it is not taken for somebody else's", async () => {
    const service = new GateService();
    const window = await unanswered(service);
    const next = openGateWindow(service, window, { handover: 0 });
    next.ui.onReview = () => void (service.config = { ...service.config, ...wanted });
    next.ui.decide("apply");
    assert.equal(await next.set(wanted), "kept");
    assert.equal(next.ui.reviews.length, 1);
    assert.match(next.ui.messages, /The gate is done: set Mode\./);
  });

  test("what another window has just sent is left to it", async () => {
    const service = new GateService();
    const window = await unanswered(service);
    service.config = { ...service.config, ...wanted };
    const next = openGateWindow(service, window);
    await next.set(wanted);
    assert.equal(next.ui.messages, "gate-1 already has this configuration.");
    assert.equal(next.waits().length, 1);
  });
});

describe("an endpoint whose version never changes", () => {
  function stuck(service: GateService, { put }: { readonly put: string }) {
    const window = openGateWindow(service);
    const { target } = window;
    const [fetch, send, status] = [target.fetch, target.put, target.status];
    target.fetch = async () => ({ ...(await fetch()), etag: "V1" }) as Awaited<ReturnType<typeof fetch>>;
    target.put = async (...args) => {
      const answer = await send(...args);
      return "failure" in answer ? answer : { etag: put };
    };
    target.status = async () => ({ ...(await status()), etag: "V1" }) as Awaited<ReturnType<typeof status>>;
    window.ui.decide("apply");
    return window;
  }

  test("is no such service: that is said, it is read back at once, and can be undone", async () => {
    const service = new GateService();
    service.status = { state: "pending", said: "turning" };
    const window = stuck(service, { put: "V1" });
    assert.equal(await window.set({ Mode: "pass" }), "kept");
    assert.match(
      window.ui.messages,
      /The endpoint still reports the version that the change to gate-1 replaced, so it does not behave like Gatekeeper/,
    );
    assert.match(window.ui.messages, /The gate is done: set Mode\./);
    assert.deepEqual(window.ui.progressed, []);
    assert.deepEqual(window.waits(), []);
    window.ui.decide("apply");
    await window.undo();
    assert.equal(service.config.Mode, "off");
  });

  test("what it did not keep is said", async () => {
    const service = new GateService();
    service.carriesOut = () => false;
    const window = stuck(service, { put: "V1" });
    await window.set({ Mode: "pass" });
    assert.match(window.ui.messages, /The gate lost: Mode/);
    assert.doesNotMatch(window.ui.messages, /The gate is done/);
  });

  test("and without an answer: what it has now tells", async () => {
    const service = new GateService();
    service.answers = () => false;
    const window = stuck(service, { put: "V1" });
    await window.set({ Mode: "pass" });
    assert.match(window.ui.messages, /Gatekeeper did not respond to the change, but applied it/);
    assert.match(window.ui.messages, /The gate is done: set Mode\./);
  });

  test("where only the answer to the change names another one, waiting ends", async () => {
    const service = new GateService();
    const window = stuck(service, { put: "V2" });
    await window.set({ Mode: "pass" });
    assert.match(window.ui.messages, /The endpoint still reports the version/);
    assert.match(window.ui.messages, /The gate is done: set Mode\./);
    assert.doesNotMatch(window.ui.messages, /[Aa]nother update/);
  });
});
