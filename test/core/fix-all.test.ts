import assert from "node:assert/strict";
import { test } from "node:test";
import { fixAll } from "../../src/core/fixes.ts";
import { read } from "../../src/core/read.ts";
import { context, onFault } from "./checking.ts";

const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
const block = { ClientCertificateArn: certificate };

/** An origin with these members inside and beside its CustomOriginConfig, and what "fix all" makes of it. */
function fixed(inside: object, beside: object = {}): { readonly text: string; readonly result: string } {
  const custom = { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "http-only", ...inside };
  const text = JSON.stringify({
    Origins: { Items: [{ Id: "o", DomainName: "o.example.com", CustomOriginConfig: custom, ...beside }] },
  });
  return { text, result: fixAll(read({ text, syntax: "json", name: "x.json" }), context, onFault).text };
}

// Each of these says two things at once, or nothing certain: nobody may choose unseen.
for (const [name, inside, beside] of [
  ["off, and a certificate outside every block", { OriginMtlsConfig: false, ...block }, {}],
  ["off inside, on beside", { OriginMtlsConfig: { Enabled: false } }, { OriginMtlsConfig: block }],
  [
    "off inside with the same certificate, on beside",
    { OriginMtlsConfig: { Enabled: false, ...block } },
    { OriginMtlsConfig: block },
  ],
  [
    "an unclear flag inside, on beside",
    { OriginMtlsConfig: { Enabled: "False", ...block } },
    { OriginMtlsConfig: block },
  ],
  ["null inside, on beside", { OriginMtlsConfig: null }, { OriginMtlsConfig: block }],
  ["two certificates in one block", { OriginMtlsConfig: { CertificateArn: "x", ...block } }, {}],
  ["a certificate that is none", { ClientCertificateArn: "" }, {}],
  ["an unclear flag alone", { OriginMtls: { Enabled: "off", CertificateArn: certificate } }, {}],
] as const) {
  test(`fix all moves, wraps or removes no certificate: ${name}`, () => {
    const { text, result } = fixed(inside, beside);
    // The protocol policy may follow a certificate that is named; the blocks stay as they are.
    assert.equal(result.replace("https-only", "http-only"), text);
  });
}

test("fix all keeps away from mTLS of other kinds, and from a policy nothing asks to change", () => {
  for (const [inside, top] of [
    [{ OriginMtlsConfig: null }, {}],
    [{}, { MtlsConfig: { Mode: "required", TrustStoreConfig: { TrustStoreId: "t" } } }],
    [{ MutualTlsAuthentication: { TruststoreUri: "s3://bucket/bundle.pem" } }, {}],
  ]) {
    const { text, result } = fixed(inside ?? {}, top);
    assert.equal(result, text);
  }
});

test("fix all leaves a text with a fault alone", () => {
  const text = `{ "Origins": { "Items": [{ "CustomOriginConfig": { "OriginProtocolPolicy": "http-only", "OriginMtls": { "CertificateArn": "${certificate}" } } }] }`;
  assert.equal(fixAll(read({ text, syntax: "json", name: "x.json" }), context, onFault).text, text);
});
