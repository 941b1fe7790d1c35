import * as vscode from "vscode";
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
  viewerUnfitFor,
} from "../../core/cloudfront/viewer-intent.ts";
import type { ViewerMode } from "../../core/cloudfront/viewer-mtls.ts";
import { explainModes, whoIsRefused } from "../../core/messages/explain/cloudfront.ts";
import { messageOf } from "../../core/messages/tell.ts";
import { read } from "../../core/read.ts";
import { check } from "../../core/rules/check.ts";
import type { Problem } from "../../core/rules/rule.ts";
import { masked } from "../../core/secrets.ts";
import { type CommandId, draftScheme } from "../../manifest.ts";
import { contextFor, faultsTo } from "../documents/reader.ts";
import { positionsOf } from "../editor/convert.ts";
import { shown } from "../editor/pick.ts";
import type { Previews } from "../editor/preview.ts";
import { ask, plain, say } from "../editor/say.ts";
import { freshly, planChange, previewAndApply } from "./change-in-editor.ts";
import { chooseConfig, isConfigTarget } from "./config-picker.ts";
import { distributionAt, documentFor, usable } from "./enable-origin-mtls.ts";
import type { PickerTools } from "./origin-picker.ts";

export type ViewerKind = ViewerIntent["kind"];

interface Tools extends PickerTools {
  readonly previews: Previews;
}

/**
 * Enable, change or disable viewer mTLS in an open config: choose, preview, confirm, apply.
 * Left at any step, nothing has changed.
 */
export async function changeViewerMtls(kind: ViewerKind, argument: unknown, tools: Tools): Promise<void> {
  const target = isConfigTarget(argument) ? argument : undefined;
  const document = await documentFor(target?.uri ?? argument, tools);
  const checked = document === undefined ? undefined : await usable(document, tools);
  const place = target?.config ?? (checked === undefined ? undefined : await chooseConfig(checked, titleOf(kind)));
  const distribution = distributionAt(checked?.facts, place);
  if (checked === undefined || place === undefined || distribution === undefined) return;
  const unfit = viewerUnfitFor(distribution, kind);
  if (unfit !== undefined) return explainUnfit(unfit, distribution, checked.document);
  const intent =
    kind === "disable" ? ({ kind } as const) : await chooseIntent(distribution, checked.document.uri, tools);
  if (intent === undefined) return;
  await previewChange(intent, { document: checked.document, place }, tools);
}

async function explainUnfit(
  unfit: ViewerUnfit,
  distribution: Distribution,
  document: vscode.TextDocument,
): Promise<void> {
  const at = distribution.viewerMtls?.at;
  if (unfit !== "unclear-blocks" || at === undefined) {
    await say(unfitReason(unfit));
    return;
  }
  const go = vscode.l10n.t("Show");
  if ((await ask(unfitReason(unfit), [go])) === go)
    await vscode.window.showTextDocument(document, { selection: positionsOf(document).range(at) });
}

function unfitReason(unfit: ViewerUnfit): string {
  switch (unfit) {
    case "part":
      return vscode.l10n.t(
        "This is a part of a distribution config. Viewer mTLS is set for the whole distribution: open its whole config.",
      );
    case "unclear-blocks":
      return vscode.l10n.t(
        "The block of viewer mTLS is not written as CloudFront reads it. Correct that first; the light bulb helps where it can.",
      );
    case "already-off":
      return vscode.l10n.t("Viewer mTLS is off already.");
  }
}

// --- the choices

/** How many steps there are, the last of them the question whether to apply it. */
function stepsFor(distribution: Distribution, mode: ViewerMode): number {
  return 2 + (mode === "passthrough" ? 0 : 1) + (plainHttpBehaviors(distribution).length === 0 ? 0 : 1);
}

async function chooseIntent(
  distribution: Distribution,
  uri: vscode.Uri,
  tools: Tools,
): Promise<ViewerIntent | undefined> {
  const mode = await chooseMode(distribution);
  if (mode === undefined) return undefined;
  const trustStore = mode === "passthrough" ? undefined : await askForTrustStore(distribution, mode, uri, tools);
  if (mode !== "passthrough" && trustStore === undefined) return undefined;
  const http = await chooseHttpAnswer(distribution, mode);
  return http === undefined ? undefined : { kind: "enable", mode, trustStore, http };
}

type ModeItem = vscode.QuickPickItem & { readonly mode: ViewerMode };

