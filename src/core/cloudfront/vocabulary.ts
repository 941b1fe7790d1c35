/**
 * The shape of a CloudFront DistributionConfig: member names, which are required, enumerations and ranges.
 * Data, from the CloudFront service model 2020-05-31 (names, required members, enumerations) and the
 * CloudFront API Reference and Developer Guide (ranges and quotas). `test/core/cloudfront/vocabulary.test.ts`
 * compares it with the AWS SDK's own model.
 */

import { api, type Dialect, nameIn } from "../dialect/dialect.ts";
import {
  flag,
  list,
  type MemberType,
  type NumberType,
  number,
  oneOf,
  readVocabulary,
  type Shape,
  type ShapeSource,
  shape,
  text,
  type Vocabulary,
} from "../dialect/shape.ts";
import { nearest } from "../text.ts";

/** How the API writes every list: the items, and how many they are. */
const counted = (of: MemberType, item?: string) => ({ "Quantity*": number, Items: list(of, item) });
const countedAndRequired = (of: MemberType, item?: string) => ({ "Quantity*": number, "Items*": list(of, item) });

const viewerProtocolPolicy = oneOf("allow-all", "https-only", "redirect-to-https");
const eventType = oneOf("viewer-request", "viewer-response", "origin-request", "origin-response");
const method = oneOf("GET", "HEAD", "POST", "PUT", "PATCH", "OPTIONS", "DELETE");
/** API_CustomOriginConfig: 1 to 120 seconds; more on request. */
const originSeconds: NumberType = { kind: "number", least: 1, most: 120, unit: "seconds" };
/** CFDG/cloudfront-limits: up to 300 seconds, where API_CustomOriginConfig still says 120. */
const keepaliveSeconds: NumberType = { ...originSeconds, most: 300 };

const behavior = {
  "TargetOriginId*": text,
  TrustedSigners: shape("TrustedSigners"),
  TrustedKeyGroups: shape("TrustedKeyGroups"),
  "ViewerProtocolPolicy*": viewerProtocolPolicy,
  AllowedMethods: shape("AllowedMethods"),
  SmoothStreaming: flag,
  Compress: flag,
  LambdaFunctionAssociations: shape("LambdaFunctionAssociations"),
  FunctionAssociations: shape("FunctionAssociations"),
  FieldLevelEncryptionId: text,
  RealtimeLogConfigArn: text,
  CachePolicyId: text,
  OriginRequestPolicyId: text,
  ResponseHeadersPolicyId: text,
  GrpcConfig: shape("GrpcConfig"),
  ForwardedValues: shape("ForwardedValues"),
  MinTTL: number,
  DefaultTTL: number,
  MaxTTL: number,
} as const;

