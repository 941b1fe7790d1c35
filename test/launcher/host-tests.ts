import { existsSync, globSync } from "node:fs";
import { cp, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { build } from "esbuild";
import { removeFolder, temporaryFolder } from "./folders.ts";
import { cacheFolder, hostTestsFolder, projectFolder, sampleFolder } from "./places.ts";
import type { Failure, Outcome, Skip } from "./report.ts";
import { plainSettings, writeSettings } from "./server.ts";

/** One line of the file in which test/host/index.ts reports; `end` proves that it came to its end. */
export type HostLine =
  | { readonly kind: "pass"; readonly name: string }
  | { readonly kind: "fail"; readonly name: string; readonly detail: string }
  | { readonly kind: "skip"; readonly name: string }
  | { readonly kind: "end" };

/** These tests look at what VS Code knows, not at what it shows. */
const editorAlone = {
  "workbench.editor.showTabs": "none",
  "workbench.statusBar.visible": false,
  "workbench.activityBar.location": "hidden",
  "workbench.layoutControl.enabled": false,
  "window.commandCenter": false,
  "window.menuBarVisibility": "hidden",
};

const hostLog = join(cacheFolder, "host.log");

/** Runs test/host in the extension host of the VS Code at `executable`; undefined: the one that is downloaded. */
export async function runHostTests({
  executable,
  filter,
}: {
  executable: string | undefined;
  filter: string | undefined;
}): Promise<Outcome> {
  const run = await temporaryFolder("host");
  try {
    const [workspace, userData, bundle, results] = [
      join(run, "workspace"),
      join(run, "user-data"),
      join(run, "tests"),
      join(run, "results.jsonl"),
    ];
    const files = await bundleTests(bundle);
    await cp(sampleFolder, workspace, { recursive: true });
    await writeSettings(userData, { ...plainSettings, ...editorAlone });
    await rm(hostLog, { force: true });
    let problem: unknown;
    try {
      await runTests({
        ...(executable === undefined ? {} : { vscodeExecutablePath: executable }),
        extensionDevelopmentPath: projectFolder,
        extensionTestsPath: join(bundle, "index.cjs"),
        extensionTestsEnv: {
          ...withoutAccount(),
          MTLS_HOST_RESULTS: results,
          MTLS_HOST_LOG: hostLog,
          MTLS_HOST_DATA: userData,
          ...(filter === undefined ? {} : { MTLS_HOST_FILTER: filter }),
        },
        launchArgs: [workspace, `--user-data-dir=${userData}`, `--extensions-dir=${join(run, "extensions")}`],
      });
    } catch (error) {
      problem = error;
    }
    return await readResults(results, problem, files);
  } finally {
    await removeFolder(run);
  }
}

/** How many in-host tests there are, for a platform that cannot run them: counted in the source. */
export async function countHostTests(): Promise<number> {
  let count = 0;
  for (const file of hostTestFiles()) count += (await readFile(file, "utf8")).match(/^\s*it\(/gm)?.length ?? 0;
  return count;
}

function hostTestFiles(): string[] {
  return globSync(join(hostTestsFolder, "**/*.test.ts")).sort();
}

/**
 * VS Code loads CommonJS: index.cjs, and beside it one bundle of all test files, because most of what each of them
 * imports is the same.
 */
async function bundleTests(outdir: string): Promise<number> {
  const files = hostTestFiles();
  if (files.length === 0) throw new Error(`There is no test in ${hostTestsFolder}.`);
  // What starting up costs can be seen only before anything else has happened.
  files.sort((one, other) => Number(isFirst(other)) - Number(isFirst(one)));
  await build({
    entryPoints: [join(hostTestsFolder, "index.ts")],
    stdin: {
      contents: files.map((file) => `import ${JSON.stringify(file)};`).join("\n"),
      resolveDir: hostTestsFolder,
      sourcefile: "all-tests.ts",
    },
    outbase: hostTestsFolder,
    outdir,
    entryNames: "[name]",
    bundle: true,
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    external: ["vscode", "mocha"],
    // CommonJS has no import.meta; what is beside a source it finds from the bundle upwards.
    define: { "import.meta.dirname": "__dirname", "import.meta.url": "__filename" },
    sourcemap: "inline",
    logLevel: "warning",
  });
  return files.length;
}

function isFirst(file: string): boolean {
  return basename(file) === "activation-cost.test.ts";
}

async function readResults(file: string, problem: unknown, files: number): Promise<Outcome> {
  const lines = existsSync(file)
    ? (await readFile(file, "utf8"))
        .trimEnd()
        .split("\n")
        .map((line): HostLine => JSON.parse(line))
    : [];
  const failures: Failure[] = [];
  const skips: Skip[] = [];
  let passed = 0;
  for (const line of lines) {
    if (line.kind === "pass") passed += 1;
    else if (line.kind === "fail") failures.push({ name: line.name, detail: line.detail });
    else if (line.kind === "skip") skips.push({ name: line.name, reason: "skipped in its source", count: 1 });
  }
  const ended = lines.at(-1)?.kind === "end";
  const log = existsSync(hostLog)
    ? `\nThe consoles of the workbench and the host: .vscode-test/${basename(hostLog)}`
    : "";
  if (!ended)
    failures.push({ name: "The extension host did not come to the end of its tests", detail: `${problem}${log}` });
  else if (problem !== undefined && failures.length === 0)
    failures.push({ name: "VS Code ended with a failure after its tests", detail: `${problem}${log}` });
  else if (passed + failures.length + skips.length === 0)
    failures.push({ name: `No in-host test ran from ${files} files`, detail: log });
  return { passed, failures, skips };
}

/** A test must not find the developer's AWS account. */
function withoutAccount(): Record<string, undefined> {
  return Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => name.startsWith("AWS_"))
      .map((name) => [name, undefined]),
  );
}
