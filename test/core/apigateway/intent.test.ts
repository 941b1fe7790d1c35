import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  domainNameChangesFor,
  domainNameOffChanges,
  domainNameOffUnfitFor,
  domainNameUnfitFor,
  leavesVersion,
  losesAccessMode,
  type Truststore,
} from "../../../src/core/apigateway/intent.ts";
import type { Json } from "../../../src/core/document/tree.ts";
import { subjectsOf } from "../../../src/core/facts.ts";
import { problemsIn, readText, render } from "../checking.ts";

const certificate = "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
const uri = "s3://example-truststores/clients.pem";
const wanted: Truststore = { uri, version: "v2" };
const rest = {
  domainName: "api.example.com",
  regionalCertificateArn: certificate,
  endpointConfiguration: { types: ["REGIONAL"] },
  securityPolicy: "TLS_1_2",
};
const http = {
  DomainName: "api.example.com",
  DomainNameConfigurations: [{ CertificateArn: certificate, EndpointType: "REGIONAL", SecurityPolicy: "TLS_1_2" }],
};
const uriOperation = { op: "replace", path: "/mutualTlsAuthentication/truststoreUri", value: uri };
const versionOperation = { op: "replace", path: "/mutualTlsAuthentication/truststoreVersion", value: "v2" };

function domainOf(value: Json) {
  const facts = readText(JSON.stringify(value, undefined, 2));
  const [found] = subjectsOf(facts, "domain-names");
  return { tree: facts.tree, domain: found?.domains[0] ?? assert.fail() };
}

function carryOut(value: Json, truststore: Truststore = wanted): Json {
  const { tree, domain } = domainOf(value);
  const text = render(tree, domainNameChangesFor(domain, truststore));
  const again = JSON.parse(text) as Json;
  const { tree: after, domain: there } = domainOf(again);
  assert.equal(
    render(after, domainNameChangesFor(there, truststore)),
    JSON.stringify(again, undefined, 2),
    "once is enough",
  );
  return again;
}

describe("to enable mutual TLS on a domain name", () => {
  test("adds the block, in the spelling of its API", () => {
    assert.deepEqual(carryOut(rest), {
      ...rest,
      mutualTlsAuthentication: { truststoreUri: uri, truststoreVersion: "v2" },
    });
    assert.deepEqual(carryOut(http), {
      ...http,
      MutualTlsAuthentication: { TruststoreUri: uri, TruststoreVersion: "v2" },
    });
    assert.deepEqual(carryOut({ ...rest, mutualTlsAuthentication: null }), {
      ...rest,
      mutualTlsAuthentication: { truststoreUri: uri, truststoreVersion: "v2" },
    });
  });

  test("changes the place and the version that are there, and leaves no version of another object", () => {
    assert.deepEqual(
      carryOut({ ...rest, mutualTlsAuthentication: { truststoreUri: "s3://old/key", truststoreVersion: "v1" } }),
      { ...rest, mutualTlsAuthentication: { truststoreUri: uri, truststoreVersion: "v2" } },
    );
    assert.deepEqual(
      carryOut(
        { ...http, MutualTlsAuthentication: { TruststoreUri: "", TruststoreVersion: "v1" } },
        { uri, version: undefined },
      ),
      { ...http, MutualTlsAuthentication: { TruststoreUri: uri } },
    );
    assert.deepEqual(carryOut({ truststoreUri: uri, truststoreVersion: "v1" }), {
      truststoreUri: uri,
      truststoreVersion: "v2",
    });
  });

  test("sets the one security policy that goes with it", () => {
    const on = { mutualTlsAuthentication: { truststoreUri: uri, truststoreVersion: "v2" } };
    for (const securityPolicy of ["TLS_1_0", "SecurityPolicy_TLS13_1_2_2021_06"])
      assert.deepEqual(carryOut({ ...rest, securityPolicy }), { ...rest, ...on });
    assert.deepEqual(carryOut({ ...rest, securityPolicy: "${policy}" }), {
      ...rest,
      securityPolicy: "${policy}",
      ...on,
    });
  });

  test("takes the endpoint access mode away, which goes with an enhanced policy alone", () => {
    const on = { mutualTlsAuthentication: { truststoreUri: uri, truststoreVersion: "v2" } };
    const enhanced = "SecurityPolicy_TLS13_1_3_2025_09";
    assert.deepEqual(carryOut({ ...rest, securityPolicy: enhanced, endpointAccessMode: "STRICT" }), { ...rest, ...on });
    assert.deepEqual(carryOut({ ...rest, endpointAccessMode: "" }), { ...rest, endpointAccessMode: "", ...on });
    const policy = (value: string) => ({ op: "replace", path: "/securityPolicy", value });
    const mode = (value: string) => ({ op: "replace", path: "/endpointAccessMode", value });
    assert.deepEqual(carryOut([policy(enhanced), mode("STRICT"), uriOperation]), [
      policy("TLS_1_2"),
      mode(""),
      uriOperation,
      versionOperation,
    ]);
    assert.deepEqual(carryOut([policy(enhanced), uriOperation]), [
      policy("TLS_1_2"),
      uriOperation,
      mode(""),
      versionOperation,
    ]);
    assert.deepEqual(carryOut([mode("BASIC"), uriOperation]), [uriOperation, versionOperation]);
    const lost = (value: Json) => losesAccessMode(domainOf(value).domain);
    assert.ok(lost({ ...rest, securityPolicy: enhanced, endpointAccessMode: "BASIC" }));
    assert.ok(!lost(rest));
    assert.ok(!lost([policy("TLS_1_2"), mode(""), uriOperation]));
  });

  test("puts operations into an update, each once", () => {
    const update = (...patchOperations: readonly Json[]) => ({ domainName: "api.example.com", patchOperations });
    assert.deepEqual(carryOut(update()), update(uriOperation, versionOperation));
    assert.deepEqual(
      carryOut(update({ op: "remove", path: uriOperation.path })),
      update(uriOperation, versionOperation),
    );
    assert.deepEqual(
      carryOut(update({ ...uriOperation, value: "" }, { op: "replace", path: "/securityPolicy", value: "TLS_1_0" })),
      update(uriOperation, { op: "replace", path: "/securityPolicy", value: "TLS_1_2" }, versionOperation),
    );
    assert.deepEqual(
      carryOut(update(uriOperation, versionOperation), { uri, version: undefined }),
      update(uriOperation),
    );
    assert.deepEqual(carryOut([{ ...uriOperation, op: "copy" }]), [uriOperation, versionOperation]);
  });

  test("leaves a document in which no rule finds more than what is worth knowing", () => {
    for (const value of [
      rest,
      { ...rest, securityPolicy: "TLS_1_0" },
      http,
      { domainName: "a.example.com", patchOperations: [] },
    ])
      assert.deepEqual(
        problemsIn(JSON.stringify(carryOut(value))).map(({ rule }) => rule.id),
        ["domain-name/side-door"],
      );
  });
});

