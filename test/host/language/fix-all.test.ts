import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { fixAll } from "../../../src/core/fixes.ts";
import { read } from "../../../src/core/read.ts";
import { check } from "../../../src/core/rules/check.ts";
import type { Checked } from "../../../src/host/documents/documents.ts";
import { contextFor } from "../../../src/host/documents/reader.ts";
import { fixAllEdits } from "../../../src/host/language/fix-all.ts";
import { largeDocuments } from "../../core/large-documents.ts";

describe("fixing all of a large document", () => {
  const log = vscode.window.createOutputChannel("fix all", { log: true });
  const onFault = (_: string, error: unknown) => assert.fail(String(error));
  const text = largeDocuments["origins with a wrong Quantity"].text(1_500);
  const open = async (): Promise<Checked> => {
    const document = await vscode.workspace.openTextDocument({ language: "plaintext", content: text });
    const facts = read({ text, syntax: "json", name: "" });
    return { document, version: document.version, facts, problems: check(facts, contextFor(document.uri), onFault) };
  };
  it("comes to what it comes to at once", async () => {
    const checked = await open();
    const edits = await fixAllEdits(checked, log, new vscode.CancellationTokenSource().token);
    const expected = fixAll(checked.facts, contextFor(checked.document.uri), onFault);
    assert.equal(expected.applied, 1_500);
    const edit = new vscode.WorkspaceEdit();
    edit.set(checked.document.uri, edits ?? []);
    await vscode.workspace.applyEdit(edit);
    assert.equal(checked.document.getText(), expected.text);
  });

  it("is given up where it is canceled, or the document changes", async () => {
    const checked = await open();
    const source = new vscode.CancellationTokenSource();
    const canceled = fixAllEdits(checked, log, source.token);
    source.cancel();
    assert.equal(await canceled, undefined);

    let { version } = checked;
    const document = Object.create(checked.document, { version: { get: () => version } }) as vscode.TextDocument;
    const changed = fixAllEdits({ ...checked, document }, log, new vscode.CancellationTokenSource().token);
    version += 1;
    assert.equal(await changed, undefined);
  });
});
