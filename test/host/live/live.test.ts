import * as assert from "node:assert/strict";
import { statSync } from "node:fs";
import * as vscode from "vscode";
import { changeRow } from "../../../src/account/kinds/change.ts";
import { distributionsRow } from "../../../src/account/kinds/distributions.ts";
import type { ReviewRecord } from "../../../src/account/live/records.ts";
import type { LiveReview } from "../../../src/account/live/review/live-review.ts";
import { updateCommands } from "../../../src/core/cloudfront/update-command.ts";
import { canonicalXml } from "../../../src/core/document/xml-text.ts";
import { configOf } from "../../../src/core/facts.ts";
import { copyCommandsLabel } from "../../../src/core/messages/copied-for.ts";
import { terminal } from "../../../src/host/editor/terminal.ts";
import { writeConfigFiles } from "../../../src/host/live/config-file.ts";
import { reviewView } from "../../../src/manifest.ts";
import { machine } from "../../../src/platform/node/machine.ts";
import { recordsIn } from "../../account/storage.ts";
import { profiles } from "../../sandbox/client.ts";
import {
  account as accountId,
  certificates,
  distributions,
  otherAccount,
  otherAccountDistribution,
  secretHeaderValues,
} from "../../sandbox/world.ts";
import { json, textOnDisk, until, write } from "../editor.ts";
import { openWindow, useWindows, type Window } from "./live-bench.ts";

const distribution = (id: string) => ({ kind: "distribution", id }) as const;

