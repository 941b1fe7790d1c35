import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Json } from "../../../src/core/document/tree.ts";
import { configOf, subjectsOf } from "../../../src/core/facts.ts";
import { noTargets, targetRemarks } from "../../../src/core/messages/probe/target.ts";
import { tell } from "../../../src/core/messages/tell.ts";
import { domainNameTarget, listenerTarget, viewersTarget } from "../../../src/core/probe/endpoint-target.ts";
import { originTarget } from "../../../src/core/probe/origin-target.ts";
import {
  enteredTarget,
  isTarget,
  type NoTarget,
  type ProbeTarget,
  plansFor,
  sideDoorHost,
  sideDoorPlan,
} from "../../../src/core/probe/target.ts";
import { read } from "../../../src/core/read.ts";
import { readText } from "../checking.ts";

const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";
const hostOnly = "bf0718e1-ba1e-49d1-88b1-f726733018ae";
const exceptHost = "b689b0a8-53d0-40ab-baf2-68738e2966ac";
const cors = "59781a5b-3903-41f3-afcb-af62929ccde1";
const disabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const originHeaders = "83da9c7e-98b4-4e11-a168-04f0df8e2c65";
const custom = "11111111-2222-3333-4444-555555555555";
const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

const counted = (...items: readonly Json[]): Json => ({ Quantity: items.length, Items: items });

interface Wish {
  readonly origin?: { readonly [key: string]: Json };
  readonly settings?: { readonly [key: string]: Json };
  readonly behavior?: { readonly [key: string]: Json };
  readonly more?: { readonly [key: string]: Json };
}

function config({ origin = {}, settings = {}, behavior = {}, more = {} }: Wish): Json {
  return {
    CallerReference: "r",
    Comment: "",
    Enabled: true,
    Origins: counted({
      Id: "o1",
      DomainName: "origin.example.com",
      CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only", ...settings },
      ...origin,
    }),
    DefaultCacheBehavior: { TargetOriginId: "o1", ViewerProtocolPolicy: "https-only", ...behavior },
    ...more,
  };
}

function origin(wish: Wish, own?: string): ProbeTarget | NoTarget {
  return originIn(JSON.stringify(config(wish)), own);
}

function originIn(text: string, own?: string, syntax: "json" | "yaml" = "json"): ProbeTarget | NoTarget {
  const facts = read({ text, syntax, name: `config.${syntax}`, encoding: "utf8" });
  const distribution = configOf(facts)?.distribution ?? assert.fail("no distribution");
  return originTarget(distribution.origins[0] ?? assert.fail("no origin"), distribution, own);
}

function target(found: ProbeTarget | NoTarget): ProbeTarget {
  return isTarget(found) ? found : assert.fail(found.code);
}

const names = (found: ProbeTarget | NoTarget) => plansFor(target(found)).plans.map(({ name }) => name);
const codes = (found: ProbeTarget | NoTarget) => target(found).remarks.map(({ code }) => code);

