import assert from "node:assert/strict";
import { test } from "node:test";
import { maskSecrets } from "../../../src/core/cloudfront/secrets.ts";
import { configOf } from "../../../src/core/facts.ts";
import { fixTitle, messageOf, relatedText } from "../../../src/core/messages/tell.ts";
import { read } from "../../../src/core/read.ts";
import { check } from "../../../src/core/rules/check.ts";

const secret = "hunter2-hunter2";
const config = (value: unknown) =>
  JSON.stringify({
    CallerReference: "x",
    Origins: {
      Quantity: 7,
      Items: [
        {
          Id: "o",
          DomainName: "o.example.com",
          CustomHeaders: {
            Quantity: 9,
            Items: [
              { HeaderName: "x-verify", HeaderValue: value },
              { HeaderName: "empty", HeaderValue: "" },
            ],
          },
          CustomOriginConfig: {},
        },
      ],
    },
    DefaultCacheBehavior: { TargetOriginId: "p" },
  });

function facts(text: string) {
  const found = read({ text, syntax: "json", name: "x.json" });
  return { ...found, config: configOf(found) ?? assert.fail() };
}

test("a masked config shows no header value, and everything else to the letter", () => {
  const text = config(secret);
  assert.equal(maskSecrets(facts(text).tree), text.replace(JSON.stringify(secret), '"••••••"'));
});

test("a header value of another type is masked as well", () => {
  for (const value of [12345, { inner: secret }, [secret]]) {
    const masked = maskSecrets(facts(config(value)).tree);
    assert.ok(!masked.includes(secret) && !masked.includes("12345"), masked);
  }
});

for (const [name, headers] of [
  ["CloudFormation's spelling", `"OriginCustomHeaders": [{ "HeaderName": "x", "HeaderValue": "${secret}" }]`],
  ["Terraform's spelling", `"custom_header": [{ "name": "x", "value": "${secret}" }]`],
  ["another case", `"Customheaders": { "Items": [{ "headername": "x", "headervalue": "${secret}" }] }`],
  ["a slip in the member's name", `"CustomHeaders": { "Items": [{ "HeaderName": "x", "HeaderVaule": "${secret}" }] }`],
  [
    "a repeated member",
    `"CustomHeaders": { "Items": [{ "HeaderName": "x", "HeaderValue": "${secret}", "HeaderValue": "other" }] }`,
  ],
  [
    "a repeated list",
    `"CustomHeaders": { "Items": [{ "HeaderValue": "${secret}" }] }, "CustomHeaders": { "Items": [] }`,
  ],
  ["a plain map", `"CustomHeaders": { "X-Origin-Verify": "${secret}" }`],
  ["a list of maps", `"CustomHeaders": { "Items": [{ "X-Origin-Verify": "${secret}" }] }`],
  ["a slip outside every list", `"Backup": { "HeaderVale": "${secret}" }`],
  ["a list of any other name", `"OriginRequestHeaders": { "Items": [{ "Name": "x", "Value": "${secret}" }] }`],
  ["a list in another case", `"custom_headers": [{ "header_name": "x", "header_value": "${secret}" }]`],
  ["another language's names", `"headers": [{ "key": "x", "values": ["${secret}"] }]`],
  ["a map of any other name", `"headers": { "x-origin-verify": "${secret}" }`],
  ["a map of lists", `"headers": { "x-origin-verify": [{ "key": "X-Origin-Verify", "value": "${secret}" }] }`],
  ["the names of credentials", `"RequestHeaders": { "Authorization": "Bearer ${secret}" }`],
  ["a list of whole headers", `"headers": ["Accept: */*", "X-Origin-Verify: ${secret}"]`],
  ["one whole header", `"header": "X-Origin-Verify: ${secret}"`],
  ["a text of headers", `"requestHeaders": "X-Origin-Verify: ${secret}\\r\\nAccept: */*"`],
  ["a list of pairs", `"headers": [["X-Origin-Verify", "${secret}"]]`],
  ["a list of pairs with several values", `"headers": { "Items": [["verify", "x", "${secret}"]] }`],
  ["a name that says nothing", `"headers": { "secret": "${secret}" }`],
  ["a name that says nothing, with several values", `"multiValueHeaders": { "secret": ["${secret}"] }`],
  ["a name that says nothing, in a list", `"headers": { "Items": [{ "secret": "${secret}" }] }`],
  ["a member nobody knows, beside the name", `"headers": [{ "header": "X-Verify", "content": "${secret}" }]`],
  ["a rule's condition", `"HttpHeaderConfig": { "HttpHeaderName": "X-Verify", "Values": ["${secret}"] }`],
] as const) {
  test(`a header value is masked under ${name}`, () => {
    const text = `{ "Origins": { "Items": [ { "Id": "o", "DomainName": "o.example.com", "CustomOriginConfig": {}, ${headers} } ] } }`;
    const masked = maskSecrets(facts(text).tree);
    assert.ok(!masked.includes(secret), masked);
    assert.ok(masked.includes('"o.example.com"'));
  });
}

test("what only names headers, or counts them, is not masked", () => {
  const text = JSON.stringify({
    CustomHeaders: { Quantity: 1, Items: [{ HeaderName: "x-verify" }, { header_name: "x-other" }] },
    ForwardedValues: { Headers: { Quantity: 2, Items: ["Authorization", "x-verify"] } },
    HeadersConfig: { HeaderBehavior: "whitelist", Headers: { Quantity: 1, Items: ["Host"] } },
    headers_config: [{ header_behavior: "whitelist", headers: [{ items: ["Host", ":authority"] }] }],
    AccessControlAllowHeaders: { Quantity: 2, Items: ["*", "X-Verify"] },
    ResponseHeaders: { "Access-Control-Allow-Headers": "Content-Type, X-Verify", "access-control-max-age": 600 },
    AllowHeaders: ["Content-Type", "X-Verify"],
    http_header: [{ http_header_name: "X-Verify" }],
    HostHeaderConfig: { Values: ["shop.example.com"] },
    FieldToMatch: { SingleHeader: { Name: "x-verify" } },
    Headers: { MatchPattern: { All: {} }, MatchScope: "ALL", OversizeHandling: "CONTINUE" },
    RemoveHeadersConfig: { Quantity: 1, Items: [{ Header: "Server" }] },
    forwarded_headers: { Ref: "Names" },
    ForwardHeaders: ["AWS::NoValue", "arn:aws:cloudfront::123456789012:cache-policy/x"],
    PreserveHostHeader: true,
  });
  assert.equal(maskSecrets(read({ text, syntax: "json", name: "x.json" }).tree), text);
});

test("no finding repeats a header value, right or wrong", () => {
  for (const value of [secret, 12345, [secret], `arn:aws:acm:us-east-1:1:certificate/${secret}`]) {
    const problems = check(
      facts(config(value)),
      { now: new Date(0), settings: { severities: {}, expiryWarningDays: 30 }, purpose: "unknown" },
      (id) => assert.fail(id),
    );
    assert.notEqual(problems.length, 0);
    const said = JSON.stringify(
      problems.map((problem) => [
        messageOf(problem),
        problem.related?.map((other) => relatedText(other, problem)),
        problem.fixes?.map((fix) => fixTitle(fix, problem)),
      ]),
    );
    assert.ok(!said.includes(secret) && !said.includes("12345"), said);
  }
});
