import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Json, Syntax } from "../../src/core/document/tree.ts";
import { type ConfigFacts, configOf } from "../../src/core/facts.ts";
import { fixAll } from "../../src/core/fixes.ts";
import { messageOf } from "../../src/core/messages/tell.ts";
import { read, reread } from "../../src/core/read.ts";
import { check } from "../../src/core/rules/check.ts";
import type { Problem } from "../../src/core/rules/rule.ts";
import { hasTellingWord } from "../../src/core/telling.ts";
import { context, onFault, problemsIn, problemsOf, readText } from "./checking.ts";
import { certificate, counted, customConfig, customOrigin, distributionConfig, mtls, s3Origin } from "./configs.ts";
import { layouts } from "./document/layouts.ts";

/** What a document is taken for: its wrapper, whole or fragment, and how many origins; or that it is none of ours. */
function recognise(text: string, syntax: Syntax = "json"): string {
  const config = configOf(readText(text, { syntax }));
  if (config === undefined) return "not ours";
  const { wrapper, distribution } = config;
  const origins = `${distribution.origins.length} ${distribution.origins.length === 1 ? "origin" : "origins"}`;
  return `${wrapper === undefined ? "" : `${wrapper.kind}: `}${distribution.whole ? "whole" : "fragment"}, ${origins}`;
}

const config = distributionConfig();
const distribution = {
  Id: "E1EXAMPLE",
  ARN: "arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE",
  Status: "Deployed",
  LastModifiedTime: "2026-02-02T00:00:00+00:00",
  InProgressInvalidationBatches: 0,
  DomainName: "d111111abcdef8.cloudfront.net",
  DistributionConfig: config,
};
/** One item of `list-distributions`: config and distribution in one, without `CallerReference`. */
const { CallerReference: _callerReference, ...withoutReference } = distributionConfig([
  customOrigin("o1"),
  s3Origin("o2"),
]);
const summary = {
  Id: "E1EXAMPLE",
  ARN: distribution.ARN,
  Status: "Deployed",
  LastModifiedTime: distribution.LastModifiedTime,
  DomainName: distribution.DomainName,
  ...withoutReference,
};
const skeletonOrigin = {
  Id: "",
  DomainName: "",
  OriginPath: "",
  CustomHeaders: counted([{ HeaderName: "", HeaderValue: "" }]),
  S3OriginConfig: { OriginAccessIdentity: "" },
  CustomOriginConfig: {
    HTTPPort: 0,
    HTTPSPort: 0,
    OriginProtocolPolicy: "https-only",
    OriginSslProtocols: { Quantity: 0, Items: ["TLSv1.2"] },
    OriginMtlsConfig: { ClientCertificateArn: "" },
  },
};
const skeleton = {
  CallerReference: "",
  Origins: { Quantity: 0, Items: [skeletonOrigin] },
  DefaultCacheBehavior: { TargetOriginId: "", ViewerProtocolPolicy: "redirect-to-https" },
  Comment: "",
  Enabled: true,
};
/** A distribution as CloudFormation spells it: plain lists, and a mistake of ours to look away from. */
const cloudFormationConfig = {
  Enabled: true,
  Origins: [
    {
      Id: "o1",
      DomainName: "origin.example.com",
      CustomOriginConfig: {
        OriginProtocolPolicy: "http-only",
        OriginSSLProtocols: ["TLSv1"],
        OriginMtls: { Enabled: true, CertificateArn: certificate },
      },
    },
  ],
  DefaultCacheBehavior: { TargetOriginId: "o1", ViewerProtocolPolicy: "https-only" },
};
const cloudFormationResource = {
  Type: "AWS::CloudFront::Distribution",
  Properties: { DistributionConfig: cloudFormationConfig },
};

