import * as vscode from "vscode";
import type { Kind } from "../account/origin-mtls-words.ts";
import type { Role } from "../account/verify/candidates.ts";
import type { Verified } from "../account/verify/verify.ts";
import { configOf, subjectsOf } from "../core/facts.ts";
import type { Suppression } from "../core/judging.ts";
import { fixedAllText, nothingFixedText } from "../core/messages/fixed-all.ts";
import { useOf } from "../core/rules/check.ts";
import type { Problem } from "../core/rules/rule.ts";
import { isTarget } from "../core/truststore/targets.ts";
import type { Bundle } from "../core/x509/bundle/bundle.ts";
import { contextKeys, type DocumentCommandId, diagnosticSource } from "../manifest.ts";
import type { AccountFeatures } from "./account-features.ts";
import { chooseValue } from "./authoring/choose-value.ts";
import { changeMtls } from "./authoring/enable-mtls.ts";
import { changeOriginMtls, isForDocument } from "./authoring/enable-origin-mtls.ts";
import { changeViewerMtls } from "./authoring/enable-viewer-mtls.ts";
import { configExtracted, copyUpdateCommand } from "./authoring/update-command.ts";
import { explainServices, showPurpose } from "./bundles/purpose.ts";
import { setPurpose } from "./bundles/set-purpose.ts";
import { inspectedText } from "./certificates/files.ts";
import { onDidChangeInspected } from "./certificates/inspected.ts";
import { hasSyntaxFault } from "./documents/changeable.ts";
import { WorkspaceCheck } from "./documents/check-workspace.ts";
import { publishDiagnostics } from "./documents/diagnostics.ts";
import type { Documents, Reader } from "./documents/documents.ts";
import { LateInventory, recheckWithAccount } from "./documents/inventory-source.ts";
import { NamedStores } from "./documents/named-stores.ts";
import { createReader, useOutside } from "./documents/reader.ts";
import { Signatures } from "./documents/signatures.ts";
import { editInEditor, sayNotTaken } from "./editor/edit.ts";
import { type Log, logFault } from "./editor/log.ts";
import { closeAbandoned, Previews } from "./editor/preview.ts";
import { keptProofs } from "./editor/proofs.ts";
import { applyReview, discardReview, showReviews } from "./editor/reviews.ts";
import { offerNext, say } from "./editor/say.ts";
import { affectsFindings } from "./editor/settings.ts";
import { createInspector, type Inspector } from "./inspector/inspector.ts";
import { provideCertificateLenses } from "./language/certificate-lenses.ts";
import { provideCodeLenses } from "./language/code-lenses.ts";
import { provideCompletions } from "./language/completions.ts";
import { fixAllForUser } from "./language/fix-all.ts";
import { provideHovers } from "./language/hovers.ts";
import { providePemFolding } from "./language/pem-folding.ts";
import { pemHoverAt } from "./language/pem-hovers.ts";
import { providePemOutline } from "./language/pem-outline.ts";
import { provideQuickFixes } from "./language/quick-fixes.ts";
import { suppressFinding } from "./language/suppress.ts";
import type { DraftFiles } from "./live/drafts/files.ts";

/** Everything that needs core: loaded with the first document of ours, or the first command. */
export interface Features {
  readonly reader: Reader;
  /** In every language in which PEM blocks are explained. */
  readonly provideHover: vscode.HoverProvider["provideHover"];
  readonly inspector: Inspector;
  readonly previews: Previews;
  readonly commands: Record<DocumentCommandId, (...args: readonly unknown[]) => Promise<void>>;
}

/** Loaded when something first needs an account; only asked for in a trusted workspace. */
export interface LateAccount {
  readonly load: () => Promise<AccountFeatures>;
  readonly whenLoaded: Promise<AccountFeatures>;
}

