// Records of changes, as windows leave them.
import type { HistoryEntry, UndoRecord, WaitRecord } from "../../../src/account/live/records.ts";

export const account = "111122223333";

export function done(more: Partial<WaitRecord> = {}): WaitRecord {
  return {
    ...{
      account,
      profile: undefined,
      kind: "distribution",
      id: "E1",
      etag: "V2",
      deed: "enable",
      parts: ["o1"],
      at: 1,
    },
    ...{ isTaken: true, expected: [], isWhole: true, replaced: "V1" },
    ...{ undoing: { kind: "never", why: "" }, applied: 0, left: 0, window: "w" },
    ...more,
  };
}

export function undo(more: Partial<UndoRecord> = {}): UndoRecord {
  const { account, profile, kind, id, etag, deed, parts, at } = done();
  return { account, profile, kind, id, etag, deed, parts, at, settings: undefined, ...more };
}

export function entry(more: Partial<HistoryEntry> = {}): HistoryEntry {
  const { account, profile, kind, id, etag, deed, parts, at } = done(more);
  return {
    ...{ account, profile, kind, id, etag, deed, parts, at },
    ...{ last: at, name: "shop.example.com", calls: 1, taken: 1, end: { kind: "done", at: at + 1 } },
    ...{ undone: undefined, obstacle: undefined },
    ...more,
  };
}
