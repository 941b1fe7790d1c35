// What is kept over edits must not show: after any of them the rules say what they say of the text read anew.
import * as assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import type { BundleFacts } from "../../src/core/facts.ts";
import { read, reread } from "../../src/core/read.ts";
import { check } from "../../src/core/rules/index.ts";
import { applyEdits, type TextEdit } from "../../src/core/text.ts";
import { indexOf, signaturePairs, type Verdict } from "../../src/core/x509/chain.ts";
import { SignatureChecker } from "../../src/node/crypto.ts";
import { context, onFault } from "./checking.ts";
import { createChain } from "./x509/pki.ts";

const fixtures = join(import.meta.dirname, "../rules");
const texts = globSync(join(fixtures, "{bundle/*,certificate/{key-usage,expired,fault},pem/{content,boundary}}/{bad,good}-*.pem")).sort().filter((path) => !path.endsWith(".fixed.pem")).map((path) => readFileSync(path, "utf8"));
/** Blocks of many kinds, with what stands above them. */
const blocks = [...new Set(texts.flatMap((text) => text.match(/(?:^#.*\n)*^-----BEGIN[^]*?^-----END.*\n/gm) ?? []))];

const signatures = new SignatureChecker();

function problemsOf(facts: BundleFacts, purpose: typeof context.purpose): readonly string[] {
  for (const { issuer, subject } of signaturePairs(indexOf(facts.bundle)).pairs) signatures.check(issuer, subject);
  return check(facts, { ...context, purpose, signatures }, onFault).map(({ at, rule, severity, message, certificate, related, fixes }) => JSON.stringify({ at, rule: rule.id, severity, message, certificate, related, fixes }));
}

type Step = { readonly kind: "insert" | "cut" | "type"; readonly block: number; readonly place: number };

/** Whole blocks come and go, and single characters within them. */
function editOf(text: string, { kind, block, place }: Step): TextEdit {
  const begins = [...text.matchAll(/^-----BEGIN/gm)].map(({ index }) => index);
  const start = begins[place % Math.max(1, begins.length)] ?? 0;
  if (kind === "insert") return { span: { start, end: start }, text: blocks[block % blocks.length] ?? "" };
  if (kind === "cut") return { span: { start, end: begins.find((begin) => begin > start) ?? text.length }, text: "" };
  const at = place % (text.length + 1);
  return { span: { start: at, end: Math.min(text.length, at + (block % 3)) }, text: ["A", "", "\n", "-", "# mtls: target=origin\n"][block % 5] ?? "" };
}

const steps = fc.array(fc.record({ kind: fc.constantFrom("insert" as const, "insert" as const, "cut" as const, "type" as const), block: fc.nat(10_000), place: fc.nat(100_000) }), { minLength: 1, maxLength: 12 });

test("after any edits the rules say what they say of the text read anew", () => {
  assert.ok(blocks.length > 60, `${blocks.length} blocks`);
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(fc.nat(10_000), { maxLength: 6 }), steps, fc.constantFrom("unknown" as const, "origin" as const, "trust-store" as const), (first, edits, purpose) => {
      let text = first.map((block) => blocks[block % blocks.length] ?? "").join("");
      let facts = read({ text, syntax: "pem", name: "x.pem" });
      problemsOf(facts, purpose);
      for (const step of edits) {
        const edit = editOf(text, step);
        text = applyEdits(text, [edit]);
        facts = reread(facts, [edit]);
        const said = problemsOf(facts, purpose);
        assert.deepEqual(said, problemsOf(read({ text, syntax: "pem", name: "x.pem" }), purpose));
        for (const problem of said) seen.add(JSON.parse(problem).rule);
      }
    }),
  );
  for (const rule of ["bundle/duplicate", "bundle/signature", "bundle/private-key", "certificate/expired", "pem/boundary"]) assert.ok(seen.has(rule), rule);
});

test("a signature is called broken only where every verdict that counts is there", () => {
  const path = join(fixtures, "bundle/signature/bad-without-identifiers.pem");
  const anew = () => read({ text: readFileSync(path, "utf8"), syntax: "pem", name: "x.pem" });
  const broken = (verdict: Verdict | undefined) => check(anew(), { ...context, signatures: { of: () => verdict } }, onFault).filter(({ rule }) => rule.id === "bundle/signature").length;
  assert.deepEqual([broken(undefined), broken("unsupported"), broken("valid"), broken("invalid")], [0, 0, 0, 1]);
});

test("what is asked of a client certificate is asked of none, where it may be the one that cannot be read", () => {
  const [leaf, intermediate, root] = createChain();
  const text = `# mtls: target=origin\n${leaf.pem.replace("M", "%")}${intermediate.pem}${root.pem}`;
  const found = check(read({ text, syntax: "pem", name: "chain.pem" }), context, onFault);
  assert.deepEqual(found.map(({ rule }) => rule.id), ["pem/base64"]);
});
