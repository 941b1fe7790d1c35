// What goes wrong around a change, apart from what AWS says to it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { toldText } from "../../../src/account/live/told.ts";
import type { Json } from "../../../src/core/document/tree.ts";
import { certificates, distributions } from "../../sandbox/world.ts";
import { until } from "../../until.ts";
import { secretStore, setWaits, testFolder } from "../storage.ts";
import { distribution, enabling, useSandbox } from "./distributions.ts";
import { testPatience } from "./life.ts";
import { openWindow, type Window } from "./window.ts";

const behind = useSandbox();

/** A draft with seven new certificates: two calls. */
async function draftOfSeveral(window: Window): Promise<() => Promise<void>> {
  const draft = await window.draft(distributions.several);
  const arns = [certificates.spare, ...certificates.fleet];
  const text = draft.text.replaceAll(
    /"OriginProtocolPolicy": "[\w-]+",/g,
    () =>
      `"OriginProtocolPolicy": "https-only", "OriginMtlsConfig": { "ClientCertificateArn": "${arns.shift() ?? ""}" },`,
  );
  assert.deepEqual(arns, []);
  window.ui.decide("apply");
  return () => draft.apply(text);
}

test("certificates that move from one origin to another come five at a time: that is what the sandbox takes", async () => {
  const apply = await draftOfSeveral(openWindow());
  await apply();
  assert.equal(await behind.puts(), 2);
  const window = openWindow();
  const draft = await window.draft(distributions.several);
  const arns = [...certificates.fleet, certificates.spare];
  const moved = draft.text.replaceAll(
    /"ClientCertificateArn": "[^"]+"/g,
    () => `"ClientCertificateArn": "${arns.shift() ?? ""}"`,
  );
  assert.notEqual(moved, draft.text);
  window.ui.decide("apply");
  await draft.apply(moved);
  assert.match(window.ui.messages, /is deployed with the configuration of the draft/);
  assert.equal(await behind.puts(), 4);
});

test("what an update needs and the draft no longer has is told before it is applied", async () => {
  const window = openWindow();
  const draft = await window.draft(distributions.single);
  const config = JSON.parse(draft.text) as { HttpVersion?: string };
  delete config.HttpVersion;
  await draft.apply(JSON.stringify(config));
  const told = JSON.stringify(window.ui.reviews.map(({ plan }) => plan.introduced));
  assert.match(told, /This configuration does not have HttpVersion/);
});

describe("AWS has the change", () => {
  test("and what undoes it cannot be kept: it is waited for and told, and nobody says that nothing was changed", async () => {
    const secrets = secretStore();
    const window = openWindow({ remembered: { records: testFolder(), secrets } });
    const draft = await window.draft(distributions.single);
    const text = draft.text.replace('"HttpVersion": "http2"', '"HttpVersion": "http3"');
    window.ui.decide("apply");
    const { store } = secrets;
    secrets.store = (key, value) =>
      key.startsWith("mtls.undo") ? Promise.reject(new Error("The keyring is locked")) : store(key, value);
    await draft.apply(text);
    assert.match(
      window.ui.messages,
      /AWS accepted the change of E1SINGLE000008, but the data to undo it could not be saved/,
    );
    assert.match(window.ui.messages, /E1SINGLE000008 is deployed with the configuration of the draft/);
    assert.doesNotMatch(window.ui.messages, /Nothing was changed|[Aa]nother update/);
    assert.ok(
      window.logged.some((line) => line.includes("The keyring is locked")),
      window.logged.join("\n"),
    );
  });

  test("and nothing can be written down at all", async () => {
    const records = testFolder();
    const window = enabling({ remembered: { records, secrets: secretStore() } });
    records.write = () => Promise.reject(new Error("The disk is full"));
    await window.live.change("enable", undefined);
    assert.match(window.ui.messages, /the data to undo it could not be saved/);
    assert.match(window.ui.messages, /is deployed, and CloudFront now has a client certificate for catalog/);
    assert.doesNotMatch(window.ui.messages, /Nothing was changed|[Aa]nother update/);
  });

  test("and what comes after throws: it is waited for and told", async () => {
    const window = openWindow();
    const draft = await window.draft(distributions.single);
    const text = draft.text.replace('"HttpVersion": "http2"', '"HttpVersion": "http3"');
    window.ui.decide("apply");
    await draft.apply(text, () => Promise.reject(new Error("No draft today")));
    assert.match(window.ui.messages, /is deployed with the configuration of the draft/);
    assert.ok(
      window.logged.some((line) => line.includes("No draft today")),
      window.logged.join("\n"),
    );
  });
});

