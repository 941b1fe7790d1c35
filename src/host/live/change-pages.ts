import * as vscode from "vscode";
import type { HistoryEntry } from "../../account/live/records.ts";
import type { LiveReview } from "../../account/live/review/live-review.ts";
import { type EntryActs, recallEntry, reviewOfEntry } from "../../account/live/review-of-entry.ts";
import type { ShownHistory } from "../../account/live/shown-history.ts";
import { readOnlyText } from "../../account/live/words.ts";
import { say } from "../editor/say.ts";
import { isReadOnly } from "../editor/settings.ts";
import type { ReviewPanels } from "./review-panels.ts";

export interface ChangePagesTools {
  readonly history: Pick<ShownHistory, "look" | "find" | "changes" | "onDidChange">;
  readonly reviews: ReviewPanels;
  /** Where it is not in the history any more, by what was known of it when its page was opened. */
  readonly undo: (key: string, known: HistoryEntry | undefined) => Promise<void>;
  /** Goes on with a change that a window left. */
  readonly resume: (key: string) => Promise<void>;
  readonly fault: (where: string, error: unknown) => void;
}

/** The pages of changes in the history: they say how each ended, or stands, without asking AWS. */
export class ChangePages implements vscode.Disposable {
  readonly #tools: ChangePagesTools;
  readonly #following: vscode.Disposable;
  readonly #open = new Map<LiveReview, { readonly key: string; readonly acts: EntryActs }>();

  constructor(tools: ChangePagesTools) {
    this.#tools = tools;
    this.#following = tools.history.onDidChange(() => this.#recall());
  }

  dispose(): void {
    this.#following.dispose();
  }

  /** The page of a change under way here, or one that is open, as it is; else one made of what is remembered. */
  async open(key: string): Promise<void> {
    const { history, reviews } = this.#tools;
    const known = reviews.ofChange(key);
    if (known !== undefined) return reviews.open(known);
    await history.look();
    const change = history.changes.find((one) => one.key === key);
    if (change === undefined) return say(vscode.l10n.t("The change is no longer in the history."));
    const acts = this.#actsOn(key, await history.find(key));
    const review = reviewOfEntry(change, acts);
    this.#open.set(review, { key, acts });
    reviews.open(review);
  }

  #actsOn(key: string, entry: HistoryEntry | undefined): EntryActs {
    const { reviews, undo, resume, fault } = this.#tools;
    const go = (what: Promise<void>) => void what.catch((error: unknown) => fault("change in the history", error));
    return {
      undo: () => go(undo(key, entry)),
      resume: () => {
        let isOpened = false;
        const open = () => {
          if (!isOpened) isOpened = this.#openLive(key);
        };
        const beginning = reviews.onDidChange(open);
        // Where it goes on here already, nothing begins.
        go(
          resume(key)
            .then(open)
            .finally(() => beginning.dispose()),
        );
      },
      show: () => void this.#openLive(key),
      readOnly: () => (isReadOnly() ? readOnlyText() : undefined),
    };
  }

  /** In the place of the page that only remembers it, once it is under way here. */
  #openLive(key: string): boolean {
    const { reviews } = this.#tools;
    const live = reviews.ofChange(key);
    const isThere = live !== undefined && !this.#open.has(live);
    if (isThere) reviews.open(live);
    return isThere;
  }

  /** Another window may have ended it, or turned it back. What was cleared meanwhile stays as it was. */
  #recall(): void {
    const { history, reviews } = this.#tools;
    for (const [review, { key, acts }] of this.#open) {
      const change = history.changes.find((one) => one.key === key);
      if (reviews.pageOf(review) === "none") this.#open.delete(review);
      else if (change !== undefined) recallEntry(review, change, acts);
    }
  }
}
