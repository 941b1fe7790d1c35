import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { completionsAt } from "../../../src/core/cloudfront/completion.ts";
import { type ViewerIntent, viewerChangesFor, viewerUnfitFor } from "../../../src/core/cloudfront/viewer-intent.ts";
import { cachingDisabled, meantMode, viewerModes } from "../../../src/core/cloudfront/viewer-mtls.ts";
import { shapeOf } from "../../../src/core/cloudfront/vocabulary.ts";
import type { Completion } from "../../../src/core/dialect/assist.ts";
import { type Json, memberOf, type Node, valueOf } from "../../../src/core/document/tree.ts";
import { configOf } from "../../../src/core/facts.ts";
import { fixAll } from "../../../src/core/fixes.ts";
import { explainMember } from "../../../src/core/messages/explain/cloudfront.ts";
import { messageOf, tell } from "../../../src/core/messages/tell.ts";
import { read } from "../../../src/core/read.ts";
import { check } from "../../../src/core/rules/check.ts";
import { mostFindings } from "../../../src/core/rules/run.ts";
import { hasTellingWord } from "../../../src/core/telling.ts";
import { context, onFault, problemsIn, readText, render, rulesFiring } from "../checking.ts";
import { counted, customOrigin, distributionConfig } from "../configs.ts";

const trustStore = { TrustStoreConfig: { TrustStoreId: "ts_0123456789" } };
const required = { Mode: "required", ...trustStore };
const caching = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const behavior = { TargetOriginId: "o1", ViewerProtocolPolicy: "allow-all", CachePolicyId: caching };
const json = (value: Json) => JSON.stringify(value, undefined, 2);
const withViewers = (viewers: Json, members: { readonly [key: string]: Json } = {}) =>
  distributionConfig([customOrigin("o1")], { ...members, ViewerMtlsConfig: viewers });

describe("a fragment of viewer mTLS", () => {
  const ours: readonly Json[] = [
    { ViewerMtlsConfig: required },
    { ViewerMtlsConfig: {} },
    { ViewerMtlsConfig: { Mode: "passthrough" } },
    { HttpVersion: "http2", ViewerMtlsConfig: required, ConnectionFunctionAssociation: { Id: "cf_1" } },
    { DistributionConfig: { ViewerMtlsConfig: required } },
    { Origins: { Quantity: 0 }, ViewerMtlsConfig: required },
    { Mode: "required", TrustStoreConfig: { TrustStoreId: "ts_1" } },
    trustStore,
  ];
  for (const value of ours) {
    test(`is ours: ${JSON.stringify(value)}`, () => {
      const text = json(value);
      assert.ok(hasTellingWord(text));
      assert.ok(configOf(readText(text))?.distribution.viewerMtls !== undefined);
      assert.deepEqual(
        rulesFiring(text).filter((rule) => rule !== "file/wrapped-config" && rule !== "distribution/fragment"),
        [],
      );
    });
  }

  const others: readonly (readonly [string, Json])[] = [
    [
      "a CloudFormation resource",
      {
        Type: "AWS::CloudFront::Distribution",
        Properties: { DistributionConfig: { ViewerMtlsConfig: { Mode: "verify" } } },
      },
    ],
    ["CloudFormation properties", { DistributionConfig: { Origins: [], ViewerMtlsConfig: { Mode: "verify" } } }],
    ["CloudFormation's plain lists", { CacheBehaviors: [], ViewerMtlsConfig: { Mode: "verify" } }],
    ["CloudFormation's names", { IPV6Enabled: true, ViewerMtlsConfig: { Mode: "verify" } }],
    ["a reference", { ViewerMtlsConfig: { Mode: "verify", TrustStoreConfig: { TrustStoreId: { Ref: "Store" } } } }],
    [
      "an intrinsic function",
      { ViewerMtlsConfig: { Mode: "verify", TrustStoreConfig: { TrustStoreId: { "Fn::GetAtt": ["Store", "Id"] } } } },
    ],
    ["Terraform", { resource: { aws_cloudfront_distribution: { d: { viewer_mtls_config: { mode: "verify" } } } } }],
    ["Terraform's names", { viewer_mtls_config: { mode: "verify", trust_store_config: { trust_store_id: "x" } } }],
    ["a CDK property", { viewerMtlsConfig: { mode: "verify", trustStoreConfig: { trustStoreId: "x" } } }],
    ["a load balancer", { MutualAuthentication: { Mode: "verify", TrustStoreArn: "x" } }],
    ["a block that is none", { ViewerMtlsConfig: "verify" }],
    ["a trust store with other members", { TrustStoreConfig: { TrustStoreId: "x" }, Mode: "verify", Cluster: "c" }],
    ["another's trust store", { TrustStoreConfig: { Path: "/etc/ssl" } }],
  ];
  for (const [name, value] of others)
    test(`is not ${name}`, () => assert.deepEqual(configOf(readText(json(value))), undefined));
});

