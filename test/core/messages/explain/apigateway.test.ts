import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { http, rest } from "../../../../src/core/apigateway/vocabulary.ts";
import { memberOf } from "../../../../src/core/document/tree.ts";
import { kindOf } from "../../../../src/core/kinds.ts";
import { explainDomainNameMember } from "../../../../src/core/messages/explain/apigateway.ts";
import { readText } from "../../checking.ts";

function explained(key: string, spelling = rest, value = "x"): string {
  const { root } = readText(JSON.stringify({ [key]: value })).tree;
  const explanation = explainDomainNameMember(memberOf(root, key) ?? assert.fail(), spelling);
  return [...(explanation?.text ?? []), ...(explanation?.facts.flat() ?? [])].join(" ");
}

describe("what hovers say of a domain name", () => {
  test("the endpoint access mode goes with the enhanced policies alone, in a member and in an operation", () => {
    for (const text of [explained("endpointAccessMode"), explained("path", rest, "/endpointAccessMode")]) {
      assert.match(text, /The enhanced security policies, SecurityPolicy_…, require this setting/);
      assert.match(text, /set this to an empty string/);
    }
  });

  test("the statuses, each with what it means, in the names of both APIs", () => {
    for (const text of [explained("domainNameStatus"), explained("DomainNameStatus", http)]) {
      assert.match(text, /PENDING_CERTIFICATE_REIMPORT The server certificate was imported into ACM again/);
      assert.match(text, /PENDING_OWNERSHIP_VERIFICATION A certificate that verified .* expired/);
    }
  });

  test("the permissions that a change takes", () => {
    assert.match(explained("mutualTlsAuthentication"), /apigateway:AddCertificateToDomain/);
  });

  test("the one policy of HTTP and WebSocket APIs", () => {
    assert.match(explained("SecurityPolicy", http), /support only TLS_1_2/);
    assert.doesNotMatch(explained("securityPolicy"), /HTTP and WebSocket/);
  });
});

describe("what is offered in a domain name", () => {
  function offered(text: string): string[] {
    const at = text.indexOf("‸");
    const { tree, subjects } = readText(text.replace("‸", ""));
    const [subject] = subjects;
    return subject === undefined
      ? []
      : kindOf(subject)
          .offers(subject, tree, at)
          .map(({ label }) => label);
  }

  test("no other policy for an HTTP API than the one it supports", () => {
    const text = JSON.stringify({ DomainName: "a.example.com", DomainNameConfigurations: [{ SecurityPolicy: "‸" }] });
    assert.deepEqual(offered(text), ["TLS_1_2"]);
  });

  test("the endpoint access mode of a REST API, with its values", () => {
    const domain = { domainName: "a.example.com", endpointConfiguration: { types: ["REGIONAL"] } };
    assert.ok(offered(JSON.stringify({ ...domain, "‸": "" })).includes("endpointAccessMode"));
    assert.deepEqual(offered(JSON.stringify({ ...domain, endpointAccessMode: "‸" })), ["BASIC", "STRICT"]);
  });

  test("the paths of an update, but for those that only private domain names have", () => {
    const operations = [
      { op: "replace", path: "/mutualTlsAuthentication/truststoreVersion", value: "v2" },
      { op: "replace", path: "‸", value: "" },
    ];
    const paths = offered(JSON.stringify({ domainName: "a.example.com", patchOperations: operations }));
    for (const path of ["/certificateName", "/endpointAccessMode", "/endpointConfiguration/types"])
      assert.ok(paths.includes(path), path);
    for (const path of ["/policy", "/managementPolicy"]) assert.ok(!paths.includes(path), path);
  });
});
