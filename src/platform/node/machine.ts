import { randomUUID } from "node:crypto";
import { chmod, writeFile } from "node:fs/promises";
import type { Machine } from "../machine.ts";

const isWindows = process.platform === "win32";

export const machine: Machine = {
  isWindows,
  hasFileModes: !isWindows,
  environmentProfile: () => process.env["AWS_PROFILE"],
  uniqueName: () => randomUUID(),
  async writeFile(path, text, { isGuarded }) {
    if (!isGuarded) return writeFile(path, text);
    // The mode counts only for a file that is new.
    await chmod(path, 0o600).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
    await writeFile(path, text, { mode: 0o600 });
  },
};
