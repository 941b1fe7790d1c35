// What a test does in the review of a change of a file, and what it reads there.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { applyReview, discardReview } from "../../src/host/editor/reviews.ts";
import { previewScheme } from "../../src/manifest.ts";
import { findings, until } from "./editor.ts";

/** A comment beside a change, as it was made. */
export interface Remark {
  readonly uri: vscode.Uri;
  readonly thread: vscode.CommentThread;
}

/** Reviews that are opened by the test's own modules, until it is disposed. */
export class Reviewing {
  readonly remarks: Remark[] = [];
  readonly #original = vscode.comments.createCommentController;

  constructor() {
    this.#stand((id: string, label: string) => {
      const controller = this.#original.call(vscode.comments, id, label);
      return {
        createCommentThread: (uri: vscode.Uri, range: vscode.Range, comments: readonly vscode.Comment[]) => {
          const thread = controller.createCommentThread(uri, range, comments);
          this.remarks.push({ uri, thread });
          return thread;
        },
        dispose: () => controller.dispose(),
      };
    });
  }

  /** The one review that is open, once its comment matches; the first comparison loads the diff editor. */
  opened(expected = /^/): Promise<Remark> {
    return until(
      `a review that says ${expected}`,
      () => {
        const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
        const remark = this.remarks.findLast(({ uri }) => isShownIn(tab, uri));
        return remark !== undefined && expected.test(textOf(remark)) ? remark : undefined;
      },
      30_000,
    );
  }

  async apply(expected = /^/): Promise<string> {
    const remark = await this.opened(expected);
    await applyReview(undefined);
    return textOf(remark);
  }

  async discard(): Promise<void> {
    await this.opened();
    await discardReview(undefined);
  }

  dispose(): void {
    this.#stand(this.#original);
  }

  #stand(value: unknown): void {
    Object.defineProperty(vscode.comments, "createCommentController", { value, configurable: true, writable: true });
  }
}

/** As a reader sees it: without what keeps text from being Markdown. */
export function textOf({ thread }: Remark): string {
  return markdownOf(thread).replace(/\\([!-/:-@[-`{-~])/g, "$1");
}

export function markdownOf({ comments }: Pick<vscode.CommentThread, "comments">): string {
  const [comment] = comments;
  assert.ok(comment !== undefined && comments.length === 1, "one comment");
  return typeof comment.body === "string" ? comment.body : comment.body.value;
}

/** What is said of the consequences beside the change, and its severity. */
export function consequences({ uri }: Remark): string[] {
  return findings(uri)
    .filter(({ code }) => code === undefined)
    .map(({ severity, message }) => `${vscode.DiagnosticSeverity[severity]}: ${message}`);
}

function isShownIn(tab: vscode.Tab | undefined, uri: vscode.Uri): boolean {
  return tab?.input instanceof vscode.TabInputTextDiff && tab.input.modified.toString() === uri.toString();
}

/** Of any review, be it the test's or the extension's. */
export function reviewTab(): vscode.Tab | undefined {
  return reviewTabs()[0];
}

export function reviewTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === previewScheme);
}
