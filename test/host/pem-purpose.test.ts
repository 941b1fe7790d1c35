import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import picomatch from "picomatch";
import * as vscode from "vscode";
import { escapeGlob } from "../../src/host/purpose.ts";
import { cleanUp, configure, finding, open, run, settled, until } from "./editor.ts";
import { client, fakeKey } from "./pem-files.ts";

const characters = [...`ab.-_ *?[]{}()!+@|"'^$,~#%&=;:\`<>é日`];
const segment = fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength: 8 }).filter((text) => text !== "." && text !== "..");
const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
const fits = (file: string, glob: string) => picomatch.isMatch(file, glob, { dot: true });

describe("what a PEM file is for", () => {
  afterEach(cleanUp);

  it("is kept under a glob that fits the file alone, whatever it is called", () => {
    fc.assert(fc.property(path, path, (one, other) => fits(one, escapeGlob(one)) && (one === other || !fits(other, escapeGlob(one)))), { numRuns: 2000 });
    assert.ok(fits("a\\b.pem", escapeGlob("a\\b.pem")));
  });

  it("goes to the line in the file that says it", async () => {
    const { document } = await open("marker.pem", `# first\n${client("CN=a").pem}# mtls: target=origin\n${client("CN=b").pem}`);
    const editor = await vscode.window.showTextDocument(document);
    await settled(document.uri);
    run("mtls.setPurpose");
    await until("the selected line", () => editor.document.getText(editor.selection) === "# mtls: target=origin");
  });

  it("is that of the last glob that fits, in names of any kind", async () => {
    const name = "odd [x] {y} (z)!.pem";
    const { document } = await open(name, client("CN=a").pem + fakeKey);
    await configure("mtls.purposes", { "**": "origin", [escapeGlob(name)]: "trust-store" });
    await until("judged as a trust store", async () => (await finding(document.uri, "bundle/private-key")).message.includes("trust store"));
  });
});
