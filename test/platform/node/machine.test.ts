import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { machine } from "../../../src/platform/node/machine.ts";

describe("a file that its owner alone may read", {
  skip: machine.isWindows ? "there are no file modes" : false,
}, () => {
  let folder: string;
  let file: string;
  const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
  let count = 0;
  let umask: number;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "mtls-machine-"));
    umask = process.umask(0);
  });
  beforeEach(() => {
    file = join(folder, `${count++}.json`);
  });
  after(async () => {
    process.umask(umask);
    await rm(folder, { recursive: true });
  });

  test("is one from the start, and any other is as all are", async () => {
    assert.equal(await machine.writeFile(file, "secret", "required"), true);
    assert.deepEqual([await modeOf(file), await readFile(file, "utf8")], [0o600, "secret"]);
    const other = `${file}.txt`;
    assert.equal(await machine.writeFile(other, "text", "none"), false);
    assert.deepEqual([await modeOf(other), await readFile(other, "utf8")], [0o666, "text"]);
  });

  test("becomes one where it was there before, and has nothing of what it said", async () => {
    await writeFile(file, "a longer text from before", { mode: 0o644 });
    assert.equal(await machine.writeFile(file, "secret", "where possible"), true);
    assert.deepEqual([await modeOf(file), await readFile(file, "utf8")], [0o600, "secret"]);
  });

  test("is the one that a link leads to, be it there or not", async () => {
    for (const [index, target] of [`${file}.target`, `${file}.new`].entries()) {
      if (index === 0) await writeFile(target, "before", { mode: 0o644 });
      await symlink(target, `${file}.link${index}`);
      assert.equal(await machine.writeFile(`${file}.link${index}`, "secret", "required"), true);
      assert.deepEqual([await modeOf(target), await readFile(target, "utf8")], [0o600, "secret"]);
    }
  });

  test("is not written where nobody may write", async () => {
    await assert.rejects(machine.writeFile(join(folder, "no such folder", "x"), "secret", "required"), {
      code: "ENOENT",
    });
    await assert.rejects(machine.writeFile(folder, "secret", "where possible"), { code: "EISDIR" });
    await writeFile(file, "before");
    await chmod(file, 0o400);
    // An administrator may write everything.
    if (process.getuid?.() !== 0)
      await assert.rejects(machine.writeFile(file, "secret", "required"), { code: "EACCES" });
  });
});

describe("a window", () => {
  const naming = `import { machine } from ${JSON.stringify(import.meta.resolve("../../../src/platform/node/machine.ts"))}; console.log(machine.windowName());`;

  test("has a name that no other one has, also one of the same process", () => {
    assert.notEqual(machine.windowName(), machine.windowName());
  });

  test("is known to have ended by its process, on the machine it ran on", async () => {
    const child = spawn(process.execPath, ["--input-type=module", "--eval", `${naming} setInterval(() => {}, 1000);`], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [name = ""] = String(await once(child.stdout, "data").then(([data]) => data)).split("\n");
    assert.equal(machine.isWindowGone(name), false);
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
    assert.equal(machine.isWindowGone(name), true);
    assert.equal(machine.isWindowGone(`${name}.elsewhere`), false, "nobody here knows");
  });

  test("is not known to have ended where its name does not say where it ran", () => {
    for (const name of [machine.windowName(), "", "w", "/", "4711", "a/b/c"])
      assert.equal(machine.isWindowGone(name), false);
  });
});