describe("text that is being typed", () => {
  test("says nothing of what is missing, at whatever place it stops, and nothing throws", () => {
    const text = json(withViewers(required, { HttpVersion: "http2", ConnectionFunctionAssociation: { Id: "cf_1" } }));
    for (let end = 0; end < text.length; end++) {
      const found = problemsIn(text.slice(0, end)).filter(({ rule }) => rule.id.startsWith("viewer-mtls/"));
      assert.deepEqual(found.map(messageOf), [], `up to ${end}: ${text.slice(Math.max(0, end - 30), end)}`);
    }
  });

  test("what is wrong before the fault is found", () => {
    const text = json(withViewers({ ...required, Mode: "verify" }, { HttpVersion: "http3" }));
    assert.deepEqual(rulesFiring(`${text.slice(0, -2)}, "x`), ["viewer-mtls/http-version", "viewer-mtls/mode"]);
  });
});

test("the modes are those of the vocabulary", () => {
  const type = shapeOf("ViewerMtlsConfig").members.get("Mode");
  assert.deepEqual(type?.kind === "enum" ? type.values : [], viewerModes);
  for (const mode of viewerModes) assert.equal(meantMode(mode), mode);
  assert.deepEqual(["verify", "Verify", "PASS_THROUGH", "pass through", "Optional", "on", ""].map(meantMode), [
    "required",
    "required",
    "passthrough",
    "passthrough",
    "optional",
    undefined,
    undefined,
  ]);
});

test("other names of the block, and of what stands in it", () => {
  for (const key of [
    "ViewerMTLSConfig",
    "ViewerMtls",
    "viewerMtlsConfig",
    "ViewerMutualTlsConfig",
    "viewer_mtls_config",
    "ClientMtlsConfig",
    "ViewersMtls",
  ]) {
    const text = json(distributionConfig([customOrigin("o1")], { [key]: required, HttpVersion: "http3" }));
    assert.deepEqual(rulesFiring(text).sort(), ["distribution/unknown-member", "viewer-mtls/http-version"], key);
  }
  for (const key of ["TrustStoreID", "TrustStoreIdentifier", "Id"])
    assert.deepEqual(
      rulesFiring(json(withViewers({ Mode: "required", TrustStoreConfig: { [key]: "ts_1" } }))),
      ["distribution/unknown-member"],
      key,
    );
  assert.deepEqual(
    rulesFiring(json({ ViewerMtlsConfig: { Mode: "required", TrustStore: { TrustStoreId: "ts_1" } } })),
    ["distribution/fragment", "distribution/unknown-member"],
  );
});

test("what the service itself sent is no slip for the block, nor in the wrong place", () => {
  const text = json(
    distributionConfig([customOrigin("o1")], {
      ViewerMtlsSettings: required,
      OriginGroup: { Region: "eu" },
      HttpVersion: "http3",
      DefaultCacheBehavior: { ...behavior, ConnectionFunctionAssociation: { Id: "cf_1" } },
    }),
  );
  const served = new Set(["ViewerMtlsSettings", "OriginGroup", "ConnectionFunctionAssociation"]);
  const rules = (served?: ReadonlySet<string>) =>
    check(
      read({ text, syntax: "json", name: "x.json", served }),
      served === undefined ? context : { ...context, servedMembers: served },
      onFault,
    ).map(({ rule }) => rule.id);
  assert.deepEqual(rules(), [
    "viewer-mtls/viewer-protocol-policy",
    "viewer-mtls/place",
    "distribution/unknown-member",
    "distribution/required-member",
    "distribution/unknown-member",
    "distribution/unknown-member",
    "viewer-mtls/http-version",
  ]);
  assert.deepEqual(rules(served), []);
});

test("fix all writes the mode in lower case, turns HTTP/3 off, and decides nothing about who is refused", () => {
  const text = json(
    withViewers({ ...required, Mode: "Required" }, { HttpVersion: "http2and3", DefaultCacheBehavior: behavior }),
  );
  const fixed = JSON.parse(fixAll(readText(text), context, onFault).text) as { [key: string]: Json };
  assert.deepEqual(fixed["ViewerMtlsConfig"], required);
  assert.equal(fixed["HttpVersion"], "http2");
  assert.deepEqual(fixed["DefaultCacheBehavior"], behavior);
  const verify = json(withViewers({ ...required, Mode: "verify" }));
  assert.equal(fixAll(readText(verify), context, onFault).text, verify);
});

// --- completion and hover

function offered(marked: string): Completion[] {
  const offset = marked.indexOf("|");
  const facts = readText(marked.replace("|", ""));
  const config = configOf(facts);
  return config === undefined ? [] : completionsAt(config.distribution, facts.tree, offset);
}