async function chooseMode(distribution: Distribution): Promise<ViewerMode | undefined> {
  const now = distribution.viewerMtls?.on === true ? distribution.viewerMtls.says : undefined;
  const toItem = (mode: ViewerMode, icon: string): ModeItem => ({
    mode,
    label: `$(${icon}) ${mode}`,
    description: [...(mode === now ? [vscode.l10n.t("now")] : []), since(mode)].join(" · "),
    detail: consequence(mode),
  });
  const pick = vscode.window.createQuickPick<ModeItem>();
  pick.title = titleOf("enable");
  pick.step = 1;
  pick.totalSteps = stepsFor(distribution, "optional");
  pick.placeholder = vscode.l10n.t("Who may connect to this distribution?");
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  // The one that cuts nobody off comes first.
  pick.items = [toItem("optional", "unlock"), toItem("required", "lock"), toItem("passthrough", "arrow-right")];
  return (await shown(pick, () => pick.selectedItems.length > 0)) ? pick.selectedItems[0]?.mode : undefined;
}

/** What becomes of clients, in a sentence that is not wider than a pick. */
function consequence(mode: ViewerMode): string {
  switch (mode) {
    case "optional":
      return vscode.l10n.t("Nobody without a certificate is cut off. An invalid one is refused.");
    case "required":
      return vscode.l10n.t("Every client without a certificate of this trust store is refused.");
    case "passthrough":
      return vscode.l10n.t("CloudFront refuses nobody: your origin must check each certificate.");
  }
}

/** When that begins, and what else belongs to it: too wide for the same line. */
function since(mode: ViewerMode): string {
  switch (mode) {
    case "optional":
      return vscode.l10n.t("clients get their certificates one by one");
    case "required":
      return vscode.l10n.t("from the moment it is deployed");
    case "passthrough":
      return vscode.l10n.t("no trust store, nothing is cached");
  }
}

async function askForTrustStore(
  distribution: Distribution,
  mode: ViewerMode,
  uri: vscode.Uri,
  tools: Tools,
): Promise<string | undefined> {
  const entered = await vscode.window.showInputBox({
    title: `${titleOf("enable")} (2/${stepsFor(distribution, mode)})`,
    prompt: vscode.l10n.t("Id of the CloudFront trust store that holds the CA certificates of your clients"),
    placeHolder: vscode.l10n.t("the Id that aws cloudfront list-trust-stores shows"),
    value: trustStoreOf(distribution) ?? "",
    ignoreFocusOut: true,
    validateInput: (value) => {
      const [finding] = judgeTrustStore(value.trim(), mode, uri, tools);
      if (finding === undefined) return undefined;
      const severity =
        finding.severity === "error"
          ? vscode.InputBoxValidationSeverity.Error
          : vscode.InputBoxValidationSeverity.Warning;
      return { message: plain(messageOf(finding)), severity };
    },
  });
  return entered?.trim();
}

/**
 * There is one set of rules: what they would say in the document is said here. The user asks for it: no setting hides
 * it.
 */
function judgeTrustStore(trustStore: string, mode: ViewerMode, uri: vscode.Uri, { log }: Tools): Problem[] {
  const text = JSON.stringify({ ViewerMtlsConfig: { Mode: mode, TrustStoreConfig: { TrustStoreId: trustStore } } });
  const context = contextFor(uri);
  return check(
    read({ text, syntax: "json", name: "" }),
    { ...context, settings: { ...context.settings, severities: {} } },
    faultsTo(log),
  ).filter(({ rule }) => rule.id === "viewer-mtls/trust-store-id");
}

type HttpItem = vscode.QuickPickItem & { readonly answer: HttpAnswer };

async function chooseHttpAnswer(distribution: Distribution, mode: ViewerMode): Promise<HttpAnswer | undefined> {
  const behaviors = plainHttpBehaviors(distribution);
  if (behaviors.length === 0) return "redirect-to-https";
  const pick = vscode.window.createQuickPick<HttpItem>();
  pick.title = titleOf("enable");
  pick.totalSteps = stepsFor(distribution, mode);
  pick.step = pick.totalSteps - 1;
  pick.placeholder = vscode.l10n.t("What becomes of plain HTTP, now taken by {0}?", namesOf(behaviors));
  pick.ignoreFocusOut = true;
  pick.items = [
    {
      answer: "redirect-to-https",
      label: "redirect-to-https",
      detail: vscode.l10n.t("Who comes by HTTP is sent on to HTTPS. Clients that do not follow redirects are cut off."),
    },
    { answer: "https-only", label: "https-only", detail: vscode.l10n.t("Who comes by HTTP is refused.") },
  ];
  return (await shown(pick, () => pick.selectedItems.length > 0)) ? pick.selectedItems[0]?.answer : undefined;
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
  { document, place }: { readonly document: vscode.TextDocument; readonly place: number },
  tools: Tools,
): Promise<void> {
  await previewAndApply(document, async () => {
    const checked = await usable(document, tools);
    const before = checked === undefined ? undefined : freshly(checked);
    const distribution = distributionAt(before, place);
    if (before === undefined || distribution === undefined) return undefined;
    // While it was chosen, somebody may have edited.
    const unfit = viewerUnfitFor(distribution, intent.kind);
    if (unfit !== undefined) {
      await explainUnfit(unfit, distribution, document);
      return undefined;
    }
    const { edits, after, introduced } = planChange(document, before, viewerChangesFor(distribution, intent), tools);
    if (edits.length === 0) {
      await say(vscode.l10n.t("Nothing to change: viewer mTLS is set like this already."));
      return undefined;
    }
    const title = titleOf(intent.kind);
    return {
      edits,
      show: () =>
        tools.previews.show(
          `${title}: ${vscode.workspace.asRelativePath(document.uri)}`,
          document.uri.path,
          masked(before.tree).text,
          masked(after.tree).text,
        ),
      question: {
        title,
        steps: intent.kind === "disable" ? 1 : stepsFor(distribution, intent.mode),
        ...summary(intent),
        sections: [
          { title: vscode.l10n.t("who may connect"), items: advice(intent) },
          { title: vscode.l10n.t("what else changes"), items: besides(intent, distribution) },
        ],
        introduced,
      },
      done: () => sayWhatIsNext(intent, document),
    };
  });
}

