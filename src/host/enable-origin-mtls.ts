import * as vscode from "vscode";
import { parseArn } from "../core/arn.ts";
import type { Distribution, Origin } from "../core/cloudfront/distribution.ts";
import { certificatesOf, changesFor, type Intent, type Unfit, unfitFor } from "../core/cloudfront/intent.ts";
import { arnOf } from "../core/cloudfront/origin-mtls.ts";
import { maskSecrets } from "../core/cloudfront/secrets.ts";
import { renderChanges } from "../core/document/change.ts";
import { numberOf, stringOf, valueOf } from "../core/document/tree.ts";
import type { Facts } from "../core/facts.ts";
import { read } from "../core/read.ts";
import { checkCertificate } from "../core/rules/index.ts";
import type { Problem } from "../core/rules/rule.ts";
import { applyEdits } from "../core/text.ts";
import type { CommandId } from "../manifest.ts";
import { positionsOf, toTextEdits } from "./convert.ts";
import type { Checked, Documents } from "./documents.ts";
import type { Log } from "./log.ts";
import { editInEditor, sayNotTaken } from "./edit.ts";
import type { Preview, Previews } from "./preview.ts";
import { contextFor, faultsTo, judge } from "./reader.ts";
import { ask, plain, say } from "./say.ts";

/** An origin of a document, as a code lens names it. */
export interface OriginTarget {
  readonly uri: vscode.Uri;
  readonly index: number;
  readonly id: string | undefined;
}

type Kind = Intent["kind"];

/** What every step needs. */
interface Tools {
  readonly documents: Documents;
  readonly previews: Previews;
  readonly log: Log;
}

/**
 * Enable, disable or change the certificate of origins in an open config: choose, preview, confirm, apply.
 * Left at any step, nothing has changed.
 */
export async function changeOriginMtls(kind: Kind, argument: unknown, tools: Tools): Promise<void> {
  const target = isTarget(argument) ? argument : undefined;
  const document = await documentFor(target?.uri ?? argument);
  const checked = document === undefined ? undefined : await usable(document, tools.documents);
  if (checked === undefined) return;
  const origins = await chooseOrigins(kind, checked, target);
  if (origins === undefined) return;
  const intent = await completeIntent(kind, checked.document, tools);
  if (intent === undefined) return;
  await previewAndApply(intent, checked.document, origins, tools);
}

// --- the document

async function documentFor(argument: unknown): Promise<vscode.TextDocument | undefined> {
  if (argument instanceof vscode.Uri) return vscode.workspace.openTextDocument(argument);
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) await explainNoConfig(vscode.l10n.t("No file is open."));
  return document;
}

async function usable(document: vscode.TextDocument, documents: Documents): Promise<Checked | undefined> {
  const checked = await documents.current(document);
  const distribution = checked?.facts.config?.distribution;
  if (checked === undefined || distribution === undefined) {
    await explainNoConfig(vscode.l10n.t("{0} holds no CloudFront distribution config.", vscode.workspace.asRelativePath(document.uri)));
    return undefined;
  }
  const [problem] = checked.facts.tree.problems;
  if (problem === undefined) return checked;
  const position = document.positionAt(problem.start);
  const go = vscode.l10n.t("Go to Line {0}", position.line + 1);
  const answer = await ask(vscode.l10n.t("Fix the JSON error on line {0} first, then run the command again.", position.line + 1), [go], "error");
  if (answer === go) await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
  return undefined;
}

async function explainNoConfig(what: string): Promise<void> {
  const copy = vscode.l10n.t("Copy Command");
  const answer = await ask(vscode.l10n.t("{0} Open a distribution config: the AWS CLI writes one with get-distribution-config.", what), [copy]);
  if (answer === copy) await vscode.env.clipboard.writeText("aws cloudfront get-distribution-config --id DISTRIBUTION_ID > distribution.json");
}

// --- which origins

/** Names an origin across edits: by its id, or by its place where it has none of its own. */
type OriginKey = string | number;

function keysOf({ origins }: Distribution): OriginKey[] {
  const count = new Map<string | undefined, number>();
  for (const { id } of origins) count.set(id, (count.get(id) ?? 0) + 1);
  return origins.map(({ id }, index) => (id !== undefined && count.get(id) === 1 ? id : index));
}

function originsOf({ facts }: Checked, keys: readonly OriginKey[]): Origin[] {
  const distribution = facts.config?.distribution;
  if (distribution === undefined) return [];
  const all = keysOf(distribution);
  return distribution.origins.filter((_, index) => keys.includes(all[index] ?? -1));
}

