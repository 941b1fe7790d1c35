import * as vscode from "vscode";
import type { Planned } from "../../account/plan.ts";
import type { Session } from "../../account/session.ts";
import type { FetchedConfig } from "../../aws/distributions.ts";
import { rebase } from "../../core/cloudfront/compare.ts";
import { maskSecrets } from "../../core/cloudfront/secrets.ts";
import { unknownMembers } from "../../core/cloudfront/wire.ts";
import { parseJson } from "../../core/document/json.ts";
import { jsonOf } from "../../core/document/plain.ts";
import type { Json } from "../../core/document/tree.ts";
import { sameJson } from "../../core/document/values.ts";
import { configOf } from "../../core/facts.ts";
import { type Failure, isFailure } from "../../core/failure.ts";
import { masked } from "../../core/messages/comparison.ts";
import { read } from "../../core/read.ts";
import type { CommandId } from "../../manifest.ts";
import { hasJsonFault } from "../documents/json-fault.ts";
import { isReadOnly } from "../editor/settings.ts";
import { type ApplyTools, carryOut, fetchConfig, readOnlyText } from "./apply.ts";
import { Caller } from "./caller.ts";
import { type Draft, type DraftFiles, type DraftName, isSameText, openDocument } from "./draft-files.ts";
import { explainFailure } from "./failures.ts";
import { askOwner } from "./owner.ts";
import { deedTitle, differenceLines, failureText } from "./words.ts";

export interface DraftTools extends ApplyTools {
  readonly drafts: DraftFiles;
  readonly session: Session;
}

// --- opening

/**
 * Opens the config of a distribution as a draft; where there is one that says something else, it is asked what becomes
 * of it.
 */
export async function openDraft(caller: Caller, id: string, tools: DraftTools): Promise<void> {
  const { drafts, ui } = tools;
  const name: DraftName = { account: caller.identity.account, id };
  const fetched = await fetchConfig({ caller, id });
  if (isFailure(fetched)) {
    const answer = fetched.failure === "cancelled" ? "none" : await openKept(name, fetched, tools);
    if (answer === "done") return;
    if (await explainFailure(fetched, ui, { again: vscode.l10n.t("Try Again") })) await openDraft(caller, id, tools);
    return;
  }
  const [kept, current] = [await drafts.get(name), await currentDraft(name, drafts)];
  if (current !== undefined && isChanged(current)) {
    const chosen = await ui.choose<"continue" | "anew" | "discard">({
      title: keptTitle(name),
      placeholder: keptText(current),
      items: [
        {
          ...continueItem(),
          ...(current.base.etag === fetched.etag
            ? {}
            : {
                detail: vscode.l10n.t(
                  "The distribution was changed since: applying it keeps both, where they do not contradict each other.",
                ),
              }),
        },
        {
          label: vscode.l10n.t("$(refresh) Start anew with what CloudFront has"),
          detail: vscode.l10n.t("The changes of the draft are lost."),
          value: "anew",
        },
        discardItem(),
      ],
    });
    if (chosen === undefined) return;
    if (chosen === "discard") return discard(name, drafts);
    if (chosen === "anew") await setDraft(name, fetched, fetched.config.text, caller.profile, drafts);
  } else if (kept === undefined || isChanged(kept) || kept.base.etag !== fetched.etag) {
    // What another window shows is not touched without need.
    await setDraft(name, fetched, fetched.config.text, caller.profile, drafts);
  }
  await show(drafts.uriOf(name));
}

/**
 * A draft with changes is somebody's work, and holds secrets: it can be had and thrown away without CloudFront, too.
 * @param failure why there is no asking CloudFront
 * @returns `none`: there is no such draft, or the failure is to be explained
 */
export async function openKept(
  name: DraftName,
  failure: Failure,
  { drafts, ui }: DraftTools,
): Promise<"done" | "none"> {
  const current = await currentDraft(name, drafts);
  if (current === undefined || !isChanged(current)) return "none";
  const chosen = await ui.choose<"continue" | "discard" | "explain">({
    title: keptTitle(name),
    placeholder: keptText(current),
    items: [
      { ...continueItem(), detail: vscode.l10n.t("Whether the distribution was changed since is not known now.") },
      discardItem(),
      {
        label: vscode.l10n.t("$(warning) What CloudFront has cannot be read now…"),
        detail: failureText(failure),
        value: "explain",
      },
    ],
  });
  if (chosen === "explain") return "none";
  if (chosen === "discard") await discard(name, drafts);
  else if (chosen === "continue") await show(drafts.uriOf(name));
  return "done";
}