describe("no answer", () => {
  for (const [how, leave] of [
    ["another profile is chosen", (window: Window) => window.session.use("other")],
    ["the same profile is signed in anew", (window: Window) => window.session.use(undefined)],
  ] as const) {
    test(`since ${how} meanwhile: it is said that nobody knows, and where to look`, async () => {
      await behind.aws.sandbox.fault({ kind: "slow", operation: "UpdateDistribution", ms: 600_000 });
      const window = enabling();
      window.ui.answer(/It is unknown whether/, "Check Again");
      const done = window.live.change("enable", undefined);
      await until("the request", async () => (await behind.aws.sandbox.held()).length === 1);
      await leave(window);
      await done;
      assert.match(
        window.ui.messages,
        /It is unknown whether E1SINGLE000008 was changed: CloudFront did not respond to the change/,
      );
      assert.match(
        window.ui.messages,
        /Open the configuration of E1SINGLE000008 in the account 111122223333, or check its last modification in the AWS console/,
      );
      if (how.startsWith("another"))
        assert.match(window.ui.messages, /You are now signed in to another account, 444455556666\. It is unknown/);
      assert.doesNotMatch(window.ui.messages, /Nothing was changed/);
    });
  }

  test("and the version before: it may yet arrive, so it is looked again before anything is repeated", async () => {
    await behind.aws.sandbox.fault({ kind: "drop", operation: "UpdateDistribution", times: 1, when: "before" });
    const window = enabling();
    const before = await behind.sent("GetDistributionConfig");
    window.ui.answer(/might still arrive\. Check again before you repeat the change/, "Check Again");
    await window.live.change("enable", undefined);
    const looks = window.ui.said.filter(({ message }) => message.includes("might still arrive"));
    assert.deepEqual(
      looks.map(({ answers }) => answers),
      // Who then left it is told what stays.
      [["Check Again", "Try Again"], ["Check Again", "Try Again"], []],
    );
    assert.equal(looks.at(-1)?.message, "The change of E1SINGLE000008 that was sent before might still arrive.");
    assert.doesNotMatch(window.ui.messages, /Nothing was changed/);
    // The window goes on looking by itself once nobody asks any more.
    assert.ok((await behind.sent("GetDistributionConfig")) - before >= 4);
    assert.equal(await behind.puts(), 1);
  });

  test("and somebody added something to it: no undo takes that back as a part of a whole config", async () => {
    const window = openWindow();
    const draft = await window.draft(distributions.single);
    const text = draft.text.replace('"HttpVersion": "http2"', '"HttpVersion": "http3"');
    await behind.aws.sandbox.fault({ kind: "drop", operation: "UpdateDistribution", times: 1, when: "after" });
    await behind.aws.sandbox.fault({
      kind: "rewrite",
      find: "<ConnectionMode>direct</ConnectionMode>",
      replace: "<ConnectionMode>direct</ConnectionMode><Theirs>yes</Theirs>",
      times: 1,
    });
    window.ui.decide("apply");
    await draft.apply(text);
    assert.match(window.ui.messages, /CloudFront did not respond to the change, but applied it/);
    assert.match(window.ui.messages, /is deployed with the configuration of the draft/);
    assert.deepEqual(window.undos(), []);
  });
});

