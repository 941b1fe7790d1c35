import * as vscode from "vscode";
import { askInTurn, type Back, back, type Place, type Question } from "../../account/asking.ts";
import { planChanges, readFreshly } from "../../account/document-plan.ts";
import { decidedByCondition } from "../../account/origin-mtls-words.ts";
import { viewerAdvice, viewerConsequence } from "../../account/viewer-mtls-words.ts";
import type { Config } from "../../core/cloudfront/config.ts";
import type { Behavior, Distribution } from "../../core/cloudfront/distribution.ts";
import {
  cachingBehaviors,
  type HttpAnswer,
  http3Of,
  plainHttpBehaviors,
  trustStoreOf,
  type ViewerIntent,
  type ViewerUnfit,
  viewerChangesFor,
  viewersBeside,
  viewerUnfitFor,
} from "../../core/cloudfront/viewer-intent.ts";
import type { ViewerMode } from "../../core/cloudfront/viewer-mtls.ts";
import { siteOf } from "../../core/dialect/view.ts";
import { memberOf } from "../../core/document/tree.ts";
import { checkTrustStoreId } from "../../core/judging.ts";
import type { Choice } from "../../core/mending.ts";
import { callAt } from "../../core/template/entered.ts";
import type { Checked } from "../documents/documents.ts";
import { contextFor, faultsTo } from "../documents/reader.ts";
import { positionsOf, toValidation } from "../editor/convert.ts";
import type { Instead } from "../editor/file-review.ts";
import { drawable, type Entered, enterText, newPick, preselect, shownAt } from "../editor/pick.ts";
import type { Previews } from "../editor/preview.ts";
import { offerNext, say } from "../editor/say.ts";
import { goneInstead, judgeAs, type Offer, offerToSend, previewAndApply } from "./change-in-editor.ts";
import { askForConfig, type ConfigTarget, configMeant, isConfigTarget, nameInTitle } from "./config-picker.ts";
import { configAt, distributionAt, documentFor, withConfig } from "./enable-origin-mtls.ts";
import { choiceTitle, withTarget } from "./enabling.ts";
import type { PickerTools } from "./origin-picker.ts";

export type ViewerKind = ViewerIntent["kind"];

/** A config whose viewers are meant, and the mode where that is not to be asked. */
export interface ViewerTarget extends ConfigTarget {
  readonly mode?: ViewerMode | undefined;
  /** What is to be chosen, where not all is. */
  readonly what?: Choice;
}

interface Tools extends PickerTools {
  readonly previews: Previews;
}

/**
 * Enable, change or disable viewer mTLS in an open config: choose, preview, confirm, apply.
 * Left at any step, nothing has changed.
 */
export async function changeViewerMtls(kind: ViewerKind, argument: unknown, tools: Tools): Promise<void> {
  const target: ViewerTarget | undefined = isConfigTarget(argument) ? argument : undefined;
  const document = await documentFor(target?.uri ?? argument, tools);
  const checked = document === undefined ? undefined : await withConfig(document, tools);
  if (checked === undefined) return;
  const title = target?.what === undefined ? titleOf(kind) : choiceTitle(target.what);
  const selection = await select(kind, checked, target, title, tools);
  if (selection === undefined) return;
  await previewChange(selection.intent, title, { document: checked.document, place: selection.place }, tools);
}

async function explainUnfit(unfit: ViewerUnfit, config: Config, document: vscode.TextDocument): Promise<void> {
  const at = viewersBeside(config)[0]?.member.keySpan ?? config.distribution.viewerMtls?.at;
  if (unfit !== "unclear-blocks" || at === undefined) {
    await say(unfitReason(unfit));
    return;
  }
  await offerNext(unfitReason(unfit), vscode.l10n.t("Show"), () =>
    vscode.window.showTextDocument(document, { selection: positionsOf(document).range(at) }),
  );
}

function unfitReason(unfit: ViewerUnfit): string {
  switch (unfit) {
    case "part":
      return vscode.l10n.t(
        "This file contains only a part of a distribution configuration. Viewer mTLS applies to the whole distribution. Open the whole configuration.",
      );
    case "unclear-blocks":
      return vscode.l10n.t(
        "CloudFront does not accept the viewer mTLS settings as written. Correct them first. Use the Quick Fix if one is available.",
      );
    case "conditional":
      return decidedByCondition();
    case "already-off":
      return vscode.l10n.t("Viewer mTLS is already off.");
  }
}

