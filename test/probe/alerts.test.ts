import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { listAlerts } from "../../src/core/tls/alerts.ts";
import { createAuthority } from "./authority.ts";
import { probed, seenIn, tryOf, verdictOf } from "./probing.ts";
import { alertRecord, startRawServer } from "./raw-server.ts";

const authority = createAuthority();
const server = authority.rsaServer;
const name = authority.clientCa.certificate;
const asksFor = [name.der.subarray(name.subject.slice.start, name.subject.slice.end)];

/** Says that nothing more comes, and not why. */
const closeNotify = 0;
const alerts = listAlerts().filter(([alert]) => alert !== closeNotify);

describe("an alert is told by its number", () => {
  const told = async (saying: Omit<Parameters<typeof startRawServer>[0], "server">): Promise<number | string> => {
    const raw = await startRawServer({ server, ...saying });
    try {
      const facts = await probed(raw, {}, authority.roots);
      const { end } = tryOf(facts);
      return end.kind === "alert" ? end.alert : seenIn(facts);
    } finally {
      await raw.close();
    }
  };
  const allTold = async (say: (record: Uint8Array) => Omit<Parameters<typeof startRawServer>[0], "server">) =>
    assert.deepEqual(
      await Promise.all(alerts.map(([alert]) => told(say(alertRecord(alert))))),
      alerts.map(([alert]) => alert),
    );

  test("that answers the hello", () => allTold((afterHello) => ({ afterHello })));
  test("that answers to a client without a certificate", () =>
    allTold((afterFinished) => ({ asksFor, afterFinished })));
  test("of a server that does not ask", async () => assert.equal(await told({ afterFinished: alertRecord(80) }), 80));
});

test("who says good-bye instead of going on has closed", async () => {
  const raw = await startRawServer({ server, asksFor, afterFinished: alertRecord(closeNotify, 1) });
  try {
    const facts = await probed(raw, {}, authority.roots);
    assert.deepEqual(tryOf(facts).end, { kind: "closed", phase: "handshake", isReset: false });
    assert.equal(verdictOf(facts), "cannot-tell");
  } finally {
    await raw.close();
  }
});
