import * as vscode from "vscode";
import type { AcmText } from "../../account/acm-text.ts";
import { type Can, meantBy } from "../../account/choices.ts";
import { failureLabel, remedyFor } from "../../account/failure-words.ts";
import type { Inspected, Outlook, RowKind } from "../../account/kind.ts";
import { failureOf, failure as failures } from "../../account/kinds/failure.ts";
import { more } from "../../account/kinds/more.ts";
import { actionsOf, iamPolicyText } from "../../account/policy.ts";
import { isRow, type Row } from "../../account/row.ts";
import type { Showing } from "../../account/showing.ts";
import { isUnderWay } from "../../account/shown-change.ts";
import { filterCounts } from "../../account/status-words.ts";
import type { ResourcesTree } from "../../account/tree.ts";
import { type Failure, isFailure } from "../../core/failure.ts";
import { pickOne } from "../editor/pick.ts";
import { iconless } from "../editor/plain.ts";
import { ask, confirm, say } from "../editor/say.ts";
import { isReadOnly } from "../editor/settings.ts";
import { selectProfile } from "../session/profile-pick.ts";
import { chooseRegions } from "../session/regions.ts";
import { askForFilter } from "./filter.ts";
import { pickRow } from "./pick.ts";
import type { ResourcesTools, ResourcesView } from "./tools.ts";

export interface CommandTools extends ResourcesTools {
  readonly outlook: Outlook;
  readonly tree: ResourcesTree;
  readonly showing: Showing;
  readonly reveal: (row: Row) => Promise<void>;
}

export function createResourceCommands(tools: CommandTools): ResourcesView["commands"] {
  const { account, outlook, registry, showing, reveal, view } = tools;
  const { session } = account;
  /** Nothing asks AWS for anything in a workspace that is not trusted. */
  const trusted =
    (work: (argument: unknown) => Promise<void>) =>
    async (...args: readonly unknown[]): Promise<void> => {
      // Where a row was drawn anew since, its menu hands over nothing: the selected row is not the one that was meant.
      if (vscode.workspace.isTrusted) await work(args.length === 0 ? view.selection[0] : args[0]);
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
    "mtls.filterResources": () => askForFilter(showing, () => filterCounts(outlook)),
    "mtls.clearFilter": async () => {
      showing.filter = "";
    },
    "mtls.sortResources": () => chooseOrder(tools),
    "mtls.selectRegions": () => chooseRegions(account.identity),
    "mtls.copyArn": trusted((argument) => copy(argument, vscode.l10n.t("Copy ARN"), ({ arn }) => arn, tools)),
    "mtls.copyId": trusted((argument) => copy(argument, vscode.l10n.t("Copy ID"), ({ id }) => id, tools)),
    "mtls.copyDomainName": trusted((argument) =>
      copy(argument, vscode.l10n.t("Copy Domain Name"), ({ domainName }) => domainName, tools),
    ),
    "mtls.openInConsole": trusted((argument) => openInConsole(argument, tools)),
    "mtls.copyIamPolicy": () => copyIamPolicy(tools),
    "mtls.goToResource": trusted(async (argument) => {
      const row =
        meantBy(argument, isPlace, registry) ?? (await pickRow(vscode.l10n.t("Go to Resource"), isPlace, tools));
      if (row !== undefined) await reveal(row);
    }),
    "mtls.mendFailure": (argument) => mend(argument, tools),
    "mtls.inspectAcmCertificate": trusted((argument) => inspect(argument, tools)),
    "mtls.useCertificate": trusted((argument) => use(argument, tools)),
    "mtls.clearHistory": () => clearHistory(tools),
  };
}

function sayNotTrusted(): Promise<void> {
  return say(vscode.l10n.t("mTLS Workbench does not connect to AWS in an untrusted workspace."));
}

// --- what is meant

const isPlace: Can = ({ meant }) => meant !== undefined;

/** What a command wants of a kind of rows; `undefined` where it is not for them. */
type Wanted<Answer> = (kind: RowKind) => Answer | undefined;

