// What was found once is kept: after each edit, and by whatever is judged, it must be what is found in the text anew.

import { describe, test } from "node:test";
import type { Json } from "../../src/core/document/tree.ts";
import type { ConfigFacts } from "../../src/core/facts.ts";
import { read } from "../../src/core/read.ts";
import type { Context } from "../../src/core/rules/rule.ts";
import { certificate as inAcm, inventory } from "./acm/inventory.ts";
import { context, withSeverities } from "./checking.ts";
import { certificate, counted, customConfig, customOrigin, distributionConfig, mtls, s3Origin } from "./configs.ts";
import { holdsAfterEachWord, holdsAfterEdits, type Word } from "./rereading.ts";

type Members = { readonly [key: string]: Json };

const real = "arn:aws:acm:us-east-1:123456789012:certificate/a1b2c3d4-1234-4321-8765-0123456789ab";
const withCertificate = (arn: string): Members => ({ OriginMtlsConfig: { ClientCertificateArn: arn } });

/** Origins of all kinds, right and wrong, and behaviors that reach them directly, through groups, or not at all. */
const origins: readonly Members[] = [
  customOrigin("o1", customConfig(withCertificate(real))),
  customOrigin("o2", customConfig({ ...mtls, OriginProtocolPolicy: "match-viewer" }), {
    OriginShield: { Enabled: true },
  }),
  customOrigin("o3", customConfig({ OriginMtls: { Enabled: true, CertificateArn: certificate } })),
  customOrigin("o4", customConfig({ OriginSslProtocols: counted(["TLSv1", "TLSv1.2"]), ...withCertificate(real) })),
  customOrigin("o5", customConfig({ HTTPPort: 70_000 }), mtls),
  customOrigin("o6", customConfig({ OriginReadTimeout: "30" }), { ConnectionAttempts: 9 }),
  s3Origin("o7", { OriginShield: { Enabled: true, OriginShieldRegion: "us-east-1" } }),
  customOrigin("o8", customConfig(), { VpcOriginConfig: { VpcOriginId: "vo_1" } }),
];

const group = (id: string, ...members: readonly string[]): Members => ({
  Id: id,
  FailoverCriteria: { StatusCodes: counted([500]) },
  Members: counted(members.map((id) => ({ OriginId: id }))),
});

const behavior = (path: string, target: string, members: Members = {}): Members => ({
  PathPattern: path,
  TargetOriginId: target,
  ViewerProtocolPolicy: "allow-all",
  CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  ...members,
});

