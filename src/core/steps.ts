/**
 * Work that can be left for a while after each of its steps, and given up there: whoever drives it decides by a clock,
 * which core has not. No step takes longer because a text has more pieces or larger ones, but for what strings
 * themselves are searched for.
 */
export type Steps<Result> = Generator<void, Result, void>;

/** All at once: what most documents are worth. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** For what is quick whatever the document. */
export function* atOnce<Result>(run: () => Result): Steps<Result> {
  yield;
  return run();
}

/** How many things of a list are one step. */
export const perStep = 256;
/** How many characters are. */
export const charactersPerStep = 65_536;

/** As `toSorted`. */
export function* sortedInSteps<Item extends object>(
  items: readonly Item[],
  compare: (one: Item, other: Item) => number,
): Steps<Item[]> {
  let runs: Item[][] = [];
  for (let start = 0; start === 0 || start < items.length; start += perStep) {
    if (start > 0) yield;
    runs.push(items.slice(start, start + perStep).sort(compare));
  }
  for (; runs.length > 1; yield) {
    const merged: Item[][] = [];
    for (let at = 0; at < runs.length; at += 2) merged.push(yield* merge(runs[at] ?? [], runs[at + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<Item extends object>(
  one: Item[],
  other: Item[],
  compare: (one: Item, other: Item) => number,
): Steps<Item[]> {
  const [last, first] = [one.at(-1), other[0]];
  if (last === undefined || first === undefined || compare(last, first) <= 0) return one.concat(other);
  const merged: Item[] = [];
  let [left, right] = [0, 0];
  while (left < one.length || right < other.length) {
    if (merged.length % perStep === perStep - 1) yield;
    const [a, b] = [one[left], other[right]];
    if (a !== undefined && (b === undefined || compare(a, b) <= 0)) {
      merged.push(a);
      left++;
    } else if (b !== undefined) {
      merged.push(b);
      right++;
    }
  }
  return merged;
}
