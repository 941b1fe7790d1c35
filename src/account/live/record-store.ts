import type { Folder } from "../../platform/folder.ts";
import type { Memory } from "../memory.ts";
import { forgetFormer, formerRecords } from "./former-records.ts";
import { isRecord } from "./kept.ts";
import { isNameOf, leaseName, nameOf, reviewName, type Sort, tellingName, timeIn, turnOf } from "./record-names.ts";
import {
  asNow,
  type DoneChange,
  ends,
  type HistoryEntry,
  isOfSame,
  isReplaced,
  type LeaseRecord,
  obstacles,
  type Resource,
  type ReviewRecord,
  type UndoRecord,
  type WaitRecord,
  waitAsNow,
} from "./records.ts";

/** Told of what cannot be read: what can is of use all the same. */
type Fault = (where: string, error: unknown) => void;

/** Older changes are forgotten. */
const longestHistory = 200;

/** The window that saw the end of a change, and tells it. */
export interface Telling {
  readonly window: string;
  readonly since: number;
}

/**
 * The records of live changes. All windows share them, and each record is a file: a list of them would be written by
 * several windows at one time, and one of them would be lost.
 */
export class RecordStore {
  readonly #folder: Folder;
  readonly #former: Memory;
  readonly #fault: Fault;
  /** What was said to be damaged. */
  readonly #damaged = new Set<string>();
  #moved: Promise<void> | undefined;
  #undos: readonly UndoRecord[] = [];

  /** @param former where versions before this one kept them: they are moved */
  constructor(folder: Folder, former: Memory, fault: Fault) {
    this.#folder = folder;
    this.#former = former;
    this.#fault = fault;
  }

