import { relative } from "node:path";
import type { EventData } from "node:test";
import { run } from "node:test";
import { inspect } from "node:util";
import { compileCacheFolder, projectFolder } from "./places.ts";
import type { Failure, Outcome, Skip } from "./report.ts";

/**
 * Runs test files with Node's own runner, each in a process of its own; `filter` is a part of the tests' names. A file
 * ends by itself, or by its timeout in milliseconds: made to end (--test-force-exit), it keeps its last results to
 * itself.
 */
export async function runNodeTests(files: readonly string[], options: Options): Promise<Outcome> {
  return orNothingFound(await runFiles(files, options), options.filter);
}

interface Options {
  readonly concurrency: number;
  readonly timeout: number;
  readonly filter: string | undefined;
}

/** A filter that nothing fits is no success. */
export function orNothingFound(outcome: Outcome, filter: string | undefined): Outcome {
  const { passed, failures, skips } = outcome;
  if (passed + failures.length + skips.length > 0) return outcome;
  return {
    passed,
    failures: [
      { name: "No test was found", detail: filter === undefined ? "" : `No test's name contains "${filter}".` },
    ],
    skips,
  };
}

/** As runNodeTests does, where it may be that no test's name fits. */
export async function runFiles(files: readonly string[], { concurrency, timeout, filter }: Options): Promise<Outcome> {
  let passed = 0;
  const failures: Failure[] = [];
  const skips: Skip[] = [];
  const errorOutput = new Map<string, string>();
  const stream = run({
    files,
    concurrency,
    timeout,
    env: { ...process.env, NODE_COMPILE_CACHE: compileCacheFolder },
    ...(filter === undefined
      ? {}
      : { testNamePatterns: new RegExp(filter.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i") }),
  });
  stream.on("test:stderr", ({ file, message }) => errorOutput.set(file, (errorOutput.get(file) ?? "") + message));
  stream.on("test:stdout", ({ message }) => console.log(message.trimEnd()));
  stream.on("test:pass", (test) => {
    if (test.details.type === "suite") return;
    if (test.skip !== undefined)
      skips.push({ name: test.name, reason: test.skip === true ? "no reason given" : String(test.skip), count: 1 });
    else if (!isFile(test)) passed += 1;
    else if (filter === undefined) failures.push({ name: fileOf(test), detail: "This file holds no test." });
  });
  stream.on("test:fail", (test) => {
    const { error } = test.details;
    // The failed tests inside speak for themselves.
    if ("failureType" in error && error.failureType === "subtestsFailed") return;
    const name = isFile(test) ? fileOf(test) : `${test.name} (${fileOf(test)})`;
    const detail = isFile(test) ? errorOutput.get(test.file ?? "") : undefined;
    failures.push({ name, detail: detail || describe(error) });
  });
  for await (const _ of stream);
  return { passed, failures, skips };
}

/** Node reports a file without tests, or one that ends early, as a test named like the file. */
function isFile(test: EventData.TestPass | EventData.TestFail): boolean {
  return test.nesting === 0 && test.name === test.file;
}

function fileOf(test: EventData.TestPass | EventData.TestFail): string {
  return test.file === undefined ? test.name : relative(projectFolder, test.file);
}

function describe(error: Error): string {
  const cause = error.cause ?? error;
  return cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause);
}
