import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { cleanUp, open, until } from "../editor.ts";
import { authority, client } from "../pem-files.ts";

/** First line, last line and kind of each, from 0. */
async function folds({ uri }: vscode.TextDocument): Promise<[number, number, string?][]> {
  const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[] | undefined>(
    "vscode.executeFoldingRangeProvider",
    uri,
  );
  return (ranges ?? []).map(({ start, end, kind }) =>
    kind === undefined ? [start, end] : [start, end, vscode.FoldingRangeKind[kind]],
  );
}

async function foldsOf(name: string, text: string): Promise<[number, number, string?][]> {
  const { document } = await open(name, text);
  return until("folding ranges", async () => {
    const found = await folds(document);
    return found.length > 0 && found;
  });
}

const lines = (text: string) => text.split("\n").length - 1;

describe("folding in a PEM document", () => {
  afterEach(cleanUp);

  it("folds each block, comments, and longer texts above a block, each once", async () => {
    const [first, second] = [authority("CN=first").pem, authority("CN=second").pem];
    const dump = "Certificate:\n    Data:\n        Version: 3 (0x2)\n";
    const text = `# one\n# two\n\n${first}${dump}${second}\nTitle\n=====\n${first}# alone\n${second}`;
    const start = [3, 3 + lines(first) + 3, 3 + lines(first) + 3 + lines(second) + 3];
    const [one = 0, two = 0, three = 0] = start;
    const four = three + lines(first) + 1;
    assert.deepEqual(await foldsOf("folds.pem", text), [
      [0, 1, "Comment"],
      [one, one + lines(first) - 1],
      [two - 3, two - 1],
      [two, two + lines(second) - 1],
      [three, three + lines(first) - 1],
      [four, four + lines(second) - 1],
    ]);
  });

  it("folds the same lines where they end in CRLF", async () => {
    const text = `# one\n# two\n${client("CN=a").pem}`;
    const expected = await foldsOf("lf.pem", text);
    assert.deepEqual(await foldsOf("crlf.pem", text.replaceAll("\n", "\r\n")), expected);
    assert.equal(expected.length, 2);
  });

  it("leaves other plain texts to their indentation", async () => {
    const { document } = await open("indented.txt", "one\n  two\n  three\nfour\n");
    assert.deepEqual(await folds(document), [[0, 2]]);
  });
});
