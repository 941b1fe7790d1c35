import assert from "node:assert/strict";
import { test } from "node:test";
import { completionsAt } from "../../../src/core/cloudfront/completion.ts";
import type { Completion } from "../../../src/core/dialect/assist.ts";
import { configOf } from "../../../src/core/facts.ts";
import { tell } from "../../../src/core/messages/tell.ts";
import { read } from "../../../src/core/read.ts";

const arn = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

/** What is offered at `|`, in its order. */
function offersAt(marked: string): Completion[] {
  const offset = marked.indexOf("|");
  const facts = read({ text: marked.replace("|", ""), syntax: "json", name: "x.json" });
  const config = configOf(facts);
  return config === undefined ? [] : completionsAt(config.distribution, facts.tree, offset);
}

const offered = (marked: string): string[] => offersAt(marked).map(({ label }) => label);

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

test("managed policies by their names, and what each means for mutual TLS", () => {
  const inBehavior = (member: string, more = "") =>
    offersAt(whole('"CustomOriginConfig": {}', `"${member}": "|"`).replace(/ }$/, `${more} }`));
  const cached = inBehavior("CachePolicyId");
  assert.equal(cached.length, 7);
  for (const { label, value, detail, documentation = [], keywords } of cached) {
    assert.match(String(value), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.equal(keywords, label);
    assert.notEqual(tell(detail), "");
    assert.match(
      documentation.map((said) => tell(said)).join(),
      label === "CachingDisabled" ? /^Every request goes to the origin/ : /without a request to the origin/,
    );
  }
  assert.equal(cached.find(({ label }) => label === "CachingDisabled")?.value, "4135ea2d-6df8-44a3-9df3-4b5a84be39ad");

  const documented = (label: string) =>
    inBehavior("OriginRequestPolicyId")
      .find((one) => one.label === label)
      ?.documentation?.map((said) => tell(said))
      .join(" ") ?? "";
  assert.match(documented("AllViewer"), /receives the Host header/);
  assert.match(documented("AllViewerExceptHostHeader"), /does not receive the Host header/);
  assert.match(documented("HostHeaderOnly"), /receives the Host header.*Client-Cert-Chain are not included/);
  const passthrough = ', "ViewerMtlsConfig": { "Mode": "passthrough" }';
  assert.deepEqual(
    inBehavior("OriginRequestPolicyId", passthrough).map(({ label }) => label),
    ["AllViewerExceptHostHeader", "AllViewer", "AllViewerAndCloudFrontHeaders-2022-06"],
  );
  assert.deepEqual(
    inBehavior("CachePolicyId", passthrough).map(({ label }) => label),
    ["CachingDisabled"],
  );
});

test("behind a value without a comma, a name and where the comma goes", () => {
  const marked = whole('"CustomOriginConfig": { "HTTPPort": 80\n | }');
  const [first] = offersAt(marked);
  assert.equal(first?.label, "HTTPSPort");
  assert.equal(first?.commaAt, marked.indexOf("80") + 2);
  assert.equal(offersAt(marked.replace("80", "80,"))[0]?.commaAt, undefined);
});

test("nothing in a comment", () => {
  const inCustom = (text: string) => offered(whole(`"CustomOriginConfig": { "HTTPPort": 80, ${text} }`));
  for (const text of ["// a|\n", "// |\n", "/* | */", "/* a */ // b|\n", '"HTTPSPort": 443 // |\n'])
    assert.deepEqual(inCustom(text), [], text);
  assert.deepEqual(inCustom('"OriginProtocolPolicy": /* | */ "https-only"'), []);
  for (const text of ["/* a */ |", "// a\n|", "| // a\n", "|/* a */"]) assert.ok(inCustom(text).length > 0, text);
});
