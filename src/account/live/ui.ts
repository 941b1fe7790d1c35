// What is asked and said around a live change.
import type { Row } from "../row.ts";
import type { LiveReview } from "./review/live-review.ts";
import type { Told } from "./told.ts";

export type Severity = "error" | "warning" | "info";

/** How a live change meets its user: the editor's is one implementation, the tests' another. */
export interface LiveUi {
  /** Resolves once it is there: nothing waits for the user to close it. */
  say(message: Told, severity?: Severity): Promise<void>;
  /** @returns the answer that was chosen; `undefined` where the message was closed */
  ask(message: Told, answers: readonly string[], severity?: Severity): Promise<string | undefined>;
  /**
   * Says it, with what can be done next, as often as it can be: nothing waits for that.
   * @returns what takes the offer back, where it can be
   */
  offer(message: Told, offer: Offered, severity?: Severity): () => void;
  /** What nothing goes on without: it stays until it is answered, or left with `undefined`. */
  confirm(message: string, answers: readonly string[]): Promise<string | undefined>;
  /** Brings the page of a change to the front, beside its diff: a decision is wanted. */
  review(review: LiveReview): void;
  /** A change is under way that was decided on elsewhere, or before: its page is opened by who wants to see it. */
  follow(review: LiveReview): void;
  /** Whether somebody looks at the page of a change, or could. */
  pageOf(review: LiveReview): "visible" | "hidden" | "none";
  /** Two texts side by side; resolves once they are open. */
  compare(title: string, path: string, left: string, right: string): Promise<void>;
  choose<Value>(question: Choice<Value>): Promise<Value | undefined>;
  /** @param work its signal is aborted by the user, who does not want to see it any more */
  progress<Result>(
    title: string,
    work: (report: (message: string) => void, stop: AbortSignal) => Promise<Result>,
  ): Promise<Result>;
  /** A document without a file. */
  openText(language: string, text: string): Promise<void>;
  copy(text: string): Promise<void>;
  /**
   * Asks where, and writes texts there: one as it is named, several with a number behind the name.
   * @returns their paths as a shell in the workspace sees them; `undefined`: they were not written, and it is said why
   */
  writeFiles(name: string, texts: readonly string[]): Promise<readonly string[] | undefined>;
  /** Leaves for another command, which asks and says what it has to. */
  leaveFor(where: Elsewhere): Promise<void>;
}

/** Where an answer leads that ends what was begun. */
export type Elsewhere =
  | { readonly to: "profiles" }
  /** An ordinary change to a resource; the deed is one of its target's. */
  | { readonly to: "change"; readonly deed: string; readonly resource: Row }
  | { readonly to: "config"; readonly resource: Row };

export interface Offered {
  readonly label: string;
  go(): void;
}

export interface Line {
  readonly label: string;
  readonly detail?: string;
}

export interface Choice<Value> {
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly {
    readonly label: string;
    readonly description?: string;
    readonly detail?: string;
    readonly value: Value;
  }[];
}
