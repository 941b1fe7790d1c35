import * as vscode from "vscode";
import { parseArn } from "../core/arn.ts";
import type { Distribution, Origin } from "../core/cloudfront/distribution.ts";
import { certificatesOf, type Intent, type Unfit, unfitFor } from "../core/cloudfront/intent.ts";
import { arnOf } from "../core/cloudfront/origin-mtls.ts";
import { stringOf } from "../core/document/tree.ts";
import { configOf } from "../core/facts.ts";
import { checkCertificate } from "../core/rules/index.ts";
import type { Problem } from "../core/rules/rule.ts";
import { positionsOf } from "./convert.ts";
import type { Checked, Documents } from "./documents.ts";
import type { InventorySource } from "./inventory-source.ts";
import type { Log } from "./log.ts";
import { contextFor, faultsTo } from "./reader.ts";
import { ask, plain, say } from "./say.ts";

/** What picking needs. */
export interface PickerTools {
  readonly documents: Documents;
  readonly log: Log;
  /** Of the account that is connected, if any. */
  readonly inventories?: InventorySource;
}

/** An origin of a document, as a code lens names it. */
export interface OriginTarget {
  readonly uri: vscode.Uri;
  readonly index: number;
  readonly id: string | undefined;
}

/** What an intent is, before it is complete. */
export type Kind = Intent["kind"];

/** Names an origin across edits: by its id, or by its place where it has none of its own. */
export type OriginKey = string | number;

function keysOf({ origins }: Distribution): OriginKey[] {
  const count = new Map<string | undefined, number>();
  for (const { id } of origins) count.set(id, (count.get(id) ?? 0) + 1);
  return origins.map(({ id }, index) => (id !== undefined && count.get(id) === 1 ? id : index));
}

export function originsOf(distribution: Distribution, keys: readonly OriginKey[]): Origin[] {
  const all = keysOf(distribution);
  return distribution.origins.filter((_, index) => keys.includes(all[index] ?? -1));
}

/** What fits into a message. */
const mostReasons = 5;

interface OriginItem extends vscode.QuickPickItem {
  readonly key?: OriginKey;
  readonly unfit?: boolean;
}

export async function chooseOrigins(kind: Kind, checked: Checked, target: OriginTarget | undefined): Promise<OriginKey[] | undefined> {
  const distribution = configOf(checked.facts)?.distribution;
  if (distribution === undefined) return undefined;
  const keys = keysOf(distribution);
  // The text may have changed since the lens was drawn: another origin in the same place is not the one that was meant.
  const aimed = target === undefined ? undefined : keys.find((key, index) => key === target.id || (index === target.index && distribution.origins[index]?.id === target.id));
  const candidates = distribution.origins.map((origin, index) => ({ origin, key: keys[index] ?? index, unfit: unfitFor(origin, kind) }));
  const single = aimed === undefined ? (candidates.length === 1 ? candidates[0] : undefined) : candidates.find(({ key }) => key === aimed);
  if (single !== undefined) {
    if (single.unfit === undefined) return [single.key];
    await explainUnfit(single.origin, single.unfit, checked.document);
    return undefined;
  }
  const fit = candidates.filter(({ unfit }) => unfit === undefined);
  if (fit.length === 0) {
    const reasons = candidates.slice(0, mostReasons).map(({ origin, unfit }) => `${nameOf(origin)}: ${unfit === undefined ? "" : reason(unfit)}`);
    if (candidates.length > mostReasons) reasons.push(vscode.l10n.t("And so on, {0} origins in all.", candidates.length));
    await say(candidates.length === 0 ? vscode.l10n.t("The config has no origins yet.") : vscode.l10n.t("No origin can be changed. {0}", reasons.join(" ")));
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
      return vscode.l10n.t("Its mTLS block is not written as CloudFront reads it. Correct that first; the light bulb helps where it can.");
    case "already-off":
      return vscode.l10n.t("mTLS is off already.");
    case "not-on":
      return vscode.l10n.t("mTLS is off: enable it instead.");
  }
}

export function nameOf(origin: Origin): string {
  return origin.id ?? stringOf(origin.domainName) ?? vscode.l10n.t("the origin");
}

// --- which certificate

