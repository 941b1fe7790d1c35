// What is written about the command line is what it takes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { parseDocument } from "yaml";
import { type OptionsConfig, readArguments } from "../../src/cli/arguments.ts";
import { acceptOptions } from "../../src/cli/commands/accept.ts";
import { checkOptions } from "../../src/cli/commands/check.ts";
import { explainOptions } from "../../src/cli/commands/explain.ts";
import { inspectOptions } from "../../src/cli/commands/inspect.ts";
import { mergeOptions } from "../../src/cli/commands/merge.ts";
import { probeOptions } from "../../src/cli/commands/probe.ts";
import { splitOptions } from "../../src/cli/commands/split.ts";
import { formats } from "../../src/cli/formats/formats.ts";
import { severities } from "../../src/cli/formats/summary.ts";
import { hasOurName } from "../../src/cli/names.ts";
import { settingsIn } from "../../src/cli/settings.ts";
import { documentExtensions } from "../../src/core/check-files.ts";
import { binaryExtensions, textExtensions } from "../../src/manifest.ts";
import { projectFolder } from "../launcher/places.ts";
import { run } from "./commands/taking-io.ts";

const commands: Readonly<Record<string, OptionsConfig>> = {
  check: checkOptions,
  accept: acceptOptions,
  inspect: inspectOptions,
  split: splitOptions,
  merge: mergeOptions,
  explain: explainOptions,
  probe: probeOptions,
};

const names = ["docs/mtls-check.md", "docs/ci/github-actions.yml", ".pre-commit-hooks.yaml", "README.md"] as const;
const texts = new Map(names.map((name) => [name, readFileSync(join(projectFolder, name), "utf8")] as const));
const page = texts.get("docs/mtls-check.md") ?? "";
const hooks = texts.get(".pre-commit-hooks.yaml") ?? "";
const workflow = texts.get("docs/ci/github-actions.yml") ?? "";

interface Block {
  readonly language: string;
  readonly text: string;
}

function blocksIn(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/^( *)```(\w+)\n(.*?)^\1```$/gms)].map(([, , language = "", text = ""]) => ({
    language,
    text,
  }));
}

/** What stands behind the program's name in a shell, a pipeline or between backticks, in words. */
function callsIn(text: string): readonly (readonly string[])[] {
  // What pre-commit takes is its own.
  const ours = text.replaceAll(/pre-commit try-repo .*/g, "");
  return [...ours.matchAll(/(?<![\w$/.-])mtls-check((?: +(?:"[^"\n]*"|[^\s"'`|<>&)]+))+)/g)].map(([, words = ""]) =>
    [...words.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word),
  );
}

/** What the program would say of such a call before it does anything. */
async function mistakeIn(call: readonly string[]): Promise<string> {
  const [first = ""] = call;
  const isNamed = Object.hasOwn(commands, first);
  const name = isNamed ? first : "check";
  const { stderr } = await run(
    (args, io) => {
      const read = readArguments(args, { name, options: commands[name] ?? {}, help: () => "" }, io);
      return Promise.resolve("exit" in read ? read.exit : 0);
    },
    isNamed ? call.slice(1) : call,
  );
  return stderr;
}

describe("what is written about the command line", () => {
  for (const [name, text] of texts)
    test(`calls it as it can be called: ${name}`, async () => {
      const code = name.endsWith(".md")
        ? [
            ...blocksIn(text).map((block) => block.text),
            ...[...text.matchAll(/`([^`\n]+)`/g)].map(([, one = ""]) => one),
          ]
        : [text];
      const calls = code.flatMap(callsIn).filter(([first]) => first !== "--version");
      assert.notEqual(calls.length, 0);
      for (const call of calls) assert.equal(await mistakeIn(call), "", call.join(" "));
    });

  test("tells each option of each command, each format and each severity", () => {
    const told = new Set([...page.matchAll(/`(-[^` ]+)/g)].map(([, option = ""]) => option));
    const all = Object.values(commands).flatMap((options) =>
      Object.entries(options).flatMap(([name, { short }]) => [
        `--${name}`,
        ...(short === undefined ? [] : [`-${short}`]),
      ]),
    );
    assert.deepEqual(
      all.filter((option) => !told.has(option)),
      [],
    );
    // npm's, the standard input's, and that of no command.
    const others = ["--ignore-scripts", "-", "--version"];
    assert.deepEqual(
      [...told].filter((option) => !all.includes(option) && !others.includes(option)),
      [],
    );
    for (const word of [...formats, ...severities]) assert.ok(page.includes(`\`${word}\``), word);
  });

  test("tells the endings of files in folders", () => {
    for (const ending of [...documentExtensions, ...textExtensions, ...binaryExtensions])
      assert.equal(page.includes(`\`${ending}\``), hasOurName(`a${ending}`), ending);
  });

  test("shows YAML and JSON that can be read, and settings that are understood", () => {
    const blocks = [...blocksIn(page), { language: "yaml", text: hooks }, { language: "yaml", text: workflow }];
    for (const { language, text } of blocks)
      if (language === "yaml") assert.deepEqual(parseDocument(text).errors, [], text);
      else if (language === "json") JSON.parse(text);
    const settings = blocks.find(({ text }) => text.includes('"mtls.rules"'))?.text ?? "";
    const found = settingsIn(join(projectFolder, "mtls-check.json"), settings);
    assert.ok(!("fault" in found), JSON.stringify(found));
    for (const name of Object.keys(found.settings)) assert.ok(page.includes(`| \`${name}\` |`), name);
  });
});

describe("pre-commit's hooks", () => {
  const read: readonly { readonly id: string; readonly files: string }[] = parseDocument(hooks).toJS();

  test("are those that the page names", () => {
    assert.deepEqual(
      read.map(({ id }) => id),
      ["mtls-check", "mtls-check-fix"],
    );
    for (const { id } of read) assert.ok(page.includes(`\`${id}\``), id);
  });

  test("take the files that a folder is looked through for", () => {
    for (const { files } of read) {
      // Python says so within the pattern.
      const pattern = new RegExp(files.replace(/^\(\?i\)/, ""), "i");
      for (const ending of [...documentExtensions, ...textExtensions, ...binaryExtensions, ".txt", ".jsonl"])
        for (const name of [`a/b${ending}`, `B${ending.toUpperCase()}`])
          assert.equal(pattern.test(name), hasOurName(name), name);
    }
  });
});

test("the workflow gives a pull request nothing to misuse", () => {
  const read: {
    readonly on: object;
    readonly permissions: object;
    readonly jobs: Readonly<Record<string, { readonly permissions?: object; readonly steps: readonly object[] }>>;
  } = parseDocument(workflow).toJS();
  assert.deepEqual(Object.keys(read.on), ["push", "pull_request"]);
  assert.deepEqual(read.permissions, { contents: "read" });
  const { annotations, "code-scanning": scanning } = read.jobs;
  assert.equal(annotations?.permissions, undefined);
  assert.deepEqual(scanning?.permissions, { contents: "read", "security-events": "write", actions: "read" });
  const [check, upload] = scanning?.steps.slice(-2) ?? [];
  assert.ok(check !== undefined && "continue-on-error" in check && check["continue-on-error"] === true);
  assert.ok(upload !== undefined && "if" in upload && upload.if === "always()");
});
