import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { calmSettings } from "../../launcher/calm-settings.ts";
import {
  actionsFor,
  actionTitled,
  apply,
  cleanUp,
  configure,
  customOrigin,
  finding,
  findings,
  gone,
  isIgnore,
  json,
  mtlsOn,
  open,
  ruleOf,
  rulesBecome,
  rulesOf,
  settled,
  until,
  wholeConfig,
} from "../editor.ts";

const quantityWrong = json(wholeConfig()).replace('"Quantity": 1', '"Quantity": 7');
const policies = json(
  wholeConfig([
    customOrigin({ custom: { OriginProtocolPolicy: "match-viewer", ...mtlsOn } }),
    customOrigin({ id: "o2", custom: { OriginProtocolPolicy: "http-only", ...mtlsOn } }),
  ]),
);

const suppressions = () => vscode.workspace.getConfiguration().inspect("mtls.suppress")?.workspaceValue;

describe("the settings that VS Code is started with", () => {
  it("stay as they are: it writes none of them anew while tests run", () => {
    const file = join(process.env["MTLS_HOST_DATA"] ?? "", "User/settings.json");
    const kept = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, unknown>>;
    assert.deepEqual(Object.fromEntries(Object.keys(calmSettings).map((key) => [key, kept[key]])), calmSettings);
  });
});

describe("the setting mtls.rules", () => {
  afterEach(cleanUp);

  it("changes a severity, turns a rule off, and on again, at once", async () => {
    const { document } = await open("rules.json", quantityWrong);
    assert.equal((await finding(document.uri, "distribution/quantity")).severity, vscode.DiagnosticSeverity.Error);
    const severity = (wanted: vscode.DiagnosticSeverity) =>
      until(`severity ${wanted}`, () => findings(document.uri).some((diagnostic) => diagnostic.severity === wanted));
    await configure("mtls.rules", { "distribution/quantity": "info" });
    await severity(vscode.DiagnosticSeverity.Information);
    await configure("mtls.rules", { "distribution/quantity": "warning" });
    await severity(vscode.DiagnosticSeverity.Warning);
    await configure("mtls.rules", { "distribution/quantity": "off" });
    await gone(document.uri, "distribution/quantity");
    await configure("mtls.rules", undefined);
    await severity(vscode.DiagnosticSeverity.Error);
  });

  it("does not mind nonsense", async () => {
    const { document } = await open("nonsense.json", quantityWrong);
    await finding(document.uri, "distribution/quantity");
    for (const value of [
      { "distribution/quantity": "loud", "no/rule": "off", "origin/mtls-place": 7 },
      [],
      "off",
      null,
    ]) {
      await configure("mtls.rules", value);
      await settled(document.uri);
      assert.equal(
        (await finding(document.uri, "distribution/quantity")).severity,
        vscode.DiagnosticSeverity.Error,
        JSON.stringify(value),
      );
    }
  });
});

describe("the setting mtls.suppress", () => {
  afterEach(cleanUp);

  it("is written by Ignore, hides that finding alone, and holds after lines are inserted above", async () => {
    const { document } = await open("sub folder/ignored.json", policies);
    await rulesBecome(document.uri, ["origin/protocol-policy", "origin/protocol-policy"]);
    const [first] = findings(document.uri);
    assert.ok(first);
    await apply(
      await actionTitled(document.uri, first, "Ignore origin/protocol-policy for the origin o1 in this file"),
    );
    await rulesBecome(document.uri, ["origin/protocol-policy"]);
    assert.deepEqual(suppressions(), [
      { rule: "origin/protocol-policy", path: "sub folder/ignored.json", origin: "o1" },
    ]);
    const [rest] = findings(document.uri);
    assert.equal(rest === undefined ? "" : document.getText(rest.range), '"http-only"');

    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), "\n\n\n");
    await vscode.workspace.applyEdit(edit);
    await until(
      "the other finding three lines below",
      () => findings(document.uri)[0]?.range.start.line === (rest?.range.start.line ?? 0) + 3,
    );
    assert.deepEqual(rulesOf(document.uri), ["origin/protocol-policy"]);

    const other = await open("elsewhere.json", policies);
    await rulesBecome(other.document.uri, ["origin/protocol-policy", "origin/protocol-policy"]);
  });

  it("adds to what is there, and taking the entry out shows the finding again", async () => {
    const before = [{ rule: "origin/mtls-host", path: "other.json" }];
    await configure("mtls.suppress", before);
    const { document } = await open("added.json", quantityWrong);
    const diagnostic = await finding(document.uri, "distribution/quantity");
    await apply(await actionTitled(document.uri, diagnostic, "Ignore distribution/quantity in this file"));
    await gone(document.uri, "distribution/quantity");
    assert.deepEqual(suppressions(), [...before, { rule: "distribution/quantity", path: "added.json" }]);
    await configure("mtls.suppress", before);
    await finding(document.uri, "distribution/quantity");
  });

  it("comes last in the light bulb, is never preferred, and is not offered where no path can be kept", async () => {
    const { document } = await open("last.json", quantityWrong);
    const actions = await actionsFor(document.uri, await finding(document.uri, "distribution/quantity"));
    assert.deepEqual(actions.map(isIgnore), [false, true]);
    assert.notEqual(actions.at(-1)?.isPreferred, true);
    const untitled = await vscode.workspace.openTextDocument({ language: "json", content: quantityWrong });
    await vscode.window.showTextDocument(untitled);
    const there = await actionsFor(untitled.uri, await finding(untitled.uri, "distribution/quantity"));
    assert.deepEqual(
      there.map(({ title }) => title),
      ["Set Quantity to 1"],
    );
  });

  it("does not mind nonsense", async () => {
    await configure("mtls.suppress", [
      null,
      7,
      {},
      { rule: 1 },
      { rule: "distribution/quantity" },
      { rule: "distribution/quantity", path: "nonsense2.json", origin: 3 },
    ]);
    const { document } = await open("nonsense2.json", quantityWrong);
    await finding(document.uri, "distribution/quantity");
    await configure("mtls.suppress", "distribution/quantity");
    await settled(document.uri);
    assert.deepEqual(findings(document.uri).map(ruleOf), ["distribution/quantity"]);
    await apply(
      await actionTitled(
        document.uri,
        await finding(document.uri, "distribution/quantity"),
        "Ignore distribution/quantity in this file",
      ),
    );
    await gone(document.uri, "distribution/quantity");
    assert.deepEqual(suppressions(), [{ rule: "distribution/quantity", path: "nonsense2.json" }]);
  });
});
