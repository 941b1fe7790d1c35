// What counts as a record of a live change, and for how long.

interface Kept {
  readonly account: string;
  readonly kind?: string;
  readonly id: string;
  readonly at: number;
  readonly isTaken?: boolean;
}

export function isRecord(entry: unknown): entry is Kept {
  if (typeof entry !== "object" || entry === null) return false;
  const { account, id, at }: Partial<Record<keyof Kept, unknown>> = entry;
  return typeof account === "string" && typeof id === "string" && typeof at === "number";
}

/** A change takes minutes: after this time its result is no longer of interest. In milliseconds. */
export const longestWait = 24 * 60 * 60 * 1000;
/** Whether AWS has it at all stays of interest. */
export const longestDoubt = 30 * 24 * 60 * 60 * 1000;

/** Whether nobody asks any more what became of a change. */
export function isOutdated({ at, isTaken = true }: { readonly at: number; readonly isTaken?: boolean }, now: number) {
  return now - at > (isTaken ? longestWait : longestDoubt);
}
