import type { ClientReason } from "../client-certificate/reason.ts";

/** What speaks against a certificate in ACM as an origin client certificate. */
export type AcmReason =
  | ClientReason
  | { readonly code: `acm:${Plain}`; readonly args?: never }
  | { readonly code: "acm:other-region"; readonly args: { readonly region: string; readonly wanted: string } }
  | { readonly code: "acm:partition"; readonly args: { readonly partition: string } }
  | { readonly code: "acm:failed-because"; readonly args: { readonly failure: string } }
  | { readonly code: "acm:status"; readonly args: { readonly status: string } }
  | { readonly code: "acm:other-account"; readonly args: { readonly account: string; readonly own: string } };

type Plain =
  | "not-an-arn"
  | "absent"
  | "expired"
  | "pending-validation"
  | "validation-timed-out"
  | "failed"
  | "revoked"
  | "inactive"
  | "public"
  | "not-imported"
  | "unreadable-certificate"
  | "unreadable-chain";

/** Why mTLS between CloudFront and an origin does not work, or cannot be turned on. */
export type OriginReason =
  | { readonly code: `origin:${PlainOfOrigin}`; readonly args?: never }
  | { readonly code: "origin:lambda-at-edge"; readonly args: { readonly event: string } };

type PlainOfOrigin =
  | "s3"
  | "vpc"
  | "no-custom-origin-config"
  | "s3-website"
  | "execute-api"
  | "lambda-url"
  | "http-only"
  | "grpc";
