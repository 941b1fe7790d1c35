import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Account } from "../../../src/account/account.ts";
import { back } from "../../../src/account/asking.ts";
import { certificatesRow } from "../../../src/account/kinds/certificates.ts";
import { distributionsRow } from "../../../src/account/kinds/distributions.ts";
import { onPage } from "../../../src/account/live/on-page.ts";
import { type Decision, LiveReview } from "../../../src/account/live/review/live-review.ts";
import type { ClientCertificateQuestion } from "../../../src/account/live/targets/distribution/tools.ts";
import type { Distribution } from "../../../src/core/cloudfront/distribution.ts";
import { configOf } from "../../../src/core/facts.ts";
import { isFailure } from "../../../src/core/failure.ts";
import { read } from "../../../src/core/read.ts";
import { changeOriginMtls, isForDocument } from "../../../src/host/authoring/enable-origin-mtls.ts";
import { Documents } from "../../../src/host/documents/documents.ts";
import { createReader, judge } from "../../../src/host/documents/reader.ts";
import { Previews } from "../../../src/host/editor/preview.ts";
import { DraftFiles } from "../../../src/host/live/drafts/files.ts";
import { createEditorUi } from "../../../src/host/live/editor-ui.ts";
import { ReviewPanels } from "../../../src/host/live/review-panels.ts";
import type { EditorUi } from "../../../src/host/live/ui.ts";
import { reviewView } from "../../../src/manifest.ts";
import { certificates, distributions, region } from "../../sandbox/world.ts";
import { type Aws, closeSessions, openAccount, stand, startAws } from "../aws.ts";
import { arn, cleanUp, customOrigin, json, mtlsOn, open, until, wholeConfig } from "../editor.ts";
import { Picks } from "../picks.ts";
import { Reviewing } from "../reviews.ts";
import { secretStorage } from "./editor-user.ts";
import { extension } from "./live-bench.ts";

/** The item in the status bar, as far as it is looked at. */
interface StatusItem {
  text: string;
  isShown: boolean;
  show(): void;
  hide(): void;
  dispose(): void;
}

