// Templates, each for one construct: right, wrong and half typed. What is found in each stands in
// `templates.findings.txt`, which `node test/core/cloudformation/templates.ts` writes anew.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Syntax } from "../../../src/core/document/tree.ts";
import { messageOf, relatedText } from "../../../src/core/messages/tell.ts";
import { read } from "../../../src/core/read.ts";
import { LineIndex, type Span } from "../../../src/core/text.ts";
import { problemsOf } from "../checking.ts";

const bad = "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
const good = bad.replace("eu-west-1", "us-east-1");

export interface Example {
  readonly name: string;
  readonly yaml: string;
}

const all: Example[] = [];

/** By name, all different. */
export const examples: readonly Example[] = all;

function add(name: string, yaml: string): void {
  all.push({ name, yaml });
}

/** @param v the certificate of an origin */
const cdn = (v: string, head = "", tail = ""): string => `${head}Resources:
  Cdn:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: o
            DomainName: o.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: https-only
              OriginMtlsConfig:
                ClientCertificateArn: ${v}
        DefaultCacheBehavior: { TargetOriginId: o, ViewerProtocolPolicy: https-only }
${tail}`;
/** @param v the mutual authentication of a listener */
const lis = (v: string, head = "", tail = "", more = ""): string => `${head}Resources:
  L:
    Type: AWS::ElasticLoadBalancingV2::Listener
${more}    Properties:
      Protocol: HTTPS
      MutualAuthentication: ${v}
${tail}`;
/** @param v the URI of a trust store */
const dom = (v: string, head = "", tail = ""): string => `${head}Resources:
  N:
    Type: AWS::ApiGatewayV2::DomainName
    Properties:
      DomainName: api.example.com
      DomainNameConfigurations: [{ EndpointType: REGIONAL, SecurityPolicy: TLS_1_2 }]
      MutualTlsAuthentication:
        TruststoreUri: ${v}
        TruststoreVersion: v1
${tail}`;
const P = (d: string): string => `Parameters:\n  P: { Type: String${d} }\n`;
add("a certificate that is written out", cdn(good));
add("a certificate in the wrong Region", cdn(bad));
add("Ref of a parameter", cdn("!Ref P", P("")));
add("Ref of a parameter with a right default", cdn("!Ref P", P(`, Default: "${good}"`)));
add("Ref of a parameter with a wrong default", cdn("!Ref P", P(`, Default: "${bad}"`)));
add("Ref of a parameter with an empty default", cdn("!Ref P", P(`, Default: ""`)));
add("Ref of a list", cdn("!Ref P", `Parameters:\n  P: { Type: CommaDelimitedList, Default: "x,y" }\n`));
add("Ref of nothing that is there", cdn("!Ref Nothing"));
add("Ref, half typed", cdn("!Ref"));
add("Ref of another type", cdn("!Ref Store", "", "  Store: { Type: AWS::CloudFront::TrustStore }\n"));
add("Ref of a type of one's own", cdn("!Ref Mine", "", "  Mine: { Type: My::Own::Certificate }\n"));
add("Ref of a module", cdn("!Ref Mine", "", "  Mine: { Type: My::Own::Certificate::MODULE }\n"));
add(
  "a public certificate of the template",
  cdn(
    "!Ref Cert",
    "",
    "  Cert: { Type: AWS::CertificateManager::Certificate, Properties: { DomainName: a.example.com } }\n",
  ),
);
add(
  "a private certificate of the template",
  cdn(
    "!Ref Cert",
    "",
    "  Cert: { Type: AWS::CertificateManager::Certificate, Properties: { DomainName: a.example.com, CertificateAuthorityArn: !Ref Ca } }\n",
  ),
);
add("GetAtt of another type", cdn("!GetAtt Store.Arn", "", "  Store: { Type: AWS::CloudFront::TrustStore }\n"));
add("GetAtt of a custom resource", cdn("!GetAtt Mine.Arn", "", '  Mine: { Type: "Custom::Import" }\n'));
add(
  "GetAtt as a list, of a stack",
  cdn("!GetAtt [Mine, Outputs.Arn]", "", "  Mine: { Type: AWS::CloudFormation::Stack }\n"),
);
add("GetAtt, half typed", cdn("!GetAtt Store.", "", "  Store: { Type: AWS::CloudFront::TrustStore }\n"));
add("Sub without a variable", cdn(`!Sub ${bad}`));
add("Sub with a pseudo parameter", cdn("!Sub arn:${AWS::Partition}:acm:eu-west-1:123456789012:certificate/x"));
add(
  "Sub with variables of its own",
  cdn(
    `!Sub ["arn:aws:acm:\${Region}:123456789012:certificate/12345678-1234-1234-1234-123456789012", { Region: eu-west-1 }]`,
  ),
);
add(
  "Sub with variables of its own, half typed",
  cdn(`!Sub ["arn:aws:acm:\${Region}:123456789012:certificate/x", { Region: }]`),
);
add(
  "Sub of a parameter with a default",
  cdn(
    '!Sub "arn:aws:acm:${P}:123456789012:certificate/12345678-1234-1234-1234-123456789012"',
    P(", Default: eu-west-1"),
  ),
);
add(
  "Join of texts",
  cdn(`!Join [":", ["arn:aws:acm", eu-west-1, "123456789012", certificate/12345678-1234-1234-1234-123456789012]]`),
);
add("Join with a reference", cdn(`!Join [":", ["arn:aws:acm", eu-west-1, !Ref AWS::AccountId, certificate/x]]`));
add("Join, half typed", cdn(`!Join [":"]`));

