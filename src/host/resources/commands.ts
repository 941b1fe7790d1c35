import * as vscode from "vscode";
import type { AcmText } from "../../account/acm-text.ts";
import { certificateSortWords } from "../../account/certificate-words.ts";
import { certificatePage, distributionPage } from "../../account/console-links.ts";
import { distributionSortWords } from "../../account/distribution-words.ts";
import { failureLabel, remedyFor } from "../../account/failure-words.ts";
import {
  type CertificateSort,
  certificateSorts,
  type DistributionSort,
  distributionSorts,
} from "../../account/judged.ts";
import type { List } from "../../account/listing.ts";
import type { Asked, ResourcesModel } from "../../account/model.ts";
import { isResource, type Resource } from "../../account/resource.ts";
import type { Row } from "../../account/row.ts";
import { certificateId, certificateName } from "../../core/acm/name.ts";
import { type Failure, isFailure } from "../../core/failure.ts";
import { ask, say } from "../editor/say.ts";
import { isReadOnly } from "../editor/settings.ts";
import type { Account } from "../session/account.ts";
import { selectProfile } from "../session/profile-pick.ts";
import { chooseRegions } from "../session/regions.ts";
import { askForFilter } from "./filter.ts";
import { pickResource } from "./pick.ts";
import { failureOf } from "./rows.ts";
import type { Showing } from "./showing.ts";
import type { ResourcesTools, ResourcesView } from "./tools.ts";
import type { ResourcesTree } from "./tree.ts";

export interface CommandTools extends ResourcesTools {
  readonly model: ResourcesModel;
  readonly tree: ResourcesTree;
  readonly showing: Showing;
  readonly asked: () => Asked;
  readonly regions: () => readonly string[];
  readonly reveal: (resource: Resource) => Promise<void>;
}

export function createResourceCommands(tools: CommandTools): ResourcesView["commands"] {
  const { account, model, showing, regions, reveal } = tools;
  const { session } = account;
  /** Nothing asks AWS for anything in a workspace that is not trusted. */
  const trusted =
    (work: (...args: readonly unknown[]) => Promise<void>) =>
    async (...args: readonly unknown[]): Promise<void> => {
      if (vscode.workspace.isTrusted) await work(...args);
      else await sayNotTrusted();
    };
  return {
    "mtls.selectProfile": trusted(async () => {
      if (await selectProfile(session)) await session.connect();
    }),
    "mtls.refreshResources": trusted(() => account.refresh()),
    "mtls.refreshResource": trusted((argument) => refreshRow(argument, tools)),
    "mtls.cancelLoading": async () => account.cancel(),
    "mtls.loadMore": trusted((argument) => loadMore(argument, tools)),
    "mtls.filterResources": () => askForFilter(showing, model, regions),
    "mtls.clearFilter": async () => {
      showing.filter = "";
    },
    "mtls.sortResources": () => chooseOrder(showing),
    "mtls.selectRegions": () => chooseRegions(account.identity),
    "mtls.copyArn": trusted((argument) =>
      copy(argument, tools, ["certificate", "distribution"], vscode.l10n.t("Copy ARN"), (resource) =>
        arnOf(resource, account),
      ),
    ),
    "mtls.copyId": trusted((argument) =>
      copy(argument, tools, ["certificate", "distribution", "origin"], vscode.l10n.t("Copy Id"), idOf),
    ),
    "mtls.copyDomainName": trusted((argument) =>
      copy(argument, tools, ["certificate", "distribution", "origin"], vscode.l10n.t("Copy Domain Name"), (resource) =>
        domainOf(resource, account),
      ),
    ),
    "mtls.openInConsole": trusted((argument) => openInConsole(argument, tools)),
    "mtls.copyIamPolicy": copyIamPolicy,
    "mtls.goToResource": trusted(async (argument) => {
      const resource =
        leadsTo(argument) ??
        (await pickResource(vscode.l10n.t("Go to Resource"), ["certificate", "distribution"], tools));
      if (resource !== undefined) await reveal(resource);
    }),
    "mtls.mendFailure": (argument) => mend(argument, tools),
    "mtls.inspectAcmCertificate": trusted((argument) => inspect(argument, tools)),
  };
}

function sayNotTrusted(): Promise<void> {
  return say(vscode.l10n.t("AWS is not asked for anything in a workspace that you do not trust."));
}

// --- what is meant

function isRow(value: unknown): value is Row {
  return (
    isResource(value) ||
    (typeof value === "object" &&
      value !== null &&
      "kind" in value &&
      typeof value.kind === "string" &&
      [
        "group",
        "client-certificate",
        "viewer-certificate",
        "user",
        "other-user",
        "placeholder",
        "failure",
        "more",
      ].includes(value.kind))
  );
}

