import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Outcome } from "./report.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "mtls-node-tests-"));
});
after(() => rm(folder, { recursive: true }));

/** In a process of its own: Node runs no tests of tests. */
async function outcomeOf(...sources: readonly string[]): Promise<Outcome> {
  const files = await Promise.all(
    sources.map(async (source, index) => {
      const file = join(folder, `${index}.test.mjs`);
      await writeFile(file, source);
      return file;
    }),
  );
  const runner = join(folder, "runner.mjs");
  const options = { concurrency: 2, timeout: 60_000, filter: undefined };
  await writeFile(
    runner,
    `import { runNodeTests } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, "node-tests.ts")).href)};
console.log(JSON.stringify(await runNodeTests(${JSON.stringify(files)}, ${JSON.stringify(options)})));`,
  );
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return JSON.parse(
    (await promisify(execFile)(process.execPath, [runner], { env, maxBuffer: 64 * 1024 * 1024 })).stdout,
  );
}

const many = `import { test } from "node:test";
for (let index = 0; index < 3_000; index++) test("${"a long name ".repeat(20)}" + index, () => {});
`;

test("counts each test of a file, to the last, however many there are", async () => {
  const { passed, failures, skips } = await outcomeOf(
    `${many}test("the last one", () => { throw new Error("it fails"); });`,
    `${many}test("left out", { skip: "no reason to run it" }, () => {});`,
  );
  assert.deepEqual(
    [
      passed,
      failures.map(({ name }) => name.replace(/ \(.*/, "")),
      skips.map(({ name, reason }) => `${name}: ${reason}`),
    ],
    [6_000, ["the last one"], ["left out: no reason to run it"]],
  );
});

test("tells of a file without tests, and of one that cannot be loaded", async () => {
  const { passed, failures } = await outcomeOf("export {};", 'throw new Error("it is broken");');
  assert.equal(passed, 0);
  assert.deepEqual(failures.map(({ detail = "" }) => /holds no test|it is broken/.exec(detail)?.[0]).sort(), [
    "holds no test",
    "it is broken",
  ]);
});
