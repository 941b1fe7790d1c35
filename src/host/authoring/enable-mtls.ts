import * as vscode from "vscode";
import { type EnablingPlan, type EnablingWish, gravestOf, planEnabling } from "../../account/document-plan.ts";
import type { Choice } from "../../core/mending.ts";
import { fromFileText, unquotableText } from "../../core/messages/copied-for.ts";
import { isUnquotable, type Unquotable } from "../../core/shell.ts";
import { changeable } from "../documents/changeable.ts";
import type { Checked, Documents } from "../documents/documents.ts";
import { toValidation } from "../editor/convert.ts";
import type { Instead } from "../editor/file-review.ts";
import type { Log } from "../editor/log.ts";
import { drawable, newPick, shown } from "../editor/pick.ts";
import { iconless } from "../editor/plain.ts";
import type { Previews } from "../editor/preview.ts";
import { offerNext, say } from "../editor/say.ts";
import { terminal } from "../editor/terminal.ts";
import { copyCommand, goneInstead, judgeAs, type Offer, previewAndApply } from "./change-in-editor.ts";
import { domainNameDisabling } from "./disable-domain-name.ts";
import { listenerDisabling } from "./disable-listener.ts";
import { domainNameEnabling } from "./enable-domain-name.ts";
import { listenerEnabling } from "./enable-listener.ts";
import { disableTitle, type Enabling, enableTitle, isPayloadTarget, type PayloadTarget } from "./enabling.ts";

interface Tools {
  readonly documents: Documents;
  readonly previews: Previews;
  readonly log: Log;
}

/** One thing of a document that mutual TLS can be changed on, whichever service's it is. */
interface Candidate extends Pick<PayloadTarget, "kind" | "index" | "key"> {
  readonly question: string;
  readonly label: string;
  readonly state: string;
  /** Why it cannot be changed there. */
  readonly unfitReason: string | undefined;
  /** @param what is to be chosen, where not all is */
  change(what: Choice | undefined): Promise<void>;
}

/**
 * Enable or disable mutual TLS on a domain name of API Gateway or a listener in an open document: choose, preview,
 * confirm, apply. Left at any step, nothing has changed.
 */
export async function changeMtls(kind: "enable" | "disable", argument: unknown, tools: Tools): Promise<void> {
  const target = isPayloadTarget(argument) ? argument : undefined;
  const uri = target?.uri ?? argument;
  const document =
    uri instanceof vscode.Uri ? await vscode.workspace.openTextDocument(uri) : vscode.window.activeTextEditor?.document;
  const checked = document === undefined ? undefined : await withCandidates(document, tools);
  if (checked === undefined) return;
  const candidates =
    kind === "enable"
      ? [...candidatesOf(domainNameEnabling, checked, tools), ...candidatesOf(listenerEnabling, checked, tools)]
      : [...candidatesOf(domainNameDisabling, checked, tools), ...candidatesOf(listenerDisabling, checked, tools)];
  const meant = candidates.filter((candidate) => target === undefined || isMeant(candidate, target));
  const title = kind === "enable" ? enableTitle(target?.what) : disableTitle();
  await (await chooseOne(meant.length === 0 ? candidates : meant, title))?.change(target?.what);
}

/** The text may have changed since the lens was drawn: another one in the same place is not the one that was meant. */
function isMeant({ kind, index, key }: Candidate, target: PayloadTarget): boolean {
  return kind === target.kind && index === target.index && key === target.key;
}

/** In document order of its service. */
function candidatesOf<One, Intent>(
  enabling: Enabling<One, Intent>,
  checked: Checked,
  tools: Tools,
): readonly Candidate[] {
  return enabling.among(checked.facts).map((one, index) => ({
    kind: enabling.kind,
    index,
    key: enabling.keyOf(one),
    question: enabling.question(),
    label: enabling.labelOf(one),
    state: enabling.stateOf(one),
    unfitReason: enabling.unfitReason(one),
    change: async (what) => {
      const judgeAll = judgeAs(checked.document, tools);
      const judge = (intent: Intent, ruleId: string) =>
        toValidation(gravestOf({ enabling, index, intent }, ruleId, checked.facts, judgeAll));
      const intent = await enabling.ask(one, judge, what);
      if (intent !== undefined) await previewChange({ enabling, index, intent }, what, checked.document, tools);
    },
  }));
}

