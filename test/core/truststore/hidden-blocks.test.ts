// A certificate that nobody finds beside others: no verdict, no fix and no command goes on as if it was not there.
import * as assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { describe, test } from "node:test";
import { renderIn } from "../../../src/core/fixes.ts";
import { tell } from "../../../src/core/messages/tell.ts";
import { cutBlock } from "../../../src/core/pem/arrange.ts";
import { read } from "../../../src/core/read.ts";
import { check } from "../../../src/core/rules/check.ts";
import { finish } from "../../../src/core/steps.ts";
import { applyEdits } from "../../../src/core/text.ts";
import { bundleFitness, inTheWayInSteps } from "../../../src/core/truststore/fitness.ts";
import { keepOnlyTaken } from "../../../src/core/truststore/keep.ts";
import { mergeBundles, splitForAcm } from "../../../src/core/truststore/split.ts";
import { type Target, targets } from "../../../src/core/truststore/targets.ts";
import { readBundle } from "../../../src/core/x509/bundle/bundle.ts";
import { indexOf } from "../../../src/core/x509/path/chain.ts";
import { signaturePairs } from "../../../src/core/x509/path/pairs.ts";
import { SignatureChecker } from "../../../src/platform/node/crypto.ts";
import { context, onFault } from "../checking.ts";
import { createCa, createLeaf } from "../x509/pki.ts";
import { rootPem } from "./stores.ts";

const root = createCa({ subject: "CN=Example Root CA" });
const issuing = createCa({ subject: "CN=Example Issuing CA", issuer: root });
const leaf = createLeaf({ issuer: issuing });
const key = `-----BEGIN PRIVATE KEY-----\n${"A".repeat(64)}\n-----END PRIVATE KEY-----\n`;
const quoted = (text: string) => text.replace(/^(?=.)/gm, "> ");

const now = new Date("2026-11-21T00:00:00Z");
const findings = (text: string, purpose: "origin" | "trust-store" | "unknown", services: readonly Target[] = []) => {
  const facts = read({ text, syntax: "pem", name: "a.pem" });
  const signatures = new SignatureChecker();
  for (const { issuer, subject } of signaturePairs(indexOf(facts.bundle)).pairs) signatures.check(issuer, subject);
  return check(facts, { ...context, now, purpose, targets: services, signatures }, onFault);
};

