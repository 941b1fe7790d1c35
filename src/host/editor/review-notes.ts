// What there is to know of a change before it is applied, as a comment and as findings beside it.
import * as vscode from "vscode";
import { adviceParts } from "../../account/advice.ts";
import { messageOf } from "../../core/messages/tell.ts";
import { type Problem, type Severity, sourceOf } from "../../core/rules/rule.ts";
import type { Lines } from "../../core/text.ts";
import { newConsequence } from "./convert.ts";
import { comment, escapeMarkdown } from "./markdown.ts";

/** A line in the words of a pick: its icon says what kind of line it is. */
export interface NoteLine {
  readonly label: string;
  readonly detail?: string | undefined;
}

export interface ReviewNotes {
  /** What is applied, and to what, as plain text. */
  readonly summary?: string;
  readonly sections: readonly { readonly title: string; readonly lines: readonly NoteLine[] }[];
  /** What the change brings up. */
  readonly introduced: readonly Problem[];
}

/** What is said above it all, as of a file that changed meanwhile. */
export type ReviewState =
  | { readonly kind: "shown" | "updated" }
  | { readonly kind: "blocked"; readonly reason: string };

/** @param blocks where the change is; the comment stands at the first */
export function notesAsMarkdown(
  { summary, sections, introduced }: ReviewNotes,
  blocks: readonly Lines[],
  state: ReviewState,
): vscode.MarkdownString {
  const errors = introduced.filter(({ severity }) => severity === "error");
  const others = introduced.filter(({ severity }) => severity !== "error");
  const found = (title: string, problems: readonly Problem[]) =>
    problems.length === 0 ? [] : [bold(title), problems.map(problemItem).join("\n")];
  return comment([
    ...stateText(state),
    ...found(vscode.l10n.t("This change causes errors: AWS would reject it, or it would not work:"), errors),
    ...(summary === undefined ? [] : [escapeMarkdown(summary)]),
    ...sections.flatMap(({ title, lines }) =>
      lines.length === 0 ? [] : [...(title === "" ? [] : [bold(title)]), linesText(lines)],
    ),
    ...found(vscode.l10n.t("Problems in the file after the change"), others),
    ...othersText(blocks),
  ]);
}

function stateText(state: ReviewState): string[] {
  switch (state.kind) {
    case "shown":
      return [];
    case "updated":
      return [bold(vscode.l10n.t("The file changed while this review was open. This is the updated change."))];
    case "blocked":
      return [bold(state.reason)];
  }
}

const bold = (text: string) => `**${escapeMarkdown(text)}**`;

function linesText(lines: readonly NoteLine[]): string {
  return lines
    .map((line) => {
      const { step, text } = adviceParts(line.label);
      const said = [text, ...(line.detail === undefined ? [] : [line.detail])].map(sentence).map(escapeMarkdown);
      return `${step === undefined ? "-" : `${step}.`} ${said.join(" ")}`;
    })
    .join("\n");
}

/** A line of a pick has no full stop; beside another sentence it needs one. */
function sentence(text: string): string {
  return /[\p{L}\p{N})”"]$/u.test(text) ? vscode.l10n.t("{0}.", text) : text;
}

function problemItem(problem: Problem): string {
  return `- ${escapeMarkdown(messageOf(problem))} [${escapeMarkdown(problem.rule.id)}](${sourceOf(problem).url})`;
}

/** How many places are named. */
const mostNamed = 10;

function othersText(blocks: readonly Lines[]): string[] {
  const others = blocks
    .slice(1, 1 + mostNamed)
    .map(({ first, last }) =>
      first === last ? vscode.l10n.t("line {0}", first + 1) : vscode.l10n.t("lines {0}–{1}", first + 1, last + 1),
    );
  if (others.length === 0) return [];
  const more = blocks.length - 1 - others.length;
  return [
    escapeMarkdown(
      more > 0
        ? vscode.l10n.t("Also changed: {0}, and {1} more places.", others.join(", "), more)
        : vscode.l10n.t("Also changed: {0}.", others.join(", ")),
    ),
  ];
}

/**
 * Who is cut off is a warning; what has to be done, or is open from then on, is worth knowing. The rest is said in the
 * comment alone.
 */
const weights: Readonly<Record<string, Severity>> = {
  "circle-slash": "warning",
  warning: "warning",
  "list-ordered": "info",
  shield: "info",
  lock: "info",
  unlock: "info",
};

/** @param at the changed block */
export function consequencesOf({ sections }: ReviewNotes, at: vscode.Range): vscode.Diagnostic[] {
  return sections
    .flatMap(({ lines }) => lines)
    .flatMap((line) => {
      const { icon, text } = adviceParts(line.label);
      const weight = weights[icon];
      return weight === undefined ? [] : [newConsequence(text, weight, at)];
    });
}
