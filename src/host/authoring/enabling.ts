import * as vscode from "vscode";
import type { EnablingChange } from "../../account/document-plan.ts";
import type { Choice } from "../../core/mending.ts";
import type { Terminal, Unquotable } from "../../core/shell.ts";
import type { PayloadKind } from "../../core/subjects.ts";
import type { Span } from "../../core/text.ts";
import { inputBox } from "../editor/pick.ts";

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
   * Asks what is needed; `undefined`: the user left it.
   * @param what where not all is to be chosen
   */
  ask(one: One, judge: JudgeIntent<Intent>, what: Choice | undefined): Promise<Intent | undefined>;
  /** Who is cut off, and what has to be done besides. */
  advice(one: One, intent: Intent): vscode.QuickPickItem[];
  /** Said where there is nothing to change. */
  alreadyText(one: One): string;
  /** How many questions there are, the last of them whether to apply it. */
  stepsOf(intent: Intent, what: Choice | undefined): number;
  /** What is told once it is in the document, and what comes next. */
  doneText(name: string, intent: Intent): string;
  /** A command that does the same, where an answer of the AWS CLI cannot be sent back. */
  command(after: One, terminal: Terminal, before: One | undefined): string | Unquotable | undefined;
  /** What else is to be known of that command, or why there is none. */
  commandNote?(after: One, before: One | undefined): string | undefined;
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

export const disableTitle = () => vscode.l10n.t("Disable mTLS");

interface TextQuestion {
  readonly title: string;
  readonly step: number;
  readonly steps: number;
  readonly prompt: string;
  readonly value: string;
  readonly placeHolder: string;
}

export async function askForText(
  { title, step, steps, ...options }: TextQuestion,
  validate: (value: string) => string | vscode.InputBoxValidationMessage | undefined,
): Promise<string | undefined> {
  const answer = await inputBox({
    ...options,
    title: vscode.l10n.t("{0} ({1}/{2})", title, step, steps),
    ignoreFocusOut: true,
    validateInput: (value) => validate(value.trim()),
  });
  return answer?.trim();
}
