// What is asked and said around a live change.
import type { Problem } from "../../core/rules/rule.ts";
import type { Row } from "../row.ts";

export type Severity = "error" | "warning" | "info";

/** How a live change meets its user: the editor's is one implementation, the tests' another. */
export interface LiveUi {
  say(message: string, severity?: Severity): Promise<void>;
  /** @returns the answer that was chosen; `undefined` where the message was closed */
  ask(message: string, answers: readonly string[], severity?: Severity): Promise<string | undefined>;
  /** What nothing goes on without: it stays until it is answered, or left with `undefined`. */
  confirm(message: string, answers: readonly string[]): Promise<string | undefined>;
  /** Two texts side by side, and a question about them; the texts go with the answer. */
  review<Answer extends string>(review: Review<Answer>): Promise<Answer | undefined>;
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

export interface Review<Answer extends string> {
  readonly title: string;
  readonly step?: { readonly step: number; readonly of: number };
  /** The last part says what the editors are called. */
  readonly path: string;
  /** Masked: whatever is secret is not in these. */
  readonly before: string;
  readonly after: string;
  /** What the rules find in `after`, at its places. */
  readonly problems: readonly Problem[];
  readonly question: string;
  /** What can be answered, the best first. */
  readonly answers: readonly {
    readonly answer: Answer;
    readonly label: string;
    readonly description?: string;
    readonly detail?: string;
  }[];
  /** What to know before answering. */
  readonly sections: readonly Section[];
}

export interface Section {
  readonly title: string;
  readonly lines: readonly Line[];
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
