import * as assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { globSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { launchBrowser, newPage } from "../launcher/browser.ts";
import { cacheFolder, projectFolder } from "../launcher/places.ts";
import { prepareBrowser } from "../launcher/prepare-browser.ts";

const skip = process.platform === "linux" ? process.env["MTLS_UI_SKIP"] : "looks for processes in /proc, which is Linux's";
const options = { timeout: 120_000, ...(skip === undefined ? {} : { skip }) };

test("npm start shows the sample in VS Code, and Ctrl-C ends every process it started", options, async () => {
  const { child, output } = start();
  const address = await printed(child, output, /http:\/\/127\.0\.0\.1:\S+/);
  assert.ok(output().trimEnd().endsWith(address), "the address is the last line");
  const withoutToken = address.replace(/tkn=\w+&/, "");
  assert.equal((await fetch(withoutToken)).status, 403, "others of this machine are kept out");

  const browser = await launchBrowser(await prepareBrowser());
  const page = await newPage(browser, {});
  await page.goto(address);
  await page.locator(".explorer-folders-view").getByText("README.md").waitFor();
  const [group] = serverGroups(child);
  assert.ok(group !== undefined, "the server runs");
  while (processesOf(group).length < 3) await new Promise((resolve) => setTimeout(resolve, 100));

  child.kill("SIGINT");
  const [code] = await once(child, "exit");
  await browser.close();
  assert.equal(code, 0);
  assert.deepEqual(processesOf(group), []);
  assert.deepEqual(globSync(join(cacheFolder, `tmp/*-${child.pid}-*`)), [], "its temporary folders are gone");
});

test("npm start, killed outright, leaves no process either", options, async () => {
  const { child, output } = start();
  await printed(child, output, /http:\S+/);
  const [group] = serverGroups(child);
  assert.ok(group !== undefined);
  child.kill("SIGKILL");
  while (processesOf(group).length > 0) await new Promise((resolve) => setTimeout(resolve, 100));
});

test("npm start --port with a taken port says what to do", options, async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const address = taken.address();
  assert.ok(typeof address === "object" && address !== null);
  const { child, output } = start("--port", String(address.port));
  const [code] = await once(child, "exit");
  taken.close();
  assert.equal(code, 1);
  assert.match(output(), new RegExp(`Port ${address.port} cannot be used .*--port N`));
});

function start(...args: string[]): { child: ChildProcess; output: () => string } {
  const environment = { ...process.env, DISPLAY: "", WAYLAND_DISPLAY: "" };
  const child = spawn(process.execPath, [join(projectFolder, "test/launcher/start.ts"), ...args], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
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

/** The process groups of the servers that `child` has started: their folders carry its id. */
function serverGroups(child: ChildProcess): readonly number[] {
  return processes().filter(({ command }) => command.includes(`/server-${child.pid}-`) && command.includes("tethered.ts")).map(({ pid }) => pid);
}

function processesOf(group: number): readonly string[] {
  return processes().filter((it) => it.group === group).map(({ command }) => command);
}

function processes(): readonly { pid: number; group: number; command: string }[] {
  return globSync("/proc/[0-9]*").flatMap((folder) => {
    try {
      const [state, , group] = readFileSync(join(folder, "stat"), "utf8").replace(/^.*\) /, "").split(" ");
      const command = readFileSync(join(folder, "cmdline"), "utf8").replaceAll("\0", " ");
      // A zombie has ended; nobody has asked for its exit code yet.
      return state === "Z" ? [] : [{ pid: Number(folder.slice(6)), group: Number(group), command }];
    } catch {
      return [];
    }
  });
}
