import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  actionsFor,
  actionTitled,
  apply,
  arn,
  articleMtls,
  cleanUp,
  codeActions,
  configure,
  customOrigin,
  finding,
  findings,
  gone,
  isIgnore,
  json,
  mtlsOn,
  open,
  otherArn,
  ruleOf,
  rulesBecome,
  rulesOf,
  settled,
  textOnDisk,
  until,
  wholeConfig,
} from "../editor.ts";

interface Case {
  readonly what: string;
  readonly before: string;
  readonly rule: string;
  readonly title: string;
  readonly after: string;
  readonly safe: boolean;
  readonly name?: string;
}

const s3Origin = (members: object) => ({
  Id: "o1",
  DomainName: "files.s3.us-east-1.amazonaws.com",
  S3OriginConfig: { OriginAccessIdentity: "", ...members },
});
const slipped = (from: string, to: string) => json(wholeConfig()).replace(from, to);
const twoProtocols = { OriginSslProtocols: { Quantity: 3, Items: ["TLSv1", "TLSv1.1", "TLSv1.2"] } };
const httpsOnly = "Use https-only (the origin must respond to HTTPS on port 443 with a publicly trusted certificate)";

const cases: readonly Case[] = [
  {
    what: "the article's shape, in one fix that keeps the ARN",
    before: json({ Origins: { Items: [customOrigin({ custom: articleMtls })] } }, 4),
    rule: "origin/mtls-spelling",
    title: "Change to OriginMtlsConfig with ClientCertificateArn",
    after: json({ Origins: { Items: [customOrigin({ custom: mtlsOn })] } }, 4),
    safe: true,
  },
  {
    what: "a block that says mTLS is off goes",
    before: json(
      wholeConfig([customOrigin({ custom: { OriginMtlsConfig: { Enabled: false, ClientCertificateArn: arn } } })]),
      "\t",
    ),
    rule: "origin/mtls-spelling",
    title: "Remove OriginMtlsConfig (turns off origin mTLS)",
    after: json(wholeConfig(), "\t"),
    safe: false,
  },
  {
    what: "wrong case",
    before: json(wholeConfig([customOrigin({ custom: { originMtlsConfig: { clientCertificateArn: arn } } })])),
    rule: "origin/mtls-spelling",
    title: "Change to OriginMtlsConfig with ClientCertificateArn",
    after: json(wholeConfig([customOrigin({ custom: mtlsOn })])),
    safe: true,
  },
  {
    what: "Expected the block, found the ARN",
    before: json(wholeConfig([customOrigin({ custom: { OriginMtlsConfig: arn } })])),
    rule: "origin/client-certificate-arn",
    title: "Move the ARN into ClientCertificateArn",
    after: json(wholeConfig([customOrigin({ custom: mtlsOn })])).replace(
      /\{\s+("ClientCertificateArn": "[^"]+")\s+\}/,
      "{ $1 }",
    ),
    safe: true,
  },
  {
    what: "a block beside CustomOriginConfig moves into it",
    before: json(wholeConfig([customOrigin({ beside: mtlsOn })])),
    rule: "origin/mtls-place",
    title: "Move OriginMtlsConfig into CustomOriginConfig",
    after: json(wholeConfig([customOrigin({ custom: mtlsOn })])),
    safe: true,
  },
  {
    what: "a block at the top moves to the only origin that can take it",
    before: json(wholeConfig([customOrigin()], mtlsOn)),
    rule: "origin/mtls-place",
    title: "Move OriginMtlsConfig into CustomOriginConfig",
    after: json(wholeConfig([customOrigin({ custom: mtlsOn })])),
    safe: true,
  },
  ...["http-only", "match-viewer"].map((policy) => ({
    what: `${policy} with mTLS`,
    before: json(wholeConfig([customOrigin({ custom: { OriginProtocolPolicy: policy, ...mtlsOn } })])),
    rule: "origin/protocol-policy",
    title: httpsOnly,
    after: json(wholeConfig([customOrigin({ custom: mtlsOn })])),
    safe: true,
  })),
  {
    what: "outdated protocols beside mTLS",
    before: json(wholeConfig([customOrigin({ custom: { ...twoProtocols, ...mtlsOn } })])),
    rule: "origin/ssl-protocols",
    title: "Use only TLSv1.2 (the origin must support it)",
    after: json(
      wholeConfig([customOrigin({ custom: { OriginSslProtocols: { Quantity: 1, Items: ["TLSv1.2"] }, ...mtlsOn } })]),
    ),
    safe: false,
  },
  {
    what: "mTLS on an S3 origin",
    before: json(wholeConfig([s3Origin(mtlsOn)])),
    rule: "origin/mtls-origin-type",
    title: "Remove OriginMtlsConfig",
    after: json(wholeConfig([s3Origin({})])),
    safe: false,
  },
  {
    what: "mTLS on a host that never asks",
    before: json(
      wholeConfig([customOrigin({ domainName: "abcdefghij.execute-api.us-east-1.amazonaws.com", custom: mtlsOn })]),
    ),
    rule: "origin/mtls-host",
    title: "Remove OriginMtlsConfig",
    after: json(wholeConfig([customOrigin({ domainName: "abcdefghij.execute-api.us-east-1.amazonaws.com" })])),
    safe: false,
  },
  {
    what: "Quantity",
    before: slipped('"Quantity": 1', '"Quantity": 7'),
    rule: "distribution/quantity",
    title: "Set Quantity to 1",
    after: json(wholeConfig()),
    safe: true,
  },
  {
    what: "an unknown member",
    before: slipped("HTTPSPort", "HttpsPort"),
    rule: "distribution/unknown-member",
    title: "Rename to HTTPSPort",
    after: json(wholeConfig()),
    safe: false,
  },
  {
    what: "an enum value",
    before: slipped('"ViewerProtocolPolicy": "https-only"', '"ViewerProtocolPolicy": "https-onyl"'),
    rule: "distribution/enum-value",
    title: "Change to https-only",
    after: json(wholeConfig()),
    safe: false,
  },
  {
    what: "a TargetOriginId that names nothing",
    before: json(wholeConfig([customOrigin({ id: "shop-api" }), customOrigin({ id: "files" })], {})).replace(
      '"TargetOriginId": "o1"',
      '"TargetOriginId": "shop-apii"',
    ),
    rule: "distribution/target-origin",
    title: "Change to shop-api",
    after: json(wholeConfig([customOrigin({ id: "shop-api" }), customOrigin({ id: "files" })], {})).replace(
      '"TargetOriginId": "o1"',
      '"TargetOriginId": "shop-api"',
    ),
    safe: false,
  },
  {
    what: "a number in quotes",
    before: slipped('"HTTPSPort": 443', '"HTTPSPort": "443"'),
    rule: "distribution/member-type",
    title: "Change to 443",
    after: json(wholeConfig()),
    safe: false,
  },
  {
    what: "the wrapper of get-distribution-config",
    before: json({ ETag: "E1", DistributionConfig: wholeConfig() }, 4),
    rule: "file/wrapped-config",
    title: "Extract the inner configuration",
    after: json(wholeConfig(), 4),
    safe: false,
  },
  {
    what: "the wrapper of get-distribution",
    before: json(
      { ETag: "E1", Distribution: { Id: "EDFDVBD6EXAMPLE", Status: "Deployed", DistributionConfig: wholeConfig() } },
      4,
    ),
    rule: "file/wrapped-config",
    title: "Extract the inner configuration",
    after: json(wholeConfig(), 4),
    safe: false,
  },
  {
    what: "a remark stays where it is",
    name: "remark.jsonc",
    before: `{\n  // ours\n  "Origins": { "Items": [ /* one */ { "Id": "o1", "CustomOriginConfig": {\n    "OriginProtocolPolicy": "match-viewer", // why\n    "OriginMtlsConfig": { "ClientCertificateArn": "${arn}" }, }, }, ], },\n}\n`,
    rule: "origin/protocol-policy",
    title: httpsOnly,
    after: `{\n  // ours\n  "Origins": { "Items": [ /* one */ { "Id": "o1", "CustomOriginConfig": {\n    "OriginProtocolPolicy": "https-only", // why\n    "OriginMtlsConfig": { "ClientCertificateArn": "${arn}" }, }, }, ], },\n}\n`,
    safe: true,
  },
];

describe("quick fixes", () => {
  afterEach(cleanUp);

  for (const { what, before, rule, title, after, safe, name = "fix.json" } of cases) {
    it(`${rule}: ${what}`, async () => {
      const { document } = await open(name, before);
      const diagnostic = await finding(document.uri, rule);
      const known = new Set(findings(document.uri).map(({ code, message }) => JSON.stringify([code, message])));
      const action = await actionTitled(document.uri, diagnostic, title);
      assert.equal(action.isPreferred === true, safe, "preferred is what is safe");
      await apply(action);
      assert.equal(await document.save(), true);
      assert.equal(await textOnDisk(document.uri), after);
      await gone(document.uri, rule);
      await settled(document.uri);
      assert.deepEqual(
        findings(document.uri)
          .filter(({ code, message }) => !known.has(JSON.stringify([code, message])))
          .map(({ message }) => message),
        [],
        "the fix brings nothing new",
      );
    });
  }

  it("offers the article's fix on each of its three mistakes, and it mends all three", async () => {
    const { document } = await open(
      "article.json",
      json({ Origins: { Items: [customOrigin({ custom: articleMtls })] } }),
    );
    await rulesBecome(document.uri, [
      "distribution/fragment",
      "origin/mtls-spelling",
      "origin/mtls-spelling",
      "origin/mtls-spelling",
    ]);
    for (const diagnostic of findings(document.uri).filter((one) => ruleOf(one) === "origin/mtls-spelling")) {
      const fixes = (await actionsFor(document.uri, diagnostic)).filter((action) => !isIgnore(action));
      assert.deepEqual(
        fixes.map(({ title, isPreferred }) => [title, isPreferred]),
        [["Change to OriginMtlsConfig with ClientCertificateArn", true]],
      );
    }
    const [last] = findings(document.uri).slice(-1);
    assert.ok(last);
    await apply(await actionTitled(document.uri, last, "Change to OriginMtlsConfig with ClientCertificateArn"));
    await rulesBecome(document.uri, ["distribution/fragment"]);
  });

  it("lead to where something is chosen, or to the page, before anything is ignored", async () => {
    const listener = {
      ListenerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8e",
      Protocol: "HTTPS",
      Port: 443,
      MutualAuthentication: { Mode: "verify", TrustStoreArn: "arn:aws:s3:::clients" },
    };
    const elsewhere = arn.replace("us-east-1", "eu-west-1");
    const config = wholeConfig(
      [customOrigin({ custom: { OriginMtlsConfig: { ClientCertificateArn: elsewhere }, OriginReadTimeout: 4000 } })],
      { ViewerMtlsConfig: { Mode: "required", TrustStoreConfig: { TrustStoreId: "" } } },
    );
    const { document } = await open("mending.json", json({ config, listener }));
    for (const [rule, title, command] of [
      ["origin/client-certificate-region", "Choose another certificate…", "mtls.changeClientCertificate"],
      ["viewer-mtls/trust-store-id", "Choose a trust store…", "mtls.enableViewerMtls"],
      ["listener/trust-store-arn", "Choose a trust store…", "mtls.enableMtls"],
      // How the editor calls vscode.open where it takes an action over.
      ["distribution/range", 'Open "CloudFront Developer Guide: Quotas" in the browser', "_workbench.open"],
    ] as const) {
      const actions = await actionsFor(document.uri, await finding(document.uri, rule));
      assert.deepEqual(
        actions.map((action) => [action.title, action.command?.command]).slice(0, 1),
        [[title, command]],
        rule,
      );
      assert.deepEqual(actions.map(isIgnore).indexOf(true), actions.length - 1, "Ignore is the last");
    }
  });

  it("replace a value by another one that is chosen", async () => {
    const before = json(wholeConfig([customOrigin({ custom: { OriginProtocolPolicy: "tls-only-please" } })]));
    const { document } = await open("choose-value.json", before);
    const diagnostic = await finding(document.uri, "distribution/enum-value");
    await apply(await actionTitled(document.uri, diagnostic, "Choose another value…"));
    await until("a value", async () => {
      if (document.getText() === before)
        await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      return document.getText() !== before;
    });
    assert.equal(document.getText(), before.replace("tls-only-please", "http-only"));
    await rulesBecome(document.uri, []);
  });

  it("give a cache behavior that has none a managed cache policy", async () => {
    const { DefaultCacheBehavior: behavior, ...config } = wholeConfig([customOrigin()]) as Record<string, object>;
    const { CachePolicyId: _, ...without } = behavior as Record<string, unknown>;
    const { document } = await open("choose-policy.json", json({ ...config, DefaultCacheBehavior: without }));
    const diagnostic = await finding(document.uri, "behavior/cache-policy");
    await apply(await actionTitled(document.uri, diagnostic, "Choose a cache policy…"));
    await until("a policy", async () => {
      if (!document.getText().includes("CachePolicyId"))
        await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      return document.getText().includes('"CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6"');
    });
    await rulesBecome(document.uri, []);
  });

  it("moves nothing where two origins could take the block", async () => {
    const { document } = await open(
      "two.json",
      json(wholeConfig([customOrigin(), customOrigin({ id: "o2" })], mtlsOn)),
    );
    const diagnostic = await finding(document.uri, "origin/mtls-place");
    assert.deepEqual(
      (await actionsFor(document.uri, diagnostic)).filter(({ edit }) => edit !== undefined),
      [],
    );
  });

  it("does not choose between two blocks that name different certificates", async () => {
    const both = { OriginMtlsConfig: { ClientCertificateArn: arn }, OriginMtls: { CertificateArn: otherArn } };
    const { document } = await open("rivals.json", json(wholeConfig([customOrigin({ custom: both })])));
    const diagnostic = await finding(document.uri, "origin/mtls-spelling");
    assert.deepEqual(
      (await actionsFor(document.uri, diagnostic)).filter(({ edit }) => edit !== undefined),
      [],
    );
  });

  it("offers nothing of ours where nothing is wrong, and in other files", async () => {
    const clean = await open("clean.json", json(wholeConfig()));
    await settled(clean.document.uri);
    const other = await open("other.json", '{ "name": "thing" }\n');
    for (const { document } of [clean, other]) {
      const whole = new vscode.Range(0, 0, document.lineCount, 0);
      const actions = await codeActions(document.uri, whole);
      assert.deepEqual(
        actions.filter(
          ({ command, kind }) => command?.command.startsWith("mtls.") === true || kind?.value.includes("mtls") === true,
        ),
        [],
      );
    }
  });

  it("keeps CRLF byte for byte", async () => {
    const before = json(wholeConfig([customOrigin({ custom: articleMtls })])).replaceAll("\n", "\r\n");
    const { document } = await open("crlf.json", before);
    const diagnostic = await finding(document.uri, "origin/mtls-spelling");
    await apply(await actionTitled(document.uri, diagnostic, "Change to OriginMtlsConfig with ClientCertificateArn"));
    await gone(document.uri, "origin/mtls-spelling");
    await document.save();
    assert.equal(
      await textOnDisk(document.uri),
      json(wholeConfig([customOrigin({ custom: mtlsOn })])).replaceAll("\n", "\r\n"),
    );
  });

  it("fits the document as it is, right after an edit", async () => {
    const { document } = await open("moved.json", slipped('"Quantity": 1', '"Quantity": 7'));
    await finding(document.uri, "distribution/quantity");
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(1, 0), '  "HttpVersion": "http2",\n');
    await vscode.workspace.applyEdit(edit);
    const moved = await until("the diagnostic one line below", () =>
      findings(document.uri).find((diagnostic) => document.getText(diagnostic.range) === "7"),
    );
    await apply(await actionTitled(document.uri, moved, "Set Quantity to 1"));
    await gone(document.uri, "distribution/quantity");
    assert.equal(document.getText(), json(wholeConfig()).replace("{\n", '{\n  "HttpVersion": "http2",\n'));
  });
});

