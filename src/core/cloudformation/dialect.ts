import { shapes as ofDomainNames } from "../apigateway/vocabulary.ts";
import type { Dialect, Spelled, Spellings } from "../dialect/dialect.ts";
import { callIn } from "../template/entered.ts";
import { choiceAround } from "../template/intrinsics.ts";

/** A list that CloudFormation writes as one, where the API counts it. */
const plain = (...path: [string, ...string[]]): Spelled => ({ path, list: "plain" });
const renamed = (name: string): Spelled => ({ path: [name] });

const behavior: Spellings = new Map<string, Spelled>([
  ["TrustedSigners", plain("TrustedSigners")],
  ["TrustedKeyGroups", plain("TrustedKeyGroups")],
  ["AllowedMethods", plain("AllowedMethods")],
  ["AllowedMethods.CachedMethods", plain("CachedMethods")],
  ["LambdaFunctionAssociations", plain("LambdaFunctionAssociations")],
  ["FunctionAssociations", plain("FunctionAssociations")],
]);

/**
 * CloudFormation registry, AWS::CloudFront::Distribution: lists are plain but for origin groups, their members and
 * status codes, and some names are others.
 */
const distribution: readonly (readonly [shape: string, Spellings])[] = [
  [
    "DistributionConfig",
    new Map<string, Spelled | undefined>([
      ["CallerReference", undefined],
      ["Aliases", plain("Aliases")],
      ["Origins", plain("Origins")],
      ["CacheBehaviors", plain("CacheBehaviors")],
      ["CustomErrorResponses", plain("CustomErrorResponses")],
      ["IsIPV6Enabled", renamed("IPV6Enabled")],
    ]),
  ],
  ["Origin", new Map([["CustomHeaders", plain("OriginCustomHeaders")]])],
  ["CustomOriginConfig", new Map([["OriginSslProtocols", plain("OriginSSLProtocols")]])],
  ["DefaultCacheBehavior", behavior],
  ["CacheBehavior", behavior],
  [
    "ForwardedValues",
    new Map([
      ["Headers", plain("Headers")],
      ["QueryStringCacheKeys", plain("QueryStringCacheKeys")],
    ]),
  ],
  ["CookiePreference", new Map([["WhitelistedNames", plain("WhitelistedNames")]])],
  [
    "ViewerCertificate",
    new Map([
      ["ACMCertificateArn", renamed("AcmCertificateArn")],
      ["IAMCertificateId", renamed("IamCertificateId")],
      ["SSLSupportMethod", renamed("SslSupportMethod")],
    ]),
  ],
  [
    "GeoRestriction",
    new Map<string, Spelled | undefined>([
      ["Quantity", undefined],
      ["Items", renamed("Locations")],
    ]),
  ],
];

const domainNameShapes: ReadonlySet<string> = new Set([
  "RestDomainName",
  "EndpointConfiguration",
  "RestMutualTlsAuthentication",
]);

/** CloudFormation registry, AWS::ApiGateway::DomainName: the names of the API with a capital. */
const restDomainName: readonly (readonly [shape: string, Spellings])[] = [...ofDomainNames.values()]
  .filter(({ name }) => domainNameShapes.has(name))
  .map(({ name, members, unoffered }) => [
    name,
    new Map(
      [...members.keys()].map((key) => [
        key,
        key === "patchOperations" || (unoffered.has(key) && !isOfInput(key))
          ? undefined
          : renamed(key.slice(0, 1).toUpperCase() + key.slice(1)),
      ]),
    ),
  ]);

/** Not offered, and no output. */
function isOfInput(key: string): boolean {
  return key === "certificateArn";
}

/** Objects of mutual TLS: what else a template says is held against CloudFormation's own schema by others. */
const judged: ReadonlySet<string> = new Set([
  "OriginMtlsConfig",
  "ViewerMtlsConfig",
  "TrustStoreConfig",
  "ConnectionFunctionAssociation",
  "RestMutualTlsAuthentication",
  "HttpMutualTlsAuthentication",
  "MutualAuthentication",
  "ClientCertificateIdentityFilter",
]);

/** CloudFormation registry, AWS::CloudFront::Distribution. */
const optional: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["DistributionConfig", new Set(["Origins", "Comment"])],
  ["CustomOriginConfig", new Set(["HTTPPort", "HTTPSPort"])],
]);

/** Templates of CloudFormation, as the registry's schemas of the resource types have them. */
export const cloudFormation: Dialect = {
  name: "cloudformation",
  deployedBy: "cloudformation",
  callIn,
  convertsValues: true,
  choiceAround,
  judged,
  optional,
  spellings: new Map([...distribution, ...restDomainName]),
};

/** SAM guide, DomainConfiguration of AWS::Serverless::Api: one object, whose certificate is that of its endpoint. */
export const samRest: Dialect = {
  ...cloudFormation,
  name: "sam-rest",
  // samtranslator/model/api/api_generator.py: the members of its domain are asked for one by one.
  overlooks: new Set(["RestDomainName"]),
  spellings: new Map<string, Spellings>([
    ...restDomainName,
    [
      "RestDomainName",
      new Map<string, Spelled | undefined>([
        ["domainName", renamed("DomainName")],
        ["regionalCertificateArn", renamed("CertificateArn")],
        ["endpointConfiguration", undefined],
        ["endpointConfiguration.types", { path: ["EndpointConfiguration"], list: "repeated" }],
        ["securityPolicy", renamed("SecurityPolicy")],
        ["mutualTlsAuthentication", renamed("MutualTlsAuthentication")],
        ["ownershipVerificationCertificateArn", renamed("OwnershipVerificationCertificateArn")],
      ]),
    ],
  ]),
};

/** SAM guide, HttpApiDomainConfiguration: the one configuration of the domain name is not written as a list. */
export const samHttp: Dialect = {
  ...cloudFormation,
  name: "sam-http",
  // samtranslator/model/api/http_api_generator.py: likewise.
  overlooks: new Set(["HttpDomainName"]),
  spellings: new Map<string, Spellings>([
    [
      "HttpDomainName",
      new Map<string, Spelled | undefined>([
        ["DomainNameConfigurations", undefined],
        ["DomainNameConfigurations.0.CertificateArn", renamed("CertificateArn")],
        ["DomainNameConfigurations.0.EndpointType", renamed("EndpointConfiguration")],
        ["DomainNameConfigurations.0.SecurityPolicy", renamed("SecurityPolicy")],
        [
          "DomainNameConfigurations.0.OwnershipVerificationCertificateArn",
          renamed("OwnershipVerificationCertificateArn"),
        ],
      ]),
    ],
  ]),
};
