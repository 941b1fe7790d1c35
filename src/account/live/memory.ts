import type { Memory } from "../memory.ts";
import { longestWait, undosKey, waitsKey } from "./kept.ts";

/** Where secrets are kept. */
export interface Secrets {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** A change, by names alone: nothing of it is secret. */
export interface DoneChange {
  /** Twelve digits. */
  readonly account: string;
  /** `undefined`: the environment decided. */
  readonly profile: string | undefined;
  /** Its target's. */
  readonly kind: string;
  /** The resource's. */
  readonly id: string;
  /** Of the config after the change; `undefined`: the service names no versions. */
  readonly etag: string | undefined;
  readonly deed: string;
  /** What of the resource is changed, by ids: the origins of a distribution. */
  readonly parts: readonly string[];
  /** When it was sent, in milliseconds since 1970. */
  readonly at: number;
}

/** A change that AWS took and is at work on. */
export interface WaitRecord extends DoneChange {
  /** What must be there in the end, as its target says it. */
  readonly expected: unknown;
  /** Whether that is all which was changed: of what else was sent nothing is kept. */
  readonly isWhole: boolean;
  /** The version before: as long as AWS answers with it, what it says is of no use. */
  readonly replaced: string | undefined;
  /** Calls that were to follow it. */
  readonly left: number;
  /** The window that sent it, and sends what follows. */
  readonly window: string;
}

/** A change that can be turned back. */
export interface UndoRecord extends DoneChange {
  /**
   * What turns it back, as its target says it; `undefined`: more was changed, and the config before is kept with the
   * secrets.
   */
  readonly settings: unknown;
  /** What must still be there, where no version tells whether another update changed it since. */
  readonly expected?: unknown;
}

/** So long the window that sent one of several calls is taken to be alive, and to send the next. */
const longestStep = 30 * 60 * 1000;
/** Older ones are forgotten. */
const mostUndos = 20;

/** What survives the window. The names go where any window finds them, a whole config goes where secrets are kept. */
export class LiveMemory {
  readonly #memory: Memory;
  readonly #secrets: Secrets;
  readonly #listeners = new Set<() => void>();
  /** What this window waits for now. */
  readonly #waiting = new Set<string>();
  /** Of those, what could not be written down: no other window knows it. */
  readonly #unwritten = new Set<string>();
  /** One write after the other: each reads what the one before wrote. */
  #last: Promise<void> = Promise.resolve();
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

  // --- waiting

  waits(account: string): WaitRecord[] {
    return this.#list<WaitRecord>(waitsKey).filter((wait) => wait.account === account);
  }

  /** Those that no window is at: what follows one of several calls is the business of the window that sent it. */
  leftWaits(account: string, now: number): WaitRecord[] {
    return this.waits(account).filter(
      ({ left, window, at }) => left === 0 || window === this.window || now - at > longestStep,
    );
  }

  /** @returns false where this window waits for it already */
  begin(record: WaitRecord): boolean {
    const key = keyOf(record);
    if (this.#waiting.has(key)) return false;
    this.#waiting.add(key);
    return true;
  }

  end(record: WaitRecord): void {
    this.#waiting.delete(keyOf(record));
    this.#unwritten.delete(keyOf(record));
  }

  /** Whether its result was not reported yet, in this window or in another one. */
  isWaiting(record: WaitRecord): boolean {
    return (
      this.#unwritten.has(keyOf(record)) || this.#list<WaitRecord>(waitsKey).some((other) => isSame(other, record))
    );
  }

  /** A later change of a resource takes the place of an earlier one. */
  async addWait(record: WaitRecord): Promise<void> {
    this.#unwritten.add(keyOf(record));
    await this.#write(async () =>
      this.#memory.update(waitsKey, [
        ...this.#list<WaitRecord>(waitsKey).filter((other) => !isOfSame(other, record)),
        record,
      ]),
    );
    this.#unwritten.delete(keyOf(record));
  }

  removeWait(record: WaitRecord): Promise<void> {
    this.#unwritten.delete(keyOf(record));
    return this.#write(async () =>
      this.#memory.update(
        waitsKey,
        this.#list<WaitRecord>(waitsKey).filter((other) => !isSame(other, record)),
      ),
    );
  }

  dropStaleWaits(now: number): Promise<void> {
    return this.#write(async () => {
      const all = this.#list<WaitRecord>(waitsKey);
      const fresh = all.filter(({ at }) => now - at <= longestWait);
      if (fresh.length < all.length) await this.#memory.update(waitsKey, fresh);
    });
  }

  // --- undoing

  /** The latest first; of every account. */
  undos(): readonly UndoRecord[] {
    return this.#list<UndoRecord>(undosKey);
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
        if (!kept.some((one) => isOfSame(one, other))) await this.#secrets.delete(secretKey(other));
      if (before === undefined) await this.#secrets.delete(secretKey(record));
      else await this.#secrets.store(secretKey(record), before);
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
      await this.#secrets.delete(secretKey(record));
    });
  }

  /** What was done to a resource before cannot be turned back any more. */
  async removeUndoOf({ account, kind, id }: Pick<DoneChange, "account" | "kind" | "id">): Promise<void> {
    for (const record of this.undos())
      if (record.account === account && record.kind === kind && record.id === id) await this.removeUndo(record);
  }

  configBefore(record: UndoRecord): PromiseLike<string | undefined> {
    return this.#secrets.get(secretKey(record));
  }

  #list<Entry extends DoneChange>(key: string): Entry[] {
    return (this.#memory.get<(Entry & Formerly)[]>(key) ?? []).map(asNow);
  }

  #write(work: () => Promise<void>): Promise<void> {
    const next = this.#last.then(work).then(() => {
      for (const listener of this.#listeners) listener();
    });
    this.#last = next.catch(() => undefined);
    return next;
  }
}

/** The kind of all that was written when there were no targets but distributions. */
const formerKind = "distribution";

/** As it was written then. */
interface Formerly {
  readonly kind?: string;
  readonly parts?: readonly string[];
  readonly origins?: readonly string[];
}

function asNow<Entry extends DoneChange>(entry: Entry & Formerly): Entry {
  const { kind = formerKind, origins = [], parts = origins }: Formerly = entry;
  return { ...entry, kind, parts };
}

function isOfSame(one: DoneChange, other: DoneChange): boolean {
  return one.account === other.account && one.kind === other.kind && one.id === other.id;
}

function isSame(one: DoneChange, other: DoneChange): boolean {
  return isOfSame(one, other) && versionOf(one) === versionOf(other);
}

/** Where no version names it, when it was sent does. */
function versionOf({ etag, at }: DoneChange): string {
  return etag ?? String(at);
}

function keyOf(change: DoneChange): string {
  return [change.account, change.kind, change.id, versionOf(change)].join("/");
}

function secretKey({ account, kind, id }: DoneChange): string {
  // Distributions as before there were other kinds.
  return `mtls.undo:${account}/${kind === formerKind ? "" : `${kind}/`}${id}`;
}
