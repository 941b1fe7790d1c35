import * as l10n from "@vscode/l10n";
import type { AcmReason, OriginReason } from "../acm/reason.ts";
import type { ClientReason } from "../client-certificate/reason.ts";
import type { SaysOf } from "../reason.ts";

/** What speaks against a certificate in ACM as an origin client certificate. */
export const acm = {
  "acm:not-an-arn": () => l10n.t("The ARN does not name a certificate in ACM."),
  "acm:absent": () => l10n.t("The certificate does not exist in ACM."),
  "acm:other-account": ({ account, own }) =>
    l10n.t(
      "The certificate is in account {0}, but the session uses account {1}. Only account {0} can read it.",
      account,
      own,
    ),
  "acm:other-region": ({ region, wanted }) =>
    l10n.t("The certificate is in ACM in {0}; CloudFront reads client certificates from ACM in {1}.", region, wanted),
  "acm:partition": ({ partition }) =>
    l10n.t(
      "The certificate is in partition {0}. The AWS documentation does not say from which Region CloudFront reads client certificates there.",
      partition,
    ),
  "acm:expired": () => l10n.t("The certificate has expired, according to ACM."),
  "acm:pending-validation": () => l10n.t("The certificate is not issued yet. ACM is waiting for its validation."),
  "acm:validation-timed-out": () => l10n.t("The certificate was never issued, because its validation timed out."),
  "acm:failed": () => l10n.t("The certificate was never issued, because its request failed."),
  "acm:failed-because": ({ failure }) =>
    l10n.t("The certificate was never issued, because its request failed ({0}).", failure),
  "acm:revoked": () => l10n.t("The certificate is revoked."),
  "acm:inactive": () => l10n.t("The certificate is inactive in ACM."),
  "acm:status": ({ status }) => l10n.t("The status in ACM is {0}; CloudFront needs an issued certificate.", status),
  "acm:public": () =>
    l10n.t(
      "The certificate is a public ACM certificate. Those issued since 2025-06-11 have no clientAuth, and the CloudFront documentation mentions only imported certificates.",
    ),
  "acm:not-imported": () =>
    l10n.t("The certificate was issued by ACM; the CloudFront documentation mentions only imported certificates."),
  "acm:unreadable-certificate": () => l10n.t("The certificate cannot be read."),
  "acm:unreadable-chain": () => l10n.t("The chain of the certificate cannot be read."),
} satisfies SaysOf<Exclude<AcmReason, ClientReason>>;

/** Why mTLS between CloudFront and an origin does not work, or cannot be turned on. */
export const originMtls = {
  "origin:s3": () => l10n.t("S3 origins do not support origin mTLS."),
  "origin:vpc": () => l10n.t("VPC origins do not support origin mTLS."),
  "origin:no-custom-origin-config": () => l10n.t("The origin has no CustomOriginConfig."),
  "origin:s3-website": () => l10n.t("S3 website endpoints support HTTP only."),
  "origin:execute-api": () => l10n.t("The default endpoint of an API never requests a client certificate."),
  "origin:lambda-url": () => l10n.t("A Lambda function URL never requests a client certificate."),
  "origin:http-only": () =>
    l10n.t("With http-only, CloudFront does not use TLS to the origin, so mTLS cannot take place."),
  "origin:grpc": () => l10n.t("gRPC is not supported with origin mTLS."),
  "origin:lambda-at-edge": ({ event }) => l10n.t("Lambda@Edge on {0} is not supported with origin mTLS.", event),
} satisfies SaysOf<OriginReason>;