/** A document that holds something to enable it on; else the user was told. */
function withCandidates(document: vscode.TextDocument, tools: Tools): Promise<Checked | undefined> {
  return changeable(document, tools.documents, {
    isIn: ({ facts }) => domainNameEnabling.among(facts).length + listenerEnabling.among(facts).length > 0,
    explain: () =>
      say(
        vscode.l10n.t(
          "{0} contains neither an API Gateway custom domain name nor a load balancer listener. The AWS CLI commands get-domain-name, get-domain-names, and describe-listeners write such a file.",
          vscode.workspace.asRelativePath(document.uri),
        ),
      ),
  });
}

// --- which one

interface OneItem extends vscode.QuickPickItem {
  readonly candidate?: Candidate;
}

/** `undefined` where none was chosen, or can be. */
async function chooseOne(candidates: readonly Candidate[], title: string): Promise<Candidate | undefined> {
  const [only] = candidates;
  if (candidates.length === 1 && only !== undefined) {
    if (only.unfitReason === undefined) return only;
    await say(vscode.l10n.t("{0}: {1}", only.label, only.unfitReason));
    return undefined;
  }
  const items = candidates.map(
    (candidate): OneItem => ({
      label: iconless(candidate.label),
      description: candidate.state,
      ...(candidate.unfitReason === undefined ? { candidate } : { detail: `$(circle-slash) ${candidate.unfitReason}` }),
    }),
  );
  const unfit = items.filter(({ candidate }) => candidate === undefined);
  const questions = new Set(candidates.map(({ question }) => question));
  const [question] = questions;
  const pick = newPick<OneItem>(
    title,
    questions.size === 1 && question !== undefined ? question : vscode.l10n.t("Select a domain name or listener"),
  );
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.items = drawable([
    ...items.filter(({ candidate }) => candidate !== undefined),
    ...(unfit.length === 0
      ? []
      : [{ label: vscode.l10n.t("not available"), kind: vscode.QuickPickItemKind.Separator }, ...unfit]),
  ]);
  return shown(pick, () => pick.selectedItems[0]?.candidate);
}

type Wish<One, Intent> = EnablingWish<Enabling<One, Intent>, Intent>;

// --- preview, confirm, apply

async function previewChange<One, Intent>(
  wish: Wish<One, Intent>,
  what: Choice | undefined,
  document: vscode.TextDocument,
  tools: Tools,
): Promise<void> {
  const { enabling, intent } = wish;
  const offer = ({ facts }: Checked): Offer | Instead => {
    const plan = planEnabling(wish, facts, judgeAs(document, tools));
    if (plan === undefined) return goneInstead();
    if (plan.edits.length === 0) return { instead: () => say(enabling.alreadyText(plan.one)) };
    return {
      plan,
      heading: enabling.title(what),
      notes: {
        summary: enabling.labelOf(plan.one),
        sections: [
          { title: vscode.l10n.t("Affected clients and required actions"), lines: enabling.advice(plan.one, intent) },
        ],
      },
      done: () => offerCommand(wish, plan),
    };
  };
  await previewAndApply(document, offer, (now) => withCandidates(now, tools), tools);
}

/** An answer of the AWS CLI cannot be sent back; the command that does the same can. */
function offerCommand<One, Intent>(
  { enabling, index, intent }: Wish<One, Intent>,
  { before, after, one }: EnablingPlan<One>,
): Promise<void> {
  const now = enabling.among(after)[index];
  const then = enabling.among(before)[index];
  const command = now === undefined ? undefined : enabling.command(now, terminal(), then);
  const note = now === undefined ? undefined : enabling.commandNote?.(now, then);
  const text = enabling.doneText(enabling.nameOf(one), intent);
  const done = note === undefined ? text : `${text} ${note}`;
  if (command === undefined) return say(done);
  if (isUnquotable(command)) return offerFromFile(done, command);
  return offerNext(done, copyCommand(), () => vscode.env.clipboard.writeText(command));
}

/** What a shell cannot quote, a file can hold, where it is JSON. */
function offerFromFile(done: string, unquotable: Unquotable): Promise<void> {
  const { fromFile } = unquotable;
  if (fromFile === undefined) return say(`${done} ${unquotableText(unquotable)}`);
  return offerNext(`${done} ${fromFileText(unquotable, fromFile.name)}`, copyCommand(), async () => {
    await vscode.env.clipboard.writeText(fromFile.command);
    const content = unquotable.unquotable;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "json", content }));
  });
}
