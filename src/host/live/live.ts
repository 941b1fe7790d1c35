import * as vscode from "vscode";
import type { Account } from "../../account/account.ts";
import { distributionMeant } from "../../account/distribution-meant.ts";
import { factsOf, type Judge } from "../../account/plan.ts";
import { isOfAccount } from "../../core/acm/origin-state.ts";
import type { Intent } from "../../core/cloudfront/intent.ts";
import { type ConfigFacts, configOf } from "../../core/facts.ts";
import { type Failure, isFailure } from "../../core/failure.ts";
import type { LiveDistribution } from "../../core/inventory.ts";
import { messageOf } from "../../core/messages/tell.ts";
import { check } from "../../core/rules/check.ts";
import type { LiveCommandId } from "../../manifest.ts";
import { contextKeys } from "../../manifest.ts";
import { judgeCertificate } from "../authoring/certificate-picker.ts";
import { type Kind, stepsOf, titleOf } from "../authoring/origin-picker.ts";
import type { Documents } from "../documents/documents.ts";
import { contextFor, faultsTo } from "../documents/reader.ts";
import { type Log, logFault } from "../editor/log.ts";
import type { Previews } from "../editor/preview.ts";
import { isReadOnly, ownRuleSettings } from "../editor/settings.ts";
import { type ApplyTools, carryOut, fetchConfig, readOnlyText } from "./apply.ts";
import { Caller } from "./caller.ts";
import { compareWithFile, saveConfig } from "./distribution-files.ts";
import type { DraftFiles } from "./draft-files.ts";
import { applyDraft, type DraftTools, forgetUnchanged, openAnyKept, openDraft } from "./drafts.ts";
import { createEditorUi } from "./editor-ui.ts";
import { explainFailure } from "./failures.ts";
import { LiveMemory } from "./memory.ts";
import { askOwner, showTemplateText } from "./owner.ts";
import { resumeWaits } from "./resume.ts";
import type { LiveUi } from "./ui.ts";
import { undoChange } from "./undo.ts";
import type { Pauses } from "./wait.ts";
import { failureText } from "./words.ts";

export interface LiveTools {
  readonly account: Account;
  readonly documents: Documents;
  readonly previews: Previews;
  readonly log: Log;
  readonly memory: vscode.Memento;
  readonly secrets: vscode.SecretStorage;
  readonly drafts: DraftFiles;
  /** Between looks at what is being deployed. */
  readonly pauses: Pauses;
  /** How long a draft without changes stays after its editor, in milliseconds. */
  readonly draftsStay: number;
}

/** What is done to live distributions. */
export interface Live extends vscode.Disposable {
  /** *Enable*, *Disable* or *Change Client Certificate* on a distribution; without one it is asked for. */
  change(kind: Kind, argument: unknown): Promise<void>;
  /** Goes on waiting for what a window before this one began: called when a session is there. */
  resume(): Promise<void>;
  readonly commands: Record<LiveCommandId, (...args: readonly unknown[]) => Promise<void>>;
}

