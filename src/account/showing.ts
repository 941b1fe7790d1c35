import { Emitter } from "./event.ts";
import type { Registry } from "./kind.ts";
import type { Memory } from "./memory.ts";
import { type Asked, filterWords } from "./model.ts";

const memoryKey = "mtls.sort";

/** Which rows the view shows, and in which order. */
export class Showing {
  readonly #memory: Memory;
  readonly #registry: Registry;
  readonly #changed = new Emitter<void>();
  #filter = "";
  #words: readonly string[] = [];
  #sorts: ReadonlyMap<string, string>;
  readonly onDidChange = this.#changed.event;

  constructor(memory: Memory, registry: Registry) {
    this.#memory = memory;
    this.#registry = registry;
    this.#sorts = new Map(
      registry.kinds.flatMap(({ kind, list }) => (list?.orders[0] === undefined ? [] : [[kind, list.orders[0].name]])),
    );
    for (const kept of memory.get<readonly string[]>(memoryKey) ?? []) {
      const [of = "", by = ""] = kept.split(" ");
      this.#take(of, by);
    }
  }

  get filter(): string {
    return this.#filter;
  }

  set filter(text: string) {
    const words = filterWords(text);
    this.#filter = text.trim();
    if (words.join("\n") === this.#words.join("\n")) return;
    this.#words = words;
    this.#changed.fire();
  }

  get isFiltered(): boolean {
    return this.#words.length > 0;
  }

  asked(): Pick<Asked, "filter" | "sorts"> {
    return { filter: this.#words, sorts: this.#sorts };
  }

  /** Orders the lists of a kind. */
  async sort(kind: string, by: string): Promise<void> {
    this.#take(kind, by);
    this.#changed.fire();
    await this.#memory.update(
      memoryKey,
      [...this.#sorts].map(([of, order]) => `${of} ${order}`),
    );
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** What an older version kept may not be known any more. */
  #take(kind: string, by: string): void {
    const list = this.#registry.kinds.find((one) => one.kind === kind)?.list;
    if (list?.orders.some(({ name }) => name === by) === true) this.#sorts = new Map([...this.#sorts, [kind, by]]);
  }
}
