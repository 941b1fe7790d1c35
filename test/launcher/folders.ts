import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "./places.ts";

/** On the cache's own file system, so that what is made here can be moved into the cache in one step. */
const temporaryFolders = join(cacheFolder, "tmp");

/** A new empty folder that carries this process's id, so that a later run can tell when it is abandoned. */
export async function temporaryFolder(purpose: string): Promise<string> {
  await mkdir(temporaryFolders, { recursive: true });
  return mkdtemp(join(temporaryFolders, `${purpose}-${process.pid}-`));
}

/** Removes what runs that were killed have left behind. */
export async function removeAbandonedFolders(): Promise<void> {
  const names = await readdir(temporaryFolders).catch(() => []);
  for (const name of names) {
    const pid = Number(/-(\d+)-[^-]+$/.exec(name)?.[1]);
    // One that cannot be removed, because a child of the killed process still writes, is there the next time.
    if (!isRunning(pid)) await removeFolder(join(temporaryFolders, name)).catch(() => {});
  }
}

export function removeFolder(folder: string): Promise<void> {
  // Retries: a process that is just ending may still write into it.
  return rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/**
 * The folder `name` of the cache, made by `make` when it is not there. `make` works in a temporary folder and
 * returns the part to keep, which is moved in place in one step: what is in the cache is complete. When two
 * processes make it at once, the second finds the place taken and uses what is there.
 */
export async function cached(
  name: string,
  make: (folder: string) => Promise<string>,
): Promise<{ folder: string; made: boolean }> {
  const folder = join(cacheFolder, name);
  if (existsSync(folder)) return { folder, made: false };
  const workshop = await temporaryFolder("making");
  try {
    await rename(await make(workshop), folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    await removeFolder(workshop);
  }
  return { folder, made: true };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
