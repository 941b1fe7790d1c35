// What `npm pack` makes of the project, in the hands of somebody who has nothing but it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, realpath, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import manifest from "../../package.json" with { type: "json" };
import type * as Api from "../../src/cli/api.ts";
import { check } from "../../src/cli/check-text.ts";
import { removeFolder } from "../launcher/folders.ts";
import { install, pack } from "../launcher/npm.ts";
import { projectFolder } from "../launcher/places.ts";

const run = promisify(execFile);
const sample = join(projectFolder, "test/workspace/from-the-guide.json");

describe("the package", () => {
  let folder = "";

  before(async () => {
    // Not below the project, whose packages would be found.
    folder = await realpath(await mkdtemp(join(tmpdir(), "mtls-package-")));
    await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }');
    await pack(folder);
    await install(folder, [`./${manifest.name}-${manifest.version}.tgz`]);
  });
  after(() => removeFolder(folder));

  test("holds one program, its types, and what is to be read", () => {
    const installed = join(folder, "node_modules", manifest.name);
    const files = readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(installed.length + 1)
          .replaceAll(sep, "/"),
      )
      .sort();
    assert.equal(`${files.join("\n")}\n`, readFileSync(join(import.meta.dirname, "package-files.golden.txt"), "utf8"));
  });

  test("takes of Node what opens no connection and starts no program, but for the file that probes", () => {
    const check = modulesIn("mtls-check.js");
    assert.deepEqual(check.modules, [
      "crypto",
      "fs",
      "fs/promises",
      "os",
      "path",
      "timers/promises",
      "url",
      "util",
      "worker_threads",
    ]);
    // And this needs no module.
    assert.doesNotMatch(check.program, /\bfetch\(|\bnew (?:WebSocket|EventSource|XMLHttpRequest)\b/);
    assert.deepEqual(modulesIn("mtls-probe.js").modules, [
      "crypto",
      "dns/promises",
      "fs",
      "net",
      "path",
      "stream",
      "tls",
      "util",
    ]);
  });

  function modulesIn(file: string): { readonly program: string; readonly modules: readonly string[] } {
    const program = readFileSync(join(folder, "node_modules", manifest.name, "dist/cli", file), "utf8");
    const taken = [...program.matchAll(/\}\s*from\s*"([\w:@/.-]+)"|\b(?:import|require)\("([\w:@/.-]+)"\)/g)];
    const modules = new Set(taken.map(([, from, called]) => (from ?? called ?? "").replace(/^node:/, "")));
    return { program, modules: [...modules].sort() };
  }

  test("brings nothing else along", () => {
    const visible = readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."));
    assert.deepEqual(visible, [manifest.name]);
    for (const kind of ["dependencies", "optionalDependencies", "peerDependencies"])
      assert.ok(!(kind in manifest), kind);
  });

  test("is run by its name", async () => {
    const program = join(folder, "node_modules/.bin", process.platform === "win32" ? "mtls-check.cmd" : "mtls-check");
    const { stdout } = await run(program, ["--version"], { shell: process.platform === "win32" });
    assert.equal(stdout, `${manifest.version}\n`);
  });

  test("finds what the project finds, for a program that imports it", async () => {
    const path = createRequire(join(folder, "program.js")).resolve(manifest.name);
    assert.ok(path.startsWith(folder), path);
    const imported: typeof Api = await import(pathToFileURL(path).href);
    const options = { path: "from-the-guide.json", now: new Date("2026-12-01T00:00:00Z"), fix: true };
    const content = readFileSync(sample);
    assert.deepEqual(await imported.check(content, options), await check(content, options));
  });

  test("has types for strict programs, whatever looks for them, and for the example of its page", async () => {
    const page = readFileSync(join(projectFolder, "docs/mtls-check.md"), "utf8");
    await writeFile(join(folder, "program.ts"), program);
    await writeFile(join(folder, "example.ts"), /```ts\n(.*?)```/s.exec(page)?.[1] ?? assert.fail("no example"));
    const node = { types: ["node"], typeRoots: [join(projectFolder, "node_modules/@types")] };
    const projects = [
      { name: "node16", file: "program.ts", how: { module: "node16", moduleResolution: "node16", types: [] } },
      { name: "bundler", file: "program.ts", how: { module: "esnext", moduleResolution: "bundler", types: [] } },
      { name: "example", file: "example.ts", how: { module: "node16", moduleResolution: "node16", ...node } },
    ];
    for (const { name, file, how } of projects) {
      const compilerOptions = { ...how, strict: true, target: "es2022", lib: ["es2022"], noEmit: true };
      await writeFile(join(folder, `${name}.json`), JSON.stringify({ compilerOptions, files: [file] }));
    }
    const tsc = join(projectFolder, "node_modules/typescript/bin/tsc");
    const names = projects.map(({ name }) => `${name}.json`);
    await run(process.execPath, [tsc, "-b", ...names], { cwd: folder }).catch((error: unknown) =>
      assert.fail(
        typeof error === "object" && error !== null && "stdout" in error ? String(error.stdout) : String(error),
      ),
    );
  });

  test("is built wherever it is packed from: in a checkout, and by npm from a Git repository", () => {
    assert.match(manifest.scripts.prepare, /&& npm run --silent build:check$/);
    assert.match(manifest.scripts.build, /npm run build:check$/);
  });
});

/** All that is there is used, as it is meant to be. */
const program = `
import { type CheckOptions, type CheckResult, check, type Finding, type Severity } from "mtls-workbench";

const settings = { "mtls.expiryWarningDays": 30 };
const options: CheckOptions = { path: "config.json", now: new Date(), settings, fix: true };
const result: CheckResult = await check("{}", options);
const bytes = await check(new Uint8Array());
const worst: Severity | undefined = result.findings.map(({ severity }: Finding) => severity)[0];
export const line: number | undefined = bytes.findings[0]?.range?.start.line;
export const text: string | undefined = result.fixed?.text;
export const fixes: readonly boolean[] | undefined = result.findings[0]?.fixes.map(({ safe }) => safe);

// @ts-expect-error a time is no text
await check("{}", { now: "2026-12-01" });
// @ts-expect-error nothing of a result can be changed
result.isChecked = worst === "error";
`;