export function createLive(tools: LiveTools, ui: LiveUi = createEditorUi(tools)): Live {
  const { account, log, drafts, pauses } = tools;
  const { session } = account;
  const memory = new LiveMemory(tools.memory, tools.secrets);
  const applyTools: DraftTools = {
    account,
    memory,
    ui,
    log,
    judge: judgeWith(tools),
    undo: (id) => undoChange(id, session, applyTools),
    pauses,
    drafts,
    session,
  };

  const resume = () => resumeWaits(session, applyTools);
  const showUndo = () => {
    const identity = session.state.kind === "connected" ? session.state.connection.identity : undefined;
    const undos = memory.undos().filter((record) => identity === undefined || record.account === identity.account);
    void vscode.commands.executeCommand("setContext", contextKeys.canUndo, undos.length > 0);
  };
  const followSession = () => {
    showUndo();
    if (session.state.kind === "connected") resume().catch((error: unknown) => logFault(log, "resume", error));
  };
  const subscriptions = vscode.Disposable.from(
    memory,
    memory.onDidChange(showUndo),
    session.onDidChange(followSession),
    forgetUnchanged(drafts, tools.draftsStay, (error) => logFault(log, "draft", error)),
  );
  followSession();

  /** Runs on the distribution that is meant, with the account of the session. */
  const onDistribution = async (
    argument: unknown,
    title: string,
    work: (caller: Caller, id: string) => Promise<void>,
    instead?: Instead,
  ): Promise<void> => {
    if (!(await isAllowed(ui))) return;
    const caller = await connected(session, ui, instead);
    if (caller === undefined) return;
    const id = distributionOf(argument) ?? (await ui.chooseDistribution(title, undefined))?.id;
    if (id !== undefined) await work(caller, id);
  };

  return {
    change: (kind, argument) => change(kind, argument, tools, applyTools),
    resume,
    commands: {
      "mtls.openDistributionConfig": (argument) =>
        onDistribution(
          argument,
          vscode.l10n.t("Open the Config of a Distribution"),
          (caller, id) => openDraft(caller, id, applyTools),
          (failure) => openAnyKept(distributionOf(argument), failure, applyTools),
        ),
      "mtls.compareDistributionWithFile": (argument) =>
        onDistribution(argument, vscode.l10n.t("Compare a Distribution with a File"), (caller, id) =>
          compareWithFile(caller, id, ui),
        ),
      "mtls.saveDistributionConfig": (argument) =>
        onDistribution(argument, vscode.l10n.t("Save the Config of a Distribution"), (caller, id) =>
          saveConfig(caller, id, ui),
        ),
      "mtls.applyToCloudFront": async (argument) => {
        const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
        if (!(await isAllowed(ui))) return;
        if (uri === undefined)
          await ui.say(vscode.l10n.t("Open the config of a distribution first: what is applied is its draft."));
        else await applyDraft(uri, applyTools);
      },
      "mtls.undoLiveChange": async (argument) => {
        if (!(await isAllowed(ui))) return;
        if (isReadOnly()) await ui.say(readOnlyText());
        else await undoChange(distributionOf(argument), session, applyTools);
      },
    },
    dispose: () => subscriptions.dispose(),
  };
}

function distributionOf(argument: unknown): string | undefined {
  return distributionMeant(argument)?.id;
}

async function isAllowed(ui: LiveUi): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  await ui.say(vscode.l10n.t("AWS is not asked for anything in a workspace that you do not trust."));
  return false;
}

/** What can be had without a connection; `none`: nothing, or the failure is to be explained. */
type Instead = (failure: Failure) => Promise<"done" | "none">;

async function connected(session: Account["session"], ui: LiveUi, instead?: Instead): Promise<Caller | undefined> {
  for (let isFirst = true; ; isFirst = false) {
    if (!isFirst) await session.reconnect();
    const caller = await Caller.of(session);
    if (!isFailure(caller)) return caller;
    if (instead !== undefined && (await instead(caller)) === "done") return undefined;
    if (!(await explainFailure(caller, ui, { again: vscode.l10n.t("Try Again") }))) return undefined;
  }
}

/** The rules, with what the account knows, as the user set them: no folder decides what is sent to AWS. */
function judgeWith({ account, drafts, log }: LiveTools): Judge {
  return (facts, servedMembers) => {
    const uri = drafts.uriOf({ account: account.identity?.account ?? "0", id: "CONFIG" });
    return check(
      facts,
      { ...contextFor(uri, { inventories: account }), settings: ownRuleSettings(), servedMembers },
      faultsTo(log),
    );
  };
}

// --- enable, disable, change

