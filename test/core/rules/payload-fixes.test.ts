// Whatever is offered for a domain name or a listener, and in whatever order, AWS does not refuse more after it.
import * as assert from "node:assert/strict";
import { basename } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type ConfigFacts, textOf } from "../../../src/core/facts.ts";
import { renderIn } from "../../../src/core/fixes.ts";
import { messageOf } from "../../../src/core/messages/tell.ts";
import type { Problem } from "../../../src/core/rules/rule.ts";
import { applyEdits } from "../../../src/core/text.ts";
import { holds } from "../../randomly.ts";
import { fixtures, problemsOf, readAgain, readFixture } from "../../rules/fixtures.ts";

const documents = fixtures.filter(
  ({ ruleId, bad }) => bad && (ruleId.startsWith("domain-name/") || ruleId.startsWith("listener/")),
);

function errorsIn(problems: readonly Problem[]): string[] {
  return problems
    .filter(({ severity }) => severity === "error")
    .map((problem) => `${problem.rule.id}: ${messageOf(problem)}`)
    .sort();
}

/** Those of `after` that are not in `before`, each as often as it is there. */
function added(before: readonly string[], after: readonly string[]): string[] {
  const left = [...before];
  return after.filter((one) => {
    const index = left.indexOf(one);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

/** @param choose which of the fixes is carried out next; `undefined`: none */
function carryOut(path: string, choose: (fixes: number) => number | undefined): number {
  let facts = readFixture(path) as ConfigFacts;
  for (let done = 0; ; done++) {
    const problems = problemsOf(facts, path);
    const fixes = problems.flatMap(({ fixes }) => fixes ?? []);
    const chosen = fixes.length === 0 ? undefined : choose(fixes.length);
    const fix = chosen === undefined ? undefined : fixes[chosen];
    if (fix === undefined) return done;
    const text = applyEdits(textOf(facts), renderIn(facts, fix.changes));
    const after = readAgain(path, text) as ConfigFacts;
    assert.deepEqual(after.tree.problems, [], text);
    assert.deepEqual(
      added(errorsIn(problems), errorsIn(problemsOf(after, path))),
      [],
      `${basename(path)}: new after ${JSON.stringify(fix.reason)}\n${text}`,
    );
    facts = after;
  }
}

describe("after any fix of a domain name or listener", () => {
  test("there are documents to fix", () => assert.ok(documents.length > 100, `${documents.length} documents`));

  test("there is no new error, whichever is taken first", () => {
    let carriedOut = 0;
    for (const { path } of documents) {
      const facts = readFixture(path);
      const offered = problemsOf(facts, path).flatMap(({ fixes }) => fixes ?? []).length;
      for (let first = 0; first < offered; first++) {
        let turn = 0;
        carriedOut += carryOut(path, () => (turn++ === 0 ? first : undefined));
      }
    }
    assert.ok(carriedOut > 80, `${carriedOut} carried out`);
  });

  test("there is no new error, in whatever order they are taken", () => {
    holds(
      fc.property(
        fc.constantFrom(...documents.map(({ path }) => path)),
        fc.array(fc.nat(1_000), { minLength: 1, maxLength: 6 }),
        (path, choices) => {
          let turn = 0;
          carryOut(path, (fixes) => {
            const choice = choices[turn++];
            return choice === undefined ? undefined : choice % fixes;
          });
        },
      ),
    );
  });
});
