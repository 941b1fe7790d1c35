// What the editor finds in files, and what the command line does: on every fixture of the rules, by what the command
// *Check Workspace* asks of each file, and by the built program.
import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import * as vscode from "vscode";
import type { JsonReport } from "../../../src/cli/formats/json.ts";
import { lookInto } from "../../../src/host/documents/check-workspace.ts";
import { Signatures } from "../../../src/host/documents/signatures.ts";
import { positionsIn, toDiagnostic } from "../../../src/host/editor/convert.ts";
import { createLog } from "../../../src/host/editor/log.ts";
import { extensionId } from "../../../src/manifest.ts";
import { ruleOf } from "../editor.ts";

const severities = ["error", "warning", "info", "hint"] as const;

function project(): string {
  const found = vscode.extensions.getExtension(extensionId);
  assert.ok(found, "the extension is not there");
  return found.extensionPath;
}

/** The report of the program on what is in a folder. */
async function reportOf(cwd: string, ...args: readonly string[]): Promise<JsonReport> {
  const program = join(project(), "dist/cli/mtls-check.js");
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [program, "--format", "json", "--no-config", ...args],
      // On the desktop it is the editor's own program.
      { cwd, env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" }, maxBuffer: 1e9 },
      // It ends with 1, because there are findings.
      (_, stdout) => resolve(stdout),
    );
  });
  return JSON.parse(output);
}

/** As a line each, in any order: an editor tells no order of those at one place. */
function fromEditor(diagnostics: readonly vscode.Diagnostic[]): readonly string[] {
  return diagnostics
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
  it("finds in every fixture of the rules what the editor finds", async () => {
    const rules = join(project(), "test/rules");
    const log = createLog();
    const signatures = new Signatures(log);
    try {
      const report = await reportOf(rules, "*/*/{bad,good}-*.{json,jsonc,yaml,pem}");
      const byPath = new Map(report.files.map((file) => [file.path, file]));
      let found = 0;
      const fixtures = globSync("*/*/{bad,good}-*.{json,jsonc,yaml,pem}", { cwd: rules });
      for (const name of fixtures) {
        const uri = vscode.Uri.file(join(rules, name));
        const looked = await lookInto(uri, readFileSync(uri.fsPath), { signatures, log });
        const diagnostics =
          looked.kind === "ours"
            ? looked.problems.map((problem) => toDiagnostic(problem, uri, positionsIn(looked.text)))
            : [];
        const file = byPath.get(name.split(sep).join("/"));
        assert.deepEqual(file === undefined ? [] : fromProgram(file), fromEditor(diagnostics), name);
        found += diagnostics.length;
      }
      assert.ok(fixtures.length > 1_000 && found > 1_000, `${found} findings in ${fixtures.length} fixtures`);
    } finally {
      signatures.dispose();
      log.dispose();
    }
  });
});