const labels = (marked: string) => offered(marked).map(({ label }) => label);

test("members and modes are completed, in a config, a fragment and the block alone", () => {
  const whole = (inner: string) =>
    `{ "CallerReference": "x", "Origins": { "Quantity": 0, "Items": [] }, "DefaultCacheBehavior": { "TargetOriginId": "o1" }, ${inner} }`;
  for (const around of [whole, (inner: string) => `{ ${inner} }`]) {
    assert.deepEqual(labels(around('"ViewerMtlsConfig": { "|" }')), ["Mode", "TrustStoreConfig"]);
    assert.deepEqual(labels(around('"ViewerMtlsConfig": { "TrustStoreConfig": { "|" } }')), [
      "TrustStoreId",
      "AdvertiseTrustStoreCaNames",
      "IgnoreCertificateExpiry",
    ]);
    assert.deepEqual(labels(around('"ViewerMtlsConfig": { "Mode": "|" }')), [...viewerModes]);
  }
  assert.deepEqual(labels('{ "Mode": "|", "TrustStoreConfig": { "TrustStoreId": "x" } }'), [...viewerModes]);
  const [mode] = offered('{ "ViewerMtlsConfig": { "Mode": "|" } }');
  assert.match(tell(mode?.detail ?? ""), /^Clients without a certificate that the trust store accepts are rejected\.$/);
  const block = offered(whole('"View|"')).find(({ label }) => label === "ViewerMtlsConfig");
  assert.deepEqual(block?.value, { Mode: "", TrustStoreConfig: { TrustStoreId: "" } });
  assert.deepEqual(
    offered(
      whole('"ViewerMtlsConfig": { "Mode": "passthrough" }, "CacheBehaviors": { "Items": [{ "CachePolicyId": "|" }] }'),
    ).map(({ value }) => value),
    [cachingDisabled],
  );
});

test("hovers say who is refused; what only shares a name is not explained", () => {
  const root = readText(json({ ViewerMtlsConfig: required, Other: { Mode: "x" } })).tree.root;
  const explain = (node: Node | undefined, key: string) => {
    const member = memberOf(node, key);
    return member === undefined ? assert.fail(key) : explainMember(member);
  };
  assert.deepEqual(
    explain(root, "ViewerMtlsConfig")?.facts.map(([name]) => name),
    ["optional", "required", "passthrough"],
  );
  assert.match(
    explain(valueOf(root, "ViewerMtlsConfig"), "Mode")?.text.join(" ") ?? "",
    /without a client certificate cannot connect\./,
  );
  assert.match(
    explain(valueOf(root, "ViewerMtlsConfig"), "TrustStoreConfig")?.text.join(" ") ?? "",
    /passthrough mode has no trust store/,
  );
  assert.equal(explain(valueOf(root, "Other"), "Mode"), undefined);
});

// --- intents

function carryOut(value: Json, intent: ViewerIntent): Json {
  const facts = readText(json(value));
  return JSON.parse(
    render(facts.tree, viewerChangesFor(configOf(facts)?.distribution ?? assert.fail(), intent)),
  ) as Json;
}

const enable = (
  mode: "required" | "optional",
  http: "redirect-to-https" | "https-only" = "redirect-to-https",
): ViewerIntent => ({ kind: "enable", mode, trustStore: "ts_0123456789", http });
const passthrough: ViewerIntent = { kind: "enable", mode: "passthrough", trustStore: undefined, http: "https-only" };

