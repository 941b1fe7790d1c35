import * as assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { listFiles, PackageManager } from "@vscode/vsce";
import manifest from "../package.json" with { type: "json" };

const projectFolder = join(import.meta.dirname, "..");

/** What runs, and what the marketplace shows. */
const allowed = [
  /^package(\.nls(\.[a-z-]+)?)?\.json$/i,
  /^(README|CHANGELOG)\.md$/,
  /^LICENSE(\.\w+)?$/,
  /^dist\/(webview\/)?[\w.-]+\.js$/,
  /^l10n\/bundle\.l10n(\.[a-z-]+)?\.json$/i,
  /^media\/[\w/-]+\.(css|js|png|svg|woff2?)$/,
  /^snippets\/[\w-]+\.(json|code-snippets)$/,
  /^syntaxes\/[\w.-]+\.json$/,
];

describe("the VSIX", () => {
  let files: readonly string[] = [];

  before(async () => {
    files = await listFiles({ cwd: projectFolder, packageManager: PackageManager.None });
  });

  test("holds the bundle and what it loads later", async () => {
    const meta: { outputs: Record<string, unknown> } = JSON.parse(
      await readFile(join(projectFolder, "dist/meta.json"), "utf8"),
    );
    for (const output of [manifest.main.replace("./", ""), ...Object.keys(meta.outputs), "dist/webview/inspector.js"])
      assert.ok(files.includes(output), `${output} is missing`);
  });

  test("holds nothing but what runs", () => {
    assert.notEqual(files.length, 0);
    assert.deepEqual(
      files.filter((file) => !allowed.some((pattern) => pattern.test(file))),
      [],
    );
  });

  test("holds no private key", async () => {
    for (const file of files) {
      // A label that the code itself looks for is not followed by a key.
      const content = await readFile(join(projectFolder, file), "latin1");
      assert.doesNotMatch(content, /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\\nr]*[A-Za-z0-9+/]{40}/, file);
    }
  });
});
