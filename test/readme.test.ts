import assert from "node:assert/strict";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { read } from "../src/core/read.ts";
import { check } from "../src/core/rules/check.ts";
import { context, onFault } from "./core/checking.ts";
import { renderTables } from "./readme.ts";

const project = join(import.meta.dirname, "..");

/** What the rules' own bad documents show: a rule that fixes is marked as fixing. */
function fixMarks(): Map<string, string> {
  const marks = new Map<string, Set<string>>();
  const documents = globSync("test/rules/*/*/bad-*.{json,jsonc,pem}", { cwd: project }).filter(
    (name) => !name.includes(".fixed."),
  );
  assert.notEqual(documents.length, 0);
  for (const name of documents) {
    const facts = read({
      text: readFileSync(join(project, name), "utf8"),
      syntax: name.endsWith(".pem") ? "pem" : "jsonc",
      name,
    });
    for (const { rule, fixes } of check(facts, context, onFault)) {
      for (const { safe } of fixes ?? []) marks.set(rule.id, (marks.get(rule.id) ?? new Set()).add(safe ? "✎" : "✐"));
    }
  }
  return new Map([...marks].map(([id, signs]) => [id, [...signs].sort().join(" ")]));
}

test("the README's tables are those of the manifest and the catalogue", () => {
  const file = join(project, "README.md");
  const readme = readFileSync(file, "utf8");
  let expected = readme;
  for (const [name, table] of renderTables(fixMarks())) {
    const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
    assert.match(expected, place);
    expected = expected.replace(place, (_, begin: string, end: string) => `${begin}${table}\n${end}`);
  }
  if (process.env["UPDATE_README"] === "1" && process.env["CI"] === undefined) writeFileSync(file, expected);
  else assert.equal(readme, expected);
});

test("the README shows the two commands", () => {
  const readme = readFileSync(join(project, "README.md"), "utf8");
  for (const command of ["npm ci && npm start", "npm ci && npm test"])
    assert.ok(readme.includes(`\n${command}\n`), command);
});

test("CI runs exactly the README's test command", () => {
  assert.match(readFileSync(join(project, ".ci/run"), "utf8"), /^npm ci && npm test$/m);
});