describe("an origin", () => {
  test("is connected to as its config says", () => {
    const found = target(
      origin({
        origin: {
          OriginPath: "/shop",
          CustomHeaders: counted({ HeaderName: "X-Secret", HeaderValue: "value-of-the-header" }),
        },
        settings: {
          HTTPSPort: 8443,
          OriginSslProtocols: counted("SSLv3", "TLSv1.1", "TLSv1.2"),
          IpAddressType: "dualstack",
          OriginMtlsConfig: { ClientCertificateArn: certificate },
        },
      }),
    );
    assert.deepEqual(plansFor(found).plans, [
      {
        role: "origin",
        host: "origin.example.com",
        port: 8443,
        name: "origin.example.com",
        addresses: "dualstack",
        versions: ["TLSv1.1", "TLSv1.2"],
        request: { method: "HEAD", path: "/shop/", headers: [] },
      },
    ]);
    assert.equal(found.clientCertificate, certificate);
    assert.deepEqual(found.headers, [{ name: "X-Secret", value: "value-of-the-header" }]);
    assert.deepEqual(found.remarks, []);
  });

  test("has the defaults of CloudFront where its config says nothing, or nothing that can be", () => {
    const { addresses, versions, path, port } = target(origin({}));
    assert.deepEqual(
      { addresses, versions, path, port },
      { addresses: "ipv4", versions: ["TLSv1.2"], path: "/", port: 443 },
    );
    const odd = target(
      origin({
        origin: { OriginPath: "a b" },
        settings: { HTTPSPort: 99_999, OriginSslProtocols: counted("SSLv3"), IpAddressType: "both" },
      }),
    );
    assert.deepEqual([odd.addresses, odd.versions, odd.path, odd.port], ["ipv4", ["TLSv1.2"], "/", 443]);
    for (const [written, path] of [
      ["", "/"],
      ["/", "/"],
      ["/a/b", "/a/b/"],
      ["/a/b/", "/a/b/"],
      ["a", "/a/"],
    ])
      assert.equal(target(origin({ origin: { OriginPath: written ?? "" } })).path, path);
  });

  test("without TLS, in a bucket or in a VPC is none to verify", () => {
    const found = [
      origin({ settings: { OriginProtocolPolicy: "http-only" } }),
      originIn(
        JSON.stringify(config({})).replace(
          /"CustomOriginConfig":\{[^}]*\}/,
          '"S3OriginConfig":{"OriginAccessIdentity":""}',
        ),
      ),
      originIn(
        JSON.stringify(config({ origin: { DomainName: "files.s3.us-east-1.amazonaws.com" } })).replace(
          /"CustomOriginConfig":\{[^}]*\}/,
          '"OriginAccessControlId":"E1"',
        ),
      ),
      originIn(
        JSON.stringify(config({})).replace(
          /"CustomOriginConfig":\{[^}]*\}/,
          '"VpcOriginConfig":{"VpcOriginId":"vo_1"}',
        ),
      ),
    ];
    assert.deepEqual(
      found.map((one) => (isTarget(one) ? "a target" : one.code)),
      ["probe:http-only-origin", "probe:bucket-origin", "probe:bucket-origin", "probe:vpc-origin"],
    );
    for (const one of found) assert.match(isTarget(one) ? "" : tell(one, noTargets), /\.$/);
  });

  test("may be reached with HTTP where viewers may", () => {
    assert.deepEqual(codes(origin({ settings: { OriginProtocolPolicy: "match-viewer" } })), ["probe:match-viewer"]);
  });

  test("has no host where something fills it in later", () => {
    for (const name of ["", "<your origin>", "${origin}", "{{ origin }}", "$ORIGIN", "your-origin.example.com", "a b"])
      assert.deepEqual(target(origin({ origin: { DomainName: name } })).hosts, [], name);
    assert.deepEqual(target(origin({ origin: { DomainName: "Origin.Example.com." } })).hosts, ["Origin.Example.com"]);
    assert.deepEqual(plansFor(target(origin({ origin: { DomainName: "$ORIGIN" } }))), { plans: [], left: 0 });
    const [plan] = plansFor(target(origin({ origin: { DomainName: "$ORIGIN" } })), { host: "x.example.com" }).plans;
    assert.deepEqual([plan?.host, plan?.name], ["x.example.com", "x.example.com"]);
  });

  test("never hands on what stands for the value of a header", () => {
    const found = target(
      origin({
        origin: {
          CustomHeaders: counted(
            { HeaderName: "X-One", HeaderValue: "•••••• X-One · o1 · E1" },
            { HeaderName: "X-Two", HeaderValue: "two" },
            { HeaderValue: "nameless" },
          ),
        },
      }),
    );
    assert.deepEqual(found.headers, [
      { name: "X-One", value: undefined },
      { name: "X-Two", value: "two" },
    ]);
  });
});

