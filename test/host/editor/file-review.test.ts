import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { changedSpans } from "../../../src/core/text.ts";
import { type FileChange, type PlanChange, reviewInFile } from "../../../src/host/editor/file-review.ts";
import { openDocument } from "../../../src/host/editor/open-document.ts";
import { closeAbandoned, Previews } from "../../../src/host/editor/preview.ts";
import { applyReview } from "../../../src/host/editor/reviews.ts";
import { previewScheme } from "../../../src/manifest.ts";
import { stand } from "../aws.ts";
import { cleanUp, open, replace, until } from "../editor.ts";
import { markdownOf, Reviewing, reviewTab, reviewTabs, textOf } from "../reviews.ts";

const hostile = "[x](command:mtls.fixAll) $(alert) <img src=x> **b** `c` ![i](https://example.com/i.png)";

/** Writes `done` in the place of `todo`; in between nothing can be planned while there is an `oops`. */
const toDone: PlanChange = async (document) => {
  const before = document.getText();
  const start = before.indexOf("todo");
  if (before.includes("oops")) return { blocked: "First mend the oops." };
  if (start < 0) return { instead: async () => void vscode.window.showInformationMessage("There is nothing to do.") };
  const edits = [{ span: { start, end: start + 4 }, text: "done" }];
  return {
    edits,
    ...{ title: `Do: ${document.uri.path}`, heading: "Do", before },
    after: before.replace("todo", "done"),
    changed: changedSpans(before, edits),
    problems: [],
    notes: {
      summary: hostile,
      sections: [{ title: hostile, lines: [{ label: hostile, detail: hostile }] }],
      introduced: [],
    },
    done: async () => void vscode.window.showInformationMessage("It is done."),
  } satisfies FileChange;
};

