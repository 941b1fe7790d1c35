// Every rule of the catalogue, by its documents: what is offered for a problem that no fix mends.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { subjectsOf } from "../../src/core/facts.ts";
import { type Mending, mendingsOf, valuesAt } from "../../src/core/mending.ts";
import { fixtures, outcomeOf } from "../rules/fixtures.ts";
import { problemsIn, readText } from "./checking.ts";
import { customConfig, customOrigin, distributionConfig } from "./configs.ts";

function nameOf(mending: Mending): string {
  if (mending.kind === "certificate") return `certificate:${mending.intent}`;
  return mending.kind === "viewers" || mending.kind === "payload" ? `${mending.kind}:${mending.what}` : mending.kind;
}

/** Where there is nothing to choose: the page says what holds. */
const pageAlone = [
  "bundle/private-key",
  "distribution/connection-mode",
  "distribution/fragment",
  "distribution/origin-id",
  "distribution/quantity",
  "distribution/range",
  "distribution/required-member",
  "distribution/unknown-member",
  "domain-name/endpoint-type",
  "domain-name/member-type",
  "domain-name/mtls-off",
  "domain-name/mtls-place",
  "domain-name/mtls-spelling",
  "domain-name/one-configuration",
  "domain-name/ownership-certificate",
  "domain-name/server-certificate",
  "domain-name/side-door",
  "domain-name/status",
  "domain-name/truststore-warning",
  "file/beside-config",
  "file/encoding",
  "file/left-on",
  "file/named-resource",
  "file/nested-config",
  "file/update-members",
  "file/wrapped-config",
  "listener/association-status",
  "listener/expired-clients",
  "listener/identity-filters-use",
  "listener/mtls-place",
  "listener/mtls-spelling",
  "origin/mtls-origin-type",
  "origin/website-endpoint",
  "pem/base64",
  "pem/boundary",
  "pem/content",
  "pem/encoding",
  "pem/unread",
  "viewer-mtls/connection-function",
  "viewer-mtls/expired-viewers",
  "viewer-mtls/place",
];

/** Where a certificate has to be replaced, which is seen best in the inspector. */
const inspectAlone = [
  "bundle/authority-key",
  "bundle/foreign-block",
  "bundle/issuer-missing",
  "bundle/issuer-name",
  "bundle/issuer-not-ca",
  "bundle/order",
  "bundle/path-length",
  "bundle/signature",
  "certificate/expired",
  "certificate/expires-soon",
  "certificate/fault",
  "certificate/key-usage",
  "certificate/not-accepted",
  "certificate/not-yet-valid",
  "certificate/off-curve",
  "certificate/path-length",
  "certificate/serial-number",
  "certificate/validity",
  "certificate/version",
  "certificate/weak-key",
  "certificate/weak-signature",
  "client-certificate/chain-length",
  "client-certificate/client-auth",
  "client-certificate/issuer",
  "client-certificate/key",
  "client-certificate/key-family",
  "client-certificate/ocsp-url",
  "client-certificate/signature",
  "client-certificate/size",
  "client-certificate/version",
  "trust-store/chain-length",
  "trust-store/count",
  "trust-store/crl",
  "trust-store/disputed-content",
  "trust-store/extended-key-usage",
  "trust-store/leaf",
  "trust-store/name-constraints",
  "trust-store/namesake",
  "trust-store/public-root",
  "trust-store/root",
  "trust-store/size",
  "trust-store/subject-conflict",
  "trust-store/subject-length",
];

const others: Readonly<Record<string, readonly string[]>> = {
  "behavior/cache-policy": ["cache-policy", "value"],
  "behavior/grpc": ["value"],
  "behavior/lambda-at-edge": ["value"],
  "bundle/no-certificate": ["purpose"],
  "distribution/client-certificates-per-call": ["certificate:change-certificate"],
  "distribution/enum-value": ["value"],
  "distribution/member-type": ["page", "value"],
  "distribution/origin-group-mtls": ["value"],
  "distribution/target-origin": ["value"],
  "domain-name/endpoint-access-mode": ["value"],
  "domain-name/patch-operation": ["page", "value"],
  "domain-name/truststore-uri": ["payload:trust-store"],
  "domain-name/truststore-version": ["page", "payload:trust-store"],
  "listener/identity-filter": ["page", "value"],
  "listener/member-type": ["page", "value"],
  "listener/mode": ["payload:mode"],
  "listener/protocol": ["value"],
  "listener/trust-store": ["payload:trust-store"],
  "listener/trust-store-arn": ["payload:trust-store"],
  "origin/client-certificate-absent": ["certificate:change-certificate", "page"],
  "origin/client-certificate-arn": ["certificate:change-certificate", "certificate:enable", "page"],
  "origin/client-certificate-expired": ["certificate:change-certificate"],
  "origin/client-certificate-expiring": ["certificate:change-certificate"],
  "origin/client-certificate-region": ["certificate:change-certificate", "certificate:enable", "page"],
  "origin/client-certificate-status": ["certificate:change-certificate"],
  "origin/client-certificate-unfit": ["certificate:change-certificate"],
  "origin/mtls-place": ["certificate:enable", "page"],
  "origin/mtls-spelling": ["certificate:change-certificate", "page"],
  "pem/marker": ["purpose"],
  "trust-store/certificate-size": ["inspect", "keep+inspect"],
  "trust-store/key": ["inspect", "keep+inspect"],
  "trust-store/signature": ["inspect", "keep+inspect"],
  "trust-store/version": ["keep+inspect"],
  "viewer-mtls/mode": ["viewers:mode"],
  "viewer-mtls/passthrough-cache-policy": ["viewers:mode"],
  "viewer-mtls/passthrough-headers": ["page", "value"],
  "viewer-mtls/passthrough-lambda-at-edge": ["viewers:mode"],
  "viewer-mtls/trust-store": ["viewers:trust-store"],
  "viewer-mtls/trust-store-id": ["viewers:trust-store"],
};

