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
 * The first ARN of a text that was pasted, or its beginning: a key before it, quotes, and the ends of lines are no part
 * of it.
 */
export function arnWithin(text: string): string | undefined {
  return /(?<![\w-])arn:[^"'`,;\\\u2018\u2019\u201c\u201d\u200b\ufeff]+/.exec(text.replace(/\s+/g, ""))?.[0];
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
    // ARNs are ASCII only: other scripts describe what belongs there, as placeholders do.
    /[<>]|\.\.\.|[^\x20-\x7e]/.test(text) ||
    /(^|[^a-z])(your|replace|change[-_ ]?me|placeholder|todo|insert|account[-_]?id|cert(ificate)?[-_]?id|arn[-_]here|example[-_]?arn)([^a-z]|$)/i.test(
      text,
    ) ||
    /^(partition|region|account|arn:(partition:.*|[^:]*:[^:]*:(region:.*|[^:]*:account:.*)))$/is.test(text) ||
    /x{4,}/i.test(text)
  );
}

/** What an ARN names, where a service says what it is. */
export type ArnReason =
  | { readonly code: NamedByArn; readonly args?: never }
  | { readonly code: "arn:other"; readonly args: { readonly service: string } };

type NamedByArn = (typeof named)[keyof typeof named] | "arn:private-ca-certificate" | "arn:s3";

/** By service and type of resource. */
const named = {
  "acm:certificate": "arn:acm-certificate",
  "iam:server-certificate": "arn:iam-server-certificate",
  "iam:role": "arn:iam-role",
  "acm-pca:certificate-authority": "arn:private-ca",
  "acm-pca:template": "arn:private-ca-template",
  "cloudfront:trust-store": "arn:cloudfront-trust-store",
  "cloudfront:distribution": "arn:distribution",
  "cloudfront:connection-function": "arn:connection-function",
  "cloudfront:function": "arn:cloudfront-function",
  "elasticloadbalancing:truststore": "arn:load-balancer-trust-store",
  "elasticloadbalancing:loadbalancer": "arn:load-balancer",
  "elasticloadbalancing:listener": "arn:listener",
  "secretsmanager:secret": "arn:secret",
  "lambda:function": "arn:lambda-function",
  "rolesanywhere:trust-anchor": "arn:trust-anchor",
} as const;

/** What an ARN names, for "this is … where … belongs". */
export function describeArn({ service, resource }: Arn): ArnReason {
  if (service === "s3") return { code: "arn:s3" };
  const type = `${service}:${resource.split(/[/:]/)[0] ?? ""}`;
  if (!isNamed(type)) return { code: "arn:other", args: { service } };
  return {
    code:
      type === "acm-pca:certificate-authority" && resource.includes("/certificate/")
        ? "arn:private-ca-certificate"
        : named[type],
  };
}

function isNamed(type: string): type is keyof typeof named {
  return Object.hasOwn(named, type);
}
