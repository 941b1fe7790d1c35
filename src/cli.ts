// The command line, and what other programs import.
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";
import type { check as declared } from "./cli/api.ts";

/** What it needs is read when it is first called. */
export const check: typeof declared = async (content, options) =>
  (await import("./cli/check-text.ts")).check(content, options);

const self = import.meta.url;

/** npm runs a program by a link to it. */
function isProgram(): boolean {
  const [, script] = process.argv;
  try {
    return script !== undefined && realpathSync(script) === realpathSync(fileURLToPath(self));
  } catch {
    return false;
  }
}

if (!isMainThread) (await import("./cli/pool.ts")).workIfThread();
else if (isProgram()) await (await import("./cli/main.ts")).main(process.argv.slice(2), self);
