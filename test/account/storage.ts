// Where a window of a test keeps what outlives it.

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