for (const [n, v] of [
  ["Select", "!Select [0, [x, y]]"],
  ["Split", '!Split [",", "x,y"]'],
  ["ImportValue", "!ImportValue x"],
  ["Base64", "!Base64 x"],
  ["Cidr", "!Cidr [x, 1, 2]"],
  ["Transform", "!Transform { Name: x, Parameters: { y: z } }"],
] as const)
  add(`${n} is not known`, cdn(v));
add(
  "Length and ToJsonString are not known",
  cdn('{ "Fn::ToJsonString": [x] }').replace("o.example.com", '{ "Fn::Length": [x] }'),
);
const M = `Mappings:\n  M:\n    prod: { good: "${good}", bad: "${bad}" }\n`;
add("FindInMap of a right value", cdn("!FindInMap [M, prod, good]", M));
add("FindInMap of a wrong value", cdn("!FindInMap [M, prod, bad]", M));
add("FindInMap by a reference", cdn("!FindInMap [M, !Ref Stage, bad]", M));
add("FindInMap of nothing that is there", cdn("!FindInMap [M, prod, none]", M));
const A = "Conditions:\n  A: !Equals [!Ref Stage, prod]\n  B: !Not [!Condition A]\n";
add("If: the branch that is wrong", cdn(`!If [A, "${good}", "${bad}"]`, A));
add("If: both branches are right", cdn(`!If [A, "${good}", !Ref P]`, A));
add("If in If: a branch that can never be", cdn(`!If [A, "${good}", !If [A, "${bad}", "${good}"]]`, A));
add("If in If: what excludes it holds", cdn(`!If [A, !If [B, "${bad}", "${good}"], "${good}"]`, A));
add("If, half typed", cdn("!If [A, ", A));
add("If without a condition of that name", lis('!If [Nowhere, { Mode: verify }, { Mode: "off" }]'));
add("If around a block, and NoValue", lis("!If [A, { Mode: verify }, !Ref AWS::NoValue]", A));
add(
  "If around members that exclude each other",
  lis("{ Mode: !If [A, verify, passthrough], TrustStoreArn: !If [A, !Ref T, !Ref AWS::NoValue] }", A),
);
add(
  "If around members that go together wrongly",
  lis("{ Mode: !If [A, verify, passthrough], TrustStoreArn: !If [B, !Ref T, !Ref AWS::NoValue] }", A),
);
add("Condition of a resource", lis("{ Mode: !If [B, verify, passthrough] }", A, "", "    Condition: A\n"));
add(
  "And, Or, and AllowedValues",
  lis(
    "{ Mode: !If [C, never, passthrough] }",
    "Parameters:\n  S: { Type: String, AllowedValues: [a, b] }\nConditions:\n  C: !And [!Equals [!Ref S, a], !Not [!Or [!Equals [!Ref S, a], !Equals [!Ref S, b]]]]\n",
  ),
);
add(
  "a value that is not among AllowedValues",
  lis(
    "{ Mode: !If [C, never, passthrough] }",
    "Parameters:\n  S: { Type: String, AllowedValues: [a, b] }\nConditions:\n  C: !Equals [!Ref S, c]\n",
  ),
);
add(
  "conditions in a circle",
  lis("{ Mode: !If [A, never, passthrough] }", "Conditions:\n  A: !Not [!Condition B]\n  B: !Not [!Condition A]\n"),
);
add("a half typed condition", lis("{ Mode: !If [A, never, passthrough] }", "Conditions:\n  A: !Equals\n"));
add("NoValue as a member", lis("{ Mode: passthrough, TrustStoreArn: !Ref AWS::NoValue }"));
add(
  "NoValue in a list",
  cdn(good).replace("Origins:\n", "Origins:\n          - !Ref AWS::NoValue\n").replace("https-only", "http-only"),
);
add(
  "a trust store of the template",
  lis("{ Mode: verify, TrustStoreArn: !Ref T }", "", "  T: { Type: AWS::ElasticLoadBalancingV2::TrustStore }\n"),
);
add(
  "a trust store of another service",
  lis("{ Mode: verify, TrustStoreArn: !GetAtt T.Arn }", "", "  T: { Type: AWS::CloudFront::TrustStore }\n"),
);
add("a trust store's URI", dom("s3://bucket/key.pem"));
add("a URI with the name of a bucket", dom('!Sub "s3://${B}/key.pem"', "", "  B: { Type: AWS::S3::Bucket }\n"));
add("a URI with the ARN of a bucket", dom('!Sub "s3://${B.Arn}/key.pem"', "", "  B: { Type: AWS::S3::Bucket }\n"));
add(
  "a URI with the ARN of a bucket, joined",
  dom('!Join ["", ["s3://", !GetAtt B.Arn, /key.pem]]', "", "  B: { Type: AWS::S3::Bucket }\n"),
);
add("a URI, half typed", dom('"s3://bucket'));
add("a macro of one's own", cdn(bad, "Transform: [AWS::Serverless-2016-10-31, Mine]\n"));
add("AWS::LanguageExtensions is no macro of one's own", cdn(bad, "Transform: AWS::LanguageExtensions\n"));
add(
  "Fn::ForEach in Resources",
  cdn(
    bad,
    "",
    '  Fn::ForEach::Each:\n    - X\n    - [a, b]\n    - "L${X}": { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { MutualAuthentication: { Mode: never } } }\n',
  ),
);
add(
  "Fn::ForEach in properties",
  lis('\n        Fn::ForEach::Each:\n          - X\n          - [Mode]\n          - "${X}": never'),
);
add(
  "AWS::Include in properties",
  lis("\n        Mode: verify\n        Fn::Transform: { Name: AWS::Include, Parameters: { Location: s3://b/k } }"),
);
add("a merged mapping", lis("\n        <<: *shared\n        Mode: verify", "shared: &shared { TrustStoreArn: x }\n"));
add("an alias", lis("*shared", "shared: &shared { Mode: verify }\n"));
const sam = (v: string, head = ""): string =>
  `Transform: AWS::Serverless-2016-10-31\n${head}Resources:\n  Api:\n    Type: AWS::Serverless::Api\n    Properties:\n      StageName: v1\n      DisableExecuteApiEndpoint: true\n      Domain:\n        DomainName: a.example.com\n        CertificateArn: !Ref C\n${v}`;