describe("the name that is said to an origin", () => {
  const aliases = { Aliases: counted("www.example.com", "Shop.example.com") };

  test("is its own where no policy forwards Host", () => {
    for (const behavior of [
      {},
      { OriginRequestPolicyId: exceptHost, CachePolicyId: disabled },
      { OriginRequestPolicyId: cors },
      { OriginRequestPolicyId: "" },
      { ForwardedValues: { QueryString: true, Cookies: { Forward: "none" }, Headers: counted("Accept") } },
      { ForwardedValues: { QueryString: true, Cookies: { Forward: "none" } } },
    ])
      assert.deepEqual(
        [names(origin({ behavior, more: aliases })), codes(origin({ behavior, more: aliases }))],
        [["origin.example.com"], []],
      );
  });

  test("is each alias where one does", () => {
    for (const behavior of [
      { OriginRequestPolicyId: allViewer },
      { OriginRequestPolicyId: hostOnly.toUpperCase() },
      { CachePolicyId: originHeaders },
      { OriginRequestPolicyId: exceptHost, CachePolicyId: originHeaders },
      { ForwardedValues: { QueryString: true, Cookies: { Forward: "none" }, Headers: counted("host") } },
      { ForwardedValues: { QueryString: true, Cookies: { Forward: "none" }, Headers: counted("*") } },
    ]) {
      const found = origin({ behavior, more: aliases });
      assert.deepEqual(names(found), ["www.example.com", "shop.example.com"]);
      assert.deepEqual(codes(found), ["probe:host-forwarded"]);
      assert.ok(plansFor(target(found)).plans.every(({ host }) => host === "origin.example.com"));
    }
  });

  test("is both where behaviors differ", () => {
    const other = {
      CacheBehaviors: counted({ PathPattern: "/a", TargetOriginId: "o1", OriginRequestPolicyId: allViewer }),
    };
    assert.deepEqual(names(origin({ more: { ...aliases, ...other } })), [
      "origin.example.com",
      "www.example.com",
      "shop.example.com",
    ]);
    const elsewhere = {
      CacheBehaviors: counted({ PathPattern: "/a", TargetOriginId: "o2", OriginRequestPolicyId: allViewer }),
    };
    assert.deepEqual(names(origin({ more: { ...aliases, ...elsewhere } })), ["origin.example.com"]);
  });

  test("reaches it through a group, too", () => {
    const more = {
      ...aliases,
      OriginGroups: counted({ Id: "g", Members: counted({ OriginId: "o1" }, { OriginId: "o2" }) }),
    };
    const behavior = { TargetOriginId: "g", OriginRequestPolicyId: allViewer };
    assert.deepEqual(names(origin({ behavior, more })), ["www.example.com", "shop.example.com"]);
  });

  test("is its own, and that is said, where a policy is not known", () => {
    const found = origin({ behavior: { OriginRequestPolicyId: custom }, more: aliases });
    assert.deepEqual([names(found), codes(found)], [["origin.example.com"], ["probe:unknown-host-policy"]]);
    assert.deepEqual(codes(origin({ behavior: { CachePolicyId: custom }, more: aliases })), [
      "probe:unknown-host-policy",
    ]);
  });

  test("is that of the distribution where it has no alias", () => {
    const behavior = { OriginRequestPolicyId: allViewer };
    assert.deepEqual(names(origin({ behavior }, "d111111abcdef8.cloudfront.net")), ["d111111abcdef8.cloudfront.net"]);
    assert.deepEqual(
      [names(origin({ behavior })), codes(origin({ behavior }))],
      [["origin.example.com"], ["probe:no-alias"]],
    );
  });

  test("is no wildcard, and no more than some names", () => {
    const behavior = { OriginRequestPolicyId: allViewer };
    const wild = origin({ behavior, more: { Aliases: counted("*.example.com", "www.example.com") } });
    assert.deepEqual(
      [names(wild), codes(wild)],
      [["www.example.com"], ["probe:host-forwarded", "probe:wildcard-alias"]],
    );
    const many = Array.from({ length: 100 }, (_, index) => `a${index}.example.com`);
    const { plans, left } = plansFor(target(origin({ behavior, more: { Aliases: counted(...many) } })));
    assert.deepEqual([plans.length, left], [8, 92]);
  });

  test("is what the user chooses", () => {
    const found = target(origin({ behavior: { OriginRequestPolicyId: allViewer }, more: aliases }));
    const { plans } = plansFor(found, { name: "other.example.com", port: 444, request: { method: "GET", path: "/x" } });
    assert.deepEqual(
      plans.map(({ host, port, name, request }) => [host, port, name, request.method, request.path]),
      [["origin.example.com", 444, "other.example.com", "GET", "/x"]],
    );
  });
});

