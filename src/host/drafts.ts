import * as vscode from "vscode";
import type { FetchedConfig } from "../aws/distributions.ts";
import { isFailure } from "../aws/failure.ts";
import { rebase } from "../core/cloudfront/compare.ts";
import { maskSecrets } from "../core/cloudfront/secrets.ts";
import { unknownMembers } from "../core/cloudfront/wire.ts";
import { parseJson } from "../core/document/json.ts";
import { jsonOf } from "../core/document/plain.ts";
import type { Json } from "../core/document/tree.ts";
import { sameJson } from "../core/document/values.ts";
import { read } from "../core/read.ts";
import type { CommandId } from "../manifest.ts";
import type { Draft, DraftFiles, DraftName } from "./draft-files.ts";
import { hasJsonFault } from "./json-fault.ts";
import { type ApplyTools, carryOut, fetchConfig, readOnlyText } from "./live-apply.ts";
import { Caller } from "./live-caller.ts";
import { explainFailure } from "./live-failures.ts";
import { askOwner } from "./live-owner.ts";
import type { Planned } from "./live-plan.ts";
import { deedTitle, differenceLines } from "./live-words.ts";
import type { Session } from "./session.ts";
import { isReadOnly } from "./settings.ts";

export interface DraftTools extends ApplyTools {
  readonly drafts: DraftFiles;
  readonly session: Session;
}

// --- opening

/** Opens the config of a distribution as a draft; where there is one that says something else, it is asked what becomes of it. */
export async function openDraft(caller: Caller, id: string, tools: DraftTools): Promise<void> {
  const { drafts, ui } = tools;
  const name: DraftName = { account: caller.identity.account, id };
  const fetched = await fetchConfig({ caller, id });
  if (isFailure(fetched)) {
    if (await explainFailure(fetched, ui, { again: vscode.l10n.t("Try Again") })) await openDraft(caller, id, tools);
    return;
  }
  const known = await drafts.get(name);
  const open = openDocument(drafts.uriOf(name));
  if (known !== undefined && (isChanged(known) || open?.isDirty === true)) {
    const chosen = await ui.choose<"continue" | "anew" | "discard">({
      title: vscode.l10n.t("There is a draft of {0}", id),
      placeholder: vscode.l10n.t("It was saved on {0}, and not applied.", new Date(known.savedAt).toLocaleString()),
      items: [
        { label: vscode.l10n.t("$(edit) Continue the draft"), ...(known.base.etag === fetched.etag ? {} : { detail: vscode.l10n.t("The distribution was changed since: applying it keeps both, where they do not contradict each other.") }), value: "continue" },
        { label: vscode.l10n.t("$(refresh) Start anew with what CloudFront has"), detail: vscode.l10n.t("The changes of the draft are lost."), value: "anew" },
        { label: vscode.l10n.t("$(trash) Discard the draft"), detail: vscode.l10n.t("The changes of the draft are lost, and nothing is opened."), value: "discard" },
      ],
    });
    if (chosen === undefined) return;
    if (chosen === "discard") return discard(name, drafts);
    if (chosen === "anew") await setDraft(name, fetched, fetched.config.text, caller.profile, drafts);
  } else await setDraft(name, fetched, fetched.config.text, caller.profile, drafts);
  await show(drafts.uriOf(name));
}

/** As a click in a list does: a document that an extension opens itself stays open for minutes after its editor. */
async function show(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand("vscode.open", uri, { preview: false } satisfies vscode.TextDocumentShowOptions);
}