describe("live changes", () => {
  const aws = useWindows(async () => {
    await setReadOnly(undefined);
    await setOwnerTags(undefined);
  });

  const sent = async (operation: string) =>
    (await aws.sandbox.requests()).filter((request) => request.operation === operation).length;
  const puts = () => sent("UpdateDistribution");

  /** Somebody who wants mTLS for the one origin of a distribution, and says yes. */
  function enabling({
    id = distributions.single,
    certificate = certificates.spare,
    ...options
  }: {
    readonly id?: string;
    readonly certificate?: string;
    readonly profile?: string;
  } = {}): Window {
    const window = openWindow(options);
    window.ui.distribution = id;
    window.ui.origins = ["catalog"];
    window.ui.certificates = [certificate];
    window.ui.decide("apply");
    return window;
  }

  /** A change that its window has left before it is deployed, which it is once the sandbox is told so. */
  async function leftWhileDeploying(): Promise<Window> {
    const window = enabling();
    await aws.sandbox.setDeploySeconds(Number.POSITIVE_INFINITY);
    let denied: Promise<void> | undefined;
    window.ui.onProgress = () => void (denied ??= aws.sandbox.fault({ kind: "deny", operation: "GetDistribution" }));
    await window.live.change("enable", undefined);
    await denied;
    return window;
  }

  const pages = () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(reviewView));

  it("nothing is changed by who only looks at what CloudFront has", async () => {
    const window = openWindow();
    await window.account.whole(distributionsRow);
    const found = await window.live.look(distribution(distributions.single), "Verify Origin");
    const { etag } = await aws.sandbox.distribution(distributions.single);
    assert.deepEqual(
      [found?.id, found?.version, configOf(found?.facts)?.distribution.origins.map(({ id }) => id)],
      [distributions.single, etag, ["catalog"]],
    );
    assert.match(found?.domainName ?? "", /\.cloudfront\.net$/);
    // Nobody chose one.
    assert.equal(await window.live.look(undefined, "Verify Origin"), undefined);
    assert.equal(await puts(), 0);
  });

  describe("applied", () => {
    it("the list knows it at once", async () => {
      const { live, account } = enabling();
      await live.change("enable", undefined);
      await until(
        "the origin with its certificate",
        () =>
          account.current()?.distributions.get(distributions.single)?.origins[0]?.clientCertificate ===
          certificates.spare,
      );
      await until("deployed", () => account.current()?.distributions.get(distributions.single)?.status === "Deployed");
    });
  });

  describe("the page of the editor", () => {
    const row = {
      ...{ kind: "origin", distribution: distributions.single, origin: "catalog" },
      certificate: certificates.spare,
    } as const;

    /** Once it is to be decided on. */
    const opened = async ({ reviews }: Window, before?: LiveReview): Promise<LiveReview> => {
      const review = await until("a change", () => {
        const found = reviews.of("distribution", distributions.single);
        return found !== before && found?.isDeciding === true ? found : undefined;
      });
      await until("its page", () => pages().some(({ label }) => label === review.about.title));
      return review;
    };
    const apply = (review: LiveReview) => {
      review.act({ kind: "confirm", isConfirmed: true, round: review.page.round });
      review.act({ kind: "press", action: "apply", round: review.page.round });
    };

    it("is closed before Apply: nothing is sent, and nothing is left to be seen", async () => {
      const window = openWindow({ isEditor: true });
      const done = window.live.change("enable", row);
      const review = await opened(window);
      await vscode.window.tabGroups.close(pages());
      await done;
      assert.equal(await puts(), 0);
      assert.ok(review.isOver && review.isDiscarded);
      assert.equal(window.reviews.of("distribution", distributions.single), undefined);
      await until("no diff", () =>
        vscode.window.tabGroups.all.every(({ tabs }) =>
          tabs.every(({ input }) => !(input instanceof vscode.TabInputTextDiff)),
        ),
      );
    });

    it("is closed while it is deployed: it goes on, is opened again, and undoes it in the same place", async () => {
      const { xml: before } = await aws.sandbox.distribution(distributions.single);
      await aws.sandbox.setDeploySeconds(Number.POSITIVE_INFINITY);
      try {
        const window = openWindow({ isEditor: true });
        const done = window.live.change("enable", row);
        const review = await opened(window);
        apply(review);
        await until("it is deployed", () => review.phase === "deploying");
        await vscode.window.tabGroups.close(pages());
        await until("no page", () => window.reviews.pageOf(review) === "none");
        assert.ok(review.isUnderWay);
        await window.live.commands["mtls.openReview"]();
        await until("the page again", () => window.reviews.pageOf(review) === "visible");
        await aws.sandbox.setDeploySeconds(0.02);
        await aws.sandbox.deploy();
        await done;
        assert.equal(review.phase, "done", review.page.status);
        const end = review.page.messages.find(({ answers }) => answers.includes("Undo"));
        review.act({ kind: "answer", message: end?.id ?? assert.fail("there is no Undo"), answer: "Undo" });
        const undo = await opened(window, review);
        assert.equal(pages().length, 1, "the page of what is done makes room");
        apply(undo);
        await until("undone", () => undo.phase === "done");
        assert.equal(canonicalXml((await aws.sandbox.distribution(distributions.single)).xml), canonicalXml(before));
        assert.deepEqual(
          window.logged.filter((line) => line.includes("fault")),
          [],
        );
      } finally {
        await aws.sandbox.setDeploySeconds(0.02);
      }
    });
  });

  describe("another window", () => {
    it("another profile is chosen: it ends, nothing is said under the other name, and the next window goes on", async () => {
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

      const next = openWindow({ remembered });
      await next.session.connect();
      await until("the end", () => /Next: configure the origin to require it/.test(next.ui.messages));
      assert.deepEqual(next.waits(), []);
    });
  });

  describe("what was changed on this machine", () => {
    const rows = async ({ history }: Window) => {
      await history.look();
      return history.changes.map(({ key }) => changeRow(key));
    };

    it("is known at once, and its row undoes exactly this change", async () => {
      const window = enabling();
      const { ui, live, history } = window;
      await live.change("enable", undefined);
      await until("it is shown", () => history.changes[0]?.state === "done");
      assert.equal(history.changes[0]?.noUndo, undefined);
      const [row] = await rows(window);
      ui.decide("apply");
      await live.commands["mtls.undoLiveChange"](row);
      await until("both are shown", () => history.changes.length === 2 && history.changes[0]?.state === "done");
      assert.deepEqual(
        history.changes.map(({ what, noUndo }) => [what, noUndo]),
        [
          ["Undo Change", undefined],
          ["Enable mTLS", "undone"],
        ],
      );
      // Not the last one: nothing else is undone in its place.
      await live.commands["mtls.undoLiveChange"](row);
      assert.match(ui.messages, /has changed since .+ The change cannot be undone in one step/);
      await window.history.clear();
      await live.commands["mtls.undoLiveChange"](row);
      assert.match(ui.messages, /The change is no longer in the history\.$/);
      assert.equal(ui.reviews.length, 2, "nothing else is offered to be undone");
      assert.equal(await puts(), 2);
    });

    const answer = (review: LiveReview, label: string) => {
      const message = review.page.messages.find(({ answers }) => answers.includes(label));
      review.act({ kind: "answer", message: message?.id ?? assert.fail(`there is no ${label}`), answer: label });
    };
    /** Once it is to be decided on, it is applied. */
    const applied = async ({ reviews }: Window, before?: LiveReview): Promise<LiveReview> => {
      const review = await until("a change", () => {
        const found = reviews.of("distribution", distributions.single);
        return found !== before && found?.isDeciding === true ? found : undefined;
      });
      await until("its page", () => pages().some(({ label }) => label === review.about.title));
      review.act({ kind: "confirm", isConfirmed: true, round: review.page.round });
      review.act({ kind: "press", action: "apply", round: review.page.round });
      return review;
    };
    const origin = {
      ...{ kind: "origin", distribution: distributions.single, origin: "catalog" },
      certificate: certificates.spare,
    } as const;
    const keyOf = ({ history }: Window) => history.changes[0]?.key ?? assert.fail("nothing is in the history");
    const closePages = async ({ reviews }: Window, key: string) => {
      await until("its tab", () => pages().length > 0);
      await vscode.window.tabGroups.close(pages());
      await until("no page", () => {
        const known = reviews.ofChange(key);
        return known === undefined || reviews.pageOf(known) === "none";
      });
    };

    it("is opened: a page says how it ended without asking AWS, stays when all is cleared, and undoes it", async () => {
      const window = openWindow({ isEditor: true });
      const { live, history, reviews } = window;
      const done = live.change("enable", origin);
      await applied(window);
      await done;
      await until("it is shown", () => history.changes[0]?.state === "done");
      const key = keyOf(window);
      await closePages(window, key);
      const before = (await aws.sandbox.requests()).length;
      await live.commands["mtls.openReview"](changeRow(key));
      const review = await until("its page", () => reviews.ofChange(key));
      await until("a tab", () => pages().length === 1);
      assert.deepEqual([review.phase, review.page.actions], ["done", []]);
      assert.equal((await aws.sandbox.requests()).length, before, "AWS is not asked");
      await live.commands["mtls.openReview"](changeRow(key));
      assert.equal(reviews.ofChange(key), review);
      assert.equal(pages().length, 1, "it is the same page");
      await history.clear();
      assert.equal(history.changes.length, 0);
      assert.equal(reviews.pageOf(review), "visible");
      answer(review, "Undo");
      const undo = await applied(window, review);
      await until("undone", () => undo.phase === "done");
      assert.equal(pages().length, 1, "one took the place of the other");
      assert.equal(await puts(), 2);
      await closePages(window, undo.change ?? assert.fail());
      assert.equal(reviews.ofChange(key), undefined);
    });

    it("is opened while it is under way: its page as it is", async () => {
      const window = openWindow({ isEditor: true });
      const { live, history, reviews } = window;
      await aws.sandbox.setDeploySeconds(Number.POSITIVE_INFINITY);
      try {
        const done = live.change("enable", origin);
        const review = await applied(window);
        await until("it is deployed", () => review.phase === "deploying");
        await until("it is shown", () => history.changes[0]?.state === "here");
        const key = keyOf(window);
        await closePages(window, key);
        await live.commands["mtls.openReview"](changeRow(key));
        assert.equal(reviews.ofChange(key), review);
        await until("its page", () => reviews.pageOf(review) === "visible");
        // The same from the row of what it changes, which says how far it is; from no other.
        assert.equal(window.here.of(review.about), "deploying");
        await closePages(window, key);
        await live.commands["mtls.openReview"](distribution(distributions.single));
        await until("its page", () => reviews.pageOf(review) === "visible" && pages().length === 1);
        await closePages(window, key);
        // It is said that there is none, until that is closed.
        void live.commands["mtls.openReview"](distribution(distributions.unfit));
        await new Promise(setImmediate);
        assert.deepEqual([pages().length, reviews.pageOf(review)], [0, "none"]);
        reviews.open(review);
        await aws.sandbox.setDeploySeconds(0.02);
        await aws.sandbox.deploy();
        await done;
        assert.equal(review.phase, "done");
        assert.equal(window.here.of(review.about), undefined);
        await closePages(window, key);
      } finally {
        await aws.sandbox.setDeploySeconds(0.02);
      }
    });

    it("is opened where a window left it: once it goes on, its page takes that place", async () => {
      const window = await leftWhileDeploying();
      try {
        const next = openWindow({ remembered: window, isEditor: true });
        await rows(next);
        const key = keyOf(next);
        await next.live.commands["mtls.openReview"](changeRow(key));
        const left = await until("its page", () => next.reviews.ofChange(key));
        assert.match(left.page.status, /left by a window that ended/);
        await until("a tab", () => pages().length === 1);
        await aws.sandbox.clearFaults();
        answer(left, "Continue");
        const again = await until("it goes on", () => {
          const found = next.reviews.ofChange(key);
          return found !== left && found?.phase === "deploying" && next.reviews.pageOf(found) !== "none"
            ? found
            : undefined;
        });
        await aws.sandbox.setDeploySeconds(0.02);
        await aws.sandbox.deploy();
        await until("it is done", () => again.phase === "done");
        assert.equal(pages().length, 1, "one took the place of the other");
        await closePages(next, key);
      } finally {
        await aws.sandbox.setDeploySeconds(0.02);
      }
    });

    it("of another account is undone there: its profile is offered", async () => {
      const window = enabling();
      await window.live.change("enable", undefined);
      const [row] = await rows(window);
      const other = openWindow({ remembered: window, profile: profiles.other });
      await other.history.look();
      await other.live.commands["mtls.undoLiveChange"](row);
      assert.match(other.ui.messages, new RegExp(`The changes that can be undone are in account ${accountId}`));
      assert.deepEqual(other.ui.said.at(-1)?.answers, ["Select AWS Profile…"]);
      await other.live.commands["mtls.continueChange"](row);
      assert.match(
        other.ui.messages,
        new RegExp(`The change was made in account ${accountId}\\. You are signed in to account ${otherAccount}\\.`),
      );
      assert.equal(await puts(), 1);
    });

    it("is continued where it was left", async () => {
      const window = await leftWhileDeploying();
      const { ui, live, history } = window;
      const [row] = await rows(window);
      assert.equal(history.changes[0]?.state, "left");
      ui.onProgress = () => {};
      await aws.sandbox.clearFaults();
      await aws.sandbox.deploy();
      await live.commands["mtls.continueChange"](row);
      assert.match(ui.messages, /is deployed, and CloudFront now has a client certificate/);
      await until("it is shown", () => history.changes[0]?.state === "done");
    });
  });

  describe("not applied", () => {
    it("what the user set counts: mtls.readOnly, and the tags of mtls.ownerTags", async () => {
      const { ui, live } = enabling();
      await setReadOnly(true);
      await live.change("enable", undefined);
      assert.match(ui.messages, /mtls\.readOnly is on/);
      assert.deepEqual(await aws.sandbox.requests(), []);
      await setReadOnly(undefined);
      await setOwnerTags({ "managed-by=terraform": "Terraform" });
      const { xml } = await aws.sandbox.distribution(distributions.terraform);
      const owned = openWindow();
      owned.ui.origins = [/<Origin><Id>([^<]+)<\/Id>/.exec(canonicalXml(xml))?.[1] ?? ""];
      owned.ui.certificates = [certificates.spare];
      await owned.live.change("enable", distribution(distributions.terraform));
      assert.match(
        owned.ui.reviews[0]?.plan.owner?.text ?? owned.ui.messages,
        /Terraform manages E1TERRAFORM021 \(tag managed-by=terraform\).*the next deployment reverts it/,
      );
      assert.equal(await puts(), 0);
    });

    it("in a workspace that is not trusted nothing is asked of AWS, whatever the command", async () => {
      const original = Object.getOwnPropertyDescriptor(vscode.workspace, "isTrusted");
      Object.defineProperty(vscode.workspace, "isTrusted", { value: false, configurable: true });
      try {
        const { ui, live, drafts } = enabling();
        await live.change("enable", undefined);
        await live.change("disable", distribution(distributions.orders));
        // What is under way can be looked at: that asks nothing.
        const { "mtls.openReview": openReview, ...commands } = live.commands;
        await openReview(distribution(distributions.single));
        assert.match(ui.said.pop()?.message ?? "", /^No change to E1SINGLE000008 is under way\.$/);
        for (const work of Object.values(commands)) await work(distribution(distributions.single));
        await live.commands["mtls.applyToCloudFront"](drafts.uriOf({ account: accountId, id: distributions.single }));
        assert.equal(ui.said.length, 2 + Object.keys(commands).length + 1);
        assert.ok(
          ui.said.every(({ message }) => /in an untrusted workspace/.test(message)),
          ui.messages,
        );
        assert.deepEqual(await aws.sandbox.requests(), []);
      } finally {
        if (original !== undefined) Object.defineProperty(vscode.workspace, "isTrusted", original);
      }
    });
  });

  describe("a page that was open before the window was loaded anew", () => {
    /** What a window has left that was closed in the middle of a review: the record, and the state of its page. */
    async function left(): Promise<{ readonly state: unknown; readonly remembered: Window }> {
      const before = openWindow();
      before.ui.distribution = distributions.single;
      before.ui.origins = ["catalog"];
      before.ui.certificates = [certificates.spare];
      let state: unknown;
      let kept: readonly (readonly [string, string])[] = [];
      before.ui.onReview = (review) => {
        state = { record: review.kept };
        kept = [...before.records.kept].filter(([name]) => name.startsWith("review."));
      };
      await before.live.change("enable", undefined);
      assert.equal(kept.length, 1);
      // As it was before it was discarded.
      for (const [name, text] of kept) await before.records.write(name, text);
      return { state, remembered: before };
    }

    const newPanel = () => vscode.window.createWebviewPanel(reviewView, "", vscode.ViewColumn.One);

    it("is planned anew on what AWS has by then", async () => {
      const { state, remembered } = await left();
      const next = openWindow({ remembered });
      next.ui.decide("apply");
      await next.live.restore(newPanel(), state);
      await until("the plan", () => next.ui.reviews.length === 1);
      assert.match(next.ui.reviews[0]?.plan.sentence ?? "", /spare\.clients\.example\.com.* to the origin catalog/);
      await until("the end", () => /Next: configure the origin to require it/.test(next.ui.messages));
      assert.equal(await puts(), 1);
    });

    it("is not that of another change of the same distribution, which is deployed", async () => {
      const window = await leftWhileDeploying();
      try {
        await aws.sandbox.clearFaults();
        const undecided: ReviewRecord = {
          ...{ key: "window 0 1", account: accountId, profile: undefined, kind: "distribution" },
          ...{ id: distributions.single, name: distributions.single, deed: "disable", at: Date.now() },
          ...{ errand: { what: "intent", kind: "disable", origins: ["catalog"] }, change: undefined },
        };
        await recordsIn(window.records).putReview(undecided);
        const next = openWindow({ remembered: window, isEditor: true });
        await aws.sandbox.fault({ kind: "slow", ms: 60_000, operation: "GetDistributionConfig" });
        const panel = newPanel();
        await next.live.restore(panel, { record: undecided.key });
        void next.live.resume();
        const deployed = await until("it goes on", () => {
          const found = next.reviews.of("distribution", distributions.single);
          return found?.phase === "deploying" ? found : undefined;
        });
        assert.equal(next.reviews.pageOf(deployed), "none");
        await aws.sandbox.clearFaults();
        // By its name, which what is kept does not have.
        await until("the other one is planned", () => panel.title === "Disable Origin mTLS: Catalog (E1SINGLE000008)");
        assert.equal(pages().length, 1);
        await vscode.window.tabGroups.close(pages());
      } finally {
        await aws.sandbox.setDeploySeconds(0.02);
        await aws.sandbox.deploy();
      }
    });

    it("shows what is kept in a workspace that is not trusted, and asks nothing of AWS", async () => {
      const { state, remembered } = await left();
      // Which is the first that a window asks; of one before it, something may still be on its way.
      const asked = () => sent("GetCallerIdentity");
      const before = await asked();
      const original = Object.getOwnPropertyDescriptor(vscode.workspace, "isTrusted");
      Object.defineProperty(vscode.workspace, "isTrusted", { value: false, configurable: true });
      try {
        const next = openWindow({ remembered });
        const panel = newPanel();
        await next.live.restore(panel, state);
        await until("its title", () => panel.title === "Enable Origin mTLS: Catalog (E1SINGLE000008)");
        assert.equal(await asked(), before);
        assert.deepEqual(next.ui.reviews, []);
        panel.dispose();
      } finally {
        if (original !== undefined) Object.defineProperty(vscode.workspace, "isTrusted", original);
      }
    });

    it("is closed where nothing is known of it any more, whatever its state says", async () => {
      for (const state of [undefined, {}, { record: 7 }, { record: "another" }, "x"]) {
        const panel = newPanel();
        let isClosed = false;
        panel.onDidDispose(() => (isClosed = true));
        await openWindow().live.restore(panel, state);
        await until("it is closed", () => isClosed);
      }
    });
  });

  describe("the dry run", () => {
    it("writes the inner config, and copies the commands that send it", async () => {
      const { ui, live } = openWindow();
      ui.origins = ["catalog"];
      ui.certificates = [certificates.spare];
      ui.decide("file", "commands", "discard");
      const uri = await write("dry run.json", "");
      ui.target = uri;
      const { etag } = await aws.sandbox.distribution(distributions.single);
      await live.change("enable", distribution(distributions.single));
      assert.equal(ui.reviews.length, 3);
      const written = JSON.parse(await textOnDisk(uri)) as {
        readonly CallerReference: string;
        readonly Origins: unknown;
      };
      assert.equal(typeof written.CallerReference, "string");
      assert.match(JSON.stringify(written.Origins), new RegExp(certificates.spare));
      const update = { id: distributions.single, etag, files: ["dry run.json"], profile: undefined };
      assert.equal(ui.copied[0], updateCommands(update, terminal()));
      assert.equal(await puts(), 0);
    });
  });

  describe("what else is done with a config", () => {
    it("it is saved as the inner config, with a warning where secrets would come under git", async () => {
      const { ui, live } = openWindow();
      await write(".git/HEAD", "ref: refs/heads/main\n");
      ui.target = await write("saved.json", "");
      await live.commands["mtls.saveDistributionConfig"](distribution(distributions.headers));
      assert.match(ui.messages, /is in a Git repository, and the configuration contains \d+ custom header values/);
      assert.equal(await textOnDisk(ui.target), "");
      ui.answer(/in a Git repository/, "Write Anyway");
      ui.answer(/is saved/, copyCommandsLabel(terminal()));
      await live.commands["mtls.saveDistributionConfig"](distribution(distributions.headers));
      if (process.platform !== "win32") assert.equal(statSync(ui.target.fsPath).mode & 0o777, 0o600);
      assert.equal(/everyone who has access to its folder/.test(ui.messages), process.platform === "win32");
      const text = await textOnDisk(ui.target);
      for (const secret of secretHeaderValues.slice(1))
        assert.ok(
          text.includes(JSON.stringify(secret).slice(1, -1)) ||
            !(await aws.sandbox.distribution(distributions.headers)).xml.includes(secret),
          secret,
        );
      assert.match(text, /"CallerReference"/);
      assert.match(
        ui.copied[0] ?? "",
        /^aws cloudfront update-distribution --id E1HEADERS00023 --if-match \w+ --distribution-config file:\/\/saved\.json /,
      );
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(ui.target, "../.git"), { recursive: true });
    });

    it("where no mode keeps others from reading it, that is said once", async () => {
      const { ui, live } = openWindow();
      const files = new Map<string, Uint8Array>();
      const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
      const elsewhere = vscode.workspace.registerFileSystemProvider("mtls-elsewhere", {
        onDidChangeFile: changed.event,
        watch: () => new vscode.Disposable(() => {}),
        stat: (uri) => {
          const size = files.get(uri.path)?.length;
          if (size === undefined) throw vscode.FileSystemError.FileNotFound(uri);
          return { type: vscode.FileType.File, ctime: 0, mtime: 0, size };
        },
        readFile: (uri) => files.get(uri.path) ?? new Uint8Array(),
        writeFile: (uri, content) => void files.set(uri.path, content),
        readDirectory: () => [],
        createDirectory: () => {},
        delete: () => {},
        rename: () => {},
      });
      try {
        for (const [name, id] of [
          ["plain", distributions.single],
          ["one", distributions.headers],
          ["two", distributions.headers],
        ] as const) {
          ui.target = vscode.Uri.parse(`mtls-elsewhere:/${name}.json`);
          await live.commands["mtls.saveDistributionConfig"](distribution(id));
          assert.ok(files.has(`/${name}.json`));
        }
        assert.deepEqual(
          ui.said.filter(({ severity }) => severity === "warning").map(({ message }) => message),
          [
            "one.json contains custom header values, and everyone who has access to its folder can read it. To protect the values, restrict access to the file or delete it after use.",
          ],
        );
      } finally {
        elsewhere.dispose();
        changed.dispose();
      }
    });

    it("where the file system has no modes, all of several files are written", async () => {
      const { ui } = openWindow();
      const { writeFile } = machine;
      machine.writeFile = async (...args) => (await writeFile(...args)) && false;
      try {
        const text = JSON.stringify({ Items: [{ HeaderName: "X-Secret", HeaderValue: "value" }] });
        const files = await Promise.all(
          ["one.json", "two.json"].map(async (name) => ({ uri: await write(name, ""), text })),
        );
        ui.answer(/in a Git repository/, "Write Anyway");
        assert.equal(await writeConfigFiles(files, ui), true);
        for (const { uri } of files) assert.equal(await textOnDisk(uri), text);
        assert.match(ui.messages, /one\.json contains custom header values, and everyone who has access/);
      } finally {
        machine.writeFile = writeFile;
      }
    });

    it("without secrets nothing is warned about", async () => {
      const { ui, live } = openWindow();
      await write(".git/HEAD", "ref: refs/heads/main\n");
      ui.target = await write("saved.json", "");
      await live.commands["mtls.saveDistributionConfig"](distribution(distributions.single));
      assert.doesNotMatch(ui.messages, /in a Git repository/);
      assert.match(await textOnDisk(ui.target), /"CallerReference"/);
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(ui.target, "../.git"), { recursive: true });
    });

    it("it is compared with a file: layout, order and wrapper aside, secrets masked", async () => {
      const { ui, live } = openWindow();
      ui.target = await write("compared.json", "");
      ui.source = ui.target;
      // The folder of the tests may be below one.
      ui.answer(/in a Git repository/, "Write Anyway");
      await live.commands["mtls.saveDistributionConfig"](distribution(distributions.headers));
      const config = JSON.parse(await textOnDisk(ui.target)) as Record<string, unknown>;
      const { Comment: comment, ...others } = config;
      await write("compared.json", json({ ETag: "E1", DistributionConfig: { ...others, Comment: comment } }, "\t"));
      await live.commands["mtls.compareDistributionWithFile"](distribution(distributions.headers));
      assert.match(ui.messages, /matches the configuration of \w+ in CloudFront/);
      assert.equal(ui.comparisons.length, 0);
      await write(
        "compared.json",
        json({ ETag: "E1", DistributionConfig: { ...others, Comment: "mine" } }, "\t").replaceAll(
          secretHeaderValues[0] ?? "",
          "my own secret",
        ),
      );
      await until("the document on disk", async () =>
        (await vscode.workspace.openTextDocument(ui.source ?? vscode.Uri.file("/"))).getText().includes('"mine"'),
      );
      await live.commands["mtls.compareDistributionWithFile"](distribution(distributions.headers));
      const { left = "", right = "" } = ui.comparisons[0] ?? {};
      const changed = right.split("\n").filter((line, index) => line !== left.split("\n")[index]);
      assert.ok(
        changed.some((line) => line.includes('"Comment": "mine"')),
        changed.join("\n"),
      );
      for (const secret of [...secretHeaderValues, "my own secret"]) assert.ok(!ui.everything.includes(secret), secret);
    });

    it("a distribution of another account is not found", async () => {
      const { ui, live } = openWindow();
      await live.commands["mtls.saveDistributionConfig"](distribution(otherAccountDistribution));
      assert.match(ui.messages, /does not exist/);
    });
  });
});

async function setReadOnly(value: boolean | undefined): Promise<void> {
  await vscode.workspace.getConfiguration().update("mtls.readOnly", value, vscode.ConfigurationTarget.Global);
}

async function setOwnerTags(value: Readonly<Record<string, string>> | undefined): Promise<void> {
  await vscode.workspace.getConfiguration().update("mtls.ownerTags", value, vscode.ConfigurationTarget.Global);
}