/** Where a row that leads somewhere leads to; a resource leads to itself. */
function leadsTo(value: unknown): Resource | undefined {
  if (isResource(value)) return value;
  if (!isRow(value)) return undefined;
  switch (value.kind) {
    case "client-certificate":
    case "viewer-certificate":
      return { kind: "certificate", arn: value.arn };
    case "user":
      return value.origin === undefined
        ? { kind: "distribution", id: value.distribution }
        : { kind: "origin", distribution: value.distribution, origin: value.origin };
    default:
      return undefined;
  }
}

/** The row that a command was called for, else the one that is selected, else one that is picked. */
async function meant(
  argument: unknown,
  kinds: readonly Resource["kind"][],
  title: string,
  tools: CommandTools,
): Promise<Resource | undefined> {
  const [selected] = tools.view.selection;
  for (const candidate of argument === undefined ? [selected] : [argument]) {
    const resource = leadsTo(candidate);
    if (resource !== undefined && kinds.includes(resource.kind)) return resource;
  }
  return pickResource(title, kinds, tools);
}

function arnOf(resource: Resource, account: Account): string | undefined {
  if (resource.kind === "certificate") return resource.arn;
  return resource.kind === "distribution" ? account.current()?.distributions.get(resource.id)?.arn : undefined;
}

function idOf(resource: Resource): string | undefined {
  switch (resource.kind) {
    case "certificate":
      return certificateId(resource.arn);
    case "distribution":
      return resource.id;
    case "origin":
      return resource.origin;
    default:
      return undefined;
  }
}

function domainOf(resource: Resource, account: Account): string | undefined {
  const inventory = account.current();
  switch (resource.kind) {
    case "certificate":
      return inventory?.certificates.get(resource.arn)?.domainName;
    case "distribution":
      return inventory?.distributions.get(resource.id)?.domainName;
    case "origin":
      return inventory?.distributions.get(resource.distribution)?.origins.find(({ id }) => id === resource.origin)
        ?.domainName;
    default:
      return undefined;
  }
}

