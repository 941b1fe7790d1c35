import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Json } from "../../../src/core/document/tree.ts";
import { canonicalXml } from "../../../src/core/document/xml-text.ts";
import { longestWait, tellKept, undosKey, waitsKey } from "../../../src/host/live/kept.ts";
import type { WaitRecord } from "../../../src/host/live/memory.ts";
import { certificates, distributions } from "../../sandbox/world.ts";
import { type Aws, closeSessions, memento, startAws } from "../aws.ts";
import { cleanUp, replace, textOnDisk, until, write } from "../editor.ts";
import { closeWindows, openWindow, type Window } from "./live-bench.ts";
import { secretStorage } from "./scripted-ui.ts";

const account = "111122223333";
const distribution = (id: string) => ({ kind: "distribution", id }) as const;

// What goes wrong around a change, apart from what AWS says to it.
describe("live changes in trouble", () => {
  let aws: Aws;
  before(async () => {
    aws = await startAws({ deploySeconds: 0.02 });
  });
  beforeEach(() => aws.reset());
  afterEach(async () => {
    await cleanUp();
    closeWindows();
    closeSessions();
  });
  after(() => aws.close());

  const xmlOf = async (id: string) => canonicalXml((await aws.sandbox.distribution(id)).xml);
  const sent = async (operation: string) =>
    (await aws.sandbox.requests()).filter((request) => request.operation === operation).length;
  const puts = () => sent("UpdateDistribution");

  function enabling(options: Parameters<typeof openWindow>[0] = {}): Window {
    const window = openWindow(options);
    window.ui.distribution = distributions.single;
    window.ui.origins = ["catalog"];
    window.ui.certificates = [certificates.spare];
    window.ui.decide("apply");
    return window;
  }

  async function openDraft(window: Window, id: string): Promise<vscode.TextDocument> {
    await window.live.commands["mtls.openDistributionConfig"](distribution(id));
    return vscode.workspace.openTextDocument(window.drafts.uriOf({ account, id }));
  }

  /** A draft with seven new certificates: two calls. */
  async function draftOfSeveral(window: Window): Promise<() => Promise<void>> {
    const document = await openDraft(window, distributions.several);
    const arns = [certificates.spare, ...certificates.fleet];
    const text = document
      .getText()
      .replaceAll(
        /"OriginProtocolPolicy": "[\w-]+",/g,
        () =>
          `"OriginProtocolPolicy": "https-only", "OriginMtlsConfig": { "ClientCertificateArn": "${arns.shift() ?? ""}" },`,
      );
    assert.deepEqual(arns, []);
    await replace(document, [document.getText(), text]);
    window.ui.decide("apply");
    return () => window.live.commands["mtls.applyToCloudFront"](document.uri);
  }

  describe("AWS has the change", () => {
    it("and what undoes it cannot be kept: it is waited for and told, and nobody says that nothing was changed", async () => {
      const secrets = secretStorage();
      const window = openWindow({ remembered: { memory: memento(), secrets } });
      const document = await openDraft(window, distributions.single);
      await replace(document, ['"HttpVersion": "http2"', '"HttpVersion": "http3"']);
      await document.save();
      window.ui.decide("apply");
      const { store } = secrets;
      secrets.store = (key, value) =>
        key.startsWith("mtls.undo") ? Promise.reject(new Error("The keyring is locked")) : store(key, value);
      await window.live.commands["mtls.applyToCloudFront"](document.uri);
      assert.match(window.ui.messages, /What undoes it could not be kept/);
      assert.match(window.ui.messages, /E1SINGLE000008 is deployed as the draft says/);
      assert.doesNotMatch(window.ui.messages, /Nothing was changed|Somebody else/);
      assert.ok(
        window.logged.some((line) => line.includes("The keyring is locked")),
        window.logged.join("\n"),
      );
    });

    it("and nothing can be written down at all", async () => {
      const memory = memento();
      const window = enabling({ remembered: { memory, secrets: secretStorage() } });
      memory.update = () => Promise.reject(new Error("The disk is full"));
      await window.live.change("enable", undefined);
      assert.match(window.ui.messages, /could not be kept/);
      assert.match(window.ui.messages, /is deployed, and CloudFront now has a client certificate for catalog/);
      assert.doesNotMatch(window.ui.messages, /Nothing was changed|Somebody else/);
    });

    it("and what comes after throws: it is waited for and told", async () => {
      const window = openWindow();
      const document = await openDraft(window, distributions.single);
      await replace(document, ['"HttpVersion": "http2"', '"HttpVersion": "http3"']);
      await document.save();
      window.ui.decide("apply");
      const { put } = window.drafts;
      let armed = true;
      window.drafts.put = (...args) =>
        armed ? Promise.reject(new Error("No draft today")) : put.apply(window.drafts, args);
      await window.live.commands["mtls.applyToCloudFront"](document.uri);
      armed = false;
      assert.match(window.ui.messages, /is deployed as the draft says/);
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
      it(`since ${how} meanwhile: it is said that nobody knows, and where to look`, async () => {
        await aws.sandbox.fault({ kind: "slow", operation: "UpdateDistribution", ms: 600_000 });
        const window = enabling();
        window.ui.answer(/It is not known whether/, "Look Again");
        const done = window.live.change("enable", undefined);
        await until("the request", async () => (await aws.sandbox.held()).length === 1);
        await leave(window);
        await done;
        assert.match(
          window.ui.messages,
          /It is not known whether E1SINGLE000008 was changed: no answer came to the change/,
        );
        assert.match(
          window.ui.messages,
          /Open the config of E1SINGLE000008 in the account 111122223333, or look at its last change in the console/,
        );
        if (how.startsWith("another"))
          assert.match(window.ui.messages, /The session is in another account now, 444455556666\. It is not known/);
        assert.doesNotMatch(window.ui.messages, /Nothing was changed/);
      });
    }

    it("and the version before: it may yet arrive, so it is looked again before anything is repeated", async () => {
      await aws.sandbox.fault({ kind: "drop", operation: "UpdateDistribution", times: 1, when: "before" });
      const window = enabling();
      const before = await sent("GetDistributionConfig");
      window.ui.answer(/may yet arrive\. Look again before you repeat it/, "Look Again");
      await window.live.change("enable", undefined);
      const looks = window.ui.said.filter(({ message }) => message.includes("may yet arrive"));
      assert.equal(looks.length, 2);
      assert.deepEqual(looks[0]?.answers, ["Look Again", "Try Again"]);
      assert.doesNotMatch(window.ui.messages, /Nothing was changed/);
      assert.equal((await sent("GetDistributionConfig")) - before, 4);
      assert.equal(await puts(), 1);
    });

    it("and somebody added something to it: no undo takes that back as a part of a whole config", async () => {
      const window = openWindow();
      const document = await openDraft(window, distributions.single);
      await replace(document, ['"HttpVersion": "http2"', '"HttpVersion": "http3"']);
      await aws.sandbox.fault({ kind: "drop", operation: "UpdateDistribution", times: 1, when: "after" });
      await aws.sandbox.fault({
        kind: "rewrite",
        find: "<ConnectionMode>direct</ConnectionMode>",
        replace: "<ConnectionMode>direct</ConnectionMode><Theirs>yes</Theirs>",
        times: 1,
      });
      window.ui.decide("apply");
      await window.live.commands["mtls.applyToCloudFront"](document.uri);
      assert.match(window.ui.messages, /CloudFront has it/);
      assert.match(window.ui.messages, /is deployed as the draft says/);
      assert.deepEqual(window.undos(), []);
    });
  });

  describe("waiting", () => {
    it("an answer from before the change is not its end", async () => {
      const old = { status: "Deployed", etag: (await aws.sandbox.distribution(distributions.single)).etag };
      await aws.sandbox.setDeploySeconds(Number.POSITIVE_INFINITY);
      try {
        const first = enabling();
        first.ui.onProgress = () => void first.session.use("other");
        await first.live.change("enable", undefined);
        const [wait] = first.waits();
        assert.equal(wait?.replaced, old.etag);
        // As if what was sent is not to be seen yet.
        const now = (await aws.sandbox.distribution(distributions.single)).etag;
        await first.memory.update(waitsKey, [{ ...wait, replaced: now } satisfies Partial<WaitRecord>]);
        await aws.sandbox.deploy();
        const next = openWindow({ remembered: first });
        let looks = 0;
        next.ui.onProgress = (stop) => void (looks++ > 1 && stop());
        await next.session.connect();
        await until("it was stopped", () => /Waiting was stopped/.test(next.ui.messages));
        assert.doesNotMatch(next.ui.messages, /is deployed/);
      } finally {
        await aws.sandbox.setDeploySeconds(0.02);
      }
    });

    it("after a restart nobody claims that all of a draft was kept: it cannot be compared any more", async () => {
      const first = openWindow();
      const document = await openDraft(first, distributions.single);
      await replace(document, ['"HttpVersion": "http2"', '"HttpVersion": "http3"']);
      first.ui.decide("apply");
      first.ui.onProgress = () => void first.session.use("other");
      await first.live.commands["mtls.applyToCloudFront"](document.uri);
      const next = openWindow({ remembered: first });
      await next.session.connect();
      await until("its end", () => next.ui.said.length > 0);
      assert.match(
        next.ui.messages,
        /^E1SINGLE000008 is deployed\. What was sent could not be compared with it any more/,
      );
    });

    it("between several calls no other window takes it over, unless the one that sent it is long gone", async () => {
      const window = openWindow();
      const apply = await draftOfSeveral(window);
      const others: Window[] = [];
      await aws.sandbox.setDeploySeconds(Number.POSITIVE_INFINITY);
      const look = async () => {
        const other = openWindow({ remembered: window });
        others.push(other);
        await other.session.connect();
        await other.live.resume();
        await aws.sandbox.setDeploySeconds(0.02);
        await aws.sandbox.deploy();
      };
      let looked: Promise<void> | undefined;
      window.ui.onProgress = () => void (looked ??= look());
      await apply();
      assert.match(window.ui.messages, /is deployed as the draft says/);
      assert.equal(await puts(), 2);
      await looked;
      assert.equal(others.length, 1);
      assert.deepEqual(
        others[0]?.ui.progressed.filter((text) => text.includes("1 of")),
        [],
      );
      assert.doesNotMatch(others[0]?.ui.messages ?? "", /more steps were not sent/);
    });

    it("between several calls somebody else ends it: the rest is said not to be sent", async () => {
      const window = openWindow();
      const apply = await draftOfSeveral(window);
      window.ui.onProgress = () => void window.memory.update(waitsKey, []);
      await apply();
      assert.equal(await puts(), 1);
      assert.match(window.ui.messages, /1 of 2 steps were sent; run the command again for the others/);
    });

    it("the window that is long gone is followed by another one", async () => {
      const first = openWindow();
      const apply = await draftOfSeveral(first);
      first.ui.onProgress = () => void first.session.use("other");
      await apply();
      const soon = openWindow({ remembered: first });
      await soon.session.connect();
      await soon.live.resume();
      assert.deepEqual(soon.ui.said, []);
      await first.memory.update(
        waitsKey,
        first.waits().map((wait) => ({ ...wait, at: wait.at - 31 * 60 * 1000 })),
      );
      const later = openWindow({ remembered: first });
      await later.session.connect();
      await until("its end", () => /1 more steps were not sent/.test(later.ui.messages));
    });
  });

  describe("in the middle of several calls", () => {
    it("the second is refused, and tried again: what was applied is said, and all of it can be undone at once", async () => {
      const before = await xmlOf(distributions.several);
      const window = openWindow();
      const apply = await draftOfSeveral(window);
      await aws.sandbox.fault({
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
        /1 of 2 steps were applied to E1SEVERAL00009 before/,
      );
      assert.match(window.ui.messages, /is deployed as the draft says/);
      assert.equal(await puts(), 3);
      await window.live.commands["mtls.undoLiveChange"]();
      assert.equal(await xmlOf(distributions.several), before);
    });

    it("and then left: nobody says that nothing was changed", async () => {
      const window = openWindow();
      const apply = await draftOfSeveral(window);
      await aws.sandbox.fault({
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
        if (message.includes("not now")) await aws.sandbox.fault({ kind: "deny", operation: "GetDistributionConfig" });
        return ask(message, ...more);
      };
      window.ui.answer(/not now/, "Try Again");
      await apply();
      assert.match(window.ui.messages, /steps that were applied before stay/);
      assert.doesNotMatch(window.ui.messages, /Nothing was changed/);
    });

    it("the service made something else of the places that come next: it is shown and asked about, not left out", async () => {
      const window = openWindow();
      const apply = await draftOfSeveral(window);
      const xml = await xmlOf(distributions.several);
      assert.ok(xml.includes("<OriginProtocolPolicy>http-only</OriginProtocolPolicy>"));
      await aws.sandbox.fault({
        kind: "rewrite",
        find: "<OriginProtocolPolicy>http-only</OriginProtocolPolicy>",
        replace: "<OriginProtocolPolicy>match-viewer</OriginProtocolPolicy>",
        times: 1,
      });
      await apply();
      assert.ok(window.ui.reviews.length === 2 || /did not keep/.test(window.ui.messages), window.ui.messages);
      assert.equal(await puts(), 1);
    });
  });

  describe("what is shown", () => {
    it("another value of a custom header is told as such, and neither value is in it", async () => {
      const window = openWindow();
      const document = await openDraft(window, distributions.headers);
      const config = JSON.parse(document.getText()) as Json;
      const [value = ""] = [...JSON.stringify(config).matchAll(/"HeaderValue":"([^"]+)"/g)].map(([, one]) => one ?? "");
      await replace(document, [JSON.stringify(value), '"rotated-secret"']);
      window.ui.decide("cancel");
      await window.live.commands["mtls.applyToCloudFront"](document.uri);
      const [review] = window.ui.reviews;
      assert.notEqual(review?.after, review?.before);
      assert.match(review?.after ?? "", /"HeaderValue": "•••••• \(another value\)"/);
      assert.doesNotMatch(window.ui.everything, /rotated-secret/);
    });

    it("errors count as the user set them, not as a folder does", async () => {
      const configuration = vscode.workspace.getConfiguration();
      await configuration.update(
        "mtls.rules",
        { "origin/client-certificate-unfit": "off", "origin/client-certificate-expired": "off" },
        vscode.ConfigurationTarget.Workspace,
      );
      try {
        const window = openWindow();
        window.ui.distribution = distributions.single;
        window.ui.origins = ["catalog"];
        window.ui.certificates = [certificates.expired];
        await window.live.change("enable", undefined);
        assert.match(window.ui.messages, /This certificate cannot be used\. .*expired/);
        const document = await openDraft(window, distributions.single);
        await replace(document, [
          '"OriginProtocolPolicy": "https-only",',
          `"OriginProtocolPolicy": "https-only", "OriginMtlsConfig": { "ClientCertificateArn": "${certificates.expired}" },`,
        ]);
        await window.live.commands["mtls.applyToCloudFront"](document.uri);
        const review = window.ui.reviews.at(-1);
        assert.deepEqual(
          review?.answers.map(({ answer }) => answer),
          ["cancel"],
          JSON.stringify(review?.sections),
        );
      } finally {
        await configuration.update("mtls.rules", undefined, vscode.ConfigurationTarget.Workspace);
      }
    });
  });

  describe("what a flow waits for", () => {
    it("does not hide by itself: who owns the distribution, and where secrets come under git", async () => {
      const window = openWindow();
      await window.live.change("enable", distribution(distributions.stack));
      await write(".git/HEAD", "ref: refs/heads/main\n");
      window.ui.target = await write("secrets.json", "");
      await window.live.commands["mtls.saveDistributionConfig"](distribution(distributions.headers));
      assert.deepEqual(
        window.ui.said.map(({ message, severity }) => [/ owns | is under git/.exec(message)?.[0], severity]),
        [
          [" owns ", "confirm"],
          [" is under git", "confirm"],
        ],
      );
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(window.ui.target, "../.git"), { recursive: true });
    });

    it("is not a message that only tells that the commands are copied", async () => {
      const window = enabling();
      const review = window.ui.review.bind(window.ui);
      const decisions = ["commands", "cancel"];
      window.ui.review = async (shown) => {
        await review(shown);
        const decision = decisions.shift();
        return shown.answers.find(({ answer }) => answer === decision)?.answer;
      };
      let isTold = false;
      window.ui.say = (message) =>
        new Promise(() => {
          isTold ||= message.startsWith("Copied");
        });
      await window.live.change("enable", undefined);
      assert.ok(isTold);
      assert.equal(window.ui.reviews.length, 2);
    });
  });

  describe("the dry run of several calls", () => {
    it("asks once before it writes over files that nobody chose, and writes none without a yes", async () => {
      const window = openWindow();
      const apply = await draftOfSeveral(window);
      window.ui.target = await write("steps.json", "chosen, and not written");
      const [one, two] = [
        await write("steps-1.json", "mine"),
        vscode.Uri.joinPath(window.ui.target, "../steps-2.json"),
      ];
      window.ui.review = async (shown) => {
        window.ui.reviews.push(shown);
        return shown.answers.find(({ answer }) => answer === (window.ui.reviews.length <= 2 ? "file" : "cancel"))
          ?.answer;
      };
      await apply();
      const asked = window.ui.said.filter(({ severity }) => severity === "confirm");
      assert.deepEqual(
        asked.map(({ message }) => message),
        [
          "Already there: steps-1.json. What is in them is lost.",
          "Already there: steps-1.json. What is in them is lost.",
        ],
      );
      assert.equal(await textOnDisk(one), "mine");
      window.ui.reviews.length = 0;
      window.ui.answer(/Already there/, "Overwrite");
      await apply();
      assert.match(await textOnDisk(one), /"CallerReference"/);
      assert.match(await textOnDisk(two), /"CallerReference"/);
      assert.equal(await textOnDisk(window.ui.target), "chosen, and not written");
      await vscode.workspace.fs.delete(two);
    });
  });

  describe("at the start of a window", () => {
    const wait = (at: number) => ({ id: "E1SINGLE000008", at });
    const told = async (kept: Readonly<Record<string, unknown>>, answer?: string): Promise<readonly string[]> => {
      const messages: string[] = [];
      const original = vscode.window.showInformationMessage;
      const instead = async (message: string) => {
        messages.push(message);
        return answer;
      };
      Object.defineProperty(vscode.window, "showInformationMessage", {
        value: instead,
        configurable: true,
        writable: true,
      });
      try {
        await tellKept(memento(kept), 1_000 + longestWait);
      } finally {
        Object.defineProperty(vscode.window, "showInformationMessage", {
          value: original,
          configurable: true,
          writable: true,
        });
      }
      return messages;
    };

    it("changes whose end nobody told are named, those of a day ago are not, and AWS is not asked", async () => {
      assert.deepEqual(await told({}), []);
      assert.deepEqual(await told({ [waitsKey]: [wait(999)], [undosKey]: [wait(999)] }), []);
      const [message, ...more] = await told({ [waitsKey]: [wait(1_000)] });
      assert.match(message ?? "", /E1SINGLE000008/);
      assert.deepEqual(more, []);
      assert.deepEqual(await aws.sandbox.requests(), []);
    });
  });
});
