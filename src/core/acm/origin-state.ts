import { parseArn } from "../arn.ts";
import { unaskingHost } from "../cloudfront/hosts.ts";
import { addTo } from "../grouped.ts";
import type { AcmCertificate, Inventory, LiveDistribution, LiveOrigin } from "../inventory.ts";
import type { SharedReason } from "../reason.ts";
import { type OriginVerdict, originVerdict } from "./fitness.ts";
import type { AcmReason, OriginReason } from "./reason.ts";

/** mTLS between CloudFront and an origin, as it is in an account. */
export type OriginState =
  /** Nothing is known to be wrong with it. */
  | { readonly state: "on" }
  /** A certificate is named, and it surely does not work. */
  | { readonly state: "broken"; readonly reasons: readonly SharedReason[] }
  | { readonly state: "off" }
  /** Off, and it cannot be turned on. */
  | { readonly state: "cannot"; readonly reason: OriginReason }
  /** On, with a certificate that is not known here: that of another account, or not loaded. */
  | { readonly state: "unverified" };

/** @param verdictOf where what `originVerdict` says is known already: many origins present the same certificate */
export function originState(
  origin: LiveOrigin,
  distribution: LiveDistribution,
  inventory: Inventory,
  now: Date,
  verdictOf: (certificate: AcmCertificate) => OriginVerdict = (certificate) => originVerdict(certificate, now),
): OriginState {
  if (origin.clientCertificate === undefined) {
    const reason = reasonAgainst(origin);
    return reason === undefined ? { state: "off" } : { state: "cannot", reason };
  }
  const certificate = inventory.certificates.get(origin.clientCertificate);
  const absent: AcmReason = { code: "acm:absent" };
  const ofCertificate =
    certificate !== undefined
      ? verdictOf(certificate).reasons.filter(({ sure }) => sure)
      : isAbsent(origin.clientCertificate, inventory)
        ? [absent]
        : [];
  const reasons = [...ofCertificate, ...reasonsOfOrigin(origin), ...reasonsOfBehaviors(origin, distribution)];
  if (reasons.length > 0) return { state: "broken", reasons };
  return { state: certificate === undefined ? "unverified" : "on" };
}

/** Whether ACM said that it has no such certificate: unknown for other accounts, and for what was not requested. */
export function isAbsent(arn: string, inventory: Inventory): boolean {
  return isOfAccount(arn, inventory) && inventory.absent.has(arn);
}

export function isOfAccount(arn: string, { account, partition }: Pick<Inventory, "account" | "partition">): boolean {
  const parsed = parseArn(arn);
  return parsed?.account === account && parsed.partition === partition;
}

/** The account that an ARN names, where that is not the one that is known. */
export function accountElsewhere(arn: string, { account }: Pick<Inventory, "account">): string | undefined {
  const named = parseArn(arn)?.account;
  return named !== undefined && /^\d{12}$/.test(named) && named !== account ? named : undefined;
}

/** Why mTLS cannot be turned on. */
function reasonAgainst({ kind, domainName }: LiveOrigin): OriginReason | undefined {
  switch (kind) {
    case "s3":
      return { code: "origin:s3" };
    case "vpc":
      return { code: "origin:vpc" };
    case "unknown":
      return { code: "origin:no-custom-origin-config" };
    case "custom":
      return hostReason(domainName);
  }
}

function hostReason(domainName: string): OriginReason | undefined {
  switch (unaskingHost(domainName)) {
    case "s3-website":
      return { code: "origin:s3-website" };
    case "execute-api":
      return { code: "origin:execute-api" };
    case "lambda-url":
      return { code: "origin:lambda-url" };
    case undefined:
      return undefined;
  }
}

function reasonsOfOrigin({ domainName, protocolPolicy }: LiveOrigin): OriginReason[] {
  const host = hostReason(domainName);
  if (host !== undefined) return [host];
  return protocolPolicy === "http-only" ? [{ code: "origin:http-only" }] : [];
}

function reasonsOfBehaviors({ id }: LiveOrigin, { behaviors, originGroups }: LiveDistribution): OriginReason[] {
  if (!behaviors.some(({ grpc, lambdaEvents }) => grpc || lambdaEvents.length > 0)) return [];
  const groups = new Set(originGroups.flatMap((group) => (group.members.includes(id) ? [group.id] : [])));
  const concerned = behaviors.filter(({ target }) => target === id || groups.has(target));
  const events = [...new Set(concerned.flatMap(({ lambdaEvents }) => lambdaEvents))].filter(
    (event) => event === "origin-request" || event === "origin-response",
  );
  return [
    ...(concerned.some(({ grpc }) => grpc) ? [{ code: "origin:grpc" } as const] : []),
    ...events.map((event) => ({ code: "origin:lambda-at-edge", args: { event } }) as const),
  ];
}

/** An origin that presents a client certificate. */
export interface CertificateUser {
  readonly distribution: LiveDistribution;
  readonly origin: LiveOrigin;
}

/** By ARN. */
export function usersOf(distributions: Iterable<LiveDistribution>): ReadonlyMap<string, readonly CertificateUser[]> {
  const users = new Map<string, CertificateUser[]>();
  for (const distribution of distributions) {
    for (const origin of distribution.origins) {
      if (origin.clientCertificate !== undefined) addTo(users, origin.clientCertificate, { distribution, origin });
    }
  }
  return users;
}