const whole = distributionConfig(origins, {
  OriginGroups: counted([group("g1", "o1", "o2"), group("g2", "o6", "o3"), group("g3", "o7", "o8")]),
  CacheBehaviors: counted([
    behavior("/1", "o1", { GrpcConfig: { Enabled: true } }),
    behavior("/2", "o6", { GrpcConfig: { Enabled: true } }),
    behavior("/3", "g1", { GrpcConfig: { Enabled: true } }),
    behavior("/4", "g2", { LambdaFunctionAssociations: counted([{ EventType: "origin-request" }]) }),
    behavior("/5", "g3", { AllowedMethods: counted(["GET"]) }),
    behavior("/6", "o9", { OriginRequestPolicyId: "59781a5b-3903-41f3-afcb-af62929ccde1" }),
  ]),
  Logging: { Bucket: "logs" },
  ViewerCertificate: { ACMCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/b" },
  HttpVersion: "http2and3",
  ViewerMtlsConfig: { Mode: "required", TrustStoreConfig: { TrustStoreId: "ts_1" } },
});

const documents: Readonly<Record<string, Json>> = {
  "a config": whole,
  "a config in its wrapper": { ETag: "E1", DistributionConfig: whole },
  "a config with blocks beside its only custom origin": distributionConfig(
    [customOrigin("o1"), s3Origin("o2"), s3Origin("o3")],
    { ...withCertificate(real), CacheBehaviors: counted([behavior("/1", "o1", { GrpcConfig: { Enabled: true } })]) },
  ),
  "two configs": { staging: { DistributionConfig: whole }, live: { DistributionConfig: whole } },
  "a part": { Origins: counted(origins) },
};

/** What one types, or another takes its place: one word becomes another. */
const words: readonly Word[] = [
  ['"o1"', '"o6"'],
  ['"o6"', '"o1"'],
  ['"o2"', '"g2"'],
  ['"g1"', '"o1"'],
  ['"g2"', '"g3"'],
  ['"o9"', '"o3"'],
  ["arn:aws:acm", "arn:aws-cn:acm"],
  ['"ts_1"', '"arn:aws-us-gov:cloudfront::123456789012:trust-store/ts_1"'],
  ["a1b2c3d4", "a1b2c3d5"],
  ["allow-all", "https-only"],
  ["true", "false"],
  ["false", "true"],
  ['"required"', '"passthrough"'],
  ['"passthrough"', '"optional"'],
  ["match-viewer", "https-only"],
  ["https-only", "http-only"],
  ["TLSv1.2", "SSLv3"],
  ["OriginMtls", "OriginMtlsConfig"],
  ["OriginMtlsConfig", "OriginMtls"],
  ["ViewerMtlsConfig", "ViewerMtls"],
  ["CustomOriginConfig", "S3OriginConfig"],
  ["OriginShield", "TrustStoreConfig"],
  ["PathPattern", "ViewerMtlsConfig"],
  ["GrpcConfig", "Grpc"],
  ["origin-request", "viewer-request"],
  ['"Quantity": 1', '"Quantity": 2'],
  ["70000", "80"],
  ['"ETag"', '"IfMatch"'],
  ["DistributionConfig", "Distribution"],
  ['"CallerReference"', '"CallerRef"'],
  ['"logs"', '"${logs}"'],
  [".example.com", ".s3-website-us-east-1.amazonaws.com"],
  ["{", '{ "Id": "o2",'],
  ["{", `{\n"OriginMtls": {"Enabled": true},`],
  ['"Items": [', '"Items": [{"Id": "o2"},'],
  [",", ",\n\n"],
  ["\n", " \n"],
  ["\n", ""],
];

const certificates = [inAcm({ arn: real, status: "EXPIRED" }), inAcm({ arn: certificate })];
const contexts: readonly Context[] = [
  context,
  { ...context, now: new Date(context.now) },
  { ...context, now: new Date("2030-01-01T00:00:00Z") },
  { ...context, inventory: inventory({ certificates }) },
  { ...context, inventory: inventory({ certificates, absent: [real] }) },
  { ...context, inventory: inventory({ absent: [real, certificate] }) },
  { ...context, settings: { ...context.settings, expiryWarningDays: 400 }, inventory: inventory({ certificates }) },
  withSeverities({ "origin/protocol-policy": "off", "behavior/grpc": "info" }),
  { ...context, servedMembers: new Set(["OriginMtls", "Grpc"]) },
];

function fresh(text: string, served: ReadonlySet<string> | undefined): ConfigFacts {
  return read({ text, syntax: "jsonc", name: "config.json", served });
}

describe("what is found after one edit", () => {
  for (const [name, document] of Object.entries(documents)) {
    test(`is what is found in the text anew: ${name}`, () => {
      const each = words.filter(([from]) => from !== "\n" && from !== ",");
      holdsAfterEachWord(JSON.stringify(document, undefined, 1), each, (text) => fresh(text, undefined));
    });
  }
});

describe("what is found after edits and by another context", () => {
  for (const [name, document] of Object.entries(documents)) {
    test(`is what is found in the text anew: ${name}`, () => {
      const served = [undefined, new Set(["OriginMtls"])];
      const reads = served.map((names) => (text: string) => fresh(text, names));
      holdsAfterEdits(JSON.stringify(document, undefined, 1), { words, contexts, reads });
    });
  }
});
