/** Lines below each other, further in. */
function indented(by: number, lines: readonly string[]): string[] {
  return lines.map((line) => (line === "" ? line : " ".repeat(by) + line));
}

const head = [
  "AWSTemplateFormatVersion: '2010-09-09'",
  "Description: A shop, and all that it stands on",
  "",
  "Parameters:",
  "  # Set by whoever deploys it",
  "  Stage:",
  "    Type: String",
  "    Default: test",
  "    AllowedValues: [test, staging, production]",
  "  CertificateArn:",
  "    Type: String",
  "    Description: Imported into us-east-1",
  "  TrustStore:",
  "    Type: String",
  "    Default: s3://example-trust/store.pem",
  "",
  "Conditions:",
  "  IsProduction: !Equals [!Ref Stage, production]",
  "  IsShown: !Not [!Equals [!Ref Stage, test]]",
  "",
  "Mappings:",
  "  Stages:",
  "    test: { Memory: 256 }",
  "    staging: { Memory: 512 }",
  "    production: { Memory: 1024 }",
  "",
  "Resources:",
];

function origin(id: string): string[] {
  return [
    `- Id: ${id}`,
    `  DomainName: !Sub ${id}.\${AWS::Region}.example.com`,
    "  ConnectionAttempts: 3",
    "  OriginCustomHeaders:",
    "    - HeaderName: x-from",
    "      HeaderValue: cloudfront",
    "  CustomOriginConfig:",
    "    OriginProtocolPolicy: https-only",
    "    OriginReadTimeout: !If [IsProduction, 30, 60]",
    "    OriginSSLProtocols: [TLSv1.2]",
    "    OriginMtlsConfig:",
    "      ClientCertificateArn: !Ref CertificateArn",
  ];
}

function behavior(id: string): string[] {
  return [
    `- PathPattern: /${id}/*`,
    `  TargetOriginId: ${id}`,
    "  ViewerProtocolPolicy: https-only",
    "  AllowedMethods: [GET, HEAD]",
    "  # CachingOptimized",
    "  CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6",
  ];
}

function distribution(index: number): string[] {
  const ids = Array.from({ length: 10 }, (_, at) => `origin-${index}-${at}`);
  return [
    `# What customers of shop ${index} see`,
    `Distribution${index}:`,
    "  Type: AWS::CloudFront::Distribution",
    "  Properties:",
    "    DistributionConfig:",
    "      Enabled: true",
    `      Comment: !Sub 'shop ${index} in \${Stage}'`,
    "      HttpVersion: !If [IsProduction, http2, http1.1]",
    `      Aliases: ['${index}.example.com']`,
    "      ViewerCertificate:",
    "        AcmCertificateArn: !Ref CertificateArn",
    "        SslSupportMethod: sni-only",
    "        MinimumProtocolVersion: TLSv1.2_2021",
    "      Origins:",
    ...indented(8, ids.flatMap(origin)),
    "      DefaultCacheBehavior:",
    `        TargetOriginId: ${ids[0]}`,
    "        ViewerProtocolPolicy: https-only",
    "        CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6",
    "      CacheBehaviors:",
    ...indented(8, ids.slice(1).flatMap(behavior)),
    "",
  ];
}

function listener(index: number): string[] {
  return [
    `Listener${index}:`,
    "  Type: AWS::ElasticLoadBalancingV2::Listener",
    "  Properties:",
    `    LoadBalancerArn: !Ref Balancer${index}`,
    "    Port: 443",
    "    Protocol: HTTPS",
    "    Certificates:",
    "      - CertificateArn: !Ref CertificateArn",
    "    MutualAuthentication:",
    "      Mode: verify",
    `      TrustStoreArn: !Ref Store${index}`,
    "    DefaultActions:",
    "      - Type: forward",
    `        TargetGroupArn: !Ref Targets${index}`,
    "",
    `Store${index}:`,
    "  Type: AWS::ElasticLoadBalancingV2::TrustStore",
    "  Properties:",
    "    CaCertificatesBundleS3Bucket: example-trust",
    `    CaCertificatesBundleS3Key: store-${index}.pem`,
    "",
  ];
}

