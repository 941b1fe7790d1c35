import assert from "node:assert/strict";
import { test } from "node:test";
import { completionsAt } from "../../../src/core/cloudfront/completion.ts";
import { configOf } from "../../../src/core/facts.ts";
import { read } from "../../../src/core/read.ts";

const arn = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

/** The labels offered at `|`, in their order. */
function offered(marked: string): string[] {
  const offset = marked.indexOf("|");
  const facts = read({ text: marked.replace("|", ""), syntax: "json", name: "x.json" });
  const config = configOf(facts);
  return config === undefined ? [] : completionsAt(config.distribution, facts.tree, offset).map(({ label }) => label);
}

const whole = (origin: string, behavior = "") =>
  `{ "CallerReference": "x", "Origins": { "Quantity": 1, "Items": [ { "Id": "o1", "DomainName": "a.example.com", ${origin} } ] }, "DefaultCacheBehavior": { ${behavior} } }`;

test("member names: what the API requires first, what is there already not again", () => {
  const names = offered(whole('"CustomOriginConfig": { "HTTPPort": 80, "|" }'));
  assert.deepEqual(names.slice(0, 2), ["HTTPSPort", "OriginProtocolPolicy"]);
  assert.ok(names.includes("OriginMtlsConfig"));
  assert.ok(!names.includes("HTTPPort"));
});

test("a half-typed name is replaced as a whole", () => {
  const marked = whole('"CustomOriginConfig": { "OriginM|');
  const offset = marked.indexOf("|");
  const facts = read({ text: marked.replace("|", ""), syntax: "json", name: "x.json" });
  const config = configOf(facts);
  const found = config === undefined ? [] : completionsAt(config.distribution, facts.tree, offset);
  const mtls = found.find(({ label }) => label === "OriginMtlsConfig");
  assert.ok(mtls !== undefined, found.map(({ label }) => label).join());
  assert.ok(facts.tree.text.slice(mtls.replace.start, mtls.replace.end).startsWith('"OriginM'));
  assert.deepEqual(mtls.value, { ClientCertificateArn: "" });
});

test("values: enumerations, flags, ids of origins and groups, certificates of the config", () => {
  assert.deepEqual(offered(whole('"CustomOriginConfig": { "OriginProtocolPolicy": "|" }')), [
    "http-only",
    "match-viewer",
    "https-only",
  ]);
  assert.deepEqual(offered(whole('"CustomOriginConfig": { "OriginSslProtocols": { "Items": ["|"] } }')), [
    "SSLv3",
    "TLSv1",
    "TLSv1.1",
    "TLSv1.2",
  ]);
  assert.deepEqual(offered(whole('"OriginShield": { "Enabled": | }')), ["true", "false"]);
  assert.deepEqual(offered(whole('"CustomOriginConfig": {}', '"TargetOriginId": "|"')), ["o1"]);
  assert.deepEqual(
    offered(
      whole(
        `"CustomOriginConfig": { "OriginMtlsConfig": { "ClientCertificateArn": "${arn}" }, "X": 1 }, "Y": { }`,
        '"TargetOriginId": "|"',
      ),
    ),
    ["o1"],
  );
  assert.deepEqual(
    offered(
      `{ "Origins": { "Items": [ { "CustomOriginConfig": { "OriginMtlsConfig": { "ClientCertificateArn": "${arn}" } } }, { "CustomOriginConfig": { "OriginMtlsConfig": { "ClientCertificateArn": "|" } } } ] } }`,
    ),
    [arn],
  );
});

test("fragments and wrapped configs are completed alike", () => {
  assert.ok(offered('{ "CustomOriginConfig": { "HTTPSPort": 443, "|" } }').includes("OriginMtlsConfig"));
  assert.ok(offered('{ "OriginProtocolPolicy": "https-only", "HTTPSPort": 443, "|" }').includes("OriginMtlsConfig"));
  assert.ok(
    offered(`{ "ETag": "E1", "DistributionConfig": ${whole('"CustomOriginConfig": { "|" }')} }`).includes(
      "OriginMtlsConfig",
    ),
  );
});

test("nothing is offered outside a config, below an unknown member, or for free text", () => {
  assert.deepEqual(
    offered('{ "ETag": "|", "DistributionConfig": { "CallerReference": "x", "Origins": { "Items": [] } } }'),
    [],
  );
  assert.deepEqual(offered(whole('"Surprise": { "|" }')), []);
  assert.deepEqual(offered(whole('"OriginPath": "|"')), []);
  assert.deepEqual(offered('{ "AWSTemplateFormatVersion": "2010-09-09", "Resources": { "|" } }'), []);
});

test("nothing that CloudFront refuses beside what is there", () => {
  const origin = offered(whole('"CustomOriginConfig": {}, "|"'));
  assert.ok(origin.includes("OriginPath") && !origin.some((name) => /^(S3|Vpc)OriginConfig$/.test(name)));
  const cached = offered(whole("", '"CachePolicyId": "x", "|"').replace('"a.example.com", ', '"a.example.com"'));
  assert.ok(cached.includes("Compress") && !cached.some((name) => /TTL$|^ForwardedValues$/.test(name)));
  const config = (more: string) =>
    whole("").replace('"a.example.com", ', '"a.example.com"').replace(/ }$/, `, ${more} }`);
  const mode = (word: string) => `"ViewerMtlsConfig": { "Mode": "${word}" }`;
  assert.deepEqual(offered(config(`"HttpVersion": "|", ${mode("required")}`)), ["http1.1", "http2"]);
  assert.equal(offered(config('"HttpVersion": "|"')).length, 4);
  const behavior = config(mode("optional")).replace('Behavior": { ', 'Behavior": { "ViewerProtocolPolicy": "|"');
  assert.deepEqual(offered(behavior), ["https-only", "redirect-to-https"]);
  const block = (word: string) => offered(config(`"ViewerMtlsConfig": { "Mode": "${word}", "|" }`));
  assert.deepEqual([block("passthrough"), block("required")], [[], ["TrustStoreConfig"]]);
});

test("nothing in a comment", () => {
  const inCustom = (text: string) => offered(whole(`"CustomOriginConfig": { "HTTPPort": 80, ${text} }`));
  for (const text of ["// a|\n", "// |\n", "/* | */", "/* a */ // b|\n", '"HTTPSPort": 443 // |\n'])
    assert.deepEqual(inCustom(text), [], text);
  assert.deepEqual(inCustom('"OriginProtocolPolicy": /* | */ "https-only"'), []);
  for (const text of ["/* a */ |", "// a\n|", "| // a\n", "|/* a */"]) assert.ok(inCustom(text).length > 0, text);
});