/** The same where nobody is signed in, so that the account is not known either. */
export async function openAnyKept(
  id: string | undefined,
  failure: Failure,
  tools: DraftTools,
): Promise<"done" | "none"> {
  const { drafts, ui } = tools;
  const changed: { readonly name: DraftName; readonly draft: Draft }[] = [];
  for (const name of await drafts.names()) {
    const draft = id === undefined || name.id === id ? await currentDraft(name, drafts) : undefined;
    if (draft !== undefined && isChanged(draft)) changed.push({ name, draft });
  }
  const [only] = changed;
  if (only === undefined) return "none";
  if (changed.length === 1) return openKept(only.name, failure, tools);
  const chosen = await ui.choose<DraftName | "explain">({
    title: vscode.l10n.t("Drafts of Distributions"),
    placeholder: vscode.l10n.t("AWS cannot be asked now. What is kept on this machine can be continued or discarded."),
    items: [
      ...changed.map(({ name, draft }) => ({
        label: name.id,
        description: name.account,
        detail: keptText(draft),
        value: name,
      })),
      { label: vscode.l10n.t("$(warning) AWS cannot be asked now…"), detail: failureText(failure), value: "explain" },
    ],
  });
  if (chosen === "explain") return "none";
  return chosen === undefined ? "done" : openKept(chosen, failure, tools);
}

const keptTitle = ({ id }: DraftName) => vscode.l10n.t("There is a draft of {0}", id);
const keptText = ({ savedAt }: Draft) =>
  vscode.l10n.t("It was saved on {0}, and not applied.", new Date(savedAt).toLocaleString());
const continueItem = () => ({ label: vscode.l10n.t("$(edit) Continue the draft"), value: "continue" }) as const;
const discardItem = () =>
  ({
    label: vscode.l10n.t("$(trash) Discard the draft"),
    detail: vscode.l10n.t("The changes of the draft are lost, and nothing is opened."),
    value: "discard",
  }) as const;

/** As it is in an editor; else as it was saved. */
async function currentDraft(name: DraftName, drafts: DraftFiles): Promise<Draft | undefined> {
  const document = openDocument(drafts.uriOf(name));
  return document === undefined ? drafts.get(name) : drafts.inEditor(document);
}

/** As a click in a list does: a document that an extension opens itself stays open for minutes after its editor. */
async function show(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand("vscode.open", uri, { preview: false } satisfies vscode.TextDocumentShowOptions);
}

function isChanged({ text, base }: Draft): boolean {
  return !isSameText(text, base.text);
}

async function discard(name: DraftName, drafts: DraftFiles): Promise<void> {
  const uri = drafts.uriOf(name);
  const document = openDocument(uri);
  if (document?.isDirty === true && (await replaceText(document, (await drafts.inEditor(document))?.base.text ?? "")))
    await document.save();
  await vscode.window.tabGroups.close(tabsOf(uri));
  await drafts.discard(name);
}

function tabsOf(uri: vscode.Uri): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
}

/**
 * For so long after it was saved, another window may have an editor on it, which this one cannot see. In milliseconds.
 */
export const unchangedDraftsStay = 5 * 60 * 1000;
/** What a window that ended left is nobody's after a day. */
const leftDraftsStay = 24 * 60 * 60 * 1000;

/**
 * A draft that says what it was made from holds nothing worth keeping, and secrets: it goes some time after its editor.
 */
export function forgetUnchanged(drafts: DraftFiles, stay: number, fault: (error: unknown) => void): vscode.Disposable {
  const timers = new Set<NodeJS.Timeout>();
  const forget = async (name: DraftName, age: number): Promise<void> => {
    const draft = await drafts.get(name);
    const uri = drafts.uriOf(name);
    if (draft === undefined || isChanged(draft) || openDocument(uri) !== undefined || tabsOf(uri).length > 0) return;
    const rest = draft.savedAt + age - Date.now();
    if (rest <= 0) await drafts.discard(name);
    else if (age === stay) later(name, rest);
  };
  const later = (name: DraftName, milliseconds: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      forget(name, stay).catch(fault);
    }, milliseconds);
    timers.add(timer);
  };
  const forgetLeft = async () => {
    for (const name of await drafts.names()) await forget(name, leftDraftsStay);
  };
  forgetLeft().catch(fault);
  const closed = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
    const name = drafts.nameOf(uri);
    if (name !== undefined) forget(name, stay).catch(fault);
  });
  return vscode.Disposable.from(closed, { dispose: () => timers.forEach(clearTimeout) });
}

