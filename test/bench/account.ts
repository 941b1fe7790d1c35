// What an account of 2,500 certificates and 500 distributions costs the extension host, against the bare SDK that lists
// the same in another host of the same VS Code, in turn; and what opening the view adds, against a tree view of one
// row.
// Prints a table; exit code 1 where a target is missed. With --json it tells its figures.

import { existsSync, statSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type BuildOptions, build } from "esbuild";
import type { Page } from "playwright-core";
import manifest from "../../package.json" with { type: "json" };
import { extensionId } from "../../src/manifest.ts";
import { launchBrowser, newPage } from "../launcher/browser.ts";
import { removeFolder, temporaryFolder } from "../launcher/folders.ts";
import { runScript } from "../launcher/npm.ts";
import { projectFolder } from "../launcher/places.ts";
import { prepareBrowser } from "../launcher/prepare-browser.ts";
import { prepareVscode } from "../launcher/prepare-vscode.ts";
import { startServer, writeSettings } from "../launcher/server.ts";
import { startSandbox } from "../sandbox/client.ts";
import { asked, tell } from "./figures.ts";
import type { Measured, Order } from "./measure-account.ts";

const { json, brief } = asked();
/** CPU and heap beyond the bare SDK's, a block in milliseconds, opening the view in openings of a view of one row. */
const most = { cpu: 0.25, heap: 0.25, block: 50, opening: 5 };
/** Of hosts, each with a page of its own, behind one that is only looked at. */
const rounds = brief ? 3 : 5;
const sdk = /node_modules\/(@aws-sdk|@smithy|@aws-crypto)\//;
const lists = ["GetCallerIdentity", "ListCertificates", "ListDistributions"];

interface Meta {
  readonly outputs: Readonly<
    Record<
      string,
      {
        readonly bytes: number;
        readonly imports: readonly { readonly path: string; readonly kind: string }[];
        readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
      }
    >
  >;
}

interface Opening {
  /**
   * In milliseconds, from the click on the view's icon: the first row, the first below a list, and all that was asked
   * for.
   */
  readonly first: number;
  readonly items: number;
  readonly whole: number;
}

interface Round extends Measured, Opening {
  /** What was asked for, in the order of the alphabet. */
  readonly listed: readonly string[];
  readonly others: number;
}

const built = await runScript("build");
if (built.exitCode !== 0) throw new Error(built.output);
const [vscode, prepared] = [await prepareVscode(), await prepareBrowser()];
const sandbox = await startSandbox({ world: "large" });
const run = await temporaryFolder("bench");
const server = await startServer({ entry: vscode.entry, trustEverything: true, reconnectSeconds: 1, env: sandbox.env });
const browser = await launchBrowser(prepared, "as users do");

const bundled: BuildOptions = {
  bundle: true,
  platform: "node",
  target: "node20",
  mainFields: ["module", "main"],
  minify: true,
  logLevel: "warning",
};
const [ours, empty, bare, tests] = [
  join(run, "ours"),
  join(run, "empty"),
  join(run, "bare.mjs"),
  join(run, "measure.cjs"),
];

