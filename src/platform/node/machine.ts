import { randomUUID } from "node:crypto";
import { constants, open } from "node:fs/promises";
import { hostname } from "node:os";
import type { Machine } from "../machine.ts";

const isWindows = process.platform === "win32";

export const machine: Machine = {
  isWindows,
  hasFileModes: !isWindows,
  environmentProfile: () => process.env["AWS_PROFILE"],
  windowName: () => [randomUUID(), process.pid, hostname()].join("/"),
  isWindowGone(name) {
    const [, pid, host] = /^[^/]*\/(\d{1,10})\/(.*)$/.exec(name) ?? [];
    return pid !== undefined && host === hostname() && !isRunning(Number(pid));
  },
  async writeFile(path, text, guard) {
    const isGuarded = guard !== "none" && !isWindows;
    // Not emptied before it is guarded, and guarded by what was opened: nobody puts another file there in between.
    const file = await open(path, constants.O_WRONLY | constants.O_CREAT, isGuarded ? owners : 0o666);
    try {
      if (isGuarded)
        await file.chmod(owners).catch((error: unknown) => {
          if (guard === "required") throw error;
        });
      await file.truncate();
      await file.writeFile(text);
      return isGuarded && ((await file.stat()).mode & others) === 0;
    } finally {
      await file.close();
    }
  },
};

function isRunning(pid: number): boolean {
  try {
    // Sends nothing, and fails where there is no such process.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

const owners = 0o600;
const others = 0o077;