const ours: readonly (readonly [name: string, value: Json, expected: string])[] = [
  ["the inner config", config, "whole, 1 origin"],
  ["a config without origins yet", { ...config, Origins: { Quantity: 0, Items: [] } }, "whole, 0 origins"],
  ["a config without CallerReference", withoutReference, "whole, 2 origins"],
  [
    "a config without Origins",
    { CallerReference: "r", DefaultCacheBehavior: { TargetOriginId: "o1" } },
    "whole, 0 origins",
  ],
  [
    "the output of get-distribution-config",
    { ETag: "E2EXAMPLE", DistributionConfig: config },
    "get-distribution-config: whole, 1 origin",
  ],
  [
    "the same with the ETag behind",
    { DistributionConfig: config, ETag: "E2EXAMPLE" },
    "get-distribution-config: whole, 1 origin",
  ],
  [
    "the output of get-distribution",
    { ETag: "E2EXAMPLE", Distribution: distribution },
    "get-distribution: whole, 1 origin",
  ],
  [
    "the output of create-distribution",
    {
      Location: "https://cloudfront.amazonaws.com/2020-05-31/distribution/E1EXAMPLE",
      ETag: "E2EXAMPLE",
      Distribution: distribution,
    },
    "get-distribution: whole, 1 origin",
  ],
  ["what stands in Distribution", distribution, "get-distribution: whole, 1 origin"],
  ["the wrapper with the ETag removed", { DistributionConfig: config }, "etag-removed: whole, 1 origin"],
  [
    "the input of update-distribution",
    { DistributionConfig: config, Id: "E1EXAMPLE", IfMatch: "E2EXAMPLE" },
    "cli-input: whole, 1 origin",
  ],
  [
    "the input of create-distribution-with-tags",
    { DistributionConfigWithTags: { DistributionConfig: config, Tags: { Items: [] } } },
    "cli-input: whole, 1 origin",
  ],
  [
    "the value of --distribution-config-with-tags",
    { DistributionConfig: config, Tags: { Items: [] } },
    "cli-input: whole, 1 origin",
  ],
  ["Origins in a member, as in the articles", { Origins: { Items: [customOrigin("o1")] } }, "fragment, 1 origin"],
  ["Origins alone", { Quantity: 2, Items: [customOrigin("o1"), s3Origin("o2")] }, "fragment, 2 origins"],
  ["one origin", customOrigin("o1"), "fragment, 1 origin"],
  ["one S3 origin", s3Origin("o1"), "fragment, 1 origin"],
  [
    "one VPC origin",
    { Id: "o1", DomainName: "internal.example.com", VpcOriginConfig: { VpcOriginId: "vo_1" } },
    "fragment, 1 origin",
  ],
  [
    "an origin with only the misplaced block",
    { Id: "o1", DomainName: "origin.example.com", ...mtls },
    "fragment, 1 origin",
  ],
  ["CustomOriginConfig in a member", { CustomOriginConfig: customConfig({ OriginMtls: {} }) }, "fragment, 1 origin"],
  ["CustomOriginConfig alone", customConfig(), "fragment, 1 origin"],
  [
    "CustomOriginConfig alone, without ports",
    { OriginProtocolPolicy: "https-only", OriginMtls: { Enabled: true } },
    "fragment, 1 origin",
  ],
  [
    "a config with members nobody knows",
    { ...config, $schema: "https://example.com/schema.json", Colour: "blue" },
    "whole, 1 origin",
  ],
  ["a list of configs", [config, config], "whole, 1 origin"],
  ["a config under a name of its own", { staging: config }, "whole, 1 origin"],
  [
    "what get-distribution-config gives, under names of their own",
    { regions: { tokyo: { ETag: "E2EXAMPLE", DistributionConfig: config } } },
    "get-distribution-config: whole, 1 origin",
  ],
];

