import * as assert from "node:assert/strict";
import { test } from "node:test";
import { updateDomainNameCommand } from "../../../src/core/apigateway/update-command.ts";
import type { Json } from "../../../src/core/document/tree.ts";
import { payloadOf } from "../../../src/core/facts.ts";
import { readText } from "../checking.ts";

const certificate = "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
const rest = { domainName: "api.example.com", regionalCertificateArn: certificate, domainNameStatus: "AVAILABLE", securityPolicy: "TLS_1_2", mutualTlsAuthentication: { truststoreUri: "s3://bucket/clients.pem", truststoreVersion: "v.1_-" } };
const configuration = { CertificateArn: certificate, EndpointType: "REGIONAL", SecurityPolicy: "TLS_1_2", DomainNameStatus: "AVAILABLE", HostedZoneId: "Z1" };
const http = { DomainName: "api.example.com", DomainNameConfigurations: [configuration], MutualTlsAuthentication: { TruststoreUri: "s3://bucket/clients.pem" } };

function commandFor(value: Json): string | undefined {
  const payload = payloadOf(readText(JSON.stringify(value)));
  assert.ok(payload?.kind === "domain-names");
  return updateDomainNameCommand(payload.domainNames.domains[0] ?? assert.fail());
}

test("the command sends what the document says, as patch operations or with its one configuration", () => {
  assert.equal(commandFor(rest), "aws apigateway update-domain-name --domain-name api.example.com --patch-operations op=replace,path=/securityPolicy,value=TLS_1_2 op=replace,path=/mutualTlsAuthentication/truststoreUri,value=s3://bucket/clients.pem op=replace,path=/mutualTlsAuthentication/truststoreVersion,value=v.1_-");
  assert.equal(commandFor(http), `aws apigatewayv2 update-domain-name --domain-name api.example.com --domain-name-configurations CertificateArn=${certificate},EndpointType=REGIONAL,SecurityPolicy=TLS_1_2 --mutual-tls-authentication TruststoreUri=s3://bucket/clients.pem`);
});

test("there is none where a shell or the CLI would read more into it, or nothing is there to update", () => {
  for (const truststoreUri of ["s3://b/a b", "s3://b/$(x)", "s3://b/a,b", "s3://b/a;x", "s3://b/`x`", "s3://b/k\n", "s3://b/a'b", ""]) assert.equal(commandFor({ ...rest, mutualTlsAuthentication: { truststoreUri } }), undefined, truststoreUri);
  assert.equal(commandFor({ ...rest, domainName: "a;b" }), undefined);
  assert.equal(commandFor({ ...rest, securityPolicy: "$x" }), undefined);
  assert.equal(commandFor({ ...http, DomainNameConfigurations: [configuration, configuration] }), undefined);
  assert.equal(commandFor({ ...http, DomainNameConfigurations: [{ ...configuration, CertificateArn: "a|b" }] }), undefined);
  const { domainNameStatus: _status, ...input } = rest;
  assert.equal(commandFor(input), undefined);
});
