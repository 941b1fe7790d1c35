// What a certificate of the account is used for: what is offered, and what is run with what was chosen.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Account } from "../../../src/account/account.ts";
import { Emitter } from "../../../src/account/event.ts";
import { certificateRow } from "../../../src/account/kinds/certificate.ts";
import { certificatesRow } from "../../../src/account/kinds/certificates.ts";
import { distributionsRow } from "../../../src/account/kinds/distributions.ts";
import { originRow } from "../../../src/account/kinds/origin.ts";
import { kinds } from "../../../src/account/kinds.ts";
import type { Row } from "../../../src/account/row.ts";
import { Documents } from "../../../src/host/documents/documents.ts";
import { createReader } from "../../../src/host/documents/reader.ts";
import type { ResourcesView } from "../../../src/host/resources/tools.ts";
import { createResourcesView } from "../../../src/host/resources/view.ts";
import { certificates, distributions, region } from "../../sandbox/world.ts";
import { type Aws, closeSessions, memento, openAccount, stand, startAws } from "../aws.ts";
import { cleanUp, customOrigin, json, open, until, wholeConfig, write } from "../editor.ts";
import { type Pick, Picks } from "../picks.ts";
import { TestHistory } from "./history.ts";

describe("a certificate that is used for an origin", () => {
  let aws: Aws;
  let account: Account;
  let documents: Documents;
  let view: ResourcesView;
  let picks: Picks;
  /** Commands of ours that were run, with what. */
  let ran: (readonly [command: string, argument: unknown])[];
  let subscriptions: vscode.Disposable[];

  before(async () => {
    aws = await startAws();
  });
  beforeEach(async () => {
    await aws.reset();
    const opened = openAccount();
    account = opened.account;
    const { log } = opened;
    documents = new Documents(
      () => Promise.resolve(createReader(log, { inventories: account })),
      (error) => assert.fail(String(error)),
    );
    documents.start();
    const selected = new vscode.EventEmitter<vscode.TreeViewSelectionChangeEvent<Row>>();
    const tree: Partial<vscode.TreeView<Row>> = { selection: [], visible: true, onDidChangeSelection: selected.event };
    view = createResourcesView({
      ...{
        account,
        registry: kinds,
        canUndo: () => false,
        proofs: { ofLive: () => undefined, onDidChange: () => ({ dispose: () => undefined }) },
        underWay: () => undefined,
        onDidChangeUnderWay: new Emitter<never>().event,
        history: new TestHistory().history,
        documents,
        inspectText: async () => {},
        log,
      },
      ...{ view: tree as vscode.TreeView<Row>, memory: memento() },
    });
    picks = new Picks();
    ran = [];
    subscriptions = [picks, view, documents, selected, ranWith(ran)];
  });
  afterEach(async () => {
    vscode.Disposable.from(...subscriptions).dispose();
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await cleanUp();
    closeSessions();
  });
  after(() => aws.close());

  const asked = (arn: string) => view.commands["mtls.useCertificate"](certificateRow(arn));
  const loaded = (pick: Pick) => until("loaded", () => !pick.busy && pick.items.length > 0);
  const isOf = (id: string) => (item: vscode.QuickPickItem) => item.description?.includes(id) === true;
  /** Labels by what stands above them. */
  const sections = (pick: Pick): Readonly<Record<string, readonly string[]>> => {
    const found: Record<string, string[]> = {};
    let above: string[] = [];
    for (const { label, kind } of pick.items)
      if (kind === vscode.QuickPickItemKind.Separator) found[label] = above = [];
      else above.push(label);
    return found;
  };
  const config = wholeConfig([
    customOrigin({ id: "shop" }),
    { Id: "assets", DomainName: "assets.s3.us-east-1.amazonaws.com", S3OriginConfig: { OriginAccessIdentity: "" } },
  ]);

  it("leads to the change of an origin in an open file, which comes first, with the certificate", async () => {
    const hidden = await vscode.workspace.openTextDocument(await write("hidden.json", json(config)));
    const { document } = await open("shop.json", json(config));
    await until("read", () => [document, hidden].every((one) => documents.last(one) !== undefined));
    const using = asked(certificates.spare);
    const pick = await picks.titled("Use spare.clients.example.com For");
    await loaded(pick);
    assert.equal(pick.placeholder, "Select an origin");
    assert.deepEqual(Object.keys(sections(pick)), ["open files", "distributions in AWS", "not available"]);
    assert.deepEqual(sections(pick)["open files"], ["shop"]);
    const shop = pick.items.find(({ label }) => label === "shop");
    assert.match(shop?.description ?? "", /shop\.json · /);
    assert.equal(shop?.detail, "$(arrow-right) Enable origin mTLS with this certificate");
    await picks.choose(pick, ({ label }) => label === "shop");
    await using;
    const argument = { uri: document.uri, config: 0, index: 0, id: "shop", certificate: certificates.spare };
    assert.deepEqual(ran, [["mtls.enableOriginMtls", argument]]);
  });

  it("leads to the change of a live distribution, which replaces the certificate that is there", async () => {
    const using = asked(certificates.spare);
    const pick = await picks.titled("Use spare");
    await loaded(pick);
    const expired = pick.items.find(isOf(distributions.expired)) ?? assert.fail();
    assert.match(expired.detail ?? "", /^\$\(arrow-right\) Replace the client certificate /);
    await picks.choose(pick, isOf(distributions.expired));
    await using;
    const row = originRow(distributions.expired, expired.label);
    assert.deepEqual(ran, [["mtls.changeClientCertificate", { ...row, certificate: certificates.spare }]]);
  });

  it("is not for what cannot present it: the reason is said, and it cannot be chosen", async () => {
    const using = asked(certificates.spare);
    const pick = await picks.titled("Use spare");
    await loaded(pick);
    const bucket = pick.items.find(isOf(distributions.bucket)) ?? assert.fail();
    assert.equal(bucket.detail, "$(circle-slash) S3 origins do not support origin mTLS.");
    assert.ok(sections(pick)["not available"]?.includes(bucket.label));
    await picks.choose(pick, isOf(distributions.bucket));
    await picks.mark(pick, isOf(distributions.single));
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await using;
    assert.deepEqual(ran, []);
  });

  it("is not for distributions where nothing may be changed", async () => {
    const { Global } = vscode.ConfigurationTarget;
    const set = (value: unknown) => vscode.workspace.getConfiguration("mtls").update("readOnly", value, Global);
    await set(true);
    subscriptions.push({ dispose: () => void set(undefined) });
    const using = asked(certificates.spare);
    const pick = await picks.titled("Use spare");
    await loaded(pick);
    assert.deepEqual(Object.keys(sections(pick)), ["not available"]);
    assert.match(pick.items.find(isOf(distributions.single))?.detail ?? "", /mtls\.readOnly/);
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await using;
  });

  it("is said to be in doubt, or not to be checked, where that is so", async () => {
    await account.whole(certificatesRow(region));
    for (const [arn, placeholder] of [
      [certificates.private, "Select an origin. The certificate might not be usable."],
      [certificates.spare, "Select an origin. The certificate itself was not checked."],
    ] as const) {
      if (arn === certificates.spare) await aws.sandbox.fault({ kind: "deny", operation: "GetCertificate" });
      picks.all.length = 0;
      const using = asked(arn);
      const pick = await picks.titled("Use ");
      assert.equal(pick.placeholder, placeholder);
      await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
      await using;
    }
  });

  it("is read first, and the status bar says so for as long as that takes", async () => {
    await account.whole(certificatesRow(region));
    await aws.sandbox.fault({ kind: "slow", ms: 600_000, operation: "GetCertificate" });
    const titles: unknown[] = [];
    const { withProgress } = vscode.window;
    const standing = stand("withProgress", (options, work) => {
      titles.push((options as vscode.ProgressOptions).title);
      return withProgress(options as vscode.ProgressOptions, work as () => Thenable<unknown>);
    });
    subscriptions.push(standing);
    const using = asked(certificates.spare);
    await until("what is waited for", () => titles.includes("Reading the certificate…"));
    assert.deepEqual(picks.all, []);
    await aws.sandbox.clearFaults();
    await picks.titled("Use spare");
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await using;
  });

  it("asks nothing of one that cannot be used: it says why", async () => {
    const said: string[] = [];
    subscriptions.push(stand("showWarningMessage", async (message) => void said.push(String(message))));
    await asked(certificates.expired);
    assert.match(said.join(), /cannot be used as an origin client certificate\. .*expired/);
    assert.deepEqual(picks.all, []);
  });

  it("keeps what is marked when the distributions become known, and waits for none that is loading", async () => {
    const { document } = await open("shop.json", json(wholeConfig(["one", "two"].map((id) => customOrigin({ id })))));
    await until("read", () => documents.last(document) !== undefined);
    const isTwo = ({ label }: vscode.QuickPickItem) => label === "two";
    await aws.sandbox.fault({ kind: "slow", ms: 600_000, operation: "ListDistributions" });
    const using = asked(certificates.spare);
    const pick = await picks.titled("Use spare");
    assert.ok(pick.busy);
    await picks.choose(pick, isTwo);
    await using;
    assert.deepEqual(
      ran.map(([command]) => command),
      ["mtls.enableOriginMtls"],
    );

    await aws.sandbox.clearFaults();
    picks.all.length = 0;
    const again = asked(certificates.spare);
    const next = await picks.titled("Use spare");
    await picks.mark(next, isTwo);
    await account.reload(distributionsRow);
    await until("the distributions", () => next.items.some(isOf(distributions.single)));
    assert.ok(next.activeItems.every(isTwo));
    await picks.choose(next, isTwo);
    await again;
    assert.deepEqual(ran[1], ran[0]);
  });

  it("says why the distributions are not there, with the open files all the same", async () => {
    const { document } = await open("shop.json", json(config));
    await until("read", () => documents.last(document) !== undefined);
    await aws.sandbox.fault({ kind: "deny", operation: "ListDistributions" });
    const using = asked(certificates.spare);
    const pick = await picks.titled("Use spare");
    await until("why", () => /ListDistributions/.test(pick.placeholder ?? ""));
    assert.ok(!pick.busy);
    assert.deepEqual(sections(pick)["open files"], ["shop"]);
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await using;
    assert.equal(account.listing(distributionsRow).items.length, 0);

    // Without an open file there is nothing to choose, and nobody knows whether AWS has something.
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    picks.all.length = 0;
    const again = asked(certificates.spare);
    const empty = await picks.titled("Use spare");
    await until("why", () => /ListDistributions/.test(empty.placeholder ?? ""));
    assert.deepEqual(
      empty.items.map(({ label }) => label),
      ["$(error) The open files have no origin, and the distributions in AWS could not be listed"],
    );
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await again;
  });
});

/** Remembers commands of ours in place of running them. */
function ranWith(ran: (readonly [command: string, argument: unknown])[]): vscode.Disposable {
  const original = vscode.commands.executeCommand;
  const put = (value: unknown) =>
    Object.defineProperty(vscode.commands, "executeCommand", { value, configurable: true, writable: true });
  put((command: string, ...args: readonly unknown[]) => {
    if (!command.startsWith("mtls.")) return original(command, ...args);
    ran.push([command, args[0]]);
    return Promise.resolve();
  });
  return { dispose: () => void put(original) };
}
