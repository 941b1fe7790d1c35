import * as vscode from "vscode";
import type { Caller } from "../../../account/live/caller.ts";
import { explainFailure, tryAgain } from "../../../account/live/failures.ts";
import { fetchConfig } from "../../../account/live/targets/distribution/target.ts";
import { failureText } from "../../../account/live/words.ts";
import { type Failure, isFailure } from "../../../core/failure.ts";
import { currentDraft, discard, isChanged, setDraft, show } from "./current.ts";
import type { Draft, DraftName } from "./draft.ts";
import { ifAvailable } from "./secrets.ts";
import type { DraftTools } from "./tools.ts";

/**
 * Opens the config of a distribution as a draft; where there is one that says something else, it is asked what becomes
 * of it.
 */
export async function openDraft(caller: Caller, id: string, tools: DraftTools): Promise<void> {
  const { drafts, ui } = tools;
  const name: DraftName = { account: caller.identity.account, id };
  const fetched = await fetchConfig(id, caller, tools);
  if (isFailure(fetched)) {
    const answer = fetched.failure === "cancelled" ? "none" : await openKept(name, fetched, tools);
    if (answer === "done") return;
    if (await explainFailure(fetched, tools, { again: tryAgain() })) await openDraft(caller, id, tools);
    return;
  }
  const [kept, current] = [await drafts.read(name), await currentDraft(name, drafts)];
  if (kept === "damaged" && current === undefined && !(await isStartedOver(name, tools))) return;
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
                  "The distribution has changed since. Applying the draft keeps both sets of changes unless they conflict.",
                ),
              }),
        },
        {
          ...startOverItem(),
          detail: vscode.l10n.t("The changes in the draft will be lost."),
        },
        discardItem(),
      ],
    });
    if (chosen === undefined) return;
    if (chosen === "discard") return discard(name, drafts);
    if (chosen === "anew") await setDraft(name, fetched, fetched.config.text, caller.profile, drafts);
  } else if (kept === undefined || kept === "damaged" || isChanged(kept) || kept.base.etag !== fetched.etag) {
    // What another window shows is not touched without need.
    await setDraft(name, fetched, fetched.config.text, caller.profile, drafts);
  }
  await show(drafts.uriOf(name));
}

/** What is damaged stays until the user lets something else take its place. */
async function isStartedOver(name: DraftName, { ui }: DraftTools): Promise<boolean> {
  const chosen = await ui.choose<"anew">({
    title: keptTitle(name),
    placeholder: vscode.l10n.t("The saved draft is damaged and cannot be read."),
    items: [{ ...startOverItem(), detail: vscode.l10n.t("The damaged draft will be removed.") }],
  });
  return chosen === "anew";
}

/**
 * A draft with changes is the user's work and holds secrets: it can be opened and discarded without CloudFront, too.
 * @param failure why there is no asking CloudFront
 * @returns `none`: there is no such draft, or the failure is to be explained
 */
async function openKept(name: DraftName, failure: Failure, { drafts, ui }: DraftTools): Promise<"done" | "none"> {
  const current = await ifAvailable(currentDraft(name, drafts));
  if (current === undefined || !isChanged(current)) return "none";
  const chosen = await ui.choose<"continue" | "discard" | "explain">({
    title: keptTitle(name),
    placeholder: keptText(current),
    items: [
      {
        ...continueItem(),
        detail: vscode.l10n.t("It is currently unknown whether the distribution has changed since."),
      },
      discardItem(),
      {
        label: vscode.l10n.t("$(warning) Could not read the configuration from CloudFront…"),
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

/** The same without a sign-in, so that the account is not known either. */
export async function openAnyKept(
  id: string | undefined,
  failure: Failure,
  tools: DraftTools,
): Promise<"done" | "none"> {
  const { drafts, ui } = tools;
  const changed: { readonly name: DraftName; readonly draft: Draft }[] = [];
  for (const name of (await ifAvailable(drafts.names())) ?? []) {
    const draft = id === undefined || name.id === id ? await ifAvailable(currentDraft(name, drafts)) : undefined;
    if (draft !== undefined && isChanged(draft)) changed.push({ name, draft });
  }
  const [only] = changed;
  if (only === undefined) return "none";
  if (changed.length === 1) return openKept(only.name, failure, tools);
  const chosen = await ui.choose<DraftName | "explain">({
    title: vscode.l10n.t("Distribution Drafts"),
    placeholder: vscode.l10n.t(
      "AWS is not available now. Select a draft saved on this machine to continue or discard it.",
    ),
    items: [
      ...changed.map(({ name, draft }) => ({
        label: name.id,
        description: name.account,
        detail: keptText(draft),
        value: name,
      })),
      { label: vscode.l10n.t("$(warning) AWS is not available now…"), detail: failureText(failure), value: "explain" },
    ],
  });
  if (chosen === "explain") return "none";
  return chosen === undefined ? "done" : openKept(chosen, failure, tools);
}

const keptTitle = ({ id }: DraftName) => vscode.l10n.t("Draft of {0}", id);
const keptText = ({ savedAt }: Draft) => vscode.l10n.t("Saved on {0}, not applied", new Date(savedAt).toLocaleString());
const startOverItem = () =>
  ({ label: vscode.l10n.t("$(refresh) Start over with the CloudFront configuration"), value: "anew" }) as const;
const continueItem = () => ({ label: vscode.l10n.t("$(edit) Continue the draft"), value: "continue" }) as const;
const discardItem = () =>
  ({
    label: vscode.l10n.t("$(trash) Discard the draft"),
    detail: vscode.l10n.t("The changes in the draft will be lost, and nothing is opened."),
    value: "discard",
  }) as const;
