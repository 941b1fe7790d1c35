// DistributionConfigs as CloudFront writes them: members in the order of its model, every list with its Quantity.
import { element, list, value } from "./xml.ts";

export interface OriginParts {
  readonly id: string;
  readonly domain: string;
  /** Left out: a custom origin. */
  readonly kind?: "custom" | "s3" | "vpc";
  readonly protocol?: "http-only" | "https-only" | "match-viewer";
  /** Origin mTLS is on with this certificate. */
  readonly certificate?: string | undefined;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly path?: string;
  /** XML behind what is in CustomOriginConfig, and behind what is in the origin. */
  readonly moreCustom?: string;
  readonly more?: string;
}

export interface BehaviorParts {
  readonly target: string;
  readonly viewerProtocol?: "allow-all" | "https-only" | "redirect-to-https";
  readonly grpc?: boolean;
  /** As in `origin-request`. */
  readonly lambdaEvents?: readonly string[];
  readonly more?: string;
}

export interface ConfigParts {
  readonly reference: string;
  readonly origins: readonly OriginParts[];
  readonly groups?: readonly { readonly id: string; readonly members: readonly string[] }[];
  readonly behavior?: BehaviorParts;
  readonly behaviors?: readonly (BehaviorParts & { readonly path: string })[];
  readonly aliases?: readonly string[];
  readonly comment?: string;
  readonly enabled?: boolean;
  readonly viewerCertificate?: string;
  readonly viewerMtls?: { readonly mode: "required" | "optional" | "passthrough"; readonly trustStore?: string };
  readonly httpVersion?: "http1.1" | "http2" | "http3" | "http2and3";
  readonly staging?: boolean;
  readonly tenants?: boolean;
  /** XML behind everything else. */
  readonly more?: string;
}

/** What stands inside `<DistributionConfig>`. */
export function configXml(parts: ConfigParts): string {
  const first = parts.origins[0]?.id ?? "";
  return [
    value("CallerReference", parts.reference),
    list(
      "Aliases",
      (parts.aliases ?? []).map((alias) => value("CNAME", alias)),
    ),
    value("DefaultRootObject", ""),
    list("Origins", parts.origins.map(originXml)),
    list("OriginGroups", (parts.groups ?? []).map(groupXml)),
    element("DefaultCacheBehavior", behaviorXml(parts.behavior ?? { target: first })),
    list(
      "CacheBehaviors",
      (parts.behaviors ?? []).map((behavior) =>
        element("CacheBehavior", value("PathPattern", behavior.path), behaviorXml(behavior)),
      ),
    ),
    list("CustomErrorResponses", []),
    value("Comment", parts.comment ?? ""),
    element(
      "Logging",
      value("Enabled", false),
      value("IncludeCookies", false),
      value("Bucket", ""),
      value("Prefix", ""),
    ),
    value("PriceClass", "PriceClass_All"),
    value("Enabled", parts.enabled ?? true),
    viewerCertificateXml(parts.viewerCertificate),
    element("Restrictions", list("GeoRestriction", [], value("RestrictionType", "none"))),
    value("WebACLId", ""),
    value("HttpVersion", parts.httpVersion ?? "http2"),
    value("IsIPV6Enabled", true),
    value("ContinuousDeploymentPolicyId", ""),
    value("Staging", parts.staging ?? false),
    ...(parts.tenants === true
      ? [
          element("TenantConfig", element("ParameterDefinitions", parameterXml("tenantName"))),
          value("ConnectionMode", "tenant-only"),
        ]
      : [value("ConnectionMode", "direct")]),
    ...(parts.viewerMtls === undefined ? [] : [viewerMtlsXml(parts.viewerMtls)]),
    parts.more ?? "",
  ].join("");
}

