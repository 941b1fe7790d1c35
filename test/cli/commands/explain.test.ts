import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { explain } from "../../../src/cli/commands/explain.ts";
import { examples } from "../../../src/cli/examples.ts";
import { catalogue } from "../../../src/core/rules/catalogue.ts";
import { projectFolder } from "../../launcher/places.ts";
import { assertFits } from "./fitting.ts";
import { run } from "./taking-io.ts";

describe("explain", () => {
  test("says what must hold, why, an example before and after its fix, and where it is written", async () => {
    assert.deepEqual(await run(explain, ["origin/protocol-policy"]), {
      exit: 0,
      stderr: "",
      stdout: `origin/protocol-policy

The OriginProtocolPolicy of an origin with mTLS must be https-only.

Severity: up to error (AWS refuses it, or it cannot work).

What it says, for example:
  • With http-only, CloudFront does not use TLS to the origin, so mTLS cannot
    take place.
  • With match-viewer, requests from HTTP viewers reach the origin over HTTP,
    without mTLS.

Example:
   5 | "Origins": {
     | …
   7 |   "Items": [
     | …
  20 |       "CustomOriginConfig": {
     | …
  22 |         "HTTPSPort": 443,
  23 |         "OriginProtocolPolicy": "http-only",
     |                                 ^^^^^^^^^^^
  24 |         "OriginMtlsConfig": {

Safe fix, made by mtls-check check --fix: Use https-only (the origin must
respond to HTTPS on port 443 with a publicly trusted certificate)
After the fix:
   5 | "Origins": {
     | …
   7 |   "Items": [
     | …
  20 |       "CustomOriginConfig": {
     | …
  22 |         "HTTPSPort": 443,
  23 |         "OriginProtocolPolicy": "https-only",
  24 |         "OriginMtlsConfig": {

Source: CloudFront Developer Guide: Origin mutual TLS
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-enable-mtls-distributions.html
`,
    });
  });

  test("shows of PEM the boundaries alone", async () => {
    const { stdout } = await run(explain, ["bundle/duplicate"]);
    assert.match(
      stdout,
      /\nExample:\n {2}11 \| -----END CERTIFICATE-----\n {2}12 \| -----BEGIN CERTIFICATE-----\n {5}\| \^{27}\n {5}\| …\n/,
    );
  });

  test("says that a fix is not safe", async () => {
    const { stdout } = await run(explain, ["viewer-mtls/http-version"]);
    assert.match(stdout, /\nPossible fix: Change to http2\nAfter the fix:\n/);
  });

  test("lists all rules, one on each line", async () => {
    const { exit, stdout } = await run(explain, []);
    assert.equal(exit, 0);
    const lines = stdout.trimEnd().split("\n");
    assert.equal(lines.length, catalogue.length);
    assert.match(lines[0] ?? "", /^behavior\/cache-policy {2,}error {2,}A cache behavior must have /);
  });

  test("is JSON for programs", async () => {
    const one = JSON.parse((await run(explain, ["origin/protocol-policy", "--format", "json"])).stdout);
    assert.deepEqual(Object.keys(one), ["version", "rule"]);
    assert.deepEqual(Object.keys(one.rule), ["id", "severity", "requires", "source", "says", "example"]);
    assert.deepEqual(one.rule.example, {
      syntax: "json",
      lines: examples["origin/protocol-policy"]?.lines,
      fix: examples["origin/protocol-policy"]?.fix,
    });
    const all = JSON.parse((await run(explain, ["--format=json"])).stdout);
    assert.equal(all.version, 1);
    assert.deepEqual(
      all.rules.map(({ id }: { id: string }) => id),
      catalogue.map(({ id }) => id).toSorted(),
    );
  });

  const help = "For help, run mtls-check explain --help.\n";
  for (const [args, said] of [
    [["origin/protocol-polcy"], "There is no rule “origin/protocol-polcy”. Did you mean origin/protocol-policy?"],
    [["origin/mtls-spellin"], "There is no rule “origin/mtls-spellin”. Similar rules: origin/mtls-spelling,"],
    [["expired"], "There is no rule “expired”. Similar rules: certificate/expired, trust-store/expired,"],
    [["\u202ea\nb"], "There is no rule “\\u{202e}a\\u{a}b”. mtls-check explain lists all rules."],
    [["--fromat", "x"], "There is no option --fromat. Did you mean --format?"],
    [["--wholly-other"], "There is no option --wholly-other."],
    [["--format"], "The option --format needs a value."],
    [["--format", "--help-me"], "The option --format needs a value."],
    [["--format", "yaml"], "“yaml” is not a value of --format. Possible values: text, json."],
    [["--format=text", "--format=json"], "The option --format can be given only once."],
    [["a/b", "c/d"], "Only one rule can be explained at a time."],
  ] as const)
    test(`refuses ${JSON.stringify(args.join(" "))}`, async () => {
      const { exit, stdout, stderr } = await run(explain, args);
      assert.equal(exit, 2);
      assert.equal(stdout, "");
      assert.ok(stderr.startsWith(`mtls-check explain: ${said}`), stderr);
      assert.ok(stderr.endsWith(help), stderr);
    });

  test("has help that fits a screen", async () => {
    for (const args of [["--help"], ["-h"], ["a/b", "--help"]]) {
      const { exit, stdout, stderr } = await run(explain, args);
      assert.deepEqual([exit, stderr], [0, ""]);
      assert.match(stdout, /^Usage: mtls-check explain /);
      assertFits(stdout);
    }
    assert.equal((await run(explain, ["--", "--help"])).exit, 2);
  });
});

