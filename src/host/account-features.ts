import type * as vscode from "vscode";
import type { AccountCommandId } from "../manifest.ts";
import { Account } from "./account.ts";
import type { Documents } from "./documents.ts";
import type { DraftFiles } from "./draft-files.ts";
import { unchangedDraftsStay } from "./drafts.ts";
import type { Inspector } from "./inspector.ts";
import { createLive, type Live } from "./live.ts";
import { deploymentPauses } from "./live-wait.ts";
import type { Log } from "./log.ts";
import type { Previews } from "./preview.ts";
import { createResourcesView, type ResourcesView, type Row } from "./resources-view.ts";
import { Session } from "./session.ts";

/** Everything about an AWS account: loaded when the view is opened, or a command needs it. */
export interface AccountFeatures {
  readonly account: Account;
  readonly view: ResourcesView;
  readonly live: Live;
  readonly commands: Record<AccountCommandId, (...args: readonly unknown[]) => Promise<void>>;
}

export interface AccountTools {
  readonly documents: Documents;
  readonly previews: Previews;
  readonly inspector: Inspector;
  readonly log: Log;
  readonly view: vscode.TreeView<Row>;
  readonly drafts: DraftFiles;
}

export function createAccountFeatures(
  context: vscode.ExtensionContext,
  { documents, previews, inspector, log, view: treeView, drafts }: AccountTools,
): AccountFeatures {
  const memory = context.workspaceState;
  const session = new Session(memory, log);
  const account = new Account(session, log);
  const view = createResourcesView({ account, inspector, log, view: treeView, memory });
  const live = createLive({
    account,
    documents,
    previews,
    log,
    memory: context.globalState,
    secrets: context.secrets,
    drafts,
    pauses: deploymentPauses,
    draftsStay: unchangedDraftsStay,
  });
  context.subscriptions.push(live, view, account, session);
  return { account, view, live, commands: { ...view.commands, ...live.commands } };
}
