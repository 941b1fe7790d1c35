import * as assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../../src/core/document/tree.ts";
import { masked } from "../../../src/core/secrets.ts";
import { readText } from "../checking.ts";

const secret = "sample-only-not-a-secret";
const listener = (oidc: Json) => ({
  LoadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188",
  Protocol: "HTTPS",
  DefaultActions: [{ Type: "authenticate-oidc", Order: 1, AuthenticateOidcConfig: oidc }],
  MutualAuthentication: { Mode: "verify" },
});

test("the client secret of a listener is masked, and everything else shown to the letter", () => {
  const text = JSON.stringify(
    listener({
      Issuer: "https://id.example.com",
      ClientId: "shop",
      ClientSecret: secret,
      UseExistingClientSecret: false,
    }),
    undefined,
    2,
  );
  const { text: shown, moved } = masked(readText(text).tree);
  assert.equal(shown, text.replace(secret, "••••••"));
  const mode = text.indexOf('"verify"');
  const { start, end } = moved({ start: mode, end: mode + 8 });
  assert.equal(shown.slice(start, end), '"verify"');
});

test("it is masked under other spellings and types, and in answers", () => {
  for (const oidc of [
    { clientSecret: secret },
    { client_secret: secret },
    { ClientSecert: secret },
    { ClientSecret: [secret] },
    { ClientSecret: { Value: secret } },
  ]) {
    for (const value of [listener(oidc), { Listeners: [listener(oidc)] }])
      assert.ok(!masked(readText(JSON.stringify(value)).tree).text.includes(secret), JSON.stringify(oidc));
  }
  const number = masked(readText(JSON.stringify(listener({ ClientSecret: 12345 }))).tree).text;
  assert.ok(!number.includes("12345,") && !number.includes("12345}"), number);
});

test("what holds no secret stays as it is", () => {
  const text = JSON.stringify(listener({ ClientId: "shop", ClientSecret: "", UseExistingClientSecret: true }));
  assert.equal(masked(readText(text).tree).text, text);
});
