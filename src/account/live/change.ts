// A change to a resource: what the user wants of it, and what that comes to.
import type { Difference } from "../../core/cloudfront/compare.ts";
import type { Problem } from "../../core/rules/rule.ts";
import type { DoneChange } from "./records.ts";
import type { LiveReview } from "./review/live-review.ts";
import type { Line, LiveUi } from "./ui.ts";

/** A config as the service had it at one moment. */
export interface Version<Config> {
  /** `undefined`: the service names no versions, and only the configs tell two of them apart. */
  readonly etag: string | undefined;
  readonly config: Config;
}

/** One call of a change. */
export interface Step<Config> {
  /** The service's operation: steps of one change may be different ones. */
  readonly call: string;
  /** What the config is to be once the step is done. */
  readonly goal: Config;
}

/** What a wish comes to on a config that was fetched. */
export interface Plan<Config> {
  readonly fetched: Version<Config>;
  /** What is to be there in the end. */
  readonly goal: Config;
  /** What becomes different. */
  readonly differences: readonly Difference[];
  readonly steps: readonly Step<Config>[];
  /** Problems that the change brings. */
  readonly introduced: readonly Problem[];
  /** Problems that were there before and stay. */
  readonly standing: readonly Problem[];
  /** Ids of what is changed. */
  readonly parts: readonly string[];
}

/** Who is cut off and who gets in. */
export interface Clients {
  readonly lines: readonly Line[];
  /** What is confirmed before: who is cut off, each a sentence. */
  readonly consequences: readonly string[];
}

/** A tool that will put a resource back to what its template says. */
export interface OwnedBy {
  /** What it means, in whole sentences. */
  readonly text: string;
  /** The change as its template says it; left out: it cannot be said so. */
  readonly template?: { readonly format: string; readonly text: string; open(): Promise<void> };
}

/** What a resource is to become: worked out again on the version that is there by then. */
export interface Wish<Config> {
  /** One of its target's. */
  readonly deed: string;
  aim(now: Version<Config>): Aim<Config>;
  /** Ids of what it is about; left out: of what it changes. */
  readonly parts?: readonly string[];
  /** What it turns back. */
  readonly undoes?: DoneChange;
  /** Only as long as this holds. */
  stillHolds?(now: Version<Config>): boolean;

  // What is shown of it.
  /** What will happen, in one sentence. */
  sentence(plan: Plan<Config>): string;
  /** Said where it is so already; left out: that it is. */
  readonly nothing?: string;
  /** What to know before it is applied, besides what the plan says. */
  readonly notes: readonly Line[];
  /** Who is cut off and who gets in, as far as config and account tell; left out: nothing is known of that. */
  clients?(plan: Plan<Config>): Clients;
  /** What has to be done outside, in order. */
  required?(plan: Plan<Config>): readonly Line[];
  /** Plans and prices of the service that it needs, each a sentence. */
  plans?(plan: Plan<Config>): readonly string[];
  /** What is confirmed before it is applied, each a sentence. */
  readonly consequences?: readonly string[];
  /** The tool that owns the resource. */
  readonly owner?: OwnedBy;

  // What follows it.
  /** Runs after AWS took something, and again after it was read back: with what AWS has by then. */
  onTaken?(taken: TakenStep<Config>): Promise<void>;
  /** Runs where another update changed the same places; without it, a message says so. */
  onConflicts?(found: Conflicts<Config>, page: ConflictPage): Promise<void>;
}

export interface TakenStep<Config> {
  readonly now: Version<Config>;
  /** What the step was to make of it. */
  readonly done: Config;
  /** What all steps are to make of it. */
  readonly whole: Config;
}

/** Where it is shown and asked what is to become of it. */
export interface ConflictPage {
  readonly ui: LiveUi;
  readonly review: LiveReview;
}

export interface Conflicts<Config> {
  readonly conflicts: readonly Difference[];
  readonly fetched: Version<Config>;
}

export type Aim<Config> =
  | { readonly kind: "config"; readonly config: Config }
  /** It cannot become true of what is there: a sentence says why. */
  | { readonly kind: "impossible"; readonly why: string; readonly severity: "warning" | "error" }
  /** Another update has changed the same places since. */
  | { readonly kind: "conflicts"; readonly conflicts: readonly Difference[] };
