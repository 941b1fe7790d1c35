import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { NamedStores } from "../../../src/host/documents/named-stores.ts";
import { cleanUp, folder, json, until, write, writeWatched } from "../editor.ts";
import { authority } from "../pem-files.ts";

describe("trust stores that configs of the workspace name", () => {
  let log: vscode.LogOutputChannel;
  let stores: NamedStores;
  before(() => {
    log = vscode.window.createOutputChannel("mTLS test", { log: true });
  });
  beforeEach(() => {
    stores = new NamedStores(log);
  });
  afterEach(async () => {
    stores.dispose();
    await cleanUp();
    await vscode.workspace.fs
      .delete(vscode.Uri.joinPath(folder(), "named"), { recursive: true })
      .then(undefined, () => undefined);
  });
  after(() => log.dispose());

  const root = authority("CN=Root").pem;
  const bundle = (name: string) => write(name, root);
  const targets = (uri: vscode.Uri, expected: readonly string[]) =>
    until(`${expected.join()} for ${uri.path}`, () => stores.targetsOf(uri).join() === expected.join());

  it("are found by the key's name, of every service that names it", async () => {
    const uri = await bundle("named-clients.pem");
    await write(
      "named-domain.json",
      json({
        domainName: "api.example.com",
        mutualTlsAuthentication: { truststoreUri: "s3://stores/named-clients.pem" },
      }),
    );
    await write(
      "named-store.json",
      json({ Name: "x", CaCertificatesBundleS3Bucket: "stores", CaCertificatesBundleS3Key: "lb/named-clients.pem" }),
    );
    await targets(uri, ["alb", "apigateway"]);
    const other = await bundle("named-others.pem");
    assert.deepEqual(stores.targetsOf(other), []);
  });

  it("are those of a Network Load Balancer whose TLS listener uses them", async () => {
    const uri = await bundle("named-clients.pem");
    await write(
      "named-store.json",
      json({ Name: "clients", CaCertificatesBundleS3Bucket: "stores", CaCertificatesBundleS3Key: "named-clients.pem" }),
    );
    await targets(uri, ["alb"]);
    await write(
      "named-listener.json",
      json({
        ListenerArn:
          "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/net/x/50dc6c495c0c9188/f2f7dc8efc522ab2",
        Protocol: "TLS",
        MutualAuthentication: {
          Mode: "verify",
          TrustStoreArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/73e2d6bc24d8a063",
        },
      }),
    );
    await targets(uri, ["nlb"]);
  });

  it("are those of a template's resources", async () => {
    const uri = await bundle("named-clients.pem");
    await write(
      "named-template.yaml",
      [
        "Resources:",
        "  Clients:",
        "    Type: AWS::ElasticLoadBalancingV2::TrustStore",
        "    Properties: {CaCertificatesBundleS3Bucket: stores, CaCertificatesBundleS3Key: !Sub lb/named-clients.pem}",
        "  Listener:",
        "    Type: AWS::ElasticLoadBalancingV2::Listener",
        "    Properties: {Protocol: TLS, MutualAuthentication: {Mode: verify, TrustStoreArn: !Ref Clients}}",
        "",
      ].join("\n"),
    );
    await targets(uri, ["nlb"]);
  });

  it("follow the config", async () => {
    const uri = await bundle("named-clients.pem");
    const config = await writeWatched("named-domain.json", json({ truststoreUri: "s3://stores/other.pem" }));
    assert.deepEqual(stores.targetsOf(uri), []);
    await write("named-domain.json", json({ truststoreUri: "s3://stores/named-clients.pem" }));
    await targets(uri, ["apigateway"]);
    await vscode.workspace.fs.delete(config);
    await targets(uri, []);
  });

  it("of several files with the name are those in the folders of the key", async () => {
    const [production, test] = [
      await writeWatched("named/production/clients.pem", root),
      await writeWatched("named/test/clients.pem", root),
    ];
    await write("named-domain.json", json({ truststoreUri: "s3://stores/production/clients.pem" }));
    await targets(production, ["apigateway"]);
    assert.deepEqual(stores.targetsOf(test), []);
    await vscode.workspace.fs.delete(production);
    await targets(test, ["apigateway"]);
  });
});
