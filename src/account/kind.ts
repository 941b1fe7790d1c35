import type { Explanation } from "../core/dialect/assist.ts";
import type { Failure } from "../core/failure.ts";
import type { AcmCertificate } from "../core/inventory.ts";
import type { LiveSubject, Proof } from "../core/probe/proof.ts";
import type { AccountChange, KnownAccount } from "./known-account.ts";
import type { Shelf } from "./list.ts";
import type { AnyPages } from "./listing.ts";
import type { ResourcesModel } from "./model.ts";
import type { Actions } from "./policy.ts";
import type { Row } from "./row.ts";
import { type Icon, leadOf, spoken, type Words } from "./row-words.ts";
import type { ShownChange } from "./shown-change.ts";
import type { UnderWay } from "./under-way.ts";

/** What rows are made from. */
export interface Outlook {
  readonly account: KnownAccount;
  readonly model: ResourcesModel;
  /** Of which certificates are shown. */
  readonly regions: () => readonly string[];
  readonly registry: Registry;
  /** How many rows of a level are shown, and how many there are. */
  readonly extent: (branch: Row) => { readonly shown: number; readonly of: number };
  /** Whether the last change to a resource of the account can be turned back. */
  readonly canUndo: (kind: string, id: string) => boolean;
  /** How far a change is that this window makes to a resource of the account; `undefined`: it makes none. */
  readonly underWay: (kind: string, id: string) => UnderWay | undefined;
  /** What a probe of an origin, or of the viewers' side, of a distribution proved, as long as it holds. */
  readonly proof: (subject: LiveSubject) => Proof | undefined;
  /** Made on this machine, in whichever account; the latest first. */
  readonly changes: () => readonly ShownChange[];
}

/** All kinds of rows of a view. */
export interface Registry {
  readonly kinds: readonly RowKind[];
  /** The kind that a row is of; `undefined` for whatever is no row of any. */
  kindOf(value: unknown): RowKind | undefined;
  /** What tells a row from all others. */
  keyOf(row: Row): string;
}

/** What is seen of a row, and heard of it. */
export interface Item<Context extends string = string> {
  readonly label: string;
  readonly description: string;
  /** The beginning of the description that must be seen. */
  readonly lead: string;
  readonly icon: Icon | undefined;
  /** All that it says, in one line, for screen readers. */
  readonly spoken: string;
  readonly opens: "open" | "closed" | "leaf";
  /** What the conditions of the menus are held against. */
  readonly context: Context;
  /** What selecting it does. */
  readonly action?: { readonly does: "go" | "mend" | "more" | "open"; readonly title: string };
}

export function item<const Context extends string>(
  words: Words,
  opens: Item["opens"],
  context: Context,
  more: Partial<Pick<Item, "action" | "spoken">> = {},
): Item<Context> {
  const { label, description, icon } = words;
  return { label, description, lead: leadOf(words), icon, spoken: spoken(words), opens, context, ...more };
}

export interface Shown<T> {
  readonly items: readonly T[];
  /** With what the filter leaves out. */
  readonly of: number;
}

/** Of what a filter left: how many, and of how many. */
export interface Counted {
  readonly items: number;
  readonly of: number;
}

/** A list of the account, whatever it lists: its rows stand at the root of the tree. */
export interface ListOf<R extends Row> {
  /** The kind of the rows of what it lists. */
  readonly of: string;
  /** What it lists, in many. */
  readonly noun: () => string;
  /** As in `3 of 25 certificates`. */
  readonly counted: (counted: Counted) => string;
  readonly roots: (outlook: Outlook) => readonly R[];
  /** The rows of all that it has, whatever the filter says. They may stand in groups. */
  readonly all: (row: R, outlook: Outlook) => readonly Row[];
  /** In their order; with a filter those that fit. */
  readonly shown: (row: R, outlook: Outlook) => Shown<unknown>;
  /** The first one applies until the user selects another. */
  readonly orders: readonly { readonly name: string; readonly label: () => string }[];
  readonly find: (row: R, shelf: Shelf) => AnyPages | undefined;
  readonly open: (row: R, shelf: Shelf) => AnyPages;
}

