/** Tells listeners, until they are disposed of. As the editor's own, which the editor's part takes in its place. */
export type Event<T> = (listener: (value: T) => unknown) => { dispose(): void };

export class Emitter<T> {
  readonly #listeners = new Set<{ readonly tell: (value: T) => unknown }>();

  readonly event: Event<T> = (listener) => {
    // The same function may listen twice.
    const entry = { tell: listener };
    this.#listeners.add(entry);
    return { dispose: () => void this.#listeners.delete(entry) };
  };

  /** A listener that throws keeps the others from nothing: its fault is the host's to report. */
  fire(value: T): void {
    for (const { tell } of [...this.#listeners]) {
      try {
        tell(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
