import assert from "node:assert/strict";
import { test } from "node:test";
import { maskSecrets } from "../../../src/core/cloudfront/secrets.ts";
import { read } from "../../../src/core/read.ts";
import { check } from "../../../src/core/rules/index.ts";

const secret = "hunter2-hunter2";
const config = (value: unknown) =>
  JSON.stringify({
    CallerReference: "x",
    Origins: {
      Quantity: 7,
      Items: [{ Id: "o", DomainName: "o.example.com", CustomHeaders: { Quantity: 9, Items: [{ HeaderName: "x-verify", HeaderValue: value }, { HeaderName: "empty", HeaderValue: "" }] }, CustomOriginConfig: {} }],
    },
    DefaultCacheBehavior: { TargetOriginId: "p" },
  });

function facts(text: string) {
  const found = read({ text, syntax: "json", name: "x.json" });
  assert.ok(found.config !== undefined);
  return { ...found, config: found.config };
}

test("a masked config shows no header value, and everything else to the letter", () => {
  const text = config(secret);
  const { config: { distribution }, tree } = facts(text);
  assert.equal(maskSecrets(distribution, tree), text.replace(JSON.stringify(secret), '"••••••"'));
});

test("a header value of another type is masked as well", () => {
  for (const value of [12345, { inner: secret }, [secret]]) {
    const { config: { distribution }, tree } = facts(config(value));
    const masked = maskSecrets(distribution, tree);
    assert.ok(!masked.includes(secret) && !masked.includes("12345"), masked);
  }
});

test("no finding repeats a header value, right or wrong", () => {
  for (const value of [secret, 12345, [secret], `arn:aws:acm:us-east-1:1:certificate/${secret}`]) {
    const problems = check(facts(config(value)), { now: new Date(0), settings: { severities: {} }, purpose: "unknown" }, (id) => assert.fail(id));
    assert.notEqual(problems.length, 0);
    const said = JSON.stringify(problems.map(({ message, related, fixes }) => [message, related?.map((other) => other.message), fixes?.map(({ title }) => title)]));
    assert.ok(!said.includes(secret) && !said.includes("12345"), said);
  }
});
