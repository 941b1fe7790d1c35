import * as vscode from "vscode";
import type { Account } from "../../account/account.ts";
import { distributionMeant } from "../../account/distribution-meant.ts";
import { change, changeRow } from "../../account/kinds/change.ts";
import { kinds } from "../../account/kinds.ts";
import type { Caller } from "../../account/live/caller.ts";
import { leaveLeases } from "../../account/live/lease.ts";
import { createLiveChanges } from "../../account/live/live-changes.ts";
import { LiveMemory, type WindowName } from "../../account/live/memory.ts";
import type { RecordStore } from "../../account/live/record-store.ts";
import { type HistoryEntry, lastCallOf } from "../../account/live/records.ts";
import type { ShownHistory } from "../../account/live/shown-history.ts";
import { changeDistribution, connected, type Instead } from "../../account/live/targets/distribution/change.ts";
import { currentConfig } from "../../account/live/targets/distribution/selection.ts";
import type { Patience, Pauses } from "../../account/live/tools.ts";
import { readOnlyText } from "../../account/live/words.ts";
import type { Kind } from "../../account/origin-mtls-words.ts";
import { actionsOf, iamPolicyText } from "../../account/policy.ts";
import type { KnownProofs } from "../../account/proved-target.ts";
import type { ChangesHere } from "../../account/under-way.ts";
import type { ConfigFacts } from "../../core/facts.ts";
import type { LiveCommandId } from "../../manifest.ts";
import { contextKeys } from "../../manifest.ts";
import type { Documents } from "../documents/documents.ts";
import { contextFor, faultsTo } from "../documents/reader.ts";
import { systemClock } from "../editor/clock.ts";
import { type Log, logFault } from "../editor/log.ts";
import type { Previews } from "../editor/preview.ts";
import { isReadOnly, ownerTags, ownRuleSettings } from "../editor/settings.ts";
import { terminal } from "../editor/terminal.ts";
import { applyFile } from "./apply-file.ts";
import { ChangePages } from "./change-pages.ts";
import { compareWithFile, saveConfig } from "./distribution-files.ts";
import { applyDraft } from "./drafts/apply.ts";
import type { DraftFiles } from "./drafts/files.ts";
import { forgetUnchanged } from "./drafts/lifetime.ts";
import { explainDraft } from "./drafts/not-live.ts";
import { openAnyKept, openDraft } from "./drafts/open.ts";
import { sayingUnavailable } from "./drafts/secrets.ts";
import type { DraftTools } from "./drafts/tools.ts";
import { createEditorUi } from "./editor-ui.ts";
import { restoreReview } from "./restore.ts";
import { ReviewPanels } from "./review-panels.ts";
import type { EditorUi } from "./ui.ts";

export interface LiveOptions {
  readonly extension: vscode.Uri;
  readonly account: Account;
  readonly documents: Documents;
  readonly previews: Previews;
  readonly log: Log;
  readonly records: RecordStore;
  /** What probes proved. */
  readonly proofs: KnownProofs;
  readonly secrets: vscode.SecretStorage;
  readonly drafts: DraftFiles;
  /** Another change can be turned back, or one less. */
  readonly undosChanged: () => void;
  /** Where rows find what is under way. */
  readonly here: Pick<ChangesHere, "show">;
  readonly window: WindowName;
  readonly history: Pick<ShownHistory, "look" | "find" | "changes" | "onDidChange">;
  /** Between looks at what is being deployed. */
  readonly pauses: Pauses;
  readonly patience: Patience;
  /** How long a draft without changes stays after its editor, in milliseconds. */
  readonly draftsStay: number;
}

