// Inputs that people reported in public, rebuilt beside the project and no part of it, with the right answer to each:
// what `cases.json` expects, and what its README says where it expects no more than that.

import * as assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { decode } from "../src/core/encoding.ts";
import { type Facts, textOf } from "../src/core/facts.ts";
import { fixAll, renderIn } from "../src/core/fixes.ts";
import { messageOf, tell } from "../src/core/messages/tell.ts";
import { read, readAs } from "../src/core/read.ts";
import { check } from "../src/core/rules/check.ts";
import type { Context, Problem } from "../src/core/rules/rule.ts";
import { applyEdits } from "../src/core/text.ts";
import type { AcceptanceAnswer } from "../src/core/truststore/acceptance.ts";
import { bundleFitness } from "../src/core/truststore/fitness.ts";
import { keepOnlyTaken } from "../src/core/truststore/keep.ts";
import { splitForAcm } from "../src/core/truststore/split.ts";
import { isTarget } from "../src/core/truststore/targets.ts";
import { type Bundle, certificatesOf } from "../src/core/x509/bundle/bundle.ts";
import { valuesIn } from "../src/core/x509/bundle/values.ts";
import { indexOf } from "../src/core/x509/path/chain.ts";
import { signaturePairs } from "../src/core/x509/path/pairs.ts";
import { readCertificate } from "../src/core/x509/read/certificate.ts";
import { labelOfBytes } from "../src/core/x509/read/contents.ts";
import { answerAcceptance } from "../src/platform/node/acceptance.ts";
import { SignatureChecker } from "../src/platform/node/crypto.ts";
import { context, onFault } from "./core/checking.ts";

const folder = join(import.meta.dirname, "../../shared/field-cases");
const skip = existsSync(folder) ? false : "field cases: ../shared/field-cases is not here";

interface Case {
  readonly file: string;
  readonly syntax: "json" | "pem";
  readonly kind: string;
  readonly targets?: readonly string[];
  readonly client?: string;
  readonly expect: {
    readonly severity?: "error" | "warning";
    readonly passes?: false;
    readonly findings?: 1 | string;
    readonly names?: string;
    readonly never?: string;
    readonly split?: string;
    readonly keep?: string;
    readonly fix?: string;
    readonly verdict?: string;
  };
}

/** What the README of the cases says of a config, as the rule that finds it; `f20` says nothing of being an update. */
const byRule: Readonly<Record<string, string>> = {
  f01: "error distribution/unknown-member",
  f02: "error file/beside-config",
  f03a: "error domain-name/mtls-place",
  f03b: "error domain-name/mtls-place",
  f04a: "error origin/mtls-place",
  f04b: "error origin/mtls-place",
  f05a: "error domain-name/endpoint-access-mode",
  f05b: "error domain-name/security-policy",
  f06: "error viewer-mtls/passthrough-cache-policy",
  f07: "error distribution/member-type",
  f08: "error distribution/member-type",
  f09: "error behavior/cache-policy",
  f10a: "error domain-name/truststore-uri",
  f10b: "warning domain-name/truststore-uri",
  f11: "error viewer-mtls/flag",
  f12: "error viewer-mtls/connection-function",
  f13: "info file/wrapped-config",
  f14: "error listener/trust-store",
  f15: "warning listener/mode",
  // Such a line can also be of an answer, by --query.
  f16: "warning listener/mtls-place",
  f17: "error distribution/unknown-member",
  f18: "info file/wrapped-config",
  f19a: "error distribution/required-member",
  f19b: "error distribution/member-type",
  f21: "error domain-name/mtls-place",
  f22: "error domain-name/security-policy",
  f23: "error distribution/required-member",
  f24: "error distribution/member-type",
  f26: "warning origin/website-endpoint",
  f20: "",
};

/** Errors and warnings that were right before, of configs that must get no others. */
const known: Readonly<Record<string, readonly string[]>> = {
  "f10-placebo": [
    ...["Origins", "DefaultCacheBehavior", "Comment", "Enabled"].map(() => "distribution/required-member"),
    "distribution/quantity",
  ],
  "r08-passthrough-with-store": ["viewer-mtls/trust-store"],
  "r11-origin-certificate-member": ["origin/mtls-spelling"],
  "r14-origin-level": ["origin/mtls-place"],
  "r24-v2-objecturl": ["domain-name/truststore-uri"],
  "r27-rest-edge": ["domain-name/server-certificate", "domain-name/endpoint-type"],
  "r34-alb-advertise-bool": ["listener/member-type"],
  "v21-lae-group": ["behavior/lambda-at-edge"],
};

function given(): { readonly cases: readonly Case[]; readonly at: Context } {
  const { clock, cases } = JSON.parse(readFileSync(join(folder, "cases.json"), "utf8"));
  return { cases, at: { ...context, now: new Date(clock) } };
}

function load(file: string, syntax: "json" | "pem"): Facts {
  const { text, encoding } = decode(readFileSync(join(folder, file)));
  return read({ text, syntax, encoding, name: file.slice(file.lastIndexOf("/") + 1) });
}

