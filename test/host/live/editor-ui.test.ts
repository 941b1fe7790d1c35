import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Account } from "../../../src/account/account.ts";
import { back } from "../../../src/account/asking.ts";
import { certificatesRow } from "../../../src/account/kinds/certificates.ts";
import { distributionsRow } from "../../../src/account/kinds/distributions.ts";
import type { ClientCertificateQuestion } from "../../../src/account/live/targets/distribution/tools.ts";
import type { Review } from "../../../src/account/live/ui.ts";
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
import type { EditorUi } from "../../../src/host/live/ui.ts";
import { certificates, distributions, region } from "../../sandbox/world.ts";
import { type Aws, closeSessions, openAccount, startAws } from "../aws.ts";
import { arn, cleanUp, customOrigin, json, mtlsOn, open, until, wholeConfig } from "../editor.ts";
import { Picks } from "../picks.ts";
import { secretStorage } from "./editor-user.ts";

describe("live changes in the editor", () => {
  let aws: Aws;
  let subscriptions: vscode.Disposable[] = [];
  let picks: Picks;
  let account: Account;
  let ui: EditorUi;
  let previews: Previews;
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
    subscriptions = [previews, drafts, picks];
    ui = createEditorUi({ account, previews, drafts, log });
  });
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await cleanUp();
    vscode.Disposable.from(...subscriptions).dispose();
    closeSessions();
  });
  after(() => aws.close());

  const diffTabs = () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputTextDiff);

  function review(): Review<"apply" | "cancel"> {
    const text = json(wholeConfig([customOrigin({ custom: { ...mtlsOn, OriginProtocolPolicy: "http-only" } })]));
    return {
      title: "Change it: E1",
      step: { step: 4, of: 4 },
      path: "/E1.json",
      before: json(wholeConfig()),
      after: text,
      problems: judge(vscode.Uri.file("/E1.json"), read({ text, syntax: "json", name: "E1.json" }), log),
      question: "Apply it?",
      answers: [
        { answer: "apply", label: "Apply to E1", detail: "certificate 1" },
        { answer: "cancel", label: "Cancel" },
      ],
      sections: [
        { title: "required actions at the origin", lines: [{ label: "1. First this", detail: "because" }] },
        { title: "nothing", lines: [] },
      ],
    };
  }

  it("a question stands beside the comparison, with the findings on its right side, for as long as it is open", async () => {
    const asked = ui.review(review());
    const pick = await picks.titled("Change it: E1");
    assert.deepEqual(
      pick.items.map(({ label }) => label),
      ["Apply to E1", "Cancel", "required actions at the origin", "1. First this"],
    );
    const [tab] = await until("the comparison", () => (diffTabs().length > 0 ? diffTabs() : undefined));
    assert.equal(tab?.label, "Change it: E1");
    assert.ok(tab?.input instanceof vscode.TabInputTextDiff);
    const { modified } = tab.input;
    const found = vscode.languages.getDiagnostics(modified);
    assert.deepEqual(
      found.map(({ code }) => (typeof code === "object" ? code.value : code)),
      ["origin/protocol-policy"],
    );
    assert.equal((await vscode.workspace.openTextDocument(modified)).getText(found[0]?.range), '"http-only"');
    await picks.accept();
    assert.equal(await asked, "apply");
    await until("no comparison", () => diffTabs().length === 0);
    assert.deepEqual(vscode.languages.getDiagnostics(modified), []);
  });

  it("left without an answer, the comparison goes too", async () => {
    const asked = ui.review(review());
    await picks.titled("Change it: E1");
    await until("the comparison", () => diffTabs().length > 0);
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    assert.equal(await asked, undefined);
    await until("no comparison", () => diffTabs().length === 0);
  });

  it("what is no answer is not taken for one", async () => {
    const asked = ui.review(review());
    const pick = await picks.titled("Change it: E1");
    await picks.choose(pick, ({ label }) => label === "1. First this");
    await picks.choose(pick, ({ label }) => label === "Cancel");
    assert.equal(await asked, "cancel");
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
      ["no such certificate", /^\$\(error\) Not an ARN, and no certificate in this list/, /^Expected: arn:/],
    ] as const) {
      pick.value = typed;
      await until(`the verdict on ${typed}`, () => {
        const [item] = picks.marked(pick);
        return item !== undefined && label.test(item.label) && detail.test(item.detail ?? "");
      });
      if (!typed.startsWith("no")) assert.equal(picks.marked(pick)[0], pick.items[0], "it is the first one");
      await picks.accept();
    }
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
    subscriptions.push(documents);
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
    const confirmation = await until("the preview", () =>
      picks.all.find((one) => one.items.some(({ label }) => label.startsWith("$(check) Apply to"))),
    );
    await picks.choose(confirmation, (item) => item === confirmation.items[0]);
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
