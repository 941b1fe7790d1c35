import * as assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { findSettings, readSettings, settingsIn } from "../../src/cli/settings.ts";
import { removeFolder, temporaryFolder } from "../launcher/folders.ts";

const own = "/p/mtls-check.json";
const editors = join("/p", ".vscode", "settings.json");

function faultIn(text: string, file = own): string {
  const found = settingsIn(file, text);
  return "fault" in found ? found.fault.replaceAll(`${file}:`, "") : assert.fail("They were understood.");
}

function foundIn(text: string, file = own) {
  const found = settingsIn(file, text);
  return "fault" in found ? assert.fail(found.fault) : found;
}

describe("settings", () => {
  test("are those of the editor, by the same names, with comments", () => {
    const text = `// all of them
{
  "$schema": "x",
  "mtls.rules": { "origin/protocol-policy": "off" },
  "mtls.suppress": [{ "rule": "pem/dashes", "path": "a.pem" }],
  "mtls.expiryWarningDays": 0,
  "mtls.purposes": { "*.pem": "alb,nlb", "b.pem": ["cloudfront"], "c": "origin", "d": "trust-store" },
}`;
    const settings = {
      "mtls.rules": { "origin/protocol-policy": "off" },
      "mtls.suppress": [{ rule: "pem/dashes", path: "a.pem" }],
      "mtls.expiryWarningDays": 0,
      "mtls.purposes": { "*.pem": "alb,nlb", "b.pem": ["cloudfront"], c: "origin", d: "trust-store" },
    };
    assert.deepEqual(foundIn(text), { file: own, folder: "/p", settings, warnings: [] });
    assert.deepEqual(foundIn(text.replace("{", '{ "editor.tabSize": 2,'), editors), {
      file: editors,
      folder: "/p",
      settings,
      warnings: [],
    });
  });

  for (const [text, fault] of [
    ["", '1:1: The settings must be a JSON object, such as { "mtls.rules": {} }.'],
    ["[]", '1:1: The settings must be a JSON object, such as { "mtls.rules": {} }.'],
    ['{"mtls.rules": {"a": }}', "1:22: The settings are not valid JSON here."],
    ['{"mtls.rules": []}', "1:16: mtls.rules must be an object."],
    [
      '{"mtls.rules": {"origin/protocol-polcy": "off"}}',
      "1:17: There is no rule origin/protocol-polcy. Did you mean origin/protocol-policy?",
    ],
    ['{"mtls.rules": {"x": "off"}}', "1:17: There is no rule x. The command mtls-check explain lists all rules."],
    [
      '{\n  "mtls.rules": {"origin/protocol-policy": "warn"}}',
      "2:44: A rule is set to one of: error, warning, info, off.",
    ],
    ['{"mtls.suppress": {}}', "1:19: mtls.suppress must be a list."],
    [
      '{"mtls.suppress": [{"rule": "pem/dashes"}]}',
      '1:20: An entry of mtls.suppress must have the texts rule and path, such as { "rule": "origin/protocol-policy", "path": "config.json" }.',
    ],
    [
      '{"mtls.suppress": [{"rule": "pem/dash", "path": "a"}]}',
      "1:20: There is no rule pem/dash. Did you mean pem/dashes?",
    ],
    ['{"mtls.expiryWarningDays": "30"}', "1:28: mtls.expiryWarningDays must be a number of days, 0 or more."],
    ['{"mtls.expiryWarningDays": -1}', "1:28: mtls.expiryWarningDays must be a number of days, 0 or more."],
    [
      '{"mtls.purposes": {"a": "elb"}}',
      "1:25: A purpose is origin, trust-store, or one or more of cloudfront, apigateway, alb and nlb, separated by commas.",
    ],
    ['{"mtls.rule": {}}', "1:2: There is no setting mtls.rule. Did you mean mtls.rules?"],
    ['{"suppress": []}', "1:2: There is no setting suppress. Did you mean mtls.suppress?"],
    [
      '{"x": 1}',
      "1:2: There is no setting x. The settings are: mtls.rules, mtls.suppress, mtls.expiryWarningDays, mtls.purposes.",
    ],
  ] as const)
    test(`of their own are refused: ${JSON.stringify(text)}`, () => assert.equal(faultIn(text), fault));

  test("of the editor are told of, and the others count", () => {
    const { settings, warnings } = foundIn(
      '{"mtls.rules": {"x": "off"}, "mtls.other": 1, "mtls.expiryWarningDays": 5}',
      editors,
    );
    assert.deepEqual(settings, { "mtls.rules": { x: "off" }, "mtls.expiryWarningDays": 5 });
    assert.deepEqual(warnings, [
      `${editors}:1:17: There is no rule x. The command mtls-check explain lists all rules.`,
    ]);
    assert.deepEqual(foundIn("", editors).settings, {});
    assert.equal(faultIn("{", editors), "1:2: The settings are not valid JSON here.");
  });

  test("tell ten faults at most", () => {
    const many = Array.from({ length: 12 }, (_, place) => `"x${place}": 1`);
    assert.equal(faultIn(`{${many.join(",")}}`).split("\n").length, 10);
  });

  test("are bounded: in depth, and in patterns that each file is tried with", () => {
    const deep = `{"mtls.suppress":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
    assert.match(faultIn(deep), /The settings are not valid JSON here\.$/);
    const patterns = Object.fromEntries(Array.from({ length: 1_001 }, (_, place) => [`${place}`, "alb"]));
    for (const file of [own, editors])
      assert.match(
        faultIn(JSON.stringify({ "mtls.purposes": patterns }), file),
        /: ?mtls\.purposes has more than 1000 patterns\.$|mtls\.purposes has more than 1,000 patterns\.$/,
      );
  });

  test("have no other prototype by a name", () => {
    const { settings } = foundIn('{"__proto__": {"mtls.rules": {}}, "mtls.rules": {"__proto__": "off"}}', editors);
    assert.deepEqual(Object.keys(settings), ["mtls.rules"]);
    assert.equal(Object.getPrototypeOf(settings), Object.prototype);
  });
});

describe("settings are looked for", () => {
  let all = "";
  let count = 0;
  before(async () => {
    all = await temporaryFolder("settings");
  });
  after(() => removeFolder(all));
  async function folders(texts: Readonly<Record<string, string>>): Promise<string> {
    const root = join(all, `${count++}`);
    for (const [name, text] of Object.entries({ "a/b/c/.keep": "", ...texts })) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), text);
    }
    return root;
  }
  async function found(root: string, from: string) {
    const settings = await findSettings(join(root, from));
    return "fault" in settings ? settings.fault : settings.file?.slice(root.length + 1);
  }
  const some = '{"mtls.expiryWarningDays": 1}';

  test("from the current folder up to the root of the repository", async () => {
    const root = await folders({ "mtls-check.json": some, "a/mtls-check.json": some, "a/b/.git/HEAD": "" });
    assert.equal(await found(root, "a/b/c"), undefined);
    assert.equal(await found(root, "a"), "a/mtls-check.json");
    const other = await folders({ ".git/HEAD": "", "a/.vscode/settings.json": some });
    assert.equal(await found(other, "a/b/c"), join("a", ".vscode", "settings.json"));
  });

  test("the file of their own before the editor's, which count where they say something of ours", async () => {
    const root = await folders({
      ".git/HEAD": "",
      "mtls-check.json": some,
      ".vscode/settings.json": some,
      "a/.vscode/settings.json": '{"editor.tabSize": 2}',
    });
    assert.equal(await found(root, "a"), "mtls-check.json");
  });

  test("without a repository in the current folder alone", async () => {
    const root = await folders({ "mtls-check.json": some });
    assert.equal(await found(root, "."), "mtls-check.json");
    // The tests' own folder is in the project's repository.
    assert.notEqual(await found(root, "a/b"), "a/b/mtls-check.json");
  });

  test("and read in whatever encoding they have", async () => {
    const root = await folders({ ".git/HEAD": "" });
    const file = join(root, "mtls-check.json");
    for (const bytes of [
      Buffer.from(`\ufeff${some}`),
      Buffer.from(`\ufeff${some}`, "utf16le"),
      Buffer.from(`${some}\r\n`),
    ]) {
      await writeFile(file, bytes);
      assert.deepEqual(await findSettings(root), {
        file,
        folder: root,
        settings: { "mtls.expiryWarningDays": 1 },
        warnings: [],
      });
    }
  });

  test("and told of where they cannot be read", async () => {
    const root = await folders({ "large.json": " ".repeat(1_000_001) });
    await symlink("round.json", join(root, "round.json"));
    const fault = async (name: string) => {
      const read = await readSettings(join(root, name));
      return "fault" in read ? read.fault.replace(root, "") : assert.fail("They were read.");
    };
    assert.equal(await fault("large.json"), "The settings file /large.json is larger than 1 MB.");
    assert.equal(await fault("a"), "The settings file /a cannot be read: It is a folder.");
    assert.equal(
      await fault("none.json"),
      "The settings file /none.json cannot be read: There is no such file or folder.",
    );
    assert.equal(
      await fault("round.json"),
      "The settings file /round.json cannot be read: Its symbolic links lead back to themselves.",
    );
  });
});
