import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const project = join(import.meta.dirname, "..");

test("the README shows the two commands", () => {
  const readme = readFileSync(join(project, "README.md"), "utf8");
  for (const command of ["npm ci && npm start", "npm ci && npm test"])
    assert.ok(readme.includes(`\n${command}\n`), command);
});

test("CI runs exactly the README's test command", () => {
  assert.match(readFileSync(join(project, ".ci/run"), "utf8"), /^npm ci && npm test$/m);
});
