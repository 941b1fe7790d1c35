import * as l10n from "@vscode/l10n";
import { describeArn, isPlaceholder, isTemplated, parseArn } from "../../arn.ts";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { stringOf } from "../../document/tree.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  empty: () => l10n.t("TrustStoreId is empty. Enter the ID of the CloudFront trust store with the CA certificates."),
  "other-resource": ({ resource }: { resource: string }) =>
    l10n.t("This is {0}. TrustStoreId must name a CloudFront trust store.", resource),
  "s3-uri": () =>
    l10n.t(
      "This is an S3 URI. TrustStoreId must name a CloudFront trust store. CloudFront creates a trust store from a file in S3. Enter the ID of that trust store.",
    ),
  certificates: () =>
    l10n.t("This is a certificate or a certificate file. TrustStoreId must name a CloudFront trust store."),
  placeholder: () => l10n.t("This looks like a placeholder. Enter the ID of the CloudFront trust store."),
} satisfies Says;

export const trustStoreId: Rule<Distribution, typeof says> = {
  id: "viewer-mtls/trust-store-id",
  severity: "error",
  requires: l10n.t("TrustStoreId must name a CloudFront trust store, not another resource."),
  source: sources.trustStoreConfig,
  says,
  *check({ soundUpTo, viewerMtls }) {
    const node = viewerMtls?.trustStoreId;
    const value = stringOf(node)?.trim();
    if (node === undefined || value === undefined || node.start >= soundUpTo || isTemplated(value)) return;
    const arn = parseArn(value);
    // No page says what an id looks like: only what is plainly something else is found.
    if (value === "") yield { at: node, reason: { code: "empty" } };
    else if (arn !== undefined && !(arn.service === "cloudfront" && arn.resource.startsWith("trust-store/")))
      yield { at: node, reason: { code: "other-resource", args: { resource: describeArn(arn) } } };
    else if (/^s3:\/\//i.test(value)) yield { at: node, reason: { code: "s3-uri" } };
    else if (/^-----BEGIN /.test(value) || /\.(pem|crt|cer)$/i.test(value))
      yield { at: node, reason: { code: "certificates" } };
    else if (isPlaceholder(value)) yield { at: node, severity: "warning", reason: { code: "placeholder" } };
  },
};
