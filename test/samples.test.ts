import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fixAll } from "../src/core/fixes.ts";
import { pemAt } from "../src/core/pem/embedded.ts";
import { read } from "../src/core/read.ts";
import { check } from "../src/core/rules/check.ts";
import { LineIndex } from "../src/core/text.ts";
import { certificatesOf } from "../src/core/x509/bundle/bundle.ts";
import { indexOf } from "../src/core/x509/path/chain.ts";
import { signaturePairs } from "../src/core/x509/path/pairs.ts";
import { SignatureChecker } from "../src/platform/node/crypto.ts";
import { sampleFolder } from "./launcher/places.ts";
import { account, certificates, region } from "./sandbox/world.ts";

const folder = join(sampleFolder, "certificates");
const textOf = (name: string) => readFileSync(join(folder, name), "utf8");

/** Line, from 1, severity and rule of each finding; signatures are verified. */
function found(name: string, now: string): string[] {
  const text = textOf(name);
  const facts = read({ text, syntax: "pem", name });
  const signatures = new SignatureChecker();
  for (const { issuer, subject } of signaturePairs(indexOf(facts.bundle)).pairs) signatures.check(issuer, subject);
  const context = {
    now: new Date(now),
    settings: { severities: {}, expiryWarningDays: 30 },
    purpose: "unknown",
    signatures,
  } as const;
  const lines = new LineIndex(text);
  return check(facts, context, (rule) => assert.fail(rule)).map(
    ({ at, severity, rule }) => `${lines.at(at.start).line + 1} ${severity} ${rule.id}`,
  );
}

test("the samples show what they are there to show, for years to come", () => {
  for (const now of ["2027-01-01T00:00:00Z", "2045-01-01T00:00:00Z"]) {
    assert.deepEqual(found("origin-client-chain.pem", now), []);
    assert.deepEqual(found("expired.pem", now), ["1 warning certificate/expired"]);
    assert.deepEqual(found("trust-store.pem", now), [
      "43 warning certificate/weak-key",
      "60 warning trust-store/expired",
      "74 warning bundle/duplicate",
    ]);
    assert.deepEqual(found("damaged.pem", now), [
      "3 error pem/dashes",
      "29 error pem/dashes",
      "33 error pem/base64",
      "45 error pem/content",
      "63 warning certificate/expired",
      "75 error pem/boundary",
      "77 error pem/boundary",
      "77 warning certificate/weak-key",
    ]);
  }
});

test("the article's sample, once it is fixed, says that it is a part that cannot be sent", () => {
  const given = { now: new Date(), settings: { severities: {}, expiryWarningDays: 30 }, purpose: "unknown" } as const;
  const fault = (rule: string) => assert.fail(rule);
  const name = "from-an-article.json";
  const facts = read({ text: readFileSync(join(sampleFolder, name), "utf8"), syntax: "json", name });
  const fixed = read({ text: fixAll(facts, given, fault).text, syntax: "json", name });
  assert.deepEqual(
    check(fixed, given, fault).map(({ rule, severity, at }) => [rule.id, severity, at]),
    [["distribution/fragment", "info", { start: 0, end: 1 }]],
  );
});

test("a config map of the samples holds a certificate that a hover finds", () => {
  const text = textOf("config-map.yaml");
  const { bundle } = read({ text: pemAt(text, text.indexOf("BEGIN"))?.text ?? "", syntax: "pem", name: "" });
  assert.equal(certificatesOf(bundle).length, 1);
});

test("no sample holds a private key", () => {
  const names = readdirSync(folder);
  assert.notEqual(names.length, 0);
  for (const name of names) assert.doesNotMatch(textOf(name), /PRIVATE KEY/, name);
});

test("what the samples name is in the sandbox's account, where it is there to be looked at", () => {
  const names = readdirSync(sampleFolder).filter((name) => /\.jsonc?$/.test(name));
  const known: readonly string[] = Object.values(certificates).flat();
  const arns = names.flatMap((name) =>
    [...readFileSync(join(sampleFolder, name), "utf8").matchAll(/arn:aws:(\w+):([\w-]*):(\d*):[^"]*/g)].map(
      ([arn, service, where, owner]) => ({ name, arn, service, where, owner }),
    ),
  );
  assert.ok(arns.length > 10);
  for (const { name, arn, owner } of arns) assert.equal(owner, account, `${name}: ${arn}`);
  // One is in a Region that CloudFront does not read: that is what it shows.
  for (const { name, arn, service, where } of arns)
    if (service === "acm" && where === region) assert.ok(known.includes(arn), `${name}: ${arn}`);
});