function bundleOf(file: string): Bundle {
  const facts = load(file, "pem");
  assert.ok(facts.kind === "bundle");
  return facts.bundle;
}

function verified(facts: Facts): SignatureChecker {
  const signatures = new SignatureChecker();
  if (facts.kind === "bundle")
    for (const { issuer, subject } of signaturePairs(indexOf(facts.bundle)).pairs) signatures.check(issuer, subject);
  return signatures;
}

/** A case is judged as an origin's client certificate, as a service's trust store, or as nothing in particular. */
function contextFor(target: string, facts: Facts, at: Context): Context {
  const use: Partial<Context> =
    target === "origin" ? { purpose: target } : isTarget(target) ? { purpose: "trust-store", targets: [target] } : {};
  return { ...at, ...use, signatures: verified(facts) };
}

const told = (problems: readonly Problem[]) =>
  problems.map((problem) => `${problem.severity} ${problem.rule.id}: ${messageOf(problem)}`);

function withFirstFix(facts: Facts, problem: Problem | undefined): Facts {
  const fix = problem?.fixes?.[0];
  assert.ok(fix !== undefined, "a fix");
  return readAs(facts, applyEdits(textOf(facts), renderIn(facts, fix.changes)));
}

test("field cases: certificates and bundles", { skip }, async (t) => {
  const { cases, at } = given();
  for (const { file, targets = [], expect } of cases.filter(({ syntax }) => syntax === "pem"))
    for (const target of targets)
      await t.test(`${file} for ${target}`, () => {
        const facts = load(file, "pem");
        assert.ok(facts.kind === "bundle");
        const { bundle } = facts;
        const judging = contextFor(target, facts, at);
        const problems = check(facts, judging, onFault);
        const serious = problems.filter(({ severity }) => severity === expect.severity);
        if (expect.severity !== undefined) assert.ok(serious.length > 0, told(problems).join("\n"));
        if (expect.findings === 1) assert.equal(serious.length, 1, told(problems).join("\n"));
        if (expect.names !== undefined) assert.match(told(serious).join("\n"), new RegExp(expect.names, "i"));
        if (expect.never?.endsWith("/*") === true)
          assert.deepEqual(
            problems.filter(({ rule }) => rule.id.startsWith(expect.never?.slice(0, -1) ?? "")).map(messageOf),
            [],
          );
        else if (expect.never !== undefined) assert.ok(!told(problems).join("\n").includes(expect.never));
        if (expect.passes === false && isTarget(target))
          assert.notEqual(bundleFitness(bundle, target, at.now, judging.signatures).verdict, "passes");
        if (expect.fix === "proven by DER") {
          const fixed = withFirstFix(facts, serious[0]);
          assert.ok(fixed.kind === "bundle");
          assert.deepEqual(
            check(fixed, at, onFault).filter(({ severity }) => severity === "error"),
            [],
          );
          assert.ok(certificatesOf(fixed.bundle).length >= Math.max(1, certificatesOf(bundle).length));
        }
        if (expect.fix === "safe inside the file") {
          const fixed = readAs(facts, fixAll(facts, judging, onFault).text);
          assert.doesNotMatch(textOf(fixed), /\uFEFF/);
        }
        if (expect.split !== undefined) {
          const split = splitForAcm(bundle, { now: at.now });
          assert.ok("fault" in split || split.chainIndexes.length > 0);
        }
        if (expect.keep !== undefined && isTarget(target)) {
          const kept = readAs(facts, keepOnlyTaken(bundle, target).text);
          assert.ok(kept.kind === "bundle");
          assert.equal(certificatesOf(kept.bundle).length, certificatesOf(bundle).length);
          assert.notEqual(bundleFitness(kept.bundle, target, at.now).verdict, "refused");
        }
      });
});

async function answerTo(client: string, store: string, at: Date): Promise<AcceptanceAnswer> {
  const [leaf, ...presented] = certificatesOf(bundleOf(client)).map(({ certificate }) => certificate);
  assert.ok(leaf !== undefined);
  const cas = certificatesOf(bundleOf(store)).map(({ certificate }) => certificate);
  const checker = new SignatureChecker();
  const answer = await answerAcceptance({ client: leaf, presented, store: cas, at }, { checker });
  assert.ok(answer !== undefined);
  return answer;
}

test("field cases: clients against trust stores", { skip }, async (t) => {
  const { cases, at } = given();
  for (const { file, client, expect } of cases) {
    if (client === undefined) continue;
    await t.test(`${client} against ${file}`, async () => {
      const { rfc5280, byTarget } = await answerTo(client, file, at.now);
      const all = [rfc5280, ...Object.values(byTarget)];
      const said = all.map(({ objections }) => objections.map(({ reason }) => tell(reason)).join(" "));
      const { verdict = "" } = expect;
      if (/never a bare yes|not documented/.test(verdict) || expect.verdict === undefined)
        for (const one of all) assert.notEqual(one.verdict, "accepted", `${one.target ?? "RFC 5280"}`);
      if (verdict.startsWith("accepted")) assert.equal(byTarget.apigateway.verdict, "accepted", said.join("\n"));
      if (verdict.includes("refused")) assert.equal(byTarget.apigateway.verdict, "refused", said.join("\n"));
      const named = [/path length/, /expired/, /no CA/].findIndex((fault) => fault.test(verdict));
      if (named >= 0) {
        const words = [/pathLenConstraint/, /expired/, /not a CA/][named] ?? /./;
        for (const text of said) assert.match(text, words);
      }
    });
  }
});

