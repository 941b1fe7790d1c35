// What a user sees of each option. GOLDENS=write writes what is printed anew: read the difference before it is kept.
import * as assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { checkOptions } from "../../../src/cli/commands/check.ts";
import { version } from "../../../src/cli/version.ts";
import { authority, client } from "../../host/pem-files.ts";
import { checkedFolder, config, fixedConfig, type Texts } from "../checked-folder.ts";
import { assertFits } from "./fitting.ts";

const now = new Date("2026-12-01T09:30:00Z");
const root = authority("CN=Example Root CA", { notAfter: "20270101000000Z" });

const template = `Resources:
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties:
      DomainName: api.example.com
      RegionalCertificateArn: arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012
      EndpointConfiguration:
        Types: [EDGE]
      MutualTlsAuthentication:
        TruststoreUri: s3://example-bucket/truststore.pem
`;

const listener = JSON.stringify({ Protocol: "HTTP", MutualAuthentication: { Mode: "verify" } }, undefined, 2);

const texts: Texts = {
  "origin.json": config(),
  "api/template.yaml": template,
  "api/listener.json": listener,
  "certs/root.pem": root.pem,
  "certs/root.der": root.der,
  "certs/.gitignore": "ignored.pem\n",
  "certs/ignored.pem": "-----BEGIN CERTIFICATE-----\n",
  "node_modules/a/origin.json": config(),
  "package.json": "{}",
  "README.md": "# Nothing",
};

/** What is asked for, in a folder of its own each. */
const calls: readonly { readonly args: string; readonly stdin?: string; readonly more?: Texts }[] = [
  { args: "." },
  { args: "certs/root.pem package.json" },
  { args: "api/*.yaml origin.json ./origin.json" },
  { args: "origin.json --format text" },
  { args: "origin.json certs --format json" },
  { args: "origin.json certs --format sarif" },
  { args: "origin.json certs -f github" },
  { args: "origin.json certs --format junit" },
  { args: "origin.json --fix" },
  { args: "origin.json --fix --format json" },
  { args: "origin.json certs --diff" },
  { args: "certs --severity info --now 2026-12-20" },
  { args: "certs --severity warning --now 2027-01-02T09:00+09:00" },
  { args: "certs/root.pem --purpose certs/*.pem=cloudfront" },
  { args: "certs/root.pem --purpose ./certs/root.pem=origin --purpose none.pem=alb" },
  {
    args: "origin.json",
    more: {
      "mtls-check.json": JSON.stringify({
        "mtls.suppress": [{ rule: "origin/protocol-policy", path: "origin.json" }],
        "mtls.rules": { "distribution/fragment": "off" },
      }),
    },
  },
  {
    args: "origin.json --no-config",
    more: { ".vscode/settings.json": '{ "mtls.rules": { "origin/protocol-policy": "off" } }' },
  },
  {
    args: "origin.json --config strict.json",
    more: { "mtls-check.json": "{", "strict.json": '{ "mtls.rules": { "distribution/fragment": "error" } }' },
  },
  { args: "origin.json", more: { ".vscode/settings.json": '{ "mtls.rules": { "origin/protocol-polcy": "off" } }' } },
  { args: "origin.json", more: { "mtls-check.json": '{ "mtls.rules": { "origin/protocol-polcy": "off" } }' } },
  { args: "-", stdin: config() },
  { args: "- --stdin-name infra/origin.json", stdin: config() },
  { args: "- --fix", stdin: config() },
  { args: "- --diff --stdin-name origin.json", stdin: config() },
  { args: "-", stdin: "" },
  { args: "none.json *.none certs/root.pem/a -- --format" },
  {
    args: "broken.json keystore.p12",
    more: { "broken.json": `${config()}}`, "keystore.p12": Buffer.of(0x30, 0x82, 1, 0) },
  },
  { args: "empty", more: { "empty/README.md": "" } },
  // --- what is refused
  { args: "" },
  { args: "--fix --diff origin.json" },
  { args: "--diff --format json ." },
  { args: "--fix - origin.json" },
  { args: "--config a.json --no-config ." },
  { args: "--config none.json ." },
  { args: "--format xml ." },
  { args: "--severity fatal ." },
  { args: "--now tomorrow ." },
  { args: "--now 2027-02-30 ." },
  { args: "--purpose clients.pem=elb ." },
  { args: "--purpose **/a*/**/b*/**=alb ." },
  { args: "--forma json ." },
  { args: "--fix=yes ." },
  { args: "--format --fix ." },
  { args: "--format json --format text ." },
];

