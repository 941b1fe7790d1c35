import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Folder } from "../../../src/platform/folder.ts";
import { folderAt } from "../../../src/platform/node/folder.ts";
import { machine } from "../../../src/platform/node/machine.ts";

describe("a folder of small files", () => {
  let parent: string;
  let path: string;
  let folder: Folder;
  let count = 0;
  before(async () => {
    parent = await mkdtemp(join(tmpdir(), "mtls-folder-"));
  });
  beforeEach(() => {
    path = join(parent, `${count++}`, "records");
    folder = folderAt(path);
  });
  after(() => rm(parent, { recursive: true }));

  test("is empty before there is one, and is made with the first file", async () => {
    assert.deepEqual([await folder.names(), await folder.read("one")], [[], undefined]);
    await folder.tidy();
    await folder.remove("one");
    await folder.write("one", "first");
    await folder.write("one", "second");
    assert.deepEqual([await folder.names(), await folder.read("one")], [["one"], "second"]);
    await folder.remove("one");
    assert.deepEqual([await folder.names(), await folder.read("one")], [[], undefined]);
  });

  test("is its owner's alone", { skip: machine.hasFileModes ? false : "there are no file modes" }, async () => {
    await folder.write("one", "text");
    await folder.create("two", "text");
    const modes = [path, join(path, "one"), join(path, "two")].map(async (each) => (await stat(each)).mode & 0o777);
    assert.deepEqual(await Promise.all(modes), [0o700, 0o600, 0o600]);
  });

  test("a file is seen as it was or as it is, whatever it is read between", async () => {
    const texts = ["a", "b"].map((letter) => letter.repeat(200_000));
    await folder.write("one", texts[0] ?? "");
    let isOver = false;
    const writing = (async () => {
      for (let turn = 1; turn <= 40; turn++) await folder.write("one", texts[turn % 2] ?? "");
      isOver = true;
    })();
    while (!isOver) {
      assert.ok(texts.includes((await folder.read("one")) ?? ""));
      assert.deepEqual(await folder.names(), ["one"]);
    }
    await writing;
  });

  test("of all that create a file, one does", async () => {
    const made = await Promise.all(["a", "b", "c"].map((text) => folder.create("one", text)));
    assert.deepEqual(made.filter(Boolean).length, 1);
    assert.equal(await folder.read("one"), ["a", "b", "c"][made.indexOf(true)]);
  });

  test("what cannot be written leaves nothing, and is said", async () => {
    await mkdir(join(path, "one"), { recursive: true });
    await writeFile(join(path, "one", "kept"), "");
    await assert.rejects(folder.write("one", "text"));
    assert.deepEqual(await readdir(path), ["one"]);
    await writeFile(join(parent, "file"), "");
    const nowhere = folderAt(join(parent, "file"));
    await assert.rejects(nowhere.names(), { code: "ENOTDIR" });
    await assert.rejects(nowhere.create("one", "text"));
  });

  test("what was not written to its end goes once nobody can be at it any more", async () => {
    await folder.write("one", "text");
    const [old, fresh] = ["old", "fresh"].map((name) => join(path, `${name}.unfinished`));
    for (const each of [old, fresh]) await writeFile(each ?? "", "{");
    const hoursAgo = Date.now() / 1000 - 2 * 60 * 60;
    await utimes(old ?? "", hoursAgo, hoursAgo);
    assert.deepEqual(await folder.names(), ["one"]);
    await folder.tidy();
    assert.deepEqual((await readdir(path)).sort(), ["fresh.unfinished", "one"]);
  });
});
