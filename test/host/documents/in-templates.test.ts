import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { isFollowed, mayBeOurs } from "../../../src/host/documents/documents.ts";
import { syntaxOf } from "../../../src/host/documents/reader.ts";
import { configLanguages } from "../../../src/manifest.ts";
import {
  cleanUp,
  configure,
  finding,
  findings,
  open,
  replace,
  rulesBecome,
  rulesOf,
  settled,
  until,
  write,
} from "../editor.ts";
import { actions, mutual, originMtls, protocols, template, withPart } from "../templates.ts";

const unquoted = withPart(actions, mutual("\n        Mode: off"));
const word = "file/unquoted-word";
const asJson = (mode: string) =>
  JSON.stringify({
    Resources: {
      Listener: {
        Type: "AWS::ElasticLoadBalancingV2::Listener",
        Properties: { Protocol: "HTTPS", MutualAuthentication: { Mode: mode } },
      },
    },
  });

describe("templates: diagnostics", () => {
  afterEach(cleanUp);

  it("stand in YAML where they belong", async () => {
    const { document } = await open("stack.yaml", unquoted);
    const found = await finding(document.uri, word);
    assert.equal(document.getText(found.range), "off");
    assert.deepEqual(rulesOf(document.uri), [word]);
    const good = await open("good.yml", template);
    await settled(good.document.uri);
    assert.deepEqual(rulesOf(good.document.uri), []);
  });

  it("stand in JSON, and in files that are called templates", async () => {
    const { document } = await open("stack.json", asJson("Verify"));
    assert.equal(document.getText((await finding(document.uri, "listener/mode")).range), '"Verify"');
    for (const [name, text, rule] of [
      ["json.template", asJson("Verify"), "listener/mode"],
      ["yaml.template", unquoted, word],
    ] as const) {
      const editor = await open(name, text);
      const language = text === unquoted ? "yaml" : "json";
      const changed = await vscode.languages.setTextDocumentLanguage(editor.document, language);
      await finding(changed.uri, rule);
    }
  });

  it("would in the language of an extension for templates", async () => {
    const { document } = await open("other.txt", unquoted);
    const foreign = Object.create(document, { languageId: { value: "cloudformation" } }) as vscode.TextDocument;
    assert.ok((configLanguages as readonly string[]).includes("cloudformation"));
    assert.ok(isFollowed(foreign) && mayBeOurs(foreign, unquoted));
    assert.equal(syntaxOf("cloudformation", unquoted), "yaml");
    assert.equal(syntaxOf("cloudformation", asJson("off")), "jsonc");
  });

  it("leave other YAML alone, until it becomes a template", async () => {
    const [head, rest] = unquoted.split("  Listener:\n    Type: AWS::");
    assert.ok(head !== undefined && rest !== undefined);
    const other = "services:\n  web:\n    Mode: off\n    MutualAuthentication: {Mode: off}\n";
    const { document } = await open("values.yaml", other);
    await settled(document.uri);
    assert.deepEqual(findings(document.uri), []);
    const listener = unquoted.slice(unquoted.indexOf("  Listener:"));
    await replace(document, [
      other,
      `Resources:\n${listener.replace("AWS::ElasticLoadBalancingV2::Listener", "AWS::Ela")}`,
    ]);
    await settled(document.uri);
    assert.deepEqual(findings(document.uri), []);
    await replace(document, ["AWS::Ela", "AWS::ElasticLoadBalancingV2::Listener"]);
    await finding(document.uri, word);
  });

  it("stay on other resources while one is half typed", async () => {
    const { document } = await open("typing.yaml", unquoted);
    await finding(document.uri, word);
    for (const [from, to] of [
      ["              OriginProtocolPolicy: https-only\n", "              OriginProt\n"],
      ["              OriginProt\n", '              OriginProtocolPolicy: "https\n'],
      ['              OriginProtocolPolicy: "https\n', "              OriginProtocolPolicy: {https\n"],
      ["              OriginProtocolPolicy: {https\n", "             - [\n"],
    ] as const) {
      await replace(document, [from, to]);
      await settled(document.uri);
      assert.ok(rulesOf(document.uri).includes(word), to);
    }
  });
});

describe("templates: check workspace", () => {
  afterEach(async () => {
    await cleanUp();
    await configure("files.exclude", { "**/*.{json,jsonc,pem,yaml,yml,template}": true });
    await check();
    await configure("files.exclude", undefined);
  });

  /** Runs the command up to its message, which the test then takes away. */
  async function check(): Promise<void> {
    let done = false;
    void vscode.commands.executeCommand("mtls.checkWorkspace").then(() => (done = true));
    await until("the end of the check", async () => {
      await vscode.commands.executeCommand("notifications.clearAll");
      return done;
    });
  }

  it("finds them in files that nobody has open, and leaves other YAML", async () => {
    await configure("files.exclude", { "**/*.{json,jsonc,pem}": true, "**/template.yaml": true });
    const uris = await Promise.all(
      ["checked/a.yaml", "checked/b.yml", "checked/c.template"].map((name) => write(name, unquoted)),
    );
    const other = await write("checked/other.yaml", "Mode: off\nMutualAuthentication: {Mode: off}\n");
    const made = await write("checked/cdk.out/d.template.json", asJson("Verify"));
    await check();
    for (const uri of uris) assert.deepEqual(rulesOf(uri), [word], uri.path);
    assert.deepEqual(rulesOf(other), []);
    assert.deepEqual(rulesOf(made), []);
  });
});

describe("templates: suppression", () => {
  afterEach(cleanUp);

  it("hides a rule in one file", async () => {
    const { document } = await open("hidden.yaml", unquoted);
    await finding(document.uri, word);
    await configure("mtls.suppress", [{ rule: word, path: "hidden.yaml" }]);
    await rulesBecome(document.uri, []);
    const { document: second } = await open("shown.yaml", withPart(protocols, originMtls("x"), unquoted));
    await finding(second.uri, word);
  });
});
