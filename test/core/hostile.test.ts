// Files that somebody made to keep the editor busy: the work on them grows as they do, and what is found stays bounded.
// counted: its work.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isTemplated } from "../../src/core/arn.ts";
import type { Json } from "../../src/core/document/tree.ts";
import { type ConfigFacts, configOf } from "../../src/core/facts.ts";
import { fixAll } from "../../src/core/fixes.ts";
import { mostRelated } from "../../src/core/rules/related.ts";
import { mostFindings } from "../../src/core/rules/run.ts";
import { context, onFault, problemsOf, readText } from "./checking.ts";
import { certificate, counted, customConfig, customOrigin, distributionConfig, mtls, s3Origin } from "./configs.ts";
import { countWork, workOf } from "./work.ts";

type Members = { readonly [key: string]: Json };
const many = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => item(index));
const ids = (count: number) => many(count, (index) => `origin-number-${index}`);
const behavior = (target: string, members: Members = {}): Members => ({
  PathPattern: "/*",
  TargetOriginId: target,
  ViewerProtocolPolicy: "https-only",
  ...members,
});
const group = (members: readonly string[]): Members => ({
  Id: "g",
  FailoverCriteria: { StatusCodes: counted([500]) },
  Members: counted(members.map((id) => ({ OriginId: id }))),
});

/** `{"a":…}` becomes `{"a":…,more}`: names that are there many times, which no object can say. */
function withRepeated(object: Members, count: number, member: (index: number) => string): string {
  return `${JSON.stringify(object).slice(0, -1)},${many(count, member).join()}}`;
}

/** A config whose only origin, or its CustomOriginConfig, or the default behavior, has more members. */
function withMembers(
  place: "top" | "origin" | "custom" | "behavior",
  count: number,
  member: (index: number) => string,
): string {
  const marked = distributionConfig(
    [customOrigin("o1", customConfig(place === "custom" ? { "?": 0 } : {}), place === "origin" ? { "?": 0 } : {})],
    {
      DefaultCacheBehavior: {
        TargetOriginId: "o1",
        ViewerProtocolPolicy: "https-only",
        ...(place === "behavior" ? { "?": 0 } : {}),
      },
      ...(place === "top" ? { "?": 0 } : {}),
    },
  );
  return JSON.stringify(marked).replace('"?":0', () => many(count, member).join());
}

/** By name: a document for each size. */
const documents: Readonly<Record<string, (count: number) => string>> = {
  "targets that are near many ids": (count) =>
    JSON.stringify(
      distributionConfig(
        ids(count).map((id) => s3Origin(`${id}yy`)),
        { CacheBehaviors: counted(ids(count).map((id) => behavior(`${id}x`))) },
      ),
    ),
  "origins with a wrong Quantity": (count) =>
    JSON.stringify(
      distributionConfig(ids(count).map((id) => s3Origin(id, { CustomHeaders: { Quantity: 5, Items: [] } }))),
    ),
  "the same member many times, with a wrong Quantity": (count) =>
    withMembers("behavior", count, () => '"AllowedMethods":{"Quantity":3,"Items":[]}'),
  "the same misspelled name many times": (count) => withMembers("top", count, () => '"Commnt":""'),
  "many misspelled names": (count) =>
    withMembers("top", count, (index) => `"CacheBehavior${(index * 7919) % 100_003}":1`),
  "the same empty block many times": (count) => withMembers("behavior", count, () => '"GrpcConfig":{}'),
  "gRPC behaviors, and blocks at their origin": (count) =>
    JSON.stringify(
      distributionConfig(undefined, {
        CacheBehaviors: counted(many(count, () => behavior("o1", { GrpcConfig: { Enabled: true } }))),
      }),
    ).replace('"HTTPPort":80', () =>
      many(count, () => `"OriginMtlsConfig":{"ClientCertificateArn":"${certificate}"}`).join(),
    ),
  "misspelled blocks behind other members": (count) =>
    withMembers("origin", 2 * count, (index) =>
      index < count ? `"a${index}":1` : `"OriginMtls":{"CertificateArn":"${certificate}"}`,
    ),
  "misspelled blocks at an origin and in its CustomOriginConfig": (count) =>
    withMembers("custom", count, () => `"OriginMtls":{"CertificateArn":"${certificate}"}`).replace(
      '"DomainName"',
      () => `${many(count, () => `"OriginMtls":{"CertificateArn":"${certificate}"}`).join()},"DomainName"`,
    ),
  "origins with mTLS, and aliases that are ARNs": (count) =>
    JSON.stringify(
      distributionConfig(
        ids(count).map((id) => customOrigin(id, customConfig(mtls))),
        { Aliases: counted(many(count, () => "arn:aws-cn:x:y:1:z")) },
      ),
    ),
  "behaviors that share a long group": (count) =>
    JSON.stringify(
      distributionConfig([customOrigin("o1"), customOrigin("o2", customConfig(mtls))], {
        OriginGroups: counted([group([...many(count, () => "o1"), "o2"])]),
        CacheBehaviors: counted(many(count, () => behavior("g", { GrpcConfig: { Enabled: true } }))),
      }),
    ),
  "behaviors that share a long group without mTLS": (count) =>
    JSON.stringify(
      distributionConfig([customOrigin("o1")], {
        OriginGroups: counted([group(many(count, () => "o1"))]),
        CacheBehaviors: counted(many(count, () => behavior("g", { GrpcConfig: { Enabled: true } }))),
      }),
    ),
  "outdated protocols": (count) =>
    JSON.stringify(
      distributionConfig([
        customOrigin(
          "o1",
          customConfig({ ...mtls, OriginSslProtocols: counted([...many(count, () => "TLSv1"), "TLSv1.2"]) }),
        ),
      ]),
    ),
  "origins with the same id": (count) => JSON.stringify(distributionConfig(many(count, () => customOrigin("o1")))),
  "wrong values": (count) =>
    JSON.stringify(
      distributionConfig(
        ids(count).map((id) =>
          customOrigin(
            id,
            customConfig({ OriginProtocolPolicy: "https_only", HTTPPort: "80", OriginReadTimeout: 500 }),
          ),
        ),
      ),
    ),
  "blank lines in front of everything": (count) =>
    JSON.stringify(
      distributionConfig(ids(count).map((id) => s3Origin(id, { CustomHeaders: { Quantity: 5, Items: [] } }))),
    ).replaceAll(":", "\n\n\t:\r\n"),
  "comments between everything": (count) =>
    JSON.stringify(
      distributionConfig(ids(count).map((id) => s3Origin(id, { CustomHeaders: { Quantity: 5, Items: [] } }))),
    ).replaceAll(",", "/* a */,// b\n"),
  "half of a config": (count) =>
    JSON.stringify(distributionConfig(ids(count).map((id) => customOrigin(id)))).slice(0, -20),
  "repeated names at the top": (count) => withRepeated(distributionConfig(), count, () => '"Enabled":true'),
};

