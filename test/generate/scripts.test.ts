import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { projectFolder } from "../launcher/places.ts";
import { fixtures } from "../rules/fixtures.ts";
import { chosen } from "./goldens.ts";
import { newRuleFrom } from "./new-rule.ts";
import { ProjectCopy } from "./project-copy.ts";
import { folders } from "./subjects.ts";
import { ruleText } from "./template.ts";

describe("what a new rule cannot be", () => {
  for (const [args, said] of [
    [[], /^Say which: npm run new-rule subject\/name/],
    [["origin"], /^Say which/],
    [["origin/"], /^Say which/],
    [["/name"], /^Say which/],
    [["origin/a/b"], /^Say which/],
    [["origin/a", "b"], /^Say which/],
    [["orchard/apple"], /^There are no rules about orchard, but about behavior, .*, viewer-mtls/],
    [["constructor/name"], /^There are no rules about constructor/],
    [["origin/MtlsPort"], /^The name MtlsPort is not in kebab-case/],
    [["origin/mtls_port"], /is not in kebab-case/],
    [["origin/mtls--port"], /is not in kebab-case/],
    [["origin/.."], /is not in kebab-case/],
    [["origin/443"], /is not in kebab-case/],
    [["origin/default"], /^default is a word of TypeScript/],
    [
      ["origin/mtls-host"],
      /^The rule origin\/mtls-host is there already: src\/core\/rules\/origin\/mtls-host\.ts, test/,
    ],
  ] as const)
    test(args.join(" ") || "nothing", () => assert.throws(() => newRuleFrom(args), { message: said }));

  test("but it can be what none of these says", () => {
    assert.deepEqual(newRuleFrom(["origin/mtls-port"]), {
      id: "origin/mtls-port",
      name: "mtlsPort",
      ...folders["origin"],
    });
  });
});

describe("goldens are asked for", () => {
  const idsFor = (...args: string[]) => [...new Set(chosen(args).map(({ ruleId }) => ruleId))];

  test("by rule, by folder, or all of them", () => {
    assert.deepEqual(idsFor("origin/mtls-host"), ["origin/mtls-host"]);
    assert.deepEqual(idsFor("behavior"), ["behavior/cache-policy", "behavior/grpc", "behavior/lambda-at-edge"]);
    assert.deepEqual(idsFor("behavior/"), idsFor("behavior"));
    assert.equal(chosen(["--all"]).length, fixtures.length);
  });

  test("by what there is: else it is told, with what may be meant", () => {
    for (const [args, message] of [
      [[], /^Say which: npm run goldens -- RULE/],
      [["origin/mtls-host", "origin/mtls-place"], /^Say which/],
      [["origin/mtls-hots"], /called origin\/mtls-hots has documents .* Did you mean origin\/mtls-host\?$/],
      [["orign"], /Did you mean origin\?$/],
      [["mtls"], /called mtls has documents below test\/rules\.( Did|$)/],
      [["something-else-altogether"], /below test\/rules\.$/],
    ] as const)
      assert.throws(() => chosen(args), { message });
  });
});

