// What an account says of the certificates in open configs. The account is made up here: no AWS, and nothing of a
// session.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { InventorySource } from "../../../src/account/inventory-source.ts";
import type { AcmCertificate, Inventory } from "../../../src/core/inventory.ts";
import { Documents } from "../../../src/host/documents/documents.ts";
import { LateInventory, recheckWithAccount } from "../../../src/host/documents/inventory-source.ts";
import { createReader } from "../../../src/host/documents/reader.ts";
import { provideCompletions } from "../../../src/host/language/completions.ts";
import { provideHovers } from "../../../src/host/language/hovers.ts";
import { arn, cleanUp, customOrigin, json, mtlsOn, open, otherArn, replace, until, wholeConfig } from "../editor.ts";

const day = 86_400_000;

function certificate(difference: Partial<AcmCertificate> = {}): AcmCertificate {
  return {
    arn,
    region: "us-east-1",
    domainName: "client.example.com",
    alternativeNames: [],
    status: "ISSUED",
    type: "IMPORTED",
    keyAlgorithm: "RSA_2048",
    extendedKeyUsages: ["TLS_WEB_CLIENT_AUTHENTICATION"],
    notBefore: new Date(0),
    notAfter: new Date(Date.now() + 300 * day),
    inUse: true,
    managedBy: undefined,
    details: undefined,
    ...difference,
  };
}

const read: AcmCertificate["details"] = {
  unmet: [],
  subject: undefined,
  issuer: undefined,
  serial: undefined,
  inUseBy: [],
  failureReason: undefined,
};

/** An account that knows what it is told, and remembers what it was asked for. */
class Account implements InventorySource {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly asked: string[][] = [];
  #inventory: Inventory | undefined;

  current(): Inventory | undefined {
    return this.#inventory;
  }

  wanted(arns: readonly string[]): void {
    this.asked.push([...arns]);
  }

  knows(...certificates: readonly AcmCertificate[]): void {
    this.#becomes({
      takenAt: new Date(),
      account: "123456789012",
      partition: "aws",
      certificates: new Map(certificates.map((one) => [one.arn, one])),
      absent: new Set(),
      distributions: new Map(),
    });
  }

  lacks(...absent: readonly string[]): void {
    this.#becomes({
      takenAt: new Date(),
      account: "123456789012",
      partition: "aws",
      certificates: new Map(),
      absent: new Set(absent),
      distributions: new Map(),
    });
  }

  disconnects(): void {
    this.#becomes(undefined);
  }

  #becomes(inventory: Inventory | undefined): void {
    this.#inventory = inventory;
    this.#changed.fire();
  }
}

