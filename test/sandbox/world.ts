// What is in the sandbox by name: ids and ARNs that never change. Importing this starts nothing.
import { createHash } from "node:crypto";

export type WorldName = "default" | "empty" | "large" | "denied";

/** AWS's own examples, so that nobody takes them for real ones. */
export const account = "111122223333";
/** Another one, with another world: a certificate and a distribution. */
export const otherAccount = "444455556666";
export const region = "us-east-1";
export const otherRegion = "ap-northeast-1";

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
}

/** Those of AWS's documentation; they sign and are checked, and open nothing anywhere else. */
export const accessKeys = {
  sandbox: { id: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
  other: { id: "AKIAI44QH8DHBEXAMPLE", secret: "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY" },
} satisfies Readonly<Record<string, AccessKey>>;

export const userArn = `arn:aws:iam::${account}:user/sandbox`;
export const otherUserArn = `arn:aws:iam::${otherAccount}:user/other`;

/** To be assumed by any of the users. */
export const roles = {
  developer: `arn:aws:iam::${account}:role/developer`,
  /** Only with `mfaSerial` and `mfaCode`. */
  guarded: `arn:aws:iam::${account}:role/guarded`,
  other: `arn:aws:iam::${otherAccount}:role/developer`,
  /** Nobody may. */
  forbidden: `arn:aws:iam::${account}:role/forbidden`,
};

export const mfaSerial = `arn:aws:iam::${account}:mfa/sandbox`;
export const mfaCode = "123456";

/** A certificate's ARN, from a name that tells it from all others. */
export function certificateArn(
  name: string,
  where: { readonly account?: string; readonly region?: string } = {},
): string {
  const hex = createHash("sha256").update(name).digest("hex");
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  return `arn:aws:acm:${where.region ?? region}:${where.account ?? account}:certificate/${id}`;
}

export const certificates = {
  /** P-256, imported, for clients, some 300 days left; distribution `orders` uses it. */
  orders: certificateArn("orders"),
  /** RSA 2048, fit as well, used by nobody. */
  spare: certificateArn("spare"),
  /** Six more that are fit: more than one call takes. */
  fleet: ["fleet-1", "fleet-2", "fleet-3", "fleet-4", "fleet-5", "fleet-6"].map((name) => certificateArn(name)),
  /** 12 days left, in use. */
  expiring: certificateArn("expiring"),
  /** Since 5 days, in use. */
  expired: certificateArn("expired"),
  /** Public, waits for its validation. */
  pending: certificateArn("pending"),
  /** Public, issued by Amazon, for servers: the viewers of `orders` see it. */
  publicSite: certificateArn("public-site"),
  /** Imported, for servers only; an origin presents it all the same. */
  serverOnly: certificateArn("server-only"),
  p384: certificateArn("p384"),
  rsa4096: certificateArn("rsa4096"),
  /** Leaf, two intermediates and a root. */
  longChain: certificateArn("long-chain"),
  /** Fit, but without any domain name. */
  nameless: certificateArn("nameless"),
  revoked: certificateArn("revoked"),
  /** `FAILED`, with the reason `CAA_ERROR`. */
  failed: certificateArn("failed"),
  /** Issued by AWS Private CA through ACM, for clients. */
  private: certificateArn("private"),
  /** Fit, in ap-northeast-1. */
  tokyo: certificateArn("tokyo", { region: otherRegion }),
  /** In the other account, where it is fit. */
  otherAccount: certificateArn("other-account", { account: otherAccount }),
};

/** Looks like the others, and is nowhere. */
export const absentCertificate: string = certificateArn("absent");

export const distributions = {
  /** Origin mTLS on with a fit certificate, an S3 origin beside it, aliases, a viewer certificate. */
  orders: "E1ORDERS000001",
  /** On and broken: expired. */
  expired: "E1EXPIRED00002",
  /** On and broken: no such certificate. */
  missing: "E1MISSING00003",
  /** On and broken: not for clients. */
  unfit: "E1UNFIT0000004",
  /** On and broken: the certificate is in another region. */
  wrongRegion: "E1TOKYO0000005",
  /** On, and for 12 more days. */
  expiring: "E1EXPIRING0006",
  /** On, with a certificate of the other account. */
  otherAccount: "E1OTHERCERT007",
  /** Off; one custom origin. */
  single: "E1SINGLE000008",
  /** Off; seven custom origins, one of them over http only. */
  several: "E1SEVERAL00009",
  /** Cannot: an S3 bucket. */
  bucket: "E1BUCKET000010",
  /** Cannot: an S3 website. */
  website: "E1WEBSITE00011",
  /** Cannot: a VPC origin. */
  vpc: "E1VPC000000012",
  /** Cannot: an execute-api address. */
  executeApi: "E1EXECUTE00013",
  viewerRequired: "E1VIEWERREQ014",
  viewerOptional: "E1VIEWEROPT015",
  viewerPassthrough: "E1VIEWERPAS016",
  /** Stays `InProgress` until `deploy()`. */
  inProgress: "E1PROGRESS0017",
  disabled: "E1DISABLED0018",
  /** Comment and alias in Japanese. */
  japanese: "E1NIHONGO00019",
  /** Tagged by CloudFormation. */
  stack: "E1STACK0000020",
  /** Tagged `managed-by: terraform`. */
  terraform: "E1TERRAFORM021",
  /** Members nobody here has heard of: scalars, lists, nested, with attributes; in many places. */
  newer: "E1NEWER0000022",
  /** Custom headers with secret values. */
  headers: "E1HEADERS00023",
  /** Two origin groups, one with an origin that has mTLS on. */
  groups: "E1GROUPS000024",
  /** Lambda@Edge at the origin, and gRPC. */
  edge: "E1EDGE00000025",
  staging: "E1STAGING00026",
  tenants: "E1TENANTS00027",
  http3: "E1HTTP3000028",
  /** 100 origins: the quota. */
  hundred: "E1HUNDRED00029",
};

/** The only one of the other account. */
export const otherAccountDistribution = "E2OTHER0000001";

export function distributionArn(id: string, owner: string = account): string {
  return `arn:aws:cloudfront::${owner}:distribution/${id}`;
}

/** Values of custom headers in the default world: whoever shows one of them gives a secret away. */
export const secretHeaderValues: readonly string[] = [
  "orders-origin-secret-3f9c1b",
  "tr0ub4dor&3 <not a password>",
  "ひみつの値",
];
