// Under which names live changes are remembered, as far as that must be known before anything is loaded for them.

export const waitsKey = "mtls.live.waits";
export const undosKey = "mtls.live.undos";
/** A change takes minutes: after this time its result is no longer of interest. In milliseconds. */
export const longestWait = 24 * 60 * 60 * 1000;
/** Whether AWS has it at all stays of interest. */
const longestDoubt = 30 * 24 * 60 * 60 * 1000;

/** Whether nobody asks any more what became of a change. */
export function isOutdated({ at, isTaken = true }: { readonly at: number; readonly isTaken?: boolean }, now: number) {
  return now - at > (isTaken ? longestWait : longestDoubt);
}