/**
 * The draft, on another base and with another text; an editor on it shows that too.
 * @returns whether it is so: where somebody types at this moment, text and base stay as they are
 */
async function setDraft(
  name: DraftName,
  base: FetchedConfig,
  text: string,
  profile: string | undefined,
  drafts: DraftFiles,
): Promise<boolean> {
  const document = openDocument(drafts.uriOf(name));
  const draft: Draft = {
    text,
    base: { etag: base.etag, text: base.config.text },
    served: [...unknownMembers(base.config)],
    profile,
    savedAt: Date.now(),
  };
  // The editor first: a file that changes below it is read again at some time, and an editor with changes is not saved
  // over it.
  if (document !== undefined && (document.isDirty || !isSameText(document.getText(), text))) {
    drafts.expect(name, draft);
    if (!(await replaceText(document, text))) return false;
    // Saved with its base. Where it cannot be saved, both stay with the editor.
    await document.save();
    return true;
  }
  await drafts.put(name, draft);
  return true;
}

/** Beyond the end of any config: how long the text is by then, nobody knows. */
const mostLines = 1_000_000;

/** Unlike the file below it, an editor with changes of its own takes an edit. */
async function replaceText(document: vscode.TextDocument, text: string): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, mostLines, 0), text);
  return vscode.workspace.applyEdit(edit);
}

// --- applying

/** Saves the draft, and changes the distribution by what the draft changes. */
export async function applyDraft(uri: vscode.Uri, tools: DraftTools): Promise<void> {
  const { drafts, ui, session } = tools;
  const name = drafts.nameOf(uri);
  if (name === undefined)
    return ui.say(vscode.l10n.t("Open the config of a distribution first: what is applied is its draft."));
  if (isReadOnly()) return ui.say(readOnlyText());
  const known = await currentDraft(name, drafts);
  if (known === undefined)
    return ui.say(
      vscode.l10n.t("This draft was discarded. Open the config of the distribution again to begin another one."),
      "warning",
    );
  const document = openDocument(uri) ?? (await vscode.workspace.openTextDocument(uri));
  if (document.isDirty && !(await document.save())) {
    return ui.say(
      vscode.l10n.t(
        "Nothing is applied, because the draft could not be saved. Another window may have saved it meanwhile: compare it with what is saved, save what is to be applied, and apply it again.",
      ),
      "error",
    );
  }
  // By what this editor began with: what is saved may be another window's by now.
  const draft = (await drafts.inEditor(document)) ?? known;
  const mine = await configIn(document, tools);
  if (mine === undefined) return;
  const caller = await Caller.of(session);
  if (isFailure(caller)) {
    await explainFailure(caller, ui, { standing: vscode.l10n.t("The draft is kept.") });
    return;
  }
  if (caller.identity.account !== name.account) return sayOtherAccount(name, draft, caller, tools);
  const { goesOn, notes } = await askOwner(
    caller,
    { id: name.id, arn: `arn:${caller.identity.partition}:cloudfront::${name.account}:distribution/${name.id}` },
    false,
    ui,
  );
  if (goesOn !== "live") return;
  /** What the draft says as far as nobody types. */
  let said = mine;
  const onTaken = async (now: FetchedConfig, goal: Json) => {
    if (await follow(name, said, now, goal, caller.profile, drafts)) said = goal;
  };
  const onConflicts = (planned: Conflicts) => settle(planned, name, draft, mine, caller, tools);
  await carryOut(
    {
      caller,
      id: name.id,
      deed: "draft",
      wanted: { kind: "draft", base: baseOf(draft), mine },
      notes,
      onTaken,
      onConflicts,
    },
    tools,
  );
}

function baseOf(draft: Draft): Json {
  return JSON.parse(draft.base.text) as Json;
}

/** What the draft says, where it is a whole config; else the user was told. */
async function configIn(document: vscode.TextDocument, { ui }: DraftTools): Promise<Json | undefined> {
  const facts = read({
    text: document.getText(),
    syntax: "jsonc",
    name: document.uri.path.slice(document.uri.path.lastIndexOf("/") + 1),
    encoding: "utf8",
  });
  if (await hasJsonFault({ document, version: document.version, facts, problems: [] })) return undefined;
  const { root } = facts.tree;
  const config = configOf(facts);
  if (root?.kind !== "object" || config === undefined || !config.distribution.whole) {
    await ui.say(
      vscode.l10n.t(
        "The draft holds no whole distribution config any more. An update replaces everything, so a part of it cannot be sent.",
      ),
      "error",
    );
    return undefined;
  }
  if (config.wrapper !== undefined) {
    await ui.say(
      vscode.l10n.t(
        "Something stands around the config in the draft. Extract the inner config (light bulb) before you apply it.",
      ),
      "error",
    );
    return undefined;
  }
  return jsonOf(root);
}

