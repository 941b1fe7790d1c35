// The rules, the status and the answer to "would this client be accepted?" say the same of the same files.
import * as assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { BundleFacts } from "../../../src/core/facts.ts";
import { messageOf } from "../../../src/core/messages/tell.ts";
import { read } from "../../../src/core/read.ts";
import { check } from "../../../src/core/rules/check.ts";
import { type AcceptanceAnswer, acceptance } from "../../../src/core/truststore/acceptance.ts";
import { bundleFitness } from "../../../src/core/truststore/fitness.ts";
import { targets } from "../../../src/core/truststore/targets.ts";
import { certificatesOf } from "../../../src/core/x509/bundle/bundle.ts";
import { identityOf } from "../../../src/core/x509/identity.ts";
import { indexOf, issuanceOf } from "../../../src/core/x509/path/chain.ts";
import { signaturePairs } from "../../../src/core/x509/path/pairs.ts";
import type { Verdict } from "../../../src/core/x509/path/verdicts.ts";
import { validityOf } from "../../../src/core/x509/validity.ts";
import { SignatureChecker, sha256 } from "../../../src/platform/node/crypto.ts";
import { holds } from "../../randomly.ts";
import { basicConstraints, keyUsage } from "../x509/der-writer.ts";
import { createLeaf, type Issued, issue } from "../x509/pki.ts";
import { chains, make, sound } from "./random-chains.ts";

const now = new Date("2026-06-01T00:00:00Z");

function ask(
  client: Issued,
  store: readonly Issued[],
  checker: SignatureChecker,
  at = now,
  presented: readonly Issued[] = [],
): AcceptanceAnswer {
  const of = (issued: readonly Issued[]) => issued.map(({ certificate }) => certificate);
  const question = { client: client.certificate, presented: of(presented), store: of(store), at };
  const search = acceptance(question);
  let verdict: Verdict | undefined;
  for (;;) {
    const step = search.next(verdict);
    if (step.done === true) return step.value;
    verdict = step.value && checker.check(step.value.issuer, step.value.subject);
  }
}

test("the last second of a certificate belongs to its validity for all, and whatever is asked within it", () => {
  const root = issue({ subject: "CN=Root", parts: { notAfter: "20260601000000Z" } }, [
    basicConstraints(true),
    keyUsage("keyCertSign"),
  ]);
  const client = createLeaf({ issuer: root });
  const facts = read({ text: root.pem, syntax: "pem", name: "clients.pem" });
  assert.ok(facts.kind === "bundle");
  const checker = new SignatureChecker();
  const at = (time: string) => {
    const date = new Date(time);
    const settings = { severities: {}, expiryWarningDays: 0 };
    const rulesOf = (purpose: "trust-store" | "unknown") =>
      check(facts, { now: date, settings, purpose, targets: ["apigateway"] }, (_, error) =>
        assert.fail(String(error)),
      ).map(({ rule }) => rule.id);
    return {
      store: rulesOf("trust-store").includes("trust-store/expired"),
      file: rulesOf("unknown").includes("certificate/expired"),
      inspector: validityOf(root.certificate, date).code,
      status: bundleFitness(facts.bundle, "apigateway", date).verdict,
      answer: ask(client, [root], checker, date).byTarget.apigateway.verdict,
    };
  };
  const valid = { store: false, file: false, inspector: "validity:expires", status: "passes" };
  assert.deepEqual(at("2026-05-31T23:59:59.999Z"), { ...valid, answer: "accepted" });
  for (const time of ["2026-06-01T00:00:00Z", "2026-06-01T00:00:00.999Z"])
    assert.deepEqual(at(time), { ...valid, answer: "undocumented" }, time);
  assert.deepEqual(at("2026-06-01T00:00:01Z"), {
    store: true,
    file: true,
    inspector: "validity:expired",
    status: "warned",
    answer: "refused",
  });
});

