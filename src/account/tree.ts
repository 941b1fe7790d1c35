import type { Connection } from "../aws/connection.ts";
import type { Explanation } from "../core/dialect/assist.ts";
import { type Failure, isFailure } from "../core/failure.ts";
import type { Account } from "./account.ts";
import { Emitter } from "./event.ts";
import type { Item, Outlook, Registry, RowKind } from "./kind.ts";
import { connectingRow } from "./kinds/connection.ts";
import { failureRow } from "./kinds/failure.ts";
import { moreRow } from "./kinds/more.ts";
import { placeholderRow } from "./kinds/placeholder.ts";
import type { AccountChange } from "./known-account.ts";
import { isFiltered } from "./list-words.ts";
import type { ResourcesModel } from "./model.ts";
import type { Row } from "./row.ts";
import { fitted } from "./row-width.ts";
import type { Changed } from "./under-way.ts";

export interface TreeTools {
  readonly account: Account;
  readonly model: ResourcesModel;
  readonly registry: Registry;
  /** Of which certificates are shown. */
  readonly regions: () => readonly string[];
  /** Whether the last change to a resource can be turned back. */
  readonly canUndo: Outlook["canUndo"];
  /** How far changes of this window are. */
  readonly underWay: Outlook["underWay"];
  /** What probes proved. */
  readonly proof: Outlook["proof"];
  /** Made on this machine. */
  readonly changes: Outlook["changes"];
  /** A bug. */
  readonly fault: (where: string, error: unknown) => void;
}

/** A level has no more rows at once: each costs the editor something, seen or not. */
const mostRows = 500;
/** From here on a list is drawn anew as a whole, rather than row by row. */
const manyRows = 20;

/** Who has no profile and no credentials at all is shown how to begin. */
function isForBeginners({ failure, command }: Failure, profile: string | undefined): boolean {
  return failure === "signed-out" && command === undefined && profile === undefined;
}

/** The rows of the view: made when their level is opened, drawn again where something else became known. */
export class ResourcesTree {
  readonly #tools: TreeTools;
  readonly outlook: Outlook;
  readonly #changed = new Emitter<Row[] | undefined>();
  readonly #subscription: { dispose(): void };
  /** The editor knows rows by identity. */
  #rows = new Map<string, Row>();
  /** Of levels with more rows than are shown at first. */
  #shown = new Map<string, number>();
  /** What put a row in its place when its list was last opened. */
  #places = new Map<string, string>();
  /** Whether the editor shows rows at the root. */
  #isStanding = false;
  /** The rows that need no account, as the editor shows them. */
  #standing = "";
  /** All is drawn again once a session is there. */
  #isAwaiting = false;
  /** Rows that say something else; `undefined`: all of them. */
  readonly onDidChange = this.#changed.event;

