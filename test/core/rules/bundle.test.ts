// What is kept over edits must not show: after any of them the rules say what they say of the text read anew.
import * as assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import type { BundleFacts } from "../../../src/core/facts.ts";
import { read, reread } from "../../../src/core/read.ts";
import { check } from "../../../src/core/rules/check.ts";
import type { Context } from "../../../src/core/rules/rule.ts";
import { applyEdits, type TextEdit } from "../../../src/core/text.ts";
import { type Target, targets } from "../../../src/core/truststore/targets.ts";
import { indexOf } from "../../../src/core/x509/path/chain.ts";
import { signaturePairs } from "../../../src/core/x509/path/pairs.ts";
import type { Verdict } from "../../../src/core/x509/path/verdicts.ts";
import { SignatureChecker } from "../../../src/platform/node/crypto.ts";
import { holds } from "../../randomly.ts";
import { context, onFault } from "../checking.ts";
import { chainPem } from "../truststore/stores.ts";
import { createCa, createChain } from "../x509/pki.ts";

const fixtures = join(import.meta.dirname, "../../rules");
const texts = globSync(
  join(
    fixtures,
    "{bundle/*,certificate/{key-usage,expired,fault},pem/{content,boundary,marker,unread},trust-store/{chain-length,crl,expired,key,leaf,line-ends,root,signature,subject-conflict,text,version}}/{bad,good}-*.pem",
  ),
)
  .sort()
  .filter((path) => !path.endsWith(".fixed.pem"))
  .map((path) => readFileSync(path, "utf8"));
