import type * as vscode from "vscode";
import type { Row } from "../account/row.ts";
import type { AccountCommandId } from "../manifest.ts";
import type { Documents } from "./documents/documents.ts";
import type { Log } from "./editor/log.ts";
import type { Previews } from "./editor/preview.ts";
import type { DraftFiles } from "./live/draft-files.ts";
import { unchangedDraftsStay } from "./live/drafts.ts";
import { createLive, type Live } from "./live/live.ts";
import { deploymentPauses } from "./live/wait.ts";
import type { ResourcesView } from "./resources/tools.ts";
import { createResourcesView } from "./resources/view.ts";
import { Account } from "./session/account.ts";
import { Session } from "./session/session.ts";

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
  /** Opens the inspector on a text that is no file. */
  readonly inspectText: (name: string, text: string) => Promise<void>;
  readonly log: Log;
  readonly view: vscode.TreeView<Row>;
  readonly drafts: DraftFiles;
}

export function createAccountFeatures(
  context: vscode.ExtensionContext,
  { documents, previews, inspectText, log, view: treeView, drafts }: AccountTools,
): AccountFeatures {
  const memory = context.workspaceState;
  const session = new Session(memory, log);
  const account = new Account(session, log);
  const view = createResourcesView({ account, inspectText, log, view: treeView, memory });
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
