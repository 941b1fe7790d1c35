import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { findBun, packageOfBun } from "../platform/node/bun.ts";
import type { Order, Told } from "./elsewhere.ts";
import { isInstalled } from "./programs.ts";

const bun = findBun();

export const skipWithoutBun =
  bun === undefined && !isInstalled ? `no ${packageOfBun()}, whose BoringSSL stands in for Electron's` : false;

/** What the probe says in a runtime with BoringSSL. Keys reach it by its standard input alone. */
export async function toldByBun(order: Order): Promise<readonly Told[]> {
  assert.ok(bun !== undefined, `${packageOfBun()} is not installed`);
  const child = spawn(bun, [join(import.meta.dirname, "elsewhere.ts")], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify(order));
  return JSON.parse(await text(child.stdout));
}