function summary(intent: ViewerIntent): { description?: string } {
  if (intent.kind === "disable") return {};
  return {
    description:
      intent.trustStore === undefined
        ? intent.mode
        : vscode.l10n.t("{0}, trust store {1}", intent.mode, intent.trustStore),
  };
}

function advice(intent: ViewerIntent): vscode.QuickPickItem[] {
  if (intent.kind === "disable") {
    return [
      {
        label: vscode.l10n.t("$(unlock) After this, anyone can call the distribution without a certificate"),
        detail: vscode.l10n.t(
          "Unless something else protects it. The headers about the viewer's certificate no longer reach the origin.",
        ),
      },
    ];
  }
  const more = explainModes(intent.mode).text.map((label): vscode.QuickPickItem => ({ label: `$(info) ${label}` }));
  const refused: vscode.QuickPickItem = {
    label: `$(shield) ${consequence(intent.mode)}`,
    ...(intent.mode === "required" ? { detail: vscode.l10n.t("From the moment it is deployed.") } : {}),
  };
  if (intent.mode === "passthrough") return [{ label: `$(shield) ${whoIsRefused(intent.mode)}` }, ...more];
  if (intent.mode === "optional") return [refused, ...more];
  return [
    refused,
    {
      label: vscode.l10n.t("$(list-ordered) Begin with optional while clients still get their certificates"),
      detail: vscode.l10n.t("Then nobody is cut off, and the origin sees who has one already."),
    },
    ...more,
  ];
}

function besides(intent: ViewerIntent, distribution: Distribution): vscode.QuickPickItem[] {
  if (intent.kind === "disable") return [];
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
            label: vscode.l10n.t("$(lock) No plain HTTP any more for {0}", namesOf(plainHttp)),
            detail: vscode.l10n.t("ViewerProtocolPolicy becomes {0}.", intent.http),
          },
        ]),
    ...(http3 === undefined
      ? []
      : [
          {
            label: vscode.l10n.t("$(globe) No HTTP/3 any more"),
            detail: vscode.l10n.t("HttpVersion becomes http2: CloudFront does not support viewer mTLS with HTTP/3."),
          },
        ]),
    ...(caching.length === 0
      ? []
      : [
          {
            label: vscode.l10n.t("$(database) Nothing is cached any more for {0}", namesOf(caching)),
            detail: vscode.l10n.t(
              "CachePolicyId becomes the managed policy CachingDisabled, so that the origin sees every certificate.",
            ),
          },
        ]),
  ];
}

async function sayWhatIsNext(intent: ViewerIntent, document: vscode.TextDocument): Promise<void> {
  if (document.uri.scheme === draftScheme) {
    const apply = vscode.l10n.t("Apply to CloudFront…");
    if (
      (await ask(vscode.l10n.t("The draft is changed. CloudFront knows nothing of it until you apply it."), [
        apply,
      ])) === apply
    )
      await vscode.commands.executeCommand("mtls.applyToCloudFront" satisfies CommandId, document.uri);
    return;
  }
  const copy = vscode.l10n.t("Copy aws Command");
  if ((await ask(doneText(intent), [copy])) === copy)
    await vscode.commands.executeCommand("mtls.copyUpdateCommand" satisfies CommandId, document.uri);
}

function doneText(intent: ViewerIntent): string {
  if (intent.kind === "disable")
    return vscode.l10n.t(
      "Viewer mTLS is out of the file. Next: update the distribution; from then on nobody is asked for a certificate.",
    );
  if (intent.mode === "passthrough")
    return vscode.l10n.t(
      "Viewer mTLS is in the file, with passthrough. Next: let the origin check the certificates, then update the distribution.",
    );
  return vscode.l10n.t(
    "Viewer mTLS is in the file, in the mode {0}. Next: see that the trust store is active, then update the distribution.",
    intent.mode,
  );
}

function titleOf(kind: ViewerKind): string {
  return kind === "enable" ? vscode.l10n.t("Enable Viewer mTLS") : vscode.l10n.t("Disable Viewer mTLS");
}