async function copy(
  argument: unknown,
  tools: CommandTools,
  kinds: readonly Resource["kind"][],
  title: string,
  textOf: (resource: Resource) => string | undefined,
): Promise<void> {
  const resource = await meant(argument, kinds, title, tools);
  if (resource === undefined) return;
  const text = textOf(resource);
  if (text === undefined) return say(vscode.l10n.t("It has none."));
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Copied: {0}", text.replaceAll("$(", "$\u200b(")), 4_000);
}

// --- loading

async function refreshRow(argument: unknown, tools: CommandTools): Promise<void> {
  const { account, tree } = tools;
  const row = isRow(argument) ? argument : tools.view.selection[0];
  switch (row?.kind) {
    case "certificates":
    case "distributions":
      await account.reload(row);
      return;
    case "failure":
      return retry(row.in, tools);
    case "certificate": {
      const certificate = await account.refreshCertificate(row.arn);
      tree.draw(row);
      return isFailure(certificate) ? sayFailure(certificate) : undefined;
    }
    case "distribution": {
      const distribution = await account.refreshDistribution(row.id);
      return isFailure(distribution) ? sayFailure(distribution) : undefined;
    }
    default:
      return account.refresh();
  }
}

/** Goes on where it failed; after the sign-in went, from the beginning. */
async function retry(list: List | undefined, { account }: CommandTools): Promise<void> {
  if (list === undefined || account.session.state.kind === "failed") return account.refresh();
  await account.whole(list);
}

async function loadMore(argument: unknown, tools: CommandTools): Promise<void> {
  const row = isRow(argument) ? argument : tools.view.selection[0];
  if (row?.kind !== "more" || tools.tree.showMore(row.in) || row.in.kind === "group") return;
  await tools.account.whole(row.in);
}

async function sayFailure(failure: Failure): Promise<void> {
  if (failure.failure !== "cancelled")
    await say(vscode.l10n.t("{0}: {1}", failureLabel(failure), failure.message), "warning");
}

/** Does what helps: of the list whose failure a row tells, or of the session. */
async function mend(argument: unknown, tools: CommandTools): Promise<void> {
  const { session } = tools.account;
  const row = isRow(argument) && argument.kind === "failure" ? argument : undefined;
  const failure =
    (row === undefined ? undefined : failureOf(row, tools.account)) ??
    (session.state.kind === "failed" ? session.state.failure : undefined);
  if (failure === undefined) return;
  if (!vscode.workspace.isTrusted) return sayNotTrusted();
  switch (remedyFor(failure)) {
    case "copy-command": {
      const { command = "" } = failure;
      await vscode.env.clipboard.writeText(command);
      const again = vscode.l10n.t("Try Again");
      if ((await ask(vscode.l10n.t("Copied. Run it in a terminal, then try again: {0}", command), [again])) === again)
        await tools.account.refresh();
      return;
    }
    case "select-profile":
      if (await selectProfile(session)) await session.connect();
      return;
    case "copy-policy":
      return copyIamPolicy();
    case "retry":
      return row === undefined ? tools.account.refresh() : retry(row.in, tools);
  }
}

async function copyIamPolicy(): Promise<void> {
  const { iamPolicyText } = await import("../../aws/policy.ts");
  const readOnly = isReadOnly();
  await vscode.env.clipboard.writeText(iamPolicyText(readOnly));
  await say(
    readOnly
      ? vscode.l10n.t(
          "Copied: an IAM policy that allows what is used for reading, and no change, as mtls.readOnly says.",
        )
      : vscode.l10n.t("Copied: an IAM policy that allows exactly what is used, reading and UpdateDistribution."),
  );
}

// --- looking closer

interface OrderItem extends vscode.QuickPickItem {
  readonly by?: { readonly certificates: CertificateSort } | { readonly distributions: DistributionSort };
}

async function chooseOrder(showing: Showing): Promise<void> {
  const { certificateSort, distributionSort } = showing.asked();
  const current = (isCurrent: boolean) => (isCurrent ? { description: vscode.l10n.t("current") } : {});
  const items: readonly OrderItem[] = [
    ...certificateSorts.map((sort) => ({
      label: certificateSortWords(sort),
      ...current(sort === certificateSort),
      by: { certificates: sort },
    })),
    { label: "", kind: vscode.QuickPickItemKind.Separator },
    ...distributionSorts.map((sort) => ({
      label: distributionSortWords(sort),
      ...current(sort === distributionSort),
      by: { distributions: sort },
    })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Sort AWS Resources"),
    placeHolder: vscode.l10n.t("Certificates stand in groups of their fitness whatever their order"),
  });
  if (picked?.by !== undefined) await showing.sort(picked.by);
}

async function openInConsole(argument: unknown, tools: CommandTools): Promise<void> {
  const resource = await meant(
    argument,
    ["certificate", "distribution", "origin"],
    vscode.l10n.t("Open in AWS Console"),
    tools,
  );
  const { identity } = tools.account;
  if (resource === undefined || identity === undefined) return;
  if (identity.endpoint !== undefined)
    return say(
      vscode.l10n.t("{0} is not AWS's own endpoint: the AWS console does not know what is there.", identity.endpoint),
    );
  const page = pageOf(resource, identity.partition);
  if (page === undefined)
    return say(vscode.l10n.t("Where the console of the partition {0} is, is not known.", identity.partition));
  await vscode.env.openExternal(vscode.Uri.parse(page, true));
}

function pageOf(resource: Resource, partition: string): string | undefined {
  switch (resource.kind) {
    case "certificate":
      return certificatePage(resource.arn);
    case "distribution":
      return distributionPage(partition, resource.id);
    case "origin":
      return distributionPage(partition, resource.distribution, "origins");
    default:
      return undefined;
  }
}

/** *Inspect*: the certificate and its chain as ACM has them. */
async function inspect(argument: unknown, tools: CommandTools): Promise<void> {
  const { account, inspectText } = tools;
  const resource = await meant(argument, ["certificate"], vscode.l10n.t("Inspect ACM Certificate"), tools);
  const read = resource?.kind === "certificate" ? await readAcm(resource.arn, account) : undefined;
  if (read !== undefined) await inspectText(read.name, read.text);
}

export async function chooseAcmText(title: string, tools: CommandTools): Promise<AcmText | undefined> {
  if (!vscode.workspace.isTrusted) {
    await sayNotTrusted();
    return undefined;
  }
  const resource = await pickResource(title, ["certificate"], tools);
  return resource?.kind === "certificate" ? readAcm(resource.arn, tools.account) : undefined;
}

/** Says why, where it cannot be read. */
async function readAcm(arn: string, account: Account): Promise<AcmText | undefined> {
  const known = account.current()?.certificates.get(arn);
  const name = known === undefined ? certificateId(arn) : certificateName(known);
  const pem = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t("Reading the certificate {0}…", name) },
    () =>
      account.session.ask(async (connection, signal) =>
        (await import("../../aws/certificates.ts")).getCertificate(connection, arn, signal),
      ),
  );
  if (isFailure(pem)) {
    await sayFailure(pem);
    return undefined;
  }
  account.wanted([arn]);
  return {
    name,
    text: [pem.body, pem.chain ?? ""].map((part) => (part === "" || part.endsWith("\n") ? part : `${part}\n`)).join(""),
  };
}