/** The row that a command was called for, else one that is picked; with the answer. */
async function meant<Answer>(
  argument: unknown,
  title: string,
  wanted: Wanted<Answer>,
  { registry, ...tools }: CommandTools,
): Promise<{ readonly row: Row; readonly answer: Answer } | undefined> {
  const can: Can = (kind) => wanted(kind) !== undefined;
  const row = meantBy(argument, can, registry) ?? (await pickRow(title, can, tools));
  const kind = registry.kindOf(row);
  const answer = kind === undefined ? undefined : wanted(kind);
  return row === undefined || answer === undefined ? undefined : { row, answer };
}

async function copy(
  argument: unknown,
  title: string,
  wanted: Wanted<(row: Row, outlook: Outlook) => string | undefined>,
  tools: CommandTools,
): Promise<void> {
  const found = await meant(argument, title, wanted, tools);
  if (found === undefined) return;
  const text = found.answer(found.row, tools.outlook);
  if (text === undefined) return say(vscode.l10n.t("The resource has no such value."));
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(iconless(vscode.l10n.t("Copied: {0}", text)), 4_000);
}

// --- loading

async function refreshRow(argument: unknown, { account, outlook, registry }: CommandTools): Promise<void> {
  const row = isRow(argument) ? argument : undefined;
  const refresh = registry.kindOf(row)?.refresh;
  if (row === undefined || refresh === undefined) return account.refresh();
  const failure = await refresh(row, outlook);
  if (failure !== undefined) await sayFailure(failure);
}

async function loadMore(argument: unknown, { account, tree, registry }: CommandTools): Promise<void> {
  if (!more.is(argument) || tree.showMore(argument.in)) return;
  if (registry.kindOf(argument.in)?.list !== undefined) await account.whole(argument.in);
}

async function sayFailure(failure: Failure): Promise<void> {
  if (failure.failure !== "cancelled")
    await say(vscode.l10n.t("{0}: {1}", failureLabel(failure), failure.message), "warning");
}

/** Does what helps: of the list whose failure a row tells, or of the session. */
async function mend(argument: unknown, tools: CommandTools): Promise<void> {
  const { account } = tools;
  const { session } = account;
  const row = failures.is(argument) ? argument : undefined;
  const failure = (row === undefined ? undefined : failureOf(row, tools.outlook)) ?? account.failure;
  if (failure === undefined) return;
  if (!vscode.workspace.isTrusted) return sayNotTrusted();
  switch (remedyFor(failure)) {
    case "copy-command": {
      const { command = "" } = failure;
      await vscode.env.clipboard.writeText(command);
      const again = vscode.l10n.t("Try Again");
      if (
        (await ask(vscode.l10n.t("Copied. Run the command in a terminal, then try again: {0}", command), [again])) ===
        again
      )
        await account.refresh();
      return;
    }
    case "select-profile":
      if (await selectProfile(session)) await session.connect();
      return;
    case "copy-policy":
      return copyIamPolicy(tools);
    case "retry":
      return row === undefined ? account.refresh() : account.retry(row.in);
  }
}

async function copyIamPolicy({ registry }: CommandTools): Promise<void> {
  const readOnly = isReadOnly();
  const actions = actionsOf(registry.kinds);
  await vscode.env.clipboard.writeText(iamPolicyText(actions, readOnly));
  const writes = actions.write.map((action) => action.replace(/^\w+:/, "")).join(", ");
  await say(
    readOnly
      ? vscode.l10n.t("Copied an IAM policy that allows only the read actions in use, because mtls.readOnly is on.")
      : vscode.l10n.t("Copied an IAM policy that allows exactly the actions in use: read actions and {0}.", writes),
  );
}

async function clearHistory({ history }: CommandTools): Promise<void> {
  await history.look();
  const over = history.changes.filter((one) => !isUnderWay(one)).length;
  if (over === 0) return say(vscode.l10n.t("There are no changes in the history that can be removed."));
  const clear = vscode.l10n.t("Clear");
  const message =
    over === 1
      ? vscode.l10n.t(
          "Remove 1 change from the history on this machine? Nothing changes in AWS. A change that can be undone now can still be undone.",
        )
      : vscode.l10n.t(
          "Remove {0} changes from the history on this machine? Nothing changes in AWS. Changes that can be undone now can still be undone.",
          over,
        );
  if ((await confirm(message, [clear])) === clear) await history.clear();
}