describe("waiting", () => {
  test("an answer from before the change is not its end", async () => {
    const old = { status: "Deployed", etag: (await behind.aws.sandbox.distribution(distributions.single)).etag };
    await behind.aws.sandbox.setDeploySeconds(Number.POSITIVE_INFINITY);
    try {
      const first = enabling();
      first.ui.onProgress = () => void first.session.use("other");
      await first.live.change("enable", undefined);
      const [wait] = first.waits();
      assert.equal(wait?.replaced, old.etag);
      // As if what was sent is not to be seen yet.
      const now = (await behind.aws.sandbox.distribution(distributions.single)).etag;
      setWaits(first.records, [{ ...wait, etag: "E0LATER", replaced: now }]);
      await behind.aws.sandbox.deploy();
      const next = openWindow({ remembered: first });
      let looks = 0;
      next.ui.onProgress = (stop) => void (looks++ > 1 && stop());
      await next.session.connect();
      await until("it was stopped", () => /Stopped waiting/.test(next.ui.messages));
      assert.doesNotMatch(next.ui.messages, /is deployed/);
    } finally {
      await behind.aws.sandbox.setDeploySeconds(0.02);
    }
  });

  for (const [what, isKnown, told] of [
    [
      "the next window compares all of a draft",
      true,
      /^E1SINGLE000008 is deployed with the configuration of the draft/,
    ],
    [
      "nobody claims that all of a draft was kept where it cannot be compared any more",
      false,
      /^E1SINGLE000008 is deployed, but could not be compared with the change that was sent/,
    ],
  ] as const) {
    test(`after a restart ${what}`, async () => {
      const first = openWindow();
      const draft = await first.draft(distributions.single);
      const text = draft.text.replace('"HttpVersion": "http2"', '"HttpVersion": "http3"');
      first.ui.decide("apply");
      first.ui.onProgress = () => void first.session.use("other");
      await draft.apply(text);
      const sent = [...first.secrets.kept.keys()].filter((key) => key.startsWith("mtls.sent:"));
      assert.equal(sent.length, 1);
      if (!isKnown) for (const key of sent) first.secrets.kept.delete(key);
      const next = openWindow({ remembered: first });
      await next.session.connect();
      await until("its end", () => next.ui.said.length > 0);
      assert.match(next.ui.messages, told);
      await until("forgotten", () => next.waits().length === 0);
      assert.deepEqual(
        [...first.secrets.kept.keys()].filter((key) => key.startsWith("mtls.sent:")),
        [],
        "what was sent stays where secrets are kept",
      );
    });
  }

  test("between several calls no other window takes it over, unless the one that sent it is long gone", async () => {
    const window = openWindow();
    const apply = await draftOfSeveral(window);
    const others: Window[] = [];
    await behind.aws.sandbox.setDeploySeconds(Number.POSITIVE_INFINITY);
    const look = async () => {
      const other = openWindow({ remembered: window });
      others.push(other);
      await other.session.connect();
      await other.live.resume();
      await behind.aws.sandbox.setDeploySeconds(0.02);
      await behind.aws.sandbox.deploy();
    };
    let looked: Promise<void> | undefined;
    window.ui.onProgress = () => void (looked ??= look());
    await apply();
    assert.match(window.ui.messages, /is deployed with the configuration of the draft/);
    assert.equal(await behind.puts(), 2);
    await looked;
    assert.equal(others.length, 1);
    assert.deepEqual(
      others[0]?.ui.progressed.filter((text) => text.includes("1 of")),
      [],
    );
    assert.doesNotMatch(others[0]?.ui.messages ?? "", /[Ss]teps that were not sent/);
  });

  test("between several calls somebody else ends it: the rest is said not to be sent", async () => {
    const window = openWindow();
    const apply = await draftOfSeveral(window);
    window.ui.onProgress = () => setWaits(window.records, []);
    await apply();
    assert.equal(await behind.puts(), 1);
    assert.match(window.ui.messages, /1 of 2 steps were sent\. To send the others, run the command again/);
  });

  test("the window that is long gone is followed by another one", async () => {
    const first = openWindow();
    const apply = await draftOfSeveral(first);
    first.ui.onProgress = () => void first.session.use("other");
    await apply();
    const later = openWindow({ remembered: first, patience: { ...testPatience, handover: 0 } });
    await later.session.connect();
    await until("its end", () => /Steps that were not sent: 1/.test(later.ui.messages));
  });
});