describe("a block that nobody finds beside others", () => {
  const hidden = quoted(issuing.pem);

  test("keeps a trust store from passing", () => {
    const verdicts = (text: string) => targets.map((target) => bundleFitness(readBundle(text), target, now).verdict);
    assert.deepEqual(new Set(verdicts(root.pem)), new Set(["passes"]));
    const byTarget = Object.fromEntries(targets.map((target, place) => [target, verdicts(root.pem + hidden)[place]]));
    assert.deepEqual(byTarget, { cloudfront: "refused", apigateway: "unknown", alb: "refused", nlb: "unknown" });
    const [judged] = bundleFitness(readBundle(root.pem + hidden), "apigateway", now).judgements;
    assert.equal(
      judged && tell(judged.found),
      "This file contains a block (CERTIFICATE) that is not written as plain PEM lines, so programs do not find it.",
    );
  });

  test("goes with no fix, and with none of the blocks that do", () => {
    for (const text of [
      `${root.pem}${hidden}${rootPem()}`,
      `our CAs\n${root.pem}\nthe issuing CA\n${hidden}and another\n${rootPem()}`,
      `${root.pem}${hidden}${root.pem}`,
      `${root.pem}${hidden}${key}`,
      `${root.pem}${hidden}`,
    ]) {
      const facts = read({ text, syntax: "pem", name: "a.pem" });
      const about = { ...context, purpose: "trust-store" as const, targets: ["cloudfront" as const] };
      for (const { rule, fixes = [] } of check(facts, about, onFault)) {
        for (const { changes } of rule.id === "pem/unread" ? [] : fixes)
          assert.ok(applyEdits(text, renderIn(facts, changes)).includes(hidden), rule.id);
      }
      for (const target of targets) assert.ok(keepOnlyTaken(facts.bundle, target).text.includes(hidden), target);
    }
    const { pem } = readBundle(`${root.pem}${hidden}${root.pem}`);
    assert.equal(applyEdits(pem.text, [cutBlock(pem, 1, 0)]), root.pem + hidden);
  });

  test("is not taken for text where it is damaged or cut off", () => {
    const own = issuing.pem.trimEnd().split("\n");
    const lost = own.map((line, place) => (place === 3 ? line.slice(0, 30) + line.slice(31) : line)).join("\n");
    const blank = own.map((line, place) => (place === 3 ? `${line.slice(0, 30)} ${line.slice(31)}` : line)).join("\n");
    const cut = own.slice(0, 6).join("\n");
    for (const text of [
      ...[lost, blank, cut].flatMap((one) => [`issuing: ${one}`, `# Issuing CA${one}`, `# Issuing CA ${one}`]),
      ...[lost, blank].map((one) => one.split("\n").slice(1, -1).join("\n")),
      own.slice(1, 6).join("\n"),
      own.slice(3, -1).join("\n"),
    ]) {
      for (const whole of [`${text}\n${root.pem}`, `${root.pem}${text}\n`]) {
        const facts = read({ text: whole, syntax: "pem", name: "a.pem" });
        const found = check(facts, { ...context, purpose: "trust-store", targets: ["alb"] }, onFault);
        assert.ok(found.length > 0, whole);
        for (const { rule, fixes = [] } of found)
          for (const { changes } of fixes)
            assert.ok(applyEdits(whole, renderIn(facts, changes)).includes(own[4] ?? ""), `${rule.id}: ${whole}`);
        for (const target of targets)
          assert.ok(keepOnlyTaken(facts.bundle, target).text.includes(own[4] ?? ""), `${target}: ${whole}`);
        assert.equal(bundleFitness(facts.bundle, "apigateway", now).verdict, "unknown", whole);
        assert.equal(bundleFitness(facts.bundle, "alb", now).verdict, "refused", whole);
      }
    }
  });

  test("is told of where nothing else keeps a service from taking the bundle", () => {
    const why = (text: string) => {
      const bundle = readBundle(text);
      return finish(inTheWayInSteps(bundle, bundleFitness(bundle, "alb", now))).map(({ found: { code } }) => code);
    };
    assert.deepEqual(why(root.pem), []);
    assert.notDeepEqual(why(root.pem + hidden), []);
    assert.notDeepEqual(why(root.pem + encodeURIComponent(key)), []);
    const indented = rootPem().replace(/^(?=.)/gm, "  ");
    assert.deepEqual(why(root.pem + indented), ["store:damaged-block"]);
    assert.equal(bundleFitness(readBundle(root.pem + indented), "apigateway", now).verdict, "unknown");
  });

  test("is refused everywhere where it is a private key", () => {
    const forms = {
      rsa: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }),
      p256: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" }),
      sec1: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "sec1", format: "pem" }),
      ed25519: generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }),
    };
    const bare = (text: string) => text.split("\n").slice(1, -2).join("\n");
    for (const [name, one] of Object.entries(forms)) {
      const pem = one.toString();
      for (const text of [
        bare(pem),
        quoted(pem),
        encodeURIComponent(pem),
        Buffer.from(pem).toString("base64"),
        Buffer.from(issuing.pem + pem).toString("base64"),
        JSON.stringify(pem),
      ]) {
        for (const whole of [`${root.pem}${text}\n`, `${text}\n${root.pem}`]) {
          const ids = findings(whole, "trust-store").map(({ rule, fixes = [] }) => [rule.id, fixes.length]);
          assert.deepEqual(ids, [["bundle/private-key", 0]], `${name}: ${whole}`);
          for (const target of targets) {
            const { verdict, judgements } = bundleFitness(readBundle(whole), target, now);
            const unmet = judgements.filter(({ holds, severity }) => !holds && severity === "error");
            assert.equal(verdict, "refused", `${name} ${target}`);
            assert.deepEqual(
              unmet.map(({ requirement }) => requirement),
              ["private-key"],
            );
          }
        }
      }
    }
  });

  test("keeps a file from being split, and is told of where it is not merged", () => {
    for (const [text, label] of [
      [leaf.pem + hidden, "CERTIFICATE"],
      [leaf.pem + hidden + root.pem, "CERTIFICATE"],
      [`${leaf.pem}${issuing.pem}key: ${key}`, "PRIVATE KEY"],
    ] as const) {
      const split = splitForAcm(readBundle(text));
      assert.deepEqual(split, { fault: { code: "split:hidden-block", args: { label } } });
    }
    const merged = mergeBundles([
      { name: "a.pem", bundle: readBundle(root.pem + hidden) },
      { name: "b.pem", bundle: readBundle(rootPem()) },
    ]);
    assert.equal(merged.certificates, 2);
    assert.deepEqual(merged.hidden, [{ name: "a.pem", label: "CERTIFICATE" }]);
  });

  test("may be what seems to be missing", () => {
    const about = (text: string, purpose: "origin" | "trust-store" | "unknown") =>
      findings(text, purpose).map(({ rule }) => rule.id);
    assert.deepEqual(about(leaf.pem + root.pem, "origin").includes("bundle/issuer-missing"), true);
    for (const text of [leaf.pem + hidden, leaf.pem + hidden + root.pem, leaf.pem + root.pem + hidden]) {
      assert.deepEqual(about(text, "origin"), ["pem/unread"]);
      assert.deepEqual(about(text, "unknown"), ["pem/unread"]);
    }
    const namesake = createCa({ subject: "CN=Example Issuing CA" });
    assert.equal(about(leaf.pem + namesake.pem, "origin").includes("bundle/order"), true);
    assert.deepEqual(about(leaf.pem + hidden + namesake.pem, "origin"), ["pem/unread"]);
    const inStore = (text: string) => findings(text, "trust-store", ["apigateway"]).map(({ rule }) => rule.id);
    assert.deepEqual(inStore(issuing.pem), ["trust-store/root"]);
    assert.deepEqual(inStore(issuing.pem + quoted(root.pem)), ["pem/unread"]);
  });
});
