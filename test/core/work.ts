// Work counted instead of timed: the same wherever and whenever it is counted.
import * as assert from "node:assert/strict";
import { before } from "node:test";
import type { Steps } from "../../src/core/steps.ts";
import type { Counters } from "./counting.ts";

/**
 * How often the blocks of core ran: unlike time, the same wherever and whenever it is counted.
 * @param part of core, by the beginning of its path
 */
export function workOf(run: () => void, part = ""): number {
  const before = workSoFar(part);
  run();
  return workSoFar(part) - before;
}

/** The work of each of the steps of something, which is taken to its end. */
export function worksOf<Result>(
  steps: Steps<Result>,
  part = "",
): { readonly result: Result; readonly works: readonly number[] } {
  const works: number[] = [];
  for (let before = workSoFar(part); ; ) {
    const step = steps.next();
    const after = workSoFar(part);
    works.push(after - before);
    before = after;
    if (step.done === true) return { result: step.value, works };
  }
}

export function longestOf(steps: Steps<unknown>, part?: string): number {
  return Math.max(...worksOf(steps, part).works);
}

function workSoFar(part: string): number {
  let sum = 0;
  for (const [path, { count }] of counters()) if (path.startsWith(part)) sum += count;
  return sum;
}

/** Lets a suite use `workOf`; its file says `// counted: ` (see node-tests.ts). */
export function countWork(): void {
  before(() => {
    assert.notEqual(counters().size, 0);
  });
}

function counters(): Counters {
  const { countersOfCore } = globalThis as { readonly countersOfCore?: Counters };
  if (countersOfCore !== undefined) return countersOfCore;
  throw new Error("Work is counted only where test/core/counting.ts is loaded first: npm test -- --only unit NAME");
}