/** Blocks of many kinds, with what stands above them. */
const blocks = [...new Set(texts.flatMap((text) => text.match(/(?:^#.*\n)*^-----BEGIN[^]*?^-----END.*\n/gm) ?? []))];

const signatures = new SignatureChecker();

/** What a document is judged for. */
type Use = Pick<Context, "purpose" | "targets">;

const uses: readonly Use[] = [
  { purpose: "unknown" },
  { purpose: "origin" },
  ...[[], ["cloudfront"], ["apigateway"], ["alb"], ["nlb"], ["cloudfront", "alb"], ["alb", "apigateway"], targets].map(
    (some): Use => ({ purpose: "trust-store", targets: some as readonly Target[] }),
  ),
];

function problemsOf(facts: BundleFacts, use: Use): readonly string[] {
  for (const { issuer, subject } of signaturePairs(indexOf(facts.bundle)).pairs) signatures.check(issuer, subject);
  return check(facts, { ...context, ...use, signatures }, onFault).map(
    ({ at, rule, severity, reason, certificate, related, fixes }) =>
      JSON.stringify({ at, rule: rule.id, severity, reason, certificate, related, fixes }),
  );
}

const anew = (text: string): BundleFacts => read({ text, syntax: "pem", name: "x.pem" });

type Step = { readonly kind: "insert" | "copy" | "cut" | "type"; readonly block: number; readonly place: number };

/** Whole blocks come and go, those that are there among them, and single characters within them. */
function editOf(text: string, { kind, block, place }: Step): TextEdit {
  const begins = [...text.matchAll(/^-----BEGIN/gm)].map(({ index }) => index);
  const start = begins[place % Math.max(1, begins.length)] ?? 0;
  const endOf = (from: number) => begins.find((begin) => begin > from) ?? text.length;
  if (kind === "insert") return { span: { start, end: start }, text: blocks[block % blocks.length] ?? "" };
  if (kind === "copy") {
    const from = begins[block % Math.max(1, begins.length)] ?? 0;
    return { span: { start, end: start }, text: text.slice(from, endOf(from)) };
  }
  if (kind === "cut") return { span: { start, end: endOf(start) }, text: "" };
  const at = place % (text.length + 1);
  return {
    span: { start: at, end: Math.min(text.length, at + (block % 3)) },
    text: ["A", "", "\n", "-", "# mtls: target=origin\n", "# mtls: target=alb apigateway\n"][block % 6] ?? "",
  };
}

const step = fc.record({
  kind: fc.constantFrom("insert" as const, "copy" as const, "cut" as const, "type" as const),
  block: fc.nat(10_000),
  place: fc.nat(100_000),
});
/** Each list is one change of a document. */
const changes = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 });
const firsts = fc.oneof(
  fc.constantFrom(...texts),
  // Those that say for which services they are trust stores.
  fc.constantFrom(...texts.filter((text) => /^# mtls: target=(?!origin)/.test(text))),
  // A chain that is too long for those who count it.
  fc.constant(chainPem(6)),
  fc.array(fc.constantFrom(...blocks), { maxLength: 6 }).map((some) => some.join("")),
);

test("after any edits the rules say what they say of the text read anew, whatever it is for", () => {
  assert.ok(blocks.length > 60, `${blocks.length} blocks`);
  const seen = new Set<string>();
  holds(
    fc.property(
      firsts,
      changes,
      fc.array(fc.constantFrom(...uses), { minLength: 1, maxLength: 2 }),
      (first, list, inTurn) => {
        let text = first;
        let facts = anew(text);
        for (const use of inTurn) problemsOf(facts, use);
        for (const [place, steps] of list.entries()) {
          const edits: TextEdit[] = [];
          for (const one of steps) {
            const edit = editOf(text, one);
            edits.push(edit);
            text = applyEdits(text, [edit]);
          }
          facts = reread(facts, edits);
          const use = inTurn[place % inTurn.length] ?? { purpose: "unknown" };
          const said = problemsOf(facts, use);
          assert.deepEqual(said, problemsOf(anew(text), use));
          for (const problem of said) seen.add(JSON.parse(problem).rule);
        }
      },
    ),
    250,
    6000,
  );
  const rules = [
    "bundle/duplicate",
    "bundle/signature",
    "bundle/private-key",
    "certificate/expired",
    "pem/boundary",
    "pem/marker",
    ...["chain-length", "expired", "key", "leaf", "root", "signature", "subject-conflict", "text", "version"].map(
      (name) => `trust-store/${name}`,
    ),
  ];
  for (const rule of rules) assert.ok(seen.has(rule), rule);
});

test("a CA whose root is not there is told at its copy, once the first is cut", () => {
  const ca = createCa({ subject: "CN=Example Issuing CA", issuer: createCa({ subject: "CN=Example Root CA" }) }).pem;
  const key = blocks.find((block) => block.includes("BEGIN PRIVATE KEY")) ?? assert.fail();
  for (const some of [["alb"], ["apigateway"]] as const) {
    const use: Use = { purpose: "trust-store", targets: some };
    const before = anew(ca + key + ca);
    const openIn = (said: readonly string[]) =>
      said
        .map((problem) => JSON.parse(problem))
        .filter(({ rule }) => rule === "trust-store/root")
        .map(({ at }) => at.start);
    assert.deepEqual(openIn(problemsOf(before, use)), [0]);
    const after = problemsOf(reread(before, [{ span: { start: 0, end: ca.length }, text: "" }]), use);
    assert.deepEqual(openIn(after), [key.length]);
    assert.deepEqual(after, problemsOf(anew(key + ca), use));
  }
});

test("a signature is called broken only where every verdict that counts is there", () => {
  const path = join(fixtures, "bundle/signature/bad-without-identifiers.pem");
  const broken = (verdict: Verdict | undefined) =>
    check(anew(readFileSync(path, "utf8")), { ...context, signatures: { of: () => verdict } }, onFault).filter(
      ({ rule }) => rule.id === "bundle/signature",
    ).length;
  assert.deepEqual([broken(undefined), broken("unsupported"), broken("valid"), broken("invalid")], [0, 0, 0, 1]);
});

test("what is asked of a client certificate is asked of none, where it may be the one that cannot be read", () => {
  const [leaf, intermediate, root] = createChain();
  const text = `# mtls: target=origin\n${leaf.pem.replace("M", "%")}${intermediate.pem}${root.pem}`;
  const found = check(read({ text, syntax: "pem", name: "chain.pem" }), context, onFault);
  assert.deepEqual(
    found.map(({ rule }) => rule.id),
    ["pem/base64"],
  );
});
