// A fix that brings up the next error is none: of every finding in every document here, each fix alone is tried.
import assert from "node:assert/strict";
import { test } from "node:test";
import { textOf } from "../../src/core/facts.ts";
import { renderIn } from "../../src/core/fixes.ts";
import { fixTitle, messageOf } from "../../src/core/messages/tell.ts";
import type { Problem } from "../../src/core/rules/rule.ts";
import { applyEdits } from "../../src/core/text.ts";
import { fixtures, problemsOf, readAgain, readFixture } from "./fixtures.ts";

/** What is said of each rule that is broken: by a new name, and in a new place, it is the same error. */
function errorsIn(problems: readonly Problem[]): ReadonlyMap<string, readonly string[]> {
  const said = new Map<string, readonly string[]>();
  for (const problem of problems)
    if (problem.severity === "error")
      said.set(problem.rule.id, [...(said.get(problem.rule.id) ?? []), messageOf(problem)]);
  return said;
}

test("no fix of a config brings up another error", () => {
  let tried = 0;
  const brought: string[] = [];
  for (const { path } of fixtures) {
    const facts = readFixture(path);
    if (facts.kind !== "config") continue;
    const problems = problemsOf(facts, path);
    const before = errorsIn(problems);
    for (const problem of problems)
      for (const fix of problem.fixes ?? []) {
        const text = applyEdits(textOf(facts), renderIn(facts, fix.changes));
        for (const [rule, said] of errorsIn(problemsOf(readAgain(path, text), path)))
          if (said.length > (before.get(rule)?.length ?? 0))
            brought.push(`${path}: ${problem.rule.id} "${fixTitle(fix, problem)}" brings ${rule}: ${said.join(" ")}`);
        tried++;
      }
  }
  assert.deepEqual(brought, []);
  assert.ok(tried > 200, `${tried} tried`);
});
