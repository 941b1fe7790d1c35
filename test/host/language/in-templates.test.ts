import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  actionsFor,
  actionTitled,
  apply,
  cleanUp,
  codeActions,
  configure,
  finding,
  findings,
  gone,
  isIgnore,
  open,
  positionIn,
  rulesBecome,
  rulesOf,
  settled,
  show,
  until,
  write,
} from "../editor.ts";
import { actions, certificate, mutual, originMtls, protocols, template, withPart } from "../templates.ts";

const labelOf = ({ label }: vscode.CompletionItem) => (typeof label === "string" ? label : label.label);

/** Opens what is marked with `‸`. */
async function openAt(name: string, marked: string) {
  const at = marked.indexOf("‸");
  assert.notEqual(at, -1);
  const editor = await open(name, marked.replace("‸", ""));
  const position = editor.document.positionAt(at);
  editor.selection = new vscode.Selection(position, position);
  return { editor, position };
}

async function offersIn({ document }: vscode.TextEditor, position: vscode.Position) {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    position,
  );
  return items
    .filter(({ label, kind }) => typeof label === "object" && kind !== vscode.CompletionItemKind.Snippet)
    .sort((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1));
}

async function offered(name: string, marked: string): Promise<string[]> {
  const { editor, position } = await openAt(name, marked);
  return (await offersIn(editor, position)).map(labelOf);
}

/** Takes an offer as the editor does. */
async function take(name: string, marked: string, label: string): Promise<vscode.TextEditor> {
  const { editor, position } = await openAt(name, marked);
  const item = (await offersIn(editor, position)).find((one) => labelOf(one) === label);
  assert.ok(item, label);
  const { insertText, range, keepWhitespace } = item;
  assert.ok(insertText instanceof vscode.SnippetString && range instanceof vscode.Range && range.contains(position));
  assert.equal(
    await editor.insertSnippet(insertText, range, {
      undoStopBefore: true,
      undoStopAfter: true,
      keepWhitespace: keepWhitespace === true,
    }),
    true,
  );
  await vscode.commands.executeCommand("leaveSnippet");
  return editor;
}

async function hoversAt(document: vscode.TextDocument, position: vscode.Position): Promise<string[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    position,
  );
  return hovers.map(({ contents }) =>
    contents
      .map((part) => (typeof part === "string" ? part : part.value))
      .join("\n")
      .replaceAll(/\\(.)/gs, "$1"),
  );
}

async function hoverOn(document: vscode.TextDocument, text: string, offset = 0): Promise<string> {
  const [said, ...more] = await hoversAt(document, positionIn(document, text, offset));
  assert.deepEqual(more, [], text);
  return said ?? "";
}

async function lensesOf(document: vscode.TextDocument): Promise<[string, string][]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    document.uri,
    100,
  );
  return lenses
    .filter(({ command }) => command?.command.startsWith("mtls.") === true)
    .map(({ range, command }) => [document.lineAt(range.start.line).text.trim(), command?.title ?? ""]);
}

const json = (properties: object) =>
  `${JSON.stringify({ Parameters: { Arn: { Type: "String" } }, Resources: { Shop: { Type: "AWS::CloudFront::Distribution", Properties: { DistributionConfig: properties } } } }, undefined, 2)}\n`;

