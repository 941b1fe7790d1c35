import type { Memory } from "../memory.ts";
import { isOutdated, recordsAt, undosKey, waitsKey } from "./kept.ts";
import {
  asNow,
  type DoneChange,
  formerKind,
  isOfSame,
  isSame,
  isWithin,
  type KeptConfigs,
  keyOf,
  type UndoRecord,
  type WaitRecord,
  waitAsNow,
} from "./records.ts";

/** Where secrets are kept. */
export interface Secrets {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** Older ones are forgotten. */
const mostUndos = 20;

/** What survives the window. The names go where any window finds them, a whole config goes where secrets are kept. */
export class LiveMemory {
  readonly #memory: Memory;
  readonly #secrets: Secrets;
  readonly #listeners = new Set<() => void>();
  /** What this window is at now. */
  readonly #waiting = new Set<string>();
  /** What could not be written down: no other window knows it. */
  readonly #unwritten = new Map<string, WaitRecord>();
  /** Of what this window sends. */
  readonly #configs = new Map<string, KeptConfigs>();
  /** One write after the other: each reads what the one before wrote. */
  #last: Promise<void> = Promise.resolve();
  #stamp = 0;
  /** Names this window among those that share the memory. */
  readonly window: string;

  constructor(memory: Memory, secrets: Secrets, window: string) {
    this.#memory = memory;
    this.#secrets = secrets;
    this.window = window;
  }

  /** Told after this window wrote something. */
  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  // --- what was sent, until its end is told

  /** When something is sent: never twice the same. */
  stamp(): number {
    this.#stamp = Math.max(Date.now(), this.#stamp + 1);
    return this.#stamp;
  }

  waits(account: string): WaitRecord[] {
    const written = this.#waits().filter((wait) => !this.#unwritten.has(keyOf(wait)));
    return [...written, ...this.#unwritten.values()].filter((wait) => wait.account === account);
  }

  /** Changes of a resource of which nobody knows yet whether AWS took them, the latest first. */
  doubts(resource: Pick<DoneChange, "account" | "kind" | "id">): WaitRecord[] {
    return this.waits(resource.account)
      .filter((wait) => isOfSame(wait, resource) && !wait.isTaken)
      .sort((one, other) => other.at - one.at);
  }

  /** @returns false where this window is at it already */
  begin(record: WaitRecord): boolean {
    const key = keyOf(record);
    if (this.#waiting.has(key)) return false;
    this.#waiting.add(key);
    return true;
  }

  end(record: WaitRecord): void {
    this.#waiting.delete(keyOf(record));
  }

  /** Whether another window may be at it. */
  isOfAnother({ window }: WaitRecord): boolean {
    return window !== undefined && window !== this.window;
  }

  /** This window is not at it any more: the next one need not wait whether it goes on. */
  async release(record: WaitRecord): Promise<void> {
    this.end(record);
    await this.#write(async () => {
      const all = this.#waits();
      if (!all.some((other) => isSame(other, record) && other.window === this.window)) return;
      await this.#memory.update(
        waitsKey,
        all.map((other) => (isSame(other, record) ? { ...other, window: undefined } : other)),
      );
    });
  }

  /** The window ends. */
  async leave(): Promise<void> {
    await Promise.all(
      this.#waits()
        .filter((record) => this.#waiting.has(keyOf(record)))
        .map((record) => this.release(record)),
    );
  }

  /** As it is remembered now; `undefined`: its end was told, or another change took its place. */
  current(record: WaitRecord): WaitRecord | undefined {
    return this.#unwritten.get(keyOf(record)) ?? this.#waits().find((other) => isSame(other, record));
  }

  /**
   * Before it is sent.
   * @param after the call before it, of the same change: its end was seen
   */
  async announce(record: WaitRecord, configs: KeptConfigs, after: WaitRecord | undefined): Promise<void> {
    this.#configs.set(keyOf(record), configs);
    // The names first: who finds them forgets the configs.
    await this.#put(record, (other) => after !== undefined && isSame(other, after));
    if (areKeptBeside(record)) await this.#secrets.store(configsKey(record), JSON.stringify(configs));
  }

  /**
   * AWS has it, and this window goes on with it. It takes the place of all others of the resource: none of them can
   * arrive any more, and no end of theirs is to come.
   */
  async take(record: WaitRecord, etag: string | undefined): Promise<WaitRecord> {
    const taken: WaitRecord = { ...record, etag, isTaken: true, window: this.window };
    for (const [key, other] of this.#unwritten) if (isOfSame(other, record)) this.#unwritten.delete(key);
    await this.#put(taken, (other) => isOfSame(other, record));
    return taken;
  }

  /**
   * Of the windows that see the end of a change, one tells it.
   * @param patience so long another one is taken to be at it, in milliseconds
   */
  async claim(record: WaitRecord, now: number, patience: number): Promise<"ours" | "others" | "gone"> {
    if (this.#unwritten.has(keyOf(record))) return "ours";
    return this.#write(async () => {
      const known = this.current(record);
      if (known === undefined) return "gone";
      const { telling } = known;
      if (telling !== undefined && telling.window !== this.window && isWithin(patience, telling.since, now))
        return "others";
      const claimed: WaitRecord = { ...known, telling: { window: this.window, since: now } };
      await this.#memory.update(
        waitsKey,
        this.#waits().map((other) => (isSame(other, record) ? claimed : other)),
      );
      return "ours";
    });
  }