describe("an origin in a template", () => {
  const yaml = (lines: readonly string[], properties: readonly string[] = []) =>
    [
      "Resources:",
      "  Site:",
      "    Type: AWS::CloudFront::Distribution",
      "    Properties:",
      "      DistributionConfig:",
      "        Enabled: true",
      ...properties.map((line) => `        ${line}`),
      "        DefaultCacheBehavior:",
      "          TargetOriginId: o1",
      "          ViewerProtocolPolicy: https-only",
      `          OriginRequestPolicyId: ${allViewer}`,
      "        Origins:",
      "          - Id: o1",
      ...lines.map((line) => `            ${line}`),
    ].join("\n");

  test("is read as in a config", () => {
    const text = yaml(
      [
        "DomainName: origin.example.com",
        "OriginPath: /v1",
        "OriginCustomHeaders: [{HeaderName: X-Secret, HeaderValue: hidden}]",
        "CustomOriginConfig:",
        "  OriginProtocolPolicy: https-only",
        "  HTTPSPort: '8443'",
        "  IpAddressType: ipv6",
        "  OriginSSLProtocols: [TLSv1.1, TLSv1.2]",
      ],
      ["Aliases: [www.example.com, !Ref Alias]"],
    );
    const found = target(originIn(text, undefined, "yaml"));
    const [plan] = plansFor(found).plans;
    assert.deepEqual(
      [plan?.host, plan?.port, plan?.name, plan?.addresses, plan?.versions, plan?.request.path],
      ["origin.example.com", 8443, "www.example.com", "ipv6", ["TLSv1.1", "TLSv1.2"], "/v1/"],
    );
    assert.deepEqual(found.headers, [{ name: "X-Secret", value: "hidden" }]);
    assert.deepEqual(codes(found), ["probe:host-forwarded", "probe:unknown-alias"]);
  });

  test("is asked for where the template computes it, and what is computed elsewhere is not guessed", () => {
    const text = yaml(
      [
        "DomainName: !GetAtt Balancer.DNSName",
        "OriginCustomHeaders: [{HeaderName: X-Secret, HeaderValue: !Ref Secret}]",
        "CustomOriginConfig: {OriginProtocolPolicy: https-only, HTTPSPort: !Ref Port}",
      ],
      ["Aliases: [www.example.com]"],
    );
    const found = target(originIn(text, undefined, "yaml"));
    assert.deepEqual([found.hosts, found.port, found.names], [[], 443, ["www.example.com"]]);
    assert.deepEqual(found.headers, [{ name: "X-Secret", value: undefined }]);
    const [plan] = plansFor(found, { host: "balancer.example.com" }).plans;
    assert.deepEqual([plan?.host, plan?.name], ["balancer.example.com", "www.example.com"]);
  });
});

describe("viewers", () => {
  const mtls = (Mode: string) => ({
    ViewerMtlsConfig: { Mode, TrustStoreConfig: { TrustStoreId: "ts_1" } },
  });
  const viewers = (more: { readonly [key: string]: Json }, own?: string) => {
    const { distribution } = configOf(readText(JSON.stringify(config({ more })))) ?? assert.fail("no distribution");
    return viewersTarget(distribution, own);
  };

  test("connect to each alias, or to the distribution itself", () => {
    const aliases = { Aliases: counted("www.example.com", "*.shop.example.com") };
    const found = target(viewers({ ...mtls("required"), ...aliases }, "d1.cloudfront.net"));
    assert.deepEqual([found.hosts, codes(found)], [["www.example.com"], ["probe:wildcard-alias"]]);
    assert.equal(plansFor(found).plans[0]?.role, "endpoint");
    assert.deepEqual(target(viewers(mtls("required"), "d1.cloudfront.net")).hosts, ["d1.cloudfront.net"]);
    assert.deepEqual(target(viewers(mtls("required"))).hosts, []);
  });

  test("are let in by some modes, and not asked without mTLS", () => {
    assert.deepEqual(codes(viewers(mtls("optional"))), ["probe:lets-in-by-mode"]);
    const off = viewers({});
    assert.equal(isTarget(off) ? "" : off.code, "probe:no-viewer-mtls");
  });
});

