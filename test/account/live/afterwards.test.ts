// What follows a change that AWS took.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { toldText } from "../../../src/account/live/told.ts";
import { account as accountId, certificates, distributions } from "../../sandbox/world.ts";
import { until } from "../../until.ts";
import { setWaits } from "../storage.ts";
import { block, distribution, enabling, isDone, useSandbox } from "./distributions.ts";
import { openWindow } from "./window.ts";

const behind = useSandbox();

describe("waiting", () => {
  test("can be stopped: AWS goes on, and that is said", async () => {
    const { ui, live, waits, undos } = enabling();
    ui.onProgress = (stop) => stop();
    await live.change("enable", undefined);
    assert.match(ui.messages, /Stopped waiting\. AWS has the change and continues to deploy E1SINGLE000008/);
    assert.deepEqual(waits(), []);
    assert.equal(undos().length, 1);
    await until(
      "deployed all the same",
      async () => (await behind.aws.sandbox.distribution(distributions.single)).status === "Deployed",
    );
  });

  test("goes on through what passes", async () => {
    await behind.aws.sandbox.fault({ kind: "drop", operation: "GetDistribution", times: 2, when: "before" });
    const { ui, live } = enabling();
    await live.change("enable", distribution(distributions.single));
    assert.match(ui.messages, /is deployed/);
  });

  test("ends where it may not look any more, and can go on later", async () => {
    const { ui, live, waits } = enabling();
    await behind.aws.sandbox.setDeploySeconds(Number.POSITIVE_INFINITY);
    let denied: Promise<void> | undefined;
    ui.onProgress = () => void (denied ??= behind.aws.sandbox.fault({ kind: "deny", operation: "GetDistribution" }));
    await live.change("enable", undefined);
    await denied;
    assert.match(ui.messages, /continues to deploy E1SINGLE000008\. The deployment status cannot be read now\./);
    assert.equal(waits().length, 1);
    ui.onProgress = () => {};
    await behind.aws.sandbox.clearFaults();
    await behind.aws.sandbox.deploy();
    await live.resume();
    assert.match(ui.messages, /is deployed/);
    assert.deepEqual(waits(), []);
  });

  test("another profile is chosen: it ends, nothing is said under the other name, and the next window goes on", async () => {
    const { ui, live, session, waits, ...remembered } = enabling();
    ui.onProgress = () => void session.use("other");
    await live.change("enable", undefined);
    assert.match(
      ui.messages,
      new RegExp(
        `Another profile was selected\\. AWS has the change and continues to deploy E1SINGLE000008\\. Waiting resumes when you switch back to the account ${accountId}`,
      ),
    );
    assert.equal(waits().length, 1);
    assert.ok(!isDone(ui));

    const next = openWindow({ remembered });
    await next.session.connect();
    await until("the end", () => isDone(next.ui));
    assert.deepEqual(next.waits(), []);
  });

  test("what a window left is told by the next one in the same account, and by no other", async () => {
    const first = enabling();
    first.ui.onProgress = () => void first.session.use("other");
    await first.live.change("enable", undefined);
    const others = openWindow({ profile: "other", remembered: first });
    await others.session.connect();
    await others.live.resume();
    assert.deepEqual(others.ui.said, []);
    assert.equal(others.waits().length, 1, "the entry of the other account stays");

    const [one, two] = [openWindow({ remembered: first }), openWindow({ remembered: first })];
    await Promise.all([one.session.connect(), two.session.connect()]);
    await until("one of them", () => isDone(one.ui) || isDone(two.ui));
    await Promise.all([one.live.resume(), two.live.resume()]);
    assert.notEqual(isDone(one.ui), isDone(two.ui), "both told it");
    assert.deepEqual(one.waits(), []);
  });

  test("the next window reads back, too", async () => {
    await behind.aws.sandbox.fault({ kind: "drop-member", member: "OriginMtlsConfig", times: 1 });
    const first = enabling();
    first.ui.onProgress = () => void first.session.use("other");
    await first.live.change("enable", undefined);
    const next = openWindow({ remembered: first });
    await next.session.connect();
    await until("what was lost", () => /did not keep it for catalog/.test(next.ui.messages));
  });

  test("what is older than a day is nobody's business any more", async () => {
    const first = enabling();
    first.ui.onProgress = () => void first.session.use("other");
    await first.live.change("enable", undefined);
    setWaits(
      first.records,
      first.waits().map((wait) => ({ ...wait, at: wait.at - 25 * 60 * 60 * 1000 })),
    );
    const next = openWindow({ remembered: first });
    await next.session.connect();
    await next.live.resume();
    assert.deepEqual(next.waits(), []);
    assert.deepEqual(next.ui.said, []);
  });
});

