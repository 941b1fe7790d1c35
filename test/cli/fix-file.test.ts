import * as assert from "node:assert/strict";
import { chmod, link, mkdir, open, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { writeFixed } from "../../src/cli/fix-file.ts";
import { fileFolder } from "./commands/file-folder.ts";

describe("a fixed text takes the place of a file", () => {
  const folder = fileFolder("fix-file");
  const at = (name: string) => join(folder.path, name);
  async function fix(name: string, before: string | Uint8Array, after: string): Promise<string | undefined> {
    await folder.write(name, before);
    return writeFixed(at(name), await readFile(at(name)), after);
  }
  const leftOver = async () => (await readdir(folder.path)).filter((name) => name.endsWith(".unfinished"));

  for (const [what, before, after] of [
    ["UTF-8", Buffer.from("ä\n"), Buffer.from("ö\r\n")],
    ["a byte order mark", Buffer.from("\ufeffä"), Buffer.from("\ufefföb")],
    ["UTF-16", Buffer.from("\ufeffäa", "utf16le"), Buffer.from("\ufefföb", "utf16le")],
    ["UTF-16 without a mark", Buffer.from("aä", "utf16le"), Buffer.from("bö", "utf16le")],
    [
      "UTF-16 the other way round",
      Buffer.from("\ufeffaä", "utf16le").swap16(),
      Buffer.from("\ufeffbö", "utf16le").swap16(),
    ],
    ["nothing", Buffer.from("a"), Buffer.of()],
  ] as const)
    test(`in ${what}`, async () => {
      const isWide = what.startsWith("UTF-16");
      const text = isWide
        ? (what.endsWith("round") ? Buffer.from(after).swap16() : after).toString("utf16le")
        : after.toString();
      assert.equal(await fix("encoded.pem", before, text.replace("\ufeff", "")), undefined);
      assert.deepEqual(await readFile(at("encoded.pem")), after);
    });

  test("not where bytes of it are no text", async () => {
    for (const before of [Buffer.of(0x61, 0xff), Buffer.from("\ufeffa", "utf16le").subarray(0, 3)]) {
      assert.match(
        (await fix("invalid.pem", before, "b")) ?? "",
        /^It was not fixed, because it contains bytes that are no text in its encoding\.$/,
      );
      assert.deepEqual(await readFile(at("invalid.pem")), before);
    }
  });

  test("not where it changed meanwhile, is gone, or is no file", async () => {
    await folder.write("changed.pem", "new");
    assert.equal(
      await writeFixed(at("changed.pem"), Buffer.from("old"), "b"),
      "It was not fixed, because another program changed it meanwhile. Run the command again.",
    );
    assert.equal(await readFile(at("changed.pem"), "utf8"), "new");
    assert.equal(
      await writeFixed(at("gone.pem"), Buffer.from("old"), "b"),
      "It could not be fixed: There is no such file or folder.",
    );
    await mkdir(at("folder.pem"));
    assert.equal(await writeFixed(at("folder.pem"), Buffer.from("old"), "b"), "It could not be fixed: It is a folder.");
    await symlink("round.pem", at("round.pem"));
    assert.equal(
      await writeFixed(at("round.pem"), Buffer.from("old"), "b"),
      "It could not be fixed: Its symbolic links lead back to themselves.",
    );
    assert.deepEqual(await leftOver(), []);
  });

  test("keeps its mode and owner, and leaves nothing beside it", async () => {
    if (process.platform === "win32") return;
    await folder.write("mode.pem", "a");
    await chmod(at("mode.pem"), 0o640);
    const before = await stat(at("mode.pem"));
    assert.equal(await writeFixed(at("mode.pem"), Buffer.from("a"), "b"), undefined);
    const { mode, uid, gid } = await stat(at("mode.pem"));
    assert.deepEqual([mode, uid, gid], [before.mode, before.uid, before.gid]);
    assert.deepEqual(await leftOver(), []);
  });

  test("of a link, in the place of what it leads to", async () => {
    await folder.write("target.pem", "a");
    await symlink("target.pem", at("link.pem"));
    assert.equal(await writeFixed(at("link.pem"), Buffer.from("a"), "b"), undefined);
    assert.deepEqual(
      [await readFile(at("target.pem"), "utf8"), (await readdir(folder.path)).includes("link.pem")],
      ["b", true],
    );
  });

  test("whole: who has the old one open reads all of it", async () => {
    if (process.platform === "win32") return;
    await folder.write("open.pem", "old");
    const reader = await open(at("open.pem"));
    try {
      assert.equal(await writeFixed(at("open.pem"), Buffer.from("old"), "new"), undefined);
      assert.equal(await reader.readFile("utf8"), "old");
      assert.equal(await readFile(at("open.pem"), "utf8"), "new");
    } finally {
      await reader.close();
    }
  });

  test("not where it has another name, which would keep the old one", async () => {
    await folder.write("named.pem", "old");
    await link(at("named.pem"), at("second-name.pem"));
    assert.match((await writeFixed(at("named.pem"), Buffer.from("old"), "new")) ?? "", /hard links/);
    assert.equal(await readFile(at("named.pem"), "utf8"), "old");
    assert.deepEqual(await leftOver(), []);
  });

  test("of a name as long as there can be", async () => {
    const name = `${"語".repeat(83)}.pem`;
    assert.equal(await fix(name, "a", "b"), undefined);
    assert.equal(await readFile(at(name), "utf8"), "b");
  });

  test("not where nobody may write", async () => {
    // Root may write everywhere; it is told what other users are.
    if (process.platform === "win32" || process.getuid?.() === 0) return;
    await mkdir(at("closed"));
    await writeFile(at("closed/a.pem"), "a");
    await chmod(at("closed"), 0o500);
    assert.equal(
      await writeFixed(at("closed/a.pem"), Buffer.from("a"), "b"),
      "It could not be fixed: You do not have permission.",
    );
    await chmod(at("closed"), 0o700);
    await chmod(at("closed/a.pem"), 0o400);
    assert.equal(
      await writeFixed(at("closed/a.pem"), Buffer.from("a"), "b"),
      "It could not be fixed: You do not have permission.",
    );
    assert.deepEqual(await readdir(at("closed")), ["a.pem"]);
  });
});