async function change(kind: Kind, argument: unknown, tools: LiveTools, applyTools: ApplyTools): Promise<void> {
  const { ui } = applyTools;
  if (!(await isAllowed(ui))) return;
  if (isReadOnly()) return ui.say(readOnlyText());
  const caller = await connected(tools.account.session, ui);
  if (caller === undefined) return;
  const meant = distributionMeant(argument);
  const steps = { before: meant === undefined ? 1 : 0 };
  const of = steps.before + stepsOf(kind);
  const distribution =
    meant === undefined
      ? await ui.chooseDistribution(titleOf(kind), of)
      : await distributionById(meant.id, tools.account, ui);
  if (distribution === undefined) return;
  const { goesOn, owner, notes } = await askOwner(caller, distribution, true, ui);
  if (goesOn === "stop") return;
  const fetched = await fetchConfig({ caller, id: distribution.id });
  if (isFailure(fetched)) {
    if (await explainFailure(fetched, ui, { again: vscode.l10n.t("Try Again") }))
      await change(kind, argument, tools, applyTools);
    return;
  }
  const facts = factsOf(fetched.config, distribution.id);
  const config = configOf(facts)?.distribution;
  if (config === undefined) throw new Error("A config that CloudFront sent is none");
  const origins = await ui.chooseOrigins(kind, config, meant?.origin, steps);
  if (origins === undefined || origins.length === 0) return;
  const chosen =
    kind === "disable" ? { intent: { kind }, notes: [] } : await chooseFitCertificate(kind, facts, tools, ui, steps);
  if (chosen === undefined) return;
  const { intent } = chosen;
  if (goesOn === "template") return showTemplateText(intent, origins, facts, distribution.id, owner, ui);
  await carryOut(
    {
      caller,
      id: distribution.id,
      deed: kind,
      wanted: { kind: "intent", intent, origins },
      notes: [...notes, ...chosen.notes],
      step: { step: of, of },
    },
    applyTools,
  );
}

async function distributionById(id: string, account: Account, ui: LiveUi): Promise<LiveDistribution | undefined> {
  const known = account.current()?.distributions.get(id) ?? (await account.refreshDistribution(id));
  if (!isFailure(known)) return known;
  await explainFailure(known, ui);
  return undefined;
}

interface ChosenCertificate {
  readonly intent: Intent;
  readonly notes: readonly { readonly label: string; readonly detail?: string }[];
}

/** Asked until it is one that can work: looked at by itself, not by its summary. */
async function chooseFitCertificate(
  kind: Exclude<Kind, "disable">,
  facts: ConfigFacts,
  tools: LiveTools,
  ui: LiveUi,
  steps: { readonly before: number },
): Promise<ChosenCertificate | undefined> {
  const { account, drafts, log } = tools;
  const distribution = configOf(facts)?.distribution;
  if (distribution === undefined) return undefined;
  for (;;) {
    const certificate = await ui.chooseCertificate(kind, distribution, steps);
    if (certificate === undefined) return undefined;
    const looked =
      account.identity !== undefined && isOfAccount(certificate, account.identity)
        ? await account.details(certificate)
        : undefined;
    const uri = drafts.uriOf({ account: account.identity?.account ?? "0", id: "CONFIG" });
    const errors = judgeCertificate(
      certificate,
      { kind, distribution, uri, rules: ownRuleSettings() },
      { log, inventories: account },
    ).filter(({ severity }) => severity === "error");
    if (errors.length === 0) return { intent: { kind, certificate }, notes: notesOn(looked) };
    // Not waited for: it stays, and the certificates are shown again beside it.
    void ui.say(vscode.l10n.t("This certificate cannot be used. {0}", errors.map(messageOf).join(" ")), "error");
  }
}

function notesOn(looked: Awaited<ReturnType<Account["details"]>> | undefined): ChosenCertificate["notes"] {
  if (looked === undefined)
    return [{ label: vscode.l10n.t("$(question) The certificate is in another account, and was not looked at") }];
  const failure: Failure | undefined = isFailure(looked) ? looked : undefined;
  return failure === undefined
    ? []
    : [{ label: vscode.l10n.t("$(question) The certificate was not looked at"), detail: failureText(failure) }];
}