function originXml({
  id,
  domain,
  kind = "custom",
  protocol = "https-only",
  certificate,
  headers = [],
  path = "",
  moreCustom = "",
  more = "",
}: OriginParts): string {
  const setting = {
    s3: () => element("S3OriginConfig", value("OriginAccessIdentity", ""), value("OriginReadTimeout", 30)),
    vpc: () =>
      element(
        "VpcOriginConfig",
        value("VpcOriginId", "vo_0123456789abcdef"),
        value("OriginReadTimeout", 30),
        value("OriginKeepaliveTimeout", 5),
      ),
    custom: () =>
      element(
        "CustomOriginConfig",
        value("HTTPPort", 80),
        value("HTTPSPort", 443),
        value("OriginProtocolPolicy", protocol),
        list("OriginSslProtocols", [value("SslProtocol", "TLSv1.2")]),
        value("OriginReadTimeout", 30),
        value("OriginKeepaliveTimeout", 5),
        ...(certificate === undefined ? [] : [element("OriginMtlsConfig", value("ClientCertificateArn", certificate))]),
        moreCustom,
      ),
  }[kind];
  return element(
    "Origin",
    value("Id", id),
    value("DomainName", domain),
    value("OriginPath", path),
    list(
      "CustomHeaders",
      headers.map(([name, secret]) =>
        element("OriginCustomHeader", value("HeaderName", name), value("HeaderValue", secret)),
      ),
    ),
    setting(),
    value("ConnectionAttempts", 3),
    value("ConnectionTimeout", 10),
    element("OriginShield", value("Enabled", false)),
    value("OriginAccessControlId", kind === "s3" ? "E327GJI25M56DG" : ""),
    more,
  );
}

function groupXml({ id, members }: { readonly id: string; readonly members: readonly string[] }): string {
  return element(
    "OriginGroup",
    value("Id", id),
    element("FailoverCriteria", list("StatusCodes", [value("StatusCode", 502), value("StatusCode", 503)])),
    list(
      "Members",
      members.map((member) => element("OriginGroupMember", value("OriginId", member))),
    ),
    value("SelectionCriteria", "default"),
  );
}

function behaviorXml({
  target,
  viewerProtocol = "redirect-to-https",
  grpc = false,
  lambdaEvents = [],
  more = "",
}: BehaviorParts): string {
  const methods = (names: readonly string[]): string[] => names.map((name) => value("Method", name));
  const all = grpc ? ["HEAD", "DELETE", "POST", "GET", "OPTIONS", "PUT", "PATCH"] : ["HEAD", "GET"];
  return [
    value("TargetOriginId", target),
    list("TrustedSigners", [], value("Enabled", false)),
    list("TrustedKeyGroups", [], value("Enabled", false)),
    value("ViewerProtocolPolicy", viewerProtocol),
    // Quantity, Items, and a list within the list's own element.
    element(
      "AllowedMethods",
      value("Quantity", all.length),
      element("Items", ...methods(all)),
      list("CachedMethods", methods(["HEAD", "GET"])),
    ),
    value("SmoothStreaming", false),
    value("Compress", true),
    list(
      "LambdaFunctionAssociations",
      lambdaEvents.map((event) =>
        element(
          "LambdaFunctionAssociation",
          value("LambdaFunctionARN", `arn:aws:lambda:us-east-1:111122223333:function:${event}:1`),
          value("EventType", event),
          value("IncludeBody", false),
        ),
      ),
    ),
    list("FunctionAssociations", []),
    value("FieldLevelEncryptionId", ""),
    value("CachePolicyId", grpc ? "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" : "658327ea-f89d-4fab-a63d-7e88639e58f6"),
    element("GrpcConfig", value("Enabled", grpc)),
    more,
  ].join("");
}

function viewerCertificateXml(arn: string | undefined): string {
  if (arn === undefined) {
    return element(
      "ViewerCertificate",
      value("CloudFrontDefaultCertificate", true),
      value("SSLSupportMethod", "vip"),
      value("MinimumProtocolVersion", "TLSv1"),
      value("CertificateSource", "cloudfront"),
    );
  }
  return element(
    "ViewerCertificate",
    value("CloudFrontDefaultCertificate", false),
    value("ACMCertificateArn", arn),
    value("SSLSupportMethod", "sni-only"),
    value("MinimumProtocolVersion", "TLSv1.2_2021"),
    value("Certificate", arn),
    value("CertificateSource", "acm"),
  );
}

function viewerMtlsXml({ mode, trustStore }: NonNullable<ConfigParts["viewerMtls"]>): string {
  const store =
    trustStore === undefined
      ? []
      : [
          element(
            "TrustStoreConfig",
            value("TrustStoreId", trustStore),
            value("AdvertiseTrustStoreCaNames", false),
            value("IgnoreCertificateExpiry", false),
          ),
        ];
  return element("ViewerMtlsConfig", value("Mode", mode), ...store);
}

function parameterXml(name: string): string {
  // No name of its own in the model: on the wire it is a `member`.
  return element(
    "member",
    value("Name", name),
    element("Definition", element("StringSchema", value("Required", true))),
  );
}
