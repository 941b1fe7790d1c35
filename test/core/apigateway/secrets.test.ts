import * as assert from "node:assert/strict";
import { test } from "node:test";
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
