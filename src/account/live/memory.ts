import { Emitter } from "../event.ts";
import { isOutdated, longestDoubt, longestWait } from "./kept.ts";
import type { RecordStore } from "./record-store.ts";
import {
  type DoneChange,
  formerKind,
  type HistoryEntry,
  isOfSame,
  isOutdoneBy,
  isSame,
  isWithin,
  type KeptConfigs,
  keyOf,
  type LeaseRecord,
  type Resource,
  type ReviewRecord,
  type UndoRecord,
  type WaitRecord,
  wholeOf,
} from "./records.ts";

/** Where secrets are kept. */
export interface Secrets {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** This window among those that share the memory. */
export interface WindowName {
  readonly name: string;
  /** Whether another one is known to have ended. */
  isGone(name: string): boolean;
}

/** Older ones are forgotten. */
const mostUndos = 20;

/** What survives the window. The names go where any window finds them, a whole config goes where secrets are kept. */
export class LiveMemory {
  readonly #store: RecordStore;
  readonly #secrets: Secrets;
  readonly #window: WindowName;
  readonly #changed = new Emitter<void>();
  /** Told after this window wrote what is shown of changes, or what undoes them. */
  readonly onDidChange = this.#changed.event;
  /** What this window is at now. */
  readonly #waiting = new Map<string, WaitRecord>();
  /** What could not be written down: no other window knows it. */
  readonly #unwritten = new Map<string, WaitRecord>();
  /** Of what this window sends. */
  readonly #configs = new Map<string, KeptConfigs>();
  /** One write after the other: each reads what the one before wrote. */
  #last: Promise<void> = Promise.resolve();
  #stamp = 0;

  constructor(store: RecordStore, secrets: Secrets, window: WindowName) {
    this.#store = store;
    this.#secrets = secrets;
    this.#window = window;
  }

  get window(): string {
    return this.#window.name;
  }

  // --- what was sent, until its end is told

  /** When something is sent: never twice the same. */
  stamp(): number {
    this.#stamp = Math.max(Date.now(), this.#stamp + 1);
    return this.#stamp;
  }