const sources = {
  DistributionConfig: {
    "CallerReference*": text,
    Aliases: shape("Aliases"),
    DefaultRootObject: text,
    "Origins*": shape("Origins"),
    OriginGroups: shape("OriginGroups"),
    "DefaultCacheBehavior*": shape("DefaultCacheBehavior"),
    CacheBehaviors: shape("CacheBehaviors"),
    CustomErrorResponses: shape("CustomErrorResponses"),
    "Comment*": { kind: "string", most: 128 },
    Logging: shape("LoggingConfig"),
    PriceClass: oneOf("PriceClass_100", "PriceClass_200", "PriceClass_All", "None"),
    "Enabled*": flag,
    ViewerCertificate: shape("ViewerCertificate"),
    Restrictions: shape("Restrictions"),
    WebACLId: text,
    HttpVersion: oneOf("http1.1", "http2", "http3", "http2and3"),
    IsIPV6Enabled: flag,
    ContinuousDeploymentPolicyId: text,
    Staging: flag,
    AnycastIpListId: text,
    TenantConfig: shape("TenantConfig"),
    ConnectionMode: oneOf("direct", "tenant-only"),
    ViewerMtlsConfig: shape("ViewerMtlsConfig"),
    ConnectionFunctionAssociation: shape("ConnectionFunctionAssociation"),
    CacheTagConfig: shape("CacheTagConfig"),
  },
  Aliases: counted(text, "CNAME"),
  Origins: countedAndRequired(shape("Origin")),
  Origin: {
    "Id*": text,
    "DomainName*": text,
    OriginPath: text,
    CustomHeaders: shape("CustomHeaders"),
    S3OriginConfig: shape("S3OriginConfig"),
    CustomOriginConfig: shape("CustomOriginConfig"),
    VpcOriginConfig: shape("VpcOriginConfig"),
    ConnectionAttempts: { kind: "number", least: 1, most: 3, unit: "attempts" },
    ConnectionTimeout: { kind: "number", least: 1, most: 10, unit: "seconds" },
    ResponseCompletionTimeout: number,
    OriginShield: shape("OriginShield"),
    OriginAccessControlId: text,
  },
  CustomHeaders: counted(shape("OriginCustomHeader")),
  OriginCustomHeader: { "HeaderName*": text, "HeaderValue*": { kind: "string", secret: true } },
  S3OriginConfig: { "OriginAccessIdentity*": text, OriginReadTimeout: originSeconds },
  CustomOriginConfig: {
    "HTTPPort*": number,
    "HTTPSPort*": number,
    "OriginProtocolPolicy*": oneOf("http-only", "match-viewer", "https-only"),
    OriginSslProtocols: shape("OriginSslProtocols"),
    OriginReadTimeout: originSeconds,
    OriginKeepaliveTimeout: keepaliveSeconds,
    IpAddressType: oneOf("ipv4", "ipv6", "dualstack"),
    OriginMtlsConfig: shape("OriginMtlsConfig"),
  },
  OriginSslProtocols: countedAndRequired(oneOf("SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"), "SslProtocol"),
  OriginMtlsConfig: { "ClientCertificateArn*": text },
  VpcOriginConfig: {
    "VpcOriginId*": text,
    OwnerAccountId: text,
    OriginReadTimeout: originSeconds,
    OriginKeepaliveTimeout: keepaliveSeconds,
  },
  OriginShield: { "Enabled*": flag, OriginShieldRegion: text },
  OriginGroups: counted(shape("OriginGroup")),
  OriginGroup: {
    "Id*": text,
    "FailoverCriteria*": shape("OriginGroupFailoverCriteria"),
    "Members*": shape("OriginGroupMembers"),
    SelectionCriteria: oneOf("default", "media-quality-based"),
  },
  OriginGroupFailoverCriteria: { "StatusCodes*": shape("StatusCodes") },
  StatusCodes: countedAndRequired(number, "StatusCode"),
  OriginGroupMembers: countedAndRequired(shape("OriginGroupMember")),
  OriginGroupMember: { "OriginId*": text },
  DefaultCacheBehavior: behavior,
  CacheBehaviors: counted(shape("CacheBehavior")),
  CacheBehavior: { "PathPattern*": text, ...behavior },
  TrustedSigners: { "Enabled*": flag, ...counted(text, "AwsAccountNumber") },
  TrustedKeyGroups: { "Enabled*": flag, ...counted(text, "KeyGroup") },
  AllowedMethods: { ...countedAndRequired(method, "Method"), CachedMethods: shape("CachedMethods") },
  CachedMethods: countedAndRequired(method, "Method"),
  LambdaFunctionAssociations: counted(shape("LambdaFunctionAssociation")),
  LambdaFunctionAssociation: { "LambdaFunctionARN*": text, "EventType*": eventType, IncludeBody: flag },
  FunctionAssociations: counted(shape("FunctionAssociation")),
  FunctionAssociation: { "FunctionARN*": text, "EventType*": eventType },
  GrpcConfig: { "Enabled*": flag },
  ForwardedValues: {
    "QueryString*": flag,
    "Cookies*": shape("CookiePreference"),
    Headers: shape("Headers"),
    QueryStringCacheKeys: shape("QueryStringCacheKeys"),
  },
  CookiePreference: { "Forward*": oneOf("none", "whitelist", "all"), WhitelistedNames: shape("CookieNames") },
  CookieNames: counted(text, "Name"),
  Headers: counted(text, "Name"),
  QueryStringCacheKeys: counted(text, "Name"),
  CustomErrorResponses: counted(shape("CustomErrorResponse")),
  CustomErrorResponse: { "ErrorCode*": number, ResponsePagePath: text, ResponseCode: text, ErrorCachingMinTTL: number },
  LoggingConfig: { Enabled: flag, IncludeCookies: flag, Bucket: text, Prefix: text },
  ViewerCertificate: {
    CloudFrontDefaultCertificate: flag,
    IAMCertificateId: text,
    ACMCertificateArn: text,
    SSLSupportMethod: oneOf("sni-only", "vip", "static-ip"),
    MinimumProtocolVersion: oneOf(
      "SSLv3",
      "TLSv1",
      "TLSv1_2016",
      "TLSv1.1_2016",
      "TLSv1.2_2018",
      "TLSv1.2_2019",
      "TLSv1.2_2021",
      "TLSv1.2_2025",
      "TLSv1.3_2025",
    ),
    Certificate: text,
    CertificateSource: oneOf("cloudfront", "iam", "acm"),
  },
  Restrictions: { "GeoRestriction*": shape("GeoRestriction") },
  GeoRestriction: { "RestrictionType*": oneOf("blacklist", "whitelist", "none"), ...counted(text, "Location") },
  TenantConfig: { ParameterDefinitions: list(shape("ParameterDefinition"), "member") },
  ParameterDefinition: { "Name*": text, "Definition*": shape("ParameterDefinitionSchema") },
  ParameterDefinitionSchema: { StringSchema: shape("StringSchemaConfig") },
  StringSchemaConfig: { Comment: text, DefaultValue: text, "Required*": flag },
  ViewerMtlsConfig: { Mode: oneOf("required", "optional", "passthrough"), TrustStoreConfig: shape("TrustStoreConfig") },
  TrustStoreConfig: { "TrustStoreId*": text, AdvertiseTrustStoreCaNames: flag, IgnoreCertificateExpiry: flag },
  ConnectionFunctionAssociation: { "Id*": text },
  CacheTagConfig: { "HeaderName*": text },
} as const satisfies Record<string, ShapeSource>;