const lookalikes: readonly (readonly [name: string, value: Json])[] = [
  [
    "list-distributions",
    { DistributionList: { Marker: "", MaxItems: 100, IsTruncated: false, Quantity: 1, Items: [summary] } },
  ],
  ["one summary from list-distributions", summary],
  ["list-distributions through jq", [summary]],
  ["create-distribution --generate-cli-skeleton", { DistributionConfig: skeleton }],
  ["update-distribution --generate-cli-skeleton", { DistributionConfig: skeleton, Id: "", IfMatch: "" }],
  [
    "create-distribution-with-tags --generate-cli-skeleton",
    { DistributionConfigWithTags: { DistributionConfig: skeleton, Tags: { Items: [{ Key: "", Value: "" }] } } },
  ],
  ["the config of a skeleton", skeleton],
  ["a CloudFormation resource", cloudFormationResource],
  ["CloudFormation Properties", { Properties: { DistributionConfig: cloudFormationConfig } }],
  ["the inside of Properties", { DistributionConfig: cloudFormationConfig }],
  ["a CloudFormation DistributionConfig", cloudFormationConfig],
  ["a CloudFormation origin with its own spelling", cloudFormationConfig.Origins[0] ?? null],
  [
    "a CloudFormation origin with intrinsics",
    {
      Id: "o1",
      DomainName: { "Fn::GetAtt": ["Alb", "DNSName"] },
      CustomOriginConfig: { OriginProtocolPolicy: "https-only" },
    },
  ],
  [
    "a CloudFormation origin with a reference",
    {
      Id: "o1",
      DomainName: { Ref: "Host" },
      CustomOriginConfig: { OriginProtocolPolicy: "https-only", HTTPSPort: 443 },
    },
  ],
  [
    "a property of CustomOriginConfig in CloudFormation's spelling",
    { OriginProtocolPolicy: "https-only", HTTPSPort: 443, OriginSSLProtocols: ["TLSv1.2"] },
  ],
  [
    "a CDK tree.json",
    {
      version: "tree-0.1",
      tree: {
        id: "App",
        path: "",
        children: {
          Site: {
            attributes: {
              "aws:cdk:cloudformation:type": "AWS::CloudFront::Distribution",
              "aws:cdk:cloudformation:props": {
                distributionConfig: {
                  origins: [{ id: "o1", customOriginConfig: { originProtocolPolicy: "https-only" } }],
                },
              },
            },
          },
        },
      },
    },
  ],
  [
    "a CDK manifest.json",
    {
      version: "39.0.0",
      artifacts: {
        Site: {
          type: "aws:cloudformation:stack",
          properties: { templateFile: "Site.template.json" },
          metadata: { "/Site/Origin1": [{ type: "aws:cdk:logicalId", data: "Origin1" }] },
        },
      },
    },
  ],
  [
    "Terraform in JSON",
    {
      resource: {
        aws_cloudfront_distribution: {
          site: {
            origin: [
              {
                origin_id: "o1",
                domain_name: "origin.example.com",
                custom_origin_config: [{ origin_protocol_policy: "https-only" }],
              },
            ],
          },
        },
      },
    },
  ],
  [
    "a Terraform plan",
    {
      format_version: "1.2",
      terraform_version: "1.9.0",
      planned_values: { root_module: { resources: [{ type: "aws_cloudfront_distribution" }] } },
      Origins: { Items: [customOrigin("o1")] },
    },
  ],
  [
    "a Terraform state",
    { version: 4, terraform_version: "1.9.0", resources: [{ instances: [{ attributes: { Origins: 1 } }] }] },
  ],
  ["Terraform output that holds a config", { terraform: { backend: {} }, Origins: { Items: [customOrigin("o1")] } }],
  [
    "package.json",
    { name: "origins", version: "1.0.0", dependencies: { Origins: "^1.0.0" }, scripts: { build: "echo Origins" } },
  ],
  ["a CORS configuration", { Origins: ["https://example.com"], Methods: ["GET"], MaxAge: 60 }],
  [
    "a CORS policy of CloudFront",
    { AccessControlAllowOrigins: { Quantity: 1, Items: ["https://example.com"] }, OriginOverride: true },
  ],
  ["a list of origins that are hosts", { Origins: { Quantity: 1, Items: ["origin.example.com"] } }],
  ["other things named Items", { Items: [{ Id: "o1", DomainName: "example.com" }], Quantity: 1 }],
  ["Origins of something else", { Origins: { Items: [{ Id: "1", DomainName: "example.com" }] } }],
  [
    "the shapes of the service model",
    {
      metadata: { serviceId: "CloudFront" },
      shapes: {
        Origins: { type: "structure", required: ["Quantity", "Items"], members: { Items: { shape: "OriginList" } } },
        OriginMtlsConfig: { type: "structure", members: { ClientCertificateArn: { shape: "string" } } },
      },
    },
  ],
  [
    "a JSON schema",
    {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      properties: {
        Origins: {
          type: "object",
          properties: {
            Items: {
              type: "array",
              items: { properties: { CustomOriginConfig: { properties: { OriginMtlsConfig: {} } } } },
            },
          },
        },
      },
    },
  ],
  [
    "an origin access control",
    { OriginAccessControlConfig: { Name: "oac", SigningProtocol: "sigv4", OriginAccessControlOriginType: "s3" } },
  ],
  [
    "a distribution tenant",
    { DistributionTenant: { Id: "dt_1", DistributionId: "E1EXAMPLE", Domains: [{ Domain: "www.example.com" }] } },
  ],
  ["DistributionConfig that is a text", { DistributionConfig: "Origins" }],
  ["DistributionConfig with an empty object", { DistributionConfig: {} }],
];

