// A change that was made on this machine, as its row shows it: of whatever account, and without asking AWS.

/** `here`, `elsewhere`: under way in this window, in another one. `left`: nobody waits for its end. */
export type ChangeState = "here" | "elsewhere" | "left" | Outcome;

type Outcome = "done" | "failed" | "partly" | "overtaken" | "deleted" | "unknown";

/** Why a change cannot be turned back. */
export type NoUndo =
  | "under-way"
  | "undone"
  | "failed"
  | "not-last"
  | "forgotten"
  | "never"
  | "among-others"
  | "unsaved"
  | "changed"
  | "config-gone"
  | "deleted";

export interface ShownChange {
  /** Tells it from all others. */
  readonly key: string;
  readonly account: string;
  /** The target's. */
  readonly kind: string;
  /** `undefined`: the environment decided. */
  readonly profile: string | undefined;
  /** The resource's. */
  readonly id: string;
  /** Given to the resource by people. */
  readonly name: string | undefined;
  /** In few words, and as its review was titled. */
  readonly what: string;
  readonly title: string;
  /** Ids of what of the resource was changed. */
  readonly parts: readonly string[];
  /** When it was sent, and ended, in milliseconds since 1970. */
  readonly at: number;
  readonly ended: number | undefined;
  readonly undone: number | undefined;
  /** Calls that it takes, and how many of them AWS took. */
  readonly calls: number;
  readonly taken: number;
  readonly state: ChangeState;
  /** `undefined`: it can be turned back. */
  readonly noUndo: NoUndo | undefined;
}

export function isUnderWay({ state }: Pick<ShownChange, "state">): boolean {
  return state === "here" || state === "elsewhere" || state === "left";
}