describe("undo", () => {
  test("puts the origin back as it was, through the same preview", async () => {
    const before = await behind.xmlOf(distributions.several);
    const window = openWindow();
    const { ui, live, undos, everythingRemembered } = window;
    ui.origins = [...before.matchAll(/<Origin><Id>([^<]+)<\/Id>/g)].map(([, id]) => id ?? "");
    ui.certificates = [certificates.spare];
    ui.decide("apply", "apply");
    await live.change("enable", distribution(distributions.several));
    assert.notEqual(await behind.xmlOf(distributions.several), before);
    assert.doesNotMatch(everythingRemembered(), /CallerReference|HeaderValue|DefaultCacheBehavior/);
    assert.equal(undos().length, 1);
    await live.undo();
    assert.equal(await behind.xmlOf(distributions.several), before);
    assert.equal(ui.reviews.length, 2);
    assert.match(ui.messages, /is deployed with the configuration from before the change/);
    assert.equal(undos().length, 1, "the undo itself can be undone");
  });

  test("from the button of the message", async () => {
    const before = await behind.xmlOf(distributions.single);
    const { ui, live } = enabling();
    ui.answer(/Next: configure the origin to require it/, "Undo");
    ui.decide("apply");
    await live.change("enable", undefined);
    await until("undone", () => /with the configuration from before the change/.test(ui.messages));
    assert.equal(await behind.xmlOf(distributions.single), before);
  });

  test("survives the window", async () => {
    const before = await behind.xmlOf(distributions.single);
    const first = enabling();
    await first.live.change("enable", undefined);
    const next = openWindow({ remembered: first });
    next.ui.decide("apply");
    await next.live.undo();
    assert.equal(await behind.xmlOf(distributions.single), before);
  });

  test("is refused, and explained, where somebody changed it since", async () => {
    const { ui, live, undos } = enabling();
    await live.change("enable", undefined);
    await behind.aws.sandbox.changeDistribution(distributions.single, {
      find: "<HttpVersion>http2</HttpVersion>",
      replace: "<HttpVersion>http3</HttpVersion>",
    });
    const changed = await behind.xmlOf(distributions.single);
    await live.undo();
    assert.match(
      ui.messages,
      /has changed since .+, when origin mTLS was enabled for catalog\. The change cannot be undone in one step/,
    );
    assert.deepEqual(ui.said.at(-1)?.answers, ["Disable Origin mTLS…", "Open Configuration"]);
    assert.equal(await behind.xmlOf(distributions.single), changed);
    assert.deepEqual(undos(), []);
    await live.undo();
    assert.match(ui.said.at(-1)?.message ?? "", /There are no changes to undo/);
  });

  test("is refused where somebody changes it while the preview is looked at", async () => {
    const { ui, live } = enabling();
    await live.change("enable", undefined);
    ui.decide("apply");
    await behind.aws.sandbox.fault({ kind: "change-behind", times: 1 });
    await live.undo();
    assert.match(ui.messages, /was changed by another update, so the change can no longer be undone in one step/);
    assert.ok((await behind.xmlOf(distributions.single)).includes(block(certificates.spare)));
  });

  test("is offered on where the config before cannot be read now, which is said", async () => {
    const window = openWindow();
    const draft = await window.draft(distributions.single);
    window.ui.decide("apply");
    await draft.apply(draft.text.replace('"HttpVersion": "http2"', '"HttpVersion": "http3"'));
    window.secrets.get = () => Promise.reject(new Error("The keyring is locked"));
    await window.live.undo();
    assert.match(
      window.ui.messages,
      /Nothing was changed\. The previous configuration of E1SINGLE000008 could not be read/,
    );
    assert.equal(window.undos().length, 1);
  });

  test("is said not to be possible, and not offered any more, where the config before was lost", async () => {
    const window = openWindow();
    const draft = await window.draft(distributions.single);
    window.ui.decide("apply");
    await draft.apply(draft.text.replace('"HttpVersion": "http2"', '"HttpVersion": "http3"'));
    assert.equal(window.undos().length, 1);
    window.secrets.kept.clear();
    await window.live.undo();
    assert.match(window.ui.messages, /The previous configuration of E1SINGLE000008 is no longer available/);
    assert.deepEqual(window.undos(), []);
  });

  test("is said not to be possible where the config before is damaged, though the keyring removes nothing", async () => {
    for (const damaged of ["{", "<DistributionConfig>"]) {
      const window = openWindow();
      const draft = await window.draft(distributions.single);
      window.ui.decide("apply");
      await draft.apply(draft.text.replace('"HttpVersion": "http2"', '"HttpVersion": "http3"'));
      const [key] = [...window.secrets.kept.keys()].filter((name) => name.startsWith("mtls.undo:"));
      window.secrets.kept.set(key ?? assert.fail(), damaged);
      window.secrets.delete = () => Promise.reject(new Error("The keyring is locked"));
      await window.live.undo();
      assert.match(window.ui.messages, /The previous configuration of E1SINGLE000008 is no longer available/);
      assert.deepEqual(window.undos(), []);
      await behind.aws.reset();
    }
  });

  test("from a message that stood there while more was changed does not undo what came after", async () => {
    const window = enabling();
    const { ui, live } = window;
    const offered = ui.offer.bind(ui);
    let press = (): void => {};
    ui.offer = (message, offer) => {
      ui.said.push({ message: toldText(message), answers: [offer.label], severity: "info" });
      ui.offer = offered;
      assert.equal(offer.label, "Undo");
      press = () => offer.go();
      return () => ui.takenBack.push(offer.label);
    };
    await live.change("enable", undefined);
    ui.certificates = [certificates.orders];
    ui.decide("apply");
    await live.change("change-certificate", distribution(distributions.single));
    const [before, reviews] = [await behind.xmlOf(distributions.single), ui.reviews.length];
    press();
    await until("that it is said", () =>
      /E1SINGLE000008 has changed since .*, when origin mTLS was enabled/.test(ui.messages),
    );
    assert.equal(ui.reviews.length, reviews);
    assert.equal(await behind.xmlOf(distributions.single), before);
    assert.equal(window.undos()[0]?.deed, "change-certificate");
  });

  test("of several changes asks which; of another account's, says whose", async () => {
    const window = enabling();
    const { ui, live } = window;
    await live.change("enable", undefined);
    ui.decide("apply");
    await live.change("disable", { kind: "origin", distribution: distributions.orders, origin: "orders-api" });
    ui.chosen = ({ items }) => items.find(({ label }) => label === distributions.single)?.value;
    await live.undo();
    assert.deepEqual(
      ui.choices[0]?.items.map(({ label }) => label),
      [distributions.orders, distributions.single],
    );
    assert.equal(ui.choices[0]?.items[1]?.detail, "origin mTLS was enabled for catalog");

    const others = openWindow({ profile: "other", remembered: window });
    await others.live.undo();
    assert.match(
      others.ui.messages,
      /The changes that can be undone are in account 111122223333[^.]*\. You are signed in to account 444455556666\./,
    );
  });
});