async function sayOtherAccount(name: DraftName, { profile }: Draft, caller: Caller, { ui }: DraftTools): Promise<void> {
  const choose = vscode.l10n.t("Select AWS Profile…");
  const whose =
    profile === undefined
      ? vscode.l10n.t("the account {0}", name.account)
      : vscode.l10n.t("the account {0} (profile {1})", name.account, profile);
  const message = vscode.l10n.t(
    "The draft is of {0}; the session is in the account {1}. Choose the profile of the draft, then apply it again. The draft is kept.",
    whose,
    caller.identity.account,
  );
  if ((await ui.ask(message, [choose], "warning")) === choose)
    await vscode.commands.executeCommand("mtls.selectProfile" satisfies CommandId);
}

/** Somebody may type between the answer and the edit. */
const mostEdits = 3;

/**
 * CloudFront has what the draft said, or a part of it: the draft goes on from there, with whatever was typed since.
 * @returns false where it stays as it is, text and base: half typed, it cannot take in what others changed, and another
 * base alone would make their changes look taken back
 */
async function follow(
  name: DraftName,
  said: Json,
  base: FetchedConfig,
  goal: Json,
  profile: string | undefined,
  drafts: DraftFiles,
): Promise<boolean> {
  for (let edit = 0; edit < mostEdits; edit++) {
    const draft = await currentDraft(name, drafts);
    if (draft === undefined) return false;
    const { root, problems } = parseJson(draft.text, "jsonc");
    const now = root === undefined || problems.length > 0 ? undefined : jsonOf(root);
    if (now === undefined) return false;
    const { merged } = rebase(said, now, goal);
    if (
      await setDraft(
        name,
        base,
        sameJson(merged, base.config.json) ? base.config.text : layOut(merged),
        profile,
        drafts,
      )
    )
      return true;
  }
  return false;
}

function layOut(config: Json): string {
  return `${JSON.stringify(config, undefined, 4)}\n`;
}

type Conflicts = Extract<Planned, { readonly kind: "conflicts" }>;

/**
 * Both changed the same places: shown, and settled in the draft. What comes of it is applied by itself, after another
 * look.
 */
async function settle(
  { conflicts, fetched }: Conflicts,
  name: DraftName,
  draft: Draft,
  mine: Json,
  caller: Caller,
  { ui, drafts }: DraftTools,
): Promise<void> {
  const base = baseOf(draft);
  const withMine = rebase(base, fetched.config.json, mine).merged;
  const answer = await ui.review<"theirs" | "mine" | "cancel">({
    title: deedTitle("draft", name.id),
    path: `/${name.id}.json`,
    before: maskSecrets(parseJson(fetched.config.text, "json")),
    after: masked(parseJson(layOut(withMine), "json"), parseJson(fetched.config.text, "json")).text,
    problems: [],
    question: vscode.l10n.t("Somebody else changed the same places since the draft was begun. Nothing was changed."),
    answers: [
      {
        answer: "theirs",
        label: vscode.l10n.t("$(git-merge) Take what CloudFront has there into the draft"),
        detail: vscode.l10n.t("The rest of the draft stays. Nothing is sent: look at it, then apply it again."),
      },
      {
        answer: "mine",
        label: vscode.l10n.t("$(git-merge) Keep what the draft says there"),
        detail: vscode.l10n.t(
          "What else was changed in CloudFront comes into the draft. Nothing is sent: look at it, then apply it again.",
        ),
      },
      {
        answer: "cancel",
        label: vscode.l10n.t("$(close) Cancel"),
        description: vscode.l10n.t("the draft stays as it is"),
      },
    ],
    sections: [
      { title: vscode.l10n.t("CloudFront has, and what the draft makes of it"), lines: differenceLines(conflicts) },
    ],
  });
  if (answer !== "theirs" && answer !== "mine") return;
  const settled = answer === "mine" ? withMine : rebase(base, mine, fetched.config.json).merged;
  await setDraft(name, fetched, layOut(settled), caller.profile, drafts);
  await show(drafts.uriOf(name));
}
