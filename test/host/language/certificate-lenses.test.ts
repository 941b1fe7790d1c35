import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { cleanUp, configure, open, until } from "../editor.ts";
import { authority, client, fakeKey, inDays } from "../pem-files.ts";

function lensesOf({ uri }: vscode.TextDocument, resolved: number): Thenable<vscode.CodeLens[]> {
  return vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", uri, resolved);
}

/** Once the extension has looked at the document: that is later than the editor's first question. */
function lensesOnce(document: vscode.TextDocument, count: number, resolved = count): Promise<vscode.CodeLens[]> {
  return until(`${count} lenses`, async () => {
    const lenses = await lensesOf(document, resolved);
    return lenses.length === count && lenses;
  });
}

describe("code lenses above PEM blocks", () => {
  afterEach(cleanUp);

  it("say whose certificate it is and until when, and open the inspector", async () => {
    const root = authority("CN=Root $(flame)");
    const leaf = client("CN=shop", { issuer: root, notAfter: inDays(12.5) });
    const { document } = await open("lenses.pem", `# chain\n${leaf.pem}${root.pem}${fakeKey}`);
    const [ofLeaf, ofRoot, ofKey] = await lensesOnce(document, 3);
    assert.match(
      ofLeaf?.command?.title ?? "",
      /^\$\(warning\) shop: client certificate, expires on \d{4}-\d\d-\d\d \(in 12 days\)$/,
    );
    assert.equal(ofRoot?.command?.title, "Root $\u200b(flame): CA certificate, valid until 2049-12-31");
    assert.equal(ofKey?.command?.title, "Private key");
    assert.deepEqual(
      [ofLeaf, ofRoot, ofKey].map((lens) => lens?.command?.command),
      ["mtls.inspectCertificate", "mtls.inspectCertificate", ""],
    );
    assert.equal(ofLeaf?.range.start.line, 1);
  });

  it("are worked out for those on the screen alone, and can be turned off", async () => {
    const one = authority("CN=one of many").pem;
    const { document } = await open("many-lenses.pem", one.repeat(300));
    // The editor leaves out what it was not asked to resolve, but for what has a command already.
    await lensesOnce(document, 3, 3);
    await lensesOnce(document, 300);
    await configure("mtls.certificateLens", false);
    await lensesOnce(document, 0);
  });
});
