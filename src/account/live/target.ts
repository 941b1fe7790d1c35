// What the engine of live changes must be told about a kind of resource. Everything else is written once.
import type { Difference } from "../../core/cloudfront/compare.ts";
import type { Masked } from "../../core/document/masking.ts";
import type { Failure } from "../../core/failure.ts";
import type { Problem } from "../../core/rules/rule.ts";
import type { Terminal, Unquotable } from "../../core/shell.ts";
import type { Plan, Step, Version, Wish } from "./change.ts";
import type { Undoing, UndoRecord } from "./records.ts";
import type { TargetWords } from "./target-words.ts";
import type { Elsewhere } from "./ui.ts";

/** `pending`: AWS has it and is still at it. `failed`: AWS had accepted it, and could not do it. */
export interface Status {
  readonly state: "pending" | "done" | "failed";
  /** The service's own word or sentence. */
  readonly said: string;
  readonly etag: string | undefined;
}

/** What of a change is remembered by names, for a window that does not know more. */
export interface Trace {
  /** What must be there in the end. It survives JSON, and nothing of it is secret. */
  readonly expected: unknown;
  /** Whether that is all which was changed. */
  readonly isWhole: boolean;
  /** Ids of what is changed. */
  readonly parts: readonly string[];
}

/** One resource that can be changed: how it is asked for, sent, and compared. It speaks to AWS as its caller. */
export interface Target<Config> {
  /** As in `distribution`: with the id, names the resource among all that changes are remembered of. */
  readonly kind: string;
  readonly id: string;
  /** The name that people gave it, by its config or as far as it is known by now. */
  name(config?: Config): string | undefined;
  /** As in `CloudFront`. */
  readonly service: string;
  /** A region's name, or that there is none. */
  readonly region: string;
  /** The last part says what an editor on it is called. */
  readonly path: string;
  readonly words: TargetWords;

  fetch(): Promise<Version<Config> | Failure>;
  /** @param served what the service sent itself: no problem is reported for it */
  rules(config: Config, served: Config): readonly Problem[];
  /** Both as texts, for reading side by side: what is secret is masked. */
  render(before: Config, after: Config): { readonly before: string; readonly after: Masked };
  diff(before: Config, after: Config): readonly Difference[];
  /** All of a config as a text, for a window after this one: it may hold secrets. */
  write(config: Config): string;
  /** What `write` made of a config; `undefined`: it did not. */
  read(text: string): Config | undefined;
  /** What leads from `base` to `mine`, on top of `theirs`. */
  merge(base: Config, mine: Config, theirs: Config): Merged<Config>;
  /** The calls that make the change, at least one; the last one's goal is `after`. */
  steps(before: Config, after: Config): readonly Step<Config>[];
  /** Makes one call. A service that names versions is told `current`'s, and refuses where it has another one by now. */
  put(step: Step<Config>, current: Version<Config>): Promise<{ readonly etag: string | undefined } | Failure>;
  status(): Promise<Status | Failure>;
  /** What of `sent` the service did not keep. */
  readBack(sent: Config, back: Config): readonly Difference[];
  /** What is left of a change in the memory of the window after this one. */
  trace(before: Config, done: Config): Trace;
  /** The same, of a trace alone: ids of what is not as it was left. */
  unmet(expected: unknown, back: Config): readonly string[];
  /** How the change is turned back once it has come as far as `done`, by `call`. */
  undoable(before: Config, done: Config, call: string): Undoing;
  /**
   * What turns a change back; `undefined`: what was before is not known any more.
   * @param before as `write` made it
   */
  undoing(record: UndoRecord, before: string | undefined): Wish<Config> | undefined;
  /** What else can be done where another update prevents that a change is turned back in one step. */
  insteadOfUndo(deed: string): readonly { readonly label: string; readonly go: Elsewhere }[];
  /** Something of it has changed: lists that show it ask anew. */
  changed(): void;
  /** What we see ourselves of what a refused change would have brought. */
  diagnose?(current: Config, refused: Config): Promise<string | undefined>;
  readonly dryRun?: DryRunOf<Config>;
}

export interface Merged<Config> {
  readonly config: Config;
  /** Places that both changed, each to something else. */
  readonly conflicts: readonly Difference[];
}

/** The same change as files, and as the commands that send them. */
export interface DryRunOf<Config> {
  /** One for each call, in order. */
  texts(plan: Plan<Config>): readonly string[];
  /** For whom the commands of so many files are written where a terminal is set. */
  terminalFor(files: number, terminal: Terminal): Terminal;
  /** @param terminal one of `terminalFor` */
  commands(
    plan: Plan<Config>,
    files: readonly string[],
    profile: string | undefined,
    terminal: Terminal,
  ): string | Unquotable;
  /** What the commands need, each a sentence. */
  needs(plan: Plan<Config>): readonly string[];
}