/** Safe: spelling, place, policy, Quantity. A decision: protocols, enum. */
const mixed = wholeConfig(
  [
    customOrigin({
      custom: {
        OriginProtocolPolicy: "match-viewer",
        OriginSslProtocols: { Quantity: 2, Items: ["TLSv1", "TLSv1.2"] },
      },
      beside: { OriginMtls: { Enabled: true, CertificateArn: arn } },
    }),
  ],
  { PriceClass: "priceclass_100" },
);
const mixedFixed = wholeConfig(
  [customOrigin({ custom: { OriginSslProtocols: { Quantity: 2, Items: ["TLSv1", "TLSv1.2"] }, ...mtlsOn } })],
  { PriceClass: "priceclass_100" },
);

describe("fix all", () => {
  afterEach(cleanUp);
  const before = json(mixed).replace('"Quantity": 1', '"Quantity": 9');

  it("source.fixAll.mtls applies what is safe, and nothing that guesses", async () => {
    const { document } = await open("fixall.json", before);
    await finding(document.uri, "distribution/quantity");
    for (const kind of ["source.fixAll.mtls", "source.fixAll"]) {
      const actions = await codeActions(document.uri, new vscode.Range(0, 0, 0, 0), kind);
      assert.deepEqual(
        actions.filter(({ kind: its }) => its?.value === "source.fixAll.mtls").map(({ title }) => title),
        ["Apply all safe fixes"],
        kind,
      );
    }
    const [action] = await codeActions(document.uri, new vscode.Range(0, 0, 0, 0), "source.fixAll.mtls");
    assert.ok(action);
    await apply(action);
    assert.equal(document.getText(), json(mixedFixed));
    await rulesBecome(document.uri, ["origin/ssl-protocols", "distribution/enum-value"]);
    const again = await codeActions(document.uri, new vscode.Range(0, 0, 0, 0), "source.fixAll.mtls");
    assert.deepEqual(again, [], "nothing safe is left");
  });

  it("on save, when editor.codeActionsOnSave asks for it", async () => {
    await configure("editor.codeActionsOnSave", { "source.fixAll.mtls": "explicit" });
    const { document } = await open("onsave.json", `${before}\n`);
    await finding(document.uri, "distribution/quantity");
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, new vscode.Range(document.lineCount - 2, 0, document.lineCount - 1, 0));
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand("workbench.action.files.save");
    await until("saved", () => !document.isDirty);
    assert.equal(await textOnDisk(document.uri), json(mixedFixed));
  });

  it("is not part of a quick fix, nor of another extension's fix all", async () => {
    const { document } = await open("kinds.json", before);
    await finding(document.uri, "distribution/quantity");
    for (const kind of ["source.fixAll.eslint", "source.organizeImports", "refactor"]) {
      const actions = await codeActions(document.uri, new vscode.Range(0, 0, 40, 0), kind);
      assert.deepEqual(
        actions.filter(({ kind: its }) => its?.value.includes("mtls") === true),
        [],
        kind,
      );
    }
    const quick = await codeActions(document.uri, new vscode.Range(0, 0, 40, 0), "quickfix");
    assert.deepEqual(
      quick.filter(({ kind: its }) => its?.value.startsWith("source") === true),
      [],
    );
  });

  it("is in the light bulb, where it does more than the fix beside it", async () => {
    const { document } = await open("bulb.json", before);
    const diagnostic = await finding(document.uri, "distribution/enum-value");
    await apply(await actionTitled(document.uri, diagnostic, "Fix all safe problems in this file"));
    await until("the fixes", () => document.getText() === json(mixedFixed));
    await settled(document.uri);
    const left = await actionsFor(document.uri, await finding(document.uri, "distribution/enum-value"));
    assert.ok(!left.some(({ title }) => title.startsWith("Fix all")), "nothing safe is left");
    const one = await open("one.json", json(wholeConfig()).replace('"Quantity": 1', '"Quantity": 7'));
    const alone = await actionsFor(one.document.uri, await finding(one.document.uri, "distribution/quantity"));
    assert.deepEqual(
      alone.filter((action) => !isIgnore(action)).map(({ title }) => title),
      ["Set Quantity to 1"],
    );
  });

  it("mTLS: Fix All is one undo step", async () => {
    const { document } = await open("command.json", before);
    await finding(document.uri, "distribution/quantity");
    await vscode.commands.executeCommand("mtls.fixAll");
    assert.equal(document.getText(), json(mixedFixed));
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), before);
  });

  it("leaves alone what a setting turned off or hides", async () => {
    await configure("mtls.rules", { "distribution/quantity": "off" });
    await configure("mtls.suppress", [{ rule: "origin/protocol-policy", path: "off.json", origin: "o1" }]);
    const { document } = await open("off.json", before);
    await finding(document.uri, "origin/mtls-spelling");
    await vscode.commands.executeCommand("mtls.fixAll");
    assert.equal(
      document.getText(),
      json(mixedFixed).replace('"Quantity": 1', '"Quantity": 9').replace("https-only", "match-viewer"),
    );
  });

  it("fixes an unsaved new document as well", async () => {
    const document = await vscode.workspace.openTextDocument({ language: "json", content: before });
    await vscode.window.showTextDocument(document);
    await finding(document.uri, "distribution/quantity");
    await vscode.commands.executeCommand("mtls.fixAll");
    assert.equal(document.getText(), json(mixedFixed));
    assert.deepEqual(
      rulesOf(document.uri).filter((rule) => rule.startsWith("file/")),
      [],
      "no bytes, nothing to say of them",
    );
    assert.equal(
      findings(document.uri).every((diagnostic) => ruleOf(diagnostic) !== ""),
      true,
    );
  });
});
