import type { OriginVerdict } from "../core/acm/fitness.ts";
import type { OriginState } from "../core/acm/origin-state.ts";
import type { AcmCertificate, LiveDistribution, LiveOrigin } from "../core/inventory.ts";

/** In the order in which they are shown. */
export const certificateGroups = ["fit", "expiring", "doubtful", "unfit"] as const;

export type CertificateGroup = (typeof certificateGroups)[number];

/** What a certificate is worth to an origin. */
export interface Judged {
  readonly certificate: AcmCertificate;
  readonly name: string;
  readonly verdict: OriginVerdict;
  readonly group: CertificateGroup;
  /** Whole ones until it expires; `undefined` where ACM did not say when. */
  readonly days: number | undefined;
}

/** How it stands with the mTLS of an origin. */
export interface JudgedOrigin {
  readonly origin: LiveOrigin;
  readonly state: OriginState;
  /** The certificate that it is presented, where it is known. */
  readonly client: Judged | undefined;
  /** On, with a certificate that is about to expire. */
  readonly expiring: Judged | undefined;
}

export interface JudgedDistribution {
  readonly distribution: LiveDistribution;
  readonly name: string;
  readonly origins: readonly JudgedOrigin[];
  readonly broken: number;
  readonly expiring: number;
  readonly state: DistributionState;
}

/** How it stands with the origin mTLS of a distribution, in the order in which they are shown. */
export const distributionStates = ["failing", "expiring", "on", "off", "cannot"] as const;

export type DistributionState = (typeof distributionStates)[number];