describe("templates: completion", () => {
  afterEach(cleanUp);

  it("writes members below each other, as deep as they belong", async () => {
    const cases: readonly (readonly [string, string, string])[] = [
      [`${protocols}              ‸\n`, "OriginMtlsConfig", originMtls("")],
      [`${protocols}              OriginMt‸\n`, "OriginMtlsConfig", originMtls("")],
      [`${protocols}              OriginMtlsConfig:\n                ‸\n`, "ClientCertificateArn", originMtls("")],
    ];
    for (const [index, [typed, label, expected]] of cases.entries()) {
      const { document } = await take(`block${index}.yaml`, withPart(protocols, typed), label);
      assert.equal(document.getText(), withPart(protocols, expected), typed);
    }
    const list = await take("item.yaml", withPart(protocols, `${protocols}          - ‸\n`), "CustomOriginConfig");
    assert.equal(
      list.document.getText(),
      withPart(protocols, `${protocols}          - CustomOriginConfig:\n              OriginProtocolPolicy: \n`),
    );
  });

  it("writes values with quotes where YAML would read another one, and within braces and branches", async () => {
    const off = await take("off.yaml", withPart(actions, mutual("\n        Mode: ‸")), "off");
    assert.equal(off.document.getText(), withPart(actions, mutual('\n        Mode: "off"')));
    const flow = await take("flow.yaml", withPart(actions, mutual(" {‸}")), "Mode");
    assert.equal(flow.document.getText(), withPart(actions, mutual(" {Mode: }")));
    const branch = " !If\n        - IsLive\n        - Mode: passthrough\n        - ";
    const inBranch = await take("branch.yaml", withPart(actions, mutual(`${branch}Mode: ‸`)), "verify");
    assert.equal(inBranch.document.getText(), withPart(actions, mutual(`${branch}Mode: verify`)));
    assert.deepEqual(await offered("begun.yaml", withPart(actions, mutual(`${branch}‸`))), [
      "Mode",
      "TrustStoreArn",
      "IgnoreClientCertificateExpiry",
      "AdvertiseTrustStoreCaNames",
    ]);
  });

  it("offers what the template has, and calls at length in JSON", async () => {
    assert.deepEqual(await offered("store.yaml", withPart(actions, mutual("\n        TrustStoreArn: ‸"))), [
      "!Ref Clients",
      "!Ref Certificate",
    ]);
    const taken = await take("arn.yaml", withPart(protocols, originMtls("!Re‸")), "!Ref Certificate");
    assert.equal(taken.document.getText(), withPart(protocols, originMtls("!Ref Certificate")));
    const config = {
      Origins: [
        { Id: "a", DomainName: "a.example", CustomOriginConfig: { OriginMtlsConfig: { ClientCertificateArn: "‸" } } },
      ],
    };
    const { document } = await take("arn-template.json", json(config), '{ "Ref": "Arn" }');
    assert.match(document.getText(), /"ClientCertificateArn": \{ "Ref": "Arn" \}/);
  });

  it("begins by itself behind a colon and its blank", async () => {
    const { editor } = await openAt("typed.yaml", withPart(actions, mutual("\n        Mode:‸")));
    await settled(editor.document.uri);
    await vscode.commands.executeCommand("type", { text: " " });
    await until("suggestions", async () => {
      await vscode.commands.executeCommand("acceptSelectedSuggestion");
      return editor.document.getText() === withPart(actions, mutual('\n        Mode: "off"'));
    });
  });

  it("leaves YAML alone that is no template", async () => {
    assert.deepEqual(await offered("values.yaml", "CustomOriginConfig:\n  ‸\nMode: \n"), []);
  });
});

