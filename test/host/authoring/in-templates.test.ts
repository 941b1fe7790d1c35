import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { changeMtls } from "../../../src/host/authoring/enable-mtls.ts";
import { changeOriginMtls } from "../../../src/host/authoring/enable-origin-mtls.ts";
import { changeViewerMtls } from "../../../src/host/authoring/enable-viewer-mtls.ts";
import { Documents } from "../../../src/host/documents/documents.ts";
import { createReader } from "../../../src/host/documents/reader.ts";
import { Previews } from "../../../src/host/editor/preview.ts";
import { cleanUp, open, positionIn, until } from "../editor.ts";
import { Picks } from "../picks.ts";
import { Reviewing, textOf } from "../reviews.ts";
import { actions, certificate, mutual, originMtls, protocols, template, withPart } from "../templates.ts";

describe("templates: commands", () => {
  let subscriptions: vscode.Disposable[] = [];
  let picks: Picks;
  let reviewing: Reviewing;
  let said: string[] = [];
  /** What is typed into input boxes, one after the other. */
  let typed: string[] = [];
  let tools: { documents: Documents; previews: Previews; log: vscode.LogOutputChannel };

  beforeEach(() => {
    const log = vscode.window.createOutputChannel("templates test", { log: true });
    const reader = createReader(log, {});
    const documents = new Documents(
      () => Promise.resolve(reader),
      (error) => assert.fail(String(error)),
    );
    documents.start();
    const previews = new Previews();
    tools = { documents, previews, log };
    [picks, reviewing, said, typed] = [new Picks(), new Reviewing(), [], []];
    const create = vscode.window.createInputBox;
    subscriptions = [log, documents, previews, picks, reviewing];
    subscriptions.push(
      replaced("createInputBox", () => {
        const box = create.call(vscode.window);
        const show = box.show.bind(box);
        box.show = () => {
          show();
          box.value = typed.shift() ?? "";
          void vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
        };
        return box;
      }),
    );
    for (const name of ["showInformationMessage", "showWarningMessage", "showErrorMessage"] as const)
      subscriptions.push(
        replaced(name, (message: string) => {
          said.push(message);
          return Promise.resolve(undefined);
        }),
      );
  });
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    vscode.Disposable.from(...subscriptions).dispose();
    await cleanUp();
  });

  async function choose(title: string, label: string): Promise<void> {
    const pick = await picks.titled(title);
    picks.all.length = 0;
    await picks.choose(pick, (item) => item.label.includes(label));
  }
  const certificateIn = async (arn: string) => {
    const pick = await until("the certificates", () =>
      picks.all.find(({ placeholder }) => /ARN/.test(placeholder ?? "")),
    );
    picks.all.length = 0;
    pick.value = arn;
    await until(
      "the certificate that is typed",
      () => pick.items.some(({ label }) => label.includes(arn)) || pick.items.length > 0,
    );
    await picks.accept();
  };

  it("origin mTLS is enabled, changed and disabled, and comments stay", async () => {
    const { document } = await open("origin.yaml", template);
    const enabled = changeOriginMtls("enable", document.uri, tools);
    await certificateIn(certificate);
    await reviewing.apply();
    await enabled;
    assert.equal(document.getText(), withPart(protocols, originMtls(certificate)));
    assert.match(said.at(-1) ?? "", /deploy the stack/i);
    const other = certificate.replace("12345678-", "abcdefab-");
    const changed = changeOriginMtls("change-certificate", document.uri, tools);
    await certificateIn(other);
    await reviewing.apply();
    await changed;
    assert.equal(document.getText(), withPart(protocols, originMtls(other)));
    const disabled = changeOriginMtls("disable", document.uri, tools);
    await reviewing.apply();
    await disabled;
    assert.equal(document.getText(), template);
  });

  it("viewer mTLS is enabled with a reference, and disabled", async () => {
    const { document } = await open("viewers.yaml", template);
    typed = ["!GetAtt Viewers.Id"];
    const enabled = changeViewerMtls("enable", document.uri, tools);
    await choose("Enable Viewer mTLS", "required");
    await reviewing.apply();
    await enabled;
    const block =
      "        ViewerMtlsConfig:\n          Mode: required\n          TrustStoreConfig:\n            TrustStoreId: !GetAtt Viewers.Id\n";
    assert.equal(document.getText(), withPart("  Clients:\n", `${block}  Clients:\n`));
    const disabled = changeViewerMtls("disable", document.uri, tools);
    await reviewing.apply();
    await disabled;
    assert.equal(document.getText(), template);
  });

  it("a listener verifies clients, and stops", async () => {
    const { document } = await open("listener.yaml", template);
    typed = ["!Ref Clients"];
    const enabled = changeMtls("enable", document.uri, tools);
    await choose("Enable mTLS", "verify");
    await reviewing.apply();
    await enabled;
    assert.equal(
      document.getText(),
      withPart(actions, mutual("\n        Mode: verify\n        TrustStoreArn: !Ref Clients")),
    );
    assert.match(said.at(-1) ?? "", /deploy the stack/i);
    const disabled = changeMtls("disable", document.uri, tools);
    await reviewing.apply();
    await disabled;
    assert.equal(document.getText(), withPart(actions, mutual('\n        Mode: "off"')));
  });

  it("a custom domain name is told of in the names of the template, and changed with variables", async () => {
    const names = [
      "Resources:",
      "  Names:",
      "    Type: AWS::ApiGateway::DomainName",
      "    Properties:",
      "      DomainName: api.example.com",
      `      RegionalCertificateArn: ${certificate}`,
      "      EndpointConfiguration: {Types: [REGIONAL]}",
      "      SecurityPolicy: TLS_1_2",
      "",
    ].join("\n");
    const { document } = await open("names.yaml", names);
    typed = ["!Sub s3://${Bucket}/clients.pem"];
    const enabled = changeMtls("enable", document.uri, tools);
    const review = await reviewing.opened();
    assert.match(textOf(review), /Set DisableExecuteApiEndpoint and deploy the API\./);
    await reviewing.apply();
    await enabled;
    assert.equal(
      document.getText(),
      `${names}      MutualTlsAuthentication:\n        TruststoreUri: !Sub s3://\${Bucket}/clients.pem\n`,
    );
  });

  it("what a condition decides is explained, and nothing is changed", async () => {
    const conditional = withPart(
      protocols,
      `${protocols}              OriginMtlsConfig: !If [IsLive, {ClientCertificateArn: !Ref Certificate}, !Ref AWS::NoValue]\n`,
      withPart(actions, mutual(' !If [IsLive, {Mode: passthrough}, {Mode: "off"}]')),
    );
    const { document } = await open("conditional.yaml", conditional);
    await changeOriginMtls("enable", document.uri, tools);
    await changeMtls("enable", document.uri, tools);
    await changeMtls("disable", document.uri, tools);
    assert.equal(said.length, 3);
    for (const message of said) assert.match(message, /by a condition/);
    assert.equal(document.getText(), conditional);
  });

  it("nothing is changed in what the CDK or SAM writes", async () => {
    const made = await open("cdk.out/stack.template.yaml", template);
    const metadata = "    Metadata: {aws:cdk:path: Stack/Shop/Resource}\n";
    const type = "    Type: AWS::CloudFront::Distribution\n";
    const told = await open("told.yaml", withPart(type, metadata + type));
    for (const { document } of [made, told]) {
      const before = document.getText();
      said.length = 0;
      await changeOriginMtls("enable", document.uri, tools);
      await changeViewerMtls("enable", document.uri, tools);
      await changeMtls("enable", document.uri, tools);
      assert.deepEqual(
        said,
        Array.from(
          { length: 3 },
          () =>
            "The CDK or SAM wrote this file, and will write it again. Change the code that it is made from instead.",
        ),
      );
      assert.equal(document.getText(), before);
    }
  });

  it("of several distributions, the one at the cursor is meant, or is asked for by its logical ID", async () => {
    const shop = template.slice(template.indexOf("  Shop:"), template.indexOf("  Clients:"));
    const two = withPart("  Clients:\n", `${shop.replace("  Shop:", "  Outlet:")}  Clients:\n`);
    const editor = await open("two.yaml", two);
    const { document } = editor;
    const cursorTo = (text: string) => {
      const at = positionIn(document, text, 4);
      editor.selection = new vscode.Selection(at, at);
    };
    cursorTo("  Outlet:");
    const here = changeOriginMtls("enable", document.uri, tools);
    await certificateIn(certificate);
    await reviewing.apply();
    await here;
    const outlet = two.indexOf("  Outlet:");
    assert.equal(
      document.getText(),
      two.slice(0, outlet) + two.slice(outlet).replace(protocols, originMtls(certificate)),
    );
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), two);
    const again = await vscode.window.showTextDocument(document);
    again.selection = new vscode.Selection(0, 0, 0, 0);
    const asked = changeOriginMtls("enable", document.uri, tools);
    const pick = await picks.titled("Enable Origin mTLS");
    assert.deepEqual(
      pick.items.map(({ label }) => label),
      ["Shop", "Outlet"],
    );
    picks.all.length = 0;
    await picks.choose(pick, ({ label }) => label === "Shop");
    await certificateIn(certificate);
    await reviewing.apply();
    await asked;
    assert.equal(document.getText(), two.replace(protocols, originMtls(certificate)));
  });
});

/** Puts something in the place of a member of `vscode.window`, until it is disposed of. */
function replaced(name: keyof typeof vscode.window, value: unknown): vscode.Disposable {
  const original = vscode.window[name];
  Object.defineProperty(vscode.window, name, { value, configurable: true, writable: true });
  return {
    dispose: () => Object.defineProperty(vscode.window, name, { value: original, configurable: true, writable: true }),
  };
}