/** Why a row cannot be shown: what to say of it, or a region that would have to be shown. */
export type NotFound =
  | { readonly message: string; readonly severity: "info" | "warning" }
  | { readonly region: string };

/** What the inspector shows of a row: a text of PEM blocks, which has to be asked for. */
export interface Inspected<R extends Row> {
  /** While it is asked for. */
  readonly reading: (row: R, outlook: Outlook) => string;
  readonly name: (row: R, outlook: Outlook) => string;
  readonly text: (row: R, outlook: Outlook) => Promise<string | Failure>;
}

/** What the badge counts, with a sentence about it. */
export interface Problem {
  readonly count: number;
  readonly words: string;
}

/** Below which rows others stand. The child says so: no parent has to know of it. */
export interface Below<R extends Row> {
  readonly parent: string;
  readonly rows: (parent: Row, outlook: Outlook) => readonly R[];
}

export function below<Parent extends Row, R extends Row>(
  parent: KindOf<Parent>,
  rows: (parent: Parent, outlook: Outlook) => readonly R[],
): Below<R> {
  return { parent: parent.kind, rows: (row, outlook) => (parent.is(row) ? rows(row, outlook) : []) };
}

/** What is known of every row. */
interface Told<R extends Row, Context extends string> {
  readonly kind: R["kind"];
  /** What tells one from all others. */
  readonly key: (row: R, keyOf: (other: Row) => string) => string;
  /** Every value that the conditions of the menus may meet. */
  readonly contexts: readonly Context[];
  /** `undefined` where what it stands for is not there any more. */
  readonly item: (row: R, outlook: Outlook) => Item<NoInfer<Context>> | undefined;
}

/** What rows of some kinds have, and can. A command without an answer here is not offered for them. */
interface Able<R extends Row> {
  /** Computed only for the row under the pointer. */
  readonly explain?: (row: R, outlook: Outlook) => Explanation | undefined;

  // --- its place

  readonly below?: Below<R>;
  readonly parent?: (row: R, outlook: Outlook) => Row | undefined;
  /** Rows at the root behind the lists, which are there without an account. */
  readonly roots?: (outlook: Outlook) => readonly R[];
  /** What stands in the place of rows below it where there are none. */
  readonly nothing?: (row: R, outlook: Outlook) => string;
  readonly list?: ListOf<R>;
  /** What orders it among others: a row of which this changes moves. */
  readonly place?: (row: R, outlook: Outlook) => string | undefined;

  // --- what more is asked of AWS for it

  readonly actions?: Actions;
  /** ARNs whose details are loaded when the row is pointed at or selected. */
  readonly closer?: (row: R, outlook: Outlook) => readonly string[];
  /** The same, when it is opened. */
  readonly opened?: (row: R, outlook: Outlook) => readonly string[];
  /** Its rows that say something about what has an ARN, of which more became known. */
  readonly about?: (arn: string, outlook: Outlook) => readonly R[];
  /** Its rows that say how far a change of a resource is: by what its target calls that. */
  readonly changed?: (kind: string, id: string) => readonly R[];
  /** Rows that say something else after lists changed, besides the rows of these lists. */
  readonly follows?: (change: AccountChange, outlook: Outlook) => readonly R[];

  // --- what is done with it

