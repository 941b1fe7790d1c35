import type { Source } from "./rule.ts";

/** The pages that rules cite. */
const api = (shape: string): Source => ({
  title: `CloudFront API: ${shape}`,
  url: `https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_${shape}.html`,
});
const guide = (title: string, page: string): Source => ({
  title: `CloudFront Developer Guide: ${title}`,
  url: `https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/${page}.html`,
});

export const sources = {
  originMtlsConfig: api("OriginMtlsConfig"),
  customOriginConfig: api("CustomOriginConfig"),
  distributionConfig: api("DistributionConfig"),
  origin: api("Origin"),
  defaultCacheBehavior: api("DefaultCacheBehavior"),
  updateDistribution: api("UpdateDistribution"),
  originMtls: guide("Origin mutual TLS", "origin-enable-mtls-distributions"),
  clientCertificate: guide("Client certificates for origin mutual TLS", "origin-certificate-management-certificate-manager"),
  quotas: guide("Quotas", "cloudfront-limits"),
  cliUpdateDistribution: { title: "AWS CLI: update-distribution", url: "https://docs.aws.amazon.com/cli/latest/reference/cloudfront/update-distribution.html" },
  cliFiles: { title: "AWS CLI: parameters from a file", url: "https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html" },
} as const satisfies Record<string, Source>;