describe("in the middle of several calls", () => {
  test("the second is refused, and tried again: what was applied is said, and all of it can be undone at once", async () => {
    const before = await behind.xmlOf(distributions.several);
    const window = openWindow();
    const apply = await draftOfSeveral(window);
    await behind.aws.sandbox.fault({
      kind: "error",
      operation: "UpdateDistribution",
      after: 1,
      times: 1,
      status: 400,
      code: "InvalidArgument",
      message: "not now",
    });
    window.ui.answer(/not now/, "Try Again");
    window.ui.decide("apply", "apply");
    await apply();
    assert.match(
      window.ui.said.find(({ message }) => message.includes("not now"))?.message ?? "",
      /1 of 2 steps were already applied to E1SEVERAL00009/,
    );
    assert.match(window.ui.messages, /is deployed with the configuration of the draft/);
    assert.equal(await behind.puts(), 3);
    await window.live.undo();
    assert.equal(await behind.xmlOf(distributions.several), before);
  });

  test("and then left: nobody says that nothing was changed", async () => {
    const window = openWindow();
    const apply = await draftOfSeveral(window);
    await behind.aws.sandbox.fault({
      kind: "error",
      operation: "UpdateDistribution",
      after: 1,
      times: 1,
      status: 400,
      code: "InvalidArgument",
      message: "not now",
    });
    const ask = window.ui.ask.bind(window.ui);
    window.ui.ask = async (message, ...more) => {
      if (toldText(message).includes("not now"))
        await behind.aws.sandbox.fault({ kind: "deny", operation: "GetDistributionConfig" });
      return ask(message, ...more);
    };
    window.ui.answer(/not now/, "Try Again");
    await apply();
    assert.match(
      window.ui.messages,
      /E1SEVERAL00009 was partly changed\. The steps that were already applied are kept/,
    );
    assert.doesNotMatch(window.ui.messages, /Nothing was changed/);
  });

  test("the service made something else of the places that come next: it is shown and asked about, not left out", async () => {
    const window = openWindow();
    const apply = await draftOfSeveral(window);
    const xml = await behind.xmlOf(distributions.several);
    assert.ok(xml.includes("<OriginProtocolPolicy>http-only</OriginProtocolPolicy>"));
    await behind.aws.sandbox.fault({
      kind: "rewrite",
      find: "<OriginProtocolPolicy>http-only</OriginProtocolPolicy>",
      replace: "<OriginProtocolPolicy>match-viewer</OriginProtocolPolicy>",
      times: 1,
    });
    await apply();
    assert.ok(window.ui.reviews.length === 2 || /did not keep/.test(window.ui.messages), window.ui.messages);
    assert.equal(await behind.puts(), 1);
  });
});

describe("what is shown", () => {
  test("another value of a custom header is told as such, and neither value is in it", async () => {
    const window = openWindow();
    const draft = await window.draft(distributions.headers);
    const config = JSON.parse(draft.text) as Json;
    const [value = ""] = [...JSON.stringify(config).matchAll(/"HeaderValue":"([^"]+)"/g)].map(([, one]) => one ?? "");
    const text = draft.text.replace(JSON.stringify(value), '"rotated-secret"');
    await draft.apply(text);
    const [review] = window.ui.reviews;
    assert.notEqual(review?.after, review?.before);
    assert.match(review?.after ?? "", /"HeaderValue": "•••••• \(different value\)"/);
    assert.doesNotMatch(window.ui.everything, /rotated-secret/);
  });
});

describe("what a flow waits for", () => {
  test("is not a message that only tells that the commands are copied", async () => {
    const window = openWindow();
    window.ui.origins = ["catalog"];
    window.ui.certificates = [certificates.spare];
    const review = window.ui.review.bind(window.ui);
    window.ui.review = (shown) => {
      window.ui.decide("commands", "discard");
      review(shown);
    };
    let isTold = false;
    window.ui.say = (message) =>
      new Promise(() => {
        isTold ||= toldText(message).startsWith("Copied");
      });
    await window.live.change("enable", distribution(distributions.single));
    assert.ok(isTold);
    assert.equal(window.ui.reviews.length, 2);
  });
});