describe("to enable viewer mTLS", () => {
  const before = distributionConfig([customOrigin("o1")], {
    DefaultCacheBehavior: behavior,
    CacheBehaviors: counted([
      { ...behavior, PathPattern: "/a/*" },
      { ...behavior, PathPattern: "/b/*", ViewerProtocolPolicy: "https-only" },
    ]),
    HttpVersion: "http2and3",
  });

  test("adds the block, takes plain HTTP from every behavior, and HTTP/3 off", () => {
    const redirected = { ...behavior, ViewerProtocolPolicy: "redirect-to-https" };
    const after = carryOut(before, enable("required"));
    assert.deepEqual(after, {
      ...before,
      DefaultCacheBehavior: redirected,
      CacheBehaviors: counted([
        { ...redirected, PathPattern: "/a/*" },
        { ...behavior, PathPattern: "/b/*", ViewerProtocolPolicy: "https-only" },
      ]),
      HttpVersion: "http2",
      ViewerMtlsConfig: required,
    });
    assert.deepEqual(problemsIn(json(after)), []);
    assert.deepEqual(carryOut(after, enable("required")), after, "once is enough");
  });

  test("with passthrough nothing is cached any more", () => {
    const after = carryOut(before, passthrough) as { [key: string]: Json };
    assert.deepEqual(after["ViewerMtlsConfig"], { Mode: "passthrough" });
    assert.deepEqual(after["DefaultCacheBehavior"], {
      ...behavior,
      ViewerProtocolPolicy: "https-only",
      CachePolicyId: cachingDisabled,
    });
    assert.deepEqual([...new Set(rulesFiring(json(after)))], ["viewer-mtls/passthrough-headers"]);
  });

  test("changes the mode and the trust store of the block that is there, and nothing else of it", () => {
    const flags = { AdvertiseTrustStoreCaNames: true, IgnoreCertificateExpiry: false };
    const set = (block: Json, intent: ViewerIntent) =>
      (carryOut({ ViewerMtlsConfig: block }, intent) as { [key: string]: Json })["ViewerMtlsConfig"];
    assert.deepEqual(
      set({ Mode: "required", TrustStoreConfig: { TrustStoreId: "old", ...flags } }, enable("optional")),
      { Mode: "optional", TrustStoreConfig: { TrustStoreId: "ts_0123456789", ...flags } },
    );
    assert.deepEqual(set({ Mode: "passthrough" }, enable("required")), required);
    assert.deepEqual(set(required, passthrough), { Mode: "passthrough" });
    assert.deepEqual(set({}, enable("required")), required);
    assert.deepEqual(set({ Enabled: false }, enable("required")), required);
    assert.deepEqual(
      set({ Disabled: true, TrustStoreConfig: { Enabled: false, TrustStoreId: "old" } }, enable("optional")),
      { TrustStoreConfig: { TrustStoreId: "ts_0123456789" }, Mode: "optional" },
    );
    assert.deepEqual(set({ Enabled: false, TrustStoreConfig: { Enabled: false } }, passthrough), {
      Mode: "passthrough",
    });
    assert.deepEqual(set({ Mode: "required", TrustStoreConfig: null }, enable("required")), required);
    assert.deepEqual(set({ TrustStoreConfig: {} }, enable("required")), {
      TrustStoreConfig: { TrustStoreId: "ts_0123456789" },
      Mode: "required",
    });
    assert.deepEqual(carryOut(withViewers(null), enable("required")), withViewers(required));
    assert.deepEqual(carryOut({ Mode: "required", TrustStoreConfig: { TrustStoreId: "old" } }, enable("optional")), {
      ...required,
      Mode: "optional",
    });
  });
});

test("to disable viewer mTLS takes the block out", () => {
  assert.deepEqual(carryOut(withViewers(required), { kind: "disable" }), distributionConfig());
  assert.deepEqual(carryOut(withViewers(null), { kind: "disable" }), distributionConfig());
  const before = withViewers(required, { ConnectionFunctionAssociation: { Id: "cf_0123456789" } });
  assert.deepEqual(carryOut(before, { kind: "disable" }), distributionConfig());
});

test("a config is unfit where the block has no place, or is not where CloudFront reads it", () => {
  const unfit = (value: Json, kind: ViewerIntent["kind"]) =>
    viewerUnfitFor(configOf(readText(json(value))) ?? assert.fail(), kind);
  assert.equal(unfit(customOrigin("o1"), "enable"), "part");
  assert.equal(unfit(distributionConfig(), "enable"), undefined);
  assert.equal(unfit(distributionConfig(), "disable"), "already-off");
  assert.equal(unfit(required, "disable"), "part");
  const beside = { ETag: "E1", DistributionConfig: distributionConfig(), ViewerMtlsConfig: required };
  assert.equal(unfit(beside, "enable"), "unclear-blocks");
  assert.equal(unfit(beside, "disable"), "unclear-blocks");
  assert.equal(unfit({ ...beside, ViewerMtlsConfig: null, Comment: "mine" }, "enable"), undefined);
  assert.equal(unfit(distributionConfig([customOrigin("o1")], { ViewerMtls: required }), "enable"), "unclear-blocks");
  assert.equal(
    unfit(withViewers(required, { DefaultCacheBehavior: { ...behavior, ViewerMtlsConfig: required } }), "enable"),
    "unclear-blocks",
  );
  assert.deepEqual(
    carryOut(distributionConfig([customOrigin("o1")], { ViewerMtls: required }), enable("required")),
    distributionConfig([customOrigin("o1")], { ViewerMtls: required }),
  );
});

test("of very many misplaced blocks as many are told as of any other finding", () => {
  const behaviors = Array.from({ length: 3_000 }, (_, index) => ({
    ...behavior,
    PathPattern: `/${index}`,
    ViewerMtlsConfig: required,
    ConnectionFunctionAssociation: { Id: "x" },
  }));
  const found = rulesFiring(
    JSON.stringify(distributionConfig([customOrigin("o1")], { CacheBehaviors: counted(behaviors) })),
  );
  assert.equal(found.filter((rule) => rule === "viewer-mtls/place").length, mostFindings);
});