export type ShapeName = keyof typeof sources;

export const shapes: Vocabulary = readVocabulary(sources, {
  // CFDG/cloudfront-limits: default quotas for one distribution.
  Origins: { mostItems: 100 },
  OriginGroups: { mostItems: 10 },
  CacheBehaviors: { mostItems: 75 },
  Aliases: { mostItems: 100 },
  // The API requires neither, and viewer mTLS is nothing without them.
  ViewerMtlsConfig: { starts: { Mode: "", TrustStoreConfig: { TrustStoreId: "" } } },
});

export function shapeOf(name: string): Shape {
  const found = shapes.get(name);
  if (found === undefined) throw new Error(`No shape ${name}`);
  return found;
}

/**
 * How CloudFormation spells a member that the API spells otherwise (CloudFormation registry,
 * AWS::CloudFront::Distribution).
 */
export const cloudFormationSpelling: ReadonlyMap<string, string> = new Map([
  ["OriginSSLProtocols", "OriginSslProtocols"],
  ["OriginCustomHeaders", "CustomHeaders"],
  ["IPV6Enabled", "IsIPV6Enabled"],
  ["AcmCertificateArn", "ACMCertificateArn"],
  ["IamCertificateId", "IAMCertificateId"],
  ["SslSupportMethod", "SSLSupportMethod"],
  ["Locations", "Items"],
]);

/**
 * What the members of viewer mTLS are called by people and other tools. None of these names has another meaning in its
 * shape.
 */
const alsoCalled: readonly (readonly [name: RegExp, member: string])[] = [
  [
    /^(cloudfront|cf)?[-_ ]?(viewers?|client)[-_ ]?(mtls|mutual[-_ ]?tls|mutual[-_ ]?auth(entication)?)[-_ ]?(config|configuration|settings?)?$/i,
    "ViewerMtlsConfig",
  ],
  [/^trust[-_ ]?store[-_ ]?(config|configuration|settings?)?$/i, "TrustStoreConfig"],
  [/^(trust[-_ ]?store[-_ ]?(id|identifier)|id|identifier)$/i, "TrustStoreId"],
  // The name that a load balancer has for it.
  [/^ignore[-_ ]?client[-_ ]?certificate[-_ ]?(expiry|expiration)$/i, "IgnoreCertificateExpiry"],
];

/** What was looked up, by dialect and shape: a file with one strange name often has it many times. */
const looked = new WeakMap<Dialect, Map<Shape, Map<string, string | undefined>>>();
const mostLooked = 100;

/** The member that an unknown name is a slip for, or CloudFormation's spelling of. */
export function meantMember(spelled: string, shape: Shape, dialect: Dialect = api): string | undefined {
  const right = cloudFormationSpelling.get(spelled);
  if (dialect === api && right !== undefined && shape.members.has(right)) return right;
  const ofDialect = looked.get(dialect) ?? new Map<Shape, Map<string, string | undefined>>();
  looked.set(dialect, ofDialect);
  const known = ofDialect.get(shape) ?? new Map<string, string | undefined>();
  ofDialect.set(shape, known);
  if (!known.has(spelled)) {
    if (known.size >= mostLooked) known.clear();
    const called = alsoCalled.find(([name, member]) => shape.members.has(member) && name.test(spelled));
    known.set(spelled, called?.[1] ?? nearestMember(spelled, shape, dialect));
  }
  return known.get(spelled);
}

/** By the names that the dialect has for the members. */
function nearestMember(spelled: string, shape: Shape, dialect: Dialect): string | undefined {
  if (dialect === api) return nearest(spelled, shape.members.keys());
  const byName = new Map([...shape.members.keys()].map((key) => [nameIn(dialect, shape, key), key]));
  return byName.get(nearest(spelled, byName.keys()) ?? "");
}

/** API_AllowedMethods: GET and HEAD, with OPTIONS, or all of them. */
export const allowedMethodCounts: ReadonlySet<number> = new Set([2, 3, 7]);
/** API_CachedMethods: GET and HEAD, or with OPTIONS. */
export const cachedMethodCounts: ReadonlySet<number> = new Set([2, 3]);

/** CFDG/origin-certificate-management-certificate-manager: distinct client certificates one call may add or change. */
export const mostClientCertificatesPerCall = 5;
/** The region whose ACM certificates CloudFront reads, per partition; a partition not named here is not documented. */
export const clientCertificateRegion: ReadonlyMap<string, string> = new Map([["aws", "us-east-1"]]);
