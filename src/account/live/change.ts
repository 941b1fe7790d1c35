// A change to a resource: what the user wants of it, and what that comes to.
import type { Difference } from "../../core/cloudfront/compare.ts";
import type { Problem } from "../../core/rules/rule.ts";
import type { DoneChange } from "./records.ts";
import type { Line, Section } from "./ui.ts";

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
  readonly steps: readonly Step<Config>[];
  /** Problems that the change brings. */
  readonly introduced: readonly Problem[];
  /** Problems that were there before and stay. */
  readonly standing: readonly Problem[];
  /** Ids of what is changed. */
  readonly parts: readonly string[];
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
  /** Said where it is so already; left out: that it is. */
  readonly nothing?: string;
  /** What to know before it is applied, besides what the plan says. */
  readonly notes: readonly Line[];
  /** Why it may be meant for another resource, in a sentence: then it is not applied by default. */
  readonly doubt?: string;
  /** What is applied, beside its name: short parts, no sentences. */
  readonly detail?: readonly string[];
  /** What has to be done outside, and in which order. */
  advice?(plan: Plan<Config>): Section;
  readonly step?: { readonly step: number; readonly of: number };

  // What follows it.
  /** Runs after AWS took something, and again after it was read back: with what AWS has by then. */
  onTaken?(taken: TakenStep<Config>): Promise<void>;
  /** Runs where another update changed the same places; without it, a message says so. */
  onConflicts?(found: Conflicts<Config>): Promise<void>;
}

export interface TakenStep<Config> {
  readonly now: Version<Config>;
  /** What the step was to make of it. */
  readonly done: Config;
  /** What all steps are to make of it. */
  readonly whole: Config;
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
