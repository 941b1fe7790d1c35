import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { AddressFacts, ProbeFacts } from "../../../src/core/probe/facts.ts";
import {
  isOfOtherServer,
  isProved,
  isProvedLive,
  type Proof,
  type ProvedSettings,
  proofOf,
  readProof,
  worstProof,
} from "../../../src/core/probe/proof.ts";
import { judgeProbe } from "../../../src/core/probe/verdict.ts";
import { address, alert, answer, facts, plan, tries } from "./seen.ts";

const settings: ProvedSettings = { plan, clientCertificate: "arn:aws:acm:us-east-1:111122223333:certificate/a" };
const server = (key: string) => ({ chain: [], key, trust: "public", isForName: true }) as const;
const enforced: AddressFacts = {
  ...address(tries("yes", { none: alert(116), stranger: alert(48) })),
  server: server("AA"),
};
const now = facts().at.getTime();
const day = 86_400_000;

function prove(seen: ProbeFacts, of: ProvedSettings): Proof | undefined {
  return proofOf(seen, judgeProbe(seen).verdict, of);
}

function proved(seen: ProbeFacts = facts(enforced)): Proof {
  return prove(seen, settings) ?? assert.fail("no proof");
}

describe("a proof", () => {
  test("says what was seen where, and nothing else", () => {
    const secret: ProbeFacts = {
      ...facts(enforced),
      plan: { ...plan, request: { method: "GET", path: "/secret", headers: [["X-Secret", "s3cr3t"]] } },
    };
    const proof = proved(secret);
    assert.deepEqual(proof, {
      role: "origin",
      host: "origin.example",
      port: 443,
      name: "origin.example",
      verdict: "enforced-tls",
      at: now,
      addresses: ["192.0.2.1"],
      keys: ["AA"],
      settings: JSON.stringify({ addresses: "ipv4", versions: ["TLSv1.2"], certificate: settings.clientCertificate }),
    });
  });

  test("is one of what does not enforce, too", () => {
    assert.equal(proved(facts(address(tries("no", { none: answer(200) })))).verdict, "does-not-ask");
  });

  test("is none where nothing was decided, or not all was seen", () => {
    const dead = address([{ credential: "none", asked: "unseen", end: { kind: "unreachable", code: "ETIMEDOUT" } }]);
    assert.equal(prove(facts(dead), settings), undefined);
    assert.equal(prove({ ...facts(enforced), left: 1 }, settings), undefined);
    assert.equal(prove({ ...facts(), lookup: "ENOTFOUND" }, settings), undefined);
  });

  test("holds for some days", () => {
    const proof = proved();
    assert.equal(isProved(proof, settings, { now, days: 7 }), true);
    assert.equal(isProved(proof, settings, { now: now + 7 * day - 1, days: 7 }), true);
    assert.equal(isProved(proof, settings, { now: now + 7 * day, days: 7 }), false);
    assert.equal(isProved(proof, settings, { now, days: 0 }), false);
    assert.equal(isProved(proof, settings, { now: now - 1, days: 7 }), false, "from the future");
  });

  test("holds as long as the configuration is the one that it was made for", () => {
    const proof = proved();
    const holds = (other: ProvedSettings): boolean => isProved(proof, other, { now, days: 7 });
    assert.equal(holds({ ...settings, plan: { ...plan, host: "Origin.Example" } }), true);
    assert.equal(holds({ ...settings, plan: { ...plan, request: { method: "GET", path: "/x", headers: [] } } }), true);
    assert.equal(holds({ ...settings, clientCertificate: undefined }), false);
    assert.equal(holds({ ...settings, plan: { ...plan, port: 8443 } }), false);
    assert.equal(holds({ ...settings, plan: { ...plan, name: "www.example" } }), false);
    assert.equal(holds({ ...settings, plan: { ...plan, addresses: "dualstack" } }), false);
    assert.equal(holds({ ...settings, plan: { ...plan, versions: ["TLSv1.1", "TLSv1.2"] } }), false);
    assert.equal(holds({ ...settings, plan: { ...plan, role: "endpoint" } }), false);
  });

  test("holds as long as the host is where it was", () => {
    const two = { ...enforced, address: "192.0.2.2" };
    const proof = proved(facts(enforced, two));
    const at = (...addresses: readonly string[]): boolean => isProved(proof, settings, { now, days: 7, addresses });
    assert.equal(at("192.0.2.2"), true);
    assert.equal(at("192.0.2.2", "192.0.2.1"), true);
    assert.equal(at("192.0.2.1", "192.0.2.3"), false);
    assert.equal(at("192.0.2.1", "2001:db8::1"), true);
  });

  test("holds for the version of what is in AWS that it was made for", () => {
    const live = { distribution: "E1", origin: "o1", version: "V1" };
    const proof = prove(facts(enforced), { ...settings, live }) ?? assert.fail();
    const today = { now, days: 7 };
    assert.equal(isProvedLive(proof, live, today), true);
    assert.equal(isProvedLive(proof, { ...live, version: "V2" }, today), false);
    assert.equal(isProvedLive(proof, { ...live, origin: "o2" }, today), false);
    assert.equal(isProvedLive(proof, { distribution: "E1", version: "V1" }, today), false);
    assert.equal(isProvedLive(proof, { ...live, distribution: "E2" }, today), false);
    assert.equal(isProvedLive(proof, live, { ...today, now: now + 7 * day }), false);
    assert.equal(isProvedLive(proved(), live, today), false);
    assert.deepEqual(readProof(JSON.parse(JSON.stringify(proof))), proof);
    assert.equal(readProof({ ...proof, live: { distribution: 1, version: "V1" } }), undefined);
  });

  test("of several names is the worst", () => {
    const open = { ...proved(), verdict: "does-not-ask" } as const;
    assert.equal(worstProof([proved(), open, proved()])?.verdict, "does-not-ask");
    assert.equal(worstProof([]), undefined);
  });

  test("ends with the key of the server", () => {
    const proof = proved();
    assert.equal(isOfOtherServer(proof, facts(enforced)), false);
    assert.equal(isOfOtherServer(proof, facts({ ...enforced, server: server("BB") })), true);
  });

  test("is read as it was written, and what is none is none", () => {
    const proof = proved();
    assert.deepEqual(readProof(JSON.parse(JSON.stringify(proof))), proof);
    for (const value of [null, 1, "x", [], {}, { ...proof, verdict: "cannot-tell" }, { ...proof, at: "1" }])
      assert.equal(readProof(value), undefined);
    for (const name of Object.keys(proof)) assert.equal(readProof({ ...proof, [name]: undefined }), undefined, name);
  });
});