function domainName(index: number): string[] {
  return [
    `Domain${index}:`,
    "  Type: AWS::ApiGatewayV2::DomainName",
    "  Condition: IsShown",
    "  Properties:",
    `    DomainName: api-${index}.example.com`,
    "    DomainNameConfigurations:",
    "      - EndpointType: REGIONAL",
    "        CertificateArn: !Ref CertificateArn",
    "        SecurityPolicy: TLS_1_2",
    "    MutualTlsAuthentication:",
    "      TruststoreUri: !Ref TrustStore",
    "",
    `Api${index}:`,
    "  Type: AWS::ApiGatewayV2::Api",
    "  Properties:",
    `    Name: api-${index}`,
    "    ProtocolType: HTTP",
    "    DisableExecuteApiEndpoint: true",
    "",
  ];
}

/** Of services that are not ours. */
function others(index: number): string[] {
  return [
    `Function${index}:`,
    "  Type: AWS::Lambda::Function",
    "  Properties:",
    `    FunctionName: !Sub 'shop-${index}-\${Stage}'`,
    "    Runtime: nodejs22.x",
    "    Handler: index.handler",
    `    Role: !GetAtt Role${index}.Arn`,
    "    MemorySize: !FindInMap [Stages, !Ref Stage, Memory]",
    "    Environment:",
    "      Variables:",
    `        TABLE: !Ref Table${index}`,
    "        STAGE: !Ref Stage",
    "    Code:",
    "      ZipFile: |",
    "        exports.handler = async (event) => {",
    "          // What is asked for",
    "          const { path, headers } = event;",
    "          return { statusCode: 200, body: JSON.stringify({ path, headers }) };",
    "        };",
    "",
    `Role${index}:`,
    "  Type: AWS::IAM::Role",
    "  Properties:",
    "    AssumeRolePolicyDocument:",
    "      Version: '2012-10-17'",
    "      Statement:",
    "        - Effect: Allow",
    "          Principal: { Service: lambda.amazonaws.com }",
    "          Action: sts:AssumeRole",
    "    ManagedPolicyArns:",
    "      - arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    "",
    `Table${index}:`,
    "  Type: AWS::DynamoDB::Table",
    "  DeletionPolicy: Retain",
    "  Properties:",
    "    BillingMode: PAY_PER_REQUEST",
    "    AttributeDefinitions:",
    "      - AttributeName: id",
    "        AttributeType: S",
    "    KeySchema:",
    "      - AttributeName: id",
    "        KeyType: HASH",
    "    Tags:",
    "      - Key: stage",
    "        Value: !If [IsProduction, live, !Ref Stage]",
    "",
    `Alarm${index}:`,
    "  Type: AWS::CloudWatch::Alarm",
    "  Condition: IsProduction",
    "  Properties:",
    `    AlarmDescription: Errors of the function ${index}`,
    "    Namespace: AWS/Lambda",
    "    MetricName: Errors",
    "    Dimensions:",
    `      - { Name: FunctionName, Value: !Ref 'Function${index}' }`,
    "    Statistic: Sum",
    "    Period: 300",
    "    EvaluationPeriods: 1",
    "    Threshold: 1",
    "    ComparisonOperator: GreaterThanOrEqualToThreshold",
    "",
  ];
}

/**
 * A template of many services in an ordinary layout, as long as this: distributions of 10 origins, as many listeners
 * and domain names, the rest of it what is none of ours.
 */
export function templateOfSize(characters: number, distributions = 40): string {
  const ours = Array.from({ length: distributions }, (_, index) => [
    ...distribution(index),
    ...listener(index),
    ...domainName(index),
  ]);
  const taken = [head, ...ours].reduce((sum, lines) => sum + textOf(indented(2, lines)).length, 0);
  const count = Math.max(0, Math.ceil((characters - taken) / textOf(indented(2, others(100))).length));
  const foreign = Array.from({ length: count }, (_, index) => others(index));
  const perOurs = Math.ceil(foreign.length / ours.length);
  const resources = ours.flatMap((lines, index) => [
    ...foreign.slice(index * perOurs, (index + 1) * perOurs).flat(),
    ...lines,
  ]);
  return textOf([...head, ...indented(2, resources)]);
}

/** YAML as long as this that is no template of ours; `type` stands in every fourth line. */
export function otherYamlOfSize(characters: number, type: string): string {
  const item = ["- name: Summary of things", `  type: ${type}`, "  tags: [one, two]", "  count: 12345"];
  return textOf(Array.from({ length: Math.ceil(characters / textOf(item).length) }, () => item).flat());
}

function textOf(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
