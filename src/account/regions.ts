import type { Identity } from "../aws/connection.ts";
import { clientCertificateRegion } from "../core/cloudfront/vocabulary.ts";

/** Where there is ACM, as far as known when this was written; others can be typed. */
export const knownRegions: Readonly<Record<string, readonly string[]>> = {
  aws: [
    ...[
      "us-east-1",
      "us-east-2",
      "us-west-1",
      "us-west-2",
      "af-south-1",
      "ap-east-1",
      "ap-east-2",
      "ap-northeast-1",
      "ap-northeast-2",
      "ap-northeast-3",
      "ap-south-1",
      "ap-south-2",
    ],
    ...[
      "ap-southeast-1",
      "ap-southeast-2",
      "ap-southeast-3",
      "ap-southeast-4",
      "ap-southeast-5",
      "ap-southeast-6",
      "ap-southeast-7",
      "ca-central-1",
      "ca-west-1",
      "eu-central-1",
      "eu-central-2",
    ],
    ...[
      "eu-north-1",
      "eu-south-1",
      "eu-south-2",
      "eu-west-1",
      "eu-west-2",
      "eu-west-3",
      "il-central-1",
      "me-central-1",
      "me-south-1",
      "mx-central-1",
      "sa-east-1",
    ],
  ],
  "aws-cn": ["cn-north-1", "cn-northwest-1"],
  "aws-us-gov": ["us-gov-east-1", "us-gov-west-1"],
};

/** By its prefix; an endpoint that is not AWS's own may have any. */
export function partitionOf(region: string): string {
  return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** Those of the setting that the account can have certificates in; where there are none, its own. */
export function regionsOf(identity: Identity | undefined, set: readonly string[]): readonly string[] {
  if (identity === undefined) return set;
  const possible = set.filter((region) => partitionOf(region) === identity.partition);
  return possible.length > 0 ? possible : [certificateRegion(identity)];
}

/**
 * Where to look for client certificates: where CloudFront reads them, or its own region in a partition of which that is
 * not known.
 */
export function certificateRegion(identity: Identity | undefined): string {
  const { partition, region } = identity ?? { partition: "aws", region: "us-east-1" };
  return clientCertificateRegion.get(partition) ?? region;
}

export function isRegion(text: string): boolean {
  return /^[a-z]{2}(-[a-z]+)+-\d+$/.test(text);
}