  constructor(tools: TreeTools) {
    this.#tools = tools;
    this.outlook = { ...tools, extent: (branch) => ({ shown: this.#mostOf(branch), of: this.#below(branch).length }) };
    this.#subscription = tools.account.onDidLearn((change) => this.#follow(change));
  }

  /** Draws everything anew. */
  refresh(): void {
    this.#changed.fire(undefined);
  }

  /** Other changes were made on this machine, or became of them. */
  refreshChanges(): void {
    const known = this.#locals().map((row) => this.#row(row));
    if (this.#standing === this.#keysOf(known)) this.#changed.fire(known);
    else this.refresh();
  }

  /** Changes of these resources began here, went on, or ended. */
  refreshChanged(resources: readonly Pick<Changed, "kind" | "id">[]): void {
    const rows = resources.flatMap(({ kind, id }) =>
      this.#tools.registry.kinds.flatMap(({ changed }) => changed?.(kind, id) ?? []),
    );
    const known = rows.flatMap((row) => this.#rows.get(this.#keyOf(row)) ?? []);
    if (known.length > 0) this.#changed.fire(known);
  }

  /** Shows more of a level; not where there is no more of it. */
  showMore(branch: Row): boolean {
    if (this.#mostOf(branch) >= this.#below(branch).length) return false;
    this.#shown.set(this.#keyOf(branch), this.#mostOf(branch) + mostRows);
    this.#changed.fire([this.#row(branch)]);
    return true;
  }

  /** `undefined` for what is not there any more: it is about to go from the tree, too. */
  item(row: Row): Item | undefined {
    const item = this.#kindOf(row).item(row, this.outlook);
    return item === undefined ? undefined : { ...item, ...fitted(item, this.#level(row)) };
  }

  /** What tells it from all others; what is open with a filter is another matter than what is open without. */
  idOf(row: Row): string {
    return `${isFiltered(this.outlook) ? "filtered " : ""}${this.#keyOf(row)}`;
  }

  nameOf(row: Row): string {
    return this.#kindOf(row).name?.(row) ?? this.#keyOf(row);
  }

  explain(row: Row): Explanation | undefined {
    this.lookAt([row]);
    return this.#kindOf(row).explain?.(row, this.outlook);
  }

  /** Loads the details of rows that are pointed at or selected. */
  lookAt(rows: readonly Row[]): void {
    this.#tools.account.wanted(rows.flatMap((row) => this.#kindOf(row).closer?.(row, this.outlook) ?? []));
  }

  async children(row?: Row): Promise<Row[]> {
    try {
      return (await (row === undefined ? this.#roots() : this.#open(row))).map((child) => this.#row(child));
    } catch (error) {
      this.#tools.fault("resources", error);
      throw error;
    }
  }

  parent(row: Row): Row | undefined {
    const parent = this.#kindOf(row).parent?.(row, this.outlook);
    return parent === undefined ? undefined : this.#row(parent);
  }

  /** Makes room for a row, so that its level has it; `undefined` where nothing is known of what it stands for. */
  rowOf(row: Row): Row | undefined {
    const key = this.#keyOf(row);
    const isIn = (rows: readonly Row[]) => rows.findIndex((one) => this.#keyOf(one) === key);
    const parent = this.#kindOf(row).parent?.(row, this.outlook);
    if (parent === undefined) return isIn([...this.#lists(), ...this.#locals()]) < 0 ? undefined : this.#row(row);
    if (this.rowOf(parent) === undefined) return undefined;
    return this.#roomFor(parent, isIn(this.#below(parent))) ? this.#row(row) : undefined;
  }

  /** There is no row: the view says what to do in the place of all. */
  get isEmpty(): boolean {
    const { account } = this.#tools;
    const { state, profile } = account.session;
    if (account.identity === undefined && state.kind === "idle") return true;
    if (this.#locals().length > 0) return false;
    if (account.identity === undefined) return state.kind === "failed" && isForBeginners(state.failure, profile);
    return (
      isFiltered(this.outlook) &&
      !account.isLoading &&
      this.#lists().every((list) => this.#kindOf(list).list?.shown(list, this.outlook).items.length === 0)
    );
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #kindOf(row: Row): RowKind {
    const kind = this.#tools.registry.kindOf(row);
    if (kind === undefined) throw new Error(`There is no kind of rows ${row.kind}`);
    return kind;
  }

  #keyOf(row: Row): string {
    return this.#tools.registry.keyOf(row);
  }

  /** The one that the editor has, as long as it still stands for the same. */
  #row(row: Row): Row {
    const key = this.#keyOf(row);
    const known = this.#rows.get(key);
    if (known !== undefined && isSame(known, row)) return known;
    this.#rows.set(key, row);
    return row;
  }

  /** Of a root: 1. */
  #level(row: Row): number {
    const parent = this.#kindOf(row).parent?.(row, this.outlook);
    return parent === undefined ? 1 : 1 + this.#level(parent);
  }

  // --- children

  #lists(): readonly Row[] {
    return this.#tools.registry.kinds.flatMap(({ list }) => list?.roots(this.outlook) ?? []);
  }

  #locals(): readonly Row[] {
    return this.#tools.registry.kinds.flatMap(({ roots }) => roots?.(this.outlook) ?? []);
  }

  #keysOf(rows: readonly Row[]): string {
    return rows.map((row) => this.#keyOf(row)).join();
  }

  /** What stands of a session before would stay until the next one is there: its name takes that place at once. */
  async #roots(): Promise<readonly Row[]> {
    const { session, identity } = this.#tools.account;
    const connection = session.connect();
    if (!this.#isStanding || session.state.kind !== "connecting" || identity !== undefined) {
      const lists = this.#rootsOf(await connection);
      const locals = this.isEmpty ? [] : this.#locals();
      this.#standing = this.#keysOf(locals);
      const rows = [...lists, ...locals];
      this.#isStanding = rows.length > 0;
      return rows;
    }
    if (!this.#isAwaiting) {
      this.#isAwaiting = true;
      void connection.then(() => {
        this.#isAwaiting = false;
        this.refresh();
      });
    }
    const locals = this.#locals();
    this.#standing = this.#keysOf(locals);
    return [connectingRow(session.profile), ...locals];
  }

  #rootsOf(connection: Connection | Failure): readonly Row[] {
    const { account, fault } = this.#tools;
    // What came before the sign-in went is still true.
    if (isFailure(connection) && account.identity === undefined)
      return account.failure === undefined || this.isEmpty ? [] : [failureRow(undefined)];
    const lists = this.#lists();
    for (const list of lists) account.begin(list).catch((error: unknown) => fault("list", error));
    if (this.isEmpty) return [];
    return account.failure === undefined ? lists : [failureRow(undefined), ...lists];
  }

  async #open(row: Row): Promise<readonly Row[]> {
    const { account } = this.#tools;
    const { list, opened, nothing } = this.#kindOf(row);
    if (list !== undefined) {
      await account.begin(row);
      for (const child of list.all(row, this.outlook)) this.#keepPlace(child);
    }
    if (opened !== undefined) account.wanted(opened(row, this.outlook));
    const all = this.#below(row);
    const rows = all.slice(0, this.#mostOf(row));
    const { state, failure, isOld } = account.listing(row);
    // Where rows are old one looks at the first of them; where they end early, at the last. That of the session stands
    // above all.
    if (failure !== undefined && !(isOld && account.failure !== undefined))
      return isOld ? [failureRow(row), ...rows] : [...rows, failureRow(row)];
    if (rows.length === 0) return nothing === undefined ? [] : [placeholderRow(row)];
    return rows.length < all.length || state === "stopped" ? [...rows, moreRow(row)] : rows;
  }

  /** All rows of a level, each kind's in the place that it has among the kinds. */
  #below(row: Row): readonly Row[] {
    return this.#tools.registry.kinds.flatMap(({ below }) =>
      below?.parent === row.kind ? below.rows(row, this.outlook) : [],
    );
  }

  #mostOf(branch: Row): number {
    return this.#shown.get(this.#keyOf(branch)) ?? mostRows;
  }

  #roomFor(branch: Row, place: number): boolean {
    if (place < 0) return false;
    if (place >= this.#mostOf(branch)) {
      this.#shown.set(this.#keyOf(branch), Math.ceil((place + 1) / mostRows) * mostRows);
      this.#changed.fire([this.#row(branch)]);
    }
    return true;
  }

  // --- what is drawn again

  #follow(change: AccountChange): void {
    if (change.everything) {
      this.#rows = new Map();
      this.#shown = new Map();
      this.#places = new Map();
      // The rows that the editor holds are not in the maps any more: events for them would not reach it.
      this.refresh();
      return;
    }
    if (isFiltered(this.outlook) && change.lists.size > 0) {
      this.refresh();
      return;
    }
    const rows = new Map(change.lists);
    const add = (row: Row) => rows.set(this.#keyOf(row), row);
    if (change.lists.size > 0)
      for (const { follows } of this.#tools.registry.kinds) follows?.(change, this.outlook).forEach(add);
    for (const arn of change.details) this.#about(arn).forEach(add);
    const known = [...rows.keys()].flatMap((key) => this.#rows.get(key) ?? []);
    if (known.length > 0) this.#changed.fire(known);
  }

  /** The rows that say something about what has an ARN, of which more is known than before. */
  #about(arn: string): readonly Row[] {
    return this.#tools.registry.kinds.flatMap(({ about }) => {
      const rows = about?.(arn, this.outlook) ?? [];
      const stand = rows.map((row) => (this.#hasMoved(row) ? this.#listOf(row) : row));
      return rows.length > manyRows ? stand.map((row) => this.#listOf(row)) : stand;
    });
  }

  #keepPlace(row: Row): void {
    const place = this.#kindOf(row).place?.(row, this.outlook);
    if (place !== undefined) this.#places.set(this.#keyOf(row), place);
  }

  #hasMoved(row: Row): boolean {
    const { place } = this.#kindOf(row);
    return place !== undefined && this.#places.get(this.#keyOf(row)) !== place(row, this.outlook);
  }

  /** At the root above a row. */
  #listOf(row: Row): Row {
    const parent = this.#kindOf(row).parent?.(row, this.outlook);
    return parent === undefined ? row : this.#listOf(parent);
  }
}

/** Rows of one key: the same place may hold another certificate by now. */
function isSame(one: Row, other: Row): boolean {
  return Object.entries(one).every(([name, value]) => typeof value === "object" || Reflect.get(other, name) === value);
}