describe("templates: hovers", () => {
  afterEach(cleanUp);

  it("explain members from their first character, and values", async () => {
    const text = withPart(protocols, originMtls(certificate), withPart(actions, mutual("\n        Mode: passthrough")));
    const { document } = await open("hovers.yaml", text);
    assert.match(await hoverOn(document, "ClientCertificateArn"), /The certificate in ACM/);
    assert.match(
      await hoverOn(document, certificate, text.lastIndexOf(certificate) - text.indexOf(certificate) + 5),
      /Region: us-east-1/,
    );
    assert.match(await hoverOn(document, "OriginMtlsConfig", 4), /^\*\*OriginMtlsConfig\*\*/);
    assert.match(await hoverOn(document, "OriginSSLProtocols", 4), /^\*\*OriginSSLProtocols\*\*/);
    assert.match(
      await hoverOn(document, "passthrough", 4),
      /passthrough: The load balancer does not reject any client/,
    );
    const block = await hoverOn(document, "MutualAuthentication", 4);
    assert.match(block, /mutual TLS is not turned off on an existing listener\. To turn it off, use Mode: "off"\./);
    assert.match(block, /aws-properties-elasticloadbalancingv2-listener-mutualauthentication/);
    assert.deepEqual(await hoversAt(document, positionIn(document, "Enabled: true", 2)), []);
    const api = await open(
      "hovers.json",
      '{"ListenerArn":"arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2","Protocol":"HTTPS","MutualAuthentication":{"Mode":"off"}}',
    );
    assert.doesNotMatch(await hoverOn(api.document, "MutualAuthentication", 4), /existing listener/);
  });

  it("say what a reference, an attribute, a text and a condition name", async () => {
    const branches =
      " !If\n        - IsLive\n        - {Mode: verify, TrustStoreArn: !GetAtt Clients.TrustStoreArn}\n        - Mode: !Ref Stage";
    const { document } = await open(
      "references.yaml",
      withPart(protocols, originMtls("!Ref Certificate"), withPart(actions, mutual(branches))).replace(
        "api.example.com",
        '!Sub "${Stage}.${Missing}.example.com"',
      ),
    );
    const secret = await hoverOn(document, "!Ref Certificate", 8);
    assert.match(secret, /Certificate is a parameter of the type String\./);
    assert.match(secret, /It has a default, which is not shown because NoEcho is true\./);
    assert.doesNotMatch(secret, /arn:aws/);
    const text = await hoverOn(document, '!Sub "${Stage}.', 10);
    assert.match(
      text,
      /Stage is a parameter of the type String\.\s+Its default is test\.\s+It can have these values: test, production\./,
    );
    assert.match(text, /The template has no parameter or resource with the name Missing\./);
    const attribute = await hoverOn(document, "!GetAtt Clients", 10);
    assert.match(
      attribute,
      /Clients is a resource of the type AWS::ElasticLoadBalancingV2::TrustStore\.\s+The value is its attribute TrustStoreArn\.\s+It is created only if the condition IsLive is true\./,
    );
    assert.match(await hoverOn(document, "- IsLive", 3), /If the condition IsLive is true, the first value counts\./);
    assert.match(await hoverOn(document, "- Mode: !Ref", 2), /passthrough: The load balancer/);
    assert.match(await hoverOn(document, "{Mode: verify", 8), /passthrough: The load balancer/);
    assert.match(await hoverOn(document, "!Ref Stage\n", 2), /Its default is test/);
  });
});

describe("templates: code lenses", () => {
  afterEach(cleanUp);

  const lensesOnce = (document: vscode.TextDocument) =>
    until("lenses", async () => {
      const lenses = await lensesOf(document);
      return lenses.length > 0 && lenses;
    });

  it("stand above the names of what is off, and above what is on", async () => {
    const off = await open("off-lenses.yaml", template);
    assert.deepEqual(await lensesOnce(off.document), [
      ["CustomOriginConfig:", "mTLS off: Enable…"],
      ["CustomOriginConfig:", "Verify…"],
      ["Listener:", "mTLS off: Enable…"],
    ]);
    const on = await open(
      "on-lenses.yaml",
      withPart(protocols, originMtls("!Ref Certificate"), withPart(actions, mutual("\n        Mode: passthrough"))),
    );
    assert.deepEqual((await lensesOnce(on.document)).sort(), [
      ["CustomOriginConfig:", "$(shield) mTLS on: Change Certificate…"],
      ["CustomOriginConfig:", "Disable…"],
      ["CustomOriginConfig:", "Verify…"],
      ["MutualAuthentication:", "$(shield) mTLS passthrough: Change…"],
      ["MutualAuthentication:", "Disable…"],
      ["MutualAuthentication:", "Verify…"],
    ]);
  });

  it("say where a condition decides", async () => {
    const config = `${protocols}              OriginMtlsConfig: !If [IsLive, {ClientCertificateArn: !Ref Certificate}, !Ref AWS::NoValue]\n`;
    const { document } = await open(
      "by-condition.yaml",
      withPart(protocols, config, withPart(actions, mutual(' !If [IsLive, {Mode: passthrough}, {Mode: "off"}]'))),
    );
    assert.deepEqual((await lensesOnce(document)).map(([where, title]) => [where.split(":")[0], title]).sort(), [
      ["CustomOriginConfig", "mTLS depends on a condition of the template"],
      ["MutualAuthentication", "mTLS depends on a condition of the template"],
    ]);
  });
});

