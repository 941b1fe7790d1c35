import * as l10n from "@vscode/l10n";
import { parseArn } from "../arn.ts";
import { unaskingHost } from "../cloudfront/hosts.ts";
import type { AcmCertificate, Inventory, LiveDistribution, LiveOrigin } from "../inventory.ts";
import { type OriginVerdict, originVerdict } from "./fitness.ts";

/** mTLS between CloudFront and an origin, as it is in an account. Reasons are sentences without their full stop. */
export type OriginState =
  /** Nothing is known to be wrong with it. */
  | { readonly state: "on" }
  /** A certificate is named, and it surely does not work. */
  | { readonly state: "broken"; readonly reasons: readonly string[] }
  | { readonly state: "off" }
  /** Off, and it cannot be turned on. */
  | { readonly state: "cannot"; readonly reason: string }
  /** On, with a certificate that is not known here: that of another account, or not loaded. */
  | { readonly state: "unverified" };

/** @param verdictOf for whoever knows what `originVerdict` says already: many origins present the same certificate */
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
  const ofCertificate =
    certificate !== undefined
      ? verdictOf(certificate).reasons.flatMap(({ sure, message }) => (sure ? [message] : []))
      : isAbsent(origin.clientCertificate, inventory)
        ? [l10n.t("ACM has no such certificate")]
        : [];
  const reasons = [...ofCertificate, ...reasonsOfOrigin(origin), ...reasonsOfBehaviors(origin, distribution)];
  if (reasons.length > 0) return { state: "broken", reasons };
  return { state: certificate === undefined ? "unverified" : "on" };
}

/** Whether ACM said that it has no such certificate. Of other accounts, and of what was not asked for, nobody knows. */
export function isAbsent(arn: string, inventory: Inventory): boolean {
  return isOfAccount(arn, inventory) && inventory.absent.has(arn);
}

export function isOfAccount(arn: string, { account, partition }: Pick<Inventory, "account" | "partition">): boolean {
  const parsed = parseArn(arn);
  return parsed?.account === account && parsed.partition === partition;
}

/** Why mTLS cannot be turned on. */
function reasonAgainst({ kind, domainName }: LiveOrigin): string | undefined {
  switch (kind) {
    case "s3":
      return l10n.t("S3 origins have no origin mTLS");
    case "vpc":
      return l10n.t("VPC origins have no origin mTLS");
    case "unknown":
      return l10n.t("It has no CustomOriginConfig");
    case "custom":
      return hostReason(domainName);
  }
}

function hostReason(domainName: string): string | undefined {
  switch (unaskingHost(domainName)) {
    case "s3-website":
      return l10n.t("An S3 website endpoint speaks plain HTTP only");
    case "execute-api":
      return l10n.t("The default endpoint of an API never asks for a client certificate");
    case "lambda-url":
      return l10n.t("A Lambda function URL never asks for a client certificate");
    case undefined:
      return undefined;
  }
}

function reasonsOfOrigin({ domainName, protocolPolicy }: LiveOrigin): string[] {
  const host = hostReason(domainName);
  if (host !== undefined) return [host];
  return protocolPolicy === "http-only"
    ? [l10n.t("With http-only there is no TLS to the origin, so mTLS never happens")]
    : [];
}

function reasonsOfBehaviors({ id }: LiveOrigin, { behaviors, originGroups }: LiveDistribution): string[] {
  if (!behaviors.some(({ grpc, lambdaEvents }) => grpc || lambdaEvents.length > 0)) return [];
  const groups = new Set(originGroups.flatMap((group) => (group.members.includes(id) ? [group.id] : [])));
  const concerned = behaviors.filter(({ target }) => target === id || groups.has(target));
  const events = [...new Set(concerned.flatMap(({ lambdaEvents }) => lambdaEvents))].filter(
    (event) => event === "origin-request" || event === "origin-response",
  );
  return [
    ...(concerned.some(({ grpc }) => grpc) ? [l10n.t("gRPC is not supported with origin mTLS")] : []),
    ...events.map((event) => l10n.t("Lambda@Edge on {0} is not supported with origin mTLS", event)),
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
      if (origin.clientCertificate === undefined) continue;
      const known = users.get(origin.clientCertificate);
      if (known === undefined) users.set(origin.clientCertificate, [{ distribution, origin }]);
      else known.push({ distribution, origin });
    }
  }
  return users;
}
