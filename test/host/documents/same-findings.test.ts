// What the editor finds in files, and what the command line does: on every fixture of the rules, by the built extension
// and the built program.
import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { join, sep } from "node:path";
import * as vscode from "vscode";
import type { JsonReport } from "../../../src/cli/formats/json.ts";
import { extensionId } from "../../../src/manifest.ts";
import { cleanUp, configure, findings, folder, ruleOf, until } from "../editor.ts";

const severities = ["error", "warning", "info", "hint"] as const;

function project(): string {
  const found = vscode.extensions.getExtension(extensionId);
  assert.ok(found, "the extension is not there");
  return found.extensionPath;
}

/** The report of the program, in the folder that the editor shows. */
async function reportOf(...args: readonly string[]): Promise<JsonReport> {
  const program = join(project(), "dist/cli/mtls-check.js");
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [program, "--format", "json", ...args],
      // On the desktop it is the editor's own program.
      { cwd: folder().fsPath, env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" }, maxBuffer: 1e9 },
      // It ends with 1, because there are findings.
      (_, stdout) => resolve(stdout),
    );
  });
  return JSON.parse(output);
}

/** As a line each, in any order: an editor tells no order of those at one place. */
function fromEditor(uri: vscode.Uri): readonly string[] {
  return findings(uri)
    .map((found) => {
      const { range, severity, message, relatedInformation = [] } = found;
      const place = ({ start, end }: vscode.Range) =>
        [start.line + 1, start.character + 1, end.line + 1, end.character + 1].join(":");
      const related = relatedInformation.map((one) => `${place(one.location.range)} ${one.message}`);
      return [place(range), severities[severity], ruleOf(found), message, ...related].join(" | ");
    })
    .sort();
}

function fromProgram({ findings }: JsonReport["files"][number]): readonly string[] {
  return findings
    .map(({ range, severity, rule, message, related }) => {
      const place = (one: typeof range) =>
        one === null ? "" : [one.start.line, one.start.column, one.end.line, one.end.column].join(":");
      const others = related.map((one) => `${place(one.range)} ${one.message}`);
      return [place(range), severity, rule, message, ...others].join(" | ");
    })
    .sort();
}

describe("the command line", () => {
  const copies = "fixtures";

  afterEach(async () => {
    await configure("files.exclude", undefined);
    await rm(join(folder().fsPath, copies), { recursive: true, force: true });
    await cleanUp();
  });

  it("finds in every fixture of the rules what the editor finds", async () => {
    const rules = join(project(), "test/rules");
    const fixtures = globSync("*/*/{bad,good}-*.{json,jsonc,yaml,pem}", { cwd: rules }).filter(
      (name) => !/\.(fixed|before)\.\w+$/.test(name),
    );
    assert.ok(fixtures.length > 1_000, `${fixtures.length} fixtures`);
    const wanted = new Set(fixtures.map((name) => join(rules, name)));
    const isFolder = (path: string) => path.slice(rules.length).split(sep).length <= 3;
    await cp(rules, join(folder().fsPath, copies), {
      recursive: true,
      filter: (path) => isFolder(path) || wanted.has(path),
    });
    let isDone = false;
    void vscode.commands.executeCommand("mtls.checkWorkspace").then(() => (isDone = true));
    const report = await reportOf(copies);
    await until("the end of the check", async () => {
      await vscode.commands.executeCommand("notifications.clearAll");
      return isDone;
    });
    const byPath = new Map(report.files.map((file) => [file.path, file]));
    let found = 0;
    for (const name of fixtures) {
      const path = `${copies}/${name.split(sep).join("/")}`;
      const file = byPath.get(path);
      const [editor, program] = [fromEditor(vscode.Uri.joinPath(folder(), path)), file ? fromProgram(file) : []];
      assert.deepEqual(program, editor, path);
      found += editor.length;
    }
    assert.ok(found > 1_000, `${found} findings`);
  });
});
