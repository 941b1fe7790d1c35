import * as assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { cached, removeAbandonedFolders, removeFolder, temporaryFolder } from "./folders.ts";
import { cacheFolder } from "./places.ts";

async function make(workshop: string): Promise<string> {
  const folder = join(workshop, "made");
  await mkdir(folder);
  await writeFile(join(folder, "file"), "whole");
  return folder;
}

function freshName(t: TestContext): string {
  const name = `test-${process.pid}-${Math.random().toString(36).slice(2)}`;
  t.after(() => removeFolder(join(cacheFolder, name)));
  return name;
}

async function workshops(): Promise<readonly string[]> {
  return (await readdir(join(cacheFolder, "tmp"))).filter((name) => name.startsWith(`making-${process.pid}-`));
}

test("what is in the cache is not made again", async (t) => {
  const name = freshName(t);
  assert.equal((await cached(name, make)).made, true);
  assert.equal((await cached(name, () => assert.fail("made twice"))).made, false);
});

test("two that make the same at once both get it whole", async (t) => {
  const name = freshName(t);
  const slowly = async (workshop: string): Promise<string> => {
    await wait(50);
    return make(workshop);
  };
  const results = await Promise.all([cached(name, slowly), cached(name, slowly)]);
  for (const { folder } of results) assert.equal(await readFile(join(folder, "file"), "utf8"), "whole");
  assert.deepEqual(await workshops(), []);
});

test("one that fails leaves nothing, and the next one succeeds", async (t) => {
  const name = freshName(t);
  await assert.rejects(
    cached(name, () => Promise.reject(new Error("no network"))),
    /no network/,
  );
  assert.deepEqual(await workshops(), []);
  assert.equal((await cached(name, make)).made, true);
});

test("folders of processes that have ended are removed, those of living ones stay", async (t) => {
  const own = await temporaryFolder("test");
  t.after(() => removeFolder(own));
  // No process has this id: it is above every system's limit.
  const abandoned = join(cacheFolder, "tmp", "test-99999999-abcdef");
  await mkdir(abandoned);
  await removeAbandonedFolders();
  const names = await readdir(join(cacheFolder, "tmp"));
  assert.equal(names.includes("test-99999999-abcdef"), false);
  assert.ok(names.some((name) => own.endsWith(name)));
});