export function createFeatures(
  context: vscode.ExtensionContext,
  documents: Documents,
  drafts: DraftFiles,
  account: LateAccount,
  log: Log,
): Features {
  const inventories = new LateInventory();
  const collection = vscode.languages.createDiagnosticCollection(diagnosticSource);
  const previews = new Previews();
  closeAbandoned()
    // The menus still know of their reviews.
    .then((wereThere) => (wereThere ? showReviews() : undefined))
    .catch((error: unknown) => logFault(log, "abandoned comparisons", error));
  const signatures = new Signatures(log);
  const stores = new NamedStores(log);
  const targetsOf = (uri: vscode.Uri) => stores.targetsOf(uri);
  const check = new WorkspaceCheck(documents, collection, signatures, log, { inventories, targetsOf });
  const tools = { documents, previews, log, inventories, proofs: () => keptProofs(context, log) };
  const bundleTools = { documents, previews, signatures };
  const inspector = createInspector({ ...tools, signatures, extension: context.extensionUri });
  account.whenLoaded
    .then((loaded) => inventories.provide(loaded.account))
    .catch((error: unknown) => logFault(log, "account", error));
  const change = async (kind: Kind, args: readonly unknown[]): Promise<void> => {
    const [argument] = args;
    const onDistribution = async () => (await (await account.load()).loadLive()).change(kind, argument);
    if (isForDocument(args, documents) || !vscode.workspace.isTrusted) return changeOriginMtls(kind, argument, tools);
    const { distributionMeant } = await import("../account/distribution-meant.ts");
    // AWS is asked unasked only by who is connected already.
    if (distributionMeant(argument) !== undefined || inventories.current() !== undefined) return onDistribution();
    return changeOriginMtls(kind, argument, { ...tools, chooseDistribution: onDistribution });
  };
  const verify = async (role: Role, args: readonly unknown[]): Promise<void> => {
    const look = async (argument: unknown, title: string) =>
      (await (await account.load()).loadLive()).look(argument, title);
    const isConnected = () => inventories.current() !== undefined;
    const onVerified = ({ facts, report, settings }: Verified) =>
      keptProofs(context, log).keep(facts, report.verdict, settings);
    const { verifyMtls } = await import("./verify/open.ts");
    return verifyMtls(role, args, { documents, previews, log, isConnected, look, onVerified });
  };
  context.subscriptions.push(
    collection,
    previews,
    check,
    inventories,
    recheckWithAccount(documents, inventories),
    stores,
    stores.onDidChange(() => {
      for (const document of vscode.workspace.textDocuments)
        if (document.languageId === "pem" || documents.last(document)?.facts.kind === "bundle")
          documents.recheckOne(document);
      check.recheck().catch((error: unknown) => logFault(log, "check after configs", error));
    }),
    signatures,
    signatures.follow(documents),
    publishDiagnostics(documents, collection, (uri) => {
      check.changed(uri).catch((error: unknown) => logFault(log, "check after close", error));
    }),
    vscode.workspace.onDidDeleteFiles(({ files }) => {
      check.deleted(files).catch((error: unknown) => logFault(log, "check after delete", error));
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (affectsFindings(event))
        check.recheck().catch((error: unknown) => logFault(log, "check after settings", error));
    }),
    provideQuickFixes(documents, log),
    provideHovers(documents, inventories),
    provideCompletions(documents, inventories),
    provideCodeLenses(documents, keptProofs(context, log)),
    provideCertificateLenses(documents),
    providePemOutline(documents),
    providePemFolding(documents),
    showPurpose(documents, { signatures: signatures.verdicts, targetsOf }, log),
    followActiveEditor(documents),
  );
  return {
    reader: createReader(log, {
      signatures: signatures.verdicts,
      inventories,
      servedMembers: (uri) => drafts.servedIn(uri),
      targetsOf,
    }),
    provideHover: (document, position) => pemHoverAt(document, position, documents, log),
    inspector,
    commands: {
      "mtls.enableOriginMtls": (...args) => change("enable", args),
      "mtls.disableOriginMtls": (...args) => change("disable", args),
      "mtls.changeClientCertificate": (...args) => change("change-certificate", args),
      "mtls.enableMtls": (argument) => changeMtls("enable", argument, tools),
      "mtls.disableMtls": (argument) => changeMtls("disable", argument, tools),
      "mtls.enableViewerMtls": (argument) => changeViewerMtls("enable", argument, tools),
      "mtls.disableViewerMtls": (argument) => changeViewerMtls("disable", argument, tools),
      "mtls.fixAll": () => fixAllInEditor(documents, log),
      "mtls.checkWorkspace": () => check.run(),
      "mtls.copyUpdateCommand": (argument) => copyUpdateCommand(context.workspaceState, documents, argument),
      "mtls.setPurpose": () => setPurpose(documents, targetsOf),
      "mtls.inspectCertificate": inspector.inspect,
      "mtls.inspectClipboard": inspector.inspectClipboard,
      "mtls.compareCertificates": inspector.compare,
      "mtls.checkClient": async (argument) => {
        const chooseAcmCertificate = async (title: string) => (await account.load()).view.chooseCertificate(title);
        return (await import("./inspector/acceptance.ts")).askAcceptance(argument, {
          documents,
          show: inspector.show,
          chooseAcmCertificate,
          useOf: (uri, bundle) => useOf(bundle, useOutside(uri, targetsOf)),
        });
      },
      "mtls.explainFailure": async () =>
        (await import("./inspector/explain-failure.ts")).explainFailure({
          documents,
          previews,
          useOf: (uri, bundle) => useOf(bundle, useOutside(uri, targetsOf)),
        }),
      "mtls.splitForAcm": async (argument) =>
        (await import("./bundles/bundle-commands.ts")).splitFile(argument, bundleTools),
      "mtls.mergeBundles": async (first, selected) =>
        (await import("./bundles/bundle-commands.ts")).mergeFiles(first, selected, bundleTools),
      "mtls.keepTaken": async (argument, target) => {
        const usesOf = (document: vscode.TextDocument, bundle: Bundle) =>
          typeof target === "string" && isTarget(target)
            ? [target]
            : useOf(bundle, useOutside(document.uri, targetsOf)).targets;
        return (await import("./bundles/keep-taken.ts")).keepTaken(argument, usesOf, bundleTools);
      },
      "mtls.explainServices": () => explainServices(documents, { signatures: signatures.verdicts, targetsOf }),
      "mtls.verifyOrigin": (...args) => verify("origin", args),
      "mtls.verifyEndpoint": (...args) => verify("endpoint", args),
      "mtls.suppressFinding": (uri, entry) => suppressFinding(uri as vscode.Uri, entry as Suppression),
      "mtls.chooseValue": (uri, at) => chooseValue(uri, at, tools),
      "mtls.configExtracted": () => configExtracted(context.workspaceState, documents),
      "mtls.applyReview": applyReview,
      "mtls.discardReview": discardReview,
    },
    previews,
  };
}

