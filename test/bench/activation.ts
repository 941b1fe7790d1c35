// What the extension costs at start-up: the bytes its entry point loads, and its activation against an empty
// extension's, in extension hosts of one VS Code, in turn. Prints a table; exit code 1 where a target is missed. With
// --json it tells its figures.

import { cp, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import manifest from "../../package.json" with { type: "json" };
import { extensionId } from "../../src/manifest.ts";
import { launchBrowser, newPage } from "../launcher/browser.ts";
import { removeFolder, temporaryFolder } from "../launcher/folders.ts";
import { runScript } from "../launcher/npm.ts";
import { projectFolder } from "../launcher/places.ts";
import { prepareBrowser } from "../launcher/prepare-browser.ts";
import { prepareVscode } from "../launcher/prepare-vscode.ts";
import { startServer, writeSettings } from "../launcher/server.ts";
import { asked, tell } from "./figures.ts";

const { json, brief } = asked();
const mostBytes = 40_000;
/** Pairs of extension hosts to ask: VS Code takes one extension under development at a time. */
const pairs = brief ? 3 : 9;
const unwanted = /jsonc-parser|@aws-sdk|@smithy|@peculiar|\/yaml\/|src\/core\/(?!telling|facts)/;

interface Meta {
  readonly outputs: Record<
    string,
    {
      readonly bytes: number;
      readonly imports: readonly { readonly path: string; readonly kind: string }[];
      readonly inputs: Record<string, unknown>;
    }
  >;
}

/** The entry point and everything it imports before it runs. */
async function loadedAtStart(): Promise<{ bytes: number; inputs: string[] }> {
  const meta: Meta = JSON.parse(await readFile(join(projectFolder, "dist/meta.json"), "utf8"));
  const seen = new Set<string>();
  const visit = (path: string): void => {
    const output = meta.outputs[path];
    if (output === undefined || seen.has(path)) return;
    seen.add(path);
    for (const other of output.imports) if (other.kind === "import-statement") visit(other.path);
  };
  visit("dist/extension.js");
  const outputs = [...seen].flatMap((path) => meta.outputs[path] ?? []);
  return {
    bytes: outputs.reduce((sum, { bytes }) => sum + bytes, 0),
    inputs: outputs.flatMap(({ inputs }) => Object.keys(inputs)),
  };
}

interface Times {
  readonly ours: number;
  readonly empty: number;
}

async function activationTimes(): Promise<Times[]> {
  const [vscode, prepared] = [await prepareVscode(), await prepareBrowser()];
  const run = await temporaryFolder("bench");
  const server = await startServer({ entry: vscode.entry, trustEverything: true });
  const browser = await launchBrowser(prepared, "as users do");
  try {
    await writeSettings(server.userDataFolder, {});
    // VS Code opens JSON documents of its own at start, which would wake ours up: both wait to be told.
    const asleep = { activationEvents: ["onCommand:bench.never"] };
    const [ours, empty] = [join(run, "ours"), join(run, "empty")];
    await cp(join(projectFolder, "dist"), join(ours, "dist"), { recursive: true });
    await writeFile(join(ours, "package.json"), JSON.stringify({ ...manifest, ...asleep }));
    await mkdir(empty);
    await writeFile(
      join(empty, "package.json"),
      JSON.stringify({
        name: "empty",
        publisher: "bench",
        version: "1.0.0",
        type: "module",
        main: "./extension.js",
        engines: manifest.engines,
        ...asleep,
      }),
    );
    await writeFile(
      join(empty, "extension.js"),
      'import * as vscode from "vscode";\nexport function activate() { return vscode.version; }\n',
    );
    const tests = join(run, "measure.cjs");
    await build({
      entryPoints: [join(import.meta.dirname, "measure-activation.ts")],
      outfile: tests,
      bundle: true,
      format: "cjs",
      platform: "node",
      external: ["vscode"],
      logLevel: "warning",
    });
    const times: Times[] = [];
    const measure = async (extension: string, id: string): Promise<number> => {
      const folder = await mkdtemp(join(run, "workspace-"));
      await writeFile(join(folder, "extension.txt"), id);
      const page = await newPage(browser, {});
      const ended = new Promise<void>((resolve) => {
        void page.exposeFunction("codeAutomationExit", () => resolve());
      });
      await page.exposeFunction("codeAutomationLog", () => {});
      await page.goto(server.page({ folder, extension, tests }));
      await ended;
      await page.context().close();
      return Number(await readFile(join(folder, "milliseconds.txt"), "utf8"));
    };
    for (let pair = 0; pair < pairs; pair++) {
      times.push({ ours: await measure(ours, extensionId), empty: await measure(empty, "bench.empty") });
    }
    return times;
  } finally {
    await browser.close();
    await server.stop();
    await removeFolder(run);
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

const built = await runScript("build");
if (built.exitCode !== 0) throw new Error(built.output);
const { bytes, inputs } = await loadedAtStart();
const strangers = inputs.filter((input) => unwanted.test(input));
const times = await activationTimes();
const ratios = times.map(({ ours, empty }) => ours / empty);
if (json) {
  tell([
    { id: "activation-bytes", text: "bytes loaded at start", value: bytes, exact: true },
    { id: "activation", text: "activation ÷ an empty extension's", value: median(ratios) },
  ]);
  process.exit(0);
}
const small = bytes < mostBytes && strangers.length === 0;
console.log(
  `${small ? "✓" : "✗"} loaded at start: ${bytes} bytes (target < ${mostBytes}) from ${inputs.length} sources${strangers.length === 0 ? "" : `, among them ${strangers.join(", ")}`}`,
);
console.log(
  `  activation ÷ an empty extension's, ${pairs} pairs of hosts: median ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}); medians ${median(times.map(({ ours }) => ours)).toFixed(1)} ms and ${median(times.map(({ empty }) => empty)).toFixed(1)} ms`,
);
process.exit(small ? 0 : 1);
