// Whatever waits for *Apply* or *Discard*: changes of files in diff editors, changes in AWS on their pages. The two
// commands act on the one that is meant.
import * as vscode from "vscode";
import { contextKeys } from "../../manifest.ts";
import { say } from "./say.ts";

export interface Review {
  /** The right side of its diff editor, where that is the review: *Apply* and *Discard* stand in its title. */
  readonly shown?: vscode.Uri;
  /** The file that would change: of two reviews of one file the later one takes the place of the other. */
  readonly file?: vscode.Uri;
  /** It is what the active editor group shows. */
  isActive(): boolean;
  apply(): Promise<void>;
  /** Nothing is asked or said. */
  discard(): Promise<void>;
}

const reviews = new Set<Review>();
let following: vscode.Disposable | undefined;

/** Whoever opens a review disposes of what is returned once it is decided. */
export async function openReview(review: Review): Promise<vscode.Disposable> {
  const { file } = review;
  const former = [...reviews].filter((one) => file !== undefined && isSame(one.file, file));
  reviews.add(review);
  await Promise.all(former.map((one) => one.discard()));
  following ??= vscode.Disposable.from(
    vscode.window.tabGroups.onDidChangeTabs(showReviews),
    vscode.window.tabGroups.onDidChangeTabGroups(showReviews),
  );
  showReviews();
  return {
    dispose: () => {
      reviews.delete(review);
      if (reviews.size === 0) {
        following?.dispose();
        following = undefined;
      }
      showReviews();
    },
  };
}

/** @param argument the right side of a diff editor, where its title was clicked */
export async function applyReview(argument: unknown): Promise<void> {
  await (await reviewMeant(argument))?.apply();
}

export async function discardReview(argument: unknown): Promise<void> {
  await (await reviewMeant(argument))?.discard();
}

async function reviewMeant(argument: unknown): Promise<Review | undefined> {
  const all = [...reviews];
  const meant =
    all.find(({ shown }) => argument instanceof vscode.Uri && isSame(shown, argument)) ??
    all.find((review) => review.isActive());
  if (meant === undefined)
    await say(
      all.length === 0
        ? vscode.l10n.t("No review is open. Run a command that changes something first, such as Enable Origin mTLS.")
        : vscode.l10n.t("Select the tab of the review first, then run the command again."),
    );
  return meant;
}

/** Menus and the shortcut follow: also called by a review that becomes active without another tab. */
export function showReviews(): void {
  const set = (key: string, value: unknown) => void vscode.commands.executeCommand("setContext", key, value);
  set(
    contextKeys.reviews,
    [...reviews].flatMap(({ shown }) => (shown === undefined ? [] : [shown.toString()])),
  );
  set(
    contextKeys.isReviewActive,
    [...reviews].some((review) => review.isActive()),
  );
}

function isSame(one: vscode.Uri | undefined, other: vscode.Uri): boolean {
  return one?.toString() === other.toString();
}
