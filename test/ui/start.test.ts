// alone: it looks for the processes of `npm start`, and opens no workbench.
import * as assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { launchBrowser, newPage } from "../launcher/browser.ts";
import { cacheFolder, projectFolder } from "../launcher/places.ts";
import { prepareBrowser } from "../launcher/prepare-browser.ts";

const skip =
  process.platform === "linux" ? process.env["MTLS_UI_SKIP"] : "looks for processes in /proc, which is Linux's";
const options = { timeout: 120_000, ...(skip === undefined ? {} : { skip }) };

test("npm start shows the sample in VS Code, and Ctrl-C ends every process it started", options, async () => {
  const { child, output } = start();
  const address = await printed(child, output, /http:\/\/127\.0\.0\.1:\S+/);
  assert.ok(output().trimEnd().endsWith(address), "the address is the last line");
  const withoutToken = address.replace(/tkn=\w+&/, "");
  assert.equal((await fetch(withoutToken)).status, 403, "others of this machine are kept out");
  const [settings = assert.fail("no settings")] = globSync(
    join(cacheFolder, `tmp/server-${child.pid}-*/**/Machine/settings.json`),
  );
  assert.match(readFileSync(settings, "utf8"), /"managed-by=terraform":"Terraform"/, "the sandbox's tags are known");

  const browser = await launchBrowser(await prepareBrowser());
  let group: number;
  try {
    const page = await newPage(browser, {});
    await page.goto(address);
    await page.locator(".explorer-folders-view").getByText("README.md").waitFor({ timeout: 60_000 });
    group = await serverGroup(child);
    await until("the server has its processes", () => processesOf(group).length >= 3);
    child.kill("SIGINT");
    const [code] = await once(child, "exit");
    assert.equal(code, 0);
  } finally {
    await browser.close();
  }
  // Who is killed needs its turn to end.
  await until("its processes are gone", () => processesOf(group).length === 0);
  assert.deepEqual(globSync(join(cacheFolder, `tmp/*-${child.pid}-*`)), [], "its temporary folders are gone");
});

test("npm start, killed outright, leaves no process either", options, async () => {
  const { child, output } = start();
  await printed(child, output, /http:\S+/);
  const group = await serverGroup(child);
  child.kill("SIGKILL");
  await until("its processes are gone", () => processesOf(group).length === 0);
});

test("npm start --port with a taken port says what to do", options, async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const address = taken.address();
  assert.ok(typeof address === "object" && address !== null);
  const { child, output } = start("--port", String(address.port));
  // All that it said was read by then.
  const [code] = await once(child, "close");
  taken.close();
  assert.equal(code, 1);
  assert.match(output(), new RegExp(`Port ${address.port} cannot be used .*--port N`));
});

const started = new Set<ChildProcess>();
// Whatever a failed test has left running would keep this file from its end.
after(() => {
  for (const child of started) child.kill("SIGKILL");
});

function start(...args: string[]): { child: ChildProcess; output: () => string } {
  const environment = { ...process.env, DISPLAY: "", WAYLAND_DISPLAY: "" };
  const child = spawn(process.execPath, [join(projectFolder, "test/launcher/start.ts"), ...args], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.add(child);
  let output = "";
  const collect = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  return { child, output: () => output };
}

async function printed(child: ChildProcess, output: () => string, pattern: RegExp): Promise<string> {
  for (;;) {
    const found = pattern.exec(output())?.[0];
    if (found !== undefined) return found;
    assert.equal(child.exitCode, null, output());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function until<Value>(what: string, look: () => Value | undefined | false): Promise<Value> {
  for (const end = Date.now() + 60_000; ; ) {
    const value = look();
    if (value !== undefined && value !== false) return value;
    assert.ok(Date.now() < end, `after a minute still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The process group of the server that `child` has started: its folders carry the child's id. */
function serverGroup(child: ChildProcess): Promise<number> {
  return until(
    "the server runs",
    () =>
      processes().find(({ command }) => command.includes(`/server-${child.pid}-`) && command.includes("tethered.ts"))
        ?.pid,
  );
}

function processesOf(group: number): readonly string[] {
  return processes()
    .filter((it) => it.group === group)
    .map(({ command }) => command);
}

function processes(): readonly { pid: number; group: number; command: string }[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const folder = join("/proc", name);
    try {
      const [state, , group] = readFileSync(join(folder, "stat"), "utf8")
        .replace(/^.*\) /, "")
        .split(" ");
      const command = readFileSync(join(folder, "cmdline"), "utf8").replaceAll("\0", " ");
      // A zombie has ended; nobody has asked for its exit code yet.
      return state === "Z" ? [] : [{ pid: Number(name), group: Number(group), command }];
    } catch {
      return [];
    }
  });
}
