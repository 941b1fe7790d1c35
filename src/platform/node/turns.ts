import { setImmediate } from "node:timers/promises";

/**
 * Lets all work run that is waiting: awaited at the start of a long task, so that several of them do not run without a
 * break.
 */
export async function othersFirst(): Promise<void> {
  // The first still belongs to this turn of the event loop; timers, and what came meanwhile, lie between it and the
  // second.
  await setImmediate();
  await setImmediate();
}

/**
 * For work that is requested hundreds of times without a break: the first `some` requests are answered at once, the
 * others in portions of `some`, with other work in between.
 */
export function someAtOnce<Task, Answer>(
  some: number,
  work: (task: Task) => Answer,
): (task: Task) => Answer | Promise<Answer> {
  /** In the last turn. */
  let taken = 0;
  /** The last of the turns that are waited for; `undefined`: this one. */
  let last: Promise<void> | undefined;
  return (task) => {
    if (taken === some) {
      const turn = (last ?? Promise.resolve()).then(othersFirst);
      [taken, last] = [0, turn];
      void turn.then(() => last === turn && ([taken, last] = [0, undefined]));
    } else if (taken === 0 && last === undefined) void othersFirst().then(() => last === undefined && (taken = 0));
    taken += 1;
    return last === undefined ? work(task) : last.then(() => work(task));
  };
}

export interface Slicing {
  readonly signal?: AbortSignal | undefined;
  /** In milliseconds: how long one turn takes at most, but for a single step that takes longer. */
  readonly slice?: number | undefined;
}

/**
 * Drives a generator, one step after the other, and yields to other work after each slice.
 * @param next takes the next step
 * @returns `undefined`: `signal` was aborted
 */
export async function inSlices<Result>(
  next: () => IteratorResult<unknown, Result>,
  { signal, slice = 8 }: Slicing = {},
): Promise<Result | undefined> {
  let longest = 0;
  for (;;) {
    await setImmediate();
    if (signal?.aborted === true) return undefined;
    const start = performance.now();
    let now = start;
    // What one more step may take belongs to the slice too.
    do {
      const step = next();
      if (step.done === true) return step.value;
      const after = performance.now();
      longest = Math.max(longest * 0.9, after - now);
      now = after;
    } while (now - start + longest <= slice);
  }
}
