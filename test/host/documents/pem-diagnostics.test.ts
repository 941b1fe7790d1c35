import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  actionsFor,
  actionTitled,
  apply,
  cleanUp,
  configure,
  finding,
  findings,
  gone,
  open,
  replace,
  ruleOf,
  rulesBecome,
  rulesOf,
  settled,
  until,
} from "../editor.ts";
import { authority, client, fakeKey, forged } from "../pem-files.ts";

const root = authority("O=Example,CN=Example Root");
const leaf = client("O=Example,CN=shop-api", { issuer: root });
const expired = client("CN=old", { issuer: root, notBefore: "20000101000000Z", notAfter: "20010101000000Z" });

/** Where each stands, and what it says. */
const listed = (uri: vscode.Uri) =>
  findings(uri).map(
    ({ range, message, ...diagnostic }) =>
      `${range.start.line}:${range.start.character} ${ruleOf({ range, message, ...diagnostic })} ${message}`,
  );

const insert = async (document: vscode.TextDocument, at: vscode.Position, text: string) => {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, at, text);
  assert.equal(await vscode.workspace.applyEdit(edit), true);
};

describe("diagnostics in PEM documents", () => {
  afterEach(cleanUp);

  it("stand on the line of the block that they are about", async () => {
    const text = `# chain\n\n${leaf.pem}${root.pem}\n${expired.pem}`;
    const { document } = await open("expired.pem", text);
    const diagnostic = await finding(document.uri, "certificate/expired");
    assert.equal(document.getText(diagnostic.range), "-----BEGIN CERTIFICATE-----");
    assert.equal(diagnostic.range.start.line, text.slice(0, text.indexOf(expired.pem)).split("\n").length - 1);
    assert.ok(typeof diagnostic.code === "object" && diagnostic.code.target.scheme === "https");
  });

  it("stand in a file without a block, where somebody says that it holds certificates or it holds one in another form", async () => {
    const marked = await open("marked.pem", "# mtls: target=cloudfront\n");
    assert.equal((await finding(marked.document.uri, "bundle/no-certificate")).range.start.line, 0);
    const bare = await open("bare.cer", root.pem.split("\n").slice(1, -2).join("\n"));
    await finding(bare.document.uri, "pem/unread");
    const { document } = await open("set.pem", "our CAs\n");
    await settled(document.uri);
    assert.deepEqual(rulesOf(document.uri), []);
    await configure("mtls.purposes", { "**/set.pem": "truststore" });
    await finding(document.uri, "bundle/no-certificate");
    const empty = await open("empty.pem", "");
    const text = await open("named.txt", "our CAs\n");
    await settled(empty.document.uri);
    assert.deepEqual([...rulesOf(empty.document.uri), ...rulesOf(text.document.uri)], []);
    await configure("mtls.purposes", { "**/{empty.pem,named.txt}": "cloudfront" });
    for (const { uri } of [empty.document, text.document])
      assert.match(
        (await finding(uri, "bundle/no-certificate")).message,
        /^The purpose of this file is set to trust store, but it contains no certificate\. Add CA certificates/,
      );
    await until("nothing said", () => rulesOf(document.uri).length === 0);
    await configure("mtls.purposes", undefined);
    for (const { uri } of [empty.document, text.document]) await until("nothing said", () => rulesOf(uri).length === 0);
  });

  it("are ignored for one certificate, though another has the same serial number", async () => {
    const twins = ["CN=one", "CN=two"].map((subject) =>
      client(subject, { issuer: root, notBefore: "20000101000000Z", notAfter: "20010101000000Z", serial: 1 }),
    );
    const { document } = await open("twins.pem", twins.map(({ pem }) => pem).join(""));
    const diagnostic = await finding(document.uri, "certificate/expired");
    await apply(
      await actionTitled(document.uri, diagnostic, "Ignore certificate/expired for this certificate in this file"),
    );
    await until(
      "the other alone",
      () => rulesOf(document.uri).filter((rule) => rule === "certificate/expired").length === 1,
    );
    assert.ok((findings(document.uri)[0]?.range.start.line ?? 0) > 0, "the second is the one that stays");
  });

  it("stand on the same lines in a file with CRLF and a byte order mark", async () => {
    const text = `${leaf.pem}${root.pem}${expired.pem}`;
    const plain = await open("lf.pem", text);
    await finding(plain.document.uri, "certificate/expired");
    const { document } = await open("crlf.pem", `\ufeff${text.replaceAll("\n", "\r\n")}`);
    await finding(document.uri, "certificate/expired");
    const [mark, ...others] = listed(document.uri);
    assert.match(mark ?? "", /^0:0 pem\/encoding The file begins with a byte order mark/);
    assert.deepEqual(others, listed(plain.document.uri));
  });

  it("after a character is typed in one of 150 blocks are those of that block anew, and of all others the same", async () => {
    const text = Array.from(
      { length: 150 },
      (_, index) => client(`CN=client ${index}`, { notBefore: "20000101000000Z", notAfter: "20010101000000Z" }).pem,
    ).join("");
    const { document } = await open("many.pem", text);
    await until(
      "a finding for each",
      () => rulesOf(document.uri).filter((rule) => rule === "certificate/expired").length === 150,
    );
    const before = listed(document.uri);
    const line = findings(document.uri)[70]?.range.start.line ?? 0;
    await insert(document, new vscode.Position(line + 2, 10), "!");
    await finding(document.uri, "pem/base64");
    const after = listed(document.uri);
    const isOf = (entry: string) => Number(entry.split(":")[0]) >= line && Number(entry.split(":")[0]) <= line + 12;
    assert.deepEqual(
      after.filter((entry) => !isOf(entry)),
      before.filter((entry) => !isOf(entry)),
    );
    assert.deepEqual(
      findings(document.uri)
        .filter(({ range }) => range.start.line === line + 2)
        .map((diagnostic) => [ruleOf(diagnostic), document.getText(diagnostic.range)]),
      [["pem/base64", "!"]],
    );
    await replace(document, ["!", ""]);
    await gone(document.uri, "pem/base64");
    assert.deepEqual(listed(document.uri), before);
  });

  it("move with the lines above them", async () => {
    const { document } = await open("moved.pem", expired.pem);
    await finding(document.uri, "certificate/expired");
    await insert(document, new vscode.Position(0, 0), `# one\n# two\n${leaf.pem}`);
    await until(
      "the finding lower down",
      () => findings(document.uri)[0]?.range.start.line === 2 + leaf.pem.split("\n").length - 1,
    );
  });

  it("say that a signature is wrong as soon as it was verified, without an edit", async () => {
    const { document } = await open("forged.pem", forged(leaf) + root.pem);
    const { version } = document;
    const diagnostic = await finding(document.uri, "bundle/signature");
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(diagnostic.range.start.line, 0);
    assert.equal(document.version, version);
    const good = await open("sound.pem", leaf.pem + root.pem);
    await settled(good.document.uri);
    await replace(document, [forged(leaf), leaf.pem]);
    await rulesBecome(document.uri, []);
    assert.deepEqual(rulesOf(good.document.uri), []);
  });

  it("tell of blocks that nobody reads, and the light bulb makes them readable", async () => {
    const { document } = await open("escaped.pem", leaf.pem.replaceAll("\n", "\\n"));
    const unread = await finding(document.uri, "pem/unread");
    const fix = (await actionsFor(document.uri, unread)).find(({ edit }) => edit !== undefined);
    assert.ok(fix, "no fix");
    await apply(fix);
    await gone(document.uri, "pem/unread");
    assert.equal(document.getText(), leaf.pem);
  });

  it("are there for plain text that holds PEM, saved or not", async () => {
    const saved = await open("mail.txt", `Hello\n\n${expired.pem}\nBye\n`);
    await finding(saved.document.uri, "certificate/expired");
    const untitled = await vscode.workspace.openTextDocument({ content: "" });
    await vscode.window.showTextDocument(untitled);
    assert.deepEqual(rulesOf(untitled.uri), []);
    await insert(untitled, new vscode.Position(0, 0), expired.pem);
    await finding(untitled.uri, "certificate/expired");
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await until("none for a closed document", () => findings(untitled.uri).length === 0);
  });

  for (const name of ["readme.md", "secret.yaml", "code.py", "notes.json"]) {
    it(`are not there for ${name}, whatever it holds`, async () => {
      const { document } = await open(name, name === "notes.json" ? JSON.stringify(expired.pem) : expired.pem);
      const other = await open("beside.pem", expired.pem);
      await finding(other.document.uri, "certificate/expired");
      await settled(document.uri);
      assert.deepEqual(findings(document.uri), []);
    });
  }

  for (const [name, body] of [
    ["main.tf", "${var.certificate}"],
    ["template.txt", '${file("x.pem")}'],
    ["chart.pem", "{{ .Values.certificate }}"],
    ["erb.txt", "<%= certificate %>"],
  ] as const) {
    it(`are not there where a template fills in the block, as in ${name}`, async () => {
      const { document } = await open(
        name,
        `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`,
      );
      const other = await open("beside-template.pem", expired.pem);
      await finding(other.document.uri, "certificate/expired");
      await settled(document.uri);
      assert.deepEqual(listed(document.uri), []);
    });
  }

  it("disappear when the language is no more one of ours", async () => {
    const { document } = await open("language.txt", expired.pem);
    await finding(document.uri, "certificate/expired");
    await vscode.languages.setTextDocumentLanguage(document, "markdown");
    await gone(document.uri, "certificate/expired");
  });
});

