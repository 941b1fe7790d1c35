import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Steps } from "../../../src/core/steps.ts";
import { whileUnchanged } from "../../../src/host/editor/while-unchanged.ts";
import { cleanUp, open } from "../editor.ts";

function* endless(): Steps<string> {
  for (;;) yield;
}

describe("what is worked out of a large document", () => {
  afterEach(cleanUp);

  it("is given up as soon as the document changes", async () => {
    const { document } = await open("large.pem", "# one\n");
    const result = whileUnchanged(document, endless());
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), "# another\n");
    await vscode.workspace.applyEdit(edit);
    assert.equal(await result, undefined);
  });

  it("is given up for something else, and else done to the end", async () => {
    const { document } = await open("large.pem", "# one\n");
    const stop = new AbortController();
    const result = whileUnchanged(document, endless(), stop.signal);
    stop.abort();
    assert.equal(await result, undefined);
    const steps = (function* (): Steps<string> {
      yield;
      return "done";
    })();
    assert.equal(await whileUnchanged(document, steps), "done");
  });
});
