// What the services take at most, and where it says so. Nothing here is guessed; what nobody says is not checked.

export interface Limit {
  readonly most: number;
  /** The service's words for more than that. */
  readonly code: string;
  readonly source: string;
}

export const limits = {
  originsPerDistribution: {
    most: 100,
    code: "TooManyOrigins",
    source: "CloudFront Developer Guide, cloudfront-limits: origins per distribution",
  },
  originGroupsPerDistribution: {
    most: 10,
    code: "TooManyOriginGroupsPerDistribution",
    source: "CloudFront Developer Guide, cloudfront-limits: origin groups per distribution",
  },
  behaviorsPerDistribution: {
    most: 75,
    code: "TooManyCacheBehaviors",
    source: "CloudFront Developer Guide, cloudfront-limits: cache behaviors per distribution",
  },
  aliasesPerDistribution: {
    most: 100,
    code: "TooManyDistributionCNAMEs",
    source: "CloudFront Developer Guide, cloudfront-limits: alternate domain names per distribution",
  },
  commentLength: {
    most: 128,
    code: "InvalidArgument",
    source: "CloudFront API Reference, DistributionConfig: Comment",
  },
  clientCertificatesPerCall: {
    most: 5,
    code: "InvalidArgument",
    source: "CloudFront Developer Guide, origin-certificate-management-certificate-manager; the code is not documented",
  },
  distributionsPerPage: {
    most: 100,
    code: "InvalidArgument",
    source: "CloudFront API Reference, ListDistributions: MaxItems; what happens above is not documented",
  },
  certificatesPerPage: {
    most: 1000,
    code: "ValidationException",
    source: "ACM model, ListCertificatesRequest: MaxItems 1-1000",
  },
} satisfies Readonly<Record<string, Limit>>;

/** Requests per second, account and region. ACM User Guide, acm-limits: API rate quotas. */
export const rates: Readonly<Record<string, number>> = {
  ListCertificates: 8,
  DescribeCertificate: 10,
  GetCertificate: 10,
};

/** Ours, so that nobody can fill the memory: larger than what the services take. */
export const bounds = {
  bodyBytes: 2 * 1024 * 1024,
  recordedRequests: 20_000,
  faults: 1000,
};
