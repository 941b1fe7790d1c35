// Where a window of a test keeps what outlives it.
import { nameOf } from "../../src/account/live/record-names.ts";
import { RecordStore } from "../../src/account/live/record-store.ts";
import type { HistoryEntry, UndoRecord, WaitRecord } from "../../src/account/live/records.ts";
import type { Folder } from "../../src/platform/folder.ts";

/** What a window would remember: of the editor's own shape. */
export interface Memento {
  keys(): readonly string[];
  get<Value>(key: string): Value | undefined;
  get<Value>(key: string, otherwise: Value): Value;
  update(key: string, value: unknown): Promise<void>;
}

export function memento(kept: Readonly<Record<string, unknown>> = {}): Memento {
  const values = new Map(Object.entries(kept));
  return {
    keys: () => [...values.keys()],
    get: <Value>(key: string, otherwise?: Value) => (values.has(key) ? (values.get(key) as Value) : otherwise),
    update: async (key, value) => {
      if (value === undefined) values.delete(key);
      else values.set(key, value);
    },
  } as Memento;
}

/** Where a window would keep secrets. */
export interface SecretStore {
  readonly kept: Map<string, string>;
  get(key: string): Promise<string | undefined>;
  store(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
}

export function secretStore(kept = new Map<string, string>()): SecretStore {
  return {
    kept,
    get: async (key) => kept.get(key),
    store: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
  };
}

/** Where windows would keep the records of their changes. */
export interface TestFolder extends Folder {
  readonly kept: Map<string, string>;
}

export function testFolder(kept = new Map<string, string>()): TestFolder {
  return {
    kept,
    names: async () => [...kept.keys()],
    read: async (name) => kept.get(name),
    write: async (name, text) => void kept.set(name, text),
    create: async (name, text) => !kept.has(name) && kept.set(name, text).has(name),
    remove: async (name) => void kept.delete(name),
    tidy: async () => {},
  };
}

/** The records in a folder, for a window that has nothing of versions before. */
export function recordsIn(folder: Folder): RecordStore {
  return new RecordStore(folder, memento(), (where, error) => {
    throw new Error(where, { cause: error });
  });
}

export function waitsIn({ kept }: TestFolder): readonly WaitRecord[] {
  return listed(kept, "wait.");
}

export function undosIn({ kept }: TestFolder): readonly UndoRecord[] {
  return listed(kept, "undo.");
}

/** The latest first. */
export function historyIn({ kept }: TestFolder): readonly HistoryEntry[] {
  return listed<HistoryEntry>(kept, "history.").toSorted((one, other) => other.at - one.at);
}

/** Nothing else is waited for from now on. */
export function setWaits({ kept }: TestFolder, waits: readonly WaitRecord[]): void {
  for (const name of [...kept.keys()]) if (name.startsWith("wait.")) kept.delete(name);
  for (const wait of waits) kept.set(nameOf("wait", wait), JSON.stringify(wait));
}

function listed<Entry>(kept: ReadonlyMap<string, string>, start: string): readonly Entry[] {
  return [...kept].flatMap(([name, text]) => (name.startsWith(start) ? [JSON.parse(text) as Entry] : []));
}
