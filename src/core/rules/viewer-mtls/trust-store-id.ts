import * as l10n from "@vscode/l10n";
import { describeArn, isPlaceholder, isTemplated, parseArn } from "../../arn.ts";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { stringOf } from "../../document/tree.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  empty: () => l10n.t("TrustStoreId is empty: name the CloudFront trust store that holds the CA certificates."),
  "other-resource": ({ resource }: { resource: string }) =>
    l10n.t("TrustStoreId names a CloudFront trust store; this is {0}.", resource),
  "s3-uri": () =>
    l10n.t(
      "TrustStoreId names a CloudFront trust store; this is an S3 URI. CloudFront makes a trust store from a file in S3, and that has an id.",
    ),
  certificates: () =>
    l10n.t("TrustStoreId names a CloudFront trust store; certificates, or the file they are in, do not belong here."),
  placeholder: () => l10n.t("This looks like a placeholder: put the id of the CloudFront trust store here."),
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