describe("the setting mtls.purposes", () => {
  afterEach(cleanUp);

  it("changes what is found, at once, and a line in the file counts more", async () => {
    const { document } = await open("purposes/bundle.pem", leaf.pem + root.pem + fakeKey);
    const severity = (wanted: vscode.DiagnosticSeverity) =>
      until(`a private key of severity ${wanted}`, () =>
        findings(document.uri).some(
          (diagnostic) => ruleOf(diagnostic) === "bundle/private-key" && diagnostic.severity === wanted,
        ),
      );
    await severity(vscode.DiagnosticSeverity.Information);
    await configure("mtls.purposes", { "purposes/*.pem": "trust-store" });
    await severity(vscode.DiagnosticSeverity.Error);
    assert.match((await finding(document.uri, "bundle/private-key")).message, /trust store/);
    await configure("mtls.purposes", { "purposes/*.pem": "trust-store", "**/bundle.pem": "origin" });
    await until("the last glob's purpose", () =>
      findings(document.uri).some(({ message }) =>
        message.includes("ACM accepts certificate, chain, and key separately"),
      ),
    );
    await configure("mtls.purposes", { "other/*.pem": "origin", "purposes/*.pem": "nonsense" });
    await severity(vscode.DiagnosticSeverity.Information);
    await insert(document, new vscode.Position(0, 0), "# mtls: target=trust-store\n");
    await severity(vscode.DiagnosticSeverity.Error);
    await configure("mtls.purposes", { "purposes/*.pem": "origin" });
    await settled(document.uri);
    assert.match((await finding(document.uri, "bundle/private-key")).message, /trust store/);
  });

  it("does not mind nonsense", async () => {
    const { document } = await open("nonsense.pem", expired.pem);
    await finding(document.uri, "certificate/expired");
    for (const value of [[], "origin", null, { "[": "origin" }, { "**": 7 }]) {
      await configure("mtls.purposes", value);
      await settled(document.uri);
      assert.deepEqual(rulesOf(document.uri), ["certificate/expired"], JSON.stringify(value));
    }
  });
});
