import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Folder } from "../folder.ts";
import { isSaid, replaceFile } from "./replace.ts";

/** Of what is not written to its end yet. */
const unfinished = ".unfinished";
/** Longer than writing takes, in milliseconds. */
const longest = 60 * 60 * 1000;
/** @param path it is made with the first file, for its owner alone */
export function folderAt(path: string): Folder {
  const at = (name: string) => join(path, name);
  const make = () => mkdir(path, { recursive: true, mode: 0o700 });
  const all = async () => (await unless("ENOENT", readdir(path))) ?? [];
  return {
    names: async () => (await all()).filter((name) => !name.endsWith(unfinished)),
    read: (name) => unless("ENOENT", readFile(at(name), "utf8")),
    write: async (name, text) => {
      await make();
      const beside = at(`${randomUUID()}${unfinished}`);
      try {
        await writeFile(beside, text, { mode: 0o600, flush: true });
        await replaceFile(beside, at(name));
      } catch (error) {
        await rm(beside, { force: true });
        throw error;
      }
    },
    create: async (name, text) => {
      await make();
      return (await unless("EEXIST", created(at(name), text))) === true;
    },
    remove: (name) => rm(at(name), { force: true }),
    tidy: async () => {
      for (const name of (await all()).filter((one) => one.endsWith(unfinished))) {
        const found = await unless("ENOENT", stat(at(name)));
        if (found !== undefined && Date.now() - found.mtimeMs > longest) await rm(at(name), { force: true });
      }
    },
  };
}

async function created(file: string, text: string): Promise<true> {
  await writeFile(file, text, { mode: 0o600, flag: "wx" });
  return true;
}

async function unless<Result>(code: string, work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isSaid(error, code)) return undefined;
    throw error;
  }
}
