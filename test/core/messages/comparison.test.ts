import * as assert from "node:assert/strict";
import { test } from "node:test";
import { parseJson } from "../../../src/core/document/json/read.ts";
import type { Json } from "../../../src/core/document/tree.ts";
import { comparedTexts, masked } from "../../../src/core/messages/comparison.ts";
import { certificate, counted, customConfig, customOrigin, distributionConfig, mtls } from "../configs.ts";

function headers(...values: readonly string[]): { readonly [key: string]: Json } {
  return { CustomHeaders: counted(values.map((value, index) => ({ HeaderName: `x-${index}`, HeaderValue: value }))) };
}

test("places of a text are found again where its secrets are masked", () => {
  const config = distributionConfig([
    customOrigin("o1", customConfig(mtls), headers("short", "a much longer secret than the mask")),
    customOrigin("o2", customConfig(mtls), headers("x")),
  ]);
  const text = JSON.stringify(config, undefined, 2);
  const tree = parseJson(text, "json");
  const { text: shown, moved } = masked(tree, tree);
  assert.doesNotMatch(shown, /short|longer|"x"/);
  for (const part of ['"CallerReference"', certificate, '"TargetOriginId"', '"HeaderName": "x-1"', '"Id": "o2"']) {
    const start = text.lastIndexOf(part);
    const span = moved({ start, end: start + part.length });
    assert.equal(shown.slice(span.start, span.end), part);
    assert.equal(shown.lastIndexOf(part), span.start);
  }
  const secret = text.indexOf('"a much');
  const whole = moved({ start: secret, end: text.indexOf('"', secret + 1) + 1 });
  assert.equal(shown.slice(whole.start, whole.end), '"••••••"');
  const inner = moved({ start: secret + 3, end: secret + 7 });
  assert.equal(shown.slice(inner.start, inner.end), '"••••••"');
  assert.deepEqual(moved({ start: 0, end: text.length }), { start: 0, end: shown.length });
});

test("two configs are laid out alike: what says the same is the same text", () => {
  const left = distributionConfig([customOrigin("o1", customConfig(mtls)), customOrigin("o2")], {
    Aliases: counted(["a.example.com", "b.example.com"]),
    CustomErrorResponses: counted([{ ErrorCode: 404 }, { ErrorCode: 500 }]),
  });
  const o1 = {
    CustomOriginConfig: {
      OriginMtlsConfig: { ClientCertificateArn: certificate },
      OriginProtocolPolicy: "https-only",
      HTTPSPort: 443,
      HTTPPort: 80,
    },
    DomainName: "o1.example.com",
    Id: "o1",
  };
  const { Aliases: _aliases, ...others } = left;
  const right = {
    Aliases: { Items: ["b.example.com", "a.example.com"], Quantity: 2 },
    ...others,
    CustomErrorResponses: counted([{ ErrorCode: 500 }, { ErrorCode: 404 }]),
    Origins: counted([customOrigin("o2"), o1]),
  };
  const texts = comparedTexts(left, right);
  assert.equal(texts.right, texts.left);
});

test("what differs, differs: a new member, another order of behaviors", () => {
  const behavior = (path: string): Json => ({
    PathPattern: path,
    TargetOriginId: "o1",
    ViewerProtocolPolicy: "https-only",
  });
  const left = distributionConfig(undefined, { CacheBehaviors: counted([behavior("/a"), behavior("/b")]) });
  const texts = comparedTexts(left, {
    ...left,
    HttpVersion: "http2",
    CacheBehaviors: counted([behavior("/b"), behavior("/a")]),
  });
  assert.notEqual(texts.left, texts.right);
  assert.match(texts.right, /"HttpVersion": "http2"/);
  assert.ok(texts.right.indexOf('"/b"') < texts.right.indexOf('"/a"'));
});

test("header values are masked on both sides, and another value is told as such", () => {
  const config = (...values: readonly string[]) =>
    distributionConfig([customOrigin("o1", customConfig(), headers(...values))]);
  const texts = comparedTexts(
    config("first-secret", "second-secret"),
    config("first-secret", "third-secret", "fourth-secret"),
  );
  assert.doesNotMatch(texts.left + texts.right, /-secret/);
  assert.equal(texts.right.match(/different value/g)?.length, 1);
  assert.equal(texts.left.match(/••••••/g)?.length, 2);
  assert.equal(texts.right.match(/••••••/g)?.length, 3);
});

test("beside the text before it, a value that is another one says so, at its place", () => {
  const treeOf = (...values: readonly string[]) =>
    parseJson(JSON.stringify(distributionConfig([customOrigin("o1", customConfig(), headers(...values))])), "json");
  const [before, after] = [treeOf("first-secret", "second-secret"), treeOf("first-secret", "third-secret")];
  const { text, moved } = masked(after, before);
  assert.doesNotMatch(text, /-secret/);
  const start = after.text.indexOf('"third-secret"');
  const place = moved({ start, end: start + '"third-secret"'.length });
  assert.match(text.slice(place.start, place.end), /^"•••••• \(different value\)"$/);
  assert.equal(text.match(/different value/g)?.length, 1);
});
