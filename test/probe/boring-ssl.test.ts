import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { listAlerts } from "../../src/core/tls/alerts.ts";
import { createAuthority } from "./authority.ts";
import { credentialsOf, originStates, startOrigin } from "./node-origins.ts";
import { planOf } from "./probing.ts";
import { skipWithoutBun, toldByBun } from "./probing-elsewhere.ts";
import { alertRecord, startRawServer } from "./raw-server.ts";

const authority = createAuthority();

describe("with BoringSSL", { skip: skipWithoutBun }, () => {
  test("the verdicts are the same", async () => {
    // The others have the same rounds, each alone.
    const states = originStates(authority).filter(({ name }) => !/, TLS 1\.[23]$/.test(name));
    const origins = await Promise.all(states.map((state) => startOrigin(state)));
    try {
      const told = await toldByBun({
        roots: authority.roots,
        probes: origins.flatMap((origin) =>
          (["with", "without"] as const).map((which) => ({
            plan: planOf(origin),
            credentials: credentialsOf(authority, which),
          })),
        ),
      });
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
      const told = await toldByBun({
        roots: authority.roots,
        probes: raw.map((one) => ({ plan: planOf(one), credentials: {} })),
      });
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
