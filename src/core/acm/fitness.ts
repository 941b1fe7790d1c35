import { parseArn } from "../arn.ts";
import { originClientFitness } from "../client-certificate/fitness.ts";
import { validityReason } from "../client-certificate/reason.ts";
import { clientCertificateRegion } from "../cloudfront/vocabulary.ts";
import type { AcmCertificate } from "../inventory.ts";
import type { SharedReason } from "../reason.ts";
import { certificatesOf, readBundle } from "../x509/bundle/bundle.ts";
import { usagesCalled } from "../x509/usages.ts";
import { day, validityOf } from "../x509/validity.ts";
import type { AcmReason } from "./reason.ts";

/** Is a certificate in ACM fit as an origin client certificate? The same answer wherever it is asked. */
export interface OriginVerdict {
  /** `doubtful`: nothing speaks surely against it. */
  readonly fit: "yes" | "doubtful" | "no";
  /**
   * `summary`: the certificate itself was not read; what it is fit for by its summary may still turn out not to fit.
   */
  readonly checked: "summary" | "fully";
  /** Why not, the sure ones first; empty where it is fit. */
  readonly reasons: readonly VerdictReason[];
}

export interface VerdictReason extends SharedReason {
  /** `certificate`: of the certificate itself and its chain. */
  readonly requirement: "region" | "status" | "validity" | "type" | "key" | "client-auth" | "certificate";
  /** Documented, and known of this certificate. */
  readonly sure: boolean;
}

export function originVerdict(certificate: AcmCertificate, now: Date): OriginVerdict {
  const { details } = certificate;
  const ofCertificate =
    details === undefined
      ? [...keyReasons(certificate), ...purposeReasons(certificate)]
      : details.unmet.map((unmet): VerdictReason => ({ ...unmet, requirement: "certificate", sure: !isUnread(unmet) }));
  const reasons = [
    ...regionReasons(certificate),
    ...statusReasons(certificate, now),
    ...typeReasons(certificate),
    ...ofCertificate,
  ];
  const fit = reasons.some(({ sure }) => sure) ? "no" : reasons.length > 0 ? "doubtful" : "yes";
  return {
    fit,
    checked: details === undefined ? "summary" : "fully",
    reasons: reasons.toSorted((a, b) => Number(b.sure) - Number(a.sure)),
  };
}

function surely(requirement: VerdictReason["requirement"], reason: AcmReason): VerdictReason {
  return { ...reason, requirement, sure: true };
}

function perhaps(requirement: VerdictReason["requirement"], reason: AcmReason): VerdictReason {
  return { ...reason, requirement, sure: false };
}

function regionReasons({ arn, region }: AcmCertificate): VerdictReason[] {
  const { partition = "" } = parseArn(arn) ?? {};
  const wanted = clientCertificateRegion.get(partition);
  if (wanted === undefined) return [perhaps("region", { code: "acm:partition", args: { partition } })];
  return region === wanted ? [] : [surely("region", { code: "acm:other-region", args: { region, wanted } })];
}

// --- status and dates

function statusReasons(certificate: AcmCertificate, now: Date): VerdictReason[] {
  const { status, details } = certificate;
  const dates = dateReasons(certificate, now);
  switch (status) {
    case undefined:
    case "ISSUED":
      return dates;
    case "EXPIRED":
      return dates.length > 0 ? dates : [surely("validity", { code: "acm:expired" })];
    case "PENDING_VALIDATION":
      return [surely("status", { code: "acm:pending-validation" })];
    case "VALIDATION_TIMED_OUT":
      return [surely("status", { code: "acm:validation-timed-out" })];
    case "FAILED":
      return [
        surely(
          "status",
          details?.failureReason === undefined
            ? { code: "acm:failed" }
            : { code: "acm:failed-because", args: { failure: details.failureReason } },
        ),
      ];
    case "REVOKED":
      return [surely("status", { code: "acm:revoked" })];
    case "INACTIVE":
      return [surely("status", { code: "acm:inactive" })];
    default:
      return [...dates, perhaps("status", { code: "acm:status", args: { status } })];
  }
}

/** Whether that is what makes it unusable: one that was never issued or is revoked has a more important reason. */
export function isExpired(certificate: AcmCertificate, now: Date): boolean {
  const { status, notAfter } = certificate;
  return (
    (status === "EXPIRED" || (notAfter !== undefined && notAfter < now)) &&
    statusReasons(certificate, now).some(({ requirement }) => requirement === "validity")
  );
}

function dateReasons({ notBefore, notAfter }: AcmCertificate, now: Date): VerdictReason[] {
  const isOver = notAfter !== undefined && notAfter < now;
  const isToCome = notBefore !== undefined && notBefore > now;
  if (!isOver && !isToCome) return [];
  const validity = validityOf(
    {
      notBefore: { at: notBefore?.getTime() ?? Number.NEGATIVE_INFINITY },
      notAfter: { at: notAfter?.getTime() ?? Number.POSITIVE_INFINITY },
    },
    now,
  );
  return [surely("validity", validityReason(validity))];
}