describe("templates: quick fixes", () => {
  afterEach(cleanUp);

  const slip = mutual("\n        Mode: off # not yet\n        AdvertiseTrustStoreCaNames: on");

  it("mend one finding, and all that are safe", async () => {
    const { document } = await open("fixes.yaml", withPart(actions, slip));
    await finding(document.uri, "file/unquoted-word");
    const [first] = findings(document.uri).filter(({ range }) => document.getText(range) === "off");
    assert.ok(first);
    const titles = (await actionsFor(document.uri, first)).filter((one) => !isIgnore(one)).map(({ title }) => title);
    const [fix] = titles;
    assert.ok(fix, "a fix");
    await apply(await actionTitled(document.uri, first, fix));
    assert.match(document.getText(), /Mode: "off" # not yet\n/);
    const all = await codeActions(
      document.uri,
      new vscode.Range(0, 0, document.lineCount, 0),
      vscode.CodeActionKind.SourceFixAll.append("mtls").value,
    );
    const [action] = all.filter(({ title }) => title === "Apply all safe fixes");
    assert.ok(action, all.map(({ title }) => title).join());
    await apply(action);
    await gone(document.uri, "file/unquoted-word");
    assert.match(document.getText(), /Mode: "off" # not yet\n/);
  });

  it("are not offered in what the CDK writes, where the construct is named", async () => {
    const text = withPart(
      "  Listener:\n    Type: AWS::ElasticLoadBalancingV2::Listener\n",
      "  Listener:\n    Metadata:\n      aws:cdk:path: Stack/Web/Listener/Resource\n    Type: AWS::ElasticLoadBalancingV2::Listener\n",
      withPart(actions, slip),
    );
    for (const [name, content] of [
      ["made.yaml", text],
      ["cdk.out/made.template.yaml", withPart(actions, slip)],
    ] as const) {
      const { document } = await show(await write(name, content)).then(({ document }) => ({ document }));
      const found = await finding(document.uri, "file/unquoted-word");
      const offers = (await actionsFor(document.uri, found)).filter((one) => !isIgnore(one));
      assert.match(offers.map(({ title }) => title).join(), /^Open "[^"]+" in the browser$/, name);
      if (name === "made.yaml")
        assert.match(found.relatedInformation?.at(-1)?.message ?? "", /Stack\/Web\/Listener\/Resource/);
      assert.deepEqual(
        await codeActions(
          document.uri,
          new vscode.Range(0, 0, document.lineCount, 0),
          vscode.CodeActionKind.SourceFixAll.append("mtls").value,
        ).then((all) => all.filter(({ title }) => title === "Apply all safe fixes")),
        [],
      );
    }
  });

  it("can ignore a finding in the file", async () => {
    const { document } = await open("ignored.yaml", withPart(actions, slip));
    const found = await finding(document.uri, "file/unquoted-word");
    const [ignore] = (await actionsFor(document.uri, found)).filter(isIgnore);
    assert.ok(ignore);
    const before = rulesOf(document.uri);
    await apply(ignore);
    await gone(document.uri, "file/unquoted-word");
    await configure("mtls.suppress", undefined);
    await rulesBecome(document.uri, before);
  });
});
