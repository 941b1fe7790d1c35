import * as vscode from "vscode";
import { askInTurn, back, type Question } from "../../account/asking.ts";
import { planChanges, readFreshly } from "../../account/document-plan.ts";
import { type OriginKey, originChoices, originsOf } from "../../account/origin-choices.ts";
import {
  certificateLabel,
  type Kind,
  originAdvice,
  originLabel,
  originName,
  originOwnName,
  titleFor,
  titleOf,
} from "../../account/origin-mtls-words.ts";
import type { KnownProofs } from "../../account/proved-target.ts";
import { provedOrigin } from "../../account/proved-target.ts";
import type { Config } from "../../core/cloudfront/config.ts";
import type { Distribution, Origin } from "../../core/cloudfront/distribution.ts";
import { type OriginIntent, originChangesFor } from "../../core/cloudfront/intent.ts";
import { configOf, type Facts, subjectsOf } from "../../core/facts.ts";
import type { Span } from "../../core/text.ts";
import { changeable } from "../documents/changeable.ts";
import type { Checked, Documents } from "../documents/documents.ts";
import { positionsOf } from "../editor/convert.ts";
import type { Instead } from "../editor/file-review.ts";
import type { Previews } from "../editor/preview.ts";
import { ask, say } from "../editor/say.ts";
import { chooseCertificate } from "./certificate-picker.ts";
import { goneInstead, judgeAs, type Offer, offerToSend, previewAndApply } from "./change-in-editor.ts";
import { askForConfig, configMeant, isConfigTarget, nameInTitle } from "./config-picker.ts";
import { chooseOrigins, type OriginTarget, type PickerTools } from "./origin-picker.ts";

/** What every step needs. */
export interface Tools extends PickerTools {
  readonly previews: Previews;
  /** What probes of servers proved; left out: nothing is known. */
  readonly proofs?: () => KnownProofs;
  /**
   * Goes on with a distribution of the account: offered where there is no config to work on, and an account may be
   * asked.
   */
  readonly chooseDistribution?: () => Promise<void>;
}

/**
 * Enable, disable or change the certificate of origins in an open config: choose, preview, confirm, apply.
 * Left at any step, nothing has changed.
 */
export async function changeOriginMtls(kind: Kind, argument: unknown, tools: Tools): Promise<void> {
  const target = isTarget(argument) ? argument : undefined;
  const document = await documentFor(target?.uri ?? argument, tools);
  const checked = document === undefined ? undefined : await withConfig(document, tools);
  if (checked === undefined) return;
  const selection = await select(kind, checked, target, tools);
  if (selection !== undefined) await previewChange(selection.intent, selection.meant, tools);
}

/** Whether a command means an open document: its argument says so, or the active editor shows a distribution config. */
export function isForDocument(args: readonly unknown[], documents: Documents): boolean {
  const [argument] = args;
  if (argument !== undefined) return isTarget(argument) || argument instanceof vscode.Uri;
  // From the menu of a row of the account that was drawn anew since: whatever editor is active was not meant.
  if (args.length > 0) return false;
  const document = vscode.window.activeTextEditor?.document;
  return document !== undefined && configOf(documents.last(document)?.facts) !== undefined;
}

// --- the document

export async function documentFor(argument: unknown, tools: Tools): Promise<vscode.TextDocument | undefined> {
  if (argument instanceof vscode.Uri) return vscode.workspace.openTextDocument(argument);
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) await explainNoConfig(vscode.l10n.t("No file is open."), tools);
  return document;
}

/** A document that holds a config, to be changed; else the user was told. */
export function withConfig(document: vscode.TextDocument, tools: Tools): Promise<Checked | undefined> {
  return changeable(document, tools.documents, {
    isIn: ({ facts }) => configOf(facts) !== undefined,
    explain: () =>
      explainNoConfig(
        vscode.l10n.t(
          "{0} contains no CloudFront distribution configuration.",
          vscode.workspace.asRelativePath(document.uri),
        ),
        tools,
      ),
  });
}

async function explainNoConfig(what: string, { chooseDistribution }: Tools): Promise<void> {
  const [choose, copy] = [vscode.l10n.t("Select a Distribution…"), vscode.l10n.t("Copy Command")];
  const answer = await ask(
    vscode.l10n.t(
      "{0} Open a distribution configuration first. The AWS CLI command get-distribution-config writes one.",
      what,
    ),
    [...(chooseDistribution === undefined ? [] : [choose]), copy],
  );
  if (answer === choose) await chooseDistribution?.();
  if (answer === copy)
    await vscode.env.clipboard.writeText(
      "aws cloudfront get-distribution-config --id DISTRIBUTION_ID > distribution.json",
    );
}

