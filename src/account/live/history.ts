// What is told of changes after their end: written wherever it is known what became of one. What cannot be written is
// no reason not to go on.
import {
  type DoneChange,
  type End,
  type HistoryEntry,
  isOutdoneBy,
  isSame,
  type Obstacle,
  type WaitRecord,
  wholeOf,
} from "./records.ts";
import type { LiveTools } from "./tools.ts";

type HistoryTools = Pick<LiveTools, "memory" | "log">;

/** What became of one call. */
export type CallEnd = End | "not taken";

/** A call is about to be sent: from here on nobody else may know of it. */
export function noteSent(record: WaitRecord, name: string | undefined, tools: HistoryTools): Promise<void> {
  return note(record, tools, (known) => ({ ...underWay(record, known), name: known?.name ?? name }));
}

/** AWS took it. */
export async function noteTaken(
  record: WaitRecord,
  etag: string | undefined,
  obstacle: Obstacle | undefined,
  tools: HistoryTools,
): Promise<void> {
  await noteOutdone(record, tools);
  await note(record, tools, (known) => ({
    ...underWay(record, known),
    etag,
    taken: record.applied + 1,
    obstacle,
  }));
}

/** What became of it is told, or nobody is to tell it. */
export async function noteEnd(record: WaitRecord, end: CallEnd, tools: HistoryTools): Promise<void> {
  const whole = endOfAll(record, end);
  const at = Date.now();
  await note(record, tools, (known) => {
    if (whole === undefined) return undefined;
    const isWithout = end === "failed" || end === "not taken";
    const taken = isWithout ? record.applied : Math.max(record.applied, known?.taken ?? 0);
    return { ...underWay(record, known), taken, end: { kind: whole, at } };
  });
  if (whole !== "done" || record.undoes === undefined) return;
  const undone = { ...record, at: record.undoes, first: record.undoes };
  await note(undone, tools, (known) => (known === undefined ? undefined : { ...known, undone: at }));
}

/** What prevents that it is turned back, whatever is done from here. */
export function noteObstacle(change: DoneChange, obstacle: Obstacle, tools: HistoryTools): Promise<void> {
  return note(change, tools, (known) => (known === undefined ? undefined : { ...known, obstacle }));
}

/** `undefined`: nothing came of the change. What was to follow a call is not sent once that is at its end. */
function endOfAll({ applied, left }: WaitRecord, end: CallEnd): End | undefined {
  if (end === "not taken") return applied === 0 ? undefined : "partly";
  if (end === "failed") return applied === 0 ? "failed" : "partly";
  return left > 0 && (end === "done" || end === "unknown") ? "partly" : end;
}

/** Changes that AWS took after others: nobody tells the end of those any more. */
async function noteOutdone(record: WaitRecord, tools: HistoryTools): Promise<void> {
  const { memory, log } = tools;
  const waits = await memory.waits(record.account).catch((error: unknown) => {
    log.fault("history of changes", error);
    return [];
  });
  for (const other of waits) {
    if (!isOutdoneBy(other, record) || isSame(wholeOf(other), wholeOf(record))) continue;
    // Of two for the same version, AWS takes one.
    const isRefused = !other.isTaken && other.replaced !== undefined && other.replaced === record.replaced;
    await noteEnd(other, isRefused ? "not taken" : other.isTaken ? "overtaken" : "unknown", tools);
  }
}

function underWay(record: WaitRecord, known: HistoryEntry | undefined): HistoryEntry {
  const { account, profile, kind, id, etag, deed, parts, applied, left } = record;
  return {
    ...{ account, profile, kind, id, etag: known?.etag ?? etag, deed },
    parts: [...new Set([...(known?.parts ?? []), ...parts])],
    at: wholeOf(record).at,
    last: Math.max(record.at, known?.last ?? 0),
    name: known?.name,
    calls: applied + 1 + left,
    taken: Math.max(applied, known?.taken ?? 0),
    end: undefined,
    undone: known?.undone,
    obstacle: known?.obstacle,
  };
}

async function note(
  change: DoneChange,
  { memory, log }: HistoryTools,
  next: (known: HistoryEntry | undefined) => HistoryEntry | undefined,
): Promise<void> {
  await memory.note(wholeOf(change), next).catch((error: unknown) => log.fault("history of changes", error));
}