/** What is done to live distributions. */
export interface Live extends vscode.Disposable {
  /** *Enable*, *Disable* or *Change Client Certificate* on a distribution; without one it is asked for. */
  change(kind: Kind, argument: unknown): Promise<void>;
  /** The config that a distribution has now, to be looked at; `undefined`: none was chosen, or it was said why not. */
  look(argument: unknown, title: string): Promise<LookedAt | undefined>;
  /** Goes on waiting for what a window before this one began: called when a session is there. */
  resume(): Promise<void>;
  readonly commands: Record<LiveCommandId, (...args: readonly unknown[]) => Promise<void>>;
  /**
   * Fills a page that was open before the window was loaded anew.
   * @param state as the page set it
   */
  restore(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
}

/** A distribution as CloudFront has it. */
export interface LookedAt {
  readonly id: string;
  /** The ETag of its config. */
  readonly version: string;
  readonly facts: ConfigFacts;
  /** As in `d111111abcdef8.cloudfront.net`; `undefined`: the account was not listed that far. */
  readonly domainName: string | undefined;
}

export function createLive(
  options: LiveOptions,
  reviews = new ReviewPanels(options),
  ui: EditorUi = createEditorUi({ ...options, reviews }),
): Live {
  const { account, log, drafts, pauses, patience, undosChanged } = options;
  const { session } = account;
  const memory = new LiveMemory(options.records, options.secrets, options.window);
  const fault = (where: string, error: unknown) => logFault(log, where, error);
  const changes = createLiveChanges({
    memory,
    ui,
    log: { info: (line) => log.info(line), fault },
    pauses,
    patience,
    clock: systemClock,
    terminal,
    isReadOnly,
    policyText: () => iamPolicyText(actionsOf(kinds.kinds), isReadOnly()),
    session,
    account,
    calls: () => import("../../aws/distributions.ts"),
    context: () => {
      // A folder's settings come with its files: nothing that is sent to AWS is decided there.
      const uri = drafts.uriOf({ account: account.identity?.account ?? "0", id: "CONFIG" });
      return { ...contextFor(uri, { inventories: account }), settings: ownRuleSettings() };
    },
    onRuleFault: faultsTo(log),
    ownerTags,
    proofs: options.proofs,
  });
  const tools: DraftTools = { ...changes.tools, ui, drafts };

  let shownUndos = "";
  const showUndo = async () => {
    const kept = await memory.undos();
    const identity = session.state.kind === "connected" ? session.state.connection.identity : undefined;
    const undos = kept.filter((record) => identity === undefined || record.account === identity.account);
    void vscode.commands.executeCommand("setContext", contextKeys.canUndo, undos.length > 0);
    const shown = undos.map(({ account: of, kind, id }) => `${of} ${kind} ${id}`).join();
    if (shown !== shownUndos) undosChanged();
    shownUndos = shown;
  };
  /** What was looked up last is what is shown in the end. */
  let showing = Promise.resolve();
  const undosMoved = () => {
    showing = showing.then(showUndo).catch((error: unknown) => fault("undo", error));
  };
  const followSession = () => {
    undosMoved();
    if (session.state.kind === "connected") changes.resume().catch((error: unknown) => fault("resume", error));
  };
  const subscriptions = vscode.Disposable.from(
    reviews,
    reviews.onDidChange(() => options.here.show(reviews.underWay)),
    memory.onDidChange(undosMoved),
    memory.onDidChange(() => void options.history.look()),
    // Another window may have made a change, or turned one back.
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) undosMoved();
    }),
    session.onDidChange(followSession),
    forgetUnchanged(drafts, options.draftsStay, (error) => fault("draft", error)),
  );
  const pages = new ChangePages({
    ...{ history: options.history, reviews, fault },
    undo: async (key, known) => {
      if (await isAllowed(ui)) await undoEntry((await options.history.find(key)) ?? known);
    },
    resume: async (key) => {
      if (await isAllowed(ui)) await continueChange(changeRow(key));
    },
  });
  followSession();
  const mendDrafts = async () => {
    if (await drafts.mendList())
      await ui.say(
        vscode.l10n.t(
          "The list of the drafts that are saved on this machine was damaged, and may have lost some. The drafts themselves are kept: to continue one, open the configuration of its distribution.",
        ),
        "warning",
      );
  };
  mendDrafts().catch((error: unknown) => fault("list of drafts", error));

  /** Runs on the distribution that is meant, with the account of the session. */
  const onDistribution = async (
    argument: unknown,
    title: string,
    work: (caller: Caller, id: string) => Promise<void>,
    instead?: Instead,
  ): Promise<void> => {
    if (!(await isAllowed(ui))) return;
    const caller = await connected(tools, instead);
    if (caller === undefined) return;
    const id = idOf(argument) ?? (await ui.chooseDistribution(title, undefined))?.id;
    if (id !== undefined) await work(caller, id);
  };

  const commands: Live["commands"] = {
    "mtls.openDistributionConfig": (argument) =>
      onDistribution(
        argument,
        vscode.l10n.t("Open Distribution Configuration"),
        (caller, id) => openDraft(caller, id, tools),
        (failure) => openAnyKept(idOf(argument), failure, tools),
      ),
    "mtls.compareDistributionWithFile": (argument) =>
      onDistribution(argument, vscode.l10n.t("Compare Distribution with File"), (caller, id) =>
        compareWithFile(caller, id, tools),
      ),
    "mtls.saveDistributionConfig": (argument) =>
      onDistribution(argument, vscode.l10n.t("Save Distribution Configuration"), (caller, id) =>
        saveConfig(caller, id, tools),
      ),
    "mtls.applyToCloudFront": async (argument) => {
      const uri = meantFile(argument);
      if (!(await isAllowed(ui))) return;
      if (uri === undefined)
        await ui.say(vscode.l10n.t("Open the configuration of a distribution first. The command applies its draft."));
      else await applyDraft(uri, tools);
    },
    "mtls.applyToDistribution": async (argument) => {
      const uri = meantFile(argument);
      if (!(await isAllowed(ui))) return;
      if (uri === undefined) await ui.say(vscode.l10n.t("Open a file with a distribution configuration first."));
      else if (drafts.draftNameOf(uri) === undefined) await applyFile(uri, tools);
      else await applyDraft(uri, tools);
    },
    "mtls.explainDraft": async (argument) => {
      const uri = meantFile(argument);
      const name = uri === undefined ? undefined : drafts.draftNameOf(uri);
      if ((await isAllowed(ui)) && uri !== undefined && name !== undefined) await explainDraft(name, uri);
    },
    "mtls.undoLiveChange": async (argument) => {
      if (!(await isAllowed(ui))) return;
      if (change.is(argument)) return undoEntry(await options.history.find(argument.key));
      if (isReadOnly()) return ui.say(readOnlyText());
      // The menu of the view hands over the row that has the keyboard, which need not be what can be undone.
      const meant = { kind: "distribution", id: idOf(argument) ?? "" };
      const isKept = options.records.isUndoKept({ ...meant, account: account.identity?.account ?? "" });
      await changes.undo(isKept ? meant : {});
    },
    "mtls.continueChange": async (argument) => {
      if (await isAllowed(ui)) await continueChange(argument);
    },
    "mtls.openReview": async (argument) => {
      if (change.is(argument)) return pages.open(argument.key);
      const id = idOf(argument);
      if (id === undefined) return reviews.choose();
      // The page of no other change is opened in its place.
      const review = reviews.of("distribution", id);
      if (review === undefined) return ui.say(vscode.l10n.t("No change to {0} is under way.", id));
      reviews.open(review);
    },
  };

  const undoEntry = async (entry: HistoryEntry | undefined): Promise<void> => {
    if (isReadOnly()) return ui.say(readOnlyText());
    if (entry !== undefined) return changes.undo(lastCallOf(entry));
    // No other change is undone in its place.
    return ui.say(vscode.l10n.t("The change is no longer in the history."));
  };

  const continueChange = async (argument: unknown): Promise<void> => {
    const entry = change.is(argument) ? await options.history.find(argument.key) : undefined;
    const caller = await connected(tools);
    if (caller === undefined) return;
    if (entry === undefined || entry.account === caller.identity.account) return changes.resume();
    const choose = vscode.l10n.t("Select AWS Profile…");
    const message = vscode.l10n.t(
      "The change was made in account {0}. You are signed in to account {1}.",
      entry.account,
      caller.identity.account,
    );
    if ((await ui.ask(message, [choose])) === choose) await ui.leaveFor({ to: "profiles" });
  };

  return {
    change: async (kind, argument) => {
      if (await isAllowed(ui)) await changeDistribution(kind, argument, tools);
    },
    look: async (argument, title) => {
      let found: LookedAt | undefined;
      await onDistribution(argument, title, async (caller, id) => {
        const config = await currentConfig(id, caller, tools);
        if (config === undefined) return;
        const domainName = account.current()?.distributions.get(id)?.domainName;
        found = { id, version: config.etag, facts: config.facts, domainName };
      });
      return found;
    },
    resume: changes.resume,
    restore: (panel, state) =>
      restoreReview(panel, state, {
        reviews,
        changes,
        pages,
        tools,
        fault: (error) => fault("page of a change", error),
      }),
    commands: sayingUnavailable(commands, ui, fault),
    dispose: () => {
      subscriptions.dispose();
      pages.dispose();
      leaveLeases(tools).catch((error: unknown) => fault("lease", error));
      memory.leave().catch((error: unknown) => fault("leave what was sent", error));
    },
  };
}

function idOf(argument: unknown): string | undefined {
  return distributionMeant(argument)?.id;
}

function meantFile(argument: unknown): vscode.Uri | undefined {
  return argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
}

async function isAllowed(ui: EditorUi): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  await ui.say(vscode.l10n.t("mTLS Workbench does not connect to AWS in an untrusted workspace."));
  return false;
}
