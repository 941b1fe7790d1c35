// The import API: what programs that import it rely on.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { check } from "../../src/cli.ts";
import { certificate } from "../core/configs.ts";
import { authority, client, forged, inDays } from "../host/pem-files.ts";
import { config, fixedConfig } from "./checked-folder.ts";

const nothing = {
  isChecked: false,
  findings: [],
  hidden: 0,
  suppressions: [],
  unread: undefined,
  fault: undefined,
  fixed: undefined,
  warnings: [],
};

const template = `Resources:
  D:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      Protocol: HTTPS
      MutualAuthentication:
        Mode: verify
`;

const rulesIn = async (...asked: Parameters<typeof check>) => (await check(...asked)).findings.map(({ rule }) => rule);

describe("check", () => {
  test("tells what is found, where, why and what mends it", async () => {
    const { findings, ...rest } = await check(config(), { path: "a.json" });
    const { findings: _, ...others } = nothing;
    assert.deepEqual(rest, { ...others, isChecked: true });
    const finding = findings.find(({ rule }) => rule === "origin/protocol-policy");
    assert.deepEqual(finding, {
      rule: "origin/protocol-policy",
      severity: "error",
      message: "With http-only, CloudFront does not use TLS to the origin, so mTLS cannot take place.",
      source: finding?.source,
      range: { start: { line: 4, column: 27 }, end: { line: 4, column: 38 } },
      related: [],
      fixes: [
        {
          title: "Use https-only (the origin must respond to HTTPS on port 443 with a publicly trusted certificate)",
          safe: true,
          edits: [{ range: { start: { line: 4, column: 27 }, end: { line: 4, column: 38 } }, text: '"https-only"' }],
        },
      ],
      fingerprint: finding?.fingerprint,
      excerpt: { text: '  "OriginProtocolPolicy": "http-only",', from: 26, to: 37, cutBefore: false, cutAfter: false },
    });
    assert.match(finding.source.url, /^https:\/\/docs\.aws\.amazon\.com\//);
    assert.match(finding.fingerprint, /^[\da-f]{32}$/);
  });

  test("fixes what is safe, tells what is left, and changes nothing the second time", async () => {
    const first = await check(config(), { path: "a.json", fix: true });
    assert.deepEqual(first.fixed, { fixes: 1, text: fixedConfig });
    assert.deepEqual(
      first.findings.map(({ severity }) => severity),
      ["info"],
    );
    const second = await check(fixedConfig, { path: "a.json", fix: true });
    assert.deepEqual(second.fixed, { fixes: 0, text: fixedConfig });
  });

  test("mends nothing in a file that a program writes again", async () => {
    for (const options of [{ path: "cdk.out/a.json" }, { path: "a.json", isGenerated: true }]) {
      const { findings, fixed } = await check(config(), { ...options, fix: true });
      assert.ok(findings.some(({ rule }) => rule === "origin/protocol-policy"));
      assert.deepEqual([fixed, findings.flatMap(({ fixes }) => fixes)], [undefined, []]);
    }
    assert.equal((await check(config(), { path: "cdk.out/a.json", isGenerated: false, fix: true })).fixed?.fixes, 1);
  });

  test("lists edits unless nobody wants them", async () => {
    const { findings } = await check(config(), { path: "a.json", edits: false });
    for (const { fixes } of findings) for (const { edits } of fixes) assert.equal(edits, undefined);
  });

  test("lists as many edits as a large text leaves time for", async () => {
    const origins = Array.from({ length: 120 }, (_, place) => ({
      Id: `${place}`,
      DomainName: `${place}.example.com`,
      CustomOriginConfig: {
        HTTPPort: 80,
        HTTPSPort: 443,
        OriginProtocolPolicy: "http-only",
        OriginMtlsConfig: { ClientCertificateArn: certificate },
      },
    }));
    const text = JSON.stringify({ Origins: { Quantity: 120, Items: origins } }) + " ".repeat(1_000_000);
    const { findings } = await check(text, { path: "a.json" });
    const fixes = findings.flatMap((one) => (one.rule === "origin/protocol-policy" ? one.fixes : []));
    assert.equal(fixes.length, 120);
    const listed = fixes.filter(({ edits }) => edits !== undefined).length;
    assert.ok(listed > 0 && listed < 120, `${listed}`);
  });

  test("minds settings: severities, suppressions, purposes, days", async () => {
    const path = "a.json";
    const rules = { "mtls.rules": { "origin/protocol-policy": "info", "distribution/fragment": "off" } };
    assert.deepEqual(
      (await check(config(), { path, settings: rules })).findings.map(({ rule, severity }) => [rule, severity]),
      [["origin/protocol-policy", "info"]],
    );
    const suppress = [
      { rule: "pem/dashes", path },
      { rule: "origin/protocol-policy", path: "b.json" },
      { rule: "origin/protocol-policy", path },
    ];
    const hidden = await check(config(), { path, settings: { "mtls.suppress": suppress } });
    assert.deepEqual([hidden.hidden, hidden.suppressions], [1, [2]]);
    const bundle = authority("CN=Root", { notAfter: inDays(100) }).pem;
    const days = (settings: object) => rulesIn(bundle, { path: "a.pem", settings });
    assert.deepEqual(await days({ "mtls.expiryWarningDays": 30 }), []);
    assert.deepEqual(await days({ "mtls.expiryWarningDays": 200 }), ["certificate/expires-soon"]);
    const leaf = client("CN=a").pem;
    assert.deepEqual(await rulesIn(leaf, { path: "a.pem", settings: { "mtls.purposes": { "*.pem": "alb" } } }), [
      "trust-store/leaf",
    ]);
    assert.deepEqual(await rulesIn(leaf, { path: "a.pem", namedBy: ["alb"] }), ["trust-store/leaf"]);
    assert.deepEqual(await rulesIn(leaf, { path: "a.pem", purpose: "alb" }), ["trust-store/leaf"]);
  });

  test("says which patterns of settings it does not try, and makes nothing of what is wrong in them", async () => {
    const settings = { "mtls.purposes": { "*": 5, "*a*b*c*d*e.pem": "alb" }, "mtls.rules": 1, "mtls.suppress": "x" };
    const { warnings, isChecked } = await check(authority("CN=Root").pem, { path: "a.pem", settings });
    assert.deepEqual([isChecked, warnings.length], [true, 1]);
    assert.match(
      warnings.join(),
      /^The pattern \*a\*b\*c\*d\*e\.pem in mtls\.purposes is ignored: it has too many wildcards/,
    );
  });

  test("judges certificates by the time that is given", async () => {
    const { pem } = authority("CN=Root");
    assert.deepEqual(await rulesIn(pem, { path: "a.pem", now: new Date("2026-12-01") }), []);
    assert.deepEqual(await rulesIn(pem, { path: "a.pem", now: new Date("2051-01-01") }), ["certificate/expired"]);
    assert.deepEqual(await rulesIn(pem, { path: "a.pem", now: new Date("2019-01-01") }), ["certificate/not-yet-valid"]);
  });

  test("verifies signatures", async () => {
    const root = authority("CN=Root");
    const leaf = forged(client("CN=a", { issuer: root }));
    assert.deepEqual(await rulesIn(leaf + root.pem, { path: "a.pem" }), ["bundle/signature"]);
  });

  for (const [what, content, path, isChecked] of [
    ["a config by its content", config(), undefined, true],
    ["a certificate by its content", authority("CN=Root").pem, undefined, true],
    ["DER", authority("CN=Root").der, "a.der", true],
    ["DER of another name", authority("CN=Root").der, "a.bin", true],
    ["UTF-16", Buffer.from(`\ufeff${config()}`, "utf16le"), "a.json", true],
    ["UTF-16 without a mark", Buffer.from(config(), "utf16le"), "a.json", true],
    ["a byte order mark and CR LF", Buffer.from(`\ufeff${config().replaceAll("\n", "\r\n")}`), "a.json", true],
    ["a template", template, "a.yaml", true],
    ["a template by its content", template, undefined, true],
    ["what is called a certificate and is none", "nothing", "a.pem", false],
    ["JSON of others", '{"a": 1}', "a.json", false],
    ["YAML of others", "a: 1\n", "a.yaml", false],
    ["a text", "a text", undefined, false],
    ["nothing", "", undefined, false],
    ["no bytes", Buffer.of(), undefined, false],
    ["zeros", new Uint8Array(100), "a.bin", false],
    ["a program that shows a certificate", `const a = "-----BEGIN CERTIFICATE-----";`, "a.js", false],
  ] as const)
    test(`reads ${what}`, async () => {
      const result = await check(content, path === undefined ? {} : { path });
      assert.equal(result.isChecked, isChecked);
      if (!isChecked) assert.deepEqual(result, nothing);
    });

  test("has no places in DER, and fixes nothing in it", async () => {
    const { findings, fixed } = await check(authority("CN=Root", { notAfter: inDays(-1) }).der, {
      path: "a.der",
      fix: true,
    });
    assert.deepEqual(
      findings.map(({ rule, range, excerpt, fixes }) => [rule, range, excerpt, fixes]),
      [["certificate/expired", undefined, undefined, []]],
    );
    assert.equal(fixed, undefined);
  });

  test("says where a syntax error is, and fixes nothing then", async () => {
    const text = config().replace("{", "{,");
    const { fault, fixed } = await check(text, { path: "a.json", fix: true });
    assert.deepEqual(fault, { line: 1, column: 2 });
    assert.equal(fixed?.text, text);
    for (const broken of ['{"OriginMtlsConfig": {"', config() + " ".repeat(2_000_000)])
      assert.notEqual((await check(broken, { path: "a.json" })).fault, undefined);
    assert.equal((await check('{"Other": {"', { path: "a.json" })).fault, undefined);
  });

  test("gives each finding a fingerprint that stays when lines move", async () => {
    const origin = (id: string) => ({
      Id: id,
      DomainName: `${id}.example.com`,
      CustomOriginConfig: {
        HTTPPort: 80,
        HTTPSPort: 443,
        OriginProtocolPolicy: "http-only",
        OriginMtlsConfig: { ClientCertificateArn: certificate },
      },
    });
    const text = JSON.stringify({ Origins: { Quantity: 3, Items: ["a", "b", "b"].map(origin) } }, undefined, 2);
    const prints = async (one: string, path = "a.json") =>
      (await check(one, { path })).findings.map(({ fingerprint }) => fingerprint);
    const first = await prints(text);
    assert.equal(new Set(first).size, first.length);
    assert.deepEqual(await prints(`\n\n${text}`), first);
    assert.notDeepEqual(await prints(text, "b.json"), first);
  });
});
