import type * as vscode from "vscode";
import type { Account } from "../account/account.ts";
import { kinds } from "../account/kinds.ts";
import type { WindowName } from "../account/live/memory.ts";
import type { RecordStore } from "../account/live/record-store.ts";
import { ShownHistory } from "../account/live/shown-history.ts";
import type { Row } from "../account/row.ts";
import type { SessionState } from "../account/session-source.ts";
import { ChangesHere } from "../account/under-way.ts";
import type { AccountCommandId, LiveCommandId } from "../manifest.ts";
import { machine } from "../platform/node/machine.ts";
import { othersFirst } from "../platform/node/turns.ts";
import type { Documents } from "./documents/documents.ts";
import { systemClock } from "./editor/clock.ts";
import { type Log, logFault } from "./editor/log.ts";
import type { Previews } from "./editor/preview.ts";
import { keptProofs } from "./editor/proofs.ts";
import type { DraftFiles } from "./live/drafts/files.ts";
import { isAnythingKept } from "./live/kept.ts";
import type { Live } from "./live/live.ts";
import type { ResourcesView } from "./resources/tools.ts";
import { createResourcesView } from "./resources/view.ts";
import { openAccount, openSession } from "./session/open.ts";

/** Everything about an AWS account: loaded when the view is opened, or a command needs it. */
export interface AccountFeatures {
  readonly account: Account;
  readonly view: ResourcesView;
  readonly commands: Record<AccountCommandId, (...args: readonly unknown[]) => Promise<void>>;
  /**
   * What changes live distributions: loaded when a command needs it, or behind the first rows where something was kept
   * to go on with.
   */
  readonly loadLive: () => Promise<Live>;
}

export interface AccountTools {
  readonly documents: Documents;
  readonly previews: () => Promise<Previews>;
  /** Opens the inspector on a text that is no file. */
  readonly inspectText: (name: string, text: string) => Promise<void>;
  readonly log: Log;
  readonly view: vscode.TreeView<Row>;
  readonly drafts: DraftFiles;
  readonly records: RecordStore;
}

export function createAccountFeatures(
  context: vscode.ExtensionContext,
  { documents, previews, inspectText, log, view: treeView, drafts, records }: AccountTools,
): AccountFeatures {
  const memory = context.workspaceState;
  const session = openSession(memory, log);
  const account = openAccount(session, log);
  const canUndo = (kind: string, id: string): boolean => {
    const { identity } = account;
    return identity !== undefined && records.isUndoKept({ account: identity.account, kind, id });
  };
  const here = new ChangesHere();
  const underWay = (kind: string, id: string) => {
    const { identity } = account;
    return identity === undefined ? undefined : here.of({ account: identity.account, kind, id });
  };
  const window: WindowName = { name: machine.windowName(), isGone: (name) => machine.isWindowGone(name) };
  const fault = (where: string, error: unknown) => logFault(log, where, error);
  const proofs = keptProofs(context, log);
  const history = new ShownHistory({ records, window, clock: systemClock, log: { fault } });
  const view = createResourcesView({
    account,
    registry: kinds,
    canUndo,
    underWay,
    onDidChangeUnderWay: here.onDidChange,
    history,
    proofs,
    documents,
    inspectText,
    log,
    view: treeView,
    memory,
  });
  let live: Promise<Live> | undefined;
  const open = async (): Promise<Live> => {
    const shown = await previews();
    // What judges documents was loaded just now, perhaps: others come in between.
    await othersFirst();
    const { openLive } = await import("./live/open.ts");
    const { secrets } = context;
    const undosChanged = () => view.redraw();
    const kept = { records, secrets, drafts, proofs, window, history, here };
    const extension = context.extensionUri;
    const opened = openLive({ account, documents, previews: shown, extension, log, ...kept, undosChanged });
    context.subscriptions.push(opened);
    return opened;
  };
  const loadLive = () => (live ??= open());
  /** For which it was already checked. */
  let looked: SessionState | undefined;
  // It goes on with what a window before this one began. The first rows are not kept waiting for that.
  const goOn = async (): Promise<void> => {
    const { state } = session;
    const isWaitedFor = account.isLoading && account.distributions().items.length === 0;
    const isReady = state.kind === "failed" || (account.identity !== undefined && !isWaitedFor);
    if (live !== undefined || looked === state || !isReady) return;
    looked = state;
    await othersFirst();
    if (await isAnythingKept(records, drafts)) await loadLive();
  };
  const goOnBehindRows = () => goOn().catch((error: unknown) => logFault(log, "live", error));
  const inLive =
    (id: LiveCommandId) =>
    async (...args: readonly unknown[]): Promise<void> =>
      (await loadLive()).commands[id](...args);
  context.subscriptions.push(
    session.onDidChange(goOnBehindRows),
    account.onDidChange(goOnBehindRows),
    view,
    account,
    session,
    history,
    here,
  );
  return {
    account,
    view,
    loadLive,
    commands: {
      ...view.commands,
      "mtls.openDistributionConfig": inLive("mtls.openDistributionConfig"),
      "mtls.compareDistributionWithFile": inLive("mtls.compareDistributionWithFile"),
      "mtls.saveDistributionConfig": inLive("mtls.saveDistributionConfig"),
      "mtls.applyToCloudFront": inLive("mtls.applyToCloudFront"),
      "mtls.applyToDistribution": inLive("mtls.applyToDistribution"),
      "mtls.explainDraft": inLive("mtls.explainDraft"),
      "mtls.undoLiveChange": inLive("mtls.undoLiveChange"),
      "mtls.continueChange": inLive("mtls.continueChange"),
      "mtls.openReview": inLive("mtls.openReview"),
    },
  };
}
