import assert from "node:assert/strict";
import { test } from "node:test";
import type { Sending } from "../../../src/core/cloudfront/update-command.ts";
import type { Json } from "../../../src/core/document/tree.ts";
import { configOf } from "../../../src/core/facts.ts";
import { copiedText } from "../../../src/core/messages/copied.ts";
import type { Terminal } from "../../../src/core/shell.ts";
import { readText } from "../checking.ts";
import { certificate, customConfig, customOrigin, distributionConfig } from "../configs.ts";

const config = distributionConfig([customOrigin("o1", customConfig())]);
const bash: Terminal = { shell: "sh", name: "bash" };
const update: Sending = { kind: "config", id: "E9", etag: "E1" };

interface Known {
  readonly etag?: string;
  readonly isPlainJson?: boolean;
  readonly terminal?: Terminal;
}

function told(
  document: Json,
  sending = update,
  { etag, isPlainJson = true, terminal = bash }: Known = { etag: "E1" },
): string {
  const found = configOf(readText(JSON.stringify(document))) ?? assert.fail("no config");
  return copiedText(sending, found, etag, isPlainJson, terminal);
}

test("what UpdateDistribution needs besides is said with its command, and not with that of a new distribution", () => {
  const lacking =
    /UpdateDistribution requires members that CreateDistribution does not require\..* DefaultRootObject, /;
  assert.match(told(config), lacking);
  assert.match(told(config), /in each cache behavior, but not every cache behavior has them: .*SmoothStreaming/);
  assert.match(told(config), /Users report .* OriginReadTimeout\.$/);
  const input = { Id: "E9", IfMatch: "E1", DistributionConfig: config };
  assert.match(told(input, { kind: "update-input" }), lacking);
  const created = { DistributionConfigWithTags: { DistributionConfig: config, Tags: { Items: [] } } };
  assert.equal(
    told(created, { kind: "create-input" }),
    "Copied for bash. The file contains the whole input of the command.",
  );
  const tagged = { DistributionConfig: config, Tags: { Items: [] } };
  assert.equal(
    told(tagged, { kind: "create-with-tags" }),
    "Copied for bash. The file contains the whole input of the command.",
  );
});

test("what must be done before a command runs is said with it", () => {
  const ready = told(config);
  assert.match(
    ready,
    /^Copied for bash\. The command works once, .* E1 is the ETag of your configuration\. UpdateDistribution /,
  );
  assert.match(told(config, update, {}), /^Copied for bash\. Replace ETAG with the current ETag/);
  assert.match(told({ ETag: "E1", DistributionConfig: config }), /The file still has its wrapper\. Extract/);
  assert.match(told({ DistributionConfig: config }, update, {}), /Replace ETAG .* still has its wrapper\./);
  const nested = { DistributionConfig: config };
  assert.match(
    told({ Id: "E9", IfMatch: "E1", DistributionConfig: nested }, { kind: "update-input" }),
    /the whole input of the command\. The file still has one configuration in another\. Extract/,
  );
  const inside = told({ ETag: "E1", ...config, Id: "E9" });
  assert.match(inside, /E1 is the ETag .* ETag is still in the configuration\. Remove it .* Id is still in/);
  assert.match(
    told(config, update, { etag: "E1", isPlainJson: false }),
    /accepts only plain JSON\. Remove comments and trailing commas/,
  );
});

test("a config with origin mTLS says which AWS CLI it needs, and a shell that is not known which one it is for", () => {
  const mtls = { OriginMtlsConfig: { ClientCertificateArn: certificate } };
  const needed = /Origin mTLS needs an AWS CLI from 2026-02-02 or later/;
  assert.match(told(distributionConfig([customOrigin("o1", customConfig(mtls))])), needed);
  assert.doesNotMatch(told(config), needed);
  assert.match(
    told(config, update, { etag: "E1", terminal: { ...bash, insteadOf: "nu" } }),
    /^Copied for bash\. Run this in bash\. It cannot be written for nu\. The command/,
  );
});
