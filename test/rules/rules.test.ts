// Every rule has a folder here, of documents that break it (`bad-*`) and documents that do not (`good-*`).
// Beside a bad one stand its findings (`.findings.txt`) and its text after the rule's first fix (`.fixed.json`,
// `.fixed.pem`).
// An `inventory.json` among them is what the account holds while the documents of its folder are checked.
// The PEM files are written by `make-certificates.ts`.
// UPDATE_GOLDEN=1 writes both anew: read them before they are committed.

import * as assert from "node:assert/strict";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import { describe, test } from "node:test";
import { type ParseError, parse } from "jsonc-parser";
import { type Facts, isOurs, textOf } from "../../src/core/facts.ts";
import { fixAll, renderIn, safeFixes } from "../../src/core/fixes.ts";
import { fixTitle, messageOf, relatedText, tell } from "../../src/core/messages/tell.ts";
import { read, type Source } from "../../src/core/read.ts";
import type { Reason } from "../../src/core/reason.ts";
import { catalogue } from "../../src/core/rules/catalogue.ts";
import { check } from "../../src/core/rules/check.ts";
import type { Problem, RuleCard } from "../../src/core/rules/rule.ts";
import { applyEdits, LineIndex, type Span } from "../../src/core/text.ts";
import { certificateMark } from "../../src/core/x509/bundle/places.ts";
import { indexOf, signaturePairs } from "../../src/core/x509/path/chain.ts";
import { SignatureChecker } from "../../src/platform/node/crypto.ts";
import { decode } from "../../src/platform/node/files.ts";
import { context, onFault } from "../core/checking.ts";
import { inventoryBeside, inventoryPath } from "./inventories.ts";

const folder = import.meta.dirname;
const updating = process.env["UPDATE_GOLDEN"] === "1";

interface Fixture {
  readonly path: string;
  readonly ruleId: string;
  readonly bad: boolean;
}

const files = globSync(join(folder, "*/*/*")).sort();
const fixtures: readonly Fixture[] = files
  .filter((path) => /^(bad|good)-[\w-]+\.(jsonc?|pem)$/.test(basename(path)))
  .map((path) => ({
    path,
    ruleId: relative(folder, dirname(path)).split(sep).join("/"),
    bad: basename(path).startsWith("bad-"),
  }));

function readFixture(path: string) {
  const { text, encoding } = decode(readFileSync(path));
  return read({ text, encoding, syntax: syntaxOf(path), name: basename(path) });
}

function readAgain(path: string, text: string) {
  return read({ text, encoding: decode(readFileSync(path)).encoding, syntax: syntaxOf(path), name: basename(path) });
}

function syntaxOf(path: string): Source["syntax"] {
  return path.endsWith(".pem") ? "pem" : path.endsWith(".jsonc") ? "jsonc" : "json";
}

/** With every signature verified, and with the account of the document's folder. */
function problemsOf(facts: Facts, path: string): Problem[] {
  const inventory = inventoryBeside(path);
  if (facts.kind === "config")
    return check(facts, { ...context, ...(inventory === undefined ? {} : { inventory }) }, onFault);
  const signatures = new SignatureChecker();
  for (const { issuer, subject } of signaturePairs(indexOf(facts.bundle)).pairs) signatures.check(issuer, subject);
  return check(facts, { ...context, signatures }, onFault);
}

/**
 * One finding as the golden files tell it: where, how grave, which rule; then message, related places and fixes,
 * indented.
 */
function describeProblem(problem: Problem, lines: LineIndex): string {
  const { at, severity, rule, related = [], fixes = [] } = problem;
  const place = (span: Span) => {
    const [start, end] = [lines.at(span.start), lines.at(span.end)];
    return `${start.line + 1}:${start.column + 1}-${end.line + 1}:${end.column + 1}`;
  };
  return [
    `${place(at)} ${severity} ${rule.id}`,
    `  ${messageOf(problem)}`,
    ...related.map((other) => `  see ${place(other.at)}: ${relatedText(other, problem)}`),
    ...fixes.map((fix) => `  ${fix.safe ? "fix" : "offer"}: ${fixTitle(fix, problem)}`),
  ].join("\n");
}

