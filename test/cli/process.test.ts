// Only what needs a process: signals, pipes, and being called by a link.
import * as assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { open, symlink } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { describe, test } from "node:test";
import { version } from "../../src/cli/version.ts";
import { checkedFolder, config, program } from "./checked-folder.ts";

async function ended(child: ChildProcess): Promise<{ exit: number | null; signal: string | null }> {
  const [exit, signal] = await once(child, "close");
  return { exit, signal };
}

describe("the program", () => {
  const folder = checkedFolder("process");
  const start = (args: readonly string[], cwd: string, script = program) =>
    spawn(process.execPath, [script, ...args], { cwd });

  test("is called through a link, and reads standard input", async () => {
    if (process.platform === "win32") return;
    const { path, at } = await folder.project({});
    await symlink(program, at("mtls-check.ts"));
    const child = start(["-"], path, at("mtls-check.ts"));
    child.stdin.end(config());
    const [stdout, { exit }] = await Promise.all([text(child.stdout), ended(child)]);
    assert.equal(exit, 1);
    assert.match(stdout, /^stdin:4:27: error: /m);
    assert.doesNotMatch(stdout, /\u001b/);
  });

  test("ends without a word when nobody reads on", async () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, place) => [`${place}.json`, config()]));
    const { path } = await folder.project(many);
    const child = start(["check", ".", "--format", "json"], path);
    child.stdout.destroy();
    const [stderr, { exit, signal }] = await Promise.all([text(child.stderr), ended(child)]);
    assert.deepEqual([stderr, signal], ["", null]);
    assert.notEqual(exit, 0);
  });

  test("says that its output could not be written", async () => {
    if (process.platform !== "linux") return;
    const { path } = await folder.project({ "a.json": config() });
    const full = await open("/dev/full", "w");
    const child = spawn(process.execPath, [program, "a.json"], { cwd: path, stdio: ["ignore", full.fd, "pipe"] });
    assert.ok(child.stderr);
    const [stderr, { exit }] = await Promise.all([text(child.stderr), ended(child)]);
    await full.close();
    assert.deepEqual([stderr, exit], ["mtls-check: The output could not be written: The disk is full.\n", 2]);
  });

  test("stops when it is interrupted, also while it waits for standard input", async () => {
    if (process.platform === "win32") return;
    const { path, check } = await folder.project({ "a.json": config() });
    const child = start(["a.json", "none.json", "-"], path);
    // A pipe holds less: all of it is written when somebody reads.
    child.stdin.write(Buffer.alloc(1_000_000, " "), () => child.kill("SIGINT"));
    const [stderr, stdout, { exit }] = await Promise.all([text(child.stderr), text(child.stdout), ended(child)]);
    assert.deepEqual([stdout, exit], ["", 130]);
    assert.equal(stderr, "mtls-check: Stopped. No file was changed.\n");
    assert.equal((await check(["a.json"])).exit, 1);
  });

  test("tells its version", async () => {
    const { path } = await folder.project({});
    const child = start(["--version"], path);
    assert.equal((await Promise.all([text(child.stdout), ended(child)]))[0], `${version}\n`);
  });
});
