// What of the SDK is loaded when: all of it takes too long for something that nobody may use.
import * as assert from "node:assert/strict";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { build, type Metafile } from "esbuild";

const projectFolder = join(import.meta.dirname, "../..");
const modules = {
  failure: "src/core/failure.ts",
  policy: "src/account/policy.ts",
  profiles: "src/aws/profiles.ts",
  connection: "src/aws/connection.ts",
  certificates: "src/aws/certificates.ts",
  distributions: "src/aws/distributions.ts",
} as const;
type Module = keyof typeof modules;

let outputs: Metafile["outputs"];

before(async () => {
  // As in the script `build`, with an entry that loads each of them on its own.
  const { metafile } = await build({
    stdin: {
      contents: Object.entries(modules)
        .map(([name, path]) => `export const ${name} = () => import("./${path}");`)
        .join("\n"),
      resolveDir: projectFolder,
      sourcefile: "entry.ts",
    },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    alias: { "@vscode/l10n": "@vscode/l10n/dist/browser.js" },
    minify: true,
    metafile: true,
    write: false,
    outdir: join(projectFolder, "dist"),
    absWorkingDir: projectFolder,
  });
  ({ outputs } = metafile);
});

/** The chunks that come with a module, whether anything of them is used or not. */
function loadedWith(name: Module): Metafile["outputs"][string][] {
  const found = new Map<string, Metafile["outputs"][string]>();
  const follow = (path: string) => {
    const output = outputs[path];
    if (output === undefined || found.has(path)) return;
    found.set(path, output);
    for (const { path: to, kind, external } of output.imports)
      if (kind === "import-statement" && external !== true) follow(to);
  };
  const [start] =
    Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === modules[name]) ??
    assert.fail(`${name} is no chunk of its own`);
  follow(start);
  return [...found.values()];
}

function packagesOf(name: Module): string[] {
  const paths = loadedWith(name).flatMap(({ inputs }) => Object.keys(inputs));
  return [...new Set(paths.map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? ""))].filter(
    (found) => found !== "",
  );
}

function bytesOf(name: Module): number {
  return loadedWith(name).reduce((sum, { bytes }) => sum + bytes, 0);
}

describe("the SDK", () => {
  test("is not needed to list profiles, to tell a failure or to copy the policy", () => {
    for (const name of ["failure", "policy", "profiles"] as const) {
      assert.deepEqual(
        packagesOf(name).filter((one) => one !== "@vscode/l10n"),
        [],
      );
      assert.ok(bytesOf(name) < 10_000, `${name}: ${bytesOf(name)}`);
    }
  });

  test("comes with the client that is used", () => {
    const clients = (name: Module) => packagesOf(name).filter((one) => /^@aws-sdk\/client-/.test(one));
    assert.deepEqual(clients("connection"), ["@aws-sdk/client-sts"]);
    assert.deepEqual(clients("certificates").toSorted(), ["@aws-sdk/client-acm", "@aws-sdk/client-sts"]);
    assert.deepEqual(clients("distributions").toSorted(), ["@aws-sdk/client-cloudfront", "@aws-sdk/client-sts"]);
  });

  test("loads what finds credentials only where a profile asks for it", () => {
    const rare =
      /^@aws-sdk\/(credential-provider-(?!env$|node$)\w|nested-clients|token-providers)|^@smithy\/credential-provider-imds|^bowser$/;
    for (const name of Object.keys(modules) as Module[])
      assert.deepEqual(
        packagesOf(name).filter((one) => rare.test(one) && one !== "@aws-sdk/credential-providers"),
        [],
      );
    const later = new Set(Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)));
    for (const part of [
      "credential-provider-sso",
      "credential-provider-login",
      "credential-provider-process",
      "credential-provider-imds",
    ])
      assert.ok(
        [...later].some((path) => path.includes(part)),
        `${part} is nowhere`,
      );
  });

  test("stays about as small as it is", () => {
    for (const [name, most] of [
      ["connection", 280_000],
      ["certificates", 300_000],
      ["distributions", 450_000],
    ] as const)
      assert.ok(bytesOf(name) < most, `${name}: ${bytesOf(name)}`);
  });
});
