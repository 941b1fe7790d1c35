import type { Difference } from "../../core/cloudfront/compare.ts";
import type { Caller } from "./caller.ts";
import type { Version, Wish } from "./change.ts";
import type { WaitRecord } from "./records.ts";
import type { LiveReview } from "./review/live-review.ts";
import type { Target } from "./target.ts";

/** What is to be done to what. */
export interface Wanted<Config> {
  readonly target: Target<Config>;
  readonly wish: Wish<Config>;
}

/** The same, chosen anew. */
export interface Reselected<Config> extends Wanted<Config> {
  readonly kept?: unknown;
}

/** What a user wants done. */
export interface Errand<Config> extends Wanted<Config> {
  /** The one that the target speaks as. */
  readonly caller: Caller;
  /** What it is planned from again after the window was loaded anew; left out: it is not. Nothing of it is secret. */
  readonly kept?: unknown;
  /** Asks anew what is to be done, beginning with what was chosen; `undefined`: it was left. */
  reselect?(): Promise<Reselected<Config> | undefined>;
}

/** One change to one resource, from its preview to its end. */
export interface Job<Config> extends Errand<Config> {
  /** As a person sees it. */
  readonly review: LiveReview;
}

/** `kept`: AWS has it, be it done yet or not. `left`: nothing was changed. */
export type Outcome = "kept" | "left";

/** How far a job came, over all plans that were made for it. */
export interface Run<Config> {
  /** What is done now: it may be chosen anew as long as nothing was sent. */
  job: Job<Config>;
  /** On its resource. */
  lease?: { release(): void };
  /** Calls that AWS took. */
  applied: number;
  /** The last version that is ours, and the config before the first of those that led to it. */
  ours: { readonly now: Version<Config>; readonly before: Config } | undefined;
  /** What was sent, whatever came of it. */
  readonly sent: Sending<Config>[];
  /** The last call whose end was seen, until that is told or the next call is written down. */
  seen: WaitRecord | undefined;
  /** When the first call was sent that AWS took. */
  first: number | undefined;
}

export function outcomeOf({ applied }: { readonly applied: number }): Outcome {
  return applied === 0 ? "left" : "kept";
}

/** How many calls are behind, and how many there are in all, those of plans before this one among them. */
export interface Progress {
  readonly applied: number;
  readonly parts: number;
}

/** One of the calls of a plan. */
export interface Sending<Config> {
  /** What the service is told. */
  readonly config: Config;
  readonly call: string;
  /** What the config is to be once the step is done, and once all are. */
  readonly goal: Config;
  readonly whole: Config;
  /** What it replaces. */
  readonly current: Version<Config>;
  /** Before the first call of the change. */
  readonly before: Config;
  readonly run: Run<Config>;
  readonly progress: Progress;
  readonly record: WaitRecord;
}

/** `again`: nothing of what was shown holds any more; it is planned, shown and asked for anew. */
export type Sent<Config> =
  | { readonly kind: "ended"; readonly outcome: Outcome }
  | {
      readonly kind: "again";
      readonly fetched: Version<Config> | undefined;
      /** What another update changed meanwhile, where that is why. */
      readonly meanwhile?: Meanwhile;
    };

/** What another update changed since the change was planned last. */
export interface Meanwhile {
  /** What it means for the change, in whole sentences. */
  readonly text: string;
  readonly differences: readonly Difference[];
}

/** `isAlone`: what is there now is what was sent, and nothing else. */
export type Taken<Config> =
  | { readonly kind: "taken"; readonly etag: string | undefined; readonly isAlone: boolean; readonly config: Config }
  | Sent<Config>;

export function ended(outcome: Outcome): { readonly kind: "ended"; readonly outcome: Outcome } {
  return { kind: "ended", outcome };
}

export function againOr<Config>(isAgain: boolean, { run }: { readonly run: Run<Config> }): Sent<Config> {
  return isAgain ? { kind: "again", fetched: undefined } : ended(outcomeOf(run));
}