test("nothing but `npm run goldens` writes goldens", () => {
  for (const file of ["rules.test.ts", "fixtures.ts", "inventories.ts"])
    assert.doesNotMatch(readFileSync(join(projectFolder, "test/rules", file), "utf8"), /\bwrite\w*\(|\brm\w*\(/, file);
});

describe("in a copy of the project", () => {
  let copy: ProjectCopy;
  before(async () => {
    copy = await ProjectCopy.make();
  });
  after(() => copy.remove());

  const main = (...args: readonly string[]) => copy.run("test/generate/main.ts", ...args);
  const rule = "src/core/rules/origin/made-up.ts";
  const documents = "test/rules/origin/made-up";
  /** The tests that concern a new rule, in one process. */
  const suite = () =>
    copy.run(
      "--test",
      "--test-isolation=none",
      "--test-name-pattern=^origin/made-up|^have |^stand |^are (all in the cat|at least one bad)|^what is derived",
      "test/architecture.test.ts",
      "test/generate/derived.test.ts",
      "test/rules/rules.test.ts",
    );

  test("a new rule is made, and the tests say what is left to write", async () => {
    const { exitCode, output } = await main("new-rule", "origin/made-up");
    assert.equal(exitCode, 0, output);
    assert.deepEqual(output.match(/^ {2}(src|test)\/\S+$/gm), [
      `  ${rule}`,
      `  ${documents}/bad-simple.json`,
      `  ${documents}/good-simple.json`,
    ]);
    assert.match(output, /\/catalogue\.ts, package\.json, package\.nls\.json, syntaxes\/[\w.-]+, README\.md/);
    await copy.edit(rule, 'severity: "warning"', 'severity: "info"');
    const left = await suite();
    assert.equal(left.exitCode, 1);
    for (const said of [
      "core/rules/origin/made-up.ts: say in `requires` what must hold, in one sentence",
      "core/rules/origin/made-up.ts: cite in `source` the page that says so",
      'core/rules/origin/made-up.ts: write the sentences where it says t("")',
      "origin/made-up finds nothing here: make the document break the rule, and the rule find it",
      "These are stale: run `npm run generate`",
    ])
      assert.ok(left.output.includes(said), `${said}\n${left.output}`);
    assert.match(left.output, /^ℹ pass [1-9]\d*\nℹ fail 3$/m, left.output);
    const goldens = await main("goldens", "origin/made-up");
    assert.equal(goldens.exitCode, 1);
    assert.match(
      goldens.output,
      /^Goldens of 1 bad documents: 0 files changed\.\norigin\/made-up finds nothing in test/,
    );
  });

  test("with its three files written, its goldens are printed, the rest is derived, and all is well", async () => {
    await copy.edit(rule, 'requires: l10n.t("")', 'requires: l10n.t("An origin must not be called o1.")');
    await copy.edit(rule, 'title: "", url: ""', 'title: "A page", url: "https://docs.aws.amazon.com/a/page.html"');
    await copy.edit(rule, 'breach: () => l10n.t("")', 'breach: () => l10n.t("This is called o1.")');
    await copy.edit(rule, "breachesIn(_: Origin)", "breachesIn(origin: Origin)");
    await copy.edit(rule, "return [];", 'return origin.id === "o1" ? [origin.node] : [];');
    await copy.edit(`${documents}/good-simple.json`, '"o1"', '"o2"');
    const golden = `${documents}/bad-simple.findings.txt`;
    const goldens = (await main("goldens", "origin/made-up")).output;
    assert.ok(goldens.startsWith(`--- /dev/null\n+++ ${golden}\n@@ -0,0 +1,4 @@\n`), goldens);
    // That the document is a fragment is said of it as well.
    assert.match(
      goldens,
      /\n\+1:1-1:2 info distribution\/fragment\n\+ {2}.+\n\+1:1-12:2 info origin\/made-up\n\+ {2}This is called o1\.\nGoldens of 1 bad documents: 1 files changed\.\n$/,
    );
    assert.deepEqual(await main("generate"), {
      exitCode: 0,
      output: "Written: src/cli/examples.ts, package.nls.json, syntaxes/mtls-check.schema.json, README.md\n",
    });
    assert.ok(
      (await copy.read("README.md")).includes(
        "| [`origin/made-up`](https://docs.aws.amazon.com/a/page.html) | info | An origin must not be called o1. |  |",
      ),
    );
    const { exitCode, output } = await suite();
    assert.equal(exitCode, 0, output);
  });

  test("a golden is told as it changes, and goes with what asked for it", async () => {
    await copy.edit(rule, "This is called o1.", "It is called o1.");
    await copy.write(`${documents}/bad-gone.findings.txt`, "old\n");
    await copy.write(`${documents}/bad-simple.fixed.json`, "{}\n");
    const { exitCode, output } = await main("goldens", "origin/made-up");
    assert.equal(exitCode, 0);
    assert.match(output, /^-old$[^]*^-\{\}$/m);
    assert.match(output, /^- {2}This is called o1\.\n\+ {2}It is called o1\.$/m);
    assert.match(output, /: 3 files changed\.$/m);
    assert.ok(!existsSync(join(copy.folder, documents, "bad-gone.findings.txt")));
  });

  test("a rule that cannot be listed is told by its file, and nothing is made beside it", async () => {
    const intact = await copy.read(rule);
    await copy.edit(rule, "export const madeUp: Rule<Origin, typeof says> =", "export const madeUp =");
    const { exitCode, output } = await main("new-rule", "origin/another");
    await copy.write(rule, intact);
    assert.equal(exitCode, 1);
    assert.ok(output.startsWith(`${rule} declares no rule: it must have one`), output);
    assert.ok(!existsSync(join(copy.folder, "src/core/rules/origin/another.ts")));
  });

  test("in whatever folder, a new rule is without errors of types, and the linter has nothing to say", async () => {
    const paths: string[] = [];
    for (const [folder, { subject }] of Object.entries(folders)) {
      const path = `src/core/rules/${folder}/made-up.ts`;
      paths.push(path);
      await copy.write(path, ruleText(`${folder}/made-up`, "madeUp", subject));
    }
    const { resolve } = createRequire(import.meta.url);
    const style = await copy.run(resolve("@biomejs/biome/bin/biome"), "check", "--write", ...paths);
    assert.equal(style.exitCode, 0, style.output);
    const compilerOptions = { types: ["node"] };
    const config = { extends: join(projectFolder, "tsconfig.json"), compilerOptions, include: [], files: paths };
    await copy.write("tsconfig.json", JSON.stringify(config));
    const types = await copy.run(join(dirname(resolve("typescript/package.json")), "bin/tsc"), "--noEmit");
    assert.deepEqual(types, { exitCode: 0, output: "" });
  });
});
