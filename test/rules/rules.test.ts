// What `fixtures.ts` says of the documents in this folder, held by test. Goldens are compared here, and never written.
import * as assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { basename, extname, relative } from "node:path";
import { describe, test } from "node:test";
import { type ParseError, parse } from "jsonc-parser";
import { parseDocument } from "yaml";
import type { Tree } from "../../src/core/document/tree.ts";
import { textOf } from "../../src/core/facts.ts";
import { fixAll, safeFixes } from "../../src/core/fixes.ts";
import { messageOf, tell } from "../../src/core/messages/tell.ts";
import { isOurs } from "../../src/core/read.ts";
import type { Reason } from "../../src/core/reason.ts";
import { catalogue } from "../../src/core/rules/catalogue.ts";
import { check } from "../../src/core/rules/check.ts";
import type { Problem, RuleCard } from "../../src/core/rules/rule.ts";
import { certificateMark } from "../../src/core/x509/bundle/places.ts";
import { context, onFault } from "../core/checking.ts";
import {
  beforeOf,
  describeProblems,
  type Fixture,
  files,
  fixedOf,
  fixtures,
  folder,
  goldenOf,
  goldensFor,
  outcomeOf,
  problemsOf,
  readAgain,
  readFixture,
} from "./fixtures.ts";
import { inventoryBeside, inventoryPath } from "./inventories.ts";

/** What a finding says, wherever it stands. */
function summarize(problems: readonly Problem[]): string[] {
  return problems.map((one) => `${one.rule.id}: ${messageOf(one)}`).sort();
}

/** Says what to do where a golden is missing, differs, or is left over. */
function assertGoldens({ path, ruleId }: Fixture, goldens: ReadonlyMap<string, string>): void {
  const advice = `run \`npm run goldens -- ${ruleId}\` and read what it prints`;
  for (const [golden, actual] of goldens) {
    assert.ok(existsSync(golden), `${relative(folder, golden)} is missing: ${advice}`);
    assert.equal(actual, readFileSync(golden, "utf8"), `differs from ${relative(folder, golden)}: ${advice}`);
  }
  const left = [goldenOf(path), fixedOf(path)].filter((golden) => existsSync(golden) && !goldens.has(golden));
  assert.deepEqual(left, [], `there is a fixed text, but no fix: ${advice}`);
}

function assertReads(text: string, { syntax }: Tree): void {
  if (syntax === "yaml") {
    assert.deepEqual(parseDocument(text, { uniqueKeys: true, logLevel: "error" }).errors, []);
    return;
  }
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
    const known = new Set(
      fixtures.flatMap(({ path }) => [path, goldenOf(path), fixedOf(path), inventoryPath(path), beforeOf(path)]),
    );
    assert.deepEqual(
      files.filter((path) => !known.has(path) && extname(path) !== ".ts"),
      [],
    );
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
          typeof reason === "string" ? [] : withInner(reason).map((one) => ({ reason: one, rule, path })),
        ),
      ),
    );

  /** A reason, and those within it. */
  function withInner(reason: Reason): readonly Reason[] {
    const inner = Object.values(reason.args ?? {}).filter(
      (arg): arg is Reason => typeof arg === "object" && "code" in arg,
    );
    return [reason, ...inner.flatMap(withInner)];
  }

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
  for (const { path } of fixtures.filter((fixture) => fixture.bad && /\.(pem|yaml)$/.test(fixture.path))) {
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

for (const fixture of fixtures)
  test(`${fixture.ruleId}/${basename(fixture.path)}`, () => (fixture.bad ? checkBad(fixture) : checkGood(fixture)));

function checkGood({ path, ruleId }: Fixture): void {
  const facts = readFixture(path);
  assert.ok(isOurs(facts), "not recognised: it proves nothing");
  const unwanted = problemsOf(facts, path).filter(({ rule, severity }) => rule.id === ruleId || severity === "error");
  assert.equal(describeProblems(unwanted, textOf(facts)), "");
}

function checkBad(fixture: Fixture): void {
  const { path, ruleId } = fixture;
  const outcome = outcomeOf(fixture);
  const { facts, problems, breaks, fixed } = outcome;
  assert.ok(breaks, `${ruleId} finds nothing here: make the document break the rule, and the rule find it`);
  assertGoldens(fixture, goldensFor(path, outcome));
  if (fixed === undefined) return;
  const { fix, text } = fixed;
  if (facts.kind === "config") assertReads(text, facts.tree);

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
