import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Proofs } from "../../src/account/proofs.ts";
import { proofInShort, proofText } from "../../src/core/messages/probe/proof.ts";
import type { AddressFacts, ProbeFacts } from "../../src/core/probe/facts.ts";
import type { ProvedSettings } from "../../src/core/probe/proof.ts";
import { judgeProbe } from "../../src/core/probe/verdict.ts";
import type { Folder } from "../../src/platform/folder.ts";
import { address, alert, answer, facts, plan, tries } from "../core/probe/seen.ts";
import { testFolder } from "./storage.ts";

const settings = { plan, clientCertificate: "arn" };
const server = (key: string) => ({ chain: [], key, trust: "public", isForName: true }) as const;
const enforced: AddressFacts = {
  ...address(tries("yes", { none: alert(116), stranger: alert(48) })),
  server: server("AA"),
};
const open: AddressFacts = { ...address(tries("no", { none: answer(200) })), server: server("AA") };
const unclear: AddressFacts = {
  ...address(tries("yes", { none: answer(400), stranger: answer(400) })),
  server: server("AA"),
};

function proofsIn(folder: Folder, now = facts().at.getTime()) {
  const faults: string[] = [];
  const proofs = new Proofs({
    folder,
    nameOf: (key) => `${key.replaceAll(/\W/g, "-")}.json`,
    now: () => now,
    days: () => 7,
    fault: (where) => void faults.push(where),
  });
  return { proofs, faults };
}

const keep = (proofs: Proofs, seen: ProbeFacts, of: ProvedSettings): Promise<void> =>
  proofs.keep(seen, judgeProbe(seen).verdict, of);

describe("proofs that are kept", () => {
  test("are there in the next window", async () => {
    const folder = testFolder();
    const { proofs } = proofsIn(folder);
    let changes = 0;
    proofs.onDidChange(() => changes++);
    await keep(proofs, facts(enforced), settings);
    assert.equal(proofs.of(settings)?.verdict, "enforced-tls");
    assert.equal(changes, 1);
    const next = proofsIn(folder);
    assert.equal(next.proofs.of(settings), undefined);
    await next.proofs.ready();
    assert.equal(next.proofs.of(settings)?.verdict, "enforced-tls");
    assert.deepEqual(next.proofs.hosts(), ["origin.example"]);
  });

  test("give way to what a later probe decides", async () => {
    const { proofs } = proofsIn(testFolder());
    await keep(proofs, facts(enforced), settings);
    await keep(proofs, facts(open), settings);
    assert.equal(proofs.of(settings)?.verdict, "does-not-ask");
  });

  test("stay where a later probe decides nothing, unless it saw another server", async () => {
    const folder = testFolder();
    const { proofs } = proofsIn(folder);
    await keep(proofs, facts(enforced), settings);
    await keep(proofs, facts(unclear), settings);
    assert.equal(proofs.of(settings)?.verdict, "enforced-tls");
    await keep(proofs, facts({ ...unclear, server: server("BB") }), settings);
    assert.equal(proofs.of(settings), undefined);
    assert.equal(folder.kept.size, 0);
  });

  test("are of all names, or of none", async () => {
    const { proofs } = proofsIn(testFolder());
    const other = { plan: { ...plan, name: "www.example" }, clientCertificate: "arn" };
    await keep(proofs, facts(enforced), settings);
    assert.equal(proofs.ofAll([settings])?.verdict, "enforced-tls");
    assert.equal(proofs.ofAll([settings, other]), undefined);
    await keep(proofs, { ...facts(open), plan: other.plan }, other);
    assert.equal(proofs.ofAll([settings, other])?.verdict, "does-not-ask");
  });

  test("are found by what is in AWS", async () => {
    const { proofs } = proofsIn(testFolder());
    const live = { distribution: "E1", origin: "o1", version: "V1" };
    await keep(proofs, facts(enforced), { ...settings, live });
    assert.equal(proofs.ofLive(live)?.verdict, "enforced-tls");
    assert.equal(proofs.ofLive({ ...live, version: "V2" }), undefined);
    // Probed again from a file that says the same.
    await keep(proofs, facts(open), settings);
    assert.equal(proofs.ofLive(live)?.verdict, "does-not-ask");
    await keep(proofs, facts(open), { ...settings, clientCertificate: "other" });
    assert.equal(proofs.ofLive(live), undefined);
  });

  test("end when the host is somewhere else", async () => {
    const { proofs } = proofsIn(testFolder());
    await keep(proofs, facts(enforced), settings);
    let changes = 0;
    proofs.onDidChange(() => changes++);
    proofs.found("Origin.example", ["192.0.2.1"]);
    assert.equal(proofs.of(settings)?.verdict, "enforced-tls");
    proofs.found("origin.example", ["192.0.2.9"]);
    assert.equal(proofs.of(settings), undefined);
    proofs.found("origin.example", ["192.0.2.9"]);
    assert.equal(changes, 2);
    await keep(proofs, facts({ ...enforced, address: "192.0.2.9" }), settings);
    assert.equal(proofs.of(settings)?.verdict, "enforced-tls");
  });

  test("are no more than a person looks at", async () => {
    const folder = testFolder();
    const { proofs } = proofsIn(folder);
    for (let index = 0; index < 510; index++) {
      const other = { ...plan, host: `h${index}.example` };
      const seen: ProbeFacts = { ...facts(enforced), plan: other, at: new Date(facts().at.getTime() - 600 + index) };
      await keep(proofs, seen, { ...settings, plan: other });
    }
    assert.equal(folder.kept.size, 500);
    assert.equal(proofs.of({ ...settings, plan: { ...plan, host: "h0.example" } }), undefined);
    assert.ok(proofs.of({ ...settings, plan: { ...plan, host: "h509.example" } }));
  });

  test("that are damaged keep the others from nothing, and a full disk loses no verdict", async () => {
    const folder = testFolder();
    await keep(proofsIn(folder).proofs, facts(enforced), settings);
    folder.kept.set("a.json", "{");
    folder.kept.set("b.json", "[]");
    const { proofs, faults } = proofsIn(folder);
    await proofs.ready();
    assert.deepEqual(faults, ["read a proof"]);
    assert.ok(proofs.of(settings));
    const full: Folder = { ...testFolder(), write: () => Promise.reject(new Error("ENOSPC")) };
    const other = proofsIn(full);
    await keep(other.proofs, facts(enforced), settings);
    assert.deepEqual(other.faults, ["keep a proof"]);
    assert.ok(other.proofs.of(settings));
  });
});

describe("what is said of a proof", () => {
  const at = facts().at.getTime();
  test("names the day and the verdict", () => {
    assert.equal(proofInShort({ verdict: "enforced-tls", at }), "enforced in TLS, verified 2026-12-01");
    assert.match(
      proofText({ host: "h", verdict: "enforced-http", at }),
      /^On 2026-12-01, “h” was verified: mutual TLS is enforced \(enforced by HTTP\)\.$/,
    );
    assert.match(
      proofText({ host: "h", verdict: "asks-only", at }),
      /mutual TLS is not enforced \(asks but does not enforce\)/,
    );
  });
});