/** `wrong`: shown with what is wrong, and not to be chosen. */
type CertificateItem = vscode.QuickPickItem & { readonly certificate?: string; readonly wrong?: boolean };

export async function chooseCertificate(kind: "enable" | "change-certificate", document: vscode.TextDocument, tools: PickerTools): Promise<string | undefined> {
  const { documents } = tools;
  const distribution = configOf((await documents.current(document))?.facts)?.distribution;
  if (distribution === undefined) return undefined;
  const known = certificatesOf(distribution);
  if (known.length > 0) {
    const typed: CertificateItem = { label: vscode.l10n.t("$(edit) Enter another ARN…") };
    const items = known.map((certificate): CertificateItem => {
      const [finding] = judgeCertificate(certificate, distribution, document, tools);
      const users = distribution.origins.filter(({ blocks, bareArns }) => blocks.some((block) => arnOf(block) === certificate) || bareArns.some(({ value }) => stringOf(value) === certificate)).map(nameOf);
      return { ...certificateLabel(certificate), certificate, detail: finding === undefined ? vscode.l10n.t("in this config for {0}", users.join(", ")) : `$(${finding.severity}) ${finding.message}`, wrong: finding?.severity === "error" };
    });
    const pick = vscode.window.createQuickPick<CertificateItem>();
    pick.title = titleOf(kind);
    pick.step = 2;
    pick.totalSteps = stepsOf(kind);
    pick.placeholder = vscode.l10n.t("Choose a client certificate of this config, or enter another one");
    pick.matchOnDescription = true;
    pick.ignoreFocusOut = true;
    pick.items = [...items, { label: "", kind: vscode.QuickPickItemKind.Separator }, typed];
    if (!(await shown(pick, () => pick.selectedItems.length > 0 && pick.selectedItems[0]?.wrong !== true))) return undefined;
    const certificate = pick.selectedItems[0]?.certificate;
    if (certificate !== undefined) return certificate;
  }
  return askForCertificate(kind, distribution, document, tools);
}

/** An ARN is wider than a pick, and what tells two apart is its end: that comes first. */
export function certificateLabel(certificate: string): { label: string; description?: string } {
  const arn = parseArn(certificate);
  if (arn === undefined) return { label: certificate };
  return { label: arn.resource.replace(/^certificate\//, ""), description: [arn.region, arn.account].filter((part) => part !== "").join(" · ") };
}

async function askForCertificate(kind: "enable" | "change-certificate", distribution: Distribution, document: vscode.TextDocument, tools: PickerTools): Promise<string | undefined> {
  const entered = await vscode.window.showInputBox({
    title: `${titleOf(kind)} (2/${stepsOf(kind)})`,
    prompt: vscode.l10n.t("ARN of the client certificate, in ACM in us-east-1"),
    placeHolder: "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
    ignoreFocusOut: true,
    validateInput: (value) => {
      const [finding] = judgeCertificate(value.trim(), distribution, document, tools);
      if (finding === undefined) return undefined;
      const severity = finding.severity === "error" ? vscode.InputBoxValidationSeverity.Error : vscode.InputBoxValidationSeverity.Warning;
      return { message: plain(finding.message), severity };
    },
  });
  return entered?.trim();
}

/** There is one set of rules: what they would say in the document is said here. */
function judgeCertificate(certificate: string, distribution: Distribution, document: vscode.TextDocument, { log, inventories }: PickerTools): Problem[] {
  return checkCertificate(certificate, distribution, contextFor(document.uri, { inventories }), faultsTo(log));
}

// --- what pickers share

export function titleOf(kind: Kind): string {
  switch (kind) {
    case "enable":
      return vscode.l10n.t("Enable Origin mTLS");
    case "disable":
      return vscode.l10n.t("Disable Origin mTLS");
    case "change-certificate":
      return vscode.l10n.t("Change Client Certificate");
  }
}

export function stepsOf(kind: Kind): number {
  return kind === "disable" ? 2 : 3;
}

/** Shows a pick until it is accepted with something acceptable, or left. */
export function shown<Item extends vscode.QuickPickItem>(pick: vscode.QuickPick<Item>, acceptable: () => boolean): Promise<boolean> {
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