describe("what mends a problem without a fix", () => {
  test("is offered for each, whatever the rule: a choice, or else the page that says what holds", () => {
    const offered = new Map<string, Set<string>>();
    for (const fixture of fixtures) {
      const { facts, problems } = outcomeOf(fixture);
      for (const problem of problems) {
        if ((problem.fixes ?? []).length > 0) continue;
        const names = mendingsOf(problem, facts).map(nameOf);
        assert.notEqual(names.length, 0, problem.rule.id);
        const known = offered.get(problem.rule.id) ?? new Set();
        offered.set(problem.rule.id, known.add(names.join("+")));
      }
    }
    const expected = {
      ...Object.fromEntries(pageAlone.map((id) => [id, ["page"]])),
      ...Object.fromEntries(inspectAlone.map((id) => [id, ["inspect"]])),
      ...others,
    };
    assert.deepEqual(
      [...offered].map(([id, names]) => [id, [...names].sort()]).sort(),
      Object.entries(expected).sort(),
    );
  });

  test("names the origin, and the listener, that the problem is in", () => {
    const arn = "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
    const config = distributionConfig([
      customOrigin("o1"),
      customOrigin("o2", customConfig({ OriginMtlsConfig: { ClientCertificateArn: arn } })),
    ]);
    const text = JSON.stringify({ blue: distributionConfig([customOrigin("o1")]), green: config });
    const problem = problemsIn(text).find(({ rule }) => rule.id === "origin/client-certificate-region");
    assert.ok(problem !== undefined);
    assert.deepEqual(mendingsOf(problem, readText(text)), [
      { kind: "certificate", intent: "change-certificate", config: 1, index: 1, id: "o2" },
    ]);

    const listener = (id: string, Mode: string) => ({
      ListenerArn: `arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/50dc6c495c0c9188/${id}`,
      Protocol: "HTTPS",
      Port: 443,
      MutualAuthentication: { Mode },
    });
    const several = JSON.stringify({ one: listener("1", "off"), two: listener("2", "verify") });
    const [missing] = problemsIn(several).filter(({ rule }) => rule.id === "listener/trust-store");
    assert.ok(missing !== undefined);
    const [mending] = mendingsOf(missing, readText(several));
    assert.deepEqual(mending, {
      kind: "payload",
      what: "trust-store",
      service: "listeners",
      index: 1,
      key: listener("2", "verify").ListenerArn,
    });
  });

  test("is a managed cache policy for the behavior that has none, in place of what no policy may stand beside", () => {
    const text = JSON.stringify(
      distributionConfig([customOrigin("o1")], {
        DefaultCacheBehavior: { TargetOriginId: "o1", ViewerProtocolPolicy: "https-only", MinTTL: 0 },
      }),
    );
    const facts = readText(text);
    const problem = problemsIn(text).find(({ rule }) => rule.id === "behavior/cache-policy") ?? assert.fail();
    assert.deepEqual(mendingsOf(problem, facts), [{ kind: "cache-policy", at: problem.at }]);
    const values = valuesAt(problem.at, facts) ?? assert.fail();
    assert.deepEqual([values.name, values.instead], ["CachePolicyId", undefined]);
    assert.deepEqual(
      values.offers.slice(0, 2).map(({ label }) => label),
      ["CachingOptimized", "CachingDisabled"],
    );
    assert.deepEqual(
      values.changes(values.offers[0]?.value ?? "").map(({ kind }) => kind),
      ["add", "remove"],
    );
  });

  test("is one of the values that may stand there, but for the one that does", () => {
    const text = JSON.stringify(
      distributionConfig([customOrigin("o1", customConfig({ OriginProtocolPolicy: "tls-only-please" }))]),
    );
    const facts = readText(text);
    const [problem] = problemsIn(text);
    assert.ok(problem !== undefined);
    assert.deepEqual(mendingsOf(problem, facts), [{ kind: "value", at: problem.at }]);
    assert.deepEqual(
      valuesAt(problem.at, facts)?.offers.map(({ value }) => value),
      ["http-only", "match-viewer", "https-only"],
    );
    const [{ distribution } = assert.fail()] = subjectsOf(facts, "distribution");
    assert.equal(valuesAt(distribution.node, facts), undefined, "an object is no value to choose");
  });
});
