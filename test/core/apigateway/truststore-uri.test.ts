import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readUri } from "../../../src/core/apigateway/truststore-uri.ts";

describe("the place of a trust store", () => {
  const cases: readonly (readonly [text: string, expected: string])[] = [
    ["s3://bucket/key", "right"],
    ["s3://bucket/a/b//c d.pem", "right"],
    ["s3://bucket/a...b/key", "right"],
    ["s3://bucket", "no-key"],
    ["s3://bucket/", "no-key"],
    ["s3://", "no-bucket"],
    ["s3:///key", "no-bucket"],
    ["S3://bucket/key", "scheme-case s3://bucket/key"],
    ["s3:/bucket/key", "no-scheme s3://bucket/key"],
    ["s3:bucket/key", "no-scheme s3://bucket/key"],
    ["s3//bucket/key", "no-scheme s3://bucket/key"],
    ["s3://bucket/key?versionId=a.B_1-", "versioned s3://bucket/key"],
    ["s3://bucket/?versionId=a", "right"],
    ["s3://bucket/key?versionId=", "right"],
    ["s3://bucket/what?.pem", "right"],
    ["bucket/key", "no-scheme s3://bucket/key"],
    ["arn:aws:s3:::bucket/key", "arn s3://bucket/key"],
    ["arn:aws-cn:s3:::bucket/a/b", "arn s3://bucket/a/b"],
    ["arn:aws:s3:::bucket", "arn"],
    ["https://bucket.s3.amazonaws.com/key", "url s3://bucket/key"],
    ["https://my.bucket.s3.eu-west-1.amazonaws.com/a/b", "url s3://my.bucket/a/b"],
    ["https://bucket.s3-eu-west-1.amazonaws.com/key", "url s3://bucket/key"],
    ["https://s3.eu-west-1.amazonaws.com/bucket/key", "url s3://bucket/key"],
    ["https://bucket.s3.cn-north-1.amazonaws.com.cn/key", "url s3://bucket/key"],
    ["https://s3.amazonaws.com/bucket", "url"],
    ["https://bucket.s3.amazonaws.com/a%20b", "url"],
    ["https://bucket.s3.amazonaws.com/key?versionId=1", "url"],
    ["https://example.com/key", "url"],
    ["https://bucket.s3.dualstack.eu-west-1.amazonaws.com/key", "url s3://bucket/key"],
    ["https://s3-fips.dualstack.us-east-1.amazonaws.com/bucket/key", "url s3://bucket/key"],
    ["http://bucket.s3-website-eu-west-1.amazonaws.com/key", "url s3://bucket/key"],
    ["https://name-123456789012.s3-accesspoint.eu-west-1.amazonaws.com/key", "url"],
    ["https://eu-west-1.console.aws.amazon.com/s3/object/bucket?region=eu-west-1&prefix=a/b", "url s3://bucket/a/b"],
    ["https://s3.console.aws.amazon.com/s3/object/bucket?region=eu-west-1&prefix=a%20b", "url"],
    ["https://s3.console.aws.amazon.com/s3/object/bucket?region=eu-west-1&prefix=a&versionId=1", "url"],
    ["s3://arn:aws:s3:::bucket/a/b", "arn-in-uri s3://bucket/a/b"],
    ["s3://ARN:aws:s3:::bucket/key", "arn-in-uri s3://bucket/key"],
    ["S3://arn:aws:s3:::bucket/key", "scheme-case s3://bucket/key"],
    ["s3://arn:aws:s3:::bucket", "arn-in-uri"],
    ["s3://arn:aws:s3:eu-west-1:123456789012:accesspoint/name/object/key", "arn-in-uri"],
    ["s3://https://bucket.s3.amazonaws.com/key", "url s3://bucket/key"],
    ["s3://bucket.s3.eu-west-1.amazonaws.com/key", "endpoint-in-uri s3://bucket/key"],
    ["s3://s3.amazonaws.com/bucket/key", "endpoint-in-uri s3://bucket/key"],
    ["s3://bucket.s3.example.com/key", "right"],
    ["s3://name-s3alias/key", "right"],
    ["s3://bucket/folder/", "folder"],
    ["s3://bucket/folder/ ", "right"],
    ["arn:aws:s3:::bucket/folder/", "arn s3://bucket/folder/"],
    ["s3:// bucket/key", "bucket-name s3://bucket/key"],
    ["s3://bucket /a b", "bucket-name s3://bucket/a b"],
    ["s3://my bucket/key", "bucket-name"],
    ["s3://bucket:key", "bucket-name"],
    ["s3://My_Old.Bucket-1/key", "right"],
    ["s3://<bucket>/<key>", "placeholder"],
    ["s3://.../key", "placeholder"],
    ["clients.pem", "foreign"],
    ["/etc/ssl/clients.pem", "foreign"],
    ["file:///clients.pem", "foreign"],
    ["arn:aws:acm:us-east-1:123456789012:certificate/1", "foreign"],
  ];
  for (const [text, expected] of cases) {
    test(text, () => {
      const form = readUri(text);
      assert.equal("meant" in form && form.meant !== undefined ? `${form.kind} ${form.meant}` : form.kind, expected);
    });
  }

  test("is read in one go, however long", () => {
    // Looking to the end from every place would take minutes.
    const kinds = [
      "<".repeat(400_000),
      `https://${"a.".repeat(200_000)}`,
      `s3://${".".repeat(400_000)}`,
      "s3.".repeat(200_000),
      `https://${"s3.".repeat(100_000)}amazonaws.com`,
      `https://${"s3.".repeat(100_000)}amazonaws.com/key`,
      `s3://${"arn:aws:s3:::".repeat(50_000)}key`,
    ].map((text) => readUri(text).kind);
    assert.deepEqual(kinds, ["foreign", "url", "placeholder", "foreign", "url", "url", "arn-in-uri"]);
  });
});
