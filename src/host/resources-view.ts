import * as vscode from "vscode";
import type { AccountCommandId, SettingId } from "../manifest.ts";
import type { Account, List } from "./account.ts";
import { AccountStatus } from "./account-status.ts";
import type { Inspector } from "./inspector.ts";
import type { Log } from "./log.ts";
import { shownRegions } from "./regions.ts";
import type { Resource } from "./resource.ts";
import { type AcmText, chooseAcmText, createResourceCommands } from "./resources-commands.ts";
import { type Asked, type CertificateGroup, ResourcesModel } from "./resources-model.ts";
import { revealRow } from "./resources-reveal.ts";
import { Showing } from "./resources-showing.ts";
import { ResourcesTree } from "./resources-tree.ts";
import { expiryWarningDays } from "./settings.ts";

/** A row below which others may stand. */
export type Branch =
  | Exclude<Resource, { readonly kind: "behavior" }>
  | { readonly kind: "group"; readonly region: string; readonly group: CertificateGroup };

/** A row: a resource, what leads to one, or what stands in the place of some. */
export type Row =
  | Resource
  | Branch
  | {
      readonly kind: "client-certificate";
      readonly distribution: string;
      readonly origin: string;
      readonly arn: string;
    }
  | { readonly kind: "viewer-certificate"; readonly distribution: string; readonly arn: string }
  /** Without an origin: the distribution whose viewers see the certificate. */
  | { readonly kind: "user"; readonly arn: string; readonly distribution: string; readonly origin: string | undefined }
  | { readonly kind: "other-user"; readonly arn: string; readonly user: string }
  | { readonly kind: "placeholder"; readonly in: Branch }
  /** Of a list; without one, of the session. */
  | { readonly kind: "failure"; readonly in: List | undefined }
  | { readonly kind: "more"; readonly in: List | (Branch & { readonly kind: "group" }) };

export interface ResourcesTools {
  readonly account: Account;
  readonly inspector: Inspector;
  readonly log: Log;
  readonly view: vscode.TreeView<Row>;
  readonly memory: vscode.Memento;
}

export interface ResourcesView extends vscode.Disposable {
  readonly provider: Required<
    Pick<
      vscode.TreeDataProvider<Row>,
      "onDidChangeTreeData" | "getTreeItem" | "getChildren" | "getParent" | "resolveTreeItem"
    >
  >;
  /** Shows the row of a resource, loading what it takes. */
  reveal(resource: Resource): Promise<void>;
  /** Asks which certificate of ACM is meant, and reads it. */
  chooseCertificate(title: string): Promise<AcmText | undefined>;
  readonly commands: Pick<
    Record<AccountCommandId, (...args: readonly unknown[]) => Promise<void>>,
    Exclude<AccountCommandId, LiveCommandId>
  >;
}

/** What works on one distribution: `live.ts` has it. */
export type LiveCommandId =
  | "mtls.openDistributionConfig"
  | "mtls.compareDistributionWithFile"
  | "mtls.saveDistributionConfig"
  | "mtls.applyToCloudFront"
  | "mtls.undoLiveChange";

const hour = 3_600_000;

export function createResourcesView(tools: ResourcesTools): ResourcesView {
  const { account, log, view, memory } = tools;
  const { session } = account;
  const showing = new Showing(memory);
  // Asked for thousands of times while a list is drawn: the editor takes long to say it.
  let warningDays = expiryWarningDays();
  const asked = (): Asked => ({ ...showing.asked(), now: new Date(), warningDays });
  const model = new ResourcesModel(() => account.current(), asked);
  const regions = () => shownRegions(account.identity);
  const tree = new ResourcesTree({ account, model, asked, regions, log });
  const status = new AccountStatus({ account, model, view, showing, regions, isEmpty: () => tree.isEmpty });
  const reveal = (resource: Resource) => revealRow(resource, { account, tree, view, showing, regions });
  const subscriptions = [
    tree,
    status,
    showing.onDidChange(() => tree.refresh()),
    session.onDidChange(() => {
      if (session.state.kind === "idle") tree.refresh();
    }),
    view.onDidChangeSelection(({ selection }) =>
      account.wanted(
        selection.flatMap((row) => (row.kind === "certificate" || row.kind === "client-certificate" ? row.arn : [])),
      ),
    ),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (
        !(["mtls.regions", "mtls.expiryWarningDays"] satisfies SettingId[]).some((id) => event.affectsConfiguration(id))
      )
        return;
      warningDays = expiryWarningDays();
      tree.refresh();
    }),
  ];
  // What is said of days does not stay true.
  const timer = setInterval(() => tree.refresh(), hour);
  const commandTools = { ...tools, model, tree, showing, asked, regions, reveal };
  return {
    provider: tree,
    reveal,
    chooseCertificate: (title) => chooseAcmText(title, commandTools),
    commands: createResourceCommands(commandTools),
    dispose: () => {
      clearInterval(timer);
      vscode.Disposable.from(...subscriptions).dispose();
    },
  };
}
