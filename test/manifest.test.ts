import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { getL10nJson } from "@vscode/l10n-dev";
import manifest from "../package.json" with { type: "json" };
import strings from "../package.nls.json" with { type: "json" };
import { change } from "../src/account/kinds/change.ts";
import { changes } from "../src/account/kinds/changes.ts";
import { distribution } from "../src/account/kinds/distribution.ts";
import { failure } from "../src/account/kinds/failure.ts";
import { origin } from "../src/account/kinds/origin.ts";
import { kinds } from "../src/account/kinds.ts";
import { version } from "../src/cli/version.ts";
import { catalogue } from "../src/core/rules/catalogue.ts";
import {
  binaryExtensions,
  type CommandId,
  commandIds,
  configLanguages,
  contextKeys,
  customEditors,
  draftScheme,
  embeddedPemLanguages,
  extensionId,
  inspectionView,
  internalCommandIds,
  languages,
  resourcesView,
  reviewView,
  settings,
  textExtensions,
} from "../src/manifest.ts";
import { english as inEnglish } from "./generate/readme.ts";

const project = join(import.meta.dirname, "..");
const { contributes } = manifest;
const english = (text: string) => inEnglish(text, strings);
const sources = globSync("src/**/*.ts", { cwd: project }).map((name) => ({
  name,
  text: readFileSync(join(project, name), "utf8"),
}));

test("the extension is the one the code names", () => {
  assert.equal(`${manifest.publisher}.${manifest.name}`, extensionId);
  assert.equal(manifest.displayName, "mTLS Workbench");
  assert.equal(manifest.license, "Apache-2.0");
});

test("commands are the same on both sides, each with a title and the category", () => {
  assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...commandIds].sort());
  for (const { command, title, category } of contributes.commands) {
    assert.equal(category, "mTLS", command);
    assert.doesNotMatch(english(title), /^missing|^%/, command);
  }
});

test("menus name commands that exist, under conditions that are set", () => {
  const entries = Object.values(contributes.menus).flat();
  assert.notEqual(entries.length, 0);
  for (const { command, when } of entries) {
    assert.ok(
      commandIds.some((id) => id === command),
      command,
    );
    assert.deepEqual(unknownNames(when.replaceAll("'mtls.review'", "")), [], when);
  }
});

test("shortcuts run commands that exist, under conditions that are set", () => {
  for (const { command, when } of contributes.keybindings) {
    assert.ok(
      commandIds.some((id) => id === command),
      command,
    );
    assert.deepEqual(unknownNames(when.replaceAll("'mtls.review'", "")), [], when);
  }
});

/** What a condition asks about that nobody sets: context keys, settings and the view are. */
function unknownNames(when: string): string[] {
  const known = new Set<string>([
    ...Object.values(contextKeys),
    ...Object.keys(settings).map((id) => `config.${id}`),
    resourcesView,
  ]);
  return [...when.matchAll(/(?:config\.)?mtls\.\w+/g)].flatMap(([name]) => (known.has(name) ? [] : [name]));
}

test("menus of rows are for the rows that can it, and for no others", () => {
  const menu = contributes.menus["view/item/context"];
  const contexts = kinds.kinds.flatMap((kind) => kind.contexts.map((context) => ({ context, kind })));
  /** Whether a condition is met by a row with this context value, as far as it is about that. */
  const isFor = (when: string, context: string): boolean => {
    const [, pattern, exact] = /viewItem =~ \/(.*?)\/(?: |$)|viewItem == (\S+)/.exec(when) ?? [];
    assert.ok(pattern !== undefined || exact !== undefined, when);
    return pattern === undefined ? exact === context : new RegExp(pattern).test(context);
  };
  const abilities: Partial<Record<CommandId, (row: (typeof contexts)[number]) => boolean>> = {
    "mtls.copyArn": ({ kind }) => kind.arn !== undefined,
    "mtls.copyId": ({ kind }) => kind.id !== undefined,
    "mtls.copyDomainName": ({ kind }) => kind.domainName !== undefined,
    "mtls.openInConsole": ({ kind }) => kind.page !== undefined,
    "mtls.refreshResource": ({ kind }) => kind.refresh !== undefined,
    // What leads to a certificate inspects that.
    "mtls.inspectAcmCertificate": ({ kind, context }) => kind.inspected !== undefined || context === "link.certificate",
    "mtls.useCertificate": ({ kind, context }) => kind.certificate !== undefined || context === "link.certificate",
    "mtls.goToResource": ({ context }) => context.startsWith("link."),
    "mtls.mendFailure": ({ kind }) => kind === failure,
    "mtls.undoLiveChange": ({ context }) => /\.undo\b/.test(context),
    "mtls.continueChange": ({ context }) => context === "change.left",
    "mtls.openReview": ({ kind, context }) => kind === change || context.endsWith(".changing"),
    "mtls.clearHistory": ({ kind }) => kind === changes,
  };
  for (const [command, can] of Object.entries(abilities)) {
    const conditions = menu.filter((entry) => entry.command === command).map(({ when }) => when);
    assert.deepEqual(
      contexts.filter(({ context }) => conditions.some((when) => isFor(when, context))).map(({ context }) => context),
      contexts.filter(can).map(({ context }) => context),
      command,
    );
  }
  for (const { command, when } of menu) {
    const met = contexts.filter(({ context }) => isFor(when, context));
    // What is left works on distributions, and on their origins.
    if (!(command in abilities))
      assert.deepEqual(
        met.filter(({ kind }) => kind !== distribution && kind !== origin),
        [],
        command,
      );
    const [, words = ""] = /viewItem =~ \/\^(?:\((.*?)\)|(?:\S+?))(?:\\b)?\//.exec(when) ?? [];
    for (const word of words === "" ? [] : words.split("|"))
      assert.ok(
        contexts.some(({ context }) => new RegExp(`^${word}\\b`).test(context)),
        `no row is ${word}, as in ${when}`,
      );
    assert.ok(met.length > 0, when);
  }
});

