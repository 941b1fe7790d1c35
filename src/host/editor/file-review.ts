import * as vscode from "vscode";
import type { Problem } from "../../core/rules/rule.ts";
import { type Lines, linesOf, type Span, type TextEdit } from "../../core/text.ts";
import { positionsIn, positionsOf, toDiagnostic, toTextEdits } from "./convert.ts";
import { editInEditor, sayNotTaken } from "./edit.ts";
import { shownPath } from "./files.ts";
import { openDocument } from "./open-document.ts";
import { isTabOf, type Previews, tabsOf } from "./preview.ts";
import { consequencesOf, notesAsMarkdown, type ReviewNotes, type ReviewState } from "./review-notes.ts";
import { openReview } from "./reviews.ts";
import { say } from "./say.ts";

/** A change that is ready to be shown. */
export interface FileChange {
  readonly edits: readonly TextEdit[];
  /** Of the tab. */
  readonly title: string;
  /** What is done, above the comment. */
  readonly heading: string;
  /** Both texts as they are shown: without secrets. */
  readonly before: string;
  readonly after: string;
  /** What the edits changed, in `after`. */
  readonly changed: readonly Span[];
  /** What it brings up, at its places in `after`. */
  readonly problems: readonly Problem[];
  readonly notes: ReviewNotes;
  /** Says what comes next, once it is in the document. */
  done(): Promise<void>;
}

/** For the time being nothing can be planned, as in the middle of typing. */
export interface Blocked {
  readonly blocked: string;
}

/** There is nothing to change, or it cannot be changed. */
export interface Instead {
  /** Says so, and what to do. */
  readonly instead: () => Promise<unknown>;
}

/** Plans the change for a document as it is, without a word: the review may have to be closed first. */
export type PlanChange = (document: vscode.TextDocument) => Promise<FileChange | Blocked | Instead>;

interface Planned {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly text: string;
  readonly change: FileChange;
}

/** How long nobody types before a change is planned anew, in milliseconds. */
const pause = 200;

/**
 * Shows a change in a diff editor, with what to know of it as a comment and as findings, until it is applied, as one
 * undo step, or discarded. Where the document changes meanwhile it is planned anew.
 */
export async function reviewInFile(document: vscode.TextDocument, plan: PlanChange, previews: Previews): Promise<void> {
  const first = await plannedAnew(document, plan);
  if ("blocked" in first) return say(first.blocked, "error");
  const next = "instead" in first ? first.instead : await decided(first, plan, previews);
  await next?.();
}

async function plannedAnew(document: vscode.TextDocument, plan: PlanChange): Promise<Planned | Blocked | Instead> {
  for (;;) {
    const { version } = document;
    const text = document.getText();
    const change = await plan(document);
    // Also what cannot be planned may be so no more.
    if (document.version === version) return "edits" in change ? { document, version, text, change } : change;
  }
}

type Next = () => Promise<unknown>;

/** @returns what is to be done next; `undefined`: it was discarded */
async function decided(first: Planned, plan: PlanChange, previews: Previews): Promise<Next | undefined> {
  const { uri } = first.document;
  let planned = first;
  let blocked: string | undefined;
  let isOver = false;
  let isApplying = false;
  let resolve = (_: Next | undefined): void => {};
  let reject = (_: unknown): void => {};
  const end = new Promise<Next | undefined>((...settle) => ([resolve, reject] = settle));
  const shown = drawReview(first.change, uri, previews);
  const isCurrent = () => !planned.document.isClosed && planned.document.version === planned.version;

  const over = async (next?: Next) => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    subscriptions.dispose();
    await shown.close();
    resolve(next);
  };
  const fault = (error: unknown) => {
    reject(error);
    return over();
  };

  const follow = async () => {
    if (isOver || isApplying || isCurrent()) return;
    const now = planned.document.isClosed ? await reopened(uri) : planned.document;
    if (now === undefined) return over(() => sayGone(uri));
    const isAsPlanned = now.getText() === planned.text;
    if (isAsPlanned && blocked === undefined) {
      planned = { ...planned, document: now, version: now.version };
      return;
    }
    const again = await plannedAnew(now, plan);
    if (isOver) return;
    if ("instead" in again) return over(again.instead);
    blocked = "blocked" in again ? again.blocked : undefined;
    if ("blocked" in again) return shown.update(planned.change, { kind: "blocked", reason: again.blocked });
    planned = again;
    return shown.update(again.change, { kind: isAsPlanned ? "shown" : "updated" });
  };
  /** One after the other: what is shown is never older than what was shown before. */
  let turn: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const refresh = (): Promise<void> => {
    clearTimeout(timer);
    turn = turn.then(follow).catch(fault);
    return turn;
  };

  /** What would be applied was not seen yet. */
  const showAgain = async () => {
    await refresh();
    if (isOver) return;
    await shown.reveal();
    await say(blocked ?? updatedText(), blocked === undefined ? "info" : "warning");
  };
  const apply = async () => {
    await turn;
    if (isOver || isApplying) return;
    if (!isCurrent()) return showAgain();
    const { document, version, change } = planned;
    isApplying = true;
    let taken: boolean;
    try {
      const editor = await shownEditor(document);
      // Deleted, and its last editor closed, before the editor said so.
      if (editor === undefined) return over(() => sayGone(uri));
      taken =
        document.version === version && (await editInEditor(editor, toTextEdits(change.edits, positionsOf(document))));
    } finally {
      isApplying = false;
    }
    if (taken) return over(change.done);
    return document.version === version ? over(() => sayNotTaken(document)) : showAgain();
  };

  const subscriptions = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document !== planned.document || isApplying || event.contentChanges.length === 0) return;
      clearTimeout(timer);
      timer = setTimeout(refresh, pause);
    }),
    vscode.workspace.onDidCloseTextDocument((closed) => {
      if (closed === planned.document) void refresh();
    }),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      if (closed.some((tab) => isTabOf(tab, shown.right)) && tabsOf(shown.right).length === 0) void over();
    }),
  );
  const registered = await openReview({
    shown: shown.right,
    file: uri,
    isActive: () => {
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      return tab !== undefined && isTabOf(tab, shown.right);
    },
    apply,
    discard: () => over(),
  });
  shown.reveal().catch(fault);
  return end.finally(() => registered.dispose());
}