describe("a domain name", () => {
  const domain = (json: Json, syntax: "json" | "yaml" = "json") => {
    const text = typeof json === "string" ? json : JSON.stringify(json);
    const facts = read({ text, syntax, name: `domain.${syntax}`, encoding: "utf8" });
    return domainNameTarget(subjectsOf(facts, "domain-names")[0]?.domains[0] ?? assert.fail("no domain name"));
  };
  const mutualTlsAuthentication = { truststoreUri: "s3://stores/clients.pem" };
  const regional = "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

  test("is connected to by its name, whichever API writes it", () => {
    const rest = domain({ domainName: "api.example.com", regionalCertificateArn: regional, mutualTlsAuthentication });
    const http = domain({
      DomainName: "api.example.com",
      DomainNameConfigurations: [{ CertificateArn: regional, EndpointType: "REGIONAL" }],
      MutualTlsAuthentication: { TruststoreUri: "s3://stores/clients.pem" },
    });
    for (const { hosts, port, api } of [rest, http])
      assert.deepEqual([hosts, port, api], [["api.example.com"], 443, { region: "eu-west-1", partition: "aws" }]);
  });

  test("is asked for where a template computes it, or it stands for many", () => {
    const text = [
      "Resources:",
      "  Name:",
      "    Type: AWS::ApiGateway::DomainName",
      "    Properties:",
      "      DomainName: !Sub 'api.${Zone}'",
      "      RegionalCertificateArn: !Ref Certificate",
      "      MutualTlsAuthentication: {TruststoreUri: 's3://stores/clients.pem'}",
    ].join("\n");
    const found = domain(text, "yaml");
    assert.deepEqual([found.hosts, found.api], [[], { region: undefined, partition: undefined }]);
    const wild = domain({ domainName: "*.example.com", regionalCertificateArn: regional, mutualTlsAuthentication });
    assert.deepEqual([wild.hosts, codes(wild)], [[], ["probe:wildcard-name"]]);
  });

  test("has a side door, by the host of the API or its ID", () => {
    const here = { api: { region: "eu-west-1", partition: "aws" } };
    assert.equal(sideDoorHost("a1b2c3d4e5", here), "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com");
    assert.equal(
      sideDoorHost("a1b2c3d4e5", { api: { region: "cn-north-1", partition: "aws-cn" } }),
      "a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com.cn",
    );
    // The target of a custom domain name, which may well ask, is no default endpoint.
    assert.equal(sideDoorHost("d-a1b2c3d4e5.execute-api.us-east-1.amazonaws.com", here), undefined);
    const host = "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com";
    assert.equal(sideDoorHost(`https://${host}/`, {}), host);
    for (const wrong of ["a1b2c3d4e5", "example.com", "", "a b"]) assert.equal(sideDoorHost(wrong, {}), undefined);
    const { role, name, request } = sideDoorPlan(host, { path: "/prod" });
    assert.deepEqual([role, name, request.path], ["side-door", host, "/prod"]);
  });
});

describe("a listener", () => {
  const listener = (more: { readonly [key: string]: Json }) => {
    const facts = readText(
      JSON.stringify({
        LoadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188",
        ...more,
      }),
    );
    return listenerTarget(subjectsOf(facts, "listeners")[0]?.listeners[0] ?? assert.fail("no listener"));
  };

  test("has a port, and is asked for its host", () => {
    const found = target(listener({ Protocol: "HTTPS", Port: 8443, MutualAuthentication: { Mode: "verify" } }));
    assert.deepEqual([found.hosts, found.port, found.remarks], [[], 8443, []]);
    assert.equal(target(listener({ Protocol: "HTTPS", Port: 0 })).port, 443);
  });

  test("lets in by its mode, or has no TLS", () => {
    assert.deepEqual(codes(listener({ Protocol: "HTTPS", Port: 443, MutualAuthentication: { Mode: "passthrough" } })), [
      "probe:lets-in-by-mode",
    ]);
    const plain = listener({ Protocol: "HTTP", Port: 80 });
    assert.equal(isTarget(plain) ? "" : plain.code, "probe:listener-without-tls");
  });
});

test("a server that is entered is taken as it is", () => {
  const [plan] = plansFor(enteredTarget("origin", "192.0.2.1", 8443)).plans;
  assert.deepEqual(
    [plan?.host, plan?.port, plan?.name, plan?.addresses],
    ["192.0.2.1", 8443, "192.0.2.1", "dualstack"],
  );
});

test("every remark is a sentence", () => {
  const args = { alias: "*.example.com", name: "*.example.com", mode: "optional", left: 3 };
  for (const code of Object.keys(targetRemarks)) assert.match(tell({ code, args }, targetRemarks), /\.$/);
});