function isChanged({ text, base }: Draft): boolean {
  return text !== base.text;
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

async function discard(name: DraftName, drafts: DraftFiles): Promise<void> {
  const uri = drafts.uriOf(name);
  const document = openDocument(uri);
  if (document?.isDirty === true) await replaceText(document, (await drafts.get(name))?.base.text ?? "");
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
  await vscode.window.tabGroups.close(tabs);
  await drafts.discard(name);
}

/** A draft that says what it was made from holds nothing worth keeping, and secrets: it goes with its editor. */
export function forgetUnchanged(drafts: DraftFiles, fault: (error: unknown) => void): vscode.Disposable {
  return vscode.workspace.onDidCloseTextDocument((document) => {
    const name = drafts.nameOf(document.uri);
    if (name === undefined) return;
    drafts
      .get(name)
      .then((draft) => (draft !== undefined && !isChanged(draft) && openDocument(document.uri) === undefined ? drafts.discard(name) : undefined))
      .catch(fault);
  });
}

/** The draft, on another base and with another text; an editor on it shows that too. */
async function setDraft(name: DraftName, base: FetchedConfig, text: string, profile: string | undefined, drafts: DraftFiles): Promise<void> {
  const document = openDocument(drafts.uriOf(name));
  // The editor first: a file that changes below it is read again at some time, and an editor with changes is not saved over it.
  if (document !== undefined && (document.isDirty || document.getText() !== text)) await replaceText(document, text);
  await drafts.put(name, { text, base: { etag: base.etag, text: base.config.text }, served: [...unknownMembers(base.config)], profile, savedAt: Date.now() });
}

/** Beyond the end of any config: how long the text is by then, nobody knows. */
const mostLines = 1_000_000;

/** Unlike the file below it, an editor with changes of its own takes an edit. */
async function replaceText(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, mostLines, 0), text);
  if (await vscode.workspace.applyEdit(edit)) await document.save();
}

// --- applying

/** Saves the draft, and changes the distribution by what the draft changes. */
export async function applyDraft(uri: vscode.Uri, tools: DraftTools): Promise<void> {
  const { drafts, ui, session } = tools;
  const name = drafts.nameOf(uri);
  if (name === undefined) return ui.say(vscode.l10n.t("Open the config of a distribution first: what is applied is its draft."));
  if (isReadOnly()) return ui.say(readOnlyText());
  const document = openDocument(uri) ?? (await vscode.workspace.openTextDocument(uri));
  if (document.isDirty && !(await document.save())) return;
  const draft = await drafts.get(name);
  if (draft === undefined) return ui.say(vscode.l10n.t("This draft was discarded. Open the config of the distribution again to begin another one."), "warning");
  const mine = await configIn(document, tools);
  if (mine === undefined) return;
  const caller = await Caller.of(session);
  if (isFailure(caller)) {
    await explainFailure(caller, ui, { standing: vscode.l10n.t("The draft is kept.") });
    return;
  }
  if (caller.identity.account !== name.account) return sayOtherAccount(name, draft, caller, tools);
  const { goesOn, notes } = await askOwner(caller, { id: name.id, arn: `arn:${caller.identity.partition}:cloudfront::${name.account}:distribution/${name.id}` }, false, ui);
  if (goesOn !== "live") return;
  /** What the draft says as far as nobody types. */
  let said = mine;
  const onTaken = async (now: FetchedConfig, goal: Json) => {
    await follow(name, said, now, goal, caller.profile, drafts);
    said = goal;
  };
  const onConflicts = (planned: Conflicts) => settle(planned, name, draft, mine, caller, tools);
  await carryOut({ caller, id: name.id, deed: "draft", wanted: { kind: "draft", base: baseOf(draft), mine }, notes, onTaken, onConflicts }, tools);
}

function baseOf(draft: Draft): Json {
  return JSON.parse(draft.base.text) as Json;
}

/** What the draft says, where it is a whole config; else the user was told. */
async function configIn(document: vscode.TextDocument, { ui }: DraftTools): Promise<Json | undefined> {
  const facts = read({ text: document.getText(), syntax: "jsonc", name: document.uri.path.slice(document.uri.path.lastIndexOf("/") + 1), encoding: "utf8" });
  if (await hasJsonFault({ document, version: document.version, facts, problems: [] })) return undefined;
  const { root } = facts.tree;
  const { config } = facts;
  if (root?.kind !== "object" || config === undefined || !config.distribution.whole) {
    await ui.say(vscode.l10n.t("The draft holds no whole distribution config any more. An update replaces everything, so a part of it cannot be sent."), "error");
    return undefined;
  }
  if (config.wrapper !== undefined) {
    await ui.say(vscode.l10n.t("Something stands around the config in the draft. Extract the inner config (light bulb) before you apply it."), "error");
    return undefined;
  }
  return jsonOf(root);
}

