import * as assert from "node:assert/strict";
import { test } from "node:test";
import type { DomainName } from "../../../src/core/apigateway/domain-name.ts";
import { turnOffDomainNameCommand, updateDomainNameCommand } from "../../../src/core/apigateway/update-command.ts";
import type { Json } from "../../../src/core/document/tree.ts";
import { subjectsOf } from "../../../src/core/facts.ts";
import { isUnquotable, type Terminal } from "../../../src/core/shell.ts";
import { readText } from "../checking.ts";

const certificate = "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
const rest = {
  domainName: "api.example.com",
  regionalCertificateArn: certificate,
  domainNameStatus: "AVAILABLE",
  securityPolicy: "TLS_1_2",
  mutualTlsAuthentication: { truststoreUri: "s3://bucket/clients.pem", truststoreVersion: "v.1_-" },
};
const configuration = {
  CertificateArn: certificate,
  EndpointType: "REGIONAL",
  SecurityPolicy: "TLS_1_2",
  DomainNameStatus: "AVAILABLE",
  HostedZoneId: "Z1",
};
const http = {
  DomainName: "api.example.com",
  DomainNameConfigurations: [configuration],
  MutualTlsAuthentication: { TruststoreUri: "s3://bucket/clients.pem" },
};

function domainOf(value: Json) {
  const [found] = subjectsOf(readText(JSON.stringify(value)), "domain-names");
  return found?.domains[0] ?? assert.fail();
}

const bash: Terminal = { shell: "sh", name: "bash" };

function command(domain: DomainName, before?: DomainName): string | undefined {
  const written = updateDomainNameCommand(domain, bash, before);
  return isUnquotable(written) ? assert.fail(written.unquotable) : written;
}

function commandFor(value: Json): string | undefined {
  return command(domainOf(value));
}

test("the command sends what the document says, as patch operations or with its one configuration", () => {
  assert.equal(
    commandFor(rest),
    "aws apigateway update-domain-name --domain-name api.example.com --patch-operations op=replace,path=/securityPolicy,value=TLS_1_2 op=replace,path=/mutualTlsAuthentication/truststoreUri,value=s3://bucket/clients.pem op=replace,path=/mutualTlsAuthentication/truststoreVersion,value=v.1_-",
  );
  assert.equal(
    commandFor(http),
    `aws apigatewayv2 update-domain-name --domain-name api.example.com --domain-name-configurations CertificateArn=${certificate},EndpointType=REGIONAL,SecurityPolicy=TLS_1_2 --mutual-tls-authentication TruststoreUri=s3://bucket/clients.pem`,
  );
});

test("a version that is gone from the document is removed from the domain name", () => {
  const { truststoreUri } = rest.mutualTlsAuthentication;
  const [before, after] = [domainOf(rest), domainOf({ ...rest, mutualTlsAuthentication: { truststoreUri } })];
  const removal = " op=remove,path=/mutualTlsAuthentication/truststoreVersion";
  assert.ok(command(after, before)?.endsWith(`value=s3://bucket/clients.pem${removal}`));
  for (const removes of [
    command(after),
    command(after, after),
    command(before, before),
    command(after, domainOf({ ...rest, mutualTlsAuthentication: { truststoreUri, truststoreVersion: "" } })),
  ])
    assert.doesNotMatch(removes ?? assert.fail(), /remove/);
  assert.ok(
    command(domainOf({ ...rest, mutualTlsAuthentication: { truststoreUri: "s3://b/a,b" } }), before)?.endsWith(
      '{"op":"remove","path":"/mutualTlsAuthentication/truststoreVersion"}]\'',
    ),
  );
});