describe("check", () => {
  const folder = checkedFolder("check");

  test("prints what check.golden.txt shows, for each option", async () => {
    const parts: string[] = [];
    for (const { args, stdin, more = {} } of calls) {
      const { check, path } = await folder.project({ ...texts, ...more });
      const given = args.split(" ").filter((arg) => arg !== "");
      const { exit, stdout, stderr } = await check(given, { now, ...(stdin === undefined ? {} : { stdin }) });
      const shown = (text: string) => text.replaceAll(path, "/project").replaceAll(`"${version}"`, '"1.2.3"');
      parts.push(
        `$ mtls-check check ${args}\n${shown(stdout)}${shown(stderr).replaceAll(/^(?=.)/gm, "2> ")}exit ${exit}\n`,
      );
    }
    const all = parts.join("\n");
    const file = join(import.meta.dirname, "check.golden.txt");
    if (process.env["GOLDENS"] === "write") writeFileSync(file, all);
    assert.ok(existsSync(file), "check.golden.txt is missing: GOLDENS=write writes it.");
    assert.equal(all, readFileSync(file, "utf8"));
    for (const option of Object.keys(checkOptions))
      assert.ok(option === "help" || calls.some(({ args }) => args.includes(`--${option}`)), option);
  });

  test("has help that fits", async () => {
    const { check } = await folder.project({});
    for (const args of [["--help"], ["-h", "--format"]]) {
      const { exit, stdout, stderr } = await check(args);
      assert.deepEqual([exit, stderr], [0, ""]);
      assert.match(stdout, /^Usage: mtls-check \[check\] PATH… /);
      for (const option of Object.keys(checkOptions)) assert.ok(stdout.includes(`--${option}`), option);
      assertFits(stdout);
    }
  });

  test("refuses an empty path, which a variable that is not set leaves", async () => {
    const { check } = await folder.project({ "a.json": config() });
    const { exit, stdout, stderr } = await check(["--fix", ""]);
    assert.deepEqual([exit, stdout], [2, ""]);
    assert.match(stderr, /^mtls-check check: A path is empty\. For the current folder, use \.\.\n/);
  });

  test("fixes files, and nothing is left to fix", async () => {
    const { check, text, path } = await folder.project({
      ...texts,
      "windows.json": `\ufeff${config().replaceAll("\n", "\r\n")}`,
    });
    assert.equal((await check([".", "--fix"])).exit, 1);
    assert.equal(await text("origin.json"), fixedConfig);
    assert.equal(await text("windows.json"), `\ufeff${fixedConfig.replaceAll("\n", "\r\n")}`);
    assert.equal(await text("node_modules/a/origin.json"), config());
    assert.match((await check([".", "--fix"])).stdout, /\nSafe fixes: 0, in files: 0\.\n/);
    assert.deepEqual((await readdir(path)).sort(), [
      ".git",
      "README.md",
      "api",
      "certs",
      "node_modules",
      "origin.json",
      "package.json",
      "windows.json",
    ]);
  });

  test("shows what it would fix, which git apply takes, and changes nothing", async () => {
    const { check, text } = await folder.project({ "a.json": config() });
    const { exit, stdout, stderr } = await check(["a.json", "--diff"]);
    assert.equal(exit, 1);
    assert.match(stdout, /^--- a\/a\.json\n\+\+\+ b\/a\.json\n@@ -1,6 \+1,6 @@\n/);
    assert.match(stderr, /Safe fixes: 1/);
    assert.equal(await text("a.json"), config());
    assert.deepEqual(
      await check(["-", "--fix"], { stdin: config("", "https-only") }).then(({ stdout }) => stdout),
      fixedConfig,
    );
  });

  test("has the exit code that a threshold gives", async () => {
    const { check } = await folder.project({ "a.json": fixedConfig, "b.json": config(), "c.json": "{}" });
    for (const [args, expected] of [
      ["a.json", 0],
      ["a.json --severity warning", 0],
      ["a.json --severity info", 1],
      ["b.json", 1],
      ["c.json --severity info", 0],
      ["c.json none.json", 2],
      ["b.json none.json", 1],
      ["a.json --diff", 0],
    ] as const)
      assert.equal((await check(args.split(" "))).exit, expected, args);
  });

  test("finds what a trust store is for in what names it", async () => {
    const { check, text } = await folder.project({
      "template.yaml": template.replace("EDGE", "REGIONAL"),
      "truststore.pem": authority("CN=Weak", { notAfter: "20261001000000Z" }).pem + client("CN=client").pem,
    });
    const { stdout } = await check(["truststore.pem"], { now });
    assert.match(stdout, /API Gateway/);
    const stdin = await text("truststore.pem");
    assert.equal((await check(["-", "--stdin-name", "truststore.pem"], { now, stdin })).stdout, stdout);
    assert.doesNotMatch((await check(["truststore.pem", "--purpose", "*.pem=origin"], { now })).stdout, /API Gateway/);
  });

  test("calls standard input as the report calls a file, also by an absolute path", async () => {
    const suppress = [{ rule: "origin/protocol-policy", path: "sub/a.json" }];
    const { check, at } = await folder.project({ "mtls-check.json": JSON.stringify({ "mtls.suppress": suppress }) });
    const relative = await check(["-", "--stdin-name", "sub/a.json"], { stdin: config() });
    assert.match(relative.stdout, /Findings that they hide: 1/);
    for (const name of [at("sub/a.json"), "./sub/../sub/a.json"])
      assert.deepEqual(await check(["-", "--stdin-name", name], { stdin: config() }), relative);
  });

  test("shows how far it is to somebody who watches", async () => {
    const { check } = await folder.project({ "a.json": "{}", "b.pem": root.pem });
    const shown: string[] = [];
    await check(["."], { now, progress: (text) => void shown.push(text) });
    assert.deepEqual(shown, ["Checked 1 of 2 files", "Checked 2 of 2 files", ""]);
  });

  test("that is stopped says what became of the files", async () => {
    const { check, text } = await folder.project({ "a.json": config(), "b.json": config() });
    const stop = new AbortController();
    const progress = () => stop.abort();
    const stopped = await check([".", "--fix"], { signal: stop.signal, progress });
    assert.deepEqual(stopped, {
      exit: 2,
      stdout: "",
      stderr: "mtls-check: Stopped. Files that were fixed completely: 1. The others were not changed.\n",
    });
    assert.deepEqual([await text("a.json"), await text("b.json")], [fixedConfig, config()]);
    const early = await check([".", "--fix"], { signal: AbortSignal.abort() });
    assert.deepEqual(early, { exit: 2, stdout: "", stderr: "mtls-check: Stopped. No file was changed.\n" });
  });

  test("tells of links that are not followed, and checks the rest", async () => {
    const { check, at } = await folder.project({ "in/a.json": config() });
    await symlink("/etc", at("in/out"));
    await mkdir(at("in/b"));
    const { exit, stderr } = await check(["in"]);
    assert.deepEqual(
      [exit, stderr],
      [1, "mtls-check: in/out was left out: it is a symbolic link out of the folder.\n"],
    );
  });

  test("marks what is found in colors, cut to the width of a terminal", async () => {
    const { check } = await folder.project({ "a.json": config() });
    const { stdout } = await check(["a.json"], { isColored: true, width: 40 });
    assert.match(stdout, /\u001b\[31merror\u001b\[0m: /);
  });
});
