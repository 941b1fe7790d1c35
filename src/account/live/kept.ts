// Under which names live changes are remembered, as far as that must be known before anything is loaded for them.

import type { Memory } from "../memory.ts";
import { formerKind } from "./records.ts";

export const waitsKey = "mtls.live.waits";
export const undosKey = "mtls.live.undos";

interface Kept {
  readonly account: string;
  readonly kind?: string;
  readonly id: string;
  readonly at: number;
  readonly isTaken?: boolean;
}

/** What is kept under a name; another version may have written it, and what is no record of a change is left out. */
export function recordsAt<Entry extends Kept>(memory: Pick<Memory, "get">, key: string): readonly Entry[] {
  const kept = memory.get<unknown>(key);
  return Array.isArray(kept) ? kept.filter((entry): entry is Entry => isRecord(entry)) : [];
}

function isRecord(entry: unknown): entry is Kept {
  if (typeof entry !== "object" || entry === null) return false;
  const { account, id, at }: Partial<Record<keyof Kept, unknown>> = entry;
  return typeof account === "string" && typeof id === "string" && typeof at === "number";
}

/** Whether the last change to a resource was kept to be turned back. */
export function isUndoKept(
  memory: Pick<Memory, "get">,
  wanted: { readonly account: string; readonly kind: string; readonly id: string },
): boolean {
  return recordsAt(memory, undosKey).some(
    ({ account, kind = formerKind, id }) => account === wanted.account && kind === wanted.kind && id === wanted.id,
  );
}

/** A change takes minutes: after this time its result is no longer of interest. In milliseconds. */
export const longestWait = 24 * 60 * 60 * 1000;
/** Whether AWS has it at all stays of interest. */
const longestDoubt = 30 * 24 * 60 * 60 * 1000;

/** Whether nobody asks any more what became of a change. */
export function isOutdated({ at, isTaken = true }: { readonly at: number; readonly isTaken?: boolean }, now: number) {
  return now - at > (isTaken ? longestWait : longestDoubt);
}