add(
  "Domain of AWS::Serverless::Api",
  sam(
    "        EndpointConfiguration: REGIONAL\n        SecurityPolicy: TLS_1_2\n        MutualTlsAuthentication: { TruststoreUri: s3://b/k.pem, TruststoreVersion: v1 }\n",
  ),
);
add(
  "Domain of AWS::Serverless::Api, wrong",
  sam(
    "        EndpointConfiguration: EDGE\n        SecurityPolicy: TLS_1_0\n        MutualTlsAuthentication: { TruststoreUri: b/k.pem, TruststoreVersion: v1 }\n",
  ),
);
add(
  "Domain of AWS::Serverless::HttpApi, wrong",
  sam(
    "        MutualTlsAuthentication: { TruststoreUri: s3://b, TruststoreVersion: v1 }\n        SecurityPolicy: TLS_1_0\n",
  ).replace("Serverless::Api", "Serverless::HttpApi"),
);
add(
  "Globals of SAM",
  sam(
    "",
    "Globals:\n  Api:\n    Domain: { MutualTlsAuthentication: { TruststoreUri: https://b.s3.amazonaws.com/k.pem, TruststoreVersion: v1 } }\n",
  ),
);
add(
  "a resource of the CDK",
  cdn(bad, "", "").replace("    Properties:", '    Metadata: { "aws:cdk:path": Web/Cdn/Resource }\n    Properties:'),
);
add(
  "several services",
  cdn(
    bad,
    "",
    "  L: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { MutualAuthentication: { Mode: Verify, TrustStoreArn: !Ref T } } }\n  N: { Type: AWS::ApiGateway::DomainName, Properties: { MutualTlsAuthentication: { TruststoreUri: b } } }\n",
  ),
);
add("words without quotes", lis("{ Mode: off }"));
add("words in quotes", lis('{ Mode: "off" }'));
add("on for a name", lis("{ Mode: verify, TrustStoreArn: !Ref T, AdvertiseTrustStoreCaNames: on }"));
add(
  "JSON of the API",
  cdn(good)
    .replace("        Enabled: true\n", "        CallerReference: x\n        Enabled: true\n")
    .replace(
      "              OriginProtocolPolicy: https-only\n",
      "              OriginProtocolPolicy: https-only\n              OriginSslProtocols: { Quantity: 1, Items: [TLSv1.2] }\n",
    ),
);
add(
  "JSON of the REST API",
  "Resources:\n  N: { Type: AWS::ApiGateway::DomainName, Properties: { domainName: a.example.com, mutualTlsAuthentication: { truststoreUri: s3://b/k.pem, truststoreVersion: v1 } } }\n",
);
add("the spelling of Terraform", lis("{ mode: verify, trust_store_arn: !Ref T }"));
add(
  "the spelling of the CDK",
  cdn(good).replace("OriginMtlsConfig", "originMtlsConfig").replace("ClientCertificateArn", "clientCertificateArn"),
);
add(
  "viewer mutual TLS",
  cdn(good).replace(
    "        Enabled: true\n",
    "        Enabled: true\n        HttpVersion: http3\n        ViewerMtlsConfig: { Mode: required }\n",
  ),
);
add(
  "beside the custom origin",
  cdn(good).replace(
    "              OriginMtlsConfig:\n                Client",
    "            OriginMtlsConfig:\n              Client",
  ),
);
/** @param l in the second of three listeners */
const two = (l: string): string =>
  `Resources:\n  A: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { MutualAuthentication: { Mode: verify } } }\n  B:\n    Type: AWS::ElasticLoadBalancingV2::Listener\n    Properties:\n      Protocol: HTTPS\n      MutualAuthentication:\n${l}  C: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { MutualAuthentication: { Mode: verify } } }\n`;

