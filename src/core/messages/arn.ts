import * as l10n from "@vscode/l10n";
import type { ArnReason } from "../arn.ts";
import type { SaysOf } from "../reason.ts";

/** What an ARN names, in the words of its service. */
export const arn = {
  "arn:acm-certificate": () => l10n.t("an ACM certificate"),
  "arn:iam-server-certificate": () => l10n.t("an IAM server certificate"),
  "arn:iam-role": () => l10n.t("an IAM role"),
  "arn:private-ca-certificate": () => l10n.t("an AWS Private CA certificate that was not imported into ACM"),
  "arn:private-ca": () => l10n.t("an AWS Private CA certificate authority"),
  "arn:private-ca-template": () => l10n.t("an AWS Private CA certificate template"),
  "arn:cloudfront-trust-store": () => l10n.t("a CloudFront trust store"),
  "arn:distribution": () => l10n.t("a CloudFront distribution"),
  "arn:connection-function": () => l10n.t("a CloudFront connection function"),
  "arn:cloudfront-function": () => l10n.t("a CloudFront function"),
  "arn:load-balancer-trust-store": () => l10n.t("a load balancer trust store"),
  "arn:load-balancer": () => l10n.t("a load balancer"),
  "arn:listener": () => l10n.t("a load balancer listener"),
  "arn:secret": () => l10n.t("a Secrets Manager secret"),
  "arn:lambda-function": () => l10n.t("a Lambda function"),
  "arn:trust-anchor": () => l10n.t("an IAM Roles Anywhere trust anchor"),
  "arn:s3": () => l10n.t("an S3 bucket or object"),
  "arn:other": ({ service }) => l10n.t("a resource of service {0}", service),
} satisfies SaysOf<ArnReason>;

/** The same by itself, as a title. */
export const arnTitles = {
  "arn:acm-certificate": () => l10n.t("ACM certificate"),
  "arn:iam-server-certificate": () => l10n.t("IAM server certificate"),
  "arn:iam-role": () => l10n.t("IAM role"),
  "arn:private-ca-certificate": () => l10n.t("AWS Private CA certificate, not imported into ACM"),
  "arn:private-ca": () => l10n.t("AWS Private CA certificate authority"),
  "arn:private-ca-template": () => l10n.t("AWS Private CA certificate template"),
  "arn:cloudfront-trust-store": () => l10n.t("CloudFront trust store"),
  "arn:distribution": () => l10n.t("CloudFront distribution"),
  "arn:connection-function": () => l10n.t("CloudFront connection function"),
  "arn:cloudfront-function": () => l10n.t("CloudFront function"),
  "arn:load-balancer-trust-store": () => l10n.t("Load balancer trust store"),
  "arn:load-balancer": () => l10n.t("Load balancer"),
  "arn:listener": () => l10n.t("Load balancer listener"),
  "arn:secret": () => l10n.t("Secrets Manager secret"),
  "arn:lambda-function": () => l10n.t("Lambda function"),
  "arn:trust-anchor": () => l10n.t("IAM Roles Anywhere trust anchor"),
  "arn:s3": () => l10n.t("S3 bucket or object"),
  "arn:other": ({ service }) => l10n.t("Resource of the service {0}", service),
} satisfies SaysOf<ArnReason>;
