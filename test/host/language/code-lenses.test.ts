import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  articleMtls,
  cleanUp,
  configure,
  customOrigin,
  json,
  mtlsOn,
  open,
  replace,
  until,
  wholeConfig,
} from "../editor.ts";

async function lensesOf(document: vscode.TextDocument): Promise<[string, string, string][]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    document.uri,
    100,
  );
  return lenses
    .filter(({ command }) => command?.command.startsWith("mtls.") === true)
    .map(({ range, command }): [string, string, string] => [
      document.getText(range),
      command?.title ?? "",
      command?.command ?? "",
    ]);
}

/** Once the extension has looked at the document: that is later than the editor's first question. */
function lensesOnce(document: vscode.TextDocument): Promise<[string, string, string][]> {
  return until("lenses", async () => {
    const lenses = await lensesOf(document);
    return lenses.length > 0 ? lenses : undefined;
  });
}

const custom = '"CustomOriginConfig"';
const verify: [string, string, string] = [custom, "Verify…", "mtls.verifyOrigin"];
const off: [string, string, string][] = [[custom, "mTLS off: Enable…", "mtls.enableOriginMtls"], verify];
const on: [string, string, string][] = [
  [custom, "$(shield) mTLS on: Change Certificate…", "mtls.changeClientCertificate"],
  [custom, "Disable…", "mtls.disableOriginMtls"],
  verify,
];

describe("code lenses", () => {
  afterEach(cleanUp);

  it("say above each CustomOriginConfig whether mTLS is off, on, in trouble, or not in effect", async () => {
    const s3 = {
      Id: "files",
      DomainName: "files.s3.us-east-1.amazonaws.com",
      S3OriginConfig: { OriginAccessIdentity: "" },
    };
    const origins = [
      customOrigin(),
      customOrigin({ id: "o2", custom: mtlsOn }),
      s3,
      customOrigin({ id: "o3", custom: { OriginProtocolPolicy: "http-only", ...mtlsOn } }),
      customOrigin({ id: "o4", custom: articleMtls }),
      customOrigin({ id: "o5", beside: mtlsOn }),
    ];
    const { document } = await open("lenses.json", json(wholeConfig(origins)));
    const lenses = await lensesOnce(document);
    assert.deepEqual(lenses.slice(0, 5), [...off, ...on]);
    assert.deepEqual(
      lenses
        .slice(5)
        .map(([where, title]) => [where, /^\$\(warning\) mTLS (has problems|not in effect)/.exec(title)?.[1] ?? title]),
      [
        [custom, "has problems"],
        // With HTTP alone there is no TLS to verify.
        [custom, "Disable…"],
        [custom, "not in effect"],
        [custom, "not in effect"],
      ],
    );
  });

  it("stand in every config of a file, each for its own", async () => {
    const [blue, green] = [wholeConfig(), wholeConfig([customOrigin({ custom: mtlsOn })])];
    const { document } = await open("several-lenses.json", json({ blue, green }));
    assert.deepEqual(await lensesOnce(document), [...off, ...on]);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
      100,
    );
    const targets = lenses.flatMap(({ command }): unknown[] => command?.arguments ?? []);
    assert.deepEqual(
      targets.map((target) => (target as { readonly config: number }).config),
      [0, 0, 1, 1, 1],
    );
  });

  it("say of each domain name and listener whether mTLS is on, off, or in trouble", async () => {
    const api = {
      domainName: "api.example.com",
      regionalCertificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
      endpointConfiguration: { types: ["REGIONAL"] },
      securityPolicy: "TLS_1_2",
    };
    const uri = "s3://example-truststores/clients.pem";
    const withMtls = (truststoreUri: string) => ({
      ...api,
      mutualTlsAuthentication: { truststoreUri, truststoreVersion: "v1" },
    });
    const listener = (id: string, more: object) => ({
      ListenerArn: `arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/50dc6c495c0c9188/${id}`,
      Protocol: "HTTPS",
      Port: 443,
      ...more,
    });
    const text = json({
      off: api,
      on: withMtls(uri),
      broken: withMtls("https://example.com/clients.pem"),
      edge: { ...api, endpointConfiguration: { types: ["EDGE"] } },
      lb: {
        Listeners: [
          listener("f2f7dc8efc522ab2", {}),
          listener("f2f7dc8efc522ab3", { MutualAuthentication: { Mode: "passthrough" } }),
          listener("f2f7dc8efc522ab4", { Protocol: "HTTP", Port: 80 }),
        ],
      },
    });
    const { document } = await open("payload-lenses.json", text);
    assert.deepEqual(await lensesOnce(document), [
      ["", "mTLS off: Enable…", "mtls.enableMtls"],
      ['"mutualTlsAuthentication"', "$(shield) mTLS on: Change Trust Store…", "mtls.enableMtls"],
      ['"mutualTlsAuthentication"', "Disable…", "mtls.disableMtls"],
      ['"mutualTlsAuthentication"', "Verify…", "mtls.verifyEndpoint"],
      ['"mutualTlsAuthentication"', "$(warning) mTLS has problems: Change…", "mtls.enableMtls"],
      ['"mutualTlsAuthentication"', "Disable…", "mtls.disableMtls"],
      ['"mutualTlsAuthentication"', "Verify…", "mtls.verifyEndpoint"],
      ["", "mTLS off: Enable…", "mtls.enableMtls"],
      ['"MutualAuthentication"', "$(shield) mTLS passthrough: Change…", "mtls.enableMtls"],
      ['"MutualAuthentication"', "Disable…", "mtls.disableMtls"],
      ['"MutualAuthentication"', "Verify…", "mtls.verifyEndpoint"],
    ]);
  });

  it("follow the text and the setting", async () => {
    const { document } = await open("follow.json", json(wholeConfig()));
    assert.deepEqual(await lensesOnce(document), off);
    await replace(document, ['"HTTPPort": 80,', `"HTTPPort": 80, ${JSON.stringify(mtlsOn).slice(1, -1)},`]);
    assert.deepEqual(await lensesOf(document), on);
    await configure("mtls.codeLens", false);
    assert.deepEqual(await lensesOf(document), []);
    await configure("mtls.codeLens", undefined);
    assert.deepEqual(await lensesOf(document), on);
  });

  it("are not put into other people's documents", async () => {
    const { document } = await open("others-lens.json", '{ "CustomOriginConfig": "no" }');
    assert.deepEqual(await lensesOf(document), []);
  });

  it("name the origin in a fragment, too", async () => {
    const { document } = await open(
      "fragment-lens.json",
      json({
        Id: "o1",
        DomainName: "a.example",
        CustomOriginConfig: { HTTPSPort: 443, OriginProtocolPolicy: "https-only" },
      }),
    );
    assert.deepEqual(await lensesOnce(document), off);
  });
});