for (const [n, l] of [
  ["whole", "        Mode: verify\n"],
  ["an open quote", '        Mode: "verify\n'],
  ["an open bracket", "        Mode: [verify\n"],
  ["an open brace", "        { Mode: verify\n"],
  ["an item without a value", "        - \n"],
  ["a tab", "\tMode: verify\n"],
  ["a name without a value", "        Mode:\n"],
  ["no colon", "        Mode verify\n"],
  ["a name without a colon", "        Mode: verify\n        Trust\n"],
] as const)
  add(`half typed: ${n}`, two(l));

/** What is found in a template, a line for each finding and each of its related places. */
export function findingsIn(text: string, syntax: Syntax): readonly string[] {
  const facts = read({ text, syntax, name: `template.${syntax}` });
  const lines = new LineIndex(text);
  const place = ({ start }: Span): string => {
    const { line, column } = lines.at(start);
    return `${line + 1}:${column + 1}`;
  };
  return problemsOf(facts).flatMap((problem) => [
    `${place(problem.at)} ${problem.severity} ${problem.rule.id}: ${messageOf(problem)}`,
    ...(problem.related ?? []).map((one) => `  see ${place(one.at)}: ${relatedText(one, problem)}`),
    ...(problem.fixes ?? []).map(({ safe }) => (safe ? "  fix" : "  offer")),
  ]);
}

export const goldenPath = join(import.meta.dirname, "templates.findings.txt");

/** All that is found in them. */
export function golden(): string {
  return examples
    .map(({ name, yaml }) => [name, ...findingsIn(yaml, "yaml").map((line) => `  ${line}`), ""].join("\n"))
    .join("\n");
}

if (process.argv[1] === import.meta.filename) writeFileSync(goldenPath, golden());