describe("live changes in the editor", () => {
  let aws: Aws;
  let subscriptions: vscode.Disposable[] = [];
  let picks: Picks;
  let account: Account;
  let ui: EditorUi;
  let previews: Previews;
  let reviews: ReviewPanels;
  let status: StatusItem;
  let log: vscode.LogOutputChannel;

  before(async () => {
    aws = await startAws({ deploySeconds: 0.02 });
  });
  beforeEach(async () => {
    await aws.reset();
    ({ account, log } = openAccount());
    previews = new Previews();
    const drafts = new DraftFiles(secretStorage(), "mtls-draft-ui-test");
    picks = new Picks();
    status = {
      ...{ text: "", isShown: false, dispose: () => {} },
      show: () => void (status.isShown = true),
      hide: () => void (status.isShown = false),
    };
    const item = stand("createStatusBarItem", () => status);
    reviews = new ReviewPanels({ extension, previews, log });
    item.dispose();
    subscriptions = [reviews, previews, drafts, picks];
    ui = createEditorUi({ account, previews, reviews, drafts, log });
  });
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await cleanUp();
    vscode.Disposable.from(...subscriptions).dispose();
    closeSessions();
  });
  after(() => aws.close());

  describe("the page of a change", () => {
    const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const diffs = () => tabs().filter(({ input }) => input instanceof vscode.TabInputTextDiff);
    const pages = () =>
      tabs().filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(reviewView));
    const page = () => until("the page", () => pages()[0]);
    const diff = () => until("the diff", () => diffs()[0], 30_000);
    const close = async (tab: vscode.Tab) => void (await vscode.window.tabGroups.close(tab));

    let keys = 0;
    function aboutTo(id = "E1", title = `Change it: ${id}`): LiveReview {
      const about = { account: "111122223333", kind: "distribution", id, name: id, title, facts: [] };
      return new LiveReview(String(keys++), about);
    }

    /** To be decided on; what is discarded ends. */
    function proposed(review = aboutTo()): { readonly review: LiveReview; readonly decision: Promise<Decision> } {
      const after = json(wholeConfig([customOrigin({ custom: { ...mtlsOn, OriginProtocolPolicy: "http-only" } })]));
      review.propose(
        {
          plan: {
            sentence: "It is changed.",
            version: { name: "Planned on version", value: "V1" },
            meanwhile: undefined,
            changes: { members: [], left: 0 },
            ...{
              clients: [],
              required: [],
              notes: [],
              introduced: { problems: [], left: 0 },
              standing: { problems: [], left: 0 },
              plans: [],
              owner: undefined,
            },
          },
          comparison: {
            title: "E1: now ↔ after the change",
            path: "/E1.json",
            before: json(wholeConfig()),
            after,
            problems: judge(vscode.Uri.file("/E1.json"), read({ text: after, syntax: "json", name: "E1.json" }), log),
          },
          ...{ consequences: [], blocked: undefined, shell: undefined, canChange: false, hasTemplate: false },
          applyLabel: "Apply to E1",
          steps: ["UpdateDistribution"],
        },
        0,
      );
      const decision = review.decision();
      decision.then(
        (decided) => (decided === "discard" ? review.end("left") : undefined),
        () => {},
      );
      ui.review(review);
      return { review, decision };
    }

    it("stands beside its diff, with the findings on the right side, and both go with what is discarded", async () => {
      const { review, decision } = proposed();
      const [tab, beside] = [await page(), await diff()];
      assert.equal(tab.label, "Change it: E1");
      assert.equal(beside.label, "E1: now ↔ after the change");
      assert.notEqual(tab.group.viewColumn, beside.group.viewColumn, "it covers the change");
      assert.ok(tab.isActive && beside.isActive, "both are seen");
      assert.equal(ui.pageOf(review), "visible");
      assert.ok(beside.input instanceof vscode.TabInputTextDiff);
      const { modified } = beside.input;
      const found = vscode.languages.getDiagnostics(modified);
      assert.deepEqual(
        found.map(({ code }) => (typeof code === "object" ? code.value : code)),
        ["origin/protocol-policy"],
      );
      assert.equal((await vscode.workspace.openTextDocument(modified)).getText(found[0]?.range), '"http-only"');
      review.act({ kind: "press", action: "discard", round: review.page.round });
      assert.equal(await decision, "discard");
      await until("no page and no diff", () => pages().length === 0 && diffs().length === 0);
      assert.deepEqual(vscode.languages.getDiagnostics(modified), []);
      assert.equal(ui.pageOf(review), "none");
    });

    it("its tab is closed before Apply: it is discarded, and the diff goes too", async () => {
      const { review, decision } = proposed();
      await diff();
      await close(await page());
      assert.equal(await decision, "discard");
      assert.ok(review.isDiscarded && !review.isSent);
      await until("no diff", () => diffs().length === 0);
      assert.equal(ui.pageOf(review), "none");
    });

    it("its diff is closed: it is still to be decided, and the page opens the diff anew with the next plan", async () => {
      const { review } = proposed();
      await page();
      await close(await diff());
      await until("no diff", () => diffs().length === 0);
      assert.ok(review.isDeciding);
      review.act({ kind: "press", action: "apply", round: review.page.round });
      proposed(review);
      await diff();
      assert.equal(pages().length, 1);
    });

    it("its tab is closed while it is deployed: nothing is lost, and it is opened again", async () => {
      const { review, decision } = proposed();
      review.act({ kind: "press", action: "apply", round: review.page.round });
      assert.equal(await decision, "apply");
      review.step(0, "sending");
      review.step(0, "deploying");
      const stop = review.waiting();
      assert.equal(status.text, "$(sync~spin) E1: deploying");
      await close(await page());
      await until("no page", () => ui.pageOf(review) === "none");
      assert.ok(review.isUnderWay && !review.isDiscarded && !stop.aborted);
      assert.ok(status.isShown);
      await reviews.choose();
      assert.equal((await page()).label, "Change it: E1");
      assert.equal(ui.pageOf(review), "visible");
      review.step(0, "reading");
      assert.equal(status.text, "$(sync~spin) E1: reading back");
      review.step(0, "done");
      review.end("done");
      assert.equal(status.isShown, false);
      assert.equal(pages().length, 1, "what came of it is still there to be read");
    });

    it("its tab is closed on a question: it can still be answered", async () => {
      const { review } = proposed();
      review.act({ kind: "press", action: "apply", round: review.page.round });
      review.step(0, "sending");
      review.step(0, "unknown");
      const asked = onPage(review, ui).ask("It is unknown.", ["Check Again"], "error");
      assert.equal(status.text, "$(warning) E1: answer needed");
      await close(await page());
      await until("no page", () => ui.pageOf(review) === "none");
      await reviews.choose(review.key);
      await page();
      review.act({ kind: "answer", message: review.page.messages[0]?.id ?? 0, answer: "Check Again" });
      assert.equal(await asked, "Check Again");
      review.end("left");
    });

    it("what is finished makes room for what is done next to the same resource, and only to that", async () => {
      const { review } = proposed();
      review.act({ kind: "press", action: "apply", round: review.page.round });
      review.step(0, "sending");
      review.step(0, "done");
      review.end("done");
      await page();
      const undo = proposed(aboutTo("E1", "Undo Change to E1")).review;
      await until("its page", () => pages()[0]?.label === "Undo Change to E1");
      assert.deepEqual([pages().length, ui.pageOf(review), ui.pageOf(undo)], [1, "none", "visible"]);
      const other = proposed(aboutTo("E2")).review;
      await until("another page", () => pages().length === 2);
      assert.notEqual(ui.pageOf(undo), "none", "it is still to be decided");
      assert.notEqual(ui.pageOf(other), "none");
      await close(pages().find(({ label }) => label === "Undo Change to E1") ?? assert.fail());
      await until("it is discarded", () => undo.isDiscarded);
      assert.ok(!other.isDiscarded);
    });

    it("of several that are under way, one is chosen; where there is none, that is said", async () => {
      const all = ["E1", "E2"].map((id) => {
        const review = aboutTo(id);
        review.follow([{ label: id, state: "deploying", text: "…" }]);
        ui.follow(review);
        return review;
      });
      assert.equal(status.text, "$(sync~spin) Changes to AWS: 2");
      assert.deepEqual(pages(), [], "nobody asked for a page");
      let offered: readonly string[] = [];
      subscriptions.push(
        stand("showQuickPick", async (given) => {
          const items = given as readonly vscode.QuickPickItem[];
          offered = items.map(({ label }) => label);
          return items.find(({ label }) => label === "E2");
        }),
      );
      await reviews.choose();
      assert.deepEqual(offered, ["E1", "E2"]);
      assert.equal((await page()).label, "Change it: E2");
      assert.equal(reviews.of("distribution", "E1"), all[0]);
      for (const review of all) review.end("done");
      assert.equal(reviews.of("distribution", "E1"), undefined);
      assert.equal(status.isShown, false);
      const said: unknown[] = [];
      subscriptions.push(stand("showInformationMessage", async (message) => void said.push(message)));
      await reviews.choose();
      assert.match(String(said), /^No change to AWS is under way\.$/);
    });
  });

  it("distributions are found by what they are called, while more are loaded", async () => {
    const asked = ui.chooseDistribution("Choose one", 4);
    const pick = await picks.titled("Choose one");
    await until("all of them", () => pick.items.length > 20);
    assert.deepEqual([pick.step, pick.totalSteps], [1, 4]);
    const orders = pick.items.find(isCalled(distributions.orders));
    assert.equal(orders?.label, "orders.example.com");
    assert.match(
      orders?.detail ?? "",
      /^Orders · origin mTLS on for 1 of 2 · www\.orders\.example\.com · \w+\.cloudfront\.net$/,
    );
    assert.deepEqual(pick.buttons, [], "nothing is before the first question");
    await until("loaded", () => !pick.busy);
    await picks.choose(pick, isCalled(distributions.orders));
    assert.equal((await asked)?.id, distributions.orders);
    // Asked again, with the one that was chosen; by itself it is no step.
    const again = ui.chooseDistribution("Choose it again", undefined, undefined, distributions.tenants);
    const second = await picks.titled("Choose it again");
    await until("it is marked", () => picks.marked(second)[0]?.description === distributions.tenants);
    assert.deepEqual([second.step, second.totalSteps], [undefined, undefined]);
    await picks.accept();
    assert.equal((await again)?.id, distributions.tenants);
  });

  it("distributions that are likely come first, with the reason", async () => {
    await account.whole(distributionsRow);
    const asked = ui.chooseDistribution("Choose a likely one", undefined, ({ id }) =>
      id === distributions.single ? "named" : id === distributions.orders ? "aliases" : undefined,
    );
    const pick = await picks.titled("Choose a likely one");
    await until("loaded", () => !pick.busy);
    assert.deepEqual(
      pick.items.slice(0, 5).map(({ kind, label, description }) => (kind === undefined ? description : label)),
      [
        "named in the file",
        distributions.single,
        "has an alternate domain name in the file",
        distributions.orders,
        "other distributions",
      ],
    );
    await picks.choose(pick, isCalled(distributions.single));
    assert.equal((await asked)?.id, distributions.single);
  });

  it("no distribution is selected beforehand where none is likely, or several are as likely", async () => {
    await account.whole(distributionsRow);
    const likenesses: Readonly<Record<string, (id: string) => "named" | "origins" | undefined>> = {
      "None is": () => undefined,
      "Two are": (id) => (id === distributions.single || id === distributions.orders ? "origins" : undefined),
      "One is": (id) => (id === distributions.single ? "named" : id === distributions.orders ? "origins" : undefined),
    };
    for (const [title, likeness] of Object.entries(likenesses)) {
      const asked = ui.chooseDistribution(title, undefined, ({ id }) => likeness(id));
      const pick = await picks.titled(title);
      await until("loaded", () => !pick.busy);
      if (title === "One is") await until("it is marked", () => picks.marked(pick).length > 0);
      else {
        await picks.accept();
        assert.deepEqual(pick.selectedItems, [], title);
      }
      assert.deepEqual(
        pick.activeItems.map(({ description }) => description),
        title === "One is" ? [distributions.single] : [],
      );
      await picks.choose(pick, isCalled(distributions.expired));
      assert.equal((await asked)?.id, distributions.expired, title);
    }
  });

  it("certificates of the account: fit ones first, and what cannot work is there with its reasons and not to be chosen", async () => {
    await account.begin(distributionsRow);
    const config = configOf(
      read({
        text: json(wholeConfig([customOrigin({ custom: mtlsOn })])),
        syntax: "json",
        name: "E1.json",
      }),
    );
    const asked = ui.chooseCertificate(certificateQuestion(config?.distribution));
    const pick = await picks.titled("Enable Origin mTLS");
    await until("all of them", () => account.certificates(region).state === "complete" && pick.items.length > 15);
    const labels = pick.items.map(({ label, kind }) =>
      kind === vscode.QuickPickItemKind.Separator ? `— ${label}` : label,
    );
    assert.equal(labels[0], "— in this account");
    assert.match(labels[1] ?? "", /^\$\(pass\) /);
    assert.ok(
      labels.indexOf("— in this configuration, but not listed in this account") < labels.indexOf("— not usable"),
      labels.join(),
    );
    assert.equal(pick.placeholder, "Select the client certificate for o1, or paste its ARN");
    assert.deepEqual([pick.step, pick.totalSteps, pick.buttons], [2, 3, [vscode.QuickInputButtons.Back]]);
    const expired = pick.items.find(({ detail }) => /expired/.test(detail ?? ""));
    assert.match(expired?.label ?? "", /^\$\(circle-slash\)/);
    assert.ok(pick.items.indexOf(expired ?? assert.fail()) > labels.indexOf("— not usable"));
    await until("loaded", () => !pick.busy);
    await picks.choose(
      pick,
      ({ label, description }) => label === expired?.label && description === expired.description,
    );
    await picks.choose(pick, isSpare);
    assert.equal(await asked, certificates.spare);
  });

  it("an ARN is taken at the first Enter, as it is pasted; one that cannot work stays, with the reason", async () => {
    await account.whole(certificatesRow(region));
    const config = configOf(read({ text: json(wholeConfig()), syntax: "json", name: "E1.json" }));
    const asked = ui.chooseCertificate(certificateQuestion(config?.distribution));
    const pick = await picks.titled("Enable Origin mTLS");
    await until("loaded", () => !pick.busy);
    for (const [typed, label, detail] of [
      [certificates.expired, /^\$\(circle-slash\) /, /expired/],
      [arn.replace("us-east-1", "eu-west-1"), /^\$\(error\) The certificate is in eu-west-1\.$/, /us-east-1/],
      ["arn:aws:ac", /^\$\(error\) /, /^/],
    ] as const) {
      pick.value = typed;
      await until(`the verdict on ${typed}`, () => {
        const [item] = picks.marked(pick);
        return item !== undefined && label.test(item.label) && detail.test(item.detail ?? "");
      });
      assert.equal(picks.marked(pick)[0], pick.items[0], "it is the first one");
      await picks.accept();
    }
    pick.value = "no such certificate";
    const isExpected = ({ label, detail = "" }: vscode.QuickPickItem): boolean =>
      /^\$\(error\) Not an ARN, and no certificate in this list/.test(label) && /^Expected: arn:/.test(detail);
    await until("what is expected", () => pick.items.some(isExpected));
    await picks.choose(pick, isExpected);
    pick.value = `  "ClientCertificateArn": "${certificates.spare}",\n`;
    // Without waiting for the list to be drawn.
    await picks.accept();
    assert.equal(await asked, certificates.spare);
  });

  it("a certificate that was chosen is selected again, also one that only its ARN is known of", async () => {
    await account.whole(certificatesRow(region));
    const config = configOf(read({ text: json(wholeConfig()), syntax: "json", name: "E1.json" }));
    const question = certificateQuestion(config?.distribution);
    const listed = ui.chooseCertificate({ ...question, title: "Of the account", chosen: certificates.spare });
    const pick = await picks.titled("Of the account");
    assert.equal(pick.value, "");
    await picks.accept();
    assert.equal(await listed, certificates.spare);
    const typed = ui.chooseCertificate({ ...question, title: "Of nobody", chosen: arn });
    const other = await picks.titled("Of nobody");
    assert.match(other.items[0]?.description ?? "", /123456789012/);
    assert.equal(other.value, arn);
    await vscode.commands.executeCommand("workbench.action.quickInputBack");
    assert.equal(await typed, back);
  });

  it("certificates of an account in China are asked for there", async () => {
    const connection = await account.session.connect();
    assert.ok(!isFailure(connection), "it is not connected");
    Object.defineProperty(account, "identity", {
      get: () => ({ ...connection.identity, partition: "aws-cn", region: "cn-north-1" }),
    });
    const config = configOf(read({ text: json(wholeConfig()), syntax: "json", name: "E1.json" }));
    void ui.chooseCertificate(certificateQuestion(config?.distribution));
    await until("the list", async () =>
      (await aws.sandbox.requests()).some(({ operation }) => operation === "ListCertificates"),
    );
    const lists = (await aws.sandbox.requests()).filter(({ operation }) => operation === "ListCertificates");
    assert.deepEqual(
      lists.map((request) => request.region),
      ["cn-north-1"],
    );
  });

  it("certificates of the account are offered in a file, too, once there is one, and nobody connects for it", async () => {
    const reader = createReader(log, { inventories: account });
    const documents = new Documents(
      () => Promise.resolve(reader),
      (error) => assert.fail(String(error)),
    );
    const reviewing = new Reviewing();
    subscriptions.push(documents, reviewing);
    documents.start();
    const { document } = await open(
      "pick.json",
      json(wholeConfig([customOrigin({ custom: mtlsOn }), customOrigin({ id: "o2" })])),
    );
    await until("read", () => documents.last(document) !== undefined);
    // The last one is how the editor calls it from the menu of a row that was drawn anew since.
    assert.deepEqual(
      [[], [document.uri], [undefined, undefined]].map((args) => isForDocument(args, documents)),
      [true, true, false],
    );
    const target = { uri: document.uri, config: 0, index: 1, id: "o2" };
    const tools = { documents, previews, log, inventories: account };
    void changeOriginMtls("enable", target, tools);
    const alone = await picks.titled("Enable Origin mTLS");
    assert.equal(alone.title, "Enable Origin mTLS: pick.json");
    assert.deepEqual(
      alone.items.map(({ label }) => label),
      [arn.split("/")[1]],
    );
    assert.deepEqual(await aws.sandbox.requests(), []);
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");

    await account.whole(certificatesRow(region));
    picks.all.length = 0;
    void changeOriginMtls("enable", target, tools);
    const pick = await picks.titled("Enable Origin mTLS");
    await picks.choose(pick, isSpare);
    assert.match(await reviewing.apply(), new RegExp(certificates.spare.split("/")[1] ?? "?"));
    await until("the ARN in the file", () => document.getText().includes(certificates.spare));
  });
});

function isCalled(id: string) {
  return ({ description }: vscode.QuickPickItem): boolean => description === id;
}

function certificateQuestion(distribution: Distribution | undefined): ClientCertificateQuestion {
  return {
    title: "Enable Origin mTLS: somewhere",
    kind: "enable",
    distribution: distribution ?? assert.fail(),
    origins: ["o1"],
    chosen: undefined,
    place: { step: 2, of: 3, canGoBack: true },
  };
}

function isSpare({ description }: vscode.QuickPickItem): boolean {
  return description?.includes(certificates.spare.split("/")[1] ?? "?") === true;
}