  async waits(account: string): Promise<readonly WaitRecord[]> {
    const written = (await this.#store.waits()).filter((wait) => !this.#unwritten.has(keyOf(wait)));
    return [...written, ...this.#unwritten.values()].filter((wait) => wait.account === account);
  }

  /** Changes of a resource of which nobody knows yet whether AWS took them, the latest first. */
  async doubts(resource: Resource): Promise<readonly WaitRecord[]> {
    return (await this.waits(resource.account))
      .filter((wait) => isOfSame(wait, resource) && !wait.isTaken)
      .sort((one, other) => other.at - one.at);
  }

  /** @returns false where this window is at it already */
  begin(record: WaitRecord): boolean {
    const key = keyOf(record);
    if (this.#waiting.has(key)) return false;
    this.#waiting.set(key, record);
    return true;
  }

  end(record: WaitRecord): void {
    this.#waiting.delete(keyOf(record));
  }

  /** Whether another window may be at it. */
  isOfAnother({ window }: { readonly window: string | undefined }): boolean {
    return window !== undefined && window !== this.window && !this.#window.isGone(window);
  }

  /** This window is not at it any more: the next one need not wait whether it goes on. */
  async release(record: WaitRecord): Promise<void> {
    this.end(record);
    await this.#write(async () => {
      const known = await this.#store.current(record);
      if (known?.window === this.window) await this.#store.putWait({ ...known, window: undefined });
    });
  }

  /** The window ends. */
  async leave(): Promise<void> {
    await Promise.all([...this.#waiting.values()].map((record) => this.release(record)));
  }

  /** What people called the resource when it was changed. */
  async nameOf(record: WaitRecord): Promise<string | undefined> {
    return (await this.#store.inHistory(wholeOf(record)))?.name;
  }

  /** As it is remembered now; `undefined`: its end was told, or another change took its place. */
  async current(record: WaitRecord): Promise<WaitRecord | undefined> {
    return this.#unwritten.get(keyOf(record)) ?? this.#store.current(record);
  }

  /**
   * Before it is sent.
   * @param after the call before it, of the same change: its end was seen
   */
  async announce(record: WaitRecord, configs: KeptConfigs, after: WaitRecord | undefined): Promise<void> {
    this.#configs.set(keyOf(record), configs);
    // The names first: who finds them forgets the configs.
    await this.#put(record, async () => (after === undefined ? [] : [after]));
    if (areKeptBeside(record)) await this.#secrets.store(configsKey(record), JSON.stringify(configs));
  }

  /**
   * AWS has it, and this window goes on with it. It takes the place of the others of the resource which cannot arrive
   * any more: no end of theirs is to come.
   */
  async take(record: WaitRecord, etag: string | undefined): Promise<WaitRecord> {
    const taken: WaitRecord = { ...record, etag, isTaken: true, window: this.window };
    for (const [key, other] of this.#unwritten) if (isOutdoneBy(other, record)) this.#unwritten.delete(key);
    await this.#put(taken, async () => (await this.#store.waits()).filter((other) => isOutdoneBy(other, record)));
    return taken;
  }

  /**
   * Whether another window found that AWS took a change, and changed the resource again since: what undoes that is what
   * can be undone.
   */
  async isOvertaken(record: WaitRecord): Promise<boolean> {
    const later = (await this.undos()).find((undo) => isOfSame(undo, record) && undo.at > record.at);
    if (later === undefined) return false;
    // Right before it forgets this one, the other window writes down what undoes its own.
    const isBeingTaken = (await this.doubts(record)).some((other) => isSame(other, later));
    return isBeingTaken || (await this.current(record)) === undefined;
  }

  /**
   * Of the windows that see the end of a change, one tells it.
   * @param patience so long another one is taken to be at it, in milliseconds
   */
  async claim(record: WaitRecord, now: number, patience: number): Promise<"ours" | "others" | "gone"> {
    if (this.#unwritten.has(keyOf(record))) return "ours";
    return this.#write(async () => {
      const { turn, telling } = await this.#store.telling(record);
      const isTold = telling !== undefined && this.isOfAnother(telling) && isWithin(patience, telling.since, now);
      const isOurs = !isTold && (await this.#store.tell(record, turn + 1, { window: this.window, since: now }));
      // Looked up behind the claim: who told the end forgot the claims with the record.
      if ((await this.#store.current(record)) !== undefined) return isOurs ? "ours" : "others";
      if (isOurs) await this.#store.removeWaits([record]);
      return "gone";
    });
  }

  /** Its end was told, or it is known that there is none. */
  removeWait(record: WaitRecord): Promise<void> {
    this.#unwritten.delete(keyOf(record));
    this.#configs.delete(keyOf(record));
    return this.#write(() => this.#removeWait(record));
  }

  dropStaleWaits(now: number): Promise<void> {
    return this.#write(async () => {
      for (const wait of await this.#store.waits()) if (isOutdated(wait, now)) await this.#removeWait(wait);
      for (const lease of await this.#store.leases())
        if (!isWithin(longestWait, lease.renewed, now)) await this.#store.removeLease(lease);
      for (const review of await this.#store.reviews())
        if (!isWithin(longestDoubt, review.at, now)) await this.#store.removeReview(review.key);
      await this.#store.tidy();
    });
  }

  /** `undefined`: they were not kept, as by names alone all is said, or they cannot be had. */
  async configsOf(record: WaitRecord): Promise<KeptConfigs | undefined> {
    const known = this.#configs.get(keyOf(record));
    if (known !== undefined || !areKeptBeside(record)) return known;
    const text = await this.#secrets.get(configsKey(record));
    return text === undefined ? undefined : readConfigs(text);
  }

  /** @param replaced what else the record takes the place of */
  async #put(record: WaitRecord, replaced: () => Promise<readonly WaitRecord[]>): Promise<void> {
    const key = keyOf(record);
    this.#unwritten.set(key, record);
    await this.#write(async () => {
      // Looked up before: what another window writes meanwhile stays.
      const gone = (await replaced()).filter((other) => !isSame(other, record));
      await this.#store.putWait(record);
      for (const other of gone) await this.#removeWait(other);
    });
    this.#unwritten.delete(key);
  }

  async #removeWait(record: WaitRecord): Promise<void> {
    const gone = [...(await this.#store.replacedBy(record)), record];
    // The configs first: none is kept that nothing names.
    try {
      for (const one of gone) await this.#forgetConfigs(one);
    } finally {
      await this.#store.removeWaits(gone);
    }
  }

  async #forgetConfigs(record: WaitRecord): Promise<void> {
    this.#configs.delete(keyOf(record));
    if (areKeptBeside(record)) await this.#secrets.delete(configsKey(record));
  }

  // --- undoing

  /** The latest first; of every account. */
  undos(): Promise<readonly UndoRecord[]> {
    return this.#store.undos();
  }

  /** The change that a wait is for, where it can be turned back. */
  async undoOf(change: DoneChange): Promise<UndoRecord | undefined> {
    return (await this.undos()).find((other) => isSame(other, change));
  }

  /** @param before the whole config before, where the record's settings do not say it all */
  addUndo(record: UndoRecord, before: string | undefined): Promise<void> {
    return this.#write(async () => {
      if (before !== undefined) await this.#secrets.store(undoKey(record), before);
      await this.#store.putUndo(record);
      for (const old of await this.#store.undosOf(record)) if (!isSame(old, record)) await this.#forgetUndo(old);
      for (const old of (await this.undos()).slice(mostUndos)) await this.#forgetUndo(old);
    });
  }

  removeUndo(record: DoneChange): Promise<void> {
    return this.#write(async () => {
      const known = await this.undoOf(record);
      if (known === undefined) return;
      // None that it took the place of is what can be undone then.
      for (const one of await this.#store.undosOf(known)) if (one.at <= known.at) await this.#forgetUndo(one);
    });
  }

  /** What was done to a resource before cannot be turned back any more. */
  async removeUndoOf(resource: Resource): Promise<void> {
    for (const record of await this.undos()) if (isOfSame(record, resource)) await this.removeUndo(record);
  }

  async configBefore(record: UndoRecord): Promise<string | undefined> {
    return (await this.#secrets.get(undoKey(record))) ?? (await this.#secrets.get(formerUndoKey(record)));
  }

  /** The config first: a window that ends in between leaves the record, by which another finds what is left. */
  async #forgetUndo(record: UndoRecord): Promise<void> {
    try {
      if (record.settings !== undefined) return;
      await this.#secrets.delete(undoKey(record));
      await this.#secrets.delete(formerUndoKey(record));
    } finally {
      await this.#store.removeUndo(record);
    }
  }

  // --- what is told of changes later

  /**
   * Changes what is told of one; with `undefined`, nothing is.
   * @param change its first call
   */
  note(change: DoneChange, next: (known: HistoryEntry | undefined) => HistoryEntry | undefined): Promise<void> {
    return this.#write(async () => {
      const known = await this.#store.inHistory(change);
      const entry = next(known);
      if (entry !== undefined && entry !== known) await this.#store.putHistory(entry);
      else if (entry === undefined && known !== undefined) await this.#store.removeHistory(known);
    });
  }

  lease(resource: Resource): Promise<LeaseRecord | undefined> {
    return this.#store.lease(resource);
  }

  /** What is shown of changes says which window is at them; that it still is, is told to nobody. */
  putLease(lease: LeaseRecord): Promise<void> {
    return this.#inTurn(async () => {
      const known = await this.#store.lease(lease);
      await this.#store.putLease(lease);
      if (known?.window !== lease.window) this.#changed.fire();
    });
  }