describe("an account beside open configs", () => {
  const faults: unknown[] = [];
  const log = vscode.window.createOutputChannel("mTLS Workbench, account tests", { log: true });
  let account = new Account();
  let subscriptions: vscode.Disposable[] = [];
  let inventories = new LateInventory();
  let documents: Documents;
  /** The documents judged, in order. */
  let judged: string[] = [];

  beforeEach(() => {
    account = new Account();
    inventories = new LateInventory();
    judged = [];
    const served = new Set(["Hedging"]);
    const reader = createReader(log, {
      inventories,
      servedMembers: ({ path }) => (path.endsWith("served.json") ? served : undefined),
    });
    documents = new Documents(
      () => Promise.resolve(reader),
      (error) => faults.push(error),
    );
    subscriptions = [
      documents,
      inventories,
      recheckWithAccount(documents, inventories),
      documents.onDidCheck(({ uri }) => judged.push(uri.path.split("/").at(-1) ?? "")),
    ];
    documents.start();
  });
  afterEach(async () => {
    vscode.Disposable.from(...subscriptions).dispose();
    await cleanUp();
    assert.deepEqual(faults.splice(0), []);
  });
  after(() => log.dispose());

  const rules = (document: vscode.TextDocument) => documents.last(document)?.problems.map(({ rule }) => rule.id);
  const become = (document: vscode.TextDocument, ...expected: readonly string[]) =>
    until(expected.join() || "no findings", () => rules(document)?.join() === expected.join());
  const named = (certificateArn: string) =>
    json(wholeConfig([customOrigin({ custom: { OriginMtlsConfig: { ClientCertificateArn: certificateArn } } })]));

  it("changes what is found when it is there, when more is known, and when it goes", async () => {
    const { document } = await open("account.json", json(wholeConfig([customOrigin({ custom: mtlsOn })])));
    await become(document);
    account.knows(certificate({ status: "REVOKED", details: read }));
    assert.deepEqual(rules(document), [], "nobody provided the account yet");
    inventories.provide(account);
    await become(document, "origin/client-certificate-status");
    account.knows(certificate({ details: read }));
    await become(document);
    account.lacks(arn);
    await become(document, "origin/client-certificate-absent");
    account.disconnects();
    await become(document);
  });

  it("has only those configs judged again of whose certificates it says something else", async () => {
    inventories.provide(account);
    account.knows(certificate({ details: read }));
    const first = await open("first.json", named(arn));
    await become(first.document);
    const second = await open("second.json", named(otherArn));
    await become(second.document);
    await open("none.json", json(wholeConfig()));
    await until("three", () => judged.includes("none.json"));
    judged = [];
    account.knows(certificate({ details: read, status: "INACTIVE" }));
    await become(first.document, "origin/client-certificate-status");
    assert.deepEqual(judged, ["first.json"]);
  });

  it("is asked for the certificates that documents name and it does not know, once", async () => {
    inventories.provide(account);
    const { document } = await open(
      "asked.json",
      json(
        wholeConfig([
          customOrigin({ custom: mtlsOn }),
          customOrigin({ id: "o2", custom: { OriginMtlsConfig: { ClientCertificateArn: otherArn } } }),
          customOrigin({
            id: "o3",
            custom: { OriginMtlsConfig: { ClientCertificateArn: otherArn.replace("123456789012", "210987654321") } },
          }),
        ]),
      ),
    );
    await become(document);
    assert.deepEqual(account.asked, [], "nobody is connected");
    account.knows(certificate({ details: read }));
    await until("the question", () => account.asked.length > 0);
    assert.deepEqual(account.asked, [[otherArn]]);
    judged = [];
    await replace(document, ['"Comment": ""', '"Comment": "edited"']);
    await until("another look", () => judged.length > 0);
    assert.deepEqual(account.asked, [[otherArn]], "an edit elsewhere asks nothing");
    await replace(document, [arn, arn.replace("12345678-1234", "12345678-4321")]);
    await until("the next question", () => account.asked.length > 1);
    assert.deepEqual(account.asked[1], [arn.replace("12345678-1234", "12345678-4321"), otherArn]);
  });

  it("is asked again after it was gone", async () => {
    inventories.provide(account);
    account.knows();
    const { document } = await open("again.json", json(wholeConfig([customOrigin({ custom: mtlsOn })])));
    await until("the question", () => account.asked.length === 1);
    judged = [];
    account.disconnects();
    await until("another look", () => judged.length > 0);
    account.knows();
    await until("the same question", () => account.asked.length === 2);
    assert.deepEqual(account.asked, [[arn], [arn]]);
    assert.deepEqual(rules(document), []);
  });

  it("is what completions offer, found by the domain too, and what a hover tells", async () => {
    inventories.provide(account);
    account.knows(certificate({ arn: otherArn, domainName: "late.example.com", status: "REVOKED" }), certificate());
    subscriptions.push(provideCompletions(documents, inventories), provideHovers(documents, inventories));
    const { document } = await open("offer.json", named(arn));
    const position = document.positionAt(document.getText().indexOf(arn));
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      position,
    );
    const ours = items
      .toSorted((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1))
      .flatMap(({ label, filterText, insertText, documentation }) =>
        typeof label === "object" && label.label.endsWith(".example.com")
          ? [{ label, filterText, insertText, documentation }]
          : [],
      );
    assert.deepEqual(
      ours.map(({ label }) => [label.label, label.description]),
      [
        ["client.example.com", "in this configuration · expires in 10 months · usable, not fully checked"],
        ["late.example.com", "Not usable. The certificate is revoked."],
      ],
    );
    assert.equal(ours[0]?.filterText, `"${arn}" client.example.com`);
    const [first] = ours;
    assert.equal(
      first?.insertText instanceof vscode.SnippetString ? first.insertText.value : first?.insertText,
      `"${arn}"`,
    );
    assert.match(
      String(first?.documentation),
      /^arn:aws:acm[^]*RSA 2048[^]*According to its summary in ACM, the certificate can be used/,
    );
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      position,
    );
    const texts = hovers.flatMap(({ contents }) =>
      contents.map((part) => (typeof part === "string" ? part : part.value).replaceAll(/\\(.)/gs, "$1")),
    );
    assert.ok(
      texts.some((text) =>
        /^\*\*client\.example\.com\*\*[^]*According to its summary in ACM, the certificate can be used[^]*Validity: expires in 10 months[^]*Account: 123456789012/.test(
          text,
        ),
      ),
      texts.join("\n"),
    );
  });

  it("in another account leads to another profile on hover", async () => {
    inventories.provide(account);
    account.knows();
    subscriptions.push(provideHovers(documents, inventories));
    for (const [owner, isElsewhere] of [
      ["210987654321", true],
      ["123456789012", false],
    ] as const) {
      const named = arn.replace("123456789012", owner);
      const custom = { OriginMtlsConfig: { ClientCertificateArn: named } };
      const { document } = await open(`of-${owner}.json`, json(wholeConfig([customOrigin({ custom })])));
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        document.uri,
        document.positionAt(document.getText().indexOf(named)),
      );
      const text = hovers
        .flatMap(({ contents }) => contents.map((part) => (typeof part === "string" ? part : part.value)))
        .map((part) => part.replaceAll(/\\(.)/gs, "$1"))
        .join("\n");
      assert.equal(text.includes("(command:mtls.selectProfile?"), isElsewhere, text);
      assert.equal(text.includes(`in account ${owner}, but you are connected`), isElsewhere, text);
    }
  });

  it("knows which members the service sent, of the documents made of its answers", async () => {
    const text = json(wholeConfig([customOrigin({ beside: { Hedging: { Enabled: true } } })]));
    const typed = await open("typed.json", text);
    await become(typed.document, "distribution/unknown-member");
    const served = await open("served.json", text);
    await become(served.document);
  });
});
