import * as assert from "node:assert/strict";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { listFiles, PackageManager } from "@vscode/vsce";
import manifest from "../package.json" with { type: "json" };
import { removeFolder, temporaryFolder } from "./launcher/folders.ts";

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

/** Tens of thousands of files, which vsce would look at one by one: one of each is enough to see that it is out. */
const large = [".git", ".vscode-test", "node_modules"];

describe("the VSIX", () => {
  let files: readonly string[] = [];
  let folder = "";

  before(async () => {
    folder = await temporaryFolder("package");
    for (const name of await readdir(projectFolder))
      if (!large.includes(name)) await symlink(join(projectFolder, name), join(folder, name));
    for (const name of large) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, "package.json"), "{}");
    }
    // vsce follows links where it is asked to, which its types leave out.
    const options = { cwd: folder, packageManager: PackageManager.None, followSymlinks: true };
    files = await listFiles(options);
  });
  after(() => removeFolder(folder));

  test("holds the bundle and what it loads later", async () => {
    const meta: { outputs: Record<string, unknown> } = JSON.parse(
      await readFile(join(projectFolder, "dist/meta.json"), "utf8"),
    );
    const pages = ["dist/webview/inspector.js", "dist/webview/review.js"];
    for (const output of [manifest.main.replace("./", ""), ...Object.keys(meta.outputs), ...pages])
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