interface OriginItem extends vscode.QuickPickItem {
  readonly key?: OriginKey;
  readonly unfit?: boolean;
}

async function chooseOrigins(kind: Kind, checked: Checked, target: OriginTarget | undefined): Promise<OriginKey[] | undefined> {
  const distribution = checked.facts.config?.distribution;
  if (distribution === undefined) return undefined;
  const keys = keysOf(distribution);
  const aimed = target === undefined ? undefined : keys.find((key, index) => (target.id === undefined ? index === target.index : key === target.id)) ?? keys[target.index];
  const candidates = distribution.origins.map((origin, index) => ({ origin, key: keys[index] ?? index, unfit: unfitFor(origin, kind) }));
  const single = aimed === undefined ? (candidates.length === 1 ? candidates[0] : undefined) : candidates.find(({ key }) => key === aimed);
  if (single !== undefined) {
    if (single.unfit === undefined) return [single.key];
    await explainUnfit(single.origin, single.unfit, checked.document);
    return undefined;
  }
  const fit = candidates.filter(({ unfit }) => unfit === undefined);
  if (fit.length === 0) {
    const reasons = candidates.map(({ origin, unfit }) => `${nameOf(origin)}: ${unfit === undefined ? "" : reason(unfit)}`).join(" ");
    await say(candidates.length === 0 ? vscode.l10n.t("The config has no origins yet.") : vscode.l10n.t("No origin can be changed. {0}", reasons));
    return undefined;
  }
  return askForOrigins(kind, candidates);
}

async function askForOrigins(kind: Kind, candidates: readonly { origin: Origin; key: OriginKey; unfit: Unfit | undefined }[]): Promise<OriginKey[] | undefined> {
  const toItem = ({ origin, key, unfit }: (typeof candidates)[number]): OriginItem => ({
    label: nameOf(origin),
    description: stringOf(origin.domainName) ?? "",
    ...(unfit === undefined ? (origin.mtls === "on" ? { detail: vscode.l10n.t("mTLS is on") } : {}) : { detail: `$(circle-slash) ${reason(unfit)}` }),
    key,
    unfit: unfit !== undefined,
  });
  const fit = candidates.filter(({ unfit }) => unfit === undefined).map(toItem);
  const unfit = candidates.filter((candidate) => candidate.unfit !== undefined).map(toItem);
  const separator: OriginItem = { label: vscode.l10n.t("cannot be chosen"), kind: vscode.QuickPickItemKind.Separator };
  const pick = vscode.window.createQuickPick<OriginItem>();
  pick.title = titleOf(kind);
  pick.step = 1;
  pick.totalSteps = stepsOf(kind);
  pick.placeholder = vscode.l10n.t("Choose the origins");
  pick.matchOnDescription = true;
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.items = unfit.length === 0 ? fit : [...fit, separator, ...unfit];
  pick.selectedItems = fit.length === 1 ? fit : [];
  pick.onDidChangeSelection((selected) => {
    if (selected.some((item) => item.unfit === true)) pick.selectedItems = selected.filter((item) => item.unfit !== true);
  });
  const accepted = await shown(pick, () => pick.selectedItems.length > 0);
  return accepted ? pick.selectedItems.flatMap(({ key }) => key ?? []) : undefined;
}

async function explainUnfit(origin: Origin, unfit: Unfit, document: vscode.TextDocument): Promise<void> {
  const block = origin.blocks[0]?.member.keySpan;
  const message = `${nameOf(origin)}: ${reason(unfit)}`;
  if (block === undefined) {
    await say(message);
    return;
  }
  const range = positionsOf(document).range(block);
  const go = vscode.l10n.t("Show");
  if ((await ask(message, [go])) === go) await vscode.window.showTextDocument(document, { selection: range });
}

function reason(unfit: Unfit): string {
  switch (unfit) {
    case "s3":
      return vscode.l10n.t("S3 origins have no origin mTLS; use an origin access control.");
    case "vpc":
      return vscode.l10n.t("VPC origins have no origin mTLS.");
    case "s3-website":
      return vscode.l10n.t("An S3 website endpoint speaks plain HTTP only.");
    case "execute-api":
      return vscode.l10n.t("The default endpoint of an API never asks for a client certificate; use a custom domain.");
    case "lambda-url":
      return vscode.l10n.t("A Lambda function URL never asks for a client certificate.");
    case "no-custom-origin-config":
      return vscode.l10n.t("It has no CustomOriginConfig.");
    case "unclear-blocks":
      return vscode.l10n.t("Its mTLS block is not written as CloudFront reads it. Fix that first, with the light bulb.");
    case "already-off":
      return vscode.l10n.t("mTLS is off already.");
    case "not-on":
      return vscode.l10n.t("mTLS is off: enable it instead.");
  }
}