function describeProblems(problems: readonly Problem[], text: string): string {
  const lines = new LineIndex(text);
  return problems.map((problem) => `${describeProblem(problem, lines)}\n`).join("");
}

/** What a finding says, wherever it stands. */
function summarize(problems: readonly Problem[]): string[] {
  return problems.map((one) => `${one.rule.id}: ${messageOf(one)}`).sort();
}

function assertGolden(path: string, actual: string): void {
  if (updating) writeFileSync(path, actual);
  assert.ok(existsSync(path), `${relative(folder, path)} is missing`);
  assert.equal(actual, readFileSync(path, "utf8"), `differs from ${relative(folder, path)}`);
}

function assertReads(text: string): void {
  const errors: ParseError[] = [];
  parse(text, errors, { allowTrailingComma: true });
  assert.deepEqual(errors, []);
}

describe("the fixtures of the rules", () => {
  const ids = catalogue.map(({ id }) => id);

  test("stand in a folder of a rule", () => {
    assert.ok(ids.length > 20);
    assert.deepEqual([...new Set(fixtures.map(({ ruleId }) => ruleId))].sort(), [...ids].sort());
  });

  test("are at least one bad and one good document for every rule", () => {
    for (const bad of [true, false]) {
      const covered = new Set(fixtures.filter((fixture) => fixture.bad === bad).map(({ ruleId }) => ruleId));
      assert.deepEqual(
        ids.filter((id) => !covered.has(id)),
        [],
        bad ? "without a bad one" : "without a good one",
      );
    }
  });

  test("have no file beside them that nothing reads", () => {
    const known = new Set(fixtures.flatMap(({ path }) => [path, goldenOf(path), fixedOf(path), inventoryPath(path)]));
    assert.deepEqual(
      files.filter((path) => !known.has(path) && extname(path) !== ".ts"),
      [],
    );
  });

  test("are compared with golden files, not written, in the suite", () => {
    assert.ok(!(updating && process.env["CI"] !== undefined));
  });
});

test("what the account says is said only where it is connected", () => {
  let told = 0;
  for (const { path } of fixtures) {
    const inventory = inventoryBeside(path);
    if (inventory === undefined) continue;
    const facts = readFixture(path);
    const ids = (problems: readonly Problem[]) => problems.map(({ rule }) => rule.id);
    const alone = ids(check(facts, context, onFault));
    const another = ids(check(facts, { ...context, inventory: { ...inventory, account: "210987654321" } }, onFault));
    const elsewhere = ids(check(facts, { ...context, inventory: { ...inventory, partition: "aws-cn" } }, onFault));
    assert.deepEqual([another, elsewhere], [alone, alone], path);
    told += problemsOf(facts, path).length - alone.length;
  }
  assert.ok(told > 10, `${told} told`);
});

test("a finding within the block of a certificate names it: that is what a suppression names", () => {
  let named = 0;
  for (const { path } of fixtures.filter((fixture) => fixture.path.endsWith(".pem"))) {
    const facts = readFixture(path);
    if (facts.kind !== "bundle") continue;
    const { bundle } = facts;
    for (const { at, rule, certificate } of problemsOf(facts, path)) {
      // About the whole file.
      if (rule.id === "pem/encoding" || rule.id === "pem/marker") continue;
      const piece = bundle.pieces[bundle.starts.findLastIndex((start) => start <= at.start)];
      assert.equal(
        certificate,
        piece?.content.kind === "certificate" ? certificateMark(piece.content.certificate) : undefined,
        `${rule.id} in ${path}`,
      );
      if (certificate !== undefined) named++;
    }
  }
  assert.ok(named > 50, `${named} named`);
});

