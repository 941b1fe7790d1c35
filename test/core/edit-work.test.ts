// counted: its work.
// One character typed in a large config: what it touches is read and judged again, and the rest is not.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Json } from "../../src/core/document/tree.ts";
import { reread } from "../../src/core/read.ts";
import { problemsOf, readText } from "./checking.ts";
import { counted, customConfig, customOrigin, distributionConfig, mtls } from "./configs.ts";
import { countWork, workOf } from "./work.ts";

const ids = Array.from({ length: 100 }, (_, index) => `origin-${index}`);

function config(origin: (id: string) => { readonly [key: string]: Json }, behavior: Json, members = {}): string {
  const behaviors = ids.map((id) => ({ PathPattern: `/${id}/*`, TargetOriginId: id, ...Object(behavior) }));
  return JSON.stringify(
    distributionConfig(ids.map(origin), { CacheBehaviors: counted(behaviors), ...members }),
    null,
    1,
  );
}

const sound = config((id) => customOrigin(id, customConfig(mtls)), { ViewerProtocolPolicy: "https-only" });
const faulty = config(
  (id) => customOrigin(id, customConfig({ OriginProtocolPolicy: "match-viewer", HTTPPort: 70_000, ...mtls })),
  { ViewerProtocolPolicy: "allow-all", GrpcConfig: { Enabled: true } },
  { ViewerMtlsConfig: { Mode: "required", TrustStoreConfig: { TrustStoreId: "ts_1" } } },
);

/** By name: a config, and what a character is typed in front of. */
const edits: Readonly<Record<string, readonly [text: string, before: string]>> = {
  "an origin": [sound, "-50.example.com"],
  "the first origin": [sound, "-0.example.com"],
  "a behavior": [sound, "50/*"],
  "an origin among others in which much is found": [faulty, "-50.example.com"],
  "a behavior among others in which much is found": [faulty, "50/*"],
};

/** What looks into origins and behaviors. */
const parts = [
  "cloudfront/members.ts",
  "cloudfront/origin-mtls.ts",
  "rules/origin/client-certificate-arn.ts",
  "rules/origin/protocol-policy.ts",
  "rules/behavior/grpc.ts",
  "rules/viewer-mtls/viewer-protocol-policy.ts",
];

describe("the work on one character", { concurrency: false }, () => {
  countWork();

  for (const [name, [text, before]] of Object.entries(edits)) {
    test(`is done where it was typed: in ${name}`, () => {
      const start = text.indexOf(before);
      let facts = readText(text);
      const count = problemsOf(facts).length;
      for (const part of parts) {
        const whole = workOf(() => problemsOf(readText(text)), part);
        for (const edit of [
          { span: { start, end: start }, text: "1" },
          { span: { start, end: start + 1 }, text: "" },
        ]) {
          const work = workOf(() => {
            facts = reread(facts, [edit]);
            assert.equal(problemsOf(facts).length, count);
          }, part);
          // Those that are passed by are counted too.
          assert.ok(work < whole / 5, `${part}: ${work} of ${whole}`);
        }
      }
    });
  }
});
