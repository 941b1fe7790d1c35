// Pages of changes that were open before the window was loaded anew: what they show is planned again, from names alone.
import * as vscode from "vscode";
import { Caller } from "../../account/live/caller.ts";
import type { LiveChanges } from "../../account/live/live-changes.ts";
import { aboutNamed } from "../../account/live/proposal.ts";
import type { ReviewRecord } from "../../account/live/records.ts";
import { keyOf, wholeOf } from "../../account/live/records.ts";
import { type About, LiveReview } from "../../account/live/review/live-review.ts";
import { changeAgain } from "../../account/live/targets/distribution/change.ts";
import { keptErrand } from "../../account/live/targets/distribution/kept.ts";
import { type Told, toldFailure } from "../../account/live/told.ts";
import { wordsOf } from "../../account/live/words-of.ts";
import { isFailure } from "../../core/failure.ts";
import { applyFile } from "./apply-file.ts";
import type { ChangePages } from "./change-pages.ts";
import { applyDraft } from "./drafts/apply.ts";
import type { DraftTools } from "./drafts/tools.ts";
import type { ReviewPanels } from "./review-panels.ts";

interface RestoreTools {
  readonly reviews: ReviewPanels;
  readonly changes: Pick<LiveChanges, "undo" | "resume">;
  /** Of changes in the history. */
  readonly pages: Pick<ChangePages, "open">;
  readonly tools: DraftTools;
  readonly fault: (error: unknown) => void;
}

/** @param state as the page set it */
export async function restoreReview(
  panel: vscode.WebviewPanel,
  state: unknown,
  { reviews, changes, pages, tools, fault }: RestoreTools,
): Promise<void> {
  const { memory, session } = tools;
  const key: unknown = typeof state === "object" && state !== null ? Reflect.get(state, "record") : undefined;
  const record = typeof key === "string" ? await memory.review(key) : undefined;
  if (record === undefined) {
    // Nothing is known of it any more, and an empty page says nothing.
    panel.dispose();
    return;
  }
  const placeholder = new LiveReview(record.key, aboutKept(record), record.at);
  placeholder.keep({ key: record.key, forget: () => void memory.removeReview(record.key).catch(fault) });
  if (record.change !== undefined) placeholder.sentAs(keyOf({ ...record, at: record.change }));
  reviews.adopt(panel, placeholder);
  if (!vscode.workspace.isTrusted)
    placeholder.hold(
      record.change === undefined
        ? vscode.l10n.t(
            "mTLS Workbench does not connect to AWS in an untrusted workspace. This page shows only what was saved about the change. When you trust the workspace, it is planned again.",
          )
        : vscode.l10n.t(
            "mTLS Workbench does not connect to AWS in an untrusted workspace. The change was sent. When you trust the workspace, its result is looked up.",
          ),
    );
  const again = async (): Promise<void> => {
    // It may have been closed meanwhile.
    if (!reviews.isPlaceholder(placeholder)) return;
    placeholder.hold(vscode.l10n.t("Reading the current configuration…"));
    const caller = await Caller.of(session);
    if (!reviews.isPlaceholder(placeholder)) return;
    if (isFailure(caller)) return offer(vscode.l10n.t("The change could not be read again."), toldFailure(caller));
    if (caller.identity.account !== record.account)
      return offer(
        vscode.l10n.t("The change is in another account."),
        vscode.l10n.t(
          "The change is in account {0}. You are signed in to account {1}. Select a profile of that account, then try again.",
          record.account,
          caller.identity.account,
        ),
      );
    let reason: Told | undefined;
    try {
      if (placeholder.change !== undefined) await followSent(placeholder, placeholder.change);
      else reason = await planAgain(record);
    } catch (error) {
      fault(error);
    }
    if (!reviews.isPlaceholder(placeholder) || placeholder.isOver) return;
    if (placeholder.change !== undefined)
      return offer(vscode.l10n.t("The change was sent."), vscode.l10n.t("What became of it could not be looked up."));
    // Without a reason, what stopped it was said.
    offer(vscode.l10n.t("Nothing was sent."), reason ?? vscode.l10n.t("The change could not be planned again."));
  };
  const offer = (status: string, told: Told): void => {
    placeholder.hold(status);
    const retry = vscode.l10n.t("Try Again");
    const select = vscode.l10n.t("Select AWS Profile…");
    placeholder.tell(told, "warning", [retry, select], (answer) => {
      if (answer === retry) again().catch(fault);
      if (answer === select) tools.ui.leaveFor({ to: "profiles" }).then(again).catch(fault);
    });
  };
  /** AWS was told something: it is waited for as in any window that comes after another. */
  const followSent = async (page: LiveReview, change: string): Promise<void> => {
    const isWaited = (await memory.waits(record.account)).some((wait) => keyOf(wholeOf(wait)) === change);
    if (isWaited) {
      page.hold(vscode.l10n.t("The change was sent. Looking up what became of it…"));
      await changes.resume();
    }
    // Then it is at its end, or another window goes on with it.
    if (reviews.isPlaceholder(page)) await pages.open(change);
    // A sent change is no longer decided on, whatever becomes of its page.
    if (reviews.isPlaceholder(page))
      page.recall({
        phase: "left",
        status: vscode.l10n.t("The change was sent, and is no longer in the history."),
        tone: "info",
        steps: [],
        message: undefined,
      });
  };
  /** @returns why it was not begun */
  const planAgain = async ({ id, account, kind, errand }: ReviewRecord): Promise<Told | undefined> => {
    const kept = keptErrand(errand);
    switch (kept?.what) {
      case "intent":
        await changeAgain(id, kept, tools);
        return undefined;
      case "undo": {
        const undo = (await memory.undos()).find(({ at }) => at === kept.at);
        if (undo === undefined)
          return vscode.l10n.t(
            "The change can no longer be undone. It might have been undone in another window, or the resource might have been changed again.",
          );
        await changes.undo(undo);
        return undefined;
      }
      case "draft":
        await applyDraft(tools.drafts.uriOf({ account, id }), tools);
        return undefined;
      case "file": {
        const known = await tools.account.refreshDistribution(id);
        if (isFailure(known)) return toldFailure(known);
        await applyFile(vscode.Uri.parse(kept.uri, true), tools, known);
        return undefined;
      }
      default:
        throw new Error(`What is kept of a change to a ${kind} cannot be planned from`);
    }
  };
  // Not waited for: the editor has its page by now.
  whenTrusted().then(again).catch(fault);
}

function whenTrusted(): Promise<void> {
  if (vscode.workspace.isTrusted) return Promise.resolve();
  return new Promise((resolve) => {
    const trusting = vscode.workspace.onDidGrantWorkspaceTrust(() => {
      trusting.dispose();
      resolve();
    });
  });
}

function aboutKept(record: ReviewRecord): About {
  const { kind, id, name, deed, at } = record;
  const words = wordsOf(kind, id, name === id ? undefined : name);
  return aboutNamed(
    {
      ...record,
      what: words?.what ?? vscode.l10n.t("ID"),
      title: words?.title(deed) ?? vscode.l10n.t("Change to {0}", id),
    },
    [{ name: vscode.l10n.t("Opened"), value: new Date(at).toLocaleString() }],
  );
}