// --- the choices

interface Answers {
  /** Which of the configs of the document. */
  readonly place?: number;
  readonly mode?: ViewerMode;
  readonly trustStore?: string;
  readonly http?: HttpAnswer;
}

/** Asks for what is not known yet, forth and back; nothing is changed by it. */
async function select(
  kind: ViewerKind,
  checked: Checked,
  target: ViewerTarget | undefined,
  title: string,
  tools: Tools,
): Promise<{ readonly intent: ViewerIntent; readonly place: number } | undefined> {
  const place = target?.config ?? configMeant(checked);
  const asking: Asking = { checked, titleAt: (at) => withTarget(title, nameInTitle(checked, at)) };
  const questions = [
    whichConfig(kind, place, asking),
    ...(kind === "disable"
      ? []
      : [whichMode(target?.mode, asking), whichTrustStore(asking, tools), whichHttpAnswer(asking)]),
  ];
  const known = {
    ...(place === undefined ? {} : { place }),
    ...(target?.mode === undefined ? {} : { mode: target.mode }),
  };
  const answers = await askInTurn<Answers>(questions, known);
  if (answers === undefined || answers === back || answers.place === undefined) return undefined;
  const { mode, trustStore, http = "redirect-to-https" } = answers;
  if (kind === "disable") return { intent: { kind }, place: answers.place };
  return mode === undefined ? undefined : { intent: { kind, mode, trustStore, http }, place: answers.place };
}

interface Asking {
  readonly checked: Checked;
  /** @param place of the config, once it is known */
  titleAt(place: number | undefined): string;
}

function whichConfig(kind: ViewerKind, known: number | undefined, { checked, titleAt }: Asking): Question<Answers> {
  return {
    isAsked: () => known === undefined,
    ask: async (answers, at) => {
      const place = known ?? (await askForConfig(checked, titleAt(undefined), answers.place, at));
      if (place === undefined || place === back) return place;
      const config = configAt(checked.facts, place);
      const unfit = config === undefined ? undefined : viewerUnfitFor(config, kind);
      if (config !== undefined && unfit !== undefined) await explainUnfit(unfit, config, checked.document);
      return config === undefined || unfit !== undefined ? undefined : { ...answers, place };
    },
  };
}

type ModeItem = vscode.QuickPickItem & { readonly mode: ViewerMode };

function whichMode(known: ViewerMode | undefined, { checked, titleAt }: Asking): Question<Answers> {
  return {
    isAsked: () => known === undefined,
    ask: async (answers, at) => {
      const distribution = distributionAt(checked.facts, answers.place);
      if (known !== undefined || distribution === undefined) return answers;
      const mode = await chooseMode(distribution, titleAt(answers.place), answers.mode, at);
      return mode === undefined || mode === back ? mode : { ...answers, mode };
    },
  };
}

function chooseMode(
  distribution: Distribution,
  title: string,
  chosen: ViewerMode | undefined,
  place: Place,
): Promise<ViewerMode | Back | undefined> {
  const now = distribution.viewerMtls?.on === true ? distribution.viewerMtls.says : undefined;
  const toItem = (mode: ViewerMode, icon: string): ModeItem => ({
    mode,
    label: `$(${icon}) ${mode}`,
    description: [...(mode === now ? [vscode.l10n.t("current")] : []), since(mode)].join(" · "),
    detail: viewerConsequence(mode),
  });
  const pick = newPick<ModeItem>(title, vscode.l10n.t("Select which viewers can connect to this distribution"));
  pick.matchOnDetail = true;
  // The mode that blocks no viewers comes first.
  pick.items = drawable([
    toItem("optional", "unlock"),
    toItem("required", "lock"),
    toItem("passthrough", "arrow-right"),
  ]);
  preselect(pick, ({ mode }) => mode === chosen);
  return shownAt(pick, place, () => pick.selectedItems[0]?.mode);
}

/** When that begins, and what else belongs to it: too wide for the same line. */
function since(mode: ViewerMode): string {
  switch (mode) {
    case "optional":
      return vscode.l10n.t("viewers receive their certificates one by one");
    case "required":
      return vscode.l10n.t("as soon as it is deployed");
    case "passthrough":
      return vscode.l10n.t("no trust store, no caching");
  }
}