function nameOf(origin: Origin): string {
  return origin.id ?? stringOf(origin.domainName) ?? vscode.l10n.t("the origin");
}

// --- which certificate

async function completeIntent(kind: Kind, document: vscode.TextDocument, tools: Tools): Promise<Intent | undefined> {
  if (kind === "disable") return { kind };
  const certificate = await chooseCertificate(kind, document, tools);
  return certificate === undefined ? undefined : { kind, certificate };
}

type CertificateItem = vscode.QuickPickItem & { readonly certificate?: string };

async function chooseCertificate(kind: "enable" | "change-certificate", document: vscode.TextDocument, tools: Tools): Promise<string | undefined> {
  const distribution = (await tools.documents.current(document))?.facts.config?.distribution;
  if (distribution === undefined) return undefined;
  const known = certificatesOf(distribution);
  if (known.length > 0) {
    const typed: CertificateItem = { label: vscode.l10n.t("$(edit) Enter another ARN…") };
    const items = known.map((certificate): CertificateItem => {
      const [finding] = judgeCertificate(certificate, distribution, document, tools.log);
      const users = distribution.origins.filter(({ blocks }) => blocks.some((block) => arnOf(block) === certificate)).map(nameOf);
      return { ...certificateLabel(certificate), certificate, detail: finding === undefined ? vscode.l10n.t("in this config for {0}", users.join(", ")) : `$(${finding.severity}) ${finding.message}` };
    });
    const pick = vscode.window.createQuickPick<CertificateItem>();
    pick.title = titleOf(kind);
    pick.step = 2;
    pick.totalSteps = stepsOf(kind);
    pick.placeholder = vscode.l10n.t("Choose a client certificate of this config, or enter another one");
    pick.matchOnDescription = true;
    pick.ignoreFocusOut = true;
    pick.items = [...items, { label: "", kind: vscode.QuickPickItemKind.Separator }, typed];
    if (!(await shown(pick, () => pick.selectedItems.length > 0))) return undefined;
    const certificate = pick.selectedItems[0]?.certificate;
    if (certificate !== undefined) return certificate;
  }
  return askForCertificate(kind, distribution, document, tools);
}

