import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import picomatch from "picomatch";
import * as vscode from "vscode";
import { readInSteps, reread } from "../../../src/core/read.ts";
import { atOnce } from "../../../src/core/steps.ts";
import { explainServices } from "../../../src/host/bundles/purpose.ts";
import { setPurpose } from "../../../src/host/bundles/set-purpose.ts";
import { Documents } from "../../../src/host/documents/documents.ts";
import { fileName } from "../../../src/host/editor/files.ts";
import { settingGlob } from "../../../src/host/editor/globs.ts";
import { useFor } from "../../../src/host/editor/purpose-setting.ts";
import { suppressFinding } from "../../../src/host/language/suppress.ts";
import { holds } from "../../randomly.ts";
import { stand } from "../aws.ts";
import { cleanUp, configure, finding, open, run, settled, until } from "../editor.ts";
import { authority, client, fakeKey } from "../pem-files.ts";

const characters = [...`ab.-_ *?[]{}()!+@|"'^$,~#%&=;:\`<>é日`];
const segment = fc
  .string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength: 8 })
  .filter((text) => text !== "." && text !== "..");
const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
const fits = (file: string, glob: string) => picomatch.isMatch(file, glob, { dot: true });

/** As the extension follows them, but judged by nothing. */
function followed(isOurs = true): Documents {
  const documents = new Documents(
    () =>
      Promise.resolve({
        read: (one, text) => readInSteps({ text, syntax: "pem", name: fileName(one.uri) }),
        reread,
        isOurs: () => isOurs,
        check: () => atOnce(() => []),
      }),
    (error) => assert.fail(String(error)),
  );
  documents.start();
  return documents;
}

/** Every message of a kind, answered with one of its buttons. */
function answering(name: "showInformationMessage" | "showWarningMessage", answer: string, said: string[]) {
  return stand(name, (message, ...answers) => {
    said.push(String(message));
    return Promise.resolve(answers.find((one) => one === answer));
  });
}

const workspaceValue = (key: string) => vscode.workspace.getConfiguration().inspect(key)?.workspaceValue;

