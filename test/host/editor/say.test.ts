import assert from "node:assert/strict";
import * as vscode from "vscode";
import { plain } from "../../../src/host/editor/plain.ts";
import { confirm } from "../../../src/host/editor/say.ts";

/** How the editor finds links in a message (vs/base/common/linkedText). */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

describe("messages", () => {
  it("show text of a file as text, never as a link that runs a command", () => {
    for (const hostile of [
      "[Click](command:workbench.action.quit)",
      "[a](https://example.com)",
      'x [a](file:///etc/passwd "t") y',
    ]) {
      assert.match(hostile, link);
      assert.doesNotMatch(plain(hostile), link);
      assert.equal(plain(hostile).replaceAll("\u200b", ""), hostile);
    }
  });

  it("have no character that breaks or turns the line", () => {
    assert.equal(plain("a\nb\u001b[31mc\u202ed\u2066e\u2028f"), "a b [31mc d e f");
  });

  it("that something waits for do not hide by themselves", async () => {
    const shown: unknown[][] = [];
    const original = vscode.window.showWarningMessage;
    const instead = async (...args: unknown[]) => {
      shown.push(args);
      return "Go on";
    };
    Object.defineProperty(vscode.window, "showWarningMessage", { value: instead, configurable: true, writable: true });
    try {
      assert.equal(await confirm("Really [x](command:y)?", ["Go on"]), "Go on");
    } finally {
      Object.defineProperty(vscode.window, "showWarningMessage", {
        value: original,
        configurable: true,
        writable: true,
      });
    }
    assert.deepEqual(shown, [[plain("Really [x](command:y)?"), { modal: true }, "Go on"]]);
  });

  it("leave everything else to the letter", () => {
    for (const text of ["オリジン “o1” (443)", "a [b] (c)", "arn:aws:acm:us-east-1:123456789012:certificate/x"])
      assert.equal(plain(text), text);
  });
});
