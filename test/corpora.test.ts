// Real files that nobody here wrote, beside the project and no part of it: what the rules find in them, and that
// this agrees with what botocore's parameter validation says of the same files.

import * as assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { decode } from "../src/core/encoding.ts";
import { type ConfigFacts, configOf } from "../src/core/facts.ts";
import { fixAll } from "../src/core/fixes.ts";
import { messageOf } from "../src/core/messages/tell.ts";
import { read } from "../src/core/read.ts";
import { check } from "../src/core/rules/check.ts";
import type { Problem } from "../src/core/rules/rule.ts";
import { context, onFault } from "./core/checking.ts";

const folder = join(import.meta.dirname, "../../shared/corpora");
const skip = existsSync(folder) ? false : "corpora: ../shared/corpora is not here";

/** Every error that real files give, by file and rule, with the reason why it is right. */
const justified: readonly {
  readonly file: RegExp;
  readonly rule: string;
  readonly count: number;
  readonly because: string;
}[] = [
  {
    file: /origin-enable-mtls-distributions\.md#0\.json$/,
    rule: "origin/mtls-place",
    count: 2,
    because: "the guide puts OriginMtlsConfig beside CustomOriginConfig, where the API has no such member",
  },
  {
    file: /origin-enable-mtls-distributions\.md#0\.json$/,
    rule: "origin/mtls-spelling",
    count: 1,
    because: "the guide's second origin says CertificateArn",
  },
  {
    file: /enable-mtls-distributions\.md#0\.json$/,
    rule: "distribution/member-type",
    count: 1,
    because: "Expected text, found the guide's placeholder {TRUST_STORE_ID} stands without quotes: an object",
  },
];

/** What botocore says of one config within a file. */
interface Truth {
  readonly path: string;
  readonly botocore: readonly string[];
  readonly enumOrQuantity: readonly string[];
  readonly unknownTargetOrigin: readonly string[];
  readonly origins: number;
  readonly behaviors: number;
}

interface Examined {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly facts: ConfigFacts;
  readonly problems: readonly Problem[];
}

function examine(name: string, bytes: Uint8Array): Examined {
  const { text, encoding } = decode(bytes);
  const facts = read({ text, syntax: "json", name, encoding });
  const problems = check(facts, context, onFault);
  fixAll(facts, context, onFault);
  return { name, bytes, facts, problems };
}

function examineAll(pattern: string): readonly Examined[] {
  return globSync(join(folder, pattern))
    .sort()
    .map((file) => examine(basename(file), readFileSync(file)));
}

function readTruth(): ReadonlyMap<string, readonly Truth[]> {
  const lines = readFileSync(join(folder, "truth/cloudfront-json.botocore.jsonl"), "utf8").trim().split("\n");
  return new Map(
    lines.map((line) => {
      const { file, configs }: { readonly file: string; readonly configs: readonly Truth[] } = JSON.parse(line);
      return [basename(file), configs];
    }),
  );
}

/** Where the config stands in a file, as the truth spells it. */
function pathOf(facts: ConfigFacts): string | undefined {
  const config = configOf(facts);
  if (config === undefined || !config.distribution.whole) return undefined;
  switch (config.wrapper?.kind) {
    case undefined:
      return "$";
    case "get-distribution":
      return "$.Distribution.DistributionConfig";
    default:
      return "$.DistributionConfig";
  }
}

function countOf(problems: readonly Problem[], ...rules: readonly string[]): number {
  return problems.filter(({ rule }) => rules.includes(rule.id)).length;
}

