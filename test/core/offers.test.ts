import * as assert from "node:assert/strict";
import { test } from "node:test";
import { kindOf } from "../../src/core/kinds.ts";
import { readText } from "./checking.ts";

/** What is offered at the mark. */
function offered(marked: string): readonly string[] {
  const offset = marked.indexOf("¦");
  const { tree, subjects } = readText(marked.replace("¦", ""));
  const [subject] = subjects;
  assert.ok(subject !== undefined);
  return kindOf(subject)
    .offers(subject, tree, offset)
    .map(({ label }) => label);
}

const listener = (kind: string) =>
  `"ListenerArn":"arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/${kind}/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"`;
const block = '"mutualTlsAuthentication":{"truststoreUri":"s3://example-truststores/clients.pem"}';

test("no mode is offered that the load balancer does not have", () => {
  assert.deepEqual(offered(`{${listener("net")},"MutualAuthentication":{"Mode":"¦"}}`), ["off", "verify"]);
  assert.deepEqual(offered(`{${listener("app")},"MutualAuthentication":{"Mode":"¦"}}`), [
    "off",
    "passthrough",
    "verify",
  ]);
});

test("nothing is offered that mutual TLS of a domain name excludes", () => {
  const start = '{"domainName":"a","regionalCertificateArn":"x"';
  assert.deepEqual(offered(`${start},${block},"securityPolicy":"¦"}`), ["TLS_1_2"]);
  assert.deepEqual(offered(`${start},"securityPolicy":"¦"}`), ["TLS_1_0", "TLS_1_2"]);
  assert.ok(!offered(`${start},${block},¦}`).includes("endpointAccessMode"));
  assert.ok(offered(`${start},¦}`).includes("endpointAccessMode"));
});

test("a distribution of tenants is offered no price class", () => {
  const config = (mode: string) =>
    `{"CallerReference":"c","Origins":{"Quantity":0,"Items":[]},"DefaultCacheBehavior":{"TargetOriginId":"o"},"Comment":"","Enabled":true,"ConnectionMode":"${mode}","PriceClass":"¦"}`;
  assert.deepEqual(offered(config("tenant-only")), []);
  assert.ok(offered(config("direct")).includes("PriceClass_All"));
});
