import * as l10n from "@vscode/l10n";

/** The parts of an Amazon Resource Name; `account` and `region` may be empty. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything behind the account, with its own `/` and `:`. */
  readonly resource: string;
}

export function parseArn(text: string): Arn | undefined {
  const match = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/s.exec(text);
  if (match === null) return undefined;
  const [, partition = "", service = "", region = "", account = "", resource = ""] = match;
  return { partition, service, region, account, resource };
}

/**
 * The pattern the ACM API gives for a certificate ARN (shape `CertificateArn` of the ACM service model,
 * 20 to 2,048 characters). The form of the id is not part of it.
 */
export function isCertificateArn(text: string): boolean {
  return (
    text.length >= 20 &&
    text.length <= 2048 &&
    /^arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:[0-9]+:certificate\/[\w+=,.@-]+$/.test(text)
  );
}

/** A value that a template engine or a shell fills in later: nothing can be said about it. */
export function isTemplated(text: string): boolean {
  // None of these looks behind the next beginning of its kind: the text may be long, and nothing but beginnings.
  return /[$#]?\{[^{}]+\}|\$\w|\$\([^()]*\)|\(\([^()]*\)\)|%\w+%|__\w+__|@@?\w+@@?$|<%[^<]*%>/.test(text);
}

/** Words that samples put where a value belongs. */
export function isPlaceholder(text: string): boolean {
  return (
    // No ARN has anything but ASCII: where another script stands, somebody describes what belongs there.
    /[<>]|\.\.\.|[^\x20-\x7e]/.test(text) ||
    /(^|[^a-z])(your|replace|change[-_ ]?me|placeholder|todo|insert|account[-_]?id|cert(ificate)?[-_]?id|arn[-_]here|example[-_]?arn)([^a-z]|$)/i.test(
      text,
    ) ||
    /x{4,}/i.test(text)
  );
}

/** What an ARN names, in the words of its service, for "this is … where … belongs". */
export function describeArn({ service, resource }: Arn): string {
  const type = resource.split(/[/:]/)[0] ?? "";
  const known: Record<string, string> = {
    "acm:certificate": l10n.t("an ACM certificate"),
    "iam:server-certificate": l10n.t("an IAM server certificate"),
    "iam:role": l10n.t("an IAM role"),
    "acm-pca:certificate-authority": resource.includes("/certificate/")
      ? l10n.t("a certificate in AWS Private CA that was not imported into ACM")
      : l10n.t("a certificate authority of AWS Private CA"),
    "acm-pca:template": l10n.t("a certificate template of AWS Private CA"),
    "cloudfront:trust-store": l10n.t("a CloudFront trust store"),
    "cloudfront:distribution": l10n.t("a CloudFront distribution"),
    "cloudfront:connection-function": l10n.t("a CloudFront connection function"),
    "cloudfront:function": l10n.t("a CloudFront function"),
    "elasticloadbalancing:truststore": l10n.t("a trust store of an Application Load Balancer"),
    "elasticloadbalancing:loadbalancer": l10n.t("a load balancer"),
    "elasticloadbalancing:listener": l10n.t("a load balancer listener"),
    "secretsmanager:secret": l10n.t("a Secrets Manager secret"),
    "lambda:function": l10n.t("a Lambda function"),
    "rolesanywhere:trust-anchor": l10n.t("a trust anchor of IAM Roles Anywhere"),
  };
  if (service === "s3") return l10n.t("an S3 bucket or object");
  return known[`${service}:${type}`] ?? l10n.t("a resource of the service {0}", service);
}