  /** The row that a command which is called for this one means: itself, or what it leads to. */
  readonly meant?: (row: R) => Row;
  /** As in a message. */
  readonly name?: (row: R) => string;
  readonly arn?: (row: R, outlook: Outlook) => string | undefined;
  readonly id?: (row: R) => string;
  readonly domainName?: (row: R, outlook: Outlook) => string | undefined;
  /** Its page in the console of its partition, where it is known. */
  readonly page?: (row: R, partition: string) => string | undefined;
  /** What more a picker shows of it, and finds it by. */
  readonly detail?: (row: R) => string;
  readonly inspected?: Inspected<R>;
  /** The certificate that it is, with its details: what can be used for something. */
  readonly certificate?: (row: R, outlook: Outlook) => Promise<AcmCertificate | Failure>;
  /** Asks what has become of it. @returns a failure that no row tells */
  readonly refresh?: (row: R, outlook: Outlook) => Promise<Failure | undefined>;
  /** Makes it known where it is not yet; says why it cannot be. */
  readonly find?: (row: R, outlook: Outlook) => Promise<NotFound | undefined>;
  /** Stays closed when the row is revealed. */
  readonly staysClosed?: true;
  readonly problems?: (outlook: Outlook) => readonly Problem[];
}

/** All that is known of the rows of one kind. */
export type Kind<R extends Row, Context extends string> = Told<R, Context> & Able<R>;

type Abilities<R extends Row> = { readonly [Each in keyof Able<R>]-?: Able<R>[Each] | undefined };

/** A kind as all but its own file see it. */
export interface RowKind extends Told<Row, string>, Abilities<Row> {
  readonly is: (value: unknown) => boolean;
}

/** A kind as the kinds see it whose rows stand below its rows, or lead to them. */
export interface KindOf<R extends Row> extends RowKind {
  readonly is: (value: unknown) => value is R;
}

/**
 * Each answer of a kind is asked for with rows of that kind alone: anything else is a bug.
 * @param is whether a value is a row of it: what a command is called with may come from anywhere
 */
export function rowKind<R extends Row>(
  is: (value: unknown) => value is R,
): <const Context extends string>(own: Kind<R, Context>) => KindOf<R> {
  return (own) => erased(is, own);
}

function erased<R extends Row>(is: (value: unknown) => value is R, own: Kind<R, string>): KindOf<R> {
  // The name is enough: the registry has checked the rest where it found the kind.
  const isOwn = (row: Row): row is R => row.kind === own.kind;
  const of = (row: Row): R => {
    if (!isOwn(row)) throw new Error(`A row of the kind ${row.kind} is none of ${own.kind}`);
    return row;
  };
  const lifted =
    <More extends readonly unknown[], Answer>(answer: (row: R, ...more: More) => Answer) =>
    (row: Row, ...more: More): Answer =>
      answer(of(row), ...more);
  const lift = <More extends readonly unknown[], Answer>(
    answer: ((row: R, ...more: More) => Answer) | undefined,
  ): ((row: Row, ...more: More) => Answer) | undefined => answer && lifted(answer);
  const { kind, contexts, below, roots, actions, about, changed, follows, staysClosed, problems, list, inspected } =
    own;
  return {
    ...{ is, kind, contexts, below, roots, actions, about, changed, follows, staysClosed, problems },
    key: lifted(own.key),
    item: lifted(own.item),
    explain: lift(own.explain),
    parent: lift(own.parent),
    nothing: lift(own.nothing),
    place: lift(own.place),
    closer: lift(own.closer),
    opened: lift(own.opened),
    meant: lift(own.meant),
    name: lift(own.name),
    arn: lift(own.arn),
    id: lift(own.id),
    domainName: lift(own.domainName),
    page: lift(own.page),
    detail: lift(own.detail),
    refresh: lift(own.refresh),
    find: lift(own.find),
    certificate: lift(own.certificate),
    inspected: inspected && {
      reading: lifted(inspected.reading),
      name: lifted(inspected.name),
      text: lifted(inspected.text),
    },
    list: list && {
      ...{ of: list.of, noun: list.noun, counted: list.counted, roots: list.roots, orders: list.orders },
      all: lifted(list.all),
      shown: lifted(list.shown),
      find: lifted(list.find),
      open: lifted(list.open),
    },
  };
}
