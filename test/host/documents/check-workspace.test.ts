import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  cleanUp,
  configure,
  finding,
  findings,
  folder,
  gone,
  json,
  replace,
  ruleOf,
  rulesOf,
  run,
  show,
  until,
  wholeConfig,
  write,
  writeWatched,
} from "../editor.ts";

const quantityWrong = json(wholeConfig()).replace('"Quantity": 1', '"Quantity": 7');
const targetWrong = json(wholeConfig()).replace('"TargetOriginId": "o1"', '"TargetOriginId": "o2"');

/** Runs the command up to its message, which the test then takes away. */
async function check(): Promise<void> {
  let done = false;
  void vscode.commands.executeCommand("mtls.checkWorkspace").then(() => (done = true));
  await until("the end of the check", async () => {
    await vscode.commands.executeCommand("notifications.clearAll");
    return done;
  });
}

describe("check workspace", () => {
  afterEach(async () => {
    await cleanUp();
    // What the check keeps goes when it finds nothing.
    await configure("files.exclude", { "**/*.{json,jsonc,pem,yaml,yml,template}": true });
    // What a change of settings began may come to its end behind a check.
    await until("nothing is kept", async () => {
      await check();
      return vscode.languages.getDiagnostics().every(([uri]) => rulesOf(uri).length === 0);
    });
    await configure("files.exclude", undefined);
  });

  it("finds what is wrong in files nobody has open, at the right place", async () => {
    const nested = await write("deep/er/closed.json", quantityWrong);
    const commented = await write("deep/closed.jsonc", `// ours\n${quantityWrong}`);
    const other = await write("deep/other.json", '{ "Origins": 1 }');
    await check();
    await finding(commented, "distribution/quantity");
    const closed = (await finding(nested, "distribution/quantity")).range;
    const { document } = await show(nested);
    assert.equal(document.getText(closed), "7");
    assert.deepEqual(rulesOf(other), []);
    await finding(vscode.Uri.joinPath(folder(), "from-an-article.json"), "origin/mtls-spelling");
  });

  it("minds files.exclude and search.exclude", async () => {
    const uris = await Promise.all(
      ["left/a.json", "out/b.json", "seen/c.json", "conditional/d.json"].map((name) => write(name, quantityWrong)),
    );
    await configure("files.exclude", { "**/left": true });
    await configure("search.exclude", { "out/**": true, seen: false, "**/conditional": { when: "$(basename).ts" } });
    await check();
    assert.deepEqual(
      uris.map((uri) => rulesOf(uri).length),
      [0, 0, 1, 1],
    );
  });

  it("reads UTF-16 and byte order marks, and says so", async () => {
    const utf16 = await write(
      "closed16.json",
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(quantityWrong, "utf16le")]),
    );
    const bare = await write("closed16bare.json", Buffer.from(quantityWrong, "utf16le"));
    const bom = await write(
      "closedbom.json",
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(quantityWrong)]),
    );
    await check();
    for (const uri of [utf16, bare, bom])
      assert.deepEqual(rulesOf(uri), ["file/encoding", "distribution/quantity"], uri.path);
    const closed = findings(bom).map(({ range, message }) => [range, message]);
    await show(bom);
    await until("the same from the editor", () => findings(bom).length === 2);
    assert.deepEqual(
      findings(bom).map(({ range, message }) => [range, message]),
      closed,
      "open or closed, the same places",
    );
  });

  it("does not stop at what cannot be read", async () => {
    const { fs } = await import("node:fs").then((module) => ({ fs: module.promises }));
    const good = await write("a-good.json", quantityWrong);
    await write("b-binary.json", Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x22, 0x4f]));
    await write("c-broken.json", '{"Origins": {"Items": [ {"CustomOriginConfig": {{{');
    await write("d-nul.json", Buffer.alloc(64));
    const dangling = vscode.Uri.joinPath(folder(), "e-dangling.json");
    await fs.symlink("/nowhere/at/all.json", dangling.fsPath);
    const last = await write("z-good.json", quantityWrong);
    try {
      await check();
      assert.deepEqual([good, last].map(rulesOf), [["distribution/quantity"], ["distribution/quantity"]]);
    } finally {
      await fs.unlink(dangling.fsPath);
    }
  });

  it("counts an open document as it is, not as it is on disk", async () => {
    const uri = await write("opened.json", json(wholeConfig()));
    const { document } = await show(uri);
    await replace(document, ['"Quantity": 1', '"Quantity": 3']);
    await check();
    assert.equal(document.getText((await finding(uri, "distribution/quantity")).range), "3");
  });

  it("keeps what it found when an editor opens and closes, and follows what is on disk", async () => {
    const uri = await write("kept.json", quantityWrong);
    await check();
    await finding(uri, "distribution/quantity");
    const { document } = await show(uri);
    const text = document.getText();
    await replace(document, [text, targetWrong]);
    await until("the edit", () => rulesOf(uri).join() === "distribution/target-origin");
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await until("what is on disk", () => rulesOf(uri).join() === "distribution/quantity");
    await show(uri);
    const [open] = vscode.workspace.textDocuments.filter((other) => other.uri.toString() === uri.toString());
    assert.ok(open);
    await replace(open, [open.getText(), targetWrong]);
    await open.save();
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    await until("what was saved", () => document.isClosed && rulesOf(uri).join() === "distribution/target-origin");
  });

  it("forgets a file that is deleted, whoever deletes it", async () => {
    const [inEditor, outside] = [
      await write("gone1.json", quantityWrong),
      await writeWatched("gone2.json", quantityWrong),
    ];
    await check();
    for (const uri of [inEditor, outside]) await finding(uri, "distribution/quantity");
    const edit = new vscode.WorkspaceEdit();
    edit.deleteFile(inEditor);
    await vscode.workspace.applyEdit(edit);
    await gone(inEditor, "distribution/quantity");
    await vscode.workspace.fs.delete(outside);
    await gone(outside, "distribution/quantity");
  });

  it("follows the settings also for files nobody has open", async () => {
    const uri = await write("settings-closed.json", quantityWrong);
    await check();
    await finding(uri, "distribution/quantity");
    await configure("mtls.rules", { "distribution/quantity": "off" });
    await gone(uri, "distribution/quantity");
    await configure("mtls.rules", undefined);
    await finding(uri, "distribution/quantity");
  });

  it("can be run again at once, and twice together", async () => {
    const uri = await write("again.json", quantityWrong);
    run("mtls.checkWorkspace");
    await check();
    assert.deepEqual(findings(uri).map(ruleOf), ["distribution/quantity"]);
  });
});
