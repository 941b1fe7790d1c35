import type { Memory } from "../memory.ts";
import { isRecord } from "./kept.ts";
import { asNow, type UndoRecord, type WaitRecord, waitAsNow } from "./records.ts";

/** Where versions before this one kept all records of a kind, and windows that wrote at one time lost one. */
export const formerKeys = { waits: "mtls.live.waits", undos: "mtls.live.undos" } as const;

/** What another version wrote; what is no record of a change is left out. */
export function formerRecords(memory: Pick<Memory, "get">) {
  return {
    waits: listAt<WaitRecord>(memory, formerKeys.waits).map(waitAsNow),
    undos: listAt<UndoRecord>(memory, formerKeys.undos).map(asNow),
  };
}

function listAt<Entry extends WaitRecord | UndoRecord>(memory: Pick<Memory, "get">, key: string): readonly Entry[] {
  const kept = memory.get<unknown>(key);
  return Array.isArray(kept) ? kept.filter((entry): entry is Entry => isRecord(entry)) : [];
}

/** They are kept elsewhere by now. */
export async function forgetFormer(memory: Memory): Promise<void> {
  for (const key of Object.values(formerKeys))
    if (memory.get<unknown>(key) !== undefined) await memory.update(key, undefined);
}
