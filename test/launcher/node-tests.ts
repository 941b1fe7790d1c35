import { readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import type { EventData } from "node:test";
import { run } from "node:test";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { Lanes } from "./lanes.ts";
import { compileCacheFolder, projectFolder } from "./places.ts";
import { type Failure, joined, type Outcome, type Skip } from "./report.ts";

const behindOthers = pathToFileURL(join(import.meta.dirname, "behind-others.ts")).href;
const oneAfterTheOther = join(import.meta.dirname, "one-after-the-other.ts");
const counting = pathToFileURL(join(import.meta.dirname, "../core/counting.ts")).href;
/** Times the timeout: how long nothing may be heard of a process. */
const patience = 2;
const noTest = "This file holds no test.";

/**
 * Runs test files with Node's own runner; `filter` is a part of the tests' names. A file ends by itself, or by its
 * timeout in milliseconds: made to end (--test-force-exit), it keeps its last results to itself.
 *
 * Files share processes: to start one and to load the same modules is most of what a short file costs. A file that says
 * `alone` has its own, those that say `counted` are together, and each has its own where only some tests are asked for,
 * because Node finds none in suites that are still being loaded.
 */
export async function runNodeTests(files: readonly string[], options: Options): Promise<Outcome> {
  const { concurrency, filter } = options;
  const groups = filter === undefined ? grouped(files) : files.map((file) => [file]);
  const lanes = new Lanes(concurrency);
  const outcomes = await Promise.all(groups.map((group) => lanes.run(() => runTogether(group, options))));
  return orNothingFound(joined(outcomes), filter);
}

interface Options {
  /** How many processes at a time. */
  readonly concurrency: number;
  readonly timeout: number;
  readonly filter: string | undefined;
  /** Lets what else runs meanwhile go first. */
  readonly isBehind?: boolean;
}

/** Stands in a file that must have a process of its own, with the reason. */
const alone = /^\/\/ alone: /m;

/** Stands in a file whose work is counted, by what a process is to load before anything else. */
const counted = /^\/\/ counted: /m;

export function isAlone(file: string): boolean {
  return alone.test(readFileSync(file, "utf8"));
}

function isCounted(file: string): boolean {
  return counted.test(readFileSync(file, "utf8"));
}

/** In megabytes: what tests make and forget at once is collected less often, which saves a tenth of all work. */
const roomForYoung = "--max-semi-space-size=64";

/** Of source: what a process is given at most, where one file is not more by itself. */
const mostBytes = 250_000;

/** In the order of their paths: what shares a process is the same in each run, and mostly of one folder. */
function grouped(files: readonly string[]): readonly (readonly string[])[] {
  const sorted = files.toSorted();
  const single = sorted.filter(isAlone);
  const others = sorted.filter((file) => !isAlone(file));
  const weighed = [
    ...single.map((file) => ({ group: [file], weight: bytesOf([file]) })),
    ...together(others.filter((file) => !isCounted(file))).map((group) => ({ group, weight: bytesOf(group) })),
    ...together(others.filter(isCounted)).map((group) => ({ group, weight: countedWeighs * bytesOf(group) })),
  ];
  return weighed.sort((one, other) => other.weight - one.weight).map(({ group }) => group);
}

function together(files: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = [];
  for (const file of files) {
    const last = groups.at(-1);
    if (last !== undefined && bytesOf([...last, file]) <= mostBytes) last.push(file);
    else groups.push([file]);
  }
  return groups;
}

/** As measured: what is counted is done with large input, and again and again. */
const countedWeighs = 5;

/** As far as it tells how long they take. */
function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
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

/**
 * Files one after the other in one process, where no filter hinders it; none of their tests need fit that. Where the
 * process ends before all of them have, it has kept results to itself: each runs again in its own, and tells what it
 * was.
 */
export async function runTogether(files: readonly string[], options: Options): Promise<Outcome> {
  if (files.length === 1 || options.filter !== undefined) return runFiles(files, options);
  const { outcome, ended, trouble } = await runProcess(files, options);
  if (ended === files.length) return trouble === undefined ? outcome : joined([outcome, failed(trouble)]);
  const again: Outcome[] = [];
  for (const file of files) again.push(await runFiles([file], options));
  const all = joined(again);
  if (all.failures.length > 0) return all;
  return joined([all, failed(trouble ?? { name: namesOf(files), detail: "Their process ended before they had." })]);
}

/** Each file in a process of its own, and none of its tests need fit the filter. */
export async function runFiles(files: readonly string[], options: Options): Promise<Outcome> {
  const lanes = new Lanes(options.concurrency);
  const outcomes = await Promise.all(
    files.map((file) =>
      lanes.run(async () => {
        const { outcome, trouble } = await runProcess([file], options);
        return trouble === undefined ? outcome : joined([outcome, failed(trouble)]);
      }),
    ),
  );
  return joined(outcomes);
}

interface Ran {
  readonly outcome: Outcome;
  /** How many of the files have come to their end. */
  readonly ended: number;
  /** What happened to the process. */
  readonly trouble: Failure | undefined;
}

/** One file, or several by way of one-after-the-other.ts. */
async function runProcess(files: readonly string[], { timeout, filter, isBehind = false }: Options): Promise<Ran> {
  let passed = 0;
  let ended = 0;
  /** Tests of the file that runs. */
  let tests = 0;
  let trouble: Failure | undefined;
  const failures: Failure[] = [];
  const skips: Skip[] = [];
  let errorOutput = "";
  const shared = files.length > 1;
  const silence = new AbortController();
  // Each test has its time-out inside the process; this is for a process that cannot keep to it, or does not end.
  const timer = Number.isFinite(timeout) ? setTimeout(() => silence.abort(), timeout * patience) : undefined;
  const stream = run({
    files: shared ? [oneAfterTheOther] : [...files],
    ...(shared ? { argv: [...files] } : {}),
    execArgv: [
      roomForYoung,
      ...[...(isBehind ? [behindOthers] : []), ...(files.some(isCounted) ? [counting] : [])].flatMap((url) => [
        "--import",
        url,
      ]),
    ],
    concurrency: 1,
    timeout,
    signal: silence.signal,
    env: { ...process.env, NODE_COMPILE_CACHE: compileCacheFolder },
    ...(filter === undefined
      ? {}
      : { testNamePatterns: new RegExp(filter.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i") }),
  });
  /** Whether the event is about a file, or the process, and not about a test. */
  const isAboutFile = (test: EventData.TestPass | EventData.TestFail, error?: Error): boolean => {
    if (test.nesting > 0 || !(isProcess(test) || shared)) {
      if (test.details.type !== "suite") tests += 1;
      return false;
    }
    if (isProcess(test)) {
      if (error !== undefined && !isOfSubtests(error))
        trouble = {
          name: namesOf(files),
          detail: silence.signal.aborted ? hangs(timeout) : errorOutput || describe(error),
        };
      else if (!shared && filter === undefined && tests === 0) trouble = { name: namesOf(files), detail: noTest };
      return true;
    }
    const name = namesOf(files.slice(ended, ended + 1));
    if (error !== undefined && !isOfSubtests(error)) failures.push({ name, detail: describe(error) });
    else if (tests === 0) failures.push({ name, detail: noTest });
    ended += 1;
    tests = 0;
    return true;
  };
  // Results come in order, and may be held back by a test before; these come at once.
  stream.on("test:dequeue", () => timer?.refresh());
  stream.on("test:complete", () => timer?.refresh());
  stream.on("test:stderr", ({ message }) => (errorOutput += message));
  stream.on("test:stdout", ({ message }) => console.log(message.trimEnd()));
  stream.on("test:pass", (test) => {
    if (isAboutFile(test) || test.details.type === "suite") return;
    if (test.skip !== undefined)
      skips.push({ name: test.name, reason: test.skip === true ? "no reason given" : String(test.skip), count: 1 });
    else passed += 1;
  });
  stream.on("test:fail", (test) => {
    const { error } = test.details;
    // The failed tests inside speak for themselves.
    if (isAboutFile(test, error) || isOfSubtests(error)) return;
    failures.push({ name: `${test.name} (${fileOf(test)})`, detail: describe(error) });
  });
  for await (const _ of stream);
  clearTimeout(timer);
  return { outcome: { passed, failures, skips }, ended, trouble };
}

/** Node reports the process of a file without tests, or of one that ends early, as a test named like the file. */
function isProcess(test: EventData.TestPass | EventData.TestFail): boolean {
  return test.nesting === 0 && test.name === test.file;
}

function isOfSubtests(error: Error): boolean {
  return "failureType" in error && error.failureType === "subtestsFailed";
}

function failed(failure: Failure): Outcome {
  return { passed: 0, failures: [failure], skips: [] };
}

function hangs(timeout: number): string {
  return `Nothing was heard of it for ${(timeout * patience) / 1_000} s: it was ended.`;
}

function fileOf(test: EventData.TestPass | EventData.TestFail): string {
  return test.file === undefined ? test.name : relative(projectFolder, test.file);
}

function namesOf(files: readonly string[]): string {
  return files.map((file) => relative(projectFolder, file)).join(", ");
}

function describe(error: Error): string {
  const cause = error.cause ?? error;
  return cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause);
}
