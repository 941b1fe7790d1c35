import * as assert from "node:assert/strict";
import * as vscode from "vscode";

describe("activation", () => {
  it("the extension under development is the one in this host", () => {
    const extension = vscode.extensions.getExtension("mtls-workbench.mtls-workbench");
    assert.ok(extension, "the extension is not in this host");
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
  });

  it("is active as soon as a JSON document is open", async () => {
    const extension = vscode.extensions.getExtension("mtls-workbench.mtls-workbench");
    await vscode.workspace.openTextDocument({ language: "json", content: "{}" });
    const end = Date.now() + 10_000;
    while (extension?.isActive !== true && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(extension?.isActive, true);
  });

  it("finds files in the workspace", async () => {
    assert.notEqual((await vscode.workspace.findFiles("**/*")).length, 0);
  });
});