test("a CA that certifies a new key under its own name does not hide what is above it", () => {
  const plain = { ...sound, identifier: "none" } as const;
  const made = make([{ ...plain, pathLength: 1 }, plain, { ...plain, isSelfIssued: true }, plain]);
  const client = createLeaf({ issuer: made.at(-1) ?? assert.fail(), subject: "O=Heron Works,CN=client" });
  const { bundle } = read({ text: made.map(({ pem }) => pem).join(""), syntax: "pem", name: "" }) as BundleFacts;
  const checker = new SignatureChecker();
  for (const { issuer, subject } of signaturePairs(indexOf(bundle)).pairs) checker.check(issuer, subject);
  assert.equal(ask(client, made, checker).byTarget.apigateway.verdict, "refused");
  const { verdict, judgements } = bundleFitness(bundle, "apigateway", now, checker);
  assert.equal(verdict, "warned");
  assert.deepEqual(
    judgements.filter(({ holds }) => !holds).map(({ requirement, index }) => [requirement, index]),
    [["path-length", 3]],
  );
});

/** What is wrong with a CA as one that clients are to get in by. */
const ofPaths: ReadonlySet<string> = new Set([
  "bundle/signature",
  "bundle/authority-key",
  "bundle/issuer-not-ca",
  "bundle/path-length",
  "certificate/key-usage",
  "trust-store/expired",
  "trust-store/name-constraints",
]);

test("rules, status and acceptance do not contradict each other", (t) => {
  const counts: Record<string, number> = {};
  holds(
    fc.property(chains, fc.nat(), fc.boolean(), (chain, kept, isRootFirst) => {
      const made = make(chain);
      const last = made.at(-1) ?? assert.fail();
      // Mostly all of them are there; else the one that issued the client, and any of the others.
      const store = made.filter((_, level) => level === made.length - 1 || kept % 3 > 0 || (kept >> level) % 2 === 0);
      const ordered = isRootFirst ? store : store.toReversed();
      const client = createLeaf({ issuer: last, subject: "O=Heron Works,CN=client" });
      const facts = read({ text: ordered.map(({ pem }) => pem).join(""), syntax: "pem", name: "clients.pem" });
      assert.ok(facts.kind === "bundle");
      const { bundle } = facts;
      const checker = new SignatureChecker();
      for (const { issuer, subject } of signaturePairs(indexOf(bundle)).pairs) checker.check(issuer, subject);
      const { byTarget } = ask(client, store, checker);
      for (const target of targets) {
        const problems = check(
          facts,
          {
            now,
            settings: { severities: {}, expiryWarningDays: 0 },
            fingerprint: sha256,
            purpose: "trust-store",
            targets: [target],
            signatures: checker,
          },
          (_, error) => assert.fail(String(error)),
        ).filter(({ severity }) => severity !== "info");
        const { verdict: status } = bundleFitness(bundle, target, now, checker, { fingerprint: sha256 });
        const { verdict, path } = byTarget[target];
        counts[`${target} ${verdict} ${status}`] = (counts[`${target} ${verdict} ${status}`] ?? 0) + 1;
        const about = (hash: number) =>
          problems.filter(({ rule, at }) => {
            const piece = certificatesOf(bundle).find(
              ({ index }) => (bundle.starts[index] ?? -1) === startOf(at.start),
            );
            return ofPaths.has(rule.id) && piece !== undefined && identityOf(piece.certificate).hash === hash;
          });
        const startOf = (offset: number) => bundle.starts.findLast((start) => start <= offset) ?? -1;
        const where = () => `${target}: ${verdict}, ${status}: ${problems.map(messageOf).join(" | ")}`;
        // What the rules find wrong with a CA of the path is no yes.
        if (verdict === "accepted") {
          assert.notEqual(status, "refused", where());
          for (const { certificate } of path.slice(1))
            assert.deepEqual(about(identityOf(certificate).hash).map(messageOf), [], where());
        }
        // What they find wrong with any CA is not passed by the status, nor the other way round.
        const isFound = problems.some(({ rule }) => ofPaths.has(rule.id) || rule.id.startsWith("trust-store/"));
        if (status !== "unknown") assert.equal(isFound, status !== "passes", where());
        // In a store that has nothing against it a client that has nothing against it is not refused; but a certificate
        // there that is no CA may be a client's own, and name constraints are about the client too.
        if (
          status === "passes" &&
          store.length === made.length &&
          chain.every(({ isAuthority, permits }) => isAuthority && permits !== "O=Elsewhere")
        )
          assert.notEqual(verdict, "refused", where());
      }
    }),
    150,
  );
  t.diagnostic(JSON.stringify(counts));
  const all = Object.keys(counts).join();
  for (const one of ["alb accepted passes", "apigateway refused warned", "cloudfront undocumented warned"])
    assert.ok(all.includes(one), one);
});