// --- what is asked

interface Answers {
  /** Which of the configs of the document. */
  readonly place?: number;
  readonly origins?: readonly OriginKey[];
  readonly certificate?: string;
}

/** Asks for what is not known yet, forth and back; nothing is changed by it. */
async function select(
  kind: Kind,
  checked: Checked,
  target: OriginTarget | undefined,
  tools: Tools,
): Promise<{ readonly intent: OriginIntent; readonly meant: Meant } | undefined> {
  const { document } = checked;
  const place = target?.config ?? configMeant(checked);
  const questions = [
    whichConfig(kind, checked, place),
    whichOrigins(kind, checked, target),
    ...(kind === "disable" || target?.certificate !== undefined ? [] : [whichCertificate(kind, checked, tools)]),
  ];
  const known = { ...(place === undefined ? {} : { place }), ...certificateOf(target) };
  const answers = await askInTurn<Answers>(questions, known);
  if (answers === undefined || answers === back || answers.place === undefined) return undefined;
  const { origins = [], certificate = "" } = answers;
  const intent: OriginIntent = kind === "disable" ? { kind } : { kind, certificate };
  return { intent, meant: { document, place: answers.place, keys: origins } };
}

function certificateOf(target: OriginTarget | undefined): Answers {
  return target?.certificate === undefined ? {} : { certificate: target.certificate };
}

function whichConfig(kind: Kind, checked: Checked, known: number | undefined): Question<Answers> {
  return {
    isAsked: () => known === undefined,
    ask: async (answers, at) => {
      if (known !== undefined) return answers;
      const title = titleFor(kind, nameInTitle(checked, undefined));
      const place = await askForConfig(checked, title, answers.place, at);
      if (place === undefined || place === back) return place;
      return place === answers.place ? answers : { ...answers, place, origins: [] };
    },
  };
}

function whichOrigins(kind: Kind, checked: Checked, target: OriginTarget | undefined): Question<Answers> {
  const { facts, document } = checked;
  const isAsked = ({ place }: Answers) => {
    const distribution = distributionAt(facts, place);
    return distribution === undefined || originChoices(kind, distribution, target).isQuestion;
  };
  const show = async (at: Span) => {
    await vscode.window.showTextDocument(document, { selection: positionsOf(document).range(at) });
  };
  return {
    isAsked,
    ask: async (answers, at) => {
      const distribution = distributionAt(facts, answers.place);
      if (distribution === undefined) return undefined;
      const origins = await chooseOrigins({
        title: titleFor(kind, nameInTitle(checked, answers.place)),
        ...{ kind, distribution, target, show },
        chosen: answers.origins ?? [],
        place: isAsked(answers) ? at : undefined,
      });
      return origins === undefined || origins === back ? origins : { ...answers, origins };
    },
  };
}

function whichCertificate(kind: Exclude<Kind, "disable">, checked: Checked, tools: Tools): Question<Answers> {
  const { document } = checked;
  return {
    isAsked: () => true,
    ask: async (answers, place) => {
      // The document may have been edited since the origins were chosen.
      const distribution = distributionAt((await tools.documents.current(document))?.facts, answers.place);
      if (distribution === undefined) return undefined;
      const title = titleFor(kind, nameInTitle(checked, answers.place));
      const origins = originsOf(distribution, answers.origins ?? []).map(originLabel);
      const chosen = answers.certificate;
      const certificate = await chooseCertificate(
        { title, kind, distribution, origins, uri: document.uri, chosen, place },
        tools,
      );
      return certificate === undefined || certificate === back ? certificate : { ...answers, certificate };
    },
  };
}

// --- preview, confirm, apply

/** The origins that are meant, of which of the document's configs. */
interface Meant {
  readonly document: vscode.TextDocument;
  readonly place: number;
  readonly keys: readonly OriginKey[];
}

