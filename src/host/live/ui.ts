import type * as vscode from "vscode";
import type { Distribution } from "../../core/cloudfront/distribution.ts";
import type { LiveDistribution } from "../../core/inventory.ts";
import type { Problem } from "../../core/rules/rule.ts";
import type { Kind } from "../authoring/origin-picker.ts";
import type { Steps } from "../editor/pick.ts";

export type Severity = "error" | "warning" | "info";

/** How a live change meets its user. Its other implementation is the tests'. */
export interface LiveUi {
  say(message: string, severity?: Severity): Promise<void>;
  /** @returns the answer that was chosen; `undefined` where the message was closed */
  ask(message: string, answers: readonly string[], severity?: Severity): Promise<string | undefined>;
  /** What nothing goes on without: it stays until it is answered, or left with `undefined`. */
  confirm(message: string, answers: readonly string[]): Promise<string | undefined>;
  /** Two texts side by side, and a question about them; the texts go with the answer. */
  review<Answer extends string>(review: Review<Answer>): Promise<Answer | undefined>;
  /** Two texts side by side, for as long as somebody looks at them. */
  compare(title: string, path: string, left: string, right: string): Promise<void>;
  choose<Value>(question: Choice<Value>): Promise<Value | undefined>;
  chooseDistribution(title: string, of: number | undefined): Promise<LiveDistribution | undefined>;
  /** Ids of origins. */
  chooseOrigins(
    kind: Kind,
    distribution: Distribution,
    aimed: string | undefined,
    steps: Steps,
  ): Promise<readonly string[] | undefined>;
  /** An ARN. */
  chooseCertificate(
    kind: Exclude<Kind, "disable">,
    distribution: Distribution,
    steps: Steps,
  ): Promise<string | undefined>;
  /** @param work its signal is aborted by the user, who does not want to see it any more */
  progress<Result>(
    title: string,
    work: (report: (message: string) => void, stop: AbortSignal) => Promise<Result>,
  ): Promise<Result>;
  /** A document without a file. */
  openText(language: string, text: string): Promise<void>;
  copy(text: string): Promise<void>;
  /** Where to write a file. */
  chooseTarget(name: string): Promise<vscode.Uri | undefined>;
  /** A file to read. */
  chooseSource(title: string): Promise<vscode.Uri | undefined>;
}

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
  readonly lines: readonly { readonly label: string; readonly detail?: string }[];
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
