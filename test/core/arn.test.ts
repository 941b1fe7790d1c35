import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { arnWithin, describeArn, isCertificateArn, isPlaceholder, isTemplated, parseArn } from "../../src/core/arn.ts";
import { tell } from "../../src/core/messages/tell.ts";
import { certificate } from "./configs.ts";

describe("an ARN", () => {
  test("falls into its parts; the resource keeps its colons and slashes", () => {
    assert.deepEqual(parseArn("arn:aws-cn:acm:cn-north-1:123456789012:certificate/a/b:c"), {
      partition: "aws-cn",
      service: "acm",
      region: "cn-north-1",
      account: "123456789012",
      resource: "certificate/a/b:c",
    });
    assert.deepEqual(parseArn("arn:aws:s3:::bucket/key"), {
      partition: "aws",
      service: "s3",
      region: "",
      account: "",
      resource: "bucket/key",
    });
  });

  for (const text of [
    "",
    "arn",
    "arn:aws:acm",
    "arn:aws:acm:us-east-1:123456789012",
    "ARN:aws:acm:us-east-1:123456789012:certificate/x",
    ` ${certificate}`,
    "urn:aws:acm:us-east-1:123456789012:x",
  ]) {
    test(`is not ${JSON.stringify(text)}`, () => assert.equal(parseArn(text), undefined));
  }
});

describe("a certificate ARN, by the pattern of the ACM API", () => {
  // Regions may be empty, accounts of any length, ids of any form: that is how the service model has it.
  for (const text of [
    certificate,
    "arn:aws-us-gov:acm:us-gov-west-1:123456789012:certificate/x",
    "arn:aws:acm::1:certificate/abc",
  ]) {
    test(`is ${text}`, () => assert.ok(isCertificateArn(text)));
  }
  for (const text of [
    "",
    "arn:aws:acm:us-east-1::certificate/x",
    "arn:aws:acm:us-east-1:123456789012:certificate/",
    "arn:aws:acm:us-east-1:123456789012:certificate/x y",
    `${certificate}\n`,
    "arn:aws:acm-pca:us-east-1:123456789012:certificate/x",
    "arn:aws:acm:us-east-1:123456789012:account",
    "arn::acm:us-east-1:123456789012:certificate/x",
    `${certificate}${"x".repeat(2048)}`,
  ]) {
    test(`is not ${JSON.stringify(text.slice(0, 90))}`, () => assert.ok(!isCertificateArn(text)));
  }
});

describe("a value that is filled in later", () => {
  for (const text of [
    "${CERT}",
    "arn:aws:acm:${AWS::Region}:1:certificate/x",
    "{{ cert }}",
    "{{resolve:ssm:/cert}}",
    "$CERT_ARN",
    "$(terraform output -raw arn)",
    "%CERT%",
    "__CERT_ARN__",
    "@@CERT@@",
    "@CERT@",
    "<%= arn %>",
  ]) {
    test(`is ${text}`, () => assert.ok(isTemplated(text)));
  }
  for (const text of [
    "",
    certificate,
    "o1",
    "https-only",
    "50%",
    "US$",
    "me@example.com",
    "a_b",
    "$",
    "{}",
    "<certificate>",
  ]) {
    test(`is not ${JSON.stringify(text)}`, () => assert.ok(!isTemplated(text)));
  }
});

describe("a placeholder", () => {
  for (const text of [
    "<arn>",
    "arn:aws:acm:us-east-1:123456789012:certificate/...",
    "arn:aws:acm:us-east-1:123456789012:certificate/…",
    "your-certificate-arn",
    "arn:aws:acm:us-east-1:ACCOUNT_ID:certificate/x",
    "REPLACE_ME",
    "change-me",
    "TODO",
    "arn:aws:acm:us-east-1:xxxxxxxxxxxx:certificate/x",
    "certificate-id",
    "arn:aws:acm:us-east-1:123456789012:certificate/cert-id",
    "insert certificate here",
    "arn:aws:acm:us-east-1:ACCOUNT:certificate/ID",
    "arn:aws:acm:REGION:123456789012:certificate/clients",
    "REGION",
  ]) {
    test(`is ${text}`, () => assert.ok(isPlaceholder(text)));
  }
  for (const text of [
    certificate,
    "",
    "arn:aws:acm:us-east-1:111122223333:certificate/abcdef01-2345-6789-abcd-ef0123456789",
    "arn:aws:iam::123456789012:server-certificate/cloudfront/tours",
    "arn:aws:s3:::xxx/replacement",
    "arn:aws:s3:::account/region",
    "arn:aws:account::123456789012:account",
  ]) {
    test(`is not ${JSON.stringify(text)}`, () => assert.ok(!isPlaceholder(text)));
  }
});

describe("what an ARN names", () => {
  const named: readonly (readonly [resource: string, words: RegExp])[] = [
    ["arn:aws:acm:us-east-1:123456789012:certificate/x", /^an ACM certificate$/],
    ["arn:aws:iam::123456789012:server-certificate/cloudfront/x", /IAM server certificate/],
    ["arn:aws:iam::123456789012:role/x", /IAM role/],
    ["arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/x", /^an AWS Private CA certificate authority$/],
    [
      "arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/x/certificate/y",
      /^an AWS Private CA certificate that was not imported into ACM/,
    ],
    ["arn:aws:cloudfront::123456789012:trust-store/ts_1", /CloudFront trust store/],
    ["arn:aws:cloudfront::123456789012:distribution/E1", /CloudFront distribution/],
    [
      "arn:aws:elasticloadbalancing:us-east-1:123456789012:truststore/x/0123456789abcdef",
      /^a load balancer trust store/,
    ],
    ["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/x/1", /load balancer/],
    ["arn:aws:secretsmanager:us-east-1:123456789012:secret:x", /Secrets Manager/],
    ["arn:aws:rolesanywhere:us-east-1:123456789012:trust-anchor/x", /trust anchor/],
    ["arn:aws:s3:::bucket/key", /S3/],
    ["arn:aws:kms:us-east-1:123456789012:key/x", /a resource of service kms/],
    ["arn:aws:constructor:::toString", /a resource of service constructor/],
  ];
  for (const [arn, words] of named)
    test(arn, () => assert.match(tell(describeArn(parseArn(arn) ?? assert.fail())), words));
});

describe("the ARN in what is pasted", () => {
  const arn = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
  for (const around of [
    "‸",
    "  ‸\n",
    '"‸"',
    "'‸',",
    "“‸”",
    '        "ClientCertificateArn": "‸",\n',
    "ClientCertificateArn: ‸",
    'certificate_arn = "‸"\r\n',
    "\ufeff‸\u200b",
    '{\\"arn\\": \\"‸\\"}',
  ])
    test(`is found in ${JSON.stringify(around)}, also where a line ends within it`, () => {
      assert.equal(arnWithin(around.replace("‸", arn)), arn);
      assert.equal(arnWithin(around.replace("‸", `${arn.slice(0, 40)}\n    ${arn.slice(40)}`)), arn);
    });

  test("may be only its beginning, or stand for something else", () => {
    assert.equal(arnWithin("arn:a"), "arn:a");
    assert.equal(arnWithin("arn:aws:iam::1:role/x"), "arn:aws:iam::1:role/x");
    assert.equal(
      arnWithin("arn:aws:acm:us-east-1:${AWS::AccountId}:certificate/x"),
      "arn:aws:acm:us-east-1:${AWS::AccountId}:certificate/x",
    );
    for (const text of ["", "arn", "arn:", "learn:this", "x-arn:y", "shop.example.com"])
      assert.equal(arnWithin(text), undefined, text);
  });
});