describe("the sentences of the rules", () => {
  /** Of each finding of the fixtures, each place that belongs to one and each fix; what is words already is none. */
  const given: readonly { readonly reason: Reason; readonly rule: RuleCard; readonly path: string }[] =
    fixtures.flatMap(({ path }) =>
      problemsOf(readFixture(path), path).flatMap(({ reason, related = [], fixes = [], rule }) =>
        [{ reason }, ...related, ...fixes].flatMap(({ reason }) =>
          typeof reason === "string" ? [] : [{ reason, rule, path }],
        ),
      ),
    );

  test("each reason has a sentence that takes all of it", () => {
    for (const { reason, rule, path } of given) {
      const text = tell(reason, rule.says);
      assert.notEqual(text.trim(), "", `${rule.id} says nothing of ${reason.code}`);
      assert.doesNotMatch(text, /\{\d+\}|undefined|NaN|\[object /, `${rule.id} in ${path}`);
    }
    assert.ok(given.length > 300, `${given.length} reasons`);
  });

  test("each sentence of a rule is of a reason that the rule gives", () => {
    const told = new Set(given.map(({ reason, rule }) => `${rule.id} ${reason.code}`));
    let sentences = 0;
    for (const { id, says = {} } of catalogue) {
      const codes = Object.keys(says);
      const source = readFileSync(new URL(`../../src/core/rules/${id}.ts`, import.meta.url), "utf8");
      const [before, after] = source.split(/^const says = \{[^]*?\} satisfies Says;$/m);
      assert.equal(after !== undefined, codes.length > 0, `${id} does not have its sentences in one place`);
      // What no fixture brings about is named beside the sentences at least.
      const dead = codes.filter((code) => !told.has(`${id} ${code}`) && !`${before}${after}`.includes(`"${code}"`));
      assert.deepEqual(dead, [], id);
      sentences += codes.length;
    }
    assert.ok(sentences > 100, `${sentences} sentences`);
  });
});

test("fix all leaves no safe fix of a fixture, and once is enough", () => {
  let fixed = 0;
  for (const { path } of fixtures.filter((fixture) => fixture.bad && fixture.path.endsWith(".pem"))) {
    const facts = readFixture(path);
    const { text, applied } = fixAll(facts, context, onFault);
    assert.deepEqual(
      safeFixes(problemsOf(readAgain(path, text), path)).map(({ reason }) => reason),
      [],
      path,
    );
    assert.equal(fixAll(readAgain(path, text), context, onFault).applied, 0, path);
    fixed += applied;
  }
  assert.ok(fixed > 20, `${fixed} fixed`);
});

function goldenOf(path: string): string {
  return path.replace(/\.(jsonc?|pem)$/, ".findings.txt");
}

function fixedOf(path: string): string {
  return path.replace(/\.(jsonc?|pem)$/, ".fixed.$1");
}

for (const { path, ruleId, bad } of fixtures) {
  const name = `${ruleId}/${basename(path)}`;
  if (bad) test(name, () => checkBad(path, ruleId));
  else test(name, () => checkGood(path, ruleId));
}

function checkGood(path: string, ruleId: string): void {
  const facts = readFixture(path);
  assert.ok(isOurs(facts), "not recognised: it proves nothing");
  const unwanted = problemsOf(facts, path).filter(({ rule, severity }) => rule.id === ruleId || severity === "error");
  assert.equal(describeProblems(unwanted, textOf(facts)), "");
}

function checkBad(path: string, ruleId: string): void {
  const facts = readFixture(path);
  const problems = problemsOf(facts, path);
  assertGolden(goldenOf(path), describeProblems(problems, textOf(facts)));
  assert.ok(
    problems.some(({ rule }) => rule.id === ruleId),
    `no finding of ${ruleId}`,
  );

  const fixable = problems.find(({ rule, fixes }) => rule.id === ruleId && fixes?.[0] !== undefined);
  const fix = fixable?.fixes?.[0];
  if (fix === undefined) {
    assert.ok(!existsSync(fixedOf(path)), "there is a fixed text, but no fix");
    return;
  }
  const text = applyEdits(textOf(facts), renderIn(facts, fix.changes));
  assertGolden(fixedOf(path), text);
  if (facts.kind === "config") assertReads(text);

  const after = problemsOf(readAgain(path, text), path);
  // One fix may serve several findings: all of those must be silent.
  const silenced = problems.filter((problem) => problem.fixes?.[0] === fix);
  const allowed = summarize(problems.filter((problem) => !silenced.includes(problem)));
  for (const found of summarize(after)) {
    const index = allowed.indexOf(found);
    assert.ok(index >= 0, `after the fix there is still, or newly: ${found}`);
    allowed.splice(index, 1);
  }
}