test("real configs: every file is read and checked, and every error is justified", { skip }, (t) => {
  const examined = examineAll("cloudfront-json/*");
  assert.ok(examined.length > 20, `${examined.length} files`);
  const counts = new Map<string, number>();
  for (const { rule, severity } of examined.flatMap(({ problems }) => problems))
    counts.set(`${severity} ${rule.id}`, (counts.get(`${severity} ${rule.id}`) ?? 0) + 1);
  const recognised = examined.filter(({ facts }) => configOf(facts) !== undefined).length;
  t.diagnostic(`${examined.length} files, ${recognised} recognised, 0 exceptions`);
  for (const [kind, count] of [...counts].sort()) t.diagnostic(`${count} × ${kind}`);

  const errors = examined.flatMap(({ name, problems }) =>
    problems
      .filter(({ severity }) => severity === "error")
      .map((one) => ({ name, rule: one.rule.id, message: messageOf(one) })),
  );
  assert.deepEqual(
    errors.filter(({ name, rule }) => !justified.some((entry) => entry.rule === rule && entry.file.test(name))),
    [],
    "errors that nobody justified",
  );
  for (const { file, rule, count } of justified) {
    assert.equal(
      errors.filter((error) => error.rule === rule && file.test(error.name)).length,
      count,
      `${rule} in ${file}: the list is not up to date`,
    );
  }
});

test("real configs: recognition and findings agree with botocore", { skip }, () => {
  const truth = readTruth();
  let compared = 0;
  for (const { name, facts, problems } of examineAll("cloudfront-json/*")) {
    const configs = truth.get(name);
    assert.ok(configs !== undefined, `${name} is not in the truth`);
    // An entry of list-distributions is none of ours; what is no JSON, botocore was not asked about.
    const expected = configs.find(({ path }) => !path.startsWith("$.DistributionList"));
    if (facts.tree.problems.length > 0) continue;
    assert.equal(pathOf(facts), expected?.path, name);
    const config = configOf(facts);
    if (expected === undefined || config === undefined) continue;
    compared++;
    const { distribution } = config;
    assert.equal(distribution.origins.length, expected.origins, name);
    assert.equal(
      distribution.behaviors.filter(({ pathPattern }) => pathPattern !== undefined).length,
      expected.behaviors,
      name,
    );
    const says = (words: RegExp) => expected.botocore.filter((line) => words.test(line)).length;
    assert.equal(countOf(problems, "distribution/required-member"), says(/^Missing required/), `${name}: missing`);
    assert.equal(
      countOf(problems, "distribution/unknown-member", "origin/mtls-place"),
      says(/^Unknown parameter/),
      `${name}: unknown`,
    );
    assert.equal(countOf(problems, "distribution/member-type"), says(/^Invalid type/), `${name}: types`);
    assert.equal(
      countOf(problems, "distribution/enum-value", "distribution/quantity"),
      expected.enumOrQuantity.length,
      `${name}: values`,
    );
    assert.equal(
      countOf(problems, "distribution/target-origin"),
      expected.unknownTargetOrigin.length,
      `${name}: targets`,
    );
  }
  assert.ok(compared > 10, `${compared} compared`);
});

test("real configs as PowerShell and Notepad save them: the same findings, and one about the encoding", {
  skip,
}, () => {
  let recognised = 0;
  for (const { name, bytes, facts, problems } of examineAll("cloudfront-json/*")) {
    const { text } = decode(bytes);
    for (const [encoding, variant] of [
      ["utf16le", Buffer.from(`\ufeff${text}`, "utf16le")],
      ["utf16le", Buffer.from(text, "utf16le")],
      ["utf8bom", Buffer.from(`\ufeff${text}`, "utf8")],
    ] as const) {
      const other = examine(name, variant);
      assert.equal(other.facts.encoding, encoding, name);
      assert.equal(other.facts.tree.text, text, name);
      assert.equal(configOf(other.facts) === undefined, configOf(facts) === undefined, name);
      const [about, rest] = [
        other.problems.filter(({ rule }) => rule.id === "file/encoding"),
        other.problems.filter(({ rule }) => rule.id !== "file/encoding"),
      ];
      assert.deepEqual(rest.map(messageOf), problems.map(messageOf), name);
      assert.equal(about.length, configOf(facts) === undefined ? 0 : 1, name);
      recognised += about.length;
    }
  }
  assert.ok(recognised > 30);
});
