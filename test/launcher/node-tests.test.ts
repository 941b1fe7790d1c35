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
after(() => rm(folder, { recursive: true, force: true }));

/** In a process of its own: Node runs no tests of tests. */
function outcomeOf(...sources: readonly string[]): Promise<Outcome> {
  return outcomeWithin(60_000, sources);
}

async function outcomeWithin(timeout: number, sources: readonly string[]): Promise<Outcome> {
  const files = await Promise.all(
    sources.map(async (source, index) => {
      const file = join(folder, `${index}.test.mjs`);
      await writeFile(file, source);
      return file;
    }),
  );
  const runner = join(folder, "runner.mjs");
  const options = { concurrency: 2, timeout, filter: undefined };
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

const passing = `import { test } from "node:test";
test("it passes", () => {});
test("so does this", () => {});
`;

test("hooks of a file are for its own tests, though it shares its process", async () => {
  const { passed, failures } = await outcomeOf(
    `import { after, beforeEach } from "node:test";
${passing}
beforeEach(() => { globalThis.begun = (globalThis.begun ?? 0) + 1; });
after(() => { globalThis.ended = true; });`,
    `${passing}
import assert from "node:assert";
test("the other has ended", () => assert.deepEqual([globalThis.begun, globalThis.ended], [2, true]));`,
    `// alone: to see it.
${passing}
import assert from "node:assert";
test("nobody else is here", () => assert.deepEqual([globalThis.begun, globalThis.ended], [undefined, undefined]));`,
  );
  assert.deepEqual([passed, failures], [8, []]);
});

test("a file that ends the process it shares is told, and every other is counted", async () => {
  const ends = `${passing}
test("it ends", () => process.exit(0));`;
  const { passed, failures } = await outcomeOf(passing, ends, passing, passing);
  assert.equal(passed, 6);
  assert.deepEqual(
    failures.map(({ name }) => name.replace(/^.*\D(?=\d)/, "")),
    ["1.test.mjs"],
  );
});

test("a file that never comes back is ended and told, and every other is counted", async () => {
  const { passed, failures } = await outcomeWithin(5_000, [
    passing,
    `${passing}
test("it never comes back", () => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); });`,
    passing,
  ]);
  assert.equal(passed, 4);
  assert.deepEqual(
    failures.map(({ name, detail }) => [name.replace(/^.*\D(?=\d)/, ""), detail]),
    [["1.test.mjs", "Nothing was heard of it for 10 s: it was ended."]],
  );
});