async function prepare(): Promise<void> {
  await writeSettings(server.userDataFolder, {});
  await cp(join(projectFolder, "dist"), join(ours, "dist"), { recursive: true });
  for (const part of ["media", "snippets", "package.json", "package.nls.json"])
    await cp(join(projectFolder, part), join(ours, part), { recursive: true });
  await mkdir(empty);
  const view = { id: "bench.empty", name: "Bench", icon: "icon.svg" };
  const contributes = {
    viewsContainers: { activitybar: [{ id: "bench", title: "Bench", icon: "icon.svg" }] },
    views: { bench: [view] },
  };
  await writeFile(
    join(empty, "package.json"),
    JSON.stringify({
      name: "empty",
      publisher: "bench",
      version: "1.0.0",
      type: "module",
      main: "./extension.js",
      engines: manifest.engines,
      contributes,
      activationEvents: [],
    }),
  );
  await writeFile(join(empty, "icon.svg"), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"/>');
  await writeFile(
    join(empty, "extension.js"),
    `import * as vscode from "vscode";
export function activate() {
  vscode.window.createTreeView("bench.empty", {
    treeDataProvider: {
      getChildren: (row) => (row === undefined ? ["row"] : []),
      getTreeItem: (row) => new vscode.TreeItem(row),
    },
  });
}
`,
  );
  await build({
    ...bundled,
    entryPoints: [join(import.meta.dirname, "bare-account.ts")],
    outfile: bare,
    format: "esm",
  });
  await build({
    ...bundled,
    entryPoints: [join(import.meta.dirname, "measure-account.ts")],
    outfile: tests,
    format: "cjs",
    external: ["vscode"],
  });
}

type Side = "ours" | "bare" | "empty";

/** As many requests as the bare SDK sends, once it was measured. */
let pages = 0;

/** A page, with an extension host of its own. */
async function measure(side: Side, more: Pick<Order, "watched"> = {}): Promise<Round> {
  const folder = await mkdtemp(join(run, "workspace-"));
  const exchange = await mkdtemp(join(run, "exchange-"));
  const order: Order = {
    extension: side === "ours" ? extensionId : "bench.empty",
    exchange,
    ...(side === "bare" ? { bare } : {}),
    ...more,
  };
  await writeFile(join(folder, "order.json"), JSON.stringify(order));
  await sandbox.clearRequests();
  const page = await newPage(browser, {});
  page.setDefaultTimeout(120_000);
  const ended = new Promise<void>((resolve) => {
    void page.exposeFunction("codeAutomationExit", () => resolve());
  });
  await page.exposeFunction("codeAutomationLog", () => {});
  await page.goto(server.page({ folder, extension: side === "ours" ? ours : empty, tests }));
  await until(() => existsSync(join(exchange, "ready")));
  const opening = side === "bare" ? { first: 0, items: 0, whole: 0 } : await open(page, side);
  await writeFile(join(exchange, "done"), "");
  await ended;
  const measured: Measured = JSON.parse(await readFile(join(exchange, "measured.json"), "utf8"));
  const requests = await sandbox.requests();
  await page.context().close();
  const isList = ({ operation }: { readonly operation: string }) => lists.includes(operation);
  return {
    ...measured,
    ...opening,
    listed: requests
      .filter(isList)
      .map(({ operation, region, parameters }) => JSON.stringify([operation, region, parameters]))
      .sort(),
    others: requests.filter((request) => !isList(request)).length,
  };
}

async function open(page: Page, side: "ours" | "empty"): Promise<Opening> {
  const container = side === "ours" ? "mtls" : "bench";
  const row = ".part.sidebar .customview-tree .monaco-list-row";
  const rows = page.locator(row);
  const started = performance.now();
  const since = () => performance.now() - started;
  await page.locator(`.activitybar .action-label[class*="view-extension-${container}"]`).click();
  await shown(page, row);
  const first = since();
  if (side === "empty") {
    await sleep(2_000);
    return { first, items: first, whole: first };
  }
  await shown(page, `${row}[aria-level="2"] .codicon`);
  const items = since();
  await rows
    .filter({ hasText: /2,500$/ })
    .first()
    .waitFor();
  await until(
    async () =>
      (await sandbox.requests()).filter(({ operation, status }) => lists.includes(operation) && status === 200)
        .length >= pages,
  );
  const whole = since();
  // What the last page asks for is drawn by then.
  await sleep(1_000);
  return { first, items, whole };
}

/** Looks at each frame: a locator's waiting looks twice a second after a while, and would tell half a second more. */
async function shown(page: Page, selector: string): Promise<void> {
  await page.waitForFunction(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].some((element) => element.checkVisibility())`,
    undefined,
    { polling: "raf" },
  );
}

async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 120_000; !(await check()); await sleep(50))
    if (Date.now() > end) throw new Error("It takes too long");
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const range = (values: readonly number[], digits: number): string =>
  `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;

let isMet = true;
function say(met: boolean | undefined, text: string): void {
  if (met === false) isMet = false;
  if (!json) console.log(`${met === undefined ? " " : met ? "✓" : "✗"} ${text}`);
}

/** What of the extension was loaded before the view was opened, and with it: the latter's bytes. */
async function bytesOf({ loaded }: Measured): Promise<number> {
  const meta: Meta = JSON.parse(await readFile(join(ours, "dist/meta.json"), "utf8"));
  const sizeOf = (files: readonly string[]) => files.reduce((sum, file) => sum + statSync(join(ours, file)).size, 0);
  const bytesOfSdk = (files: readonly string[]) =>
    files
      .flatMap((file) => Object.entries(meta.outputs[file]?.inputs ?? {}))
      .reduce((sum, [input, { bytesInOutput }]) => sum + (sdk.test(input) ? bytesInOutput : 0), 0);
  const before = closure(meta, ["dist/extension.js"]);
  const after = [...new Set(loaded)].filter((file) => file.endsWith(".js") && !before.includes(file));
  // Up to the chunk in which the connection is made, and without it: what is there before anybody connects.
  const needed = closure(
    meta,
    after.filter((file) => /\/(features|account-features)-/.test(file)),
  );
  const unasked = bytesOfSdk([...before, ...needed]);
  say(
    unasked === 0 && before.length > 0 && needed.length > 0,
    `of the SDK before AWS is asked for anything: ${unasked} bytes in ${before.length} files before the view is opened, and ${needed.length} that make the tree`,
  );
  say(
    undefined,
    `opening the view loads ${sizeOf(after)} bytes in ${after.length} files, ${bytesOfSdk(after)} of them the SDK's; ${sizeOf(before)} bytes were there`,
  );
  return sizeOf(after);
}

function closure({ outputs }: Meta, roots: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (outputs[path] === undefined || seen.has(path)) return;
    seen.add(path);
    for (const other of outputs[path].imports) if (other.kind === "import-statement") visit(other.path);
  };
  roots.forEach(visit);
  return [...seen];
}

try {
  await prepare();
  // The first pair makes what the sandbox and VS Code keep.
  const bareFirst = await measure("bare");
  pages = bareFirst.listed.length;
  const oursFirst = await measure("ours", { watched: ours });
  const [ourRounds, bareRounds, emptyRounds]: [Round[], Round[], Round[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    bareRounds.push(await measure("bare"));
    ourRounds.push(await measure("ours"));
    emptyRounds.push(await measure("empty"));
  }
  const isSame = ourRounds.every(({ listed }) => listed.join() === bareFirst.listed.join());
  say(
    isSame && pages > 0,
    `requests for the lists: ${ourRounds.map(({ listed }) => listed.length).join(", ")}; the bare SDK sends ${pages}, ${isSame ? "the same" : "and others"}; for details of used certificates meanwhile: ${ourRounds.map(({ others }) => others).join(", ")}`,
  );
  const beyond = (what: "cpu" | "heap") =>
    ourRounds.map((one, index) => one[what] / (bareRounds[index]?.[what] ?? Number.NaN) - 1);
  for (const [what, name, unit] of [
    ["cpu", "CPU of the extension host", "ms"],
    ["heap", "heap of the extension host", "MB"],
  ] as const) {
    const shares = beyond(what);
    const digits = unit === "MB" ? 1 : 0;
    const sizes = [ourRounds, bareRounds].map((all) => median(all.map((one) => one[what])).toFixed(digits));
    say(
      median(shares) <= most[what],
      `${name} beyond the bare SDK's, ${rounds} pairs of hosts: median ${(median(shares) * 100).toFixed(0)} % (${range(
        shares.map((share) => share * 100),
        0,
      )}; target ≤ ${most[what] * 100} %); medians ${sizes.join(" and ")} ${unit}`,
    );
  }
  const blocks = ourRounds.map(({ block }) => block);
  const told = (all: readonly Round[], what: "block" | "delay") =>
    `${median(all.map((one) => one[what])).toFixed(0)} ms`;
  say(
    median(blocks) <= most.block,
    `longest block of the host's event loop: median ${median(blocks).toFixed(0)} ms (${range(blocks, 0)}; target ≤ ${most.block} ms); the bare SDK's ${told(bareRounds, "block")}, an idle host's ${told(emptyRounds, "block")}; with what the machine's others took, ${told(ourRounds, "delay")}, ${told(bareRounds, "delay")}, ${told(emptyRounds, "delay")}`,
  );
  const bytes = await bytesOf(oursFirst);
  const opening = ourRounds.map(({ first }, index) => first / (emptyRounds[index]?.first ?? Number.NaN));
  say(
    median(opening) <= most.opening,
    `opening the view ÷ opening a tree view of one row, to the first row: median ${median(opening).toFixed(1)} (${range(opening, 1)}; target ≤ ${most.opening}); medians ${median(ourRounds.map(({ first }) => first)).toFixed(0)} ms and ${median(emptyRounds.map(({ first }) => first)).toFixed(0)} ms`,
  );
  say(
    undefined,
    `rows of the first page: ${median(ourRounds.map(({ items }) => items)).toFixed(0)} ms, all of both lists ${median(ourRounds.map(({ whole }) => whole)).toFixed(0)} ms after the click (medians)`,
  );
  if (json) {
    // Not what is beyond the bare SDK's: that may be next to nothing, which has no ratio.
    const whole = (what: "cpu" | "heap") => median(beyond(what)) + 1;
    tell([
      { id: "account-cpu", text: "CPU of the extension host ÷ the bare SDK's", value: whole("cpu") },
      { id: "account-heap", text: "heap of the extension host ÷ the bare SDK's", value: whole("heap") },
      { id: "account-block", text: "longest block of the host's event loop, in ms", value: median(blocks) },
      {
        id: "account-opening",
        text: "opening the view ÷ opening a tree view of one row, to the first row",
        value: median(opening),
      },
      { id: "account-opening-bytes", text: "bytes that opening the view loads", value: bytes, exact: true },
    ]);
  }
} finally {
  await browser.close();
  await server.stop();
  await sandbox.close();
  await removeFolder(run);
}
process.exit(json || isMet ? 0 : 1);
