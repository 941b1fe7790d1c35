import * as vscode from "vscode";
import type { OriginSetting } from "../../core/cloudfront/origin-settings.ts";
import { machine } from "../../platform/node/machine.ts";
import type { Kind } from "../authoring/origin-picker.ts";
import { longestWait, undosKey, waitsKey } from "./kept.ts";

/** What was done to a distribution. */
export type Deed = Kind | "draft" | "undo";

/** A change, by names alone: nothing of it is secret. */
export interface DoneChange {
  /** Twelve digits. */
  readonly account: string;
  /** `undefined`: the environment decided. */
  readonly profile: string | undefined;
  /** The distribution's. */
  readonly id: string;
  /** Of the config after the change. */
  readonly etag: string;
  readonly deed: Deed;
  /** Ids of the origins that are called otherwise. */
  readonly origins: readonly string[];
  /** When it was sent, in milliseconds since 1970. */
  readonly at: number;
}

/** A change that AWS took and is deploying. */
export interface WaitRecord extends DoneChange {
  /** What must be there in the end. */
  readonly expected: readonly OriginSetting[];
  /** Whether that is all which was changed: of what else was sent nothing is kept. */
  readonly isWhole: boolean;
  /** The version before: as long as AWS answers with it, what it says is of no use. */
  readonly replaced: string;
  /** Calls that were to follow it. */
  readonly left: number;
  /** The window that sent it, and sends what follows. */
  readonly window: string;
}

/** A change that can be turned back. */
export interface UndoRecord extends DoneChange {
  /** What the origins get back; `undefined`: more was changed, and the config before is kept with the secrets. */
  readonly settings: readonly OriginSetting[] | undefined;
}

/** So long the window that sent one of several calls is taken to be alive, and to send the next. */
const longestStep = 30 * 60 * 1000;
/** Older ones are forgotten. */
const mostUndos = 20;

/** What survives the window. The names go where any window finds them, a whole config goes where secrets are kept. */
export class LiveMemory implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #secrets: vscode.SecretStorage;
  readonly #changed = new vscode.EventEmitter<void>();
  /** What this window waits for now. */
  readonly #waiting = new Set<string>();
  /** Of those, what could not be written down: no other window knows it. */
  readonly #unwritten = new Set<string>();
  /** One write after the other: each reads what the one before wrote. */
  #last: Promise<void> = Promise.resolve();
  /** Names this window among those that share the memory. */
  readonly window = machine.uniqueName();
  /** Fires after this window wrote something. */
  readonly onDidChange = this.#changed.event;

  constructor(memory: vscode.Memento, secrets: vscode.SecretStorage) {
    this.#memory = memory;
    this.#secrets = secrets;
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

  /** Whether nobody, in this window or another one, has told the end of it. */
  isWaiting(record: WaitRecord): boolean {
    return (
      this.#unwritten.has(keyOf(record)) || this.#list<WaitRecord>(waitsKey).some((other) => isSame(other, record))
    );
  }

  /** A later change of a distribution takes the place of an earlier one. */
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

  removeUndo(record: UndoRecord): Promise<void> {
    return this.#write(async () => {
      if (!this.undos().some((other) => isSame(other, record))) return;
      await this.#memory.update(
        undosKey,
        this.undos().filter((other) => !isSame(other, record)),
      );
      await this.#secrets.delete(secretKey(record));
    });
  }

  configBefore(record: UndoRecord): Thenable<string | undefined> {
    return this.#secrets.get(secretKey(record));
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #list<Entry extends DoneChange>(key: string): Entry[] {
    return this.#memory.get<Entry[]>(key) ?? [];
  }

  #write(work: () => Promise<void>): Promise<void> {
    const next = this.#last.then(work).then(() => this.#changed.fire());
    this.#last = next.catch(() => undefined);
    return next;
  }
}

function isOfSame(one: DoneChange, other: DoneChange): boolean {
  return one.account === other.account && one.id === other.id;
}

function isSame(one: DoneChange, other: DoneChange): boolean {
  return isOfSame(one, other) && one.etag === other.etag;
}

function keyOf({ account, id, etag }: DoneChange): string {
  return `${account}/${id}/${etag}`;
}

function secretKey({ account, id }: DoneChange): string {
  return `mtls.undo:${account}/${id}`;
}
