// Under which names live changes are remembered, as far as that must be known before anything is loaded for them.

import type { Memory } from "../memory.ts";

export const waitsKey = "mtls.live.waits";
export const undosKey = "mtls.live.undos";
/** The kind of all that was written when there were no targets but distributions. */
export const formerKind = "distribution";

/** Whether the last change to a resource was kept to be turned back. */
export function isUndoKept(
  memory: Pick<Memory, "get">,
  wanted: { readonly account: string; readonly kind: string; readonly id: string },
): boolean {
  const kept =
    memory.get<readonly { readonly account: string; readonly kind?: string; readonly id: string }[]>(undosKey);
  return (kept ?? []).some(
    ({ account, kind = formerKind, id }) => account === wanted.account && kind === wanted.kind && id === wanted.id,
  );
}

/** A change takes minutes: after this time its result is no longer of interest. In milliseconds. */
export const longestWait = 24 * 60 * 60 * 1000;
