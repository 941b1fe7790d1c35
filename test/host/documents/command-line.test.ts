// What the editor brings for the command line: the schema of its settings, and what it makes of a task's output.
import * as assert from "node:assert/strict";
import { join } from "node:path";
import * as vscode from "vscode";
import { extensionId } from "../../../src/manifest.ts";
import { cleanUp, folder, open, until, write } from "../editor.ts";

describe("mtls-check in the editor", () => {
  afterEach(cleanUp);

  it("completes and checks the settings of the command line", async () => {
    const text = '{\n  "mtls.rules": { "origin/mtls-host": "of" },\n  \n}\n';
    const { document } = await open("mtls-check.json", text);
    const told = await until("what is wrong in the settings", () => {
      const found = vscode.languages.getDiagnostics(document.uri).filter(({ message }) => message.includes('"off"'));
      return found.length > 0 ? found : undefined;
    });
    assert.equal(document.getText(told[0]?.range), '"of"');
    const offered = await until("what can be set", async () => {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        document.uri,
        new vscode.Position(2, 2),
      );
      return items.length > 0 ? items : undefined;
    });
    const labels = offered.map(({ label }) => (typeof label === "string" ? label : label.label));
    for (const name of ["mtls.suppress", "mtls.expiryWarningDays", "mtls.purposes"])
      assert.ok(labels.includes(name), name);
  });

  it("shows what a task with the problem matcher prints", async () => {
    const uri = await write("by-task.json", '{\n  "OriginProtocolPolicy": "http-only",\n  "OriginMtlsConfig": {}\n}\n');
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension);
    const program = join(extension.extensionPath, "dist/cli/mtls-check.js");
    const task = new vscode.Task(
      { type: "process" },
      vscode.workspace.workspaceFolders?.[0] ?? vscode.TaskScope.Workspace,
      "check",
      "mtls-check",
      new vscode.ProcessExecution(process.execPath, [program, "by-task.json"], {
        cwd: folder().fsPath,
        env: { ELECTRON_RUN_AS_NODE: "1" },
      }),
      "$mtls-check",
    );
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Never };
    await vscode.tasks.executeTask(task);
    const told = await until("a problem of the task", () =>
      vscode.languages.getDiagnostics(uri).find(({ source }) => source === "mtls-check"),
    );
    assert.equal(told.severity, vscode.DiagnosticSeverity.Error);
  });
});