describe("what a PEM file is for", () => {
  let standing: vscode.Disposable[] = [];

  afterEach(async () => {
    for (const one of standing) one.dispose();
    standing = [];
    await cleanUp();
  });

  it("is written to a setting, which is said and can be taken back", async () => {
    const { document } = await open("kept.pem", client("CN=a").pem);
    await configure("mtls.purposes", { "**/other.pem": "origin", "kept.pem": "alb" });
    const documents = followed();
    const said: string[] = [];
    standing.push(
      documents,
      answering("showInformationMessage", "Undo", said),
      stand("showQuickPick", (items) =>
        Promise.resolve(
          (items as readonly vscode.QuickPickItem[]).find(({ label }) => label === "Origin client certificate"),
        ),
      ),
    );
    await vscode.window.showTextDocument(document);
    await setPurpose(documents, undefined);
    assert.deepEqual(said, [
      "The purpose of kept.pem is now: origin client certificate. The entry is in mtls.purposes in .vscode/settings.json.",
    ]);
    const left = { "**/other.pem": "origin", "kept.pem": "alb" };
    assert.equal(JSON.stringify(workspaceValue("mtls.purposes")), JSON.stringify(left));
  });

  it("can be set of an empty file, of which nothing is known yet", async () => {
    const { document } = await open("empty.pem", "");
    const documents = followed(false);
    let labels: readonly string[] = [];
    const said: string[] = [];
    standing.push(
      documents,
      answering("showInformationMessage", "", said),
      stand("showQuickPick", (items) => {
        labels = (items as readonly vscode.QuickPickItem[]).map(({ label }) => label);
        return Promise.resolve(undefined);
      }),
    );
    await vscode.window.showTextDocument(document);
    await setPurpose(documents, undefined);
    assert.ok(labels.includes("Trust store") && labels.includes("Not set"), labels.join());
    assert.deepEqual(said, []);
  });

  it("is in the choice what the line in the file says, where no setting says more", async () => {
    const { document } = await open("line.pem", `# mtls: target=truststore\n${authority("CN=Root").pem}`);
    const documents = followed();
    let items: readonly vscode.QuickPickItem[] = [];
    standing.push(
      documents,
      stand("showQuickPick", (offered) => {
        items = offered as readonly vscode.QuickPickItem[];
        return Promise.resolve(undefined);
      }),
    );
    await vscode.window.showTextDocument(document);
    await setPurpose(documents, undefined);
    const current = items.filter(({ description }) => description === "current");
    assert.deepEqual(
      current.map(({ label, detail }) => [label, detail]),
      [["No entry in the settings (trust store)", "A line in the file sets this purpose"]],
    );
    assert.ok(items.every(({ label }) => label !== "Not set" && label !== "Origin client certificate"));
  });

  it("says of a finding that is ignored where the entry is, and takes that entry back alone", async () => {
    const { document } = await open("ignored.pem", client("CN=a").pem);
    const entry = { rule: "certificate/expired", path: "ignored.pem" };
    const other = { rule: "certificate/weak-key", path: "ignored.pem" };
    const said: string[] = [];
    standing.push(
      stand("showInformationMessage", async (message, ...answers) => {
        said.push(String(message));
        // Somebody adds another one before.
        await configure("mtls.suppress", [entry, other]);
        return answers.find((one) => one === "Undo");
      }),
    );
    await suppressFinding(document.uri, entry);
    assert.deepEqual(said, [
      "certificate/expired is now ignored in ignored.pem. The entry is in mtls.suppress in .vscode/settings.json.",
    ]);
    assert.deepEqual(workspaceValue("mtls.suppress"), [other]);
  });

  it("is kept under a glob that fits the file alone, whatever it is called", () => {
    holds(
      fc.property(
        path,
        path,
        (one, other) => fits(one, settingGlob(one)) && (one === other || !fits(other, settingGlob(one))),
      ),
      2000,
    );
    assert.ok(fits("a\\b.pem", settingGlob("a\\b.pem")));
  });

  it("goes to the line in the file that says it", async () => {
    const { document } = await open(
      "marker.pem",
      `# first\n${client("CN=a").pem}# mtls: target=origin\n${client("CN=b").pem}`,
    );
    const editor = await vscode.window.showTextDocument(document);
    await settled(document.uri);
    run("mtls.setPurpose");
    await until("the selected line", () => editor.document.getText(editor.selection) === "# mtls: target=origin");
  });

  it("is that of the last glob that fits, in names of any kind", async () => {
    const name = "odd [x] {y} (z)!.pem";
    const { document } = await open(name, client("CN=a").pem + fakeKey);
    await configure("mtls.purposes", { "**": "origin", [settingGlob(name)]: "trust-store" });
    await until("judged as a trust store", async () =>
      (await finding(document.uri, "bundle/private-key")).message.includes("trust store"),
    );
  });

  it("is not asked of a pattern that could take minutes, which is said once", async () => {
    const { document } = await open("purposes/aaaa.pem", client("CN=a").pem);
    await configure("mtls.purposes", { "purposes/*.pem": "origin", "**/*a*a*a*a*b": "trust-store" });
    const said: unknown[] = [];
    const standing = stand("showWarningMessage", (message) => void said.push(message));
    try {
      assert.equal(useFor(document.uri).purpose, "origin");
      assert.equal(useFor(document.uri).purpose, "origin");
    } finally {
      standing.dispose();
    }
    assert.deepEqual(said, [
      "The pattern **/*a*a*a*a*b in mtls.purposes is ignored: it has too many wildcards, so matching it could take minutes. Use several patterns with fewer wildcards.",
    ]);
  });

  it("says of each service no more than leaves room for the others, and all of it when asked", async () => {
    const other = `: note\n${authority("CN=Old", { notBefore: "20000101000000Z", notAfter: "20010101000000Z" }).pem}`;
    const text = `${authority("CN=Root").pem}\n# a - b\n${other}${fakeKey}${client("CN=a").pem}`;
    const { document } = await open("many-reasons.pem", `# mtls: target=cloudfront,alb\n${text}`);
    const documents = followed();
    const shown: (readonly string[])[] = [];
    standing.push(
      documents,
      stand("showQuickPick", (items) => {
        const all = items as readonly vscode.QuickPickItem[];
        shown.push(all.map(({ label }) => label));
        return Promise.resolve(all.find(({ label }) => label.includes("more reasons")));
      }),
    );
    await vscode.window.showTextDocument(document);
    await explainServices(documents, {});
    const reasons = (labels: readonly string[]) =>
      labels.filter((label) => /^\u2003\$\((?:error|warning)\)/.test(label));
    const [first = [], second = []] = shown;
    assert.equal(reasons(first).length, 6, first.join("\n"));
    assert.ok(reasons(second).length >= 5, second.join("\n"));
    assert.deepEqual(reasons(second).slice(0, 3), reasons(first).slice(0, 3));
    assert.ok(second.every((label) => !label.includes("Application Load Balancer")));
  });

  it("says of each service why it does not take the file, and leads there", async () => {
    const root = authority("CN=Root");
    const { document } = await open("services.pem", `${root.pem}\n${authority("CN=Other").pem}`);
    const documents = followed();
    let labels: readonly string[] = [];
    let line: string | undefined;
    const standing = stand("showQuickPick", (items) => {
      const all = items as readonly vscode.QuickPickItem[];
      labels = all.map(({ label }) => label);
      const blank = all.find(({ label }) => label.includes("Blank lines"));
      line = blank?.label;
      return Promise.resolve(blank);
    });
    try {
      await explainServices(documents, {});
      assert.deepEqual(
        labels.filter((label) => /^\$\((?:error|pass)\)/.test(label)),
        [
          "$(error) CloudFront rejects this file",
          "$(pass) API Gateway accepts this file",
          "$(error) Application Load Balancer rejects this file",
        ],
      );
      // Where the rule has it: at the blank line, not at the block below.
      assert.match(line ?? "", new RegExp(`Line ${root.pem.split("\n").length}: This line is blank\\. Blank lines`));
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.uri.toString(), document.uri.toString());
      await until("the selected line", () => editor?.selection.start.line === root.pem.split("\n").length - 1);
    } finally {
      standing.dispose();
      documents.dispose();
    }
  });
});
