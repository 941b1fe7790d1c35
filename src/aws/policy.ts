/** An IAM policy of what is used here, and nothing else. */
export interface IamPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: "Allow";
    readonly Action: readonly string[];
    readonly Resource: "*";
  }[];
}

const read = [
  "acm:DescribeCertificate",
  "acm:GetCertificate",
  "acm:ListCertificates",
  "cloudfront:GetDistribution",
  "cloudfront:GetDistributionConfig",
  "cloudfront:ListDistributions",
  "cloudfront:ListTagsForResource",
];
const write = ["cloudfront:UpdateDistribution"];

/** `sts:GetCallerIdentity` needs no permission. */
export function iamPolicy(readOnly: boolean): IamPolicy {
  const statements = [{ Sid: "MtlsWorkbenchRead", Effect: "Allow", Action: read, Resource: "*" }] as const;
  if (readOnly) return { Version: "2012-10-17", Statement: statements };
  return {
    Version: "2012-10-17",
    Statement: [...statements, { Sid: "MtlsWorkbenchWrite", Effect: "Allow", Action: write, Resource: "*" }],
  };
}

export function iamPolicyText(readOnly: boolean): string {
  return `${JSON.stringify(iamPolicy(readOnly), null, 2)}\n`;
}
