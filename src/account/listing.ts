import type { Page } from "../aws/certificates.ts";
import { type Failure, isFailure } from "../core/failure.ts";

/** A list that is loaded page by page. */
export interface Listing<T> {
  /** In the order in which they came. */
  readonly items: readonly T[];
  /** `stopped`: there is more, but loading was cancelled, or the list is longer than what is loaded unasked. */
  readonly state: "idle" | "loading" | "stopped" | "complete";
  /** Why it did not go on; what came before it is in `items`. */
  readonly failure: Failure | undefined;
  /** What failed was loading it again: `items` are from before. */
  readonly isOld: boolean;
  /** When the last of `items` came. */
  readonly asOf: Date | undefined;
}

/** The pages of a list, whatever is on them. */
export interface AnyPages extends Listing<unknown> {
  readonly count: number;
  begin(): Promise<Failure | undefined>;
  resume(): Promise<Failure | undefined>;
  refresh(): Promise<Failure | undefined>;
  cancel(): void;
  dispose(): void;
}

export const emptyListing: Listing<never> = {
  items: [],
  state: "idle",
  failure: undefined,
  isOld: false,
  asOf: undefined,
};

/**
 * More is not loaded without being asked for: four times the quota of certificates, twenty times that of distributions.
 */
export const mostUnasked = 10_000;

export interface PagesOptions<T> {
  /** Throws for nothing but bugs. */
  readonly page: (next: string | undefined, signal: AbortSignal) => Promise<Page<T> | Failure>;
  readonly keyOf: (item: T) => string;
  /** What stands in the list for an item that came. */
  readonly kept: (item: T) => T;
  /** A list that was loaded again is there to its end: what it had before and has no more, perhaps nothing. */
  readonly gone?: (items: readonly T[]) => void;
  readonly changed: () => void;
  /** A bug. */
  readonly fault: (error: unknown) => Failure;
  readonly most?: number;
}

/** Items in the order in which they came; one that comes again takes its old place. */
interface Items<T> {
  readonly list: T[];
  readonly places: Map<string, number>;
}

/** A way through the pages, from the first or from where one before it ended. */
interface Run {
  readonly abort: AbortController;
  /** Resolves with the first page. */
  readonly first: Promise<void>;
  readonly all: Promise<void>;
  /** What is loaded again, until the new list is there as a whole. */
  readonly old: { readonly next: string | undefined; readonly state: "stopped" | "complete" } | undefined;
}

/** Loads a list, keeps it, and loads it again: what is there stays until the new one is there as a whole. */
export class Pages<T> implements Listing<T> {
  readonly #options: PagesOptions<T>;
  readonly #most: number;
  #items: Items<T> = { list: [], places: new Map() };
  /** What a list that is loaded again has so far. */
  #fresh: Items<T> | undefined;
  #next: string | undefined;
  #state: Listing<T>["state"] = "idle";
  #failure: Failure | undefined;
  #isOld = false;
  #asOf: Date | undefined;
  #run: Run | undefined;

  constructor(options: PagesOptions<T>) {
    this.#options = options;
    this.#most = options.most ?? mostUnasked;
  }

  get items(): readonly T[] {
    return this.#items.list;
  }

  get state(): Listing<T>["state"] {
    return this.#state;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  get isOld(): boolean {
    return this.#isOld;
  }

  get asOf(): Date | undefined {
    return this.#asOf;
  }

