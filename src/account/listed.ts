import type { Counted, ListOf, Outlook, Shown } from "./kind.ts";
import type { List, Shelf } from "./list.ts";
import type { AnyPages } from "./listing.ts";
import type { Order } from "./order.ts";
import type { Row } from "./row.ts";

export interface ListedDefinition<R extends Row, Item, Judged> {
  /** The kind of the rows of what it lists. */
  readonly of: string;
  /** The kind of its own rows. */
  readonly kind: R["kind"];
  readonly noun: () => string;
  readonly counted: (counted: Counted) => string;
  readonly roots: (outlook: Outlook) => readonly R[];
  readonly pages: List<R, Item>;
  /** What tells its lists from each other. */
  readonly name: (row: R) => string;
  /** All of it, as it is shown. */
  readonly judged: (row: R, outlook: Outlook) => readonly Judged[];
  readonly row: (judged: Judged) => Row;
  /** What the filter says of one. */
  readonly fits: (judged: Judged, outlook: Outlook) => boolean;
  readonly orders: readonly {
    readonly name: string;
    readonly label: () => string;
    readonly order: Order<Judged>;
  }[];
}

/** Lists as they are shown: filtered and ordered once, until something else is known or asked. */
export class Listed<R extends Row, Item, Judged> implements ListOf<R> {
  readonly #definition: ListedDefinition<R, Item, Judged>;
  /** By the moment for which it holds. */
  readonly #shown = new WeakMap<object, Map<string, Shown<Judged>>>();

  constructor(definition: ListedDefinition<R, Item, Judged>) {
    this.#definition = definition;
  }

  get of(): string {
    return this.#definition.of;
  }

  get orders(): ListedDefinition<R, Item, Judged>["orders"] {
    return this.#definition.orders;
  }

  readonly noun = (): string => this.#definition.noun();
  readonly counted = (counted: Counted): string => this.#definition.counted(counted);
  readonly roots = (outlook: Outlook): readonly R[] => this.#definition.roots(outlook);
  readonly find = (row: R, shelf: Shelf): AnyPages | undefined => this.#definition.pages.find(row, shelf);
  readonly open = (row: R, shelf: Shelf): AnyPages => this.#definition.pages.open(row, shelf);

  readonly all = (row: R, outlook: Outlook): readonly Row[] =>
    this.#definition.judged(row, outlook).map((judged) => this.#definition.row(judged));

  readonly shown = (row: R, outlook: Outlook): Shown<Judged> => {
    const { name, kind, judged, fits, orders } = this.#definition;
    const moment = outlook.model.moment();
    const known = this.#shown.get(moment) ?? new Map<string, Shown<Judged>>();
    const before = known.get(name(row));
    if (before !== undefined) return before;
    const { filter, sorts } = outlook.model.asked();
    const all = judged(row, outlook);
    const items = filter.length === 0 ? all : all.filter((one) => fits(one, outlook));
    const chosen = orders.find((one) => one.name === sorts.get(kind)) ?? orders[0];
    const shown = { items: chosen === undefined ? items : items.toSorted(chosen.order), of: all.length };
    this.#shown.set(moment, known.set(name(row), shown));
    return shown;
  };
}