test("what changes or undoes mTLS is in the menu of the rows that have something to change or to undo", () => {
  const menu = contributes.menus["view/item/context"];
  const contexts = kinds.kinds.flatMap((kind) => kind.contexts);
  const offered = (command: CommandId) =>
    contexts.filter((context) =>
      menu.some(({ command: one, when }) => {
        const [, pattern, exact] = /viewItem =~ \/(.*?)\/(?: |$)|viewItem == (\S+)/.exec(when) ?? [];
        return one === command && (pattern === undefined ? exact === context : new RegExp(pattern).test(context));
      }),
    );
  const isOn = (context: string) => /^(distribution\.(on|partly)|origin\.on)\b/.test(context);
  assert.deepEqual(offered("mtls.changeClientCertificate"), contexts.filter(isOn));
  assert.deepEqual(offered("mtls.disableOriginMtls"), contexts.filter(isOn));
  assert.deepEqual(
    offered("mtls.enableOriginMtls"),
    contexts.filter((context) => /^(distribution\.(off|partly)|origin\.off)\b/.test(context)),
  );
  const undone = contexts.filter((context) => /\.undo\b/.test(context));
  assert.equal(undone.length, 9);
  assert.deepEqual(offered("mtls.undoLiveChange"), undone);
});

test("the view is the one the code names, in a container of its own, with a welcome for each way it can be empty", () => {
  const [container] = contributes.viewsContainers.activitybar;
  assert.deepEqual(
    contributes.views.mtls.map(({ id }) => id),
    [resourcesView],
  );
  assert.equal(container?.id, "mtls");
  assert.ok(existsSync(join(project, container?.icon ?? "")));
  assert.equal(contributes.viewsWelcome.length, 3);
  for (const { view, contents, when } of contributes.viewsWelcome) {
    assert.equal(view, resourcesView);
    assert.deepEqual(unknownNames(when), [], when);
    const commands = [...english(contents).matchAll(/\(command:([\w.]+)\)/g)].map(([, command]) => command);
    assert.notEqual(commands.length, 0);
    assert.deepEqual(
      commands.filter((command) => command?.startsWith("mtls.") === true && !commandIds.some((id) => id === command)),
      [],
    );
  }
});

test("what only our own actions call is not in the command palette", () => {
  const hidden = contributes.menus.commandPalette.filter(({ when }) => when === "false").map(({ command }) => command);
  assert.deepEqual(hidden.sort(), [...internalCommandIds].sort());
});

test("custom editors are the same on both sides: offered for texts, the first choice for what is none", () => {
  const patterns = (extensions: readonly string[]) =>
    extensions.map((extension) => ({ filenamePattern: `*${extension}` }));
  const expected = [
    {
      viewType: customEditors.certificates,
      displayName: "%editor.certificates%",
      selector: patterns(textExtensions),
      priority: "option",
    },
    {
      viewType: customEditors.binaryCertificates,
      displayName: "%editor.certificates%",
      selector: patterns(binaryExtensions),
      priority: "default",
    },
  ];
  assert.deepEqual(contributes.customEditors, expected);
  assert.deepEqual(
    expected.map(({ viewType }) => viewType),
    Object.values(customEditors),
  );
});