async function previewChange(intent: OriginIntent, { document, place, keys }: Meant, tools: Tools): Promise<void> {
  const offer = ({ facts }: Checked): Offer | Instead => {
    const before = readFreshly(facts);
    const distribution = distributionAt(before, place);
    if (before === undefined || distribution === undefined) return goneInstead();
    const origins = originsOf(distribution, keys);
    if (origins.length < keys.length) return originGoneInstead();
    const plan = planChanges(before, originChangesFor(origins, intent), judgeAs(document, tools));
    if (plan.edits.length === 0) return { instead: () => say(nothingToDo(intent.kind, origins)) };
    const labels = origins.map(originLabel).join(", ");
    return {
      plan,
      heading: titleOf(intent.kind),
      notes: {
        summary: intent.kind === "disable" ? labels : withCertificate(labels, intent.certificate),
        sections: [
          {
            title: vscode.l10n.t("Required actions at the origin"),
            lines: originAdvice(intent.kind, origins, {
              inTemplate: before.template !== undefined,
              proved: (origin) => tools.proofs && provedOrigin(origin, distribution, tools.proofs()),
            }),
          },
        ],
      },
      done: () => {
        const names = origins.map(originName).join(", ");
        const inDraft = vscode.l10n.t(
          "The draft was changed for {0}. CloudFront does not change until you apply the draft.",
          names,
        );
        return before.template === undefined
          ? offerToSend(document, inDraft, doneText(intent.kind, names))
          : say(doneInTemplate(intent.kind, names));
      },
    };
  };
  await previewAndApply(document, offer, (now) => withConfig(now, tools), tools);
}

const originGoneInstead = (): Instead => ({
  instead: () =>
    say(
      vscode.l10n.t(
        "The file has changed: a selected origin no longer exists. Nothing was changed. Run the command again.",
      ),
      "warning",
    ),
});

/** The comparison may show no more than the beginning of an ARN. */
function withCertificate(labels: string, certificate: string): string {
  const { label, description } = certificateLabel(certificate);
  return description === undefined
    ? vscode.l10n.t("{0}: certificate {1}", labels, label)
    : vscode.l10n.t("{0}: certificate {1} ({2})", labels, label, description);
}

function doneText(kind: Kind, names: string): string {
  switch (kind) {
    case "enable":
      return vscode.l10n.t(
        "Origin mTLS is configured in the file for {0}. Next: update the distribution, wait until it is deployed, then configure the origin to require the certificate.",
        names,
      );
    case "change-certificate":
      return vscode.l10n.t(
        "The client certificate is changed in the file for {0}. Next: configure the origin to trust its issuer, then update the distribution.",
        names,
      );
    case "disable":
      return vscode.l10n.t(
        "Origin mTLS is removed from the file for {0}. Next: configure the origin to stop requesting a certificate, then update the distribution.",
        names,
      );
  }
}

function doneInTemplate(kind: Kind, names: string): string {
  switch (kind) {
    case "enable":
      return vscode.l10n.t(
        "Origin mTLS is configured in the template for {0}. Next: deploy the stack, then configure the origin to require the certificate.",
        names,
      );
    case "change-certificate":
      return vscode.l10n.t(
        "The client certificate is changed in the template for {0}. Next: configure the origin to trust its issuer, then deploy the stack.",
        names,
      );
    case "disable":
      return vscode.l10n.t(
        "Origin mTLS is removed from the template for {0}. Next: configure the origin to stop requesting a certificate, then deploy the stack.",
        names,
      );
  }
}

function nothingToDo(kind: Kind, origins: readonly Origin[]): string {
  const names = origins.map(originName).join(", ");
  if (kind === "disable") return vscode.l10n.t("mTLS is already off for {0}. Nothing to change.", names);
  const [first, ...others] = origins;
  if (others.length > 0)
    return vscode.l10n.t("These origins already have this client certificate: {0}. Nothing to change.", names);
  return first === undefined || originOwnName(first) === undefined
    ? vscode.l10n.t("The origin already has this client certificate. Nothing to change.")
    : vscode.l10n.t("{0} already has this client certificate. Nothing to change.", names);
}

function isTarget(argument: unknown): argument is OriginTarget {
  return isConfigTarget(argument) && "index" in argument && typeof argument.index === "number";
}

/** One of the configs of a document, by its place among them. */
export function distributionAt(facts: Facts | undefined, place: number | undefined): Distribution | undefined {
  return configAt(facts, place)?.distribution;
}

export function configAt(facts: Facts | undefined, place: number | undefined): Config | undefined {
  return place === undefined ? undefined : subjectsOf(facts, "distribution")[place];
}
