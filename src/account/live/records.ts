// What is remembered of live changes, by names alone: nothing of it is secret.

/** A change, by names alone. */
export interface DoneChange {
  /** Twelve digits. */
  readonly account: string;
  /** `undefined`: the environment decided. */
  readonly profile: string | undefined;
  /** Its target's. */
  readonly kind: string;
  /** The resource's. */
  readonly id: string;
  /** Of the config after the change; `undefined`: the service names no versions, or nobody knows it yet. */
  readonly etag: string | undefined;
  readonly deed: string;
  /** What of the resource is changed, by ids: the origins of a distribution. */
  readonly parts: readonly string[];
  /** When it was sent, in milliseconds since 1970: tells changes of one resource apart. */
  readonly at: number;
  /** When the first call of the same change was sent, where there was one before this call. */
  readonly first?: number;
}

/** What changes are made to. */
export type Resource = Pick<DoneChange, "account" | "kind" | "id">;

/** How a change is turned back. */
export type Undoing =
  /** By names alone, nothing of them secret; what else was changed since stays. */
  | { readonly kind: "settings"; readonly settings: unknown }
  /**
   * By the whole config before. It would revert what another update changed since, so it is kept only where a version
   * rules that out.
   */
  | { readonly kind: "config" }
  /** Not at all: a sentence says why. */
  | { readonly kind: "never"; readonly why: string };

/** A change that is about to be sent, or was sent, until its end was told. */
export interface WaitRecord extends DoneChange {
  /** Whether AWS took it. `false`: perhaps it never was sent, or no answer came that tells. */
  readonly isTaken: boolean;
  /** What must be there in the end, as its target says it. */
  readonly expected: unknown;
  /** Whether that is all which was changed: else what was sent is kept with the secrets. */
  readonly isWhole: boolean;
  /** The version before: as long as AWS answers with it, what it says is of no use. */
  readonly replaced: string | undefined;
  /** What turns it back once AWS took it. */
  readonly undoing: Undoing;
  /** Calls of the same change that AWS took before it. */
  readonly applied: number;
  /** Calls that were to follow it. */
  readonly left: number;
  /** The window that sent it, and goes on with it; `undefined`: it has left it to whoever comes next. */
  readonly window: string | undefined;
  /** The change that it turns back: when the first call of that was sent. */
  readonly undoes?: number;
}

/** A change that can be turned back. */
export interface UndoRecord extends DoneChange {
  /**
   * What turns it back, as its target says it; `undefined`: more was changed, and the config before is kept with the
   * secrets.
   */
  readonly settings: unknown;
  /** What must still be there, where no version tells whether another update changed it since. */
  readonly expected?: unknown;
}

/** What can be said of a change once nothing more is to come of it. */
export const ends = ["done", "failed", "partly", "overtaken", "deleted", "unknown"] as const;
export type End = (typeof ends)[number];

/** Why a change cannot be turned back, where it is not for what was done since from here. */
export const obstacles = ["never", "among-others", "unsaved", "changed", "config-gone", "deleted"] as const;
export type Obstacle = (typeof obstacles)[number];

/** What is told of a change long after its end: names and ids alone. It is called as its first call was. */
export interface HistoryEntry extends DoneChange {
  /** When its last call was sent: what undoes it is called so. */
  readonly last: number;
  /** Given to the resource by people. */
  readonly name: string | undefined;
  /** Calls that it takes, and how many of them AWS took. */
  readonly calls: number;
  readonly taken: number;
  /** `undefined`: it is under way. */
  readonly end: { readonly kind: End; readonly at: number } | undefined;
  /** When it was turned back. */
  readonly undone: number | undefined;
  readonly obstacle: Obstacle | undefined;
}

/** A window is about to change a resource, or waits for the end of a change of it. It is advice. */
export interface LeaseRecord extends Resource {
  readonly window: string;
  readonly deed: string;
  readonly since: number;
  readonly renewed: number;
}

/** Whole configs around a call, as their target writes them: custom headers make them secret. */
export interface KeptConfigs {
  /** What the call replaces. */
  readonly replaced: string;
  readonly sent: string;
  /** Before the first call of the change, where that is another one. */
  readonly before?: string;
}

/** The kind of all that was written when there were no targets but distributions. */
export const formerKind = "distribution";

/** What versions before this one did not write. */
interface Formerly {
  readonly kind?: string;
  readonly parts?: readonly string[];
  readonly origins?: readonly string[];
}

export function asNow<Entry extends DoneChange>(entry: Entry & Formerly): Entry {
  const { kind = formerKind, origins = [], parts = origins }: Formerly = entry;
  return { ...entry, kind, parts };
}

/** They wrote down what AWS had taken, and no other; what undoes it was written beside it. */
export function waitAsNow(entry: WaitRecord & Formerly): WaitRecord {
  const { isTaken = true, undoing = { kind: "never", why: "" }, applied = 0 }: Partial<WaitRecord> = entry;
  return asNow({ ...entry, isTaken, undoing, applied });
}

export function isOfSame(one: Resource, other: Resource): boolean {
  return one.account === other.account && one.kind === other.kind && one.id === other.id;
}

export function isSame(one: DoneChange, other: DoneChange): boolean {
  return isOfSame(one, other) && one.at === other.at;
}

/**
 * Whether another change took the place of one: AWS took it later, or it is the next call of the same change. Both are
 * there where the window died that was about to forget the one before.
 */
export function isReplaced(record: WaitRecord, by: WaitRecord): boolean {
  return isOfSame(record, by) && record.at < by.at && (by.isTaken || (by.applied > 0 && record.isTaken));
}

/** Whether a change cannot arrive any more since AWS took another one: it was sent before, or for the same version. */
export function isOutdoneBy(record: WaitRecord, taken: WaitRecord): boolean {
  return isOfSame(record, taken) && (record.at < taken.at || record.replaced === taken.replaced);
}

/** Whether something was less than `milliseconds` ago. Far in the future it was by a clock that was set back since. */
export function isWithin(milliseconds: number, at: number, now: number): boolean {
  return Math.abs(now - at) < milliseconds;
}

/** The change that a call is one of. */
export function wholeOf<Entry extends DoneChange>(call: Entry): Entry {
  return { ...call, at: call.first ?? call.at };
}

/** As it is called where calls are told apart. */
export function lastCallOf(entry: HistoryEntry): DoneChange {
  return { ...entry, at: entry.last, first: entry.at };
}

export function keyOf(change: Pick<DoneChange, "account" | "kind" | "id" | "at">): string {
  return [change.account, change.kind, change.id, change.at].join("/");
}

/** A change that a page shows: what that is made of again after the window was loaded anew. */
export interface ReviewRecord extends Resource {
  /** Tells it from those of all windows. */
  readonly key: string;
  readonly profile: string | undefined;
  /** The resource's, as people gave it. */
  readonly name: string;
  readonly deed: string;
  /** When its page was opened, in milliseconds since 1970. */
  readonly at: number;
  /** What is to be done, as whoever began it says it: it survives JSON, and nothing of it is secret. */
  readonly errand: unknown;
  /** When the first call of the change was sent; `undefined`: nothing was. */
  readonly change: number | undefined;
}
