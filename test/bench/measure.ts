import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { asked, type Figure } from "./figures.ts";

/** What is measured: a name that stays, one for people, and what it must not exceed. */
export interface Measure {
  readonly id: string;
  readonly name: string;
  /** Without one it is reported only. */
  readonly target?: number;
  /** What it is held against is this project's as well. */
  readonly against?: "ourselves";
}

/** One thing against another, measured in the same run: machines differ, their ratio does not. */
export interface Ratio extends Measure {
  /** In milliseconds, medians; `undefined` where no time was measured. */
  readonly measured?: number;
  readonly reference?: number;
  /** The median of the turns' own ratios: a turn in which the machine was busy counts as one. */
  readonly ratio: number;
}

const { brief, ids } = asked();

/** Turn by turn, so that whatever slows the machine slows both. Nothing where nobody asked for it. */
export function compare(
  measure: Measure,
  measured: () => unknown,
  reference: () => unknown,
  turns = 21,
  timeOf = timeWarm,
  timeOfReference = timeOf,
): readonly Ratio[] {
  if (ids?.includes(measure.id) === false) return [];
  const times: { readonly measured: number; readonly reference: number }[] = [];
  // A brief run is one of several: processes differ more than the turns of one.
  const [first, last] = brief ? [-3, Math.max(3, Math.ceil(turns / 5))] : [-5, turns];
  for (let turn = first; turn < last; turn++) {
    const time = { measured: timeOf(measured), reference: timeOfReference(reference) };
    // The first turns only warm up.
    if (turn >= 0) times.push(time);
  }
  return [
    {
      ...measure,
      measured: median(times.map((time) => time.measured)),
      reference: median(times.map((time) => time.reference)),
      ratio: median(times.map((time) => time.measured / time.reference)),
    },
  ];
}

setFlagsFromString("--expose-gc");
const collectGarbage: unknown = runInNewContext("gc");

const warming = 2;
const timed = 3;
/**
 * What a sample of a brief run takes at least, in milliseconds, in as many runs as that needs: next to it the clock's
 * own time is nothing.
 */
const briefSample = 5;
const mostRuns = 100;

/**
 * Neither of the two pays for what the other left behind. A collection that is asked for also throws away compiled code
 * (V8's "embedded weak objects cleared"), which no collection in an editor does at every key: so each runs itself warm
 * first.
 */
export function timeWarm(run: () => unknown): number {
  if (typeof collectGarbage === "function") collectGarbage();
  const warm = time(run, warming);
  const runs = brief ? Math.max(1, Math.min(mostRuns, Math.ceil(briefSample / warm))) : 1;
  return median(Array.from({ length: timed }, () => time(run, runs)));
}

/** Of one of several runs, in milliseconds. */
function time(run: () => unknown, runs: number): number {
  const started = clock();
  for (let count = 0; count < runs; count++) run();
  return (clock() - started) / runs;
}

/**
 * A brief run counts the time in which its thread worked. It has few turns, and where others use the machine as well,
 * the processor is taken from it in many of them, more often in one process than in the next.
 */
const clock = brief ? worked : () => performance.now();
const nothing = new Int32Array(new SharedArrayBuffer(4));

function worked(): number {
  // Only where a thread lets go of its processor the system brings its account up to date.
  Atomics.wait(nothing, 0, 0, 0.01);
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** What is kept of many things, in kB for each: on the heap and in buffers, with what was kept before taken off. */
export function retained(measure: Measure, count: number, make: () => unknown): readonly Ratio[] {
  if (ids?.includes(measure.id) === false) return [];
  const kept: unknown[] = [];
  const sizes = Array.from({ length: 5 }, () => {
    const before = used();
    kept.push(make());
    return used() - before;
  });
  return [{ ...measure, ratio: median(sizes) / count / 1000 }];
}

/** In bytes, with what could be collected left out. */
export function used(): number {
  if (typeof collectGarbage === "function") collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** Right behind a collection: for what makes so much garbage that another run's would be counted with it. */
export function timeAlone(run: () => unknown): number {
  if (typeof collectGarbage === "function") collectGarbage();
  return time(run, 1);
}

/** A table, and whether every target is met. */
export function report(ratios: readonly Ratio[]): boolean {
  const width = Math.max(...ratios.map(({ name }) => name.length));
  for (const { name, measured, reference, ratio, target } of ratios) {
    const times =
      measured === undefined || reference === undefined ? "" : `${measured.toFixed(3)} / ${reference.toFixed(3)} ms`;
    const [mark, limit] = target === undefined ? [" ", ""] : [ratio <= target ? "✓" : "✗", `≤ ${target}`];
    console.log(
      `${mark} ${name.padEnd(width)}  ${ratio.toFixed(target !== undefined && target < 0.1 ? 4 : 2).padStart(6)}  ${limit.padEnd(6)}  ${times}`,
    );
  }
  return ratios.every(({ ratio, target }) => target === undefined || ratio <= target);
}

export function figureOf({ id, name, ratio, against }: Ratio): Figure {
  return { id, text: name, value: ratio, ...(against === undefined ? {} : { shownOnly: true }) };
}
