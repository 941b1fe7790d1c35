import * as assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import * as vscode from "vscode";
import type { Verified } from "../../../src/account/verify/verify.ts";
import { Documents } from "../../../src/host/documents/documents.ts";
import { createReader } from "../../../src/host/documents/reader.ts";
import { Previews } from "../../../src/host/editor/preview.ts";
import { type VerifyMtlsTools, verifyMtls } from "../../../src/host/verify/open.ts";
import { VerifyUser } from "../../account/verify/verify-user.ts";
import { readText } from "../../core/checking.ts";
import { createAuthority } from "../../probe/authority.ts";
import { type Origin, originStates, startOrigin } from "../../probe/node-origins.ts";
import { stand } from "../aws.ts";
import { cleanUp, customOrigin, finding, json, open, positionIn, until, wholeConfig } from "../editor.ts";
import { Picks } from "../picks.ts";

const authority = createAuthority();

function state(name: string) {
  return originStates(authority).find((one) => one.name === name) ?? assert.fail(`no state ${name}`);
}

function originAt(id: string, port: number) {
  return customOrigin({ id, domainName: "localhost", custom: { HTTPSPort: port } });
}

/** Tabs that show texts of ours, by their names. */
function reports(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === "mtls-preview");
}

async function textOf({ input }: vscode.Tab): Promise<string> {
  assert.ok(input instanceof vscode.TabInputText);
  return (await vscode.workspace.openTextDocument(input.uri)).getText();
}

