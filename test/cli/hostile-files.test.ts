// A pull request brings files, names and settings of its own, and wants whoever reads the output to do something.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { formats } from "../../src/cli/formats/formats.ts";
import { authority } from "../host/pem-files.ts";
import { checkedFolder, config, type Texts } from "./checked-folder.ts";
import { hostileTexts } from "./formats/hostile-report.ts";

/** What may be part of a name on this system. */
const inName = hostileTexts.filter(
  (text) => !/[/\0]/.test(text) && (process.platform !== "win32" || /^[\w ,]*$/.test(text)),
);
const quoted = (text: string) => JSON.stringify(text).slice(1, -1);

/** In groups: a run over many files would start threads. */
const groups = Array.from({ length: 10 }, (_, place) => hostileTexts.filter((__, at) => at % 10 === place));

/** Comments, names of members and values that begin like orders; safe fixes stand beside them. */
const configs = groups.map((texts, place): readonly [string, string] => {
  const origins = texts.map(
    (text) => `{
"Id": "${quoted(text)}", "DomainName": "${quoted(text)}.example.com",
"${quoted(text)}": 1, "CustomOriginConfig": {
"HTTPPort": "${quoted(text)}",
/*
${text.replaceAll("*/", "")}
::set-output name=a::owned
*/
"OriginProtocolPolicy": "http-only",
/*
 ::error::owned
\u3000::warning::owned
\t ::add-mask::owned
*/
"OriginMtlsConfig": { "ClientCertificateArn": "${quoted(text)}", "${quoted(text)}": "${quoted(text)}" } } }`,
  );
  return [`c${place}.json`, `{ "Origins": { "Quantity": ${texts.length}, "Items": [${origins.join(",\n")}] } }\n`];
});