describe("the work on a hostile file", { concurrency: false }, () => {
  countWork();

  const [small, factor] = [400, 4];
  /**
   * In proportion to the size it is 4 times as much, with sorting a little more; comparing each with each makes it 16
   * times as much.
   */
  const most = 6;
  const judge = (text: string): ConfigFacts => {
    const facts = readText(text, { syntax: "jsonc" });
    problemsOf(facts);
    return facts;
  };

  for (const [name, make] of Object.entries(documents)) {
    test(`grows as the file does: ${name}`, () => {
      const [one, another] = [make(small), make(small * factor)];
      assert.ok(another.length < one.length * (factor + 1));
      const facts = judge(one);
      assert.notEqual(configOf(facts), undefined, "not recognised: it proves nothing");
      for (const run of [judge, (text: string) => fixAll(readText(text, { syntax: "jsonc" }), context, onFault)]) {
        const [less, more] = [workOf(() => run(one)), workOf(() => run(another))];
        assert.ok(more < less * most, `${less} becomes ${more}, ${(more / less).toFixed(1)} times as much`);
      }
    });
  }

  test("is seen to grow faster, where it does", () => {
    const each = (count: number) => workOf(() => many(count, () => readText(JSON.stringify(many(count, () => 1)))));
    assert.ok(each(120) > each(30) * most);
  });
});

describe("what is found in a hostile file", () => {
  for (const [name, make] of Object.entries(documents)) {
    test(`is bounded: ${name}`, () => {
      const problems = problemsOf(readText(make(mostFindings + 500), { syntax: "jsonc" }));
      const counts = new Map<string, number>();
      for (const { rule } of problems) counts.set(rule.id, (counts.get(rule.id) ?? 0) + 1);
      assert.deepEqual(
        [...counts].filter(([, count]) => count > mostFindings),
        [],
      );
      assert.ok(problems.every(({ related = [] }) => related.length <= mostRelated));
    });
  }

  test("is as much as may be shown, and fix all goes on behind it", () => {
    const count = mostFindings + 500;
    const facts = readText(documents["origins with a wrong Quantity"]?.(count) ?? "");
    assert.equal(problemsOf(facts).filter(({ rule }) => rule.id === "distribution/quantity").length, mostFindings);
    assert.equal(fixAll(facts, context, onFault).applied, count);
  });

  test("names what was meant, until too much would have to be compared", () => {
    const config = (count: number) =>
      readText(
        JSON.stringify(
          distributionConfig(
            ids(count).map((id) => s3Origin(id)),
            { CacheBehaviors: counted(ids(count).map((id) => behavior(`${id}-x`))) },
          ),
        ),
      );
    const suggestions = (facts: ConfigFacts) =>
      problemsOf(facts).filter(({ rule, fixes }) => rule.id === "distribution/target-origin" && fixes !== undefined)
        .length;
    assert.ok(suggestions(config(100)) > 80);
    assert.ok(suggestions(config(1_000)) <= 20);
  });

  test("is no template where one begins again and again, and nobody waits for that", () => {
    const timeOf = (text: string) =>
      Math.min(
        ...many(3, () => {
          const start = performance.now();
          assert.ok(!isTemplated(text));
          return performance.now() - start;
        }),
      );
    for (const beginning of ["${", "#{", "{{", "$(", "((", "<%", "__ ", "@a", "% "]) {
      // Looking to the end from every beginning would take some ten thousand times as long.
      assert.ok(timeOf(beginning.repeat(40_000)) < 500 * Math.max(timeOf("a".repeat(80_000)), 0.1), beginning);
    }
  });

  test("is nothing where it is nested too deeply, or a name is very long", () => {
    for (const value of ["[".repeat(50_000) + "]".repeat(50_000), `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`]) {
      problemsOf(readText(JSON.stringify(distributionConfig([], { "?": 0 })).replace('"?":0', () => `"a":${value}`)));
    }
    const long = "OriginMtlsConfi".repeat(50_000);
    assert.ok(problemsOf(readText(JSON.stringify(distributionConfig(undefined, { [long]: 1 })))).length < 3);
  });
});
