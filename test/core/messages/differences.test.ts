import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { differences } from "../../../src/core/cloudfront/compare.ts";
import type { Json } from "../../../src/core/document/tree.ts";
import { describeDifference } from "../../../src/core/messages/differences.ts";
import { holds } from "../../randomly.ts";
import { anyConfig, type Members } from "../cloudfront/wire-configs.ts";
import { counted, customConfig, customOrigin, distributionConfig, s3Origin } from "../configs.ts";

const arn = (index: number): string =>
  `arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-${String(index).padStart(12, "0")}`;
const mtls = (index: number): Members => ({ OriginMtlsConfig: { ClientCertificateArn: arn(index) } });

describe("a difference in words", () => {
  const words = (before: Json, after: Json): string[] => differences(before, after).map(describeDifference);
  const header = (HeaderValue: string, HeaderName = "X-Origin-Verify"): Members => ({
    CustomHeaders: counted([{ HeaderName, HeaderValue }]),
  });

  test("says where, and what becomes what", () => {
    assert.deepEqual(
      words(
        distributionConfig(
          [customOrigin("o1", customConfig({ OriginProtocolPolicy: "match-viewer", ...mtls(1) })), s3Origin("o2")],
          { HttpVersion: "http2", Aliases: counted(["a", "b"]) },
        ),
        distributionConfig([customOrigin("o1", customConfig())], { Staging: false, Aliases: counted(["b", "c"]) }),
      ),
      [
        'Origins › o1 › CustomOriginConfig › OriginProtocolPolicy: changed from "match-viewer" to "https-only"',
        `Origins › o1 › CustomOriginConfig › OriginMtlsConfig: removed {"ClientCertificateArn":"${arn(1)}"}`,
        'Origins › o2: removed {"Id":"o2","DomainName":"o2.s3.us-east-1.amazonaws.com","S3OriginConfig":{"OriginAccessIdentity":""}}',
        'HttpVersion: removed "http2"',
        'Aliases › #1: removed "a"',
        'Aliases › #2: added "c"',
        "Staging: added false",
      ],
    );
    assert.deepEqual(
      words(
        { CacheBehaviors: { Items: [{ PathPattern: "/a" }, { PathPattern: "/b" }] } },
        { CacheBehaviors: { Items: [{ PathPattern: "/b" }, { PathPattern: "/a" }] } },
      ),
      ['CacheBehaviors: order changed from ["/a","/b"] to ["/b","/a"]'],
    );
    assert.deepEqual(words("a", "b"), ['The configuration: changed from "a" to "b"']);
    assert.deepEqual(words({ a: [{ x: 1 }] }, { a: "b" }), ['a: changed from [{"x":1}] to "b"']);
  });

  test("stays one short line", () => {
    const [long = ""] = words({ Comment: "日本".repeat(500) }, { Comment: "a\nb\u2028" });
    assert.ok(long.length < 200 && long.includes("…") && !long.includes("\n"), long);
    assert.deepEqual(words({}, { Origin: customOrigin("o1".repeat(100)) }), ["Origin: added"]);
    assert.ok(
      (words({ Items: [{ Id: "a\n".repeat(1_000), x: 1 }] }, { Items: [{ Id: "a\n".repeat(1_000), x: 2 }] })[0] ?? "")
        .length < 100,
    );
    assert.match(words({ Comment: "😀".repeat(500) }, {})[0] ?? "", /^Comment: removed [^\uFFFD]*😀…$/u);
  });

  test("never has the value of a custom header", () => {
    const secret = "hunter2";
    const origins = (...all: readonly Members[]) => distributionConfig(all);
    const cases: readonly (readonly [Json, Json])[] = [
      [origins(customOrigin("o1", {}, header(secret))), origins(customOrigin("o1", {}, header("other")))],
      [origins(customOrigin("o1", {}, header("other"))), origins(customOrigin("o1", {}, header(secret)))],
      [origins(customOrigin("o1", {}, header(secret))), origins(customOrigin("o1"))],
      [origins(customOrigin("o1")), origins(customOrigin("o1", {}, header(secret)))],
      [origins(), origins({ Id: "o", ...header(secret) })],
      [origins(customOrigin("o1", {}, header(secret))), origins(customOrigin("o1", {}, header(secret, "X-Other")))],
      [{ CustomHeaders: { Items: [secret] } }, { CustomHeaders: { Items: ["x", secret] } }],
      [{ CustomHeaders: { Items: ["x", secret] } }, { CustomHeaders: { Items: [secret, "x"] } }],
      [{ CustomHeaders: secret }, { CustomHeaders: [secret] }],
      [{ HeaderName: "X", HeaderValue: secret }, { HeaderName: "X" }],
      [{ Items: [{ HeaderName: "X", HeaderValue: secret }] }, { Items: [] }],
      [[{ HeaderName: "X", HeaderValue: secret }], "x"],
    ];
    for (const [before, after] of cases) {
      const lines = words(before, after);
      assert.notEqual(lines.length, 0);
      for (const line of lines) assert.ok(!line.includes(secret), line);
    }
    assert.deepEqual(
      words(origins(customOrigin("o1", {}, header("a"))), origins(customOrigin("o1", {}, header("b")))),
      ["Origins › o1 › CustomHeaders › X-Origin-Verify › HeaderValue: changed (not shown here)"],
    );
  });

  test("is one line for any two configs", () => {
    holds(
      fc.property(anyConfig, anyConfig, (one, other) => {
        for (const line of words(one, other)) assert.doesNotMatch(line, /[\n\r]/);
      }),
      200,
    );
  });
});
