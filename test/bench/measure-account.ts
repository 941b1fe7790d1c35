// Runs inside an extension host: measures what it does between "ready" and "done", two files of the folder that
// order.json names.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as vscode from "vscode";

export interface Order {
  readonly extension: string;
  /** Where files are exchanged with the bench. */
  readonly exchange: string;
  /** A module with `listWithBareSdk`, to be run at once; left out: the bench says when it is done. */
  readonly bare?: string;
  /** Tells which files of this folder are loaded, which costs something. */
  readonly watched?: string;
}

export interface Measured {
  /** Of the process, in milliseconds. */
  readonly cpu: number;
  /** Beyond what was there before, in MB, after a collection: on the heap and beside it. */
  readonly heap: number;
  /** In milliseconds: what the event loop was kept waiting at most, as Node tells it. */
  readonly delay: number;
  /** In milliseconds: the longest time between two turns of the event loop in which its own thread worked. */
  readonly block: number;
  /** Files of the folder that was watched. */
  readonly loaded: readonly string[];
}

setFlagsFromString("--expose-gc");
const collectGarbage: unknown = runInNewContext("gc");

/** Out of reach of a collection before it was measured. */
const kept: unknown[] = [];

export async function run(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  const order: Order = JSON.parse(readFileSync(join(folder, "order.json"), "utf8"));
  const { exchange, bare, watched } = order;
  const loaded: string[] = [];
  if (watched !== undefined) {
    registerHooks({
      load: (url, context, next) => {
        if (url.startsWith("file:") && fileURLToPath(url).startsWith(watched))
          loaded.push(fileURLToPath(url).slice(watched.length + 1));
        return next(url, context);
      },
    });
  }
  await vscode.extensions.getExtension(order.extension)?.activate();
  // What else starts with the host is over by then.
  await sleep(4_000);
  const heapBefore = await settled();
  loaded.length = 0;
  const delays = monitorEventLoopDelay({ resolution: 1 });
  const blocks = watchBlocks();
  const cpu = process.cpuUsage();
  delays.enable();
  writeFileSync(join(exchange, "ready"), "");
  if (bare !== undefined) {
    const { listWithBareSdk }: { listWithBareSdk: () => Promise<unknown> } = await import(pathToFileURL(bare).href);
    kept.push(await listWithBareSdk());
  } else while (!existsSync(join(exchange, "done"))) await sleep(50);
  const { user, system } = process.cpuUsage(cpu);
  delays.disable();
  const block = await blocks.end();
  const measured: Measured = {
    cpu: (user + system) / 1_000,
    heap: (await settled()) - heapBefore,
    delay: delays.max / 1e6,
    block,
    loaded,
  };
  writeFileSync(join(exchange, "measured.json"), JSON.stringify(measured));
}

/**
 * In MB: the least of what is used after several collections, which other extensions of the host may be at work
 * between.
 */
async function settled(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 8; turn++) {
    if (typeof collectGarbage === "function")
      collectGarbage({ type: "major", execution: "sync", flavor: "last-resort" });
    const { heapUsed, external } = process.memoryUsage();
    least = Math.min(least, (heapUsed + external) / 1e6);
    await sleep(250);
  }
  return least;
}

/** A thread that had to wait for its processor did not block anybody: what counts is the time in which it worked. */
function watchBlocks(): { end(): Promise<number> } {
  let longest = 0;
  let isOn = true;
  let [time, cpu] = [performance.now(), process.threadCpuUsage()];
  const look = (): void => {
    const { user, system } = process.threadCpuUsage(cpu);
    const now = performance.now();
    longest = Math.max(longest, Math.min(now - time, (user + system) / 1_000));
    [time, cpu] = [performance.now(), process.threadCpuUsage()];
    if (isOn) setTimeout(look, 2);
  };
  setTimeout(look, 2);
  return {
    end: async () => {
      await sleep(10);
      isOn = false;
      return longest;
    },
  };
}