describe("verifying mTLS", () => {
  let subscriptions: vscode.Disposable[] = [];
  let origins: Origin[] = [];
  let picks: Picks;
  let said: string[] = [];
  let told: Verified[] = [];
  let tools: VerifyMtlsTools;

  // The editor asks for a text who was there last: that is not to be the extension itself.
  before(async () => {
    const { document } = await open("first.json", json(wholeConfig()).replace('"Quantity": 1', '"Quantity": 7'));
    await finding(document.uri, "distribution/quantity");
    await cleanUp();
  });
  beforeEach(() => {
    const log = vscode.window.createOutputChannel("verify test", { log: true });
    const reader = createReader(log, {});
    const documents = new Documents(
      () => Promise.resolve(reader),
      (error) => assert.fail(String(error)),
    );
    documents.start();
    const previews = new Previews();
    picks = new Picks();
    [said, told, origins] = [[], [], []];
    const saying = async (message: unknown) => void said.push(String(message));
    subscriptions = [
      log,
      documents,
      previews,
      picks,
      stand("showInformationMessage", saying),
      stand("showWarningMessage", saying),
    ];
    tools = {
      ...{ documents, previews, log, isConnected: () => false },
      look: () => assert.fail("nothing is asked of AWS"),
      onVerified: (one) => void told.push(one),
    };
  });
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await cleanUp();
    vscode.Disposable.from(...subscriptions).dispose();
    await Promise.all(origins.map(({ close }) => close()));
  });

  async function started(name: string): Promise<Origin> {
    const origin = await startOrigin(state(name));
    origins.push(origin);
    return origin;
  }

  it("shows beside what the origin of a code lens does; once more, in the same place", async () => {
    const [asking, closed] = [await started("asking alone, both versions"), await started("required, both versions")];
    const config = json(wholeConfig([originAt("o1", closed.port), originAt("o2", asking.port)]));
    const { document } = await open("verify.json", config);
    const target = { uri: document.uri, config: 0, index: 0, id: "o1" };
    for (let run = 1; run <= 2; run++) {
      const done = verifyMtls("origin", [target], tools);
      const pick = await picks.titled(`Verify mTLS of localhost:${closed.port}`);
      assert.equal(pick.activeItems[0]?.label ?? pick.items[0]?.label, "$(play) Start");
      await picks.choose(pick, ({ label }) => label === "$(play) Start");
      await done;
      picks.all = [];
      const [report, another] = await until("the report", () => reports().length > 0 && reports());
      assert.ok(report !== undefined && another === undefined, "one report");
      assert.equal(report.label, `mTLS verification of localhost:${closed.port}`);
      assert.equal(report.group.viewColumn, 2);
      assert.match(await textOf(report), new RegExp(`^Mutual TLS of localhost:${closed.port}: enforced in TLS\n`));
      assert.match(said.at(-1) ?? "", /: The server asks for a client certificate in the handshake, and refused/);
      assert.equal(told.length, run);
    }
    assert.equal(told[0]?.settings.plan.port, closed.port);
  });

  it("means the origin where the cursor stands, else asks which", async () => {
    const { document } = await open("cursor.json", json(wholeConfig([originAt("o1", 1), originAt("o2", 2)])));
    const user = new VerifyUser();
    await verifyMtls("origin", [], tools, user);
    assert.deepEqual(user.labels(), ["o1", "o2", "$(server) Another server…"]);
    const shown = vscode.window.activeTextEditor ?? assert.fail("no editor");
    assert.equal(shown.document, document);
    const at = positionIn(document, '"o2"');
    shown.selection = new vscode.Selection(at, at);
    const other = new VerifyUser();
    await verifyMtls("origin", [document.uri], tools, other);
    assert.equal(other.asked[0]?.title, "Verify mTLS of localhost:2");
  });

  it("means the origin of a row as CloudFront has it, and asks for one of a distribution", async () => {
    const text = json(wholeConfig([originAt("o1", 1), originAt("o2", 2)]));
    const looked = { id: "E1", version: "ETAG", domainName: undefined, facts: readText(text) };
    const inAccount = { ...tools, look: async () => looked };
    const user = new VerifyUser();
    await verifyMtls("origin", [{ kind: "origin", distribution: "E1", origin: "o2" }], inAccount, user);
    assert.equal(user.asked[0]?.title, "Verify mTLS of localhost:2");
    const other = new VerifyUser();
    await verifyMtls("origin", [{ kind: "distribution", id: "E1" }], inAccount, other);
    assert.deepEqual(other.labels(), ["o1", "o2", "$(server) Another server…"]);
    const viewers = new VerifyUser();
    await verifyMtls("endpoint", [{ kind: "distribution", id: "E1" }], inAccount, viewers);
    assert.match(viewers.said[0]?.message ?? "", /Viewer mTLS is off/);
    // A row that was drawn anew since: the editor was not meant.
    const gone = new VerifyUser();
    gone.choices = ["A distribution of the account"];
    await verifyMtls("origin", [undefined], { ...inAccount, isConnected: () => true }, gone);
    assert.deepEqual(gone.labels(), ["o1", "o2", "$(server) Another server…"]);
  });

  it("asks for a server where there is nothing else", async () => {
    const user = new VerifyUser();
    await verifyMtls("origin", [], tools, user);
    assert.deepEqual(
      user.entered.map(({ title }) => title),
      ["Server to Verify"],
    );
  });

  it("ends at once when it is cancelled, and shows nothing", async () => {
    const silent = createServer(() => user.stop.abort()).listen(0, "127.0.0.1");
    await once(silent, "listening");
    origins.push({ port: 0, close: async () => void silent.close() });
    const user = new VerifyUser();
    user.choices = ["Start"];
    user.texts = [`127.0.0.1:${(silent.address() as AddressInfo).port}`];
    await verifyMtls("origin", [], tools, user);
    assert.deepEqual([user.shown, user.said, told], [[], [], []]);
    assert.equal(user.progressed.length > 0, true);
  });

  it("connects to nothing in a workspace that is not trusted", async () => {
    const original = Object.getOwnPropertyDescriptor(vscode.workspace, "isTrusted");
    Object.defineProperty(vscode.workspace, "isTrusted", { get: () => false, configurable: true });
    try {
      const user = new VerifyUser();
      await verifyMtls("origin", [], tools, user);
      assert.match(user.said[0]?.message ?? "", /untrusted workspace/);
      assert.deepEqual([user.asked, user.entered], [[], []]);
    } finally {
      if (original === undefined) Reflect.deleteProperty(vscode.workspace, "isTrusted");
      else Object.defineProperty(vscode.workspace, "isTrusted", original);
    }
  });
});