/** Whole days until it expires, negative where it has; `undefined` where ACM did not say when. */
export function daysLeft({ notAfter }: AcmCertificate, now: Date): number | undefined {
  return notAfter === undefined ? undefined : Math.floor((notAfter.getTime() - now.getTime()) / day);
}

// --- what the summary says of the certificate itself

const clientAuth = "TLS_WEB_CLIENT_AUTHENTICATION";

/** How specifications spell what ACM names. */
const purposeNames: Readonly<Record<string, string>> = {
  TLS_WEB_SERVER_AUTHENTICATION: "serverAuth",
  CODE_SIGNING: "codeSigning",
  EMAIL_PROTECTION: "emailProtection",
  TIME_STAMPING: "timeStamping",
  OCSP_SIGNING: "OCSPSigning",
  IPSEC_END_SYSTEM: "ipsecEndSystem",
  IPSEC_TUNNEL: "ipsecTunnel",
  IPSEC_USER: "ipsecUser",
  ANY: "anyExtendedKeyUsage",
};

/** By letters and digits alone: ACM also writes `RSA-2048`. */
const keyNames: Readonly<Record<string, string>> = {
  rsa1024: "RSA 1024",
  rsa2048: "RSA 2048",
  rsa3072: "RSA 3072",
  rsa4096: "RSA 4096",
  ecprime256v1: "ECDSA P-256",
  ecsecp384r1: "ECDSA P-384",
  ecsecp521r1: "ECDSA P-521",
};
const acceptedKeys = new Set(["rsa2048", "ecprime256v1"]);

/** As in `RSA 2048`, `ECDSA P-256`. */
export function describeKey({ keyAlgorithm }: AcmCertificate): string | undefined {
  return keyAlgorithm === undefined ? undefined : (keyNames[plainKey(keyAlgorithm)] ?? keyAlgorithm);
}

function plainKey(algorithm: string): string {
  return algorithm.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

function keyReasons(certificate: AcmCertificate): VerdictReason[] {
  const key = describeKey(certificate);
  if (key === undefined || acceptedKeys.has(plainKey(certificate.keyAlgorithm ?? ""))) return [];
  return [surely("key", { code: "client:key", args: { key } })];
}

function purposeReasons({ extendedKeyUsages: usages }: AcmCertificate): VerdictReason[] {
  // An empty list is also what stands where there is no certificate yet.
  if (usages === undefined || usages.length === 0 || usages.includes(clientAuth)) return [];
  const names = usages.filter((usage) => usage !== "NONE").map((usage) => purposeNames[usage] ?? usage);
  return [
    surely(
      "client-auth",
      names.length === 0
        ? { code: "client:no-purposes" }
        : { code: "client:other-purposes", args: { purposes: usagesCalled(names) } },
    ),
  ];
}

/** Whether ACM itself made it. The guide speaks of imported ones only; it does not say that others are refused. */
function typeReasons({ type, extendedKeyUsages: usages }: AcmCertificate): VerdictReason[] {
  if (type === undefined || type === "IMPORTED") return [];
  const hasClientAuth = usages?.includes(clientAuth) === true;
  // That it lacks clientAuth says it already.
  if (usages !== undefined && usages.length > 0 && !hasClientAuth) return [];
  const isPublic = type === "AMAZON_ISSUED" && !hasClientAuth;
  return [perhaps("type", { code: isPublic ? "acm:public" : "acm:not-imported" })];
}

// --- what the certificate itself says

/** ACM has read it: CloudFront may, too. */
function isUnread({ code }: SharedReason): boolean {
  return code === "acm:unreadable-certificate" || code === "acm:unreadable-chain";
}

/**
 * What of a certificate and its chain CloudFront does not take, as `originClientFitness` finds it; nothing of its
 * dates, and nothing of what an import takes: what ACM has, it took.
 * @param body PEM, as `GetCertificate` gives it
 */
export function unmetOf(body: string, chain: string | undefined, now: Date): readonly AcmReason[] {
  const [own, others] = [readBundle(body), readBundle(chain ?? "")];
  const [leaf] = certificatesOf(own);
  if (leaf === undefined) return [{ code: "acm:unreadable-certificate" }];
  const issuers = certificatesOf(others).map(({ certificate }) => certificate);
  // The length and the order of a chain that cannot be read whole are unknown.
  const isWhole = issuers.length === others.pieces.length;
  const { judgements } = originClientFitness([leaf.certificate, ...(isWhole ? issuers : [])], now);
  return [
    ...judgements.flatMap(({ holds, source, reason }) => (holds || source !== "clientCertificate" ? [] : [reason])),
    ...(isWhole ? [] : [{ code: "acm:unreadable-chain" } as const]),
  ];
}
