// VS Code loads this file (bundled) in its extension host and awaits `run`; @vscode/test-electron does the same.
import { appendFileSync } from "node:fs";
import { findSourceMap } from "node:module";
import { join, resolve } from "node:path";
import type { Runner, Test } from "mocha";
import { commands, Uri, workspace } from "vscode";
import type { HostLine } from "../launcher/host-tests.ts";

export async function run(): Promise<void> {
  // Mocha is an ES module, this file is bundled as CommonJS.
  const { default: Mocha } = await import("mocha");
  process.setSourceMapsEnabled(true);
  const filter = process.env["MTLS_HOST_FILTER"];
  const mocha = new Mocha({
    ui: "bdd",
    // Longer than a test waits for a single thing, so that it says what that was.
    timeout: 60_000,
    // A test that is committed with `.only` would silence the others.
    forbidOnly: true,
  });
  if (filter !== undefined) mocha.grep(new RegExp(filter.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i"));
  // The bundle of all test files: what esbuild is given without a name.
  mocha.addFile(join(__dirname, "stdin.cjs"));
  await keepEditorWorker();
  // What a folder's tree costs with every file that is written, no test is about.
  await commands.executeCommand("workbench.action.closeSidebar");
  const failures = await new Promise<number>((resolve) => report(mocha.run(resolve)));
  write({ kind: "end" });
  if (failures > 0) throw new Error(`${failures} in-host tests failed`);
}

/**
 * The editor ends its worker with its last document and starts another with the next one. That would be once or more in
 * each test, so one document is always there. VS Code lets go of it after minutes.
 */
async function keepEditorWorker(): Promise<void> {
  workspace.registerTextDocumentContentProvider("kept", { provideTextDocumentContent: () => "" });
  const open = () => workspace.openTextDocument(Uri.parse("kept:document"));
  await open();
  setInterval(open, 60_000).unref();
}

function report(runner: Runner): void {
  runner.on("pass", (test) => write({ kind: "pass", name: name(test) }));
  runner.on("pending", (test) => write({ kind: "skip", name: name(test) }));
  // Comes for a failed hook, too.
  runner.on("fail", (test, error: unknown) => write({ kind: "fail", name: name(test), detail: describe(error) }));
}

function name(test: Test): string {
  return test.titlePath().join(" › ");
}

/** The stack with the places in the TypeScript sources; VS Code's own stack traces leave source maps aside. */
function describe(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.replace(/([^\s(]+\.cjs):(\d+):(\d+)/g, (place, file: string, line: string, column: string) => {
    const origin = findSourceMap(resolve(file))?.findOrigin(Number(line), Number(column));
    return origin !== undefined && "fileName" in origin
      ? `${origin.fileName.replace("file://", "")}:${origin.lineNumber}:${origin.columnNumber}`
      : place;
  });
}

function write(line: HostLine): void {
  const file = process.env["MTLS_HOST_RESULTS"];
  if (file === undefined) console.log(JSON.stringify(line));
  else appendFileSync(file, `${JSON.stringify(line)}\n`);
}
