import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, test } from "node:test";
import { listAlerts } from "../../src/core/tls/alerts.ts";
import { findBun, packageOfBun } from "../platform/node/bun.ts";
import { createAuthority } from "./authority.ts";
import type { Order, Told } from "./elsewhere.ts";
import { credentialsOf, originStates, startOrigin } from "./node-origins.ts";
import { planOf } from "./probing.ts";
import { alertRecord, startRawServer } from "./raw-server.ts";

const bun = findBun();
const authority = createAuthority();

async function toldByBun(probes: Order["probes"]): Promise<readonly Told[]> {
  const order: Order = { roots: authority.roots, probes };
  const child = spawn(bun ?? "", [join(import.meta.dirname, "elsewhere.ts")], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify(order));
  return JSON.parse(await text(child.stdout));
}

describe("with BoringSSL", {
  skip: bun === undefined ? `no ${packageOfBun()}, whose BoringSSL stands in for Electron's` : false,
}, () => {
  test("the verdicts are the same", async () => {
    const states = originStates(authority);
    const origins = await Promise.all(states.map((state) => startOrigin(state)));
    try {
      const told = await toldByBun(
        origins.flatMap((origin) =>
          (["with", "without"] as const).map((which) => ({
            plan: planOf(origin),
            credentials: credentialsOf(authority, which),
          })),
        ),
      );
      assert.deepEqual(
        states.map(({ name }, index) => [name, told[2 * index]?.verdict, told[2 * index + 1]?.verdict]),
        states.map(({ name, verdicts }) => [name, verdicts.with, verdicts.without]),
        told.map(({ verdict, seen }, index) => `${states[index >> 1]?.name}: ${verdict}\n${seen}`).join("\n"),
      );
    } finally {
      await Promise.all(origins.map((origin) => origin.close()));
    }
  });

  test("alerts are told by their numbers", async () => {
    const alerts = listAlerts().filter(([alert]) => alert !== 0);
    const server = authority.rsaServer;
    const raw = await Promise.all(
      alerts.map(([alert]) => startRawServer({ server, asksFor: [], afterFinished: alertRecord(alert) })),
    );
    try {
      const told = await toldByBun(raw.map((one) => ({ plan: planOf(one), credentials: {} })));
      assert.deepEqual(
        told.map(({ end }) => end),
        alerts.map(([alert]) => ({ kind: "alert", alert, phase: "handshake" })),
        told.map(({ seen }) => seen).join("\n"),
      );
    } finally {
      await Promise.all(raw.map((one) => one.close()));
    }
  });
});
