import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { cleanUp, findings, open, replace, settled, show, until } from "../editor.ts";
import { authority, client, csr, fakeCrl, fakeKey, inDays } from "../pem-files.ts";

async function outline({ uri }: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
  return (
    (await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
      "vscode.executeDocumentSymbolProvider",
      uri,
    )) ?? []
  );
}

const names = (symbols: readonly vscode.DocumentSymbol[]) => symbols.map(({ name }) => name);

describe("the outline of a PEM document", () => {
  afterEach(cleanUp);

  it("names each block by what is in it, with its expiry and label", async () => {
    const root = authority("O=Example,CN=Example Root");
    const leaf = client("O=Example,CN=shop-api", { issuer: root, notAfter: inDays(12.5) });
    const text = `# chain\n${leaf.pem}\n${root.pem}${csr}${fakeKey}${fakeCrl}-----BEGIN CERTIFICATE-----\nnot base64!\n-----END CERTIFICATE-----\n${client("CN=cut").pem.replace("-----END CERTIFICATE-----\n", "")}`;
    const { document } = await open("outline.pem", text);
    const symbols = await until("symbols", async () => {
      const found = await outline(document);
      return found.length === 7 && found;
    });
    assert.deepEqual(
      symbols.map(({ name, detail }) => [name, detail.replace(/expires in \d+ years/, "expires in years")]),
      [
        ["shop-api", "expires in 12 days · CERTIFICATE"],
        ["Example Root", "expires in years · CERTIFICATE"],
        ["wanted.example", "CERTIFICATE REQUEST"],
        ["PRIVATE KEY", ""],
        ["X509 CRL", ""],
        ["Damaged block", "CERTIFICATE"],
        ["cut", "expires in years · damaged · CERTIFICATE"],
      ],
    );
    const [first] = symbols;
    assert.equal(first === undefined ? "" : document.getText(first.range), leaf.pem.trimEnd());
    assert.equal(first === undefined ? "" : document.getText(first.selectionRange), "-----BEGIN CERTIFICATE-----");
    assert.equal(symbols[3]?.kind, vscode.SymbolKind.Key);
  });

  it("follows what is typed, in CRLF as in LF", async () => {
    const { document } = await open("typed.crt", client("CN=first").pem.replaceAll("\n", "\r\n"));
    await until("a symbol", async () => names(await outline(document)).join() === "first");
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), client("CN=before").pem.replaceAll("\n", "\r\n"));
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    assert.deepEqual(names(await outline(document)), ["before", "first"]);
    await replace(document, ["-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE---"]);
    assert.deepEqual(names(await outline(document)), ["before", "first"]);
  });

  it("has all blocks of a large bundle, in order", async () => {
    const known = authority("CN=one of many").pem;
    const { document } = await open(
      "thousand.pem",
      Array.from({ length: 1000 }, (_, index) => `# ${index}\n${known}`).join("\n"),
    );
    const symbols = await until("symbols", async () => {
      const found = await outline(document);
      return found.length > 0 && found;
    });
    assert.equal(symbols.length, 1000);
    const lines = symbols.map(({ selectionRange }) => selectionRange.start.line);
    assert.deepEqual(
      lines,
      [...lines].sort((a, b) => a - b),
    );
    assert.ok(lines.every((line) => document.lineAt(line).text === "-----BEGIN CERTIFICATE-----"));
  });

  it("is there for plain texts with blocks in them, and for no other", async () => {
    const { document } = await open("mail.txt", `Hello,\n\nhere it is:\n\n${client("CN=mailed").pem}\nBye\n`);
    await until("a symbol", async () => names(await outline(document)).join() === "mailed");
    const other = await open("other.txt", "BEGIN with the END\n");
    await settled(other.document.uri);
    assert.deepEqual(await outline(other.document), []);
  });

  it("is there for what nobody may write, without findings", async () => {
    const text = client("CN=committed", { notBefore: "20000101000000Z", notAfter: "20010101000000Z" }).pem;
    const provider = vscode.workspace.registerTextDocumentContentProvider("mtls-test-old", {
      provideTextDocumentContent: () => text,
    });
    try {
      const { document } = await show(vscode.Uri.parse("mtls-test-old:/old.pem"));
      assert.equal(document.languageId, "pem");
      const [symbol] = await until("a symbol", async () => {
        const found = await outline(document);
        return found.length > 0 && found;
      });
      assert.equal(symbol?.name, "committed");
      assert.match(symbol?.detail ?? "", /^expired \d+ years ago · CERTIFICATE$/);
      assert.deepEqual(findings(document.uri), []);
    } finally {
      provider.dispose();
    }
  });
});