describe("recognised as ours", () => {
  for (const [name, value, expected] of ours) {
    test(name, () => {
      for (const { syntax, write, name: layout } of layouts) {
        assert.equal(recognise(write(value), syntax), expected, layout);
        assert.ok(hasTellingWord(write(value)), layout);
      }
    });
  }
});

describe("templates", () => {
  const templates: readonly (readonly [name: string, value: Json])[] = [
    ["CloudFormation", { AWSTemplateFormatVersion: "2010-09-09", Resources: { Site: cloudFormationResource } }],
    ["CloudFormation without a version", { Resources: { Site: cloudFormationResource } }],
    ["SAM", { Transform: "AWS::Serverless-2016-10-31", Resources: { Site: cloudFormationResource } }],
  ];
  for (const [name, value] of templates)
    test(name, () => assert.equal(recognise(JSON.stringify(value, undefined, 2)), "whole, 1 origin"));
});

describe("left alone", () => {
  for (const [name, value] of lookalikes) {
    test(name, () => {
      assert.equal(recognise(JSON.stringify(value, undefined, 2)), "not ours");
      assert.deepEqual(problemsIn(JSON.stringify(value)), []);
    });
  }
});

describe("odd texts", () => {
  const texts: readonly (readonly [name: string, text: string, expected: string])[] = [
    ["an empty file", "", "not ours"],
    ["blanks", " \n\t\r\n", "not ours"],
    ["a comment", "// Origins", "not ours"],
    ["a text", '"Origins"', "not ours"],
    ["a number", "1", "not ours"],
    ["null", "null", "not ours"],
    ["a list", "[]", "not ours"],
    ["prose", "Origins: see CustomOriginConfig", "not ours"],
    ["YAML", "Origins:\n  Items:\n    - CustomOriginConfig:\n        OriginProtocolPolicy: http-only\n", "not ours"],
    ["NUL characters", `\u0000${JSON.stringify(config)}\u0000`, "whole, 1 origin"],
    ["half of a surrogate pair", JSON.stringify(config).replace("2026-02-02", "\ud800"), "whole, 1 origin"],
    ["a byte order mark", `\ufeff${JSON.stringify(config)}`, "whole, 1 origin"],
    ["two documents", `${JSON.stringify(config)}\n${JSON.stringify(config)}`, "whole, 1 origin"],
    [
      "a member twice: the last one counts",
      '{"Origins": 1, "Origins": {"Items": [{"CustomOriginConfig": {}}]}}',
      "fragment, 1 origin",
    ],
    [
      "a member twice, the last one empty",
      '{"Origins": {"Items": [{"CustomOriginConfig": {}}]}, "Origins": 1}',
      "not ours",
    ],
    [
      "names that every object has",
      '{"__proto__": {"Origins": 1}, "constructor": 1, "toString": 2, "CustomOriginConfig": {"hasOwnProperty": 1}}',
      "fragment, 1 origin",
    ],
    ["escapes in a name", '{"Custom\\u004frigin\\u0043onfig": {}, "Id": "CustomOriginConfig"}', "fragment, 1 origin"],
  ];
  for (const [name, text, expected] of texts) test(name, () => assert.equal(recognise(text), expected));

  test("nesting of 100,000 levels is one problem, not an exception", () => {
    for (const text of [
      "[".repeat(100_000),
      `{"Origins":${'{"Items":['.repeat(100_000)}`,
      `{"CustomOriginConfig":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
    ]) {
      const facts = readText(text);
      assert.deepEqual(problemsOf(facts), []);
      assert.ok(facts.tree.problems.length > 0);
      assert.equal(fixAll(facts, context, onFault).text, text);
    }
  });

  test("5 MB of garbage with our names in it is read in moderate time", () => {
    for (const piece of ['"Origins":{"Items":[', 'Origins } ] , "', "/* Origins ", "\u0000\ud800Origins\\"]) {
      const started = performance.now();
      problemsOf(readText(piece.repeat(Math.ceil(5e6 / piece.length)).slice(0, 5e6)));
      assert.ok(performance.now() - started < 5_000, piece);
    }
  });
});

describe("the parts of a config", () => {
  test("an origin group stands for its members, a behavior for its origins", () => {
    const read = configOf(
      readText(
        JSON.stringify(
          distributionConfig([customOrigin("o1", customConfig(mtls)), customOrigin("o2"), s3Origin("o3")], {
            OriginGroups: counted([
              {
                Id: "g1",
                FailoverCriteria: { StatusCodes: counted([500]) },
                Members: counted([{ OriginId: "o2" }, { OriginId: "o3" }]),
              },
            ]),
            CacheBehaviors: counted([
              { PathPattern: "/a", TargetOriginId: "g1", ViewerProtocolPolicy: "https-only" },
              { PathPattern: "/b", TargetOriginId: "nowhere", ViewerProtocolPolicy: "https-only" },
            ]),
          }),
        ),
      ),
    );
    assert.deepEqual(
      read?.distribution.origins.map(({ id, kind, mtls: state }) => [id, kind, state]),
      [
        ["o1", "custom", "on"],
        ["o2", "custom", "off"],
        ["o3", "s3", "off"],
      ],
    );
    assert.deepEqual(
      read.distribution.behaviors.map(({ pathPattern, group, origins }) => [
        pathPattern,
        group?.id,
        origins.map(({ id }) => id),
      ]),
      [
        [undefined, undefined, ["o1"]],
        ["/a", "g1", ["o2", "o3"]],
        ["/b", undefined, []],
      ],
    );
  });

  test("ETag and Id are read from the wrapper", () => {
    const read = configOf(readText(JSON.stringify({ ETag: "E2EXAMPLE", Distribution: distribution })));
    assert.equal(read?.wrapper?.etag, "E2EXAMPLE");
    assert.equal(read.wrapper.id, "E1EXAMPLE");
  });
});

describe("while a document is being typed", () => {
  const typed = JSON.stringify(
    distributionConfig(
      [
        customOrigin("origin-1", customConfig({ OriginMtls: { Enabled: true, CertificateArn: certificate } })),
        customOrigin("origin-2", customConfig({ OriginProtocolPolicy: "match-viewer", ...mtls })),
      ],
      { Aliases: { Quantity: 1, Items: ["www.example.com"] } },
    ),
    undefined,
    2,
  );
  /** Rules about what is not there: whoever types has not come to it yet. */
  const absence = new Set(["distribution/required-member", "distribution/quantity", "distribution/target-origin"]);
  const isAboutAbsence = (problem: Problem): boolean =>
    absence.has(problem.rule.id) || /missing|is empty|has none/.test(messageOf(problem));

  test("a prefix of it says nothing about what is still to come", () => {
    let recognised = 0;
    for (let length = 0; length < typed.length; length++) {
      const facts = readText(typed.slice(0, length));
      if (configOf(facts) !== undefined) recognised++;
      assert.deepEqual(
        problemsOf(facts)
          .filter(isAboutAbsence)
          .map((one) => `${one.rule.id}: ${messageOf(one)}`),
        [],
        typed.slice(0, length),
      );
    }
    assert.ok(recognised > typed.length / 3, `${recognised} of ${typed.length} recognised`);
  });

  test("what can be known already is known", () => {
    const found = (upTo: string): string[] =>
      problemsIn(typed.slice(0, typed.indexOf(upTo) + upTo.length)).map(({ rule }) => rule.id);
    const spelling = ["origin/mtls-spelling", "origin/mtls-spelling", "origin/mtls-spelling"];
    assert.deepEqual(found(`"CertificateArn": "${certificate}"`), spelling);
    assert.deepEqual(found('"origin-2"'), spelling);
    assert.deepEqual(found(`"ClientCertificateArn": "${certificate}"`), [...spelling, "origin/protocol-policy"]);
    assert.deepEqual(
      problemsIn(typed).map(({ rule }) => rule.id),
      [...spelling, "origin/protocol-policy"],
    );
  });

  test("a line typed in the middle brings up nothing about what is there", () => {
    const whole = JSON.stringify(distributionConfig([customOrigin("origin-1", customConfig(mtls))]), undefined, 2);
    assert.deepEqual(problemsIn(whole), []);
    const at = whole.indexOf('        "DomainName"');
    const line = '        "OriginPath": "/a",\n';
    for (let length = 0; length <= line.length; length++) {
      const text = whole.slice(0, at) + line.slice(0, length) + whole.slice(at);
      assert.deepEqual(
        problemsIn(text)
          .filter(({ rule }) => rule.id !== "distribution/unknown-member")
          .map(messageOf),
        [],
        text,
      );
    }
  });
});

describe("members that the service itself sent", () => {
  const text = JSON.stringify(
    distributionConfig([customOrigin("o1", customConfig({ OriginTlsConfig: { ClientCertificateArn: certificate } }))], {
      OriginMtlsSettings: { Mode: "new" },
    }),
  );
  const served = new Set(["OriginTlsConfig", "OriginMtlsSettings"]);
  const judged = (facts: ConfigFacts) =>
    check(facts, { ...context, servedMembers: served }, onFault).map(({ rule }) => rule.id);

  test("are no slips for origin mTLS, however near they come", () => {
    assert.notDeepEqual(problemsIn(text), []);
    const facts = read({ text, syntax: "json", name: "config.json", served });
    assert.deepEqual(
      configOf(facts)?.distribution.origins.map(({ mtls, blocks }) => [mtls, blocks.length]),
      [["off", 0]],
    );
    assert.deepEqual(judged(facts), []);
  });

  test("stay so after an edit, and nothing is mended of them", () => {
    const facts = read({ text, syntax: "json", name: "config.json", served });
    const at = text.indexOf('"CallerReference"');
    const edited = reread(facts, [{ span: { start: at, end: at }, text: '"HttpVersion":"http2",' }]);
    assert.deepEqual(judged(edited), []);
    assert.equal(fixAll(edited, { ...context, servedMembers: served }, onFault).applied, 0);
  });

  test("do not hide what means it", () => {
    const both = JSON.stringify(
      distributionConfig([customOrigin("o1", customConfig({ OriginTlsConfig: {}, ...mtls }))]),
    );
    assert.equal(
      configOf(read({ text: both, syntax: "json", name: "config.json", served }))?.distribution.origins[0]?.mtls,
      "on",
    );
  });
});
