import * as vscode from "vscode";
import { back } from "../../account/asking.ts";
import { type EnablingPlan, type EnablingWish, gravestOf, planEnabling } from "../../account/document-plan.ts";
import type { Choice } from "../../core/mending.ts";
import { fromFileText, unquotableText } from "../../core/messages/copied-for.ts";
import { isUnquotable, type Unquotable } from "../../core/shell.ts";
import { changeable } from "../documents/changeable.ts";
import type { Checked, Documents } from "../documents/documents.ts";
import { toValidation } from "../editor/convert.ts";
import type { Instead } from "../editor/file-review.ts";
import { fileName } from "../editor/files.ts";
import type { Log } from "../editor/log.ts";
import { drawable, newPick, preselect, shownAt } from "../editor/pick.ts";
import { iconless } from "../editor/plain.ts";
import type { Previews } from "../editor/preview.ts";
import { offerNext, say } from "../editor/say.ts";
import { terminal } from "../editor/terminal.ts";
import { copyCommand, goneInstead, judgeAs, type Offer, previewAndApply } from "./change-in-editor.ts";
import { domainNameDisabling } from "./disable-domain-name.ts";
import { listenerDisabling } from "./disable-listener.ts";
import { domainNameEnabling } from "./enable-domain-name.ts";
import { listenerEnabling } from "./enable-listener.ts";
import {
  type Asking,
  disableTitle,
  type Enabling,
  enableTitle,
  isPayloadTarget,
  type PayloadTarget,
  withTarget,
} from "./enabling.ts";

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
  /** The questions about it; what they come to leads to the preview. */
  readonly asking: Asking<() => Promise<void>>;
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
  const candidatesIn = <One, Intent>(enabling: Enabling<One, Intent>) =>
    candidatesOf(enabling, checked, target?.what, tools);
  const candidates =
    kind === "enable"
      ? [...candidatesIn(domainNameEnabling), ...candidatesIn(listenerEnabling)]
      : [...candidatesIn(domainNameDisabling), ...candidatesIn(listenerDisabling)];
  const meant = candidates.filter((candidate) => target === undefined || isMeant(candidate, target));
  const title = withTarget(
    kind === "enable" ? enableTitle(target?.what) : disableTitle(),
    fileName(checked.document.uri),
  );
  await (await select(meant.length === 0 ? candidates : meant, title))?.();
}

/** Asks which one is meant and what about it, forth and back; what is chosen leads to the preview. */
async function select(candidates: readonly Candidate[], title: string): Promise<(() => Promise<void>) | undefined> {
  const isAsked = candidates.length !== 1;
  for (let chosen: Candidate | undefined; ; ) {
    chosen = isAsked ? await chooseOne(candidates, title, chosen) : await onlyOne(candidates);
    const preview = await chosen?.asking.ask(isAsked ? 1 : 0);
    if (preview !== back) return preview;
  }
}

/** The text may have changed since the lens was drawn: another one in the same place is not the one that was meant. */
function isMeant({ kind, index, key }: Candidate, target: PayloadTarget): boolean {
  return kind === target.kind && index === target.index && key === target.key;
}

/** In document order of its service. */
function candidatesOf<One, Intent>(
  enabling: Enabling<One, Intent>,
  checked: Checked,
  what: Choice | undefined,
  tools: Tools,
): readonly Candidate[] {
  const { document } = checked;
  const judgeAll = judgeAs(document, tools);
  return enabling.among(checked.facts).map((one, index) => ({
    kind: enabling.kind,
    index,
    key: enabling.keyOf(one),
    question: enabling.question(),
    label: enabling.labelOf(one),
    state: enabling.stateOf(one),
    unfitReason: enabling.unfitReason(one),
    asking: askingThen(
      enabling.asking(
        one,
        withTarget(enabling.title(what), vscode.l10n.t("{0} in {1}", enabling.labelOf(one), fileName(document.uri))),
        (intent, ruleId) => toValidation(gravestOf({ enabling, index, intent }, ruleId, checked.facts, judgeAll)),
        what,
      ),
      (intent) => previewChange({ enabling, index, intent }, what, document, tools),
    ),
  }));
}

function askingThen<Intent>(
  asking: Asking<Intent>,
  preview: (intent: Intent) => Promise<void>,
): Asking<() => Promise<void>> {
  return {
    steps: asking.steps,
    ask: async (before) => {
      const intent = await asking.ask(before);
      if (intent === undefined) return undefined;
      return intent === back ? back : () => preview(intent);
    },
  };
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

/** `undefined` where it cannot be changed; that was said. */
async function onlyOne([only]: readonly Candidate[]): Promise<Candidate | undefined> {
  if (only?.unfitReason === undefined) return only;
  await say(vscode.l10n.t("{0}: {1}", only.label, only.unfitReason));
  return undefined;
}

/** @param chosen the one that was chosen before */
async function chooseOne(
  candidates: readonly Candidate[],
  title: string,
  chosen: Candidate | undefined,
): Promise<Candidate | undefined> {
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
  pick.matchOnDescription = true;
  pick.items = drawable([
    ...items.filter(({ candidate }) => candidate !== undefined),
    ...(unfit.length === 0
      ? []
      : [{ label: vscode.l10n.t("not available"), kind: vscode.QuickPickItemKind.Separator }, ...unfit]),
  ]);
  preselect(pick, ({ candidate }) => candidate !== undefined && candidate === chosen);
  // As many as there may be, until one is chosen.
  const most = Math.max(0, ...(chosen === undefined ? candidates : [chosen]).map(({ asking }) => asking.steps()));
  const place = { step: 1, of: 1 + most, canGoBack: false };
  const answer = await shownAt(pick, place, () => pick.selectedItems[0]?.candidate);
  return answer === back ? undefined : answer;
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
  if (before.template !== undefined)
    return say(vscode.l10n.t("The template was changed for {0}. Next: deploy the stack.", enabling.nameOf(one)));
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