function whichTrustStore({ checked, titleAt }: Asking, { log }: Tools): Question<Answers> {
  const entered: Entered = { text: "" };
  let proposedFor: number | undefined;
  return {
    isAsked: ({ mode }) => mode !== "passthrough",
    ask: async (answers, at) => {
      const { place, mode } = answers;
      const distribution = distributionAt(checked.facts, place);
      if (mode === undefined || distribution === undefined) return undefined;
      const { trustStore: _, ...others } = answers;
      if (mode === "passthrough") return others;
      // What was typed for one config is not meant for another one.
      if (proposedFor !== place)
        entered.text = trustStoreOf(distribution) ?? callAt(distribution.viewerMtls?.trustStoreId) ?? "";
      proposedFor = place;
      const trustStore = await enterText(
        {
          title: titleAt(place),
          prompt:
            siteOf(distribution.node) === undefined
              ? vscode.l10n.t(
                  "Enter the ID of the CloudFront trust store that contains the CA certificates of your viewers",
                )
              : vscode.l10n.t(
                  "Enter the ID of the CloudFront trust store, or a reference: !GetAtt and the name of a trust store with .Id",
                ),
          placeHolder: vscode.l10n.t("ID from aws cloudfront list-trust-stores"),
          // There is one set of rules: what they would say in the document is said here.
          validate: (text) =>
            toValidation(
              checkTrustStoreId(text, mode, {
                context: contextFor(checked.document.uri),
                onFault: faultsTo(log),
              })[0],
            ),
        },
        entered,
        at,
      );
      return trustStore === undefined || trustStore === back ? trustStore : { ...answers, trustStore };
    },
  };
}

type HttpItem = vscode.QuickPickItem & { readonly answer: HttpAnswer };

function whichHttpAnswer({ checked, titleAt }: Asking): Question<Answers> {
  const behaviorsAt = (place: number | undefined) => {
    const distribution = distributionAt(checked.facts, place);
    return distribution === undefined ? [] : plainHttpBehaviors(distribution);
  };
  return {
    isAsked: ({ place }) => behaviorsAt(place).length > 0,
    ask: async (answers, at) => {
      const behaviors = behaviorsAt(answers.place);
      if (behaviors.length === 0) return answers;
      const http = await chooseHttpAnswer(behaviors, titleAt(answers.place), answers.http, at);
      return http === undefined || http === back ? http : { ...answers, http };
    },
  };
}

function chooseHttpAnswer(
  behaviors: readonly Behavior[],
  title: string,
  chosen: HttpAnswer | undefined,
  place: Place,
): Promise<HttpAnswer | Back | undefined> {
  const pick = newPick<HttpItem>(
    title,
    vscode.l10n.t("Select how to handle HTTP requests, currently accepted by {0}", namesOf(behaviors)),
  );
  pick.items = drawable([
    {
      answer: "redirect-to-https",
      label: "redirect-to-https",
      detail: vscode.l10n.t(
        "HTTP requests are redirected to HTTPS. Viewers that do not follow redirects can no longer connect.",
      ),
    },
    { answer: "https-only", label: "https-only", detail: vscode.l10n.t("HTTP requests are rejected.") },
  ]);
  preselect(pick, ({ answer }) => answer === chosen);
  return shownAt(pick, place, () => pick.selectedItems[0]?.answer);
}

/** What fits into a line. */
const mostNames = 5;

function namesOf(behaviors: readonly Behavior[]): string {
  const names = behaviors.slice(0, mostNames).map(({ pathPattern }) => pathPattern ?? vscode.l10n.t("Default (*)"));
  return behaviors.length > mostNames
    ? vscode.l10n.t("{0} and {1} more", names.join(", "), behaviors.length - mostNames)
    : names.join(", ");
}

// --- preview, confirm, apply