/** An ARN is wider than a pick, and what tells two apart is its end: that comes first. */
function certificateLabel(certificate: string): { label: string; description?: string } {
  const arn = parseArn(certificate);
  if (arn === undefined) return { label: certificate };
  return { label: arn.resource.replace(/^certificate\//, ""), description: [arn.region, arn.account].filter((part) => part !== "").join(" · ") };
}

async function askForCertificate(kind: "enable" | "change-certificate", distribution: Distribution, document: vscode.TextDocument, { log }: Tools): Promise<string | undefined> {
  const entered = await vscode.window.showInputBox({
    title: `${titleOf(kind)} (2/${stepsOf(kind)})`,
    prompt: vscode.l10n.t("ARN of the client certificate, in ACM in us-east-1"),
    placeHolder: "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
    ignoreFocusOut: true,
    validateInput: (value) => {
      const [finding] = judgeCertificate(value.trim(), distribution, document, log);
      if (finding === undefined) return undefined;
      const severity = finding.severity === "error" ? vscode.InputBoxValidationSeverity.Error : vscode.InputBoxValidationSeverity.Warning;
      return { message: plain(finding.message), severity };
    },
  });
  return entered?.trim();
}

/** There is one set of rules: what they would say in the document is said here. */
function judgeCertificate(certificate: string, distribution: Distribution, document: vscode.TextDocument, log: Log): Problem[] {
  return checkCertificate(certificate, distribution, contextFor(document.uri), faultsTo(log));
}

// --- preview, confirm, apply

interface Plan {
  readonly edits: vscode.TextEdit[];
  readonly before: Facts;
  readonly after: Facts;
  /** The problems that the change brings. */
  readonly introduced: readonly Problem[];
  readonly origins: readonly Origin[];
}

/** Reads afresh, so that what the documents keep stays theirs. */
function planFor(intent: Intent, { document, facts }: Checked, keys: readonly OriginKey[], log: Log): Plan | undefined {
  const source = { syntax: facts.tree.syntax, name: facts.name, encoding: facts.encoding };
  const before = read({ ...source, text: facts.tree.text });
  const distribution = before.config?.distribution;
  if (distribution === undefined) return undefined;
  const all = keysOf(distribution);
  const origins = distribution.origins.filter((_, index) => keys.includes(all[index] ?? -1));
  const edits = renderChanges(before.tree, changesFor(origins, intent));
  const after = read({ ...source, text: applyEdits(before.tree.text, edits) });
  const known = new Set(judge(document.uri, before, log).map(identity));
  const introduced = judge(document.uri, after, log).filter((problem) => !known.has(identity(problem)));
  return { edits: toTextEdits(edits, positionsOf(document)), before, after, introduced, origins };
}

function identity({ rule, origin, message }: Problem): string {
  return JSON.stringify([rule.id, origin, message]);
}

async function previewAndApply(intent: Intent, document: vscode.TextDocument, keys: readonly OriginKey[], tools: Tools): Promise<void> {
  for (;;) {
    const checked = await usable(document, tools.documents);
    if (checked === undefined) return;
    if (originsOf(checked, keys).length < keys.length) {
      await say(vscode.l10n.t("The file changed meanwhile: a chosen origin is not there any more. Nothing was changed; run the command again."), "warning");
      return;
    }
    const { version } = checked;
    const plan = planFor(intent, checked, keys, tools.log);
    if (plan === undefined) return;
    if (plan.edits.length === 0) {
      await say(nothingToDo(intent.kind, plan.origins));
      return;
    }
    const preview = await showPreview(intent, document, plan, tools.previews);
    const confirmed = await confirm(intent, document, plan).finally(preview.close);
    if (!confirmed) return;
    const editor = await vscode.window.showTextDocument(document);
    const taken = document.version === version && (await editInEditor(editor, plan.edits));
    if (!taken && document.version === version) return sayNotTaken(document);
    if (!taken) {
      void say(vscode.l10n.t("The file changed while the preview was open. Here is what would change now."));
      continue;
    }
    await sayWhatIsNext(intent, document, plan.origins);
    return;
  }
}

function showPreview(intent: Intent, document: vscode.TextDocument, { before, after }: Plan, previews: Previews): Promise<Preview> {
  return previews.show(`${titleOf(intent.kind)}: ${vscode.workspace.asRelativePath(document.uri)}`, document.uri.path, maskSecrets(before.tree), maskSecrets(after.tree));
}

type ConfirmItem = vscode.QuickPickItem & { readonly answer?: boolean };

async function confirm(intent: Intent, document: vscode.TextDocument, plan: Plan): Promise<boolean> {
  const pick = vscode.window.createQuickPick<ConfirmItem>();
  pick.title = titleOf(intent.kind);
  pick.step = stepsOf(intent.kind);
  pick.totalSteps = stepsOf(intent.kind);
  pick.placeholder = vscode.l10n.t("The comparison shows exactly what changes. Apply it?");
  pick.ignoreFocusOut = true;
  pick.items = [
    { label: vscode.l10n.t("$(check) Apply to {0}", vscode.workspace.asRelativePath(document.uri)), description: plan.origins.map(nameOf).join(", "), ...certificateDetail(intent), answer: true },
    { label: vscode.l10n.t("$(close) Cancel"), description: vscode.l10n.t("nothing changes"), answer: false },
    { label: vscode.l10n.t("what the origin must do"), kind: vscode.QuickPickItemKind.Separator },
    ...advice(intent.kind, plan),
    ...(plan.introduced.length === 0 ? [] : [{ label: vscode.l10n.t("found in the config after the change"), kind: vscode.QuickPickItemKind.Separator }]),
    ...plan.introduced.map(({ rule, message, severity }) => ({ label: `$(${severity}) ${rule.id}`, detail: message })),
  ];
  return (await shown(pick, () => pick.selectedItems[0]?.answer !== undefined)) && pick.selectedItems[0]?.answer === true;
}

/** The comparison may show no more than the beginning of an ARN. */
function certificateDetail(intent: Intent): { detail?: string } {
  if (intent.kind === "disable") return {};
  const { label, description } = certificateLabel(intent.certificate);
  return { detail: [vscode.l10n.t("certificate {0}", label), ...(description === undefined ? [] : [description])].join(" · ") };
}

/** What has to be done outside this file, and in which order; each line short enough for a pick. */
function advice(kind: Kind, { origins }: Plan): { label: string; detail?: string }[] {
  switch (kind) {
    case "disable":
      return [
        { label: vscode.l10n.t("$(list-ordered) 1. Let the origin stop asking for a client certificate"), detail: vscode.l10n.t("If the origin still asks for one, CloudFront drops the requests.") },
        { label: vscode.l10n.t("$(list-ordered) 2. Then update the distribution") },
        { label: vscode.l10n.t("$(shield) After this, anyone who can reach the origin can call it"), detail: vscode.l10n.t("Unless something else protects it.") },
      ];
    case "change-certificate":
      return [
        { label: vscode.l10n.t("$(list-ordered) 1. Let the origin trust the issuer of the new certificate as well"), detail: vscode.l10n.t("And keep trusting the old one until the update is deployed.") },
        { label: vscode.l10n.t("$(list-ordered) 2. Then update the distribution") },
      ];
    case "enable": {
      const before = origins.filter(({ custom }) => stringOf(valueOf(custom, "OriginProtocolPolicy")) !== "https-only");
      const ports = [...new Set(before.map(({ custom }) => numberOf(valueOf(custom, "HTTPSPort")) ?? 443))].join(", ");
      const https = { label: vscode.l10n.t("$(lock) The origin must answer HTTPS on port {0}", ports), detail: vscode.l10n.t("OriginProtocolPolicy becomes https-only; a public CA must have issued its certificate.") };
      return [
        { label: vscode.l10n.t("$(list-ordered) 1. Update the distribution and wait until it is deployed") },
        { label: vscode.l10n.t("$(list-ordered) 2. Then let the origin require the certificate"), detail: vscode.l10n.t("The other way round, the origin refuses CloudFront in between.") },
        { label: vscode.l10n.t("$(shield) The origin must require a client certificate"), detail: vscode.l10n.t("CloudFront presents one only when asked: until then nothing is protected.") },
        ...(before.length === 0 ? [] : [https]),
      ];
    }
  }
}

async function sayWhatIsNext(intent: Intent, document: vscode.TextDocument, origins: readonly Origin[]): Promise<void> {
  const names = origins.map(nameOf).join(", ");
  const copy = vscode.l10n.t("Copy aws Command");
  const answer = await ask(doneText(intent.kind, names), [copy]);
  if (answer === copy) await vscode.commands.executeCommand("mtls.copyUpdateCommand" satisfies CommandId, document.uri);
}

function doneText(kind: Kind, names: string): string {
  switch (kind) {
    case "enable":
      return vscode.l10n.t("Origin mTLS is in the file for {0}. Next: update the distribution, wait until it is deployed, then let the origin require the certificate.", names);
    case "change-certificate":
      return vscode.l10n.t("The client certificate is changed in the file for {0}. Next: let the origin trust its issuer, then update the distribution.", names);
    case "disable":
      return vscode.l10n.t("Origin mTLS is out of the file for {0}. Let the origin stop asking for a certificate before you update the distribution.", names);
  }
}

function nothingToDo(kind: Kind, origins: readonly Origin[]): string {
  const names = origins.map(nameOf).join(", ");
  return kind === "disable" ? vscode.l10n.t("Nothing to change: mTLS is off for {0}.", names) : vscode.l10n.t("Nothing to change: {0} has this certificate already, over HTTPS only.", names);
}

function titleOf(kind: Kind): string {
  switch (kind) {
    case "enable":
      return vscode.l10n.t("Enable Origin mTLS");
    case "disable":
      return vscode.l10n.t("Disable Origin mTLS");
    case "change-certificate":
      return vscode.l10n.t("Change Client Certificate");
  }
}

function stepsOf(kind: Kind): number {
  return kind === "disable" ? 2 : 3;
}

/** Shows a pick until it is accepted with something acceptable, or left. */
function shown<Item extends vscode.QuickPickItem>(pick: vscode.QuickPick<Item>, acceptable: () => boolean): Promise<boolean> {
  return new Promise<boolean>((resolve) => {
    pick.onDidAccept(() => {
      if (!acceptable()) return;
      resolve(true);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(false);
      pick.dispose();
    });
    pick.show();
  });
}

function isTarget(argument: unknown): argument is OriginTarget {
  return typeof argument === "object" && argument !== null && "uri" in argument && argument.uri instanceof vscode.Uri && "index" in argument && typeof argument.index === "number";
}
