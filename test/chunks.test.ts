// What reads and writes YAML is a library, and much of our own: documents of other kinds do not load it.
import * as assert from "node:assert/strict";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { build, type Metafile } from "esbuild";

const projectFolder = join(import.meta.dirname, "..");
const support = "src/core/document/yaml/support.ts";
// How a value is laid out in YAML, completion knows as well.
const ofYaml = /node_modules\/yaml\/|src\/core\/document\/yaml\/(?!layout|scalar|style|value)/;

let outputs: Metafile["outputs"];

before(async () => {
  // As in the script `build`.
  const { metafile } = await build({
    entryPoints: ["src/extension.ts"],
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    alias: { "@vscode/l10n": "@vscode/l10n/dist/browser.js", yaml: "./node_modules/yaml/browser/index.js" },
    external: ["vscode"],
    metafile: true,
    write: false,
    outdir: join(projectFolder, "dist"),
    absWorkingDir: projectFolder,
  });
  ({ outputs } = metafile);
});

/** The sources that come with a module, whether anything of them is used or not. */
function loadedWith(module: string): string[] {
  const [start] =
    Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === module) ??
    assert.fail(`${module} is no chunk of its own`);
  const found = new Set<string>();
  const follow = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    for (const { path: to, kind, external } of outputs[path]?.imports ?? [])
      if (kind === "import-statement" && external !== true) follow(to);
  };
  follow(start);
  return [...found].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
}

describe("what reads YAML", () => {
  test("is loaded by itself", () => {
    const sources = loadedWith(support);
    assert.ok(sources.some((source) => source.includes("node_modules/yaml/")));
    assert.ok(sources.includes("src/core/document/yaml/write.ts"));
  });

  test("is loaded with nothing else", () => {
    const entries = Object.values(outputs).flatMap(({ entryPoint }) => entryPoint ?? []);
    const others = entries.filter((entry) => entry !== support);
    assert.ok(others.includes("src/host/features.ts"), others.join());
    for (const entry of others)
      assert.deepEqual(
        loadedWith(entry).filter((source) => ofYaml.test(source)),
        [],
        entry,
      );
  });
});
