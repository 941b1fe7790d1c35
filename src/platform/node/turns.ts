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
