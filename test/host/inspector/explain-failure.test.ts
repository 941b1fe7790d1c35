import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { noUse } from "../../../src/core/truststore/use.ts";
import { explainFailure } from "../../../src/host/inspector/explain-failure.ts";
import { stand } from "../aws.ts";
import { cleanUp, customOrigin, json, open, until, wholeConfig } from "../editor.ts";
import { authority, client } from "../pem-files.ts";

describe("Explain TLS Failure", () => {
  let standing: vscode.Disposable[] = [];
  afterEach(async () => {
    for (const one of standing) one.dispose();
    standing = [];
    await cleanUp();
  });

  const shown = (): vscode.TextDocument | undefined => {
    const document = vscode.window.activeTextEditor?.document;
    return document?.uri.scheme === "mtls-preview" ? document : undefined;
  };

  it("explains the selection by what is open, without a word of the selected text", async () => {
    const root = authority("CN=Clients Root");
    await open("store.pem", authority("CN=Other Root").pem);
    await open("client.pem", client("CN=client.example.com", { issuer: root }).pem);
    await open("site.json", json(wholeConfig([customOrigin()])));
    const log = "x-secret: s3cr3t-value\nError: SSL alert number 48\nGET /\nError: socket hang up far away\n";
    const editor = await open("failures.log", log);
    editor.selection = new vscode.Selection(0, 0, 2, 0);
    await vscode.commands.executeCommand("mtls.explainFailure");
    const document = await until("the explanation", shown);
    const text = document.getText();
    assert.match(text, /^Line 2\r?\nThe server does not trust the issuer of the client certificate\./);
    assert.match(text, /The trust store “store\.pem” does not accept “client\.example\.com” of “client\.pem”\./);
    assert.ok(!text.includes("s3cr3t"), text);
    assert.ok(!text.includes("closed without a reason"), text);
    assert.equal(document.languageId, "mtls-report");
  });

  /** What is typed, or nothing: then what is offered counts. */
  async function asked(copied: string, typed?: string): Promise<{ readonly offered: string; readonly text: string }> {
    const before = await vscode.env.clipboard.readText();
    let [offered, text] = ["", ""];
    standing.push(
      stand("showInputBox", (options) => {
        offered = (options as vscode.InputBoxOptions).value ?? "";
        return Promise.resolve(typed ?? offered);
      }),
    );
    try {
      await vscode.env.clipboard.writeText(copied);
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await explainFailure({
        documents: { current: () => Promise.resolve(undefined) },
        previews: {
          showText: (_: string, said: string) => {
            text = said;
            return Promise.resolve();
          },
        },
        useOf: () => noUse,
      });
    } finally {
      await vscode.env.clipboard.writeText(before);
    }
    return { offered, text };
  }

  it("offers the clipboard where it tells of a failure, and explains all its lines", async () => {
    const { offered, text } = await asked("first\nError: connect ECONNREFUSED 192.0.2.1:443\n");
    assert.equal(offered, "first Error: connect ECONNREFUSED 192.0.2.1:443 ");
    assert.match(text, /^Line 2\nThere was no connection to the server\./);
  });

  it("offers nothing of a clipboard that holds something else, and says what it understands", async () => {
    const { offered, text } = await asked("correct horse battery staple", "what is this?");
    assert.equal(offered, "");
    assert.match(text, /^No failure of TLS was recognized[^]*What is understood:/);
  });

  it("shows nothing where nothing is typed", async () => {
    assert.equal((await asked("", "")).text, "");
  });
});
