import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** One thing against another, measured in the same run: machines differ, their ratio does not. */
export interface Ratio {
  readonly name: string;
  /** In milliseconds, medians; `undefined` where no time was measured. */
  readonly measured?: number;
  readonly reference?: number;
  /** The median of the turns' own ratios: a turn in which the machine was busy counts as one. */
  readonly ratio: number;
  readonly target: number;
}

/** Turn by turn, so that whatever slows the machine slows both. */
export function compare(
  name: string,
  target: number,
  measured: () => unknown,
  reference: () => unknown,
  turns = 21,
  timeOf = timeWarm,
): Ratio {
  const times: { readonly measured: number; readonly reference: number }[] = [];
  for (let turn = -5; turn < turns; turn++) {
    const time = { measured: timeOf(measured), reference: timeOf(reference) };
    // The first turns only warm up.
    if (turn >= 0) times.push(time);
  }
  return {
    name,
    target,
    measured: median(times.map((time) => time.measured)),
    reference: median(times.map((time) => time.reference)),
    ratio: median(times.map((time) => time.measured / time.reference)),
  };
}

setFlagsFromString("--expose-gc");
const collectGarbage: unknown = runInNewContext("gc");

const warming = 2;
const timed = 3;

/**
 * Neither of the two pays for what the other left behind. A collection that is asked for also throws away compiled code
 * (V8's "embedded weak objects cleared"), which no collection in an editor does at every key: so each runs itself warm
 * first.
 */
function timeWarm(run: () => unknown): number {
  if (typeof collectGarbage === "function") collectGarbage();
  for (let count = 0; count < warming; count++) run();
  const times = Array.from({ length: timed }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return median(times);
}

/** What is kept of many things, in kB for each: on the heap and in buffers, with what was kept before taken off. */
export function retained(name: string, target: number, count: number, make: () => unknown): Ratio {
  const kept: unknown[] = [];
  const sizes = Array.from({ length: 5 }, () => {
    const before = used();
    kept.push(make());
    return used() - before;
  });
  return { name, target, ratio: median(sizes) / count / 1000 };
}

function used(): number {
  if (typeof collectGarbage === "function") collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** Right behind a collection: for what makes so much garbage that another run's would be counted with it. */
export function timeAlone(run: () => unknown): number {
  if (typeof collectGarbage === "function") collectGarbage();
  const started = performance.now();
  run();
  return performance.now() - started;
}

/** A table, and whether every target is met. */
export function report(ratios: readonly Ratio[]): boolean {
  const width = Math.max(...ratios.map(({ name }) => name.length));
  for (const { name, measured, reference, ratio, target } of ratios) {
    const times =
      measured === undefined || reference === undefined ? "" : `${measured.toFixed(3)} / ${reference.toFixed(3)} ms`;
    console.log(
      `${ratio <= target ? "✓" : "✗"} ${name.padEnd(width)}  ${ratio.toFixed(target < 0.1 ? 4 : 2).padStart(6)}  ≤ ${String(target).padEnd(4)}  ${times}`,
    );
  }
  return ratios.every(({ ratio, target }) => ratio <= target);
}
