import * as l10n from "@vscode/l10n";
import { Emitter } from "../event.ts";
import { isUnderWay, type NoUndo, type ShownChange } from "../shown-change.ts";
import { isFresh, renewal } from "./lease.ts";
import type { WindowName } from "./memory.ts";
import type { RecordStore } from "./record-store.ts";
import { type HistoryEntry, isOfSame, isSame, keyOf, lastCallOf, type WaitRecord, wholeOf } from "./records.ts";
import type { Clock, LiveLog } from "./tools.ts";
import { wordsOf } from "./words-of.ts";

export interface HistoryTools {
  readonly records: RecordStore;
  readonly window: WindowName;
  readonly clock: Clock;
  readonly log: Pick<LiveLog, "fault">;
}

/** What was changed from this machine, as it was last looked up: rows are drawn at once. */
export class ShownHistory {
  readonly #tools: HistoryTools;
  readonly #changed = new Emitter<void>();
  #changes: readonly ShownChange[] = [];
  #said = "[]";
  #looking: Promise<void> | undefined;
  /** Something changed while it was looked up. */
  #isOutdated = false;
  #stop: (() => void) | undefined;
  #isOver = false;
  readonly onDidChange = this.#changed.event;

  constructor(tools: HistoryTools) {
    this.#tools = tools;
  }

  /** The latest first. */
  get changes(): readonly ShownChange[] {
    return this.#changes;
  }

  look(): Promise<void> {
    this.#isOutdated = true;
    return (this.#looking ??= this.#lookAll());
  }

  /** Its last call, as what turns it back is called. */
  async find(key: string): Promise<HistoryEntry | undefined> {
    return (await this.#tools.records.history()).find((entry) => keyOf(entry) === key);
  }

  /** Forgets all that is over. What undoes changes stays. */
  async clear(): Promise<void> {
    const { records } = this.#tools;
    const shown = await shownHistory(this.#tools);
    const over = new Set(shown.filter((change) => !isUnderWay(change)).map(({ key }) => key));
    for (const entry of await records.history()) if (over.has(keyOf(entry))) await records.removeHistory(entry);
    await this.look();
  }

  dispose(): void {
    this.#isOver = true;
    this.#stop?.();
    this.#changed.dispose();
  }

  async #lookAll(): Promise<void> {
    try {
      while (this.#isOutdated) {
        this.#isOutdated = false;
        this.#changes = await shownHistory(this.#tools);
      }
    } catch (error) {
      this.#tools.log.fault("history of changes", error);
    } finally {
      // Who asks from here on, as those may who are told, asks anew.
      this.#looking = undefined;
    }
    if (this.#isOver) return;
    this.#watch();
    const said = JSON.stringify(this.#changes);
    if (said === this.#said) return;
    this.#said = said;
    this.#changed.fire();
  }

  /** Another window that ends, or goes on, tells this one nothing. */
  #watch(): void {
    const isNeeded = this.#changes.some(isUnderWay);
    if (isNeeded) this.#stop ??= this.#tools.clock.every(renewal, () => void this.look());
    else {
      this.#stop?.();
      this.#stop = undefined;
    }
  }
}

export async function shownHistory(tools: HistoryTools): Promise<readonly ShownChange[]> {
  const { records } = tools;
  const waits = await records.waits();
  const undos = await records.undos();
  const entries = await records.history();
  return Promise.all(
    entries.map(async (entry): Promise<ShownChange> => {
      const { account, profile, kind, id, name, deed, parts, at, undone } = entry;
      const found = await standing(entry, waits, tools);
      const { end, calls, taken } = found.entry;
      const state = found.state;
      const words = wordsOf(kind, id, name);
      const isLast = !entries.some((other) => isOfSame(other, entry) && other.at > at && other.taken > 0);
      const isKept = undos.some((undo) => isSame(undo, lastCallOf(entry)));
      return {
        key: keyOf(entry),
        ...{ account, profile, kind, id, name, parts, at, undone, calls, taken, state },
        what: words?.inFew(deed) ?? l10n.t("Change"),
        title: words?.title(deed) ?? l10n.t("Change to {0}", id),
        ended: end?.at,
        noUndo: isUnderWay({ state }) ? "under-way" : isKept ? undefined : whyNot(found.entry, isLast),
      };
    }),
  );
}

interface Standing {
  readonly entry: HistoryEntry;
  readonly state: ShownChange["state"];
}

/** What is neither at its end nor waited for any more has an end that nobody saw. */
async function standing(
  entry: HistoryEntry,
  waits: readonly WaitRecord[],
  { records, window, clock }: HistoryTools,
): Promise<Standing> {
  if (entry.end !== undefined) return { entry, state: entry.end.kind };
  const isOf = (one: WaitRecord) => isSame(wholeOf(one), entry);
  // It may have begun since the others were read, or have ended: then its end is read behind that.
  const wait = waits.find(isOf) ?? (await records.waits()).find(isOf);
  if (wait === undefined) {
    const now = (await records.inHistory(entry)) ?? entry;
    return { entry: now, state: now.end?.kind ?? "unknown" };
  }
  const lease = await records.lease(entry);
  if (wait.window === window.name || lease?.window === window.name) return { entry, state: "here" };
  const isElsewhere = lease !== undefined && isFresh(lease, clock.now(), (name) => window.isGone(name));
  return { entry, state: isElsewhere ? "elsewhere" : "left" };
}

function whyNot({ undone, end, obstacle }: HistoryEntry, isLast: boolean): NoUndo {
  if (undone !== undefined) return "undone";
  if (end?.kind === "failed" || end?.kind === "deleted") return end.kind;
  // What was done from here since is what the user knows of.
  if (!isLast && (obstacle === undefined || obstacle === "changed")) return "not-last";
  return obstacle ?? "forgotten";
}