// --- looking closer

interface OrderItem extends vscode.QuickPickItem {
  readonly by?: { readonly kind: string; readonly order: string };
}

async function chooseOrder({ registry, showing }: CommandTools): Promise<void> {
  const { sorts } = showing.asked();
  const lists = registry.kinds.flatMap(({ kind, list }): readonly (readonly OrderItem[])[] =>
    list === undefined
      ? []
      : [
          list.orders.map(({ name, label }) => ({
            label: label(),
            ...(sorts.get(kind) === name ? { description: vscode.l10n.t("current") } : {}),
            by: { kind, order: name },
          })),
        ],
  );
  const separator: OrderItem = { label: "", kind: vscode.QuickPickItemKind.Separator };
  const picked = await pickOne(
    lists.flatMap((items, index) => (index === 0 ? items : [separator, ...items])),
    {
      title: vscode.l10n.t("Sort AWS Resources"),
      placeHolder: vscode.l10n.t("Certificates are always grouped by usability for origin mTLS"),
    },
  );
  if (picked?.by !== undefined) await showing.sort(picked.by.kind, picked.by.order);
}

async function openInConsole(argument: unknown, tools: CommandTools): Promise<void> {
  const found = await meant(argument, vscode.l10n.t("Open in AWS Console"), ({ page }) => page, tools);
  const { identity } = tools.account;
  if (found === undefined || identity === undefined) return;
  if (identity.endpoint !== undefined)
    return say(
      vscode.l10n.t("{0} is a custom endpoint, so the AWS console cannot show its resources.", identity.endpoint),
    );
  const page = found.answer(found.row, identity.partition);
  if (page === undefined)
    return say(vscode.l10n.t("The console URL of the partition {0} is unknown.", identity.partition));
  await vscode.env.openExternal(vscode.Uri.parse(page, true));
}

const inspected: Wanted<Inspected<Row>> = (kind) => kind.inspected;

/** *Inspect*: the certificate and its chain as ACM has them. */
async function inspect(argument: unknown, tools: CommandTools): Promise<void> {
  const found = await meant(argument, vscode.l10n.t("Inspect ACM Certificate"), inspected, tools);
  const read = found === undefined ? undefined : await readText(found.row, found.answer, tools);
  if (read !== undefined) await tools.inspectText(read.name, read.text);
}

/** *Use Certificate For…*: looked at by itself, not by its summary. */
async function use(argument: unknown, tools: CommandTools): Promise<void> {
  const found = await meant(argument, vscode.l10n.t("Use Certificate For"), ({ certificate }) => certificate, tools);
  if (found === undefined) return;
  const certificate = await whileReading(vscode.l10n.t("Reading the certificate…"), () =>
    found.answer(found.row, tools.outlook),
  );
  if (isFailure(certificate)) return sayFailure(certificate);
  await (await import("./use-certificate.ts")).useCertificate(certificate, tools);
}

export async function chooseAcmText(title: string, tools: CommandTools): Promise<AcmText | undefined> {
  if (!vscode.workspace.isTrusted) {
    await sayNotTrusted();
    return undefined;
  }
  const row = await pickRow(title, (kind) => inspected(kind) !== undefined, tools);
  const answer = tools.registry.kindOf(row)?.inspected;
  return row === undefined || answer === undefined ? undefined : readText(row, answer, tools);
}

/** The status bar says what is waited for. */
function whileReading<Read>(title: string, read: () => Promise<Read>): Thenable<Read> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: iconless(title) }, read);
}

/** Says why, where it cannot be read. */
async function readText(
  row: Row,
  { reading, name, text }: Inspected<Row>,
  { tree, outlook }: CommandTools,
): Promise<AcmText | undefined> {
  const read = await whileReading(reading(row, outlook), () => text(row, outlook));
  if (isFailure(read)) {
    await sayFailure(read);
    return undefined;
  }
  tree.lookAt([row]);
  return { name: name(row, outlook), text: read };
}
