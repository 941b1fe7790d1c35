import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  arn,
  articleMtls,
  cleanUp,
  customOrigin,
  finding,
  findings,
  folder,
  gone,
  json,
  mtlsOn,
  open,
  otherArn,
  rangeOf,
  replace,
  ruleOf,
  rulesBecome,
  rulesOf,
  settled,
  show,
  until,
  wholeConfig,
  write,
} from "../editor.ts";

const quantityWrong = json(wholeConfig()).replace('"Quantity": 1', '"Quantity": 7');

/** What VS Code underlines. */
const underlined = (document: vscode.TextDocument) =>
  findings(document.uri).map((diagnostic) => [ruleOf(diagnostic), document.getText(diagnostic.range)]);

describe("diagnostics", () => {
  afterEach(cleanUp);

  it("say what is wrong exactly where it stands", async () => {
    const { document } = await open(
      "everything.json",
      json(
        wholeConfig(
          [
            customOrigin({ custom: { ...articleMtls, OriginProtocolPolicy: "match-viewer" } }),
            customOrigin({
              id: "o2",
              custom: {
                OriginProtocolPolicy: "http-only",
                OriginSslProtocols: { Quantity: 2, Items: ["SSLv3", "TLSv1.2"] },
                ...mtlsOn,
              },
            }),
            customOrigin({
              id: "o3",
              custom: { OriginMtlsConfig: { ClientCertificateArn: arn.replace("us-east-1", "eu-west-1") } },
            }),
            customOrigin({
              id: "o4",
              custom: { OriginMtlsConfig: { ClientCertificateArn: "arn:aws:iam::123456789012:server-certificate/x" } },
            }),
          ],
          {
            DefaultCacheBehavior: {
              TargetOriginId: "o2",
              ViewerProtocolPolicy: "https-onyl",
              CachePolicyId: "x",
              GrpcConfig: { Enabled: true },
            },
            Coment: "",
          },
        ),
      ),
    );
    await finding(document.uri, "behavior/grpc");
    assert.deepEqual(underlined(document), [
      ["origin/protocol-policy", '"match-viewer"'],
      ["origin/mtls-spelling", '"OriginMtls"'],
      ["origin/mtls-spelling", '"Enabled"'],
      ["origin/mtls-spelling", '"CertificateArn"'],
      ["origin/protocol-policy", '"http-only"'],
      ["origin/ssl-protocols", '"SSLv3"'],
      ["origin/client-certificate-region", `"${arn.replace("us-east-1", "eu-west-1")}"`],
      ["origin/client-certificate-arn", '"arn:aws:iam::123456789012:server-certificate/x"'],
      ["distribution/enum-value", '"https-onyl"'],
      ["behavior/grpc", "true"],
      ["distribution/unknown-member", '"Coment"'],
    ]);
  });

  it("carry source, severity, id with its page, and related places", async () => {
    const grpc = {
      TargetOriginId: "o1",
      ViewerProtocolPolicy: "https-only",
      CachePolicyId: "x",
      GrpcConfig: { Enabled: true },
    };
    const { document } = await open(
      "related.json",
      json(wholeConfig([customOrigin({ custom: mtlsOn })], { DefaultCacheBehavior: grpc })),
    );
    const diagnostic = await finding(document.uri, "behavior/grpc");
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
    assert.ok(typeof diagnostic.code === "object");
    assert.match(
      diagnostic.code.target.toString(true),
      /^https:\/\/docs\.aws\.amazon\.com\/AmazonCloudFront\/latest\/DeveloperGuide\/[\w-]+\.html/,
    );
    const related = diagnostic.relatedInformation ?? [];
    assert.deepEqual(
      related.map(({ location }) => location.uri.toString()),
      related.map(() => document.uri.toString()),
    );
    assert.ok(
      related.some(({ location }) => document.getText(location.range).includes("OriginMtlsConfig")),
      "the block that turns mTLS on is shown",
    );
  });

  it("each have a page of their own to read on", async () => {
    const { document } = await show(vscode.Uri.joinPath(folder(), "mistakes.jsonc"));
    await finding(document.uri, "behavior/grpc");
    for (const { code, message } of findings(document.uri)) {
      assert.ok(
        typeof code === "object" && code.target.scheme === "https" && code.target.authority.endsWith(".amazon.com"),
        message,
      );
      assert.ok(message.length > 20 && message.length < 400, message);
    }
  });

  it("are there on open, and vanish on close", async () => {
    const { document } = await open("open.json", quantityWrong);
    await finding(document.uri, "distribution/quantity");
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    await gone(document.uri, "distribution/quantity");
  });

  it("stay while one of two editors closes", async () => {
    const { document } = await open("twice.json", quantityWrong);
    await finding(document.uri, "distribution/quantity");
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: false });
    await replace(document, ['"Quantity": 7', '"Quantity": 8']);
    await vscode.commands.executeCommand("workbench.action.files.save");
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    await until("8", () => findings(document.uri).some(({ message }) => message.includes("Quantity is 8")));
    await settled(document.uri);
    assert.deepEqual(rulesOf(document.uri), ["distribution/quantity"]);
  });

  it("follow several edits made at once, and undo", async () => {
    const { document } = await open("edits.json", json(wholeConfig()));
    await settled(document.uri);
    assert.deepEqual(rulesOf(document.uri), []);
    await replace(
      document,
      ['"Quantity": 1', '"Quantity":\n 12'],
      ['"HTTPSPort"', '"HttpsPort"'],
      ['"TargetOriginId": "o1"', '"TargetOriginId": "nobody"'],
    );
    await rulesBecome(document.uri, [
      "distribution/quantity",
      "distribution/unknown-member",
      "distribution/target-origin",
    ]);
    assert.deepEqual(
      underlined(document).map(([, text]) => text),
      ["12", '"HttpsPort"', '"nobody"'],
    );
    await vscode.commands.executeCommand("undo");
    await rulesBecome(document.uri, []);
    await vscode.commands.executeCommand("redo");
    await rulesBecome(document.uri, [
      "distribution/quantity",
      "distribution/unknown-member",
      "distribution/target-origin",
    ]);
    assert.deepEqual(
      underlined(document).map(([, text]) => text),
      ["12", '"HttpsPort"', '"nobody"'],
    );
  });

  it("follow each of many edits in a row", async () => {
    const { document } = await open("typed.json", json(wholeConfig()));
    await settled(document.uri);
    const at = rangeOf(document, '"Quantity": 1').end;
    for (const [index, digit] of ["2", "3", "4"].entries()) {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, at.translate(0, index), digit);
      assert.equal(await vscode.workspace.applyEdit(edit), true);
    }
    // Where they are slow, what is between two of them is checked as well.
    await until("all of them", () => underlined(document).some(([, text]) => text === "1234"));
    assert.deepEqual(underlined(document), [["distribution/quantity", "1234"]]);
  });

  it("stand right after the line ends change", async () => {
    const editor = await open("eol.json", quantityWrong);
    const { document } = editor;
    await finding(document.uri, "distribution/quantity");
    await editor.edit((builder) => builder.setEndOfLine(vscode.EndOfLine.CRLF));
    await replace(document, ['"HTTPSPort"', '"HttpsPort"']);
    await rulesBecome(document.uri, ["distribution/quantity", "distribution/unknown-member"]);
    assert.deepEqual(
      underlined(document).map(([, text]) => text),
      ["7", '"HttpsPort"'],
    );
  });

  it("are right after surrogate pairs and combining characters", async () => {
    const { document } = await open(
      "emoji.json",
      quantityWrong.replace('"Comment": ""', '"Comment": "🦊🦊é\\uD83E日本"'),
    );
    const diagnostic = await finding(document.uri, "distribution/quantity");
    assert.equal(document.getText(diagnostic.range), "7");
  });

  it("follow a change made on disk", async () => {
    const uri = await write("disk.json", quantityWrong);
    await show(uri);
    await finding(uri, "distribution/quantity");
    await write("disk.json", json(wholeConfig()));
    await rulesBecome(uri, []);
  });

  it("keep what can be known while the JSON is half typed", async () => {
    const text = json(wholeConfig([customOrigin({ custom: { ...articleMtls } })]));
    const { document } = await open("half.json", text);
    await finding(document.uri, "origin/mtls-spelling");
    // The end is missing: a member that is not there may still come.
    const cut = text.slice(0, text.indexOf('"DefaultCacheBehavior"'));
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, new vscode.Range(document.positionAt(cut.length), document.positionAt(text.length)));
    await vscode.workspace.applyEdit(edit);
    await settled(document.uri);
    assert.deepEqual(
      underlined(document).map(([, where]) => where),
      ['"OriginMtls"', '"Enabled"', '"CertificateArn"'],
    );
  });

  it("accept comments and trailing commas in jsonc", async () => {
    const text = json(wholeConfig())
      .replace('"Comment": "",', '/* no */ "Comment": "", // comment')
      .replace('"o1",', '"o1", // id')
      .replace(/"Enabled": true,/, '"Enabled": true, // on');
    const { document } = await open("comments.jsonc", text.replace(/\n\}\n$/, ",\n}\n"));
    await settled(document.uri);
    assert.deepEqual(rulesOf(document.uri), []);
    await replace(document, ['"Quantity": 1', '"Quantity": 5 /* five */']);
    assert.equal(document.getText((await finding(document.uri, "distribution/quantity")).range), "5");
  });

  it("are nobody else's", async () => {
    const members = json(customOrigin({ custom: articleMtls }));
    const lookalikes: readonly (readonly [name: string, text: string])[] = [
      ["package.json", json({ name: "thing", version: "1.0.0", description: "Origins CustomOriginConfig" })],
      [
        "list.json",
        json({
          DistributionList: {
            Quantity: 1,
            Items: [{ Id: "E1", Origins: { Quantity: 9, Items: [JSON.parse(members)] } }],
          },
        }),
      ],
      ["unrelated.json", json({ Origins: ["http://a.example", "http://b.example"], CustomOriginConfig: "no" })],
      ["array.json", json([JSON.parse(members)])],
      ["broken.json", '{"Origins": '],
      ["empty.json", ""],
    ];
    for (const [name, text] of lookalikes) {
      const { document } = await open(name, text);
      await settled(document.uri);
      assert.deepEqual(rulesOf(document.uri), [], name);
    }
  });

  it("leave a large unrelated document alone", async () => {
    const rows = Array.from({ length: 15_000 }, (_, id) => ({
      id,
      name: `row ${id}`,
      tags: ["Origin", "other", "thing"],
      value: id * 1.5,
    }));
    const text = JSON.stringify(rows);
    assert.ok(text.length > 1_000_000);
    const { document } = await open("large.json", text);
    await settled(document.uri);
    await replace(document, ["row 0", "row nought"]);
    await settled(document.uri);
    assert.deepEqual(rulesOf(document.uri), []);
  });

  it("find a document that becomes ours by a paste", async () => {
    const { document } = await open("paste.json", "{}\n");
    await settled(document.uri);
    await replace(document, ["{}\n", quantityWrong]);
    await finding(document.uri, "distribution/quantity");
  });

  it("find a document that becomes ours word by word", async () => {
    const { document } = await open("words.json", '{\n  "Origins": {}\n}\n');
    await settled(document.uri);
    const part = '"CustomOriginConfig": { "OriginProtocolPolicy": "https-only", "OriginMtls": {} }';
    await replace(document, ["{}", '{ "Items": [ {  } ] }']);
    let typed = "";
    for (const word of part.split(/(?<= )/)) {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, rangeOf(document, "{  }").start.translate(0, 2 + typed.length), word);
      assert.equal(await vscode.workspace.applyEdit(edit), true);
      typed += word;
      if (typed.length > 5) break;
    }
    const edit = new vscode.WorkspaceEdit();
    edit.insert(
      document.uri,
      document.positionAt(document.getText().indexOf(typed) + typed.length),
      part.slice(typed.length),
    );
    await vscode.workspace.applyEdit(edit);
    await finding(document.uri, "origin/mtls-spelling");
  });

  it("go when a document is ours no more, and come back", async () => {
    const { document } = await open("nomore.json", quantityWrong);
    await finding(document.uri, "distribution/quantity");
    const text = document.getText();
    await replace(document, [text, '{ "Origins": "nothing" }\n']);
    await rulesBecome(document.uri, []);
    await replace(document, [document.getText(), text]);
    await finding(document.uri, "distribution/quantity");
  });

  it("go when the language becomes another one, and come back", async () => {
    const { document } = await open("language.json", quantityWrong);
    await finding(document.uri, "distribution/quantity");
    await vscode.languages.setTextDocumentLanguage(document, "plaintext");
    await gone(document.uri, "distribution/quantity");
    await vscode.languages.setTextDocumentLanguage(document, "jsonc");
    await finding(document.uri, "distribution/quantity");
  });

  it("are there for a new, unsaved document", async () => {
    const document = await vscode.workspace.openTextDocument({ language: "json", content: quantityWrong });
    await vscode.window.showTextDocument(document);
    assert.equal(document.getText((await finding(document.uri, "distribution/quantity")).range), "7");
  });

  it("go when the file is deleted and its editor closes", async () => {
    const { document } = await open("deleted.json", quantityWrong);
    await finding(document.uri, "distribution/quantity");
    const edit = new vscode.WorkspaceEdit();
    edit.deleteFile(document.uri);
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    await gone(document.uri, "distribution/quantity");
  });

  it("move along when the file is renamed", async () => {
    const { document } = await open("old-name.json", quantityWrong);
    await finding(document.uri, "distribution/quantity");
    const to = vscode.Uri.joinPath(document.uri, "../new-name.json");
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(document.uri, to);
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    try {
      await finding(to, "distribution/quantity");
      await gone(document.uri, "distribution/quantity");
    } finally {
      await vscode.workspace.fs.delete(to);
    }
  });

  it("are quick and complete in a config of a hundred origins", async () => {
    const origins = Array.from({ length: 100 }, (_, index) =>
      customOrigin({
        id: `o${index + 1}`,
        custom: {
          OriginProtocolPolicy: "match-viewer",
          OriginMtlsConfig: { ClientCertificateArn: index % 2 === 0 ? arn : otherArn },
        },
      }),
    );
    const { document } = await open("hundred.json", json(wholeConfig(origins)));
    await until(
      "100 findings",
      () => rulesOf(document.uri).filter((rule) => rule === "origin/protocol-policy").length === 100,
    );
    await replace(document, ['"Quantity": 100', '"Quantity": 99']);
    await finding(document.uri, "distribution/quantity");
    await vscode.commands.executeCommand("mtls.fixAll");
    await gone(document.uri, "origin/protocol-policy");
    assert.equal(document.getText().includes("match-viewer"), false);
  });
});