describe("the review of a change of a file", () => {
  let subscriptions: vscode.Disposable[] = [];
  let previews: Previews;
  let reviewing: Reviewing;
  let said: string[] = [];

  beforeEach(() => {
    previews = new Previews();
    reviewing = new Reviewing();
    said = [];
    const saying = (message: unknown) => Promise.resolve(void said.push(String(message)));
    subscriptions = [previews, reviewing, stand("showInformationMessage", saying), stand("showWarningMessage", saying)];
  });
  afterEach(async () => {
    vscode.Disposable.from(...subscriptions).dispose();
    await cleanUp();
  });

  const review = (document: vscode.TextDocument) => reviewInFile(document, toDone, previews);

  it("quotes texts as they are: no link, icon or picture comes of them, and no answer is asked", async () => {
    const { document } = await open("quote.txt", "todo\n");
    const ended = review(document);
    const remark = await reviewing.opened();
    const { thread } = remark;
    assert.ok(textOf(remark).startsWith(hostile), textOf(remark));
    const [comment] = thread.comments;
    assert.ok(comment?.body instanceof vscode.MarkdownString);
    assert.ok(comment.body.isTrusted !== true && comment.body.supportHtml !== true);
    assert.doesNotMatch(markdownOf(thread), /(?<!\\)[[<`!]|(?<!\\)\$(?=\\?\()/);
    assert.deepEqual(
      [thread.canReply, thread.collapsibleState, comment.author.name],
      [false, vscode.CommentThreadCollapsibleState.Expanded, "mTLS Workbench"],
    );
    await reviewing.discard();
    await ended;
    assert.deepEqual([document.getText(), said], ["todo\n", []], "nothing is changed, and nothing said");
  });

  it("waits while nothing can be planned, and follows what is typed, until it is applied", async () => {
    const { document } = await open("typing.txt", "todo\n");
    const ended = review(document);
    const { uri } = await reviewing.opened();
    await replace(document, ["todo", "oops todo"]);
    await reviewing.opened(/^\*\*First mend the oops\.\*\*/);
    await applyReview(undefined);
    assert.deepEqual([document.getText(), said], ["oops todo\n", ["First mend the oops."]]);
    await replace(document, ["oops todo", "more todo"]);
    const updated = await reviewing.opened(
      /^\*\*The file changed while this review was open\. This is the updated change/,
    );
    assert.equal(updated.uri.toString(), uri.toString(), "in the same editor");
    await reviewing.apply();
    await ended;
    assert.equal(document.getText(), "more done\n");
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), "more todo\n", "one undo step");
  });

  it("is as it was where what was typed is taken back", async () => {
    const { document } = await open("back.txt", "todo\n");
    const ended = review(document);
    await reviewing.opened();
    await replace(document, ["todo", "oops todo"]);
    await reviewing.opened(/^\*\*First mend/);
    await replace(document, ["oops todo", "todo"]);
    await until("nothing more is said above it", async () => textOf(await reviewing.opened()).startsWith(hostile));
    await reviewing.apply();
    await ended;
    assert.equal(document.getText(), "done\n");
  });

  it("is closed, and the reason said, where there is nothing to change any more", async () => {
    const { document } = await open("gone.txt", "todo\n");
    const ended = review(document);
    await reviewing.opened();
    await replace(document, ["todo", "left"]);
    await ended;
    assert.deepEqual([reviewTab(), said, document.getText()], [undefined, ["There is nothing to do."], "left\n"]);
  });

  it("makes room for the next one on the same file; one on another file stays", async () => {
    const [one, other] = [await open("one.txt", "todo 1\n"), await open("other.txt", "todo 2\n")];
    const ended = [review(one.document), review(other.document)];
    await until("both reviews", () => reviewTabs().length === 2);
    const again = review(one.document);
    await ended[0];
    assert.deepEqual([one.document.getText(), said], ["todo 1\n", []]);
    await until("the later one", () => reviewing.remarks.length === 3 && reviewTabs().length === 2);
    await reviewing.opened();
    for (const [remark, end] of [
      [reviewing.remarks[1], ended[1]],
      [reviewing.remarks[2], again],
    ] as const) {
      await applyReview(remark?.uri);
      await end;
    }
    assert.deepEqual([one.document.getText(), other.document.getText()], ["done 1\n", "done 2\n"]);
  });

  const closeEditors = () =>
    vscode.window.tabGroups.close(
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .filter(({ input }) => input instanceof vscode.TabInputText),
    );

  it("outlives the editor of its file, and says so where the text itself is gone", async () => {
    const first = await open("closed.txt", "todo\n");
    let ended = review(first.document);
    await reviewing.opened();
    await closeEditors();
    await until("its document is closed", () => first.document.isClosed);
    // As another extension, or replacing in files, changes it meanwhile.
    const held = await until("the document that the review holds", () => openDocument(first.document.uri));
    await replace(held, ["todo", "another todo"]);
    await reviewing.opened(/^\*\*The file changed while this review was open/);
    await reviewing.apply();
    await ended;
    assert.equal(vscode.window.activeTextEditor?.document.getText(), "another done\n");
    assert.ok(vscode.window.activeTextEditor?.document.isDirty, "not saved yet");
    await vscode.commands.executeCommand("workbench.action.files.revert");

    // What was never saved is gone with its editor.
    const unsaved = await vscode.workspace.openTextDocument({ language: "plaintext", content: "todo\n" });
    await vscode.window.showTextDocument(unsaved, { preview: false });
    ended = review(unsaved);
    await reviewing.opened();
    await vscode.window.showTextDocument(unsaved);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await ended;
    assert.match(said.join(), /was closed or deleted\. Its review is closed, and nothing was changed\./);
    assert.equal(reviewTab(), undefined);
  });

  it("is closed, and says so, where its file was deleted and its editor closed", async () => {
    const { document } = await open("deleted.txt", "todo\n");
    const ended = review(document);
    await reviewing.opened();
    await vscode.workspace.fs.delete(document.uri);
    await closeEditors();
    await ended;
    assert.match(said.join(), /was closed or deleted\. Its review is closed, and nothing was changed\./);
    assert.equal(reviewTab(), undefined);
  });

  it("shows the text again that it holds of a file that was deleted: it can be saved", async () => {
    const { document } = await open("held.txt", "todo\n");
    const ended = review(document);
    await reviewing.opened();
    await closeEditors();
    await until("its document is closed", () => document.isClosed);
    const held = await until("the document that the review holds", () => openDocument(document.uri));
    await vscode.workspace.fs.delete(document.uri);
    await reviewing.apply();
    await ended;
    assert.equal(vscode.window.activeTextEditor?.document, held);
    assert.deepEqual([held.getText(), held.isDirty, said], ["done\n", true, ["It is done."]]);
    await held.save();
  });

  it("goes on with the text in the editor of a file that was deleted: it can be saved again", async () => {
    const { document } = await open("kept.txt", "todo\n");
    const ended = review(document);
    await reviewing.opened();
    await vscode.workspace.fs.delete(document.uri);
    await reviewing.apply();
    await ended;
    assert.deepEqual([document.getText(), document.isDirty, said], ["done\n", true, ["It is done."]]);
    await document.save();
  });

  it("is not left behind by an extension host that ended: its tab is closed, and no other", async () => {
    await open("stays.txt", "todo\n");
    const [left, right] = ["before", "after"].map((side) =>
      vscode.Uri.from({ scheme: previewScheme, path: "/abandoned.txt", query: `${side}=1` }),
    );
    await vscode.commands.executeCommand("vscode.diff", left, right, "Do: abandoned.txt", { preview: false });
    await until("the tab", () => reviewTab() !== undefined);
    assert.equal(await closeAbandoned(), true);
    assert.equal(reviewTab(), undefined);
    assert.match(vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? "", /stays\.txt/);
    assert.equal(await closeAbandoned(), false);
  });

  it("says what to do where none is open", async () => {
    await applyReview(undefined);
    assert.match(said.join(), /^No review is open\. Run a command that changes something first/);
  });
});
