import * as assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import * as nodeModule from "node:module";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as vscode from "vscode";
import { cleanUp, codeActions, finding, json, open, settled, until, wholeConfig, write } from "./editor.ts";

// This file runs before all others, see index.ts: the first document of ours loads everything for good.

const extension = () => vscode.extensions.getExtension("mtls-workbench.mtls-workbench");
const dist = () => join(extension()?.extensionPath ?? "", "dist");

/**
 * Files of the extension that Node loads from here on; it loads each only once. Empty before Node 22.15, which cannot
 * tell.
 */
const loaded: string[] = [];
const canWatch = typeof nodeModule.registerHooks === "function";
if (canWatch) {
  nodeModule.registerHooks({
    load: (url, context, next) => {
      if (url.startsWith("file:") && fileURLToPath(url).startsWith(dist())) loaded.push(basename(fileURLToPath(url)));
      return next(url, context);
    },
  });
}

interface Metafile {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<
    Record<
      string,
      {
        readonly inputs: Readonly<Record<string, unknown>>;
        readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
      }
    >
  >;
}

/** What is loaded with dist/extension.js whether it is needed or not: its static imports, and theirs. */
function startUp(): { files: string[]; sources: string[] } {
  const { outputs } = JSON.parse(readFileSync(join(dist(), "meta.json"), "utf8")) as Metafile;
  const files = new Set<string>();
  const add = (name: string): void => {
    if (files.has(name)) return;
    files.add(name);
    for (const { path, kind, external } of outputs[name]?.imports ?? [])
      if (kind === "import-statement" && external !== true) add(path);
  };
  add("dist/extension.js");
  return {
    files: [...files].map((file) => relative("dist", file)),
    sources: [...files].flatMap((file) => Object.keys(outputs[file]?.inputs ?? {})),
  };
}

/** By its sources: the name of a chunk says little. */
function readsYaml(file: string): boolean {
  const { outputs } = JSON.parse(readFileSync(join(dist(), "meta.json"), "utf8")) as Metafile;
  return Object.keys(outputs[`dist/${file}`]?.inputs ?? {}).includes("src/core/document/yaml/read.ts");
}

describe("what starting up costs", () => {
  after(cleanUp);

  it("an unrelated JSON file loads nothing but the small entry point", async function () {
    if (!canWatch) this.skip();
    const { document } = await open(
      "unrelated.json",
      json({ name: "thing", Origin: "somewhere", scripts: { build: "tsc" } }),
    );
    await until("activation", () => extension()?.isActive === true);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(1, 0), '  "more": 1,\n');
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await settled(document.uri);
    await codeActions(document.uri, new vscode.Range(0, 0, 3, 0));
    // Longer than the pause after a keystroke.
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.deepEqual(
      loaded.filter((file) => !startUp().files.includes(file)),
      [],
    );
  });

  it("which is smaller than 40 kB, without a parser, a rule, X.509, a glob, YAML or an SDK", () => {
    const { files, sources } = startUp();
    const bytes = files.reduce((sum, file) => sum + statSync(join(dist(), file)).size, 0);
    assert.ok(bytes > 1_000 && bytes < 40_000, `${bytes} bytes in ${files.join()}`);
    assert.ok(sources.includes("src/extension.ts"));
    assert.deepEqual(
      sources.filter((source) =>
        /jsonc-parser|picomatch|src\/core\/(?!telling|steps|facts|settings)|x509|yaml|@aws-sdk|@peculiar/.test(source),
      ),
      [],
    );
  });

  it("the first document of ours loads the rest", async function () {
    if (!canWatch) this.skip();
    const uri = await write("first.json", json(wholeConfig()).replace('"Quantity": 1', '"Quantity": 7'));
    await vscode.commands.executeCommand("vscode.open", uri);
    await finding(uri, "distribution/quantity");
    // Seen only now, so it was not there before.
    assert.equal(loaded.filter((file) => file.startsWith("features-")).length, 1, loaded.join());
    assert.equal(loaded.filter(readsYaml).length, 0, loaded.join());
  });

  it("but what reads YAML, which the first template in YAML loads", async function () {
    if (!canWatch) this.skip();
    const text = [
      "Resources:",
      "  Site:",
      "    Type: AWS::CloudFront::Distribution",
      "    Properties:",
      "      DistributionConfig:",
      "        Enabled: true",
      "        Origins: [{Id: one, DomainName: one.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only}}]",
      "        DefaultCacheBehavior: {TargetOriginId: two, ViewerProtocolPolicy: https-only}",
    ];
    const uri = await write("first.yaml", `${text.join("\n")}\n`);
    await vscode.commands.executeCommand("vscode.open", uri);
    await finding(uri, "distribution/target-origin");
    assert.equal(loaded.filter(readsYaml).length, 1, loaded.join());
  });
});