test("field cases: configs", { skip }, async (t) => {
  const { cases, at } = given();
  const configs = cases.filter(({ syntax, kind }) => syntax === "json" && kind !== "good");
  assert.deepEqual(
    configs.map(({ file }) => numberOf(file)).filter((name) => byRule[name] === undefined),
    [],
    "cases without a right answer here",
  );
  for (const { file } of configs)
    await t.test(file, () => {
      const problems = check(load(file, "json"), at, onFault);
      const found = problems.map(({ rule, severity }) => `${severity} ${rule.id}`);
      const right = byRule[numberOf(file)] ?? "";
      if (right === "") assert.deepEqual(found, []);
      else assert.ok(found.includes(right), `${right} is missing:\n${told(problems).join("\n")}`);
    });
});

test("field cases: configs that are right have no finding that they had not", { skip }, async (t) => {
  const { cases, at } = given();
  for (const { file } of cases.filter(({ kind }) => kind === "good"))
    await t.test(file, () => {
      const serious = check(load(file, "json"), at, onFault).filter(({ severity }) => severity !== "info");
      assert.deepEqual(serious.map(({ rule }) => rule.id).sort(), [...(known[nameOf(file)] ?? [])].sort());
    });
});

/** By file of `corpora/`: what is it judged as, and the rule that finds what is wrong. */
const found: readonly (readonly [file: string, target: string, rule: string])[] = [
  ["1-hidden-block/chain-stray-intermediate.pem", "origin", "pem/unread"],
  ["1-hidden-block/chain-stray-last.pem", "origin", "pem/unread"],
  ["1-hidden-block/comment-no-newline.pem", "cloudfront", "pem/unread"],
  ["1-hidden-block/stray-second.pem", "cloudfront", "pem/unread"],
  ["2-aki/chain-otherski.pem", "origin", "bundle/authority-key"],
  ["2-aki/store-int-root-otherski.pem", "cloudfront", "bundle/authority-key"],
  ["9-off-curve/p256-off-curve.pem", "cloudfront", "certificate/off-curve"],
];

test("field cases: rebuilt from corpora", { skip }, async (t) => {
  const { at } = given();
  for (const [file, target, rule] of found)
    await t.test(file, () => {
      const facts = load(`corpora/${file}`, "pem");
      const problems = check(facts, contextFor(target, facts, at), onFault);
      assert.deepEqual([...new Set(problems.map((problem) => problem.rule.id))], [rule], told(problems).join("\n"));
    });
  for (const [store, client, isAccepted] of [
    ["2-aki/rootA-renewed", "2-aki/client-aki-serial", false],
    ["2-aki/rootA-renewed-otherski", "2-aki/client-aki-keyid", false],
    ["3-nc-period/store-mail", "3-nc-period/client-mail", true],
    ["3-nc-period/store-uri", "3-nc-period/client-uri-spiffe", true],
    ["4-self-issued-anchor/store", "4-self-issued-anchor/client", false],
    ["5-critical-ids/store-ski", "5-critical-ids/client-ski", false],
    ["5-critical-ids/store-akicrit", "5-critical-ids/client-akicrit", false],
    ["5-critical-ids/store-ian", "5-critical-ids/client-ian", false],
    ["5-critical-ids/store-nscerttype", "5-critical-ids/client-nscerttype-server", false],
  ] as const)
    await t.test(`${client} against ${store}`, async () => {
      const { rfc5280, byTarget } = await answerTo(`corpora/${client}.pem`, `corpora/${store}.pem`, at.now);
      assert.equal(rfc5280.verdict, isAccepted ? "accepted" : "undocumented");
      for (const one of Object.values(byTarget)) assert.notEqual(one.verdict, "accepted", one.target);
    });
  await t.test("a binary revocation list is named", () => {
    for (const name of ["own.crl", "own-crl.der"])
      assert.equal(labelOfBytes(readFileSync(join(folder, "corpora/6-der-crl", name))), "X509 CRL");
  });
  await t.test("what headers and tokens hold is a certificate", () => {
    for (const name of ["alb-header.txt", "rfc9440-header.txt", "saml.xml"]) {
      const text = readFileSync(join(folder, "corpora/7-aws-header-forms", name), "utf8");
      assert.ok(valuesIn(text).length > 0, name);
    }
  });
  await t.test("a certificate is read without a change to its bytes", () => {
    const bytes = readFileSync(join(folder, "corpora/negative-serial.der"));
    const before = Uint8Array.from(bytes);
    readCertificate(bytes);
    assert.deepEqual(Uint8Array.from(bytes), before);
  });
});

/** `f01`, `f03a`. */
function numberOf(file: string): string {
  return nameOf(file).split("-", 1)[0] ?? "";
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1, -".json".length);
}
