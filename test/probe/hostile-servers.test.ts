import * as assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { End } from "../../src/core/probe/facts.ts";
import type { ProbeLimits } from "../../src/platform/node/probe/limits.ts";
import { probe } from "../../src/platform/node/probe/probe.ts";
import { sequence } from "../core/x509/der-writer.ts";
import { createAuthority } from "./authority.ts";
import { hostileServers } from "./hostile-servers.ts";
import { patient, planOf, probed, seenIn, tryOf, verdictOf } from "./probing.ts";
import { alertRecord, startRawServer } from "./raw-server.ts";
import { listen } from "./tcp-server.ts";

const authority = createAuthority();
/** Who is silent is given up soon, and nothing else is: all others have to come to an end before the limits do. */
function limitsFor(end: End): ProbeLimits {
  if (end.kind === "silent") return { ...patient, [end.phase === "handshake" ? "handshake" : "answer"]: 500 };
  // Its status has to come in time, unlike its page.
  return end.kind === "answer" && end.status === 400 ? { ...patient, answer: 1_000 } : patient;
}

after(async () => {
  // What was destroyed is gone some turns later.
  for (let turns = 0; turns < 100 && resources().length > 0; turns++) await setImmediate();
  assert.deepEqual(resources(), [], "what no probe may leave behind");
});

describe("a server", { concurrency: true }, () => {
  for (const { name, serve, end, verdict } of hostileServers(authority))
    test(name, async () => {
      const server = await listen(serve);
      try {
        const facts = await probed(server, {}, authority.roots, limitsFor(end));
        assert.deepEqual([tryOf(facts).end, verdictOf(facts)], [end, verdict], seenIn(facts));
      } finally {
        await server.close();
      }
    });
});

test("all names of CAs are read, as many as there is room for", async () => {
  // Without a word in it, a name takes two bytes, and two for its length.
  const asksFor = Array.from({ length: 16_383 }, () => sequence());
  const raw = await startRawServer({ server: authority.rsaServer, asksFor, afterFinished: alertRecord(40) });
  try {
    const facts = await probed(raw, {}, authority.roots);
    assert.equal(facts.addresses[0]?.authorities?.length, asksFor.length);
    assert.equal(verdictOf(facts), "enforced-tls", seenIn(facts));
  } finally {
    await raw.close();
  }
});

test("what is canceled leaves nothing behind", async () => {
  const before = resources();
  const canceling = new AbortController();
  const server = await listen(() => canceling.abort());
  const facts = await probe(planOf(server), {}, { signal: canceling.signal, roots: authority.roots });
  assert.deepEqual(tryOf(facts).end, { kind: "canceled" });
  assert.equal(verdictOf(facts), "cannot-tell");
  await server.close();
  await setImmediate();
  assert.deepEqual(resources(), before);
});

test("the time for all tries together is kept", async () => {
  const server = await listen(() => undefined);
  try {
    const facts = await probed(server, {}, authority.roots, { ...patient, whole: 200 });
    assert.deepEqual(tryOf(facts).end, { kind: "silent", phase: "handshake" });
    assert.equal(verdictOf(facts), "unreachable");
  } finally {
    await server.close();
  }
});

/** What keeps the process from ending: sockets and timers. */
function resources(): readonly string[] {
  return process.getActiveResourcesInfo().filter((name) => /TCP|TLS|Timeout/.test(name));
}