test("a domain name is unfit where mutual TLS cannot be, or is written otherwise already", () => {
  const cases: readonly (readonly [Json, string | undefined])[] = [
    [rest, undefined],
    [{ ...rest, mutualTlsAuthentication: { truststoreUri: uri } }, undefined],
    [{ ...rest, endpointConfiguration: { types: ["EDGE"] } }, "edge"],
    [{ ...rest, endpointConfiguration: { types: ["PRIVATE"] } }, "private"],
    [{ ...rest, MutualTlsAuthentication: { truststoreUri: uri } }, "misspelled"],
    [{ ...rest, mutualTlsAuthentication: { TruststoreUri: uri } }, "misspelled"],
    [{ ...rest, mutualTlsAuthentication: [] }, "misspelled"],
  ];
  for (const [value, expected] of cases) {
    const { domain } = domainOf(value);
    assert.equal(domainNameUnfitFor(domain), expected);
    if (expected !== undefined) assert.deepEqual(domainNameChangesFor(domain, wanted), []);
  }
});

test("operations that name no version leave the one that the domain name has, unless one removes it", () => {
  const none = { uri, version: undefined };
  const removing = { op: "remove", path: versionOperation.path };
  assert.equal(leavesVersion(domainOf([uriOperation]).domain, none), true);
  assert.equal(leavesVersion(domainOf([uriOperation]).domain, wanted), false);
  assert.equal(leavesVersion(domainOf([uriOperation, removing]).domain, none), false);
  assert.equal(leavesVersion(domainOf(rest).domain, none), false);
  assert.deepEqual(carryOut([uriOperation, removing], none), [uriOperation, removing]);
});

/** Turned off; then there is nothing left to turn off. */
function turnOff(value: Json): Json {
  const { tree, domain } = domainOf(value);
  assert.equal(domainNameOffUnfitFor(domain), undefined);
  const again = JSON.parse(render(tree, domainNameOffChanges(domain))) as Json;
  assert.equal(domainNameOffUnfitFor(domainOf(again).domain), "already-off", "once is enough");
  assert.ok(!problemsIn(JSON.stringify(again)).some(({ severity }) => severity === "error"));
  return again;
}

describe("to turn mutual TLS of a domain name off", () => {
  const block = { truststoreUri: uri, truststoreVersion: "v2" };
  const Block = { TruststoreUri: uri, TruststoreVersion: "v2" };

  test("takes the block out of an answer, and of the input that creates one", () => {
    assert.deepEqual(turnOff({ ...rest, mutualTlsAuthentication: block }), rest);
    const answer = { ...rest, domainNameStatus: "AVAILABLE" };
    assert.deepEqual(turnOff({ ...answer, mutualTlsAuthentication: block }), answer);
    const [configuration] = http.DomainNameConfigurations;
    const ofHttp = { ...http, DomainNameConfigurations: [{ ...configuration, DomainNameStatus: "AVAILABLE" }] };
    assert.deepEqual(turnOff({ ...ofHttp, MutualTlsAuthentication: Block }), ofHttp);
  });

  test("empties the place where the document may be an update, which keeps what it leaves out", () => {
    assert.deepEqual(turnOff({ ...http, MutualTlsAuthentication: Block }), {
      ...http,
      MutualTlsAuthentication: { TruststoreUri: "" },
    });
    // Emptied, the block alone can be anything.
    const alone = domainOf(Block);
    assert.deepEqual(JSON.parse(render(alone.tree, domainNameOffChanges(alone.domain))), { TruststoreUri: "" });
  });

  test("is an operation among operations, and the version goes", () => {
    const off = { ...uriOperation, value: "" };
    assert.deepEqual(turnOff({ patchOperations: [uriOperation, versionOperation] }), { patchOperations: [off] });
    assert.deepEqual(turnOff([{ op: "add", path: uriOperation.path, value: uri }]), [{ ...off, op: "add" }]);
    assert.deepEqual(turnOff([versionOperation]), [off]);
  });

  test("is refused where it is off, or is not written as API Gateway reads it", () => {
    const unfit = (value: Json) => domainNameOffUnfitFor(domainOf(value).domain);
    assert.equal(unfit(rest), "already-off");
    assert.equal(unfit({ ...http, MutualTlsAuthentication: { TruststoreUri: "" } }), "already-off");
    assert.equal(unfit([{ op: "remove", path: uriOperation.path }]), "already-off");
    assert.equal(unfit({ ...rest, mutualTls: block }), "misspelled");
  });
});