const bundles = groups.map((texts, place): readonly [string, string] => {
  const blocks = texts.map((text) => {
    const name = text.replaceAll(/[^ -~\u0591\u202e]|[=+,;"\\<>]/g, "") || "x";
    return `::error::owned\n${text}\n${authority(`CN=${name}`, { notAfter: "20260101000000Z" }).pem}${text}\n`;
  });
  return [`b${place}.pem`, `// mtls: target=alb\n${blocks.join("")}`];
});

const named = inName.map((text): readonly [string, string] => [`${text}.json`, config()]);
const broken = inName.map((text): readonly [string, string] => [`${text}.json`, `${config().slice(0, -3)}, "${text}`]);

const settings = JSON.stringify({
  "mtls.rules": Object.fromEntries(hostileTexts.map((text) => [text, "off"])),
  "mtls.purposes": Object.fromEntries(hostileTexts.map((text) => [text || "x", "alb"])),
  "mtls.suppress": [
    ...hostileTexts.map((text) => ({ rule: text, path: text })),
    { rule: "origin/protocol-policy", path: "c0.json" },
  ],
  "mtls.expiryWarningDays": 1,
});

/** Whatever somebody takes for the end of a line. */
const lineEnds = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
const acting =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;

function assertInert(output: string, what: string): void {
  // A difference has the line ends of the file.
  assert.doesNotMatch(output.replaceAll("\r\n", "\n"), acting, what);
  for (const line of output.split(lineEnds)) {
    const start = line.trimStart();
    const isOurs = /^::(error|warning|notice) (file=|title=)/.test(line);
    assert.ok(isOurs || !start.startsWith("::"), `${what}: ${line}`);
    assert.doesNotMatch(line, /##(vso|teamcity)?\[|##[\w.\-\x80-\u{10ffff}]*\[/u, `${what}: ${line}`);
  }
}

/** How a line of `text` begins: with a path in which no colon is left, or with words of ours. */
const textLine =
  /^(?:$|[\p{L}\p{N}._/][^:]*(?::\d+:\d+)?: (?:error|warning|info): | +\d* \|| {8}(?:see|fix)|Files |Findings |Safe fixes|Incomplete: |The settings in | {2}(?:Suppressions|Severities|Purposes|Certificates) )/u;
const githubLine = /^(?:$|::(?:error|warning|notice) (?:file|title)=|Incomplete: |Not shown, |Files checked: )/;

describe("nothing of hostile files acts", () => {
  const folder = checkedFolder("hostile");
  const ways = [...formats.map((format) => ["--format", format]), ["--diff"]];
  const kinds: Readonly<Record<string, Texts>> = {
    configs: Object.fromEntries(configs),
    bundles: Object.fromEntries(bundles),
    names: Object.fromEntries(named.slice(0, 47)),
    "broken files": Object.fromEntries(broken.slice(0, 47)),
    settings: { ...Object.fromEntries(configs.slice(0, 3)), ".vscode/settings.json": settings },
    "broken settings": { ...Object.fromEntries(configs.slice(0, 1)), "mtls-check.json": settings },
  };

  for (const [kind, texts] of Object.entries(kinds))
    test(`${kind}, in each format`, async () => {
      const { check, path } = await folder.project(texts);
      assert.ok(!/[^\w/.-]/.test(path) || process.platform === "win32");
      for (const args of ways) {
        const { stdout, stderr, exit } = await check([".", ...args]);
        assert.notEqual(exit, 0);
        const what = `${kind} ${args.join(" ")}`;
        assertInert(stdout, what);
        assertInert(stderr, what);
        const isRun = kind !== "broken settings";
        if (isRun && (args[1] === "json" || args[1] === "sarif")) JSON.parse(stdout);
        const begins = args[1] === "text" ? textLine : args[1] === "github" ? githubLine : /^/;
        for (const line of stdout.split(lineEnds)) assert.match(line, begins, what);
        const isReport = args[0] === "--diff";
        for (const line of stderr.split(lineEnds))
          assert.ok(/^(?:$|mtls-check: |Nothing was checked\. )/.test(line) || (isReport && textLine.test(line)), what);
      }
    });

  test("paths and options that are none, in what is said of them", async () => {
    const { check } = await folder.project({});
    for (const text of hostileTexts.filter((one) => !one.includes("\0")))
      for (const args of [
        [`./${text}`],
        [`--format=${text}`, "."],
        [`--severity=${text}`, "."],
        [`--now=${text}`, "."],
        [`--purpose=${text}=alb`, "."],
        [`--purpose=${text}`, "."],
        [`--config=./${text}`, "."],
        [`--${text}x`, "."],
        ["-", `--stdin-name=${text}.json`],
      ]) {
        const { stdout, stderr } = await check(args, { stdin: config() });
        assertInert(stdout, args.join(" "));
        assertInert(stderr, args.join(" "));
        for (const line of stderr.split(lineEnds))
          assert.match(line, /^(?:$|mtls-check(?: check)?: |For help, |Nothing was checked\. )/, args.join(" "));
      }
  });

  test("settings of a pull request are counted in every format, and none count with --no-config", async () => {
    const { check } = await folder.project({
      "a.json": config(),
      "mtls-check.json": JSON.stringify({
        "mtls.suppress": [{ rule: "origin/protocol-policy", path: "a.json" }],
        "mtls.rules": { "distribution/fragment": "warning" },
      }),
    });
    const said: Readonly<Record<string, RegExp>> = {
      text: /Suppressions in use: 1\. Findings that they hide: 1\.\n {2}Severities changed: 1 \(distribution\/fragment: warning\)\./,
      github:
        /^::notice title=Settings in use::.*Suppressions in use: 1\. Findings that they hide: 1\.%0ASeverities changed: 1/m,
      json: /"settings": \{"path":"mtls-check\.json","suppressions":1,"hidden":1,"severities":\{"distribution\/fragment":"warning"\}/,
      sarif:
        /"settings":\{"path":"mtls-check\.json","suppressions":1,"hidden":1,"severities":\{"distribution\/fragment":"warning"\}/,
      junit: /<property name="suppressions" value="1"\/>/,
    };
    for (const format of formats) {
      const { exit, stdout } = await check([".", "--format", format]);
      assert.equal(exit, 0);
      assert.match(stdout, said[format] ?? assert.fail(format), format);
      const without = await check([".", "--format", format, "--no-config"]);
      assert.equal(without.exit, 1);
      assert.match(without.stdout, /origin\/protocol-policy/);
      assert.doesNotMatch(without.stdout, said[format] ?? assert.fail(format), format);
    }
  });

  test("broken settings stop a run, unless they are ignored", async () => {
    const { check } = await folder.project({ "a.json": config(), "mtls-check.json": "{" });
    const { exit, stdout, stderr } = await check(["."]);
    assert.deepEqual([exit, stdout], [2, ""]);
    assert.match(
      stderr,
      /^mtls-check: .*mtls-check\.json:1:2: The settings are not valid JSON here\.\nNothing was checked\. To check without settings, use --no-config\.\n$/,
    );
    assert.equal((await check([".", "--no-config"])).exit, 1);
  });
});