test("the explorer offers to inspect what is named like certificates, and to compare what can be read", () => {
  for (const [command, leftOut] of [
    ["mtls.inspectCertificate", []],
    ["mtls.compareCertificates", [".p12", ".pfx"]],
  ] as const) {
    const { when = "" } = contributes.menus["explorer/context"].find((entry) => entry.command === command) ?? {};
    const [, pattern = ""] = /resourceExtname =~ \/(.*)\/i/.exec(when) ?? [];
    const offered = new RegExp(pattern, "i");
    for (const extension of [...textExtensions, ...binaryExtensions])
      assert.equal(offered.test(extension), !leftOut.some((one) => one === extension), `${command} ${extension}`);
    assert.ok(offered.test(".CRT") && !offered.test(".json") && !offered.test(".pem.bak"));
    assert.match(when, /!explorerResourceIsFolder/);
  }
});

test("settings and their defaults are the same on both sides", () => {
  const properties: Record<string, { default: unknown; markdownDescription: string }> =
    contributes.configuration.properties;
  assert.deepEqual(
    Object.fromEntries(Object.entries(properties).map(([id, property]) => [id, property.default])),
    settings,
  );
  for (const [id, { markdownDescription }] of Object.entries(properties))
    assert.doesNotMatch(english(markdownDescription), /^missing|^%/, id);
});

test("every rule can be set, and is described by what it requires", () => {
  const properties: Record<string, { enum: string[]; description: string }> =
    contributes.configuration.properties["mtls.rules"].properties;
  assert.deepEqual(Object.keys(properties).sort(), catalogue.map(({ id }) => id).sort());
  for (const { id, requires } of catalogue) {
    assert.equal(english(properties[id]?.description ?? ""), requires);
    assert.deepEqual(properties[id]?.enum, ["error", "warning", "info", "off"]);
  }
});

test("a workspace that is not trusted cannot switch findings off", () => {
  assert.deepEqual([...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort(), [
    "mtls.expiryWarningDays",
    "mtls.purposes",
    "mtls.rules",
    "mtls.suppress",
  ]);
});

test("every string of the manifest is used, and every one used is there", () => {
  const used = new Set([...JSON.stringify(manifest).matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key));
  assert.deepEqual([...used].sort(), Object.keys(strings).sort());
});

test("paths of the manifest exist", () => {
  for (const path of [
    manifest.icon,
    ...contributes.snippets.map((snippet) => snippet.path),
    ...contributes.grammars.map(({ path }) => path),
    ...contributes.languages.flatMap(({ configuration }) => configuration ?? []),
  ])
    assert.ok(existsSync(join(project, path)), path);
});

test("the extension wakes up for its languages, its drafts and its pages alone", () => {
  assert.deepEqual(manifest.activationEvents, [
    ...[...languages, ...embeddedPemLanguages].map((language) => `onLanguage:${language}`),
    `onFileSystem:${draftScheme}`,
    `onWebviewPanel:${inspectionView}`,
    `onWebviewPanel:${reviewView}`,
  ]);
  // The editor does not know the language "cloudformation" by itself, and says so where there are snippets for it.
  const known = configLanguages.filter((language) => language !== "cloudformation");
  assert.deepEqual(new Set(contributes.snippets.map(({ language }) => language)), new Set(known));
});

test("the command line is of the version that the package is of", () => {
  assert.equal(version, manifest.version);
});

test("every string a user reads can be extracted for translation", async () => {
  // Extracting takes seconds for a hundred kilobytes, and as long for each file anew: the calls alone, together, tell
  // as much.
  const calls = sources.flatMap(({ text }) =>
    [...text.matchAll(/\b((?:vscode\.)?l10n\.t)\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/g)].map(
      ([, callee = "", literal = '""']) => ({
        callee,
        literal,
      }),
    ),
  );
  const contents = `import * as vscode from "vscode";\nimport * as l10n from "@vscode/l10n";\n${calls.map(({ callee, literal }) => `${callee}(${literal});`).join("\n")}`;
  const extracted = new Set(Object.keys(await getL10nJson([{ extension: ".ts", contents }])));
  const written = calls.map(({ literal }): string => String(runInNewContext(literal)));
  assert.ok(written.length > 100, `${written.length} strings`);
  assert.deepEqual(
    written.filter((text) => !extracted.has(text)),
    [],
  );
  // Anything but a literal could not be extracted, and would stay English.
  for (const { name, text } of sources) assert.doesNotMatch(text, /\bl10n\.t\((?!\s*["'])/, name);
});
