import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  actionsFor,
  actionTitled,
  apply,
  articleMtls,
  bytesOf,
  cleanUp,
  customOrigin,
  finding,
  findings,
  gone,
  json,
  mtlsOn,
  open,
  rangeOf,
  rulesBecome,
  rulesOf,
  settled,
  until,
  wholeConfig,
} from "../editor.ts";

const article = json(wholeConfig([customOrigin({ custom: articleMtls })]));
const fixed = json(wholeConfig([customOrigin({ custom: mtlsOn })]));
const crlf = (text: string) => text.replaceAll("\n", "\r\n");

const utf8Bom = Buffer.from([0xef, 0xbb, 0xbf]);
const utf16Bom = Buffer.from([0xff, 0xfe]);
const utf16 = (text: string) => Buffer.from(text, "utf16le");

interface Layout {
  readonly what: string;
  readonly name: string;
  bytes(text: string): Buffer;
  /** Where VS Code writes something else than it read: UTF-16 always gets a byte order mark. */
  saved?(text: string): Buffer;
  readonly message: RegExp | undefined;
}

const layouts: readonly Layout[] = [
  { what: "UTF-8", name: "utf8.json", bytes: (text) => Buffer.from(text), message: undefined },
  { what: "UTF-8 with CRLF", name: "crlf.json", bytes: (text) => Buffer.from(crlf(text)), message: undefined },
  {
    what: "a byte order mark",
    name: "bom.json",
    bytes: (text) => Buffer.concat([utf8Bom, Buffer.from(text)]),
    message: /byte order mark.*AWS CLI.*Save the file as UTF-8/,
  },
  {
    what: "a byte order mark and CRLF",
    name: "bomcrlf.json",
    bytes: (text) => Buffer.concat([utf8Bom, Buffer.from(crlf(text))]),
    message: /byte order mark/,
  },
  {
    what: "UTF-16LE as PowerShell's > writes it",
    name: "powershell.json",
    bytes: (text) => Buffer.concat([utf16Bom, utf16(crlf(text))]),
    message: /UTF-16.*PowerShell.*AWS CLI.*Save the file as UTF-8/,
  },
  {
    what: "UTF-16LE without a byte order mark",
    name: "utf16.json",
    bytes: utf16,
    saved: (text) => Buffer.concat([utf16Bom, utf16(text)]),
    message: /UTF-16/,
  },
  {
    what: "UTF-16BE",
    name: "utf16be.json",
    bytes: (text) => Buffer.concat([utf16Bom, utf16(text)]).swap16(),
    message: /UTF-16/,
  },
];

describe("encodings", () => {
  afterEach(cleanUp);

  for (const { what, name, bytes, saved = bytes, message } of layouts) {
    it(`${what}: the AWS CLI's answer is known, a fix changes nothing else`, async () => {
      const { document } = await open(name, bytes(article));
      const diagnostic = await finding(document.uri, "origin/mtls-spelling");
      assert.equal(document.getText(diagnostic.range), '"OriginMtls"');
      const said = findings(document.uri).filter(
        ({ message: text }) => /AWS CLI/.test(text) && /Save the file/.test(text),
      );
      assert.equal(said.length, message === undefined ? 0 : 1);
      if (message !== undefined) {
        assert.match(said[0]?.message ?? "", message);
        assert.equal(said[0] === undefined ? "" : document.getText(said[0].range), "{");
      }
      await apply(await actionTitled(document.uri, diagnostic, "Change to OriginMtlsConfig with ClientCertificateArn"));
      assert.equal(await document.save(), true);
      assert.deepEqual(await bytesOf(document.uri), saved(fixed));
      await rulesBecome(document.uri, message === undefined ? [] : ["file/encoding"]);
    });
  }

  it("offers to save with another encoding, and believes it once that is done", async () => {
    const { document } = await open("resave.json", Buffer.concat([utf16Bom, utf16(fixed)]));
    const diagnostic = await finding(document.uri, "file/encoding");
    const action = await actionTitled(document.uri, diagnostic, "Save with another encoding…");
    assert.equal(action.command?.command, "workbench.action.editor.changeEncoding");
    assert.notEqual(action.isPreferred, true);
    assert.deepEqual(
      (await actionsFor(document.uri, diagnostic)).filter(({ edit }) => edit !== undefined),
      [],
    );
    // What the picker does: the same text in other bytes, behind the editor's back.
    await vscode.workspace.fs.writeFile(document.uri, Buffer.from(fixed));
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    await gone(document.uri, "file/encoding");
    const reopened = await vscode.workspace.openTextDocument(document.uri);
    await vscode.window.showTextDocument(reopened);
    await settled(document.uri);
    await until("UTF-8", () => reopened.encoding === "utf8");
    await rulesBecome(document.uri, []);
  });

  it("follows a document that is reopened with another encoding", async () => {
    const { document } = await open("reopen.json", Buffer.concat([utf8Bom, Buffer.from(fixed)]));
    await finding(document.uri, "file/encoding");
    await vscode.workspace.openTextDocument(document.uri, { encoding: "utf8" });
    const now = await vscode.workspace.openTextDocument(document.uri);
    await until(
      "the finding as the encoding is",
      () => (now.encoding === "utf8bom") === rulesOf(now.uri).includes("file/encoding"),
    );
  });

  it("says nothing of bytes for a document that has none, and of other people's", async () => {
    const untitled = await vscode.workspace.openTextDocument({ language: "json", content: article });
    await finding(untitled.uri, "origin/mtls-spelling");
    assert.equal(rulesOf(untitled.uri).includes("file/encoding"), false);
    const other = await open("other-bom.json", Buffer.concat([utf8Bom, Buffer.from('{ "a": 1 }')]));
    await settled(other.document.uri);
    assert.deepEqual(rulesOf(other.document.uri), []);
  });

  it("keeps mixed line ends as VS Code reads them, and the position after them", async () => {
    const { document } = await open("mixed.json", article.replace("{\n", "{\r\n").replace(",\n", ",\r\n"));
    const diagnostic = await finding(document.uri, "origin/mtls-spelling");
    assert.deepEqual(diagnostic.range, rangeOf(document, '"OriginMtls"'));
  });
});
