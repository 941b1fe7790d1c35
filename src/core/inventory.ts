import type { SharedReason } from "./reason.ts";

/**
 * What an account holds at a moment, as far as it was looked at: plain data, without the service behind it.
 * Member names are ours; the values (statuses, key algorithms, usages) are those of the ACM and CloudFront APIs.
 */
export interface Inventory {
  readonly takenAt: Date;
  /** Twelve digits. */
  readonly account: string;
  /** As in an ARN: `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  /** By ARN, listed or described. What is not here may still be there: a list may be unfinished, and hides some. */
  readonly certificates: ReadonlyMap<string, AcmCertificate>;
  /**
   * ARNs of which ACM itself said that there is no such certificate (`ResourceNotFoundException` of
   * `DescribeCertificate`), or that a list had which has them no more, loaded anew to its end.
   */
  readonly absent: ReadonlySet<string>;
  /** By id. */
  readonly distributions: ReadonlyMap<string, LiveDistribution>;
}

/** A certificate in ACM: what `ListCertificates` says of it, and what was asked for besides. */
export interface AcmCertificate {
  readonly arn: string;
  /** From the ARN. */
  readonly region: string;
  /** A client certificate may have none. */
  readonly domainName: string | undefined;
  /** The first 100 at most. */
  readonly alternativeNames: readonly string[];
  /**
   * `ISSUED`, `PENDING_VALIDATION`, `INACTIVE`, `EXPIRED`, `VALIDATION_TIMED_OUT`, `REVOKED` or `FAILED`; `undefined`:
   * not said.
   */
  readonly status: string | undefined;
  /** `IMPORTED`, `AMAZON_ISSUED` or `PRIVATE`. */
  readonly type: string | undefined;
  /** As in `RSA_2048`, `EC_prime256v1`. */
  readonly keyAlgorithm: string | undefined;
  /** As in `TLS_WEB_CLIENT_AUTHENTICATION`; `undefined`: not said. */
  readonly extendedKeyUsages: readonly string[] | undefined;
  readonly notBefore: Date | undefined;
  readonly notAfter: Date | undefined;
  readonly inUse: boolean | undefined;
  /** `CLOUDFRONT` for one that CloudFront manages for a tenant. */
  readonly managedBy: string | undefined;
  /** From `DescribeCertificate` and `GetCertificate`; `undefined` while only the summary is known. */
  readonly details: CertificateDetails | undefined;
}

export interface CertificateDetails {
  /**
   * What of the certificate and its chain CloudFront does not take; nothing of its dates, which the summary has. Empty:
   * all of it fits.
   */
  readonly unmet: readonly SharedReason[];
  readonly subject: string | undefined;
  readonly issuer: string | undefined;
  /** Hexadecimal, as ACM writes it. */
  readonly serial: string | undefined;
  /** ARNs of resources that use it. */
  readonly inUseBy: readonly string[];
  /** Why it could not be issued. */
  readonly failureReason: string | undefined;
}

/** A distribution as `ListDistributions` says it, as far as mTLS is concerned. */
export interface LiveDistribution {
  readonly id: string;
  readonly arn: string;
  /** As in `d111111abcdef8.cloudfront.net`. */
  readonly domainName: string;
  readonly aliases: readonly string[];
  readonly comment: string;
  readonly enabled: boolean;
  readonly staging: boolean;
  /** `Deployed` or `InProgress`. */
  readonly status: string;
  readonly lastModified: Date | undefined;
  readonly etag: string | undefined;
  /** `direct` or `tenant-only`. */
  readonly connectionMode: string | undefined;
  /** As in `http2and3`. */
  readonly httpVersion: string | undefined;
  /** The ARN of the certificate that viewers see, where it is in ACM. */
  readonly viewerCertificate: string | undefined;
  /** `undefined`: off. */
  readonly viewerMtls: { readonly mode: string | undefined; readonly trustStore: string | undefined } | undefined;
  readonly origins: readonly LiveOrigin[];
  readonly originGroups: readonly { readonly id: string; readonly members: readonly string[] }[];
  /** The default cache behavior comes first. */
  readonly behaviors: readonly LiveBehavior[];
}

export interface LiveOrigin {
  readonly id: string;
  readonly domainName: string;
  readonly kind: "custom" | "s3" | "vpc" | "unknown";
  /** As in `https-only`; of custom origins alone. */
  readonly protocolPolicy: string | undefined;
  /** The client certificate that CloudFront presents to it; `undefined`: origin mTLS is off. */
  readonly clientCertificate: string | undefined;
}

export interface LiveBehavior {
  /** `undefined` for the default cache behavior. */
  readonly pathPattern: string | undefined;
  /** Id of an origin or an origin group. */
  readonly target: string;
  readonly viewerProtocolPolicy: string | undefined;
  readonly grpc: boolean;
  /** As in `origin-request`. */
  readonly lambdaEvents: readonly string[];
}
