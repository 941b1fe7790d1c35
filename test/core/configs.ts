import type { Json } from "../../src/core/document/tree.ts";

export const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
export const otherCertificate = "arn:aws:acm:us-east-1:111122223333:certificate/87654321-1234-1234-1234-123456789012";

/** The managed cache policy CachingDisabled. */
export const cachePolicy = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

type Members = { readonly [key: string]: Json };

export function customConfig(members: Members = {}): Members {
  return { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only", ...members };
}

export function customOrigin(id: string, custom: Members = customConfig(), members: Members = {}): Members {
  return { Id: id, DomainName: `${id}.example.com`, CustomOriginConfig: custom, ...members };
}

export function s3Origin(id: string, members: Members = {}): Members {
  return {
    Id: id,
    DomainName: `${id}.s3.us-east-1.amazonaws.com`,
    S3OriginConfig: { OriginAccessIdentity: "" },
    ...members,
  };
}

export function counted(items: readonly Json[]): Members {
  return { Quantity: items.length, Items: items };
}

/** A config in which no rule finds anything; the default behavior sends requests to the first origin. */
export function distributionConfig(origins: readonly Members[] = [customOrigin("o1")], members: Members = {}): Members {
  return {
    CallerReference: "2026-02-02",
    Comment: "",
    Enabled: true,
    Origins: counted(origins),
    DefaultCacheBehavior: {
      TargetOriginId: origins[0]?.["Id"] ?? "o1",
      ViewerProtocolPolicy: "https-only",
      CachePolicyId: cachePolicy,
    },
    ...members,
  };
}

export const mtls: Members = { OriginMtlsConfig: { ClientCertificateArn: certificate } };
