// Work counted instead of timed: the same wherever and whenever it is counted.
import * as assert from "node:assert/strict";
import { Session } from "node:inspector";
import { after, before } from "node:test";
import type { Steps } from "../../src/core/steps.ts";

interface Coverage {
  readonly url: string;
  readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
}

const session = new Session();

/**
 * How often the blocks of core ran: unlike time, the same wherever and whenever it is counted.
 * @param part of core, by the beginning of its path
 */
export function workOf(run: () => void, part = ""): number {
  takeCoverage();
  run();
  return workSince(part);
}

/** The work of each of the steps of something, which is taken to its end. */
export function worksOf<Result>(
  steps: Steps<Result>,
  part = "",
): { readonly result: Result; readonly works: readonly number[] } {
  const works: number[] = [];
  takeCoverage();
  for (;;) {
    const step = steps.next();
    works.push(workSince(part));
    if (step.done === true) return { result: step.value, works };
  }
}

export function longestOf(steps: Steps<unknown>, part?: string): number {
  return Math.max(...worksOf(steps, part).works);
}

/** Since coverage was taken last. */
function workSince(part: string): number {
  const ours = takeCoverage().filter(({ url }) => url.includes("/src/core/"));
  assert.notEqual(ours.length, 0);
  return ours
    .filter(({ url }) => url.includes(`/src/core/${part}`))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count }) => sum + count, 0);
}

function takeCoverage(): readonly Coverage[] {
  let taken: readonly Coverage[] = [];
  session.post("Profiler.takePreciseCoverage", (error, { result }) => {
    assert.equal(error, null);
    taken = result;
  });
  return taken;
}

/** Lets a suite use `workOf`; it must run alone in its process (`// alone:`, see node-tests.ts). */
export function countWork(): void {
  before(() => {
    session.connect();
    session.post("Profiler.enable");
    session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  });
  after(() => {
    session.disconnect();
  });
}