/** A file whose last editor was closed. A text that was never saved is gone with its editor. */
async function reopened(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const open = openDocument(uri);
  if (open !== undefined || uri.scheme === "untitled") return open;
  return vscode.workspace.openTextDocument(uri).then(
    (document) => document,
    () => undefined,
  );
}

function shownEditor(document: vscode.TextDocument): Thenable<vscode.TextEditor | undefined> {
  return vscode.window.showTextDocument(document).then(
    (editor) => editor,
    () => undefined,
  );
}

function sayGone(uri: vscode.Uri): Promise<void> {
  return say(
    vscode.l10n.t("{0} was closed or deleted. Its review is closed, and nothing was changed.", shownPath(uri)),
    "warning",
  );
}

const updatedText = () =>
  vscode.l10n.t("The file changed while the review was open. The review now shows the updated change.");

// --- what is shown

/** Nobody sees it until it is revealed. */
interface DrawnReview {
  readonly right: vscode.Uri;
  update(change: FileChange, state: ReviewState): Promise<void>;
  reveal(): Promise<void>;
  close(): Promise<void>;
}

function drawReview(change: FileChange, uri: vscode.Uri, previews: Previews): DrawnReview {
  let place = firstOf(linesOf(change.after, change.changed));
  const preview = previews.prepare(change.title, uri.path, change, {
    // A look at another file must not put that in its place.
    preview: false,
    selection: new vscode.Range(place.first, 0, place.first, 0),
  });
  const { right } = preview;
  // Of its own for each: with the review nothing is left of it, and two are never mixed up.
  const controller = vscode.comments.createCommentController(`mtls.review ${right.toString()}`, author);
  const thread = controller.createCommentThread(right, blockRange(change.after, place), []);
  thread.canReply = false;
  thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
  // Nothing is to be answered: for what is, the editor opens a view that would take half of the room.
  thread.state = vscode.CommentThreadState.Resolved;
  const draw = (now: FileChange, state: ReviewState) => {
    const places = linesOf(now.after, now.changed);
    place = firstOf(places);
    const positions = positionsIn(now.after);
    previews.find(right, [
      ...now.problems.map((problem) => toDiagnostic(problem, right, positions)),
      ...consequencesOf(now.notes, lineRange(now.after, place.first)),
    ]);
    thread.label = vscode.l10n.t("{0}: Select Apply or Discard above", now.heading);
    thread.range = blockRange(now.after, place);
    thread.comments = [
      { author: { name: author }, body: notesAsMarkdown(now.notes, places, state), mode: vscode.CommentMode.Preview },
    ];
  };
  // Before its editor is there: that would show a box for a reply first.
  draw(change, { kind: "shown" });
  return {
    right,
    update: async (now, state) => {
      await preview.update(now.before, now.after);
      draw(now, state);
    },
    reveal: async () => {
      await preview.reveal();
      revealBlock(right, place);
    },
    close: async () => {
      controller.dispose();
      await preview.close();
    },
  };
}

const author = "mTLS Workbench";

/** The comment stands below a block; below a longer one nobody would see that it is there. */
const longBlock = 12;

const firstOf = (blocks: readonly Lines[]): Lines => blocks[0] ?? { first: 0, last: 0 };

function blockRange(text: string, { first, last }: Lines): vscode.Range {
  return lineRange(text, first).union(lineRange(text, last - first < longBlock ? last : first));
}

/** From its first character that is no space. */
function lineRange(text: string, line: number): vscode.Range {
  const written = text.split(/\r\n|[\r\n]/, line + 1)[line] ?? "";
  return new vscode.Range(line, Math.max(0, written.search(/\S/)), line, written.length);
}

/** How many lines stay above a change that is too far down to be seen with its comment. */
const above = 5;

function revealBlock(right: vscode.Uri, { first, last }: Lines): void {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === right.toString());
  if (first > 2 * above)
    editor?.revealRange(new vscode.Range(first - above, 0, last, 0), vscode.TextEditorRevealType.AtTop);
}