test("what the inspector says of signatures, the rules say", () => {
  holds(
    fc.property(chains, fc.nat(), (chain, kept) => {
      const made = make(chain);
      const store = made.filter((_, level) => level === made.length - 1 || (kept >> level) % 2 === 0);
      const facts = read({ text: store.map(({ pem }) => pem).join(""), syntax: "pem", name: "clients.pem" });
      assert.ok(facts.kind === "bundle");
      const index = indexOf(facts.bundle);
      const checker = new SignatureChecker();
      for (const { issuer, subject } of signaturePairs(index).pairs) checker.check(issuer, subject);
      const settings = { severities: {}, expiryWarningDays: 0 };
      const shown = index.certificates.filter(
        (certificate) => issuanceOf(certificate, index, checker, now.getTime()).state === "broken",
      );
      const told = check(facts, { now, settings, purpose: "unknown", signatures: checker }, (_, error) =>
        assert.fail(String(error)),
      ).filter(({ rule }) => rule.id === "bundle/signature");
      assert.equal(told.length, shown.length);
    }),
    100,
  );
});

test("any CA of a CloudFront trust store ends the chain, at whatever height; API Gateway wants all of it", (t) => {
  const counts: Record<string, number> = {};
  holds(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 63 }),
      fc.boolean(),
      (length, mask, isAll) => {
        const made = make(Array.from({ length }, () => sound));
        const store = made.filter((_, level) => (mask >> level) % 2 === 1);
        if (store.length === 0) return;
        const client = createLeaf({ issuer: made.at(-1) ?? assert.fail(), subject: "O=Heron Works,CN=client" });
        const presented = made.filter((one) => isAll || !store.includes(one));
        const facts = read({ text: store.map(({ pem }) => pem).join(""), syntax: "pem", name: "clients.pem" });
        assert.ok(facts.kind === "bundle");
        const checker = new SignatureChecker();
        for (const { issuer, subject } of signaturePairs(indexOf(facts.bundle)).pairs) checker.check(issuer, subject);
        const { byTarget, rfc5280 } = ask(client, store, checker, now, presented);
        const problems = check(
          facts,
          {
            now,
            settings: { severities: {}, expiryWarningDays: 0 },
            fingerprint: sha256,
            purpose: "trust-store",
            targets: ["cloudfront"],
            signatures: checker,
          },
          (_, error) => assert.fail(String(error)),
        );
        const where = () => `${length} CAs, ${mask}: ${problems.map(messageOf).join(" | ")}`;
        assert.deepEqual(problems.map(messageOf), [], where());
        assert.equal(bundleFitness(facts.bundle, "cloudfront", now, checker).verdict, "passes", where());
        // The client's and those above it, below the first CA of the store.
        const below = length - made.findLastIndex((one) => store.includes(one));
        assert.equal(byTarget.cloudfront.verdict, below <= 4 ? "accepted" : "refused", where());
        const isWhole = store.length === length && length <= 4;
        assert.equal(byTarget.apigateway.verdict, isWhole ? "accepted" : "refused", where());
        assert.notEqual(rfc5280.verdict, "refused", where());
        const said = `${byTarget.cloudfront.verdict} ${store[0] === made[0] ? "to a root" : "to no root"}`;
        counts[said] = (counts[said] ?? 0) + 1;
      },
    ),
    150,
  );
  t.diagnostic(JSON.stringify(counts));
  assert.deepEqual(Object.keys(counts).sort(), [
    "accepted to a root",
    "accepted to no root",
    "refused to a root",
    "refused to no root",
  ]);
});