  /** As they were sent, but for those that another one took the place of. */
  async waits(): Promise<readonly WaitRecord[]> {
    const all = (await this.#all("wait", asWait)).sort((one, other) => one.at - other.at);
    return all.filter((record) => !all.some((other) => isReplaced(record, other)));
  }

  /** As it is kept now. What cannot be read is taken to be what it was. */
  async current(record: WaitRecord): Promise<WaitRecord | undefined> {
    const name = nameOf("wait", record);
    try {
      await this.#ready();
      const text = await this.#folder.read(name);
      return text === undefined ? undefined : (this.#parsed(name, text, asWait) ?? record);
    } catch (error) {
      this.#fault("read what was sent", error);
      return record;
    }
  }

  putWait(record: WaitRecord): Promise<void> {
    return this.#put(nameOf("wait", record), record);
  }

  /** What it took the place of, and is there all the same: its window died in between. */
  async replacedBy(record: WaitRecord): Promise<readonly WaitRecord[]> {
    return (await this.#all("wait", asWait)).filter((other) => isReplaced(other, record));
  }

  async removeWaits(gone: readonly WaitRecord[]): Promise<void> {
    for (const one of gone) await this.#folder.remove(nameOf("wait", one));
    for (const name of await this.#names("telling"))
      if (gone.some((one) => turnOf(name, one) !== undefined)) await this.#folder.remove(name);
  }

  /** @returns what the window that began last to tell the end said, and which that was */
  async telling(record: WaitRecord): Promise<{ readonly turn: number; readonly telling: Telling | undefined }> {
    const turns = (await this.#names("telling")).flatMap((name) => turnOf(name, record) ?? []);
    const turn = Math.max(0, ...turns);
    const text = turn === 0 ? undefined : await this.#folder.read(tellingName(record, turn));
    return { turn, telling: text === undefined ? undefined : asTelling(read(text)) };
  }

  /**
   * The end is told by this window from now on.
   * @param turn the one after that of the window before it
   * @returns false where another window was faster
   */
  tell(record: WaitRecord, turn: number, telling: Telling): Promise<boolean> {
    return this.#folder.create(tellingName(record, turn), JSON.stringify(telling));
  }

  /** The latest first, and one of each resource. */
  async undos(): Promise<readonly UndoRecord[]> {
    const all = (await this.#all("undo", asUndo)).sort((one, other) => other.at - one.at);
    this.#undos = all.filter((record, index) => all.findIndex((other) => isOfSame(other, record)) === index);
    return this.#undos;
  }

  /** Whether the last change to a resource can be turned back, as it was last looked up here. */
  isUndoKept(resource: Resource): boolean {
    return this.#undos.some((undo) => isOfSame(undo, resource));
  }

  /** All of a resource, the first first: what was to take the place of one may have been left in the middle. */
  async undosOf(resource: Resource): Promise<readonly UndoRecord[]> {
    const all = (await this.#all("undo", asUndo)).filter((undo) => isOfSame(undo, resource));
    return all.sort((one, other) => one.at - other.at);
  }

  putUndo(record: UndoRecord): Promise<void> {
    return this.#put(nameOf("undo", record), record);
  }

  removeUndo(record: DoneChange): Promise<void> {
    return this.#folder.remove(nameOf("undo", record));
  }

  /** The latest first; of every account. */
  async history(): Promise<readonly HistoryEntry[]> {
    return (await this.#all("history", asHistory)).sort((one, other) => other.at - one.at);
  }

  /** Without reading any. */
  async hasHistory(): Promise<boolean> {
    return (await this.#names("history")).length > 0;
  }

  async inHistory(change: DoneChange): Promise<HistoryEntry | undefined> {
    const name = nameOf("history", change);
    await this.#ready();
    const text = await this.#folder.read(name);
    return text === undefined ? undefined : this.#parsed(name, text, asHistory);
  }

  async putHistory(entry: HistoryEntry): Promise<void> {
    await this.#put(nameOf("history", entry), entry);
    const names = (await this.#names("history")).toSorted((one, other) => timeIn(other) - timeIn(one));
    for (const old of names.slice(longestHistory)) await this.#folder.remove(old);
  }

  removeHistory(entry: DoneChange): Promise<void> {
    return this.#folder.remove(nameOf("history", entry));
  }

  async leases(): Promise<readonly LeaseRecord[]> {
    return this.#all("lease", asLease);
  }

  async lease(resource: Resource): Promise<LeaseRecord | undefined> {
    const name = leaseName(resource);
    const text = await this.#folder.read(name);
    return text === undefined ? undefined : this.#parsed(name, text, asLease);
  }

  putLease(lease: LeaseRecord): Promise<void> {
    return this.#put(leaseName(lease), lease);
  }

  removeLease(resource: Resource): Promise<void> {
    return this.#folder.remove(leaseName(resource));
  }

  async reviews(): Promise<readonly ReviewRecord[]> {
    return this.#all("review", asReview);
  }

  async review(key: string): Promise<ReviewRecord | undefined> {
    const name = reviewName(key);
    const text = await this.#folder.read(name);
    return text === undefined ? undefined : this.#parsed(name, text, asReview);
  }

  putReview(record: ReviewRecord): Promise<void> {
    return this.#put(reviewName(record.key), record);
  }

  removeReview(key: string): Promise<void> {
    return this.#folder.remove(reviewName(key));
  }

  tidy(): Promise<void> {
    return this.#folder.tidy();
  }

  async #put(name: string, record: Resource): Promise<void> {
    await this.#ready();
    await this.#folder.write(name, JSON.stringify(record));
  }

  /** What cannot be listed is not there: what is to be told must not depend on it. */
  async #names(sort: Sort): Promise<readonly string[]> {
    try {
      await this.#ready();
      return (await this.#folder.names()).filter((name) => isNameOf(sort, name));
    } catch (error) {
      this.#fault("list the changes that are remembered", error);
      return [];
    }
  }

  async #all<Entry>(
    sort: Exclude<Sort, "telling">,
    entryOf: (said: unknown, name: string) => Entry | undefined,
  ): Promise<Entry[]> {
    const names = await this.#names(sort);
    const entries = await Promise.all(
      names.map(async (name) => {
        const text = await this.#folder.read(name).catch((error: unknown) => this.#fault(`read ${name}`, error));
        return typeof text === "string" ? this.#parsed(name, text, entryOf) : undefined;
      }),
    );
    return entries.filter((entry) => entry !== undefined);
  }

  #parsed<Entry>(
    name: string,
    text: string,
    entryOf: (said: unknown, name: string) => Entry | undefined,
  ): Entry | undefined {
    const entry = entryOf(read(text), name);
    if (entry === undefined && !this.#damaged.has(name)) {
      this.#damaged.add(name);
      this.#fault("what is remembered of changes", new Error(`${name} is damaged, and ignored`));
    }
    return entry;
  }

  #ready(): Promise<void> {
    return (this.#moved ??= this.#move().catch((error: unknown) =>
      this.#fault("move what an earlier version remembers", error),
    ));
  }

  /** They are forgotten where they were once all of them are here: who dies in between leaves it to the next window. */
  async #move(): Promise<void> {
    const { waits, undos } = formerRecords(this.#former);
    for (const wait of waits) await this.#moveOne(nameOf("wait", wait), wait);
    for (const undo of undos) await this.#moveOne(nameOf("undo", undo), undo);
    await forgetFormer(this.#former);
  }

  async #moveOne(name: string, record: DoneChange): Promise<void> {
    if ((await this.#folder.read(name)) === undefined) await this.#folder.write(name, JSON.stringify(record));
  }
}

/** `undefined`: no JSON. */
function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asWait(said: unknown, name: string): WaitRecord | undefined {
  const record = isRecord(said) ? waitAsNow(said as WaitRecord) : undefined;
  return record !== undefined && nameOf("wait", record) === name ? record : undefined;
}

function asUndo(said: unknown, name: string): UndoRecord | undefined {
  const record = isRecord(said) ? asNow(said as UndoRecord) : undefined;
  return record !== undefined && nameOf("undo", record) === name ? record : undefined;
}

function asHistory(said: unknown, name: string): HistoryEntry | undefined {
  if (!isRecord(said)) return undefined;
  const entry = said as Partial<Record<keyof HistoryEntry, unknown>> & DoneChange;
  const { last, calls, taken, end, obstacle } = entry;
  const isWhole =
    [last, calls, taken].every((number) => typeof number === "number") &&
    [entry.kind, entry.deed].every((text) => typeof text === "string") &&
    [entry.profile, entry.name].every((text) => text === undefined || typeof text === "string") &&
    [entry.undone, entry.first].every((time) => time === undefined || typeof time === "number") &&
    Array.isArray(entry.parts) &&
    entry.parts.every((part) => typeof part === "string") &&
    (obstacle === undefined || obstacles.some((one) => one === obstacle)) &&
    (end === undefined || isEnd(end));
  return isWhole && nameOf("history", entry) === name ? (entry as HistoryEntry) : undefined;
}

function isEnd(said: unknown): boolean {
  if (typeof said !== "object" || said === null) return false;
  const { kind, at }: { readonly kind?: unknown; readonly at?: unknown } = said;
  return ends.some((one) => one === kind) && typeof at === "number";
}

function asLease(said: unknown, name: string): LeaseRecord | undefined {
  if (typeof said !== "object" || said === null) return undefined;
  const lease: Partial<Record<keyof LeaseRecord, unknown>> = said;
  const isWhole =
    [lease.account, lease.kind, lease.id, lease.window, lease.deed].every((text) => typeof text === "string") &&
    [lease.since, lease.renewed].every((time) => typeof time === "number");
  return isWhole && leaseName(lease as LeaseRecord) === name ? (lease as LeaseRecord) : undefined;
}

function asTelling(said: unknown): Telling | undefined {
  if (typeof said !== "object" || said === null) return undefined;
  const { window, since }: Partial<Record<keyof Telling, unknown>> = said;
  return typeof window === "string" && typeof since === "number" ? { window, since } : undefined;
}

function asReview(said: unknown, name: string): ReviewRecord | undefined {
  if (typeof said !== "object" || said === null) return undefined;
  const review: Partial<Record<keyof ReviewRecord, unknown>> = said;
  const isWhole =
    [review.account, review.kind, review.id, review.key, review.name, review.deed].every(
      (text) => typeof text === "string",
    ) && typeof review.at === "number";
  return isWhole && reviewName(String(review.key)) === name ? (review as ReviewRecord) : undefined;
}