describe("explain --failure", () => {
  const log = "quiet\nX-Secret: s3cr3t\ncurl: (35) error:0A00045C:SSL routines::tlsv13 alert certificate required\n";

  test("says in words what the messages of a file mean, and nothing else of it", async () => {
    const { exit, stdout, stderr } = await run(explain, ["--failure", "-"], { stdin: log });
    assert.deepEqual([exit, stderr], [0, ""]);
    assert.match(stdout, /^Line 3\nThe server requires a client certificate, and the client presented none\.\n/);
    assert.match(
      stdout,
      /\n {2}- See whether the client presents a certificate and its key: with curl, --cert\n {4}and --key\.\n/,
    );
    assert.ok(!stdout.includes("s3cr3t"));
    assert.ok(stdout.split("\n").every((line) => line.length <= 80));
  });

  test("gives the same as JSON", async () => {
    const { exit, stdout } = await run(explain, ["--failure", "-", "--format", "json"], { stdin: log });
    assert.equal(exit, 0);
    const { version, failures } = JSON.parse(stdout) as { version: number; failures: Record<string, unknown>[] };
    assert.deepEqual([version, failures.length], [1, 1]);
    const { causes, actions, ...rest } = failures[0] ?? {};
    assert.deepEqual(rest, {
      line: 3,
      count: 1,
      cause: "no-client-certificate",
      refusing: "server",
      step: "client-certificate",
      alert: 116,
      what: "The server requires a client certificate, and the client presented none.",
    });
    assert.ok(Array.isArray(causes) && Array.isArray(actions) && causes.length > 0 && actions.length > 0);
  });

  test("ends with 1 where nothing is recognized, and says what is understood", async () => {
    const { exit, stdout } = await run(explain, ["--failure", "-"], { stdin: "all is well\n" });
    assert.equal(exit, 1);
    assert.match(stdout, /^No failure of TLS was recognized/);
    const json = await run(explain, ["--failure", "-", "--format", "json"], { stdin: "all is well\n" });
    assert.deepEqual([json.exit, JSON.parse(json.stdout)], [1, { version: 1, failures: [] }]);
  });

  test("ends with 2 where there is no such file, and where a rule is asked for as well", async () => {
    const { exit, stdout, stderr } = await run(explain, ["--failure", "nowhere.log"]);
    assert.deepEqual([exit, stdout, stderr], [2, "", "“nowhere.log” does not exist.\n"]);
    assert.equal((await run(explain, ["origin/protocol-policy", "--failure", "-"])).exit, 2);
  });
});

describe("the examples", () => {
  test("are there for every rule, each with what is marked in it", () => {
    assert.deepEqual(Object.keys(examples), catalogue.map(({ id }) => id).toSorted());
    for (const [id, { says, lines, fix }] of Object.entries(examples)) {
      assert.ok(says.length >= 1 && says.length <= 4, id);
      assert.equal(lines.filter(({ mark }) => mark !== undefined).length, 1, id);
      assert.ok(lines.length <= 20 && (fix?.lines.length ?? 0) <= 20, id);
    }
  });

  test("are small, and hold nothing of certificates and keys", () => {
    const text = readFileSync(join(projectFolder, "src/cli/examples.ts"), "utf8");
    assert.ok(text.length < 150_000, `${text.length} bytes`);
    const long =
      text.match(/[A-Za-z0-9+/=]{20,}/g)?.filter((word) => /(?:\d\D*){2}/.test(word) && /[A-Z]/.test(word)) ?? [];
    assert.deepEqual(long, []);
    assert.doesNotMatch(text, /M(?:II|IG|C4|HcC)[A-Za-z0-9+/]/);
  });
});
