import * as assert from "node:assert/strict";
import { test } from "node:test";
import { domainNameOffers } from "../../../src/core/apigateway/completion.ts";
import type { Json } from "../../../src/core/document/tree.ts";
import { subjectsOf } from "../../../src/core/facts.ts";
import { readText } from "../checking.ts";

/** @param value where the cursor stands in the last text that is empty */
function offered(value: Json): readonly string[] {
  const text = JSON.stringify(value, undefined, 1);
  const facts = readText(text);
  const [found] = subjectsOf(facts, "domain-names");
  return domainNameOffers(found ?? assert.fail(), facts.tree, text.lastIndexOf('""') + 1).map(({ label }) => label);
}

const block = { truststoreUri: "s3://shop-trust/clients.pem" };

test("with mutual TLS, only the endpoint type that it takes is offered", () => {
  const at = { domainName: "a.example.com", endpointConfiguration: { types: [""] } };
  assert.deepEqual(offered({ ...at, mutualTlsAuthentication: block }), ["REGIONAL"]);
  assert.deepEqual(offered({ ...at, regionalCertificateArn: "arn" }), ["REGIONAL", "EDGE", "PRIVATE"]);
  const http = { DomainName: "a.example.com", DomainNameConfigurations: [{ CertificateArn: "arn", EndpointType: "" }] };
  const mtls = { MutualTlsAuthentication: { TruststoreUri: "s3://shop-trust/clients.pem" } };
  assert.deepEqual(offered({ ...mtls, ...http }), ["REGIONAL"]);
});

test("operations are offered for an update alone, and only those that the path supports", () => {
  const names = offered({ domainName: "a.example.com", mutualTlsAuthentication: block, "": 1 });
  assert.ok(names.includes("securityPolicy") && !names.includes("patchOperations"), names.join());
  const at = (path: string) => ({ domainName: "a.example.com", patchOperations: [{ path, op: "" }] });
  assert.deepEqual(offered(at("/endpointConfiguration/types")), ["add", "remove"]);
  assert.deepEqual(offered(at("/securityPolicy")), ["replace"]);
  assert.deepEqual(offered(at("/other")), ["add", "replace", "remove"]);
});