  /** Its end was told, or it is known that there is none. */
  removeWait(record: WaitRecord): Promise<void> {
    this.#unwritten.delete(keyOf(record));
    this.#configs.delete(keyOf(record));
    return this.#write(() => this.#removeWaits((other) => isSame(other, record)));
  }

  dropStaleWaits(now: number): Promise<void> {
    return this.#write(async () => {
      if (this.#waits().some((wait) => isOutdated(wait, now))) await this.#removeWaits((wait) => isOutdated(wait, now));
    });
  }

  /** `undefined`: they were not kept, as by names alone all is said, or they cannot be had. */
  async configsOf(record: WaitRecord): Promise<KeptConfigs | undefined> {
    const known = this.#configs.get(keyOf(record));
    if (known !== undefined || !areKeptBeside(record)) return known;
    const text = await this.#secrets.get(configsKey(record));
    return text === undefined ? undefined : readConfigs(text);
  }

  /** @param isReplaced what else the record takes the place of */
  async #put(record: WaitRecord, isReplaced: (other: WaitRecord) => boolean): Promise<void> {
    const key = keyOf(record);
    this.#unwritten.set(key, record);
    await this.#write(async () => {
      const gone = this.#waits().filter((other) => isReplaced(other) && !isSame(other, record));
      await this.#memory.update(waitsKey, [
        ...this.#waits().filter((other) => !isReplaced(other) && !isSame(other, record)),
        record,
      ]);
      for (const other of gone) await this.#forgetConfigs(other);
    });
    this.#unwritten.delete(key);
  }

  async #removeWaits(isGone: (wait: WaitRecord) => boolean): Promise<void> {
    const all = this.#waits();
    await this.#memory.update(
      waitsKey,
      all.filter((wait) => !isGone(wait)),
    );
    for (const wait of all.filter(isGone)) await this.#forgetConfigs(wait);
  }

  async #forgetConfigs(record: WaitRecord): Promise<void> {
    this.#configs.delete(keyOf(record));
    if (areKeptBeside(record)) await this.#secrets.delete(configsKey(record));
  }

  // --- undoing

  /** The latest first; of every account. */
  undos(): readonly UndoRecord[] {
    return recordsAt<UndoRecord>(this.#memory, undosKey).map(asNow);
  }

  /** The change that a wait is for, where it can be turned back. */
  undoOf(change: DoneChange): UndoRecord | undefined {
    return this.undos().find((other) => isSame(other, change));
  }

  /** @param before the whole config before, where the record's settings do not say it all */
  addUndo(record: UndoRecord, before: string | undefined): Promise<void> {
    return this.#write(async () => {
      const others = this.undos().filter((other) => !isOfSame(other, record));
      const kept = [record, ...others].slice(0, mostUndos);
      for (const other of this.undos())
        if (!kept.some((one) => isOfSame(one, other))) await this.#secrets.delete(undoKey(other));
      if (before === undefined) await this.#secrets.delete(undoKey(record));
      else await this.#secrets.store(undoKey(record), before);
      await this.#memory.update(undosKey, kept);
    });
  }

  removeUndo(record: DoneChange): Promise<void> {
    return this.#write(async () => {
      if (!this.undos().some((other) => isSame(other, record))) return;
      await this.#memory.update(
        undosKey,
        this.undos().filter((other) => !isSame(other, record)),
      );
      await this.#secrets.delete(undoKey(record));
    });
  }

  /** What was done to a resource before cannot be turned back any more. */
  async removeUndoOf(resource: Pick<DoneChange, "account" | "kind" | "id">): Promise<void> {
    for (const record of this.undos()) if (isOfSame(record, resource)) await this.removeUndo(record);
  }

  configBefore(record: UndoRecord): PromiseLike<string | undefined> {
    return this.#secrets.get(undoKey(record));
  }

  #waits(): WaitRecord[] {
    return recordsAt<WaitRecord>(this.#memory, waitsKey).map(waitAsNow);
  }

  #write<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = this.#last.then(work).then((result) => {
      for (const listener of this.#listeners) listener();
      return result;
    });
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

function undoKey({ account, kind, id }: DoneChange): string {
  // Distributions as before there were other kinds.
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
