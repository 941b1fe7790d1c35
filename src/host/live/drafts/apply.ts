import * as vscode from "vscode";
import { Caller } from "../../../account/live/caller.ts";
import type { TakenStep, Version } from "../../../account/live/change.ts";
import { carryOut } from "../../../account/live/engine.ts";
import { explainFailure } from "../../../account/live/failures.ts";
import type { KeptErrand } from "../../../account/live/targets/distribution/kept.ts";
import { ownershipOf } from "../../../account/live/targets/distribution/owner.ts";
import { distributionTarget } from "../../../account/live/targets/distribution/target.ts";
import { wishForDraft } from "../../../account/live/targets/distribution/wishes.ts";
import { readOnlyText } from "../../../account/live/words.ts";
import { rebase } from "../../../core/cloudfront/compare.ts";
import type { KeptValues } from "../../../core/cloudfront/placeholders.ts";
import type { WireConfig } from "../../../core/cloudfront/wire.ts";
import { valueIn } from "../../../core/document/json/value.ts";
import type { Json } from "../../../core/document/tree.ts";
import { sameJson } from "../../../core/document/values.ts";
import { configOf } from "../../../core/facts.ts";
import { isFailure } from "../../../core/failure.ts";
import { read } from "../../../core/read.ts";
import { hasSyntaxFault } from "../../documents/changeable.ts";
import { fileName } from "../../editor/files.ts";
import { openDocument } from "../../editor/open-document.ts";
import { currentDraft, setDraft } from "./current.ts";
import type { Draft, DraftName } from "./draft.ts";
import type { DraftFiles } from "./files.ts";
import { layOut, settle } from "./settle.ts";
import type { DraftTools } from "./tools.ts";
import { sayUnresolved } from "./unresolved.ts";
import { plainText } from "./values.ts";

/** Saves the draft, and changes the distribution by what the draft changes. */
export async function applyDraft(uri: vscode.Uri, tools: DraftTools): Promise<void> {
  const { drafts, ui, session } = tools;
  const name = drafts.draftNameOf(uri);
  if (name === undefined)
    return ui.say(vscode.l10n.t("Open the configuration of a distribution first. The command applies its draft."));
  if (tools.isReadOnly()) return ui.say(readOnlyText());
  const known = await currentDraft(name, drafts);
  if (known === undefined) return ui.say(await drafts.whyNone(name), "warning");
  // Who applies it knows.
  await drafts.markExplained(name);
  const document = openDocument(uri) ?? (await vscode.workspace.openTextDocument(uri));
  if (document.isDirty && !(await document.save())) {
    return ui.say(
      vscode.l10n.t(
        "Nothing was applied because the draft could not be saved. Another window might have saved it. Compare the draft with the saved version, save the version to apply, then apply it again.",
      ),
      "error",
    );
  }
  // By what this editor began with: what is saved may be another window's by now.
  const draft = (await drafts.inEditor(document)) ?? known;
  const mine = await configIn(document, draft.values, tools);
  if (mine === undefined) return;
  const caller = await Caller.of(session);
  if (isFailure(caller)) {
    await explainFailure(caller, tools, { standing: vscode.l10n.t("The draft is kept.") });
    return;
  }
  if (caller.identity.account !== name.account) return sayOtherAccount(name, draft, caller, tools);
  const arn = `arn:${caller.identity.partition}:cloudfront::${name.account}:distribution/${name.id}`;
  const { notes, text } = await ownershipOf(caller, { id: name.id, arn }, tools);
  const owner = text === undefined ? undefined : { text };
  const base = baseOf(draft);
  /** What the draft says, apart from what is typed meanwhile. */
  let said = mine;
  const onTaken = async ({ now, done, whole }: TakenStep<WireConfig>) => {
    // What is still to come, on top of what is there: the service may have added something.
    const goal = rebase(done.json, whole.json, now.config.json).merged;
    if (await follow(name, said, now, goal, caller.profile, drafts)) said = goal;
  };
  await carryOut(
    {
      caller,
      kept: { what: "draft" } satisfies KeptErrand,
      target: distributionTarget(name.id, caller, tools),
      wish: {
        ...wishForDraft(name.id, base, mine, { notes, owner }),
        onTaken,
        onConflicts: (found, at) => settle(found, { name, base, mine, profile: caller.profile }, at, tools),
      },
    },
    tools,
  );
}

function baseOf(draft: Draft): Json {
  return JSON.parse(draft.base.text) as Json;
}

/** What the draft says, with its header values, where it is a whole config; else the user was told. */
async function configIn(
  document: vscode.TextDocument,
  values: KeptValues,
  { ui }: DraftTools,
): Promise<Json | undefined> {
  const facts = read({
    text: document.getText(),
    syntax: "jsonc",
    name: fileName(document.uri),
    encoding: "utf8",
  });
  if (await hasSyntaxFault({ document, version: document.version, facts, problems: [] })) return undefined;
  const { root } = facts.tree;
  const config = configOf(facts);
  if (root?.kind !== "object" || config === undefined || !config.distribution.whole) {
    await ui.say(
      vscode.l10n.t(
        "The draft no longer contains a whole distribution configuration. An update replaces the whole configuration, so a part of it cannot be sent.",
      ),
      "error",
    );
    return undefined;
  }
  if (config.wrapper !== undefined) {
    await ui.say(
      vscode.l10n.t(
        "The configuration in the draft has a wrapper. Extract the inner configuration with the Quick Fix before you apply it.",
      ),
      "error",
    );
    return undefined;
  }
  const { text, unresolved } = plainText({ text: facts.tree.text, values });
  const [first] = unresolved;
  if (first === undefined) return valueIn(text);
  await sayUnresolved(document, { first, count: unresolved.length, values }, ui);
  return undefined;
}

async function sayOtherAccount(name: DraftName, { profile }: Draft, caller: Caller, { ui }: DraftTools): Promise<void> {
  const choose = vscode.l10n.t("Select AWS Profile…");
  const message =
    profile === undefined
      ? vscode.l10n.t(
          "The draft belongs to account {0}, but you are signed in to account {1}. Select a profile of that account, then apply the draft again. The draft is kept.",
          name.account,
          caller.identity.account,
        )
      : vscode.l10n.t(
          "The draft belongs to account {0}, but you are signed in to account {1}. Select the profile {2}, then apply the draft again. The draft is kept.",
          name.account,
          caller.identity.account,
          profile,
        );
  if ((await ui.ask(message, [choose], "warning")) === choose) await ui.leaveFor({ to: "profiles" });
}

/** Typing between the answer and the edit makes the edit fail, so it is tried again. */
const mostEdits = 3;

/**
 * CloudFront has what the draft said, or a part of it: the draft goes on from there, with whatever was typed since.
 * @returns false where it stays as it is, text and base: half typed, it cannot take in what others changed, and another
 * base alone would make their changes look taken back
 */
async function follow(
  name: DraftName,
  said: Json,
  base: Version<WireConfig>,
  goal: Json,
  profile: string | undefined,
  drafts: DraftFiles,
): Promise<boolean> {
  for (let edit = 0; edit < mostEdits; edit++) {
    const draft = await currentDraft(name, drafts);
    if (draft === undefined) return false;
    const { text, unresolved } = plainText(draft);
    const now = unresolved.length > 0 ? undefined : valueIn(text);
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
