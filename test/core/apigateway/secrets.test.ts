import * as assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../../src/core/document/tree.ts";
import { masked } from "../../../src/core/secrets.ts";
import { readText } from "../checking.ts";

const secret = "sample-only-not-a-key";
const domain = (members: { readonly [key: string]: string }) => ({
  domainName: "api.example.com",
  ...members,
  mutualTlsAuthentication: { truststoreUri: "s3://example-truststores/clients.pem" },
});

test("the private key that a domain name is created with is masked, and everything else shown to the letter", () => {
  for (const key of ["certificatePrivateKey", "CertificatePrivateKey", "certificate_private_key"])
    for (const value of [domain({ [key]: secret }), { apis: [{ prod: domain({ [key]: secret }) }] }]) {
      const text = JSON.stringify(value, undefined, 2);
      assert.equal(masked(readText(text).tree).text, text.replace(secret, "••••••"));
    }
});

test("what holds no key stays as it is", () => {
  const text = JSON.stringify(domain({ certificatePrivateKey: "", certificateBody: "x", privateKeyName: "y" }));
  assert.equal(masked(readText(text).tree).text, text);
});

const integration = (parameters: Json) => ({ ...domain({}), integrations: [{ requestParameters: parameters }] });

test("values that parameter mappings put into headers are masked, and names and references shown", () => {
  for (const parameters of [
    { "append:header.x-verify": secret },
    { "overwrite:header.Authorization": `Bearer ${secret}` },
    { "overwrite:header.x-verify": `\${request.header.x}-${secret}` },
    { "integration.request.header.X-Verify": `'${secret}'` },
    { "gatewayresponse.header.x-verify": `'${secret}'` },
    { "append:header.x-verify": [secret] },
    [{ Destination: "append:header.x-verify", Source: secret }],
  ]) {
    const text = JSON.stringify(integration(parameters));
    const { text: shown } = masked(readText(text).tree);
    assert.ok(!shown.includes(secret), shown);
    assert.ok(shown.includes("header.") && shown.includes("truststoreUri"));
  }
  const numbered = masked(readText(JSON.stringify(integration({ "append:header.pin": 4711 }))).tree).text;
  assert.ok(!numbered.includes("4711"), numbered);
});

test("a mapping that says where a value comes from, or what every client is told, stays as it is", () => {
  const parameters = {
    "append:header.x-id": "$context.requestId",
    "overwrite:header.x-user": "${context.authorizer.claims.sub}",
    "overwrite:header.x-key": "$stageVariables.key",
    "remove:header.x-verify": "",
    "method.request.header.X-Verify": true,
    "integration.request.header.X-Verify": "method.request.header.X-Verify",
    "method.response.header.Access-Control-Allow-Headers": "'Content-Type,X-Verify'",
    "append:header.Access-Control-Allow-Origin": "https://example.com",
    "overwrite:path": "/v1",
  };
  const lists = [{ Destination: "overwrite:header.x-id", Source: "$request.header.x-id" }];
  const text = JSON.stringify(integration([parameters, lists, { Destination: "overwrite:path", Source: "/v1" }]));
  assert.equal(masked(readText(text).tree).text, text);
});

test("a secret within another one is masked with it", () => {
  const key = { headers: { "x-verify": secret }, "append:header.x": [secret, ""] };
  const { text } = masked(readText(JSON.stringify({ ...domain({}), certificatePrivateKey: key })).tree);
  assert.ok(!text.includes(secret), text);
});
