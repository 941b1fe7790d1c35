import * as vscode from "vscode";
import { askInTurn, type Back, back, type Question } from "../../account/asking.ts";
import type { EnablingChange } from "../../account/document-plan.ts";
import { seen, siteOf } from "../../core/dialect/view.ts";
import type { Member, Node } from "../../core/document/tree.ts";
import type { Choice } from "../../core/mending.ts";
import type { Terminal, Unquotable } from "../../core/shell.ts";
import type { PayloadKind } from "../../core/subjects.ts";
import type { Span } from "../../core/text.ts";

/** A domain name or listener of a document, as a code lens names it: by its place among those of its service. */
export interface PayloadTarget {
  readonly uri: vscode.Uri;
  readonly kind: PayloadKind;
  readonly index: number;
  /** What it is called, by which it is known again after an edit; `undefined` where the document does not say it. */
  readonly key: string | undefined;
  /** What is to be chosen, where not all is. */
  readonly what?: Choice;
}

export function isPayloadTarget(argument: unknown): argument is PayloadTarget {
  return (
    typeof argument === "object" &&
    argument !== null &&
    "uri" in argument &&
    argument.uri instanceof vscode.Uri &&
    "kind" in argument &&
    (argument.kind === "domain-names" || argument.kind === "listeners") &&
    "index" in argument &&
    typeof argument.index === "number" &&
    "key" in argument
  );
}

/** The intent that mutual TLS be off. */
export type Off = "off";

/** How mutual TLS is changed on the things of one service that documents hold: a domain name, a listener. */
export interface Enabling<One, Intent> extends EnablingChange<One, Intent> {
  readonly kind: PayloadKind;
  /** What is done, or what alone is chosen, as a title. */
  title(what: Choice | undefined): string;
  /** What it is called in the document. */
  keyOf(one: One): string | undefined;
  /** Where a code lens stands; `undefined`: the document does not say enough of it. */
  lensAt(one: One): Span | undefined;
  /** Whether a condition of the template decides whether it is on. */
  isConditional(one: One): boolean;
  /** What a code lens says and offers where it is on; `undefined`: it is off. */
  lensWhenOn(one: One): string | undefined;
  /** What is asked where there are several. */
  question(): string;
  /** Inside a sentence. */
  nameOf(one: One): string;
  /** By itself, as in a list. */
  labelOf(one: One): string;
  /** As in `mTLS is off`. */
  stateOf(one: One): string;
  /**
   * The questions about it.
   * @param title what is done, and to what
   * @param what where not all is to be chosen
   */
  asking(one: One, title: string, judge: JudgeIntent<Intent>, what: Choice | undefined): Asking<Intent>;
  /** Who is cut off, and what has to be done besides. */
  advice(one: One, intent: Intent): vscode.QuickPickItem[];
  /** Said where there is nothing to change. */
  alreadyText(one: One): string;
  /** What is told once it is in the document, and what comes next. */
  doneText(name: string, intent: Intent): string;
  /** A command that does the same, where an answer of the AWS CLI cannot be sent back. */
  command(after: One, terminal: Terminal, before: One | undefined): string | Unquotable | undefined;
  /** What else is to be known of that command, or why there is none. */
  commandNote?(after: One, before: One | undefined): string | undefined;
}

/** Questions that keep what was answered while others before them are asked again. */
export interface Asking<Intent> {
  /** How many there are, as far as known. */
  steps(): number;
  /** @param before how many questions were asked already */
  ask(before: number): Promise<Intent | Back | undefined>;
}

/** Nothing is to be chosen. */
export const turningOff: Asking<Off> = { steps: () => 0, ask: async () => "off" };

/** @param complete what the answers come to; `undefined`: they are none yet */
export function askingAll<Answers, Intent>(
  questions: readonly Question<Answers>[],
  none: Answers,
  complete: (answers: Answers) => Intent | undefined,
): Asking<Intent> {
  let answers = none;
  // Each is told here what it was answered, to have it when the ones before are asked again.
  const kept = questions.map(
    (question): Question<Answers> => ({
      ...question,
      ask: async (so, place) => {
        const given = await question.ask(so, place);
        if (given !== undefined && given !== back) answers = given;
        return given;
      },
    }),
  );
  return {
    steps: () => questions.filter((question) => question.isAsked(answers)).length,
    ask: async (before) => {
      const given = await askInTurn(kept, answers, before);
      if (given === undefined) return undefined;
      return given === back ? back : complete(given);
    },
  };
}

/** What a rule says of the document as it would become, the gravest first: an error is refused, the rest only told. */
export type JudgeIntent<Intent> = (intent: Intent, ruleId: string) => vscode.InputBoxValidationMessage | undefined;

export function enableTitle(what: Choice | undefined): string {
  return what === undefined ? vscode.l10n.t("Enable mTLS") : choiceTitle(what);
}

/** Where a problem led there. */
export function choiceTitle(what: Choice): string {
  return what === "trust-store" ? vscode.l10n.t("Choose a Trust Store") : vscode.l10n.t("Choose Another Mode");
}

/** Where a code lens stands that no member has a place for: in a template, above the name of what it is about. */
export function lensAbove(node: Node): Span {
  const site = siteOf(node);
  const own = seen(node)?.raw;
  const named = site === undefined || own === undefined ? undefined : memberWith(own);
  const above = named?.spelled === "Properties" ? memberWith(named.parent) : named;
  return above?.keySpan ?? { start: node.start, end: node.start };
}

/** The name that something has, with what stands below it; in a template that of its resource. */
export function wholeOf(node: Node): Span {
  const resource = siteOf(node)?.resource.node;
  return resource === undefined ? node : (memberWith(resource) ?? resource);
}

function memberWith(node: Node): Member | undefined {
  return node.parent?.kind === "object" ? node.parent.members.find(({ value }) => value === node) : undefined;
}

export const disableTitle = () => vscode.l10n.t("Disable mTLS");

/** What is done, and to what. */
export function withTarget(title: string, what: string): string {
  return vscode.l10n.t("{0}: {1}", title, what);
}