  /** How many came so far, also of a list that is loaded again. */
  get count(): number {
    return (this.#fresh ?? this.#items).list.length;
  }

  get(key: string): T | undefined {
    const place = this.#items.places.get(key);
    return place === undefined ? undefined : this.#items.list[place];
  }

  /**
   * Starts loading unless it was started; resolves when the first page is there, or why there is none. What failed
   * does not start again by itself.
   */
  async begin(): Promise<Failure | undefined> {
    if (this.#state === "idle" && this.#failure === undefined) this.#start();
    await this.#run?.first;
    return this.#failure;
  }

  /** Goes on where it was stopped or failed; resolves at the end, or where it stops again. */
  async resume(): Promise<Failure | undefined> {
    if (this.#isOld) return this.refresh();
    if (this.#state === "idle" || this.#state === "stopped") this.#start();
    await this.#run?.all;
    return this.#failure;
  }

  /** Loads it anew; resolves at the end. */
  async refresh(): Promise<Failure | undefined> {
    this.cancel();
    const state = this.#state;
    const old =
      (state === "stopped" || state === "complete") && this.#items.list.length > 0
        ? { next: this.#next, state }
        : undefined;
    this.#next = undefined;
    this.#fresh = old === undefined ? undefined : { list: [], places: new Map() };
    this.#start(old);
    await this.#run?.all;
    return this.#failure;
  }

  /** What is there stays. */
  cancel(): void {
    const run = this.#run;
    if (run === undefined) return;
    run.abort.abort();
    this.#end(run, "stopped", undefined);
  }

  /** Puts an item in the place of the one with its key; nowhere where there is none. */
  replace(item: T): void {
    const key = this.#options.keyOf(item);
    for (const items of [this.#items, this.#fresh]) if (items?.places.has(key) === true) put(items, key, item);
  }

  /** Puts an item in the place of the one with its key, or at the end of a list that has begun. */
  put(item: T): void {
    for (const items of [this.#items, this.#fresh])
      if (items !== undefined) put(items, this.#options.keyOf(item), item);
  }

  take(key: string): void {
    for (const items of [this.#items, this.#fresh]) {
      const place = items?.places.get(key);
      if (items === undefined || place === undefined) continue;
      items.list.splice(place, 1);
      items.places.clear();
      items.list.forEach((item, index) => items.places.set(this.#options.keyOf(item), index));
    }
  }

  dispose(): void {
    this.#run?.abort.abort();
    this.#run = undefined;
  }

  #start(old?: Run["old"]): void {
    const abort = new AbortController();
    this.#state = "loading";
    this.#failure = undefined;
    this.#isOld = false;
    let first = (): void => {};
    const firstPage = new Promise<void>((resolve) => (first = resolve));
    // It looks at `#run` only after its first answer.
    const all = this.#load(abort, first).finally(first);
    this.#run = { abort, first: firstPage, all, old };
    this.#options.changed();
  }

  async #load(abort: AbortController, first: () => void): Promise<void> {
    let unasked = 0;
    for (;;) {
      const answer = await this.#ask(abort.signal);
      const run = this.#run;
      // Stopped, or overtaken by another run.
      if (run?.abort !== abort) return;
      if (isFailure(answer)) return this.#end(run, "stopped", answer);
      for (const item of answer.items)
        put(this.#fresh ?? this.#items, this.#options.keyOf(item), this.#options.kept(item));
      if (this.#fresh === undefined) this.#asOf = new Date();
      unasked += answer.items.length;
      this.#next = answer.next;
      first();
      if (answer.next === undefined) return this.#end(run, "complete", undefined);
      if (unasked >= this.#most) return this.#end(run, "stopped", undefined);
      this.#options.changed();
    }
  }

  async #ask(signal: AbortSignal): Promise<Page<T> | Failure> {
    try {
      return await this.#options.page(this.#next, signal);
    } catch (error) {
      return this.#options.fault(error);
    }
  }

  #end({ old }: Run, state: "stopped" | "complete", failure: Failure | undefined): void {
    this.#run = undefined;
    this.#failure = failure?.failure === "cancelled" ? undefined : failure;
    const fresh = this.#fresh;
    this.#fresh = undefined;
    const isWhole = state === "complete" || (fresh !== undefined && fresh.list.length >= this.#most);
    if (fresh !== undefined && old !== undefined && !isWhole) {
      // The half of a new list is less than the old one.
      this.#next = old.next;
      this.#state = old.state;
      this.#isOld = this.#failure !== undefined;
    } else {
      const before = this.#items;
      if (fresh !== undefined) {
        this.#items = fresh;
        this.#asOf = new Date();
      }
      this.#state = state;
      // A list that stops before its end proves nothing of what would come after it.
      if (fresh !== undefined && state === "complete")
        this.#options.gone?.(before.list.filter((item) => !fresh.places.has(this.#options.keyOf(item))));
    }
    this.#options.changed();
  }
}

function put<T>({ list, places }: Items<T>, key: string, item: T): void {
  const place = places.get(key);
  if (place === undefined) places.set(key, list.push(item) - 1);
  else list[place] = item;
}