async function previewChange(
  intent: ViewerIntent,
  title: string,
  { document, place }: { readonly document: vscode.TextDocument; readonly place: number },
  tools: Tools,
): Promise<void> {
  const offer = ({ facts }: Checked): Offer | Instead => {
    const before = readFreshly(facts);
    const config = configAt(before, place);
    if (before === undefined || config === undefined) return goneInstead();
    // The document may have been edited during the selection.
    const unfit = viewerUnfitFor(config, intent.kind);
    if (unfit !== undefined) return { instead: () => explainUnfit(unfit, config, document) };
    const { distribution } = config;
    const plan = planChanges(before, viewerChangesFor(distribution, intent), judgeAs(document, tools));
    if (plan.edits.length === 0)
      return { instead: () => say(vscode.l10n.t("Viewer mTLS already has this configuration. Nothing to change.")) };
    return {
      plan,
      heading: title,
      notes: {
        ...summary(intent),
        sections: [
          { title: vscode.l10n.t("Viewers that can connect"), lines: viewerAdvice(intent) },
          { title: vscode.l10n.t("Other changes"), lines: besides(intent, distribution) },
        ],
      },
      done: () => {
        const inDraft = vscode.l10n.t("The draft was changed. CloudFront does not change until you apply the draft.");
        return before.template === undefined
          ? offerToSend(document, inDraft, doneText(intent))
          : say(doneInTemplate(intent));
      },
    };
  };
  await previewAndApply(document, offer, (now) => withConfig(now, tools), tools);
}

function summary(intent: ViewerIntent): { summary?: string } {
  if (intent.kind === "disable") return {};
  return {
    summary:
      intent.trustStore === undefined
        ? vscode.l10n.t("Mode: {0}", intent.mode)
        : vscode.l10n.t("Mode: {0}, trust store: {1}", intent.mode, intent.trustStore),
  };
}

function besides(intent: ViewerIntent, distribution: Distribution): vscode.QuickPickItem[] {
  if (intent.kind === "disable") {
    const association = memberOf(distribution.node, "ConnectionFunctionAssociation");
    return association === undefined
      ? []
      : [
          {
            label: vscode.l10n.t("$(trash) {0} is removed", association.spelled),
            detail: vscode.l10n.t("A connection function requires viewer mTLS."),
          },
        ];
  }
  const [plainHttp, http3, caching] = [
    plainHttpBehaviors(distribution),
    http3Of(distribution),
    intent.mode === "passthrough" ? cachingBehaviors(distribution) : [],
  ];
  return [
    ...(plainHttp.length === 0
      ? []
      : [
          {
            label: vscode.l10n.t("$(lock) HTTP is no longer accepted for {0}", namesOf(plainHttp)),
            detail: vscode.l10n.t("ViewerProtocolPolicy becomes {0}.", intent.http),
          },
        ]),
    ...(http3 === undefined
      ? []
      : [
          {
            label: vscode.l10n.t("$(globe) HTTP/3 is turned off"),
            detail: vscode.l10n.t("HttpVersion becomes http2. CloudFront does not support viewer mTLS with HTTP/3."),
          },
        ]),
    ...(caching.length === 0
      ? []
      : [
          {
            label: vscode.l10n.t("$(database) Caching is turned off for {0}", namesOf(caching)),
            detail: vscode.l10n.t(
              "CachePolicyId becomes the managed cache policy CachingDisabled, so that the origin sees every certificate.",
            ),
          },
        ]),
  ];
}

function doneText(intent: ViewerIntent): string {
  if (intent.kind === "disable")
    return vscode.l10n.t(
      "Viewer mTLS is removed from the file. Next: update the distribution. From then on, CloudFront requests no viewer certificate.",
    );
  if (intent.mode === "passthrough")
    return vscode.l10n.t(
      "Viewer mTLS is configured in the file in passthrough mode. Next: configure the origin to verify the certificates, then update the distribution.",
    );
  return vscode.l10n.t(
    "Viewer mTLS is configured in the file in {0} mode. Next: make sure that the trust store is active, then update the distribution.",
    intent.mode,
  );
}

function doneInTemplate(intent: ViewerIntent): string {
  if (intent.kind === "disable")
    return vscode.l10n.t(
      "Viewer mTLS is removed from the template. Next: deploy the stack. From then on, CloudFront requests no viewer certificate.",
    );
  if (intent.mode === "passthrough")
    return vscode.l10n.t(
      "Viewer mTLS is configured in the template in passthrough mode. Next: configure the origin to verify the certificates, then deploy the stack.",
    );
  return vscode.l10n.t(
    "Viewer mTLS is configured in the template in {0} mode. Next: make sure that the trust store is active, then deploy the stack.",
    intent.mode,
  );
}

function titleOf(kind: ViewerKind): string {
  return kind === "enable" ? vscode.l10n.t("Enable Viewer mTLS") : vscode.l10n.t("Disable Viewer mTLS");
}