async function sayOtherAccount(name: DraftName, { profile }: Draft, caller: Caller, { ui }: DraftTools): Promise<void> {
  const choose = vscode.l10n.t("Select AWS Profile…");
  const whose = profile === undefined ? vscode.l10n.t("the account {0}", name.account) : vscode.l10n.t("the account {0} (profile {1})", name.account, profile);
  const message = vscode.l10n.t("The draft is of {0}; the session is in the account {1}. Choose the profile of the draft, then apply it again. The draft is kept.", whose, caller.identity.account);
  if ((await ui.ask(message, [choose], "warning")) === choose) await vscode.commands.executeCommand("mtls.selectProfile" satisfies CommandId);
}

/** CloudFront has what the draft said, or a part of it: the draft goes on from there, with whatever was typed since. */
async function follow(name: DraftName, said: Json, base: FetchedConfig, goal: Json, profile: string | undefined, drafts: DraftFiles): Promise<void> {
  const document = openDocument(drafts.uriOf(name));
  const draft = await drafts.get(name);
  const text = document?.getText() ?? draft?.text;
  if (text === undefined) return;
  const { root, problems } = parseJson(text, "jsonc");
  const now = root === undefined || problems.length > 0 ? undefined : jsonOf(root);
  // Half typed: only the base moves on, and the text stays.
  const merged = now === undefined ? undefined : rebase(said, now, goal).merged;
  await setDraft(name, base, merged === undefined ? text : sameJson(merged, base.config.json) ? base.config.text : layOut(merged), profile, drafts);
}

function layOut(config: Json): string {
  return `${JSON.stringify(config, undefined, 4)}\n`;
}

type Conflicts = Extract<Planned, { readonly kind: "conflicts" }>;

/** Both changed the same places: shown, and settled in the draft. What comes of it is applied by itself, after another look. */
async function settle({ conflicts, fetched }: Conflicts, name: DraftName, draft: Draft, mine: Json, caller: Caller, { ui, drafts }: DraftTools): Promise<void> {
  const base = baseOf(draft);
  const withMine = rebase(base, fetched.config.json, mine).merged;
  const answer = await ui.review<"theirs" | "mine" | "cancel">({
    title: deedTitle("draft", name.id),
    path: `/${name.id}.json`,
    before: maskSecrets(parseJson(fetched.config.text, "json")),
    after: maskSecrets(parseJson(layOut(withMine), "json")),
    problems: [],
    question: vscode.l10n.t("Somebody else changed the same places since the draft was begun. Nothing was changed."),
    answers: [
      { answer: "theirs", label: vscode.l10n.t("$(git-merge) Take what CloudFront has there into the draft"), detail: vscode.l10n.t("The rest of the draft stays. Nothing is sent: look at it, then apply it again.") },
      { answer: "mine", label: vscode.l10n.t("$(git-merge) Keep what the draft says there"), detail: vscode.l10n.t("What else was changed in CloudFront comes into the draft. Nothing is sent: look at it, then apply it again.") },
      { answer: "cancel", label: vscode.l10n.t("$(close) Cancel"), description: vscode.l10n.t("the draft stays as it is") },
    ],
    sections: [{ title: vscode.l10n.t("CloudFront has, and what the draft makes of it"), lines: differenceLines(conflicts) }],
  });
  if (answer !== "theirs" && answer !== "mine") return;
  const settled = answer === "mine" ? withMine : rebase(base, mine, fetched.config.json).merged;
  await setDraft(name, fetched, layOut(settled), caller.profile, drafts);
  await show(drafts.uriOf(name));
}