  removeLease(resource: Resource): Promise<void> {
    return this.#write(() => this.#store.removeLease(resource));
  }

  // --- pages

  review(key: string): Promise<ReviewRecord | undefined> {
    return this.#store.review(key);
  }

  putReview(record: ReviewRecord): Promise<void> {
    return this.#inTurn(() => this.#store.putReview(record));
  }

  removeReview(key: string): Promise<void> {
    return this.#inTurn(() => this.#store.removeReview(key));
  }

  /** What changes what is shown of changes, or what can be undone. */
  #write<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#inTurn(async () => {
      const result = await work();
      this.#changed.fire();
      return result;
    });
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = this.#last.then(work);
    this.#last = next.then(
      () => undefined,
      () => undefined,
    );
    return next;
  }
}

/** Whether more was sent than the record says by names, or the whole config turns it back. */
function areKeptBeside({ isWhole, undoing }: WaitRecord): boolean {
  return !isWhole || undoing.kind === "config";
}

/** Of one change: another window may write down what undoes another change of the resource at the same time. */
function undoKey(record: DoneChange): string {
  return `mtls.undo:${keyOf(record)}`;
}

/** Versions before this one kept one config for a resource, that of a distribution without its kind. */
function formerUndoKey({ account, kind, id }: DoneChange): string {
  return `mtls.undo:${account}/${kind === formerKind ? "" : `${kind}/`}${id}`;
}

function configsKey(record: DoneChange): string {
  return `mtls.sent:${keyOf(record)}`;
}

/** As it was stored by this window or one before it. */
function readConfigs(text: string): KeptConfigs | undefined {
  try {
    const kept: unknown = JSON.parse(text);
    return typeof kept === "object" && kept !== null && "replaced" in kept && "sent" in kept
      ? (kept as KeptConfigs)
      : undefined;
  } catch {
    return undefined;
  }
}