test("the endpoint access mode of an enhanced policy is unset with it, and no other is touched", () => {
  const enhanced = { ...rest, securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09" };
  const before = domainOf({ ...enhanced, endpointAccessMode: "STRICT" });
  // The shorthand has no empty text.
  assert.deepEqual(JSON.parse(/--patch-operations '(.*)'$/.exec(command(domainOf(rest), before) ?? "")?.[1] ?? ""), [
    { op: "replace", path: "/securityPolicy", value: "TLS_1_2" },
    { op: "replace", path: "/endpointAccessMode", value: "" },
    { op: "replace", path: "/mutualTlsAuthentication/truststoreUri", value: "s3://bucket/clients.pem" },
    { op: "replace", path: "/mutualTlsAuthentication/truststoreVersion", value: "v.1_-" },
  ]);
  for (const [after, earlier] of [
    [rest, rest],
    [
      { ...rest, endpointAccessMode: "STRICT" },
      { ...enhanced, endpointAccessMode: "STRICT" },
    ],
    [
      { ...enhanced, endpointAccessMode: "STRICT" },
      { ...enhanced, endpointAccessMode: "STRICT" },
    ],
  ] as const)
    assert.doesNotMatch(command(domainOf(after), domainOf(earlier)) ?? assert.fail(), /endpointAccessMode/);
});

test("what a shell would read more into is quoted, and what the shorthand cannot hold goes as JSON", () => {
  const { securityPolicy: _policy, ...plain } = rest;
  const operations = (truststoreUri: string) =>
    /--patch-operations (.*)$/.exec(commandFor({ ...plain, mutualTlsAuthentication: { truststoreUri } }) ?? "")?.[1];
  assert.match(
    commandFor({ ...rest, domainName: "*.example.com" }) ?? "",
    /--domain-name '\*\.example\.com' --patch-operations op=replace,/,
  );
  assert.equal(
    operations("s3://b/day=1/a.pem"),
    "op=replace,path=/mutualTlsAuthentication/truststoreUri,value=s3://b/day=1/a.pem",
  );
  assert.equal(
    operations("s3://b/a~*.pem"),
    "'op=replace,path=/mutualTlsAuthentication/truststoreUri,value=s3://b/a~*.pem'",
  );
  for (const uri of [
    "s3://b/a b",
    "s3://b/$",
    "s3://b/a,b",
    "s3://b/a;x",
    "s3://b/`x`",
    "s3://b/k\n",
    's3://b/"k"',
    "s3://b/\\",
  ]) {
    assert.equal(
      operations(uri),
      `'${JSON.stringify([{ op: "replace", path: "/mutualTlsAuthentication/truststoreUri", value: uri }])}'`,
      uri,
    );
  }
  assert.equal(
    operations("s3://b/a'b"),
    `'[{"op":"replace","path":"/mutualTlsAuthentication/truststoreUri","value":"s3://b/a'\\''b"}]'`,
  );
  const wanted = commandFor({
    ...http,
    DomainNameConfigurations: [{ ...configuration, CertificateArn: "a|b" }],
    MutualTlsAuthentication: { TruststoreUri: "s3://b/a,b", TruststoreVersion: "v" },
  });
  assert.equal(
    wanted,
    `aws apigatewayv2 update-domain-name --domain-name api.example.com --domain-name-configurations '[{"CertificateArn":"a|b","EndpointType":"REGIONAL","SecurityPolicy":"TLS_1_2"}]' --mutual-tls-authentication '{"TruststoreUri":"s3://b/a,b","TruststoreVersion":"v"}'`,
  );
});

test("there is none for what no terminal or the CLI would take for a name, or where nothing is there to update", () => {
  for (const domainName of ["--profile", "file:///etc/hosts", "${name}"])
    assert.equal(commandFor({ ...rest, domainName }), undefined, domainName);
  assert.equal(commandFor({ ...rest, mutualTlsAuthentication: { truststoreUri: "" } }), undefined);
  assert.equal(commandFor({ ...rest, mutualTlsAuthentication: { truststoreUri: "s3://b/$(x)" } }), undefined);
  assert.equal(commandFor({ ...rest, securityPolicy: "${policy}" }), undefined);
  assert.equal(commandFor({ ...http, DomainNameConfigurations: [configuration, configuration] }), undefined);
  const { domainNameStatus: _status, ...input } = rest;
  assert.equal(commandFor(input), undefined);
});

test("what a shell cannot be given is said, and nothing is copied", () => {
  for (const domainName of ["a\nb", "a\u001b[2J", "a\u202eb"])
    assert.deepEqual(updateDomainNameCommand(domainOf({ ...rest, domainName }), bash), {
      unquotable: domainName,
      terminal: bash,
    });
  // JSON needs double quotes, which versions of PowerShell hand on differently.
  const powershell: Terminal = { shell: "powershell", name: "PowerShell" };
  const told = (truststoreUri: string) =>
    updateDomainNameCommand(domainOf({ ...rest, mutualTlsAuthentication: { truststoreUri } }), powershell);
  assert.ok(isUnquotable(told("s3://b/a,b")));
  // A list, for PowerShell, where it is not quoted.
  assert.match(String(told("s3://b/a")), / 'op=replace,path=\/securityPolicy,value=TLS_1_2' /);
});

test("the command that turns mutual TLS off sends an empty place", () => {
  const off = (value: Json) => turnOffDomainNameCommand(domainOf(value), bash);
  const { mutualTlsAuthentication: _, ...withoutBlock } = rest;
  const answer = `aws apigateway update-domain-name --domain-name api.example.com --patch-operations '[{"op":"replace","path":"/mutualTlsAuthentication/truststoreUri","value":""}]'`;
  assert.equal(off(withoutBlock), answer);
  const { MutualTlsAuthentication: __, ...ofHttp } = http;
  assert.equal(
    off(ofHttp),
    `aws apigatewayv2 update-domain-name --domain-name api.example.com --domain-name-configurations CertificateArn=${certificate},EndpointType=REGIONAL,SecurityPolicy=TLS_1_2 --mutual-tls-authentication '{"TruststoreUri":""}'`,
  );
  assert.equal(off({ ...withoutBlock, domainNameStatus: undefined as never }), undefined, "it is about to be created");
  // An update of the HTTP API, which says so with the empty place.
  const { CertificateArn, EndpointType } = configuration;
  assert.equal(
    off({
      DomainName: "api.example.com",
      DomainNameConfigurations: [{ CertificateArn, EndpointType }],
      MutualTlsAuthentication: { TruststoreUri: "" },
    }),
    `aws apigatewayv2 update-domain-name --domain-name api.example.com --domain-name-configurations CertificateArn=${certificate},EndpointType=REGIONAL --mutual-tls-authentication '{"TruststoreUri":""}'`,
  );
});

test("the command for operations sends all of them, whether they turn mutual TLS on or off", () => {
  const path = "/mutualTlsAuthentication/truststoreUri";
  const patched = (...patchOperations: readonly Json[]) => ({ domainName: "api.example.com", patchOperations });
  const version = { op: "remove", path: "/mutualTlsAuthentication/truststoreVersion" };
  const on = patched({ op: "add", path, value: "s3://bucket/clients.pem" }, version);
  const begin = "aws apigateway update-domain-name --domain-name api.example.com --patch-operations";
  assert.equal(
    commandFor(on),
    `${begin} op=add,path=${path},value=s3://bucket/clients.pem op=remove,path=${version.path}`,
  );
  const off = patched({ op: "replace", path, value: "" }, version);
  assert.equal(
    turnOffDomainNameCommand(domainOf(off), bash),
    `${begin} '${JSON.stringify([{ op: "replace", path, value: "" }, version])}'`,
  );
  for (const unclear of [
    patched({ op: "replace", path, value: "" }, { op: "replace", path: "/securityPolicy" }),
    patched({ path, value: "" }),
    patched({ op: "replace", path, value: "${place}" }),
    { patchOperations: [{ op: "replace", path, value: "" }] },
  ])
    assert.equal(turnOffDomainNameCommand(domainOf(unclear), bash), undefined, JSON.stringify(unclear));
});