async function fixAllInEditor(documents: Documents, log: Log): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const checked = editor === undefined ? undefined : await documents.current(editor.document);
  if (editor === undefined || checked === undefined) {
    await say(
      vscode.l10n.t("Open a distribution configuration or a file of certificates first. There is nothing to fix here."),
    );
    return;
  }
  if (await hasSyntaxFault(checked)) return;
  const edits = await fixAllForUser(checked, log);
  if (edits === undefined) return;
  if (edits.length === 0) {
    sayLeft(nothingFixedText(checked.problems), checked.problems, log);
    return;
  }
  if (!(await editInEditor(editor, edits))) {
    await sayNotTaken(editor.document);
    return;
  }
  const { problems } = (await documents.current(editor.document)) ?? checked;
  sayLeft(fixedAllText(checked.problems, problems), problems, log);
}

/** The command is done with that: whoever runs it need not wait until the message is closed. */
function sayLeft(text: string, left: readonly Problem[], log: Log): void {
  const said =
    left.length === 0
      ? say(text)
      : offerNext(text, vscode.l10n.t("Show Problems"), () =>
          vscode.commands.executeCommand("workbench.actions.view.problems"),
        );
  said.catch((error: unknown) => logFault(log, "fix all", error));
}

/** Offers the commands where the active editor holds what they work on. */
function followActiveEditor(documents: Documents): vscode.Disposable {
  const update = () => {
    const document = vscode.window.activeTextEditor?.document;
    const isInspected = document === undefined && inspectedText() !== undefined;
    const facts = document === undefined ? undefined : documents.last(document)?.facts;
    const isPayload = subjectsOf(facts, "domain-names").length > 0 || subjectsOf(facts, "listeners").length > 0;
    void vscode.commands.executeCommand("setContext", contextKeys.isDistributionConfig, configOf(facts) !== undefined);
    void vscode.commands.executeCommand("setContext", contextKeys.isPayload, isPayload);
    const isTemplate = facts?.kind === "config" && facts.template !== undefined;
    void vscode.commands.executeCommand("setContext", contextKeys.isTemplate, isTemplate);
    void vscode.commands.executeCommand(
      "setContext",
      contextKeys.isPemDocument,
      isInspected || facts?.kind === "bundle",
    );
  };
  update();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(update),
    documents.onDidCheck(update),
    // The inspector is no text editor.
    vscode.window.tabGroups.onDidChangeTabs(update),
    vscode.window.tabGroups.onDidChangeTabGroups(update),
    onDidChangeInspected(update),
  );
}
