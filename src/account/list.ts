import type { Page } from "../aws/certificates.ts";
import type { Connection } from "../aws/connection.ts";
import type { Failure } from "../core/failure.ts";
import type { AcmCertificate, LiveDistribution } from "../core/inventory.ts";
import type { AwsModules } from "./aws.ts";
import { type AnyPages, Pages } from "./listing.ts";
import type { Row } from "./row.ts";

/** Through what the pages of a list are asked for. */
export interface Caller {
  readonly aws: AwsModules;
  /** Under the profile that is in use: what comes after another one was chosen is `cancelled`. */
  ask<Answer>(
    call: (connection: Connection, signal: AbortSignal) => Promise<Answer | Failure>,
  ): Promise<Answer | Failure>;
  /** With what was asked of it besides, as long as it is the same certificate. */
  withDetails(certificate: AcmCertificate): AcmCertificate;
  /** Looks at the client certificates of origins: whether mTLS works depends on them. */
  wantUsed(distributions: readonly LiveDistribution[]): void;
  /** The certificates of a region were listed anew to the end, and these are in the list no more. */
  certificatesGone(region: string, gone: readonly AcmCertificate[]): void;
}

/** Where the lists of one connection stand. */
export interface Shelf {
  readonly caller: Caller;
  add(pages: AnyPages): void;
  changed(row: Row): void;
  fault(error: unknown): Failure;
}

export interface ListDefinition<R extends Row, Item> {
  /** What tells its lists from each other. */
  readonly name: (row: R) => string;
  /** Throws for nothing but bugs. */
  readonly page: (
    row: R,
    next: string | undefined,
    stopped: AbortSignal,
    caller: Caller,
  ) => Promise<Page<Item> | Failure>;
  readonly keyOf: (item: Item) => string;
  /** What stands in the list for an item that came; without it, the item. */
  readonly kept?: (item: Item, caller: Caller) => Item;
  /** It was loaded anew to the end, and these were in it before. */
  readonly gone?: (row: R, items: readonly Item[], caller: Caller) => void;
}

/** Lists of one kind of item: the one way to what a shelf has of them, so that each item keeps its type. */
export class List<R extends Row, Item> {
  readonly #definition: ListDefinition<R, Item>;
  readonly #pages = new WeakMap<Shelf, Map<string, Pages<Item>>>();

  constructor(definition: ListDefinition<R, Item>) {
    this.#definition = definition;
  }

  /** `undefined` where loading was not started. */
  find(row: R, shelf: Shelf): Pages<Item> | undefined {
    return this.#pages.get(shelf)?.get(this.#definition.name(row));
  }

  /** All whose loading was started. */
  all(shelf: Shelf): Iterable<Pages<Item>> {
    return this.#pages.get(shelf)?.values() ?? [];
  }

  open(row: R, shelf: Shelf): Pages<Item> {
    const known = this.find(row, shelf);
    if (known !== undefined) return known;
    const { name, page, keyOf, kept, gone } = this.#definition;
    const { caller } = shelf;
    const pages = new Pages<Item>({
      page: (next, stopped) => page(row, next, stopped, caller),
      keyOf,
      kept: (item) => (kept === undefined ? item : kept(item, caller)),
      gone: (items) => gone?.(row, items, caller),
      changed: () => shelf.changed(row),
      fault: (error) => shelf.fault(error),
    });
    const lists = this.#pages.get(shelf) ?? new Map<string, Pages<Item>>();
    this.#pages.set(shelf, lists.set(name(row), pages));
    shelf.add(pages);
    return pages;
  }
}
