// What was found once is kept: after each edit, and by whatever is judged, it must be what is found in the text anew.

import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { Change } from "../../src/core/document/change.ts";
import type { Json } from "../../src/core/document/tree.ts";
import type { ConfigFacts } from "../../src/core/facts.ts";
import { read, reread } from "../../src/core/read.ts";
import { check } from "../../src/core/rules/check.ts";
import type { Context, Problem } from "../../src/core/rules/rule.ts";
import { applyEdits, type TextEdit } from "../../src/core/text.ts";
import { holds } from "../randomly.ts";
import { certificate as inAcm, inventory } from "./acm/inventory.ts";
import { context, onFault, withSeverities } from "./checking.ts";
import { certificate, counted, customConfig, customOrigin, distributionConfig, mtls, s3Origin } from "./configs.ts";

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
const words: readonly (readonly [from: string, to: string])[] = [
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

type Step =
  | { readonly kind: "word"; readonly word: (typeof words)[number]; readonly place: number }
  | { readonly kind: "typed"; readonly start: number; readonly length: number; readonly text: string }
  | { readonly kind: "back" }
  | { readonly kind: "context"; readonly context: Context };

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

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("word" as const), word: fc.constantFrom(...words), place: fc.nat() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("typed" as const),
      start: fc.nat(),
      length: fc.constantFrom(0, 0, 1),
      text: fc.constantFrom("x", " ", "1", "", "\n", "/* c */", '"'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("back" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("context" as const), context: fc.constantFrom(...contexts) }),
  },
);

function placesOf(word: string, text: string): readonly number[] {
  const parts = text.split(word);
  let at = -word.length;
  return parts.slice(0, -1).map((part) => {
    at += word.length + part.length;
    return at;
  });
}

/** The edit that a step is; none where the text does not hold the word. */
function editOf(step: Step, text: string, undo: TextEdit[]): TextEdit | undefined {
  switch (step.kind) {
    case "word": {
      const [from, to] = step.word;
      const places = placesOf(from, text);
      const start = places[step.place % Math.max(1, places.length)];
      return start === undefined ? undefined : { span: { start, end: start + from.length }, text: to };
    }
    case "typed": {
      const start = step.start % (text.length + 1);
      return { span: { start, end: Math.min(text.length, start + step.length) }, text: step.text };
    }
    case "back":
      return undo.pop();
    default:
      return undefined;
  }
}

/** All that there is to it: also where it points, and what its fixes would change. */
function told(problems: readonly Problem[]): unknown {
  return problems.map(({ rule, severity, at, reason, origin, related = [], fixes = [], source }) => ({
    rule: rule.id,
    severity,
    at: [at.start, at.end],
    reason,
    origin,
    source,
    related: related.map(({ at, reason }) => [at.start, at.end, reason]),
    fixes: fixes.map(({ reason, safe, changes }) => [reason, safe, changes.map(plain)]),
  }));
}

/** What a change names, by its place. */
function plain(change: Change): unknown {
  return Object.entries(change).map(([key, value]: readonly [string, unknown]) => [
    key,
    typeof value === "object" && value !== null && "parent" in value && "start" in value ? value.start : value,
  ]);
}

function fresh(text: string, served: ReadonlySet<string> | undefined): ConfigFacts {
  return read({ text, syntax: "jsonc", name: "config.json", served });
}

/** Each word in each of its places, and back: what is judged by it stands elsewhere, and is not read again. */
describe("what is found after one edit", () => {
  for (const [name, document] of Object.entries(documents)) {
    test(`is what is found in the text anew: ${name}`, () => {
      const text = JSON.stringify(document, undefined, 1);
      const before = told(check(fresh(text, undefined), context, onFault));
      let facts = fresh(text, undefined);
      let changed = 0;
      for (const [from, to] of words.filter(([from]) => from !== "\n" && from !== ",")) {
        for (const start of placesOf(from, text)) {
          assert.deepEqual(told(check(facts, context, onFault)), before);
          facts = reread(facts, [{ span: { start, end: start + from.length }, text: to }]);
          const expected = fresh(text.slice(0, start) + to + text.slice(start + from.length), undefined);
          const found = told(check(facts, context, onFault));
          assert.deepEqual(found, told(check(expected, context, onFault)), `${from} at ${start} becomes ${to}`);
          if (!isDeepStrictEqual(found, before)) changed++;
          facts = reread(facts, [{ span: { start, end: start + to.length }, text: from }]);
        }
      }
      assert.ok(changed > 10, `${changed} edits changed what is found`);
    });
  }
});

describe("what is found after edits and by another context", () => {
  for (const [name, document] of Object.entries(documents)) {
    test(`is what is found in the text anew: ${name}`, () => {
      let [found, whole] = [0, 0];
      holds(
        fc.property(
          fc.array(steps, { minLength: 1, maxLength: 12 }),
          fc.constantFrom(undefined, new Set(["OriginMtls"])),
          (list, served) => {
            let text = JSON.stringify(document, undefined, 1);
            let facts = fresh(text, served);
            let given = context;
            check(facts, given, onFault);
            const undo: TextEdit[] = [];
            for (const step of list) {
              if (step.kind === "context") given = step.context;
              const edit = editOf(step, text, undo);
              if (edit !== undefined) {
                const { start, end } = edit.span;
                if (step.kind !== "back")
                  undo.push({ span: { start, end: start + edit.text.length }, text: text.slice(start, end) });
                text = applyEdits(text, [edit]);
                facts = reread(facts, [edit]);
              }
              const expected = fresh(text, served);
              const problems = check(facts, given, onFault);
              found += problems.length;
              if (facts.tree.problems.length === 0) whole++;
              assert.deepEqual(told(problems), told(check(expected, given, onFault)));
            }
            assert.equal(facts.tree.text, text);
          },
        ),
        60,
      );
      // Proof that there was something to find, and that texts were not all broken.
      assert.ok(found > 500 && whole > 100, `${found} findings, ${whole} sound texts`);
    });
  }
});
