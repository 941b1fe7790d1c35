import * as l10n from "@vscode/l10n";
import { parseArn } from "../arn.ts";
import { originClientFitness } from "../client-certificate/fitness.ts";
import { clientCertificateRegion } from "../cloudfront/vocabulary.ts";
import type { AcmCertificate } from "../inventory.ts";
import { certificatesOf, readBundle } from "../x509/bundle/bundle.ts";
import { listed, validityInWords } from "../x509/words/describe.ts";

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

export interface VerdictReason {
  /** `certificate`: of the certificate itself and its chain. */
  readonly requirement: "region" | "status" | "validity" | "type" | "key" | "client-auth" | "certificate";
  /** A sentence without its full stop. */
  readonly message: string;
  /** Documented, and known of this certificate. */
  readonly sure: boolean;
}

export function originVerdict(certificate: AcmCertificate, now: Date): OriginVerdict {
  const { details } = certificate;
  const ofCertificate =
    details === undefined
      ? [...keyReasons(certificate), ...purposeReasons(certificate)]
      : details.unmet.map((message) => reason("certificate", message, { sure: !isUnread(message) }));
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

function reason(requirement: VerdictReason["requirement"], message: string, { sure = true } = {}): VerdictReason {
  return { requirement, message, sure };
}

function regionReasons({ arn, region }: AcmCertificate): VerdictReason[] {
  const { partition = "" } = parseArn(arn) ?? {};
  const wanted = clientCertificateRegion.get(partition);
  if (wanted === undefined)
    return [
      reason(
        "region",
        l10n.t(
          "It is in the partition {0}; where CloudFront reads client certificates there is not documented",
          partition,
        ),
        { sure: false },
      ),
    ];
  return region === wanted
    ? []
    : [
        reason(
          "region",
          l10n.t("It is in ACM in {0}; CloudFront reads client certificates from ACM in {1}", region, wanted),
        ),
      ];
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
      return dates.length > 0
        ? dates
        : [reason("validity", l10n.t("It is not valid now: ACM says that it has expired"))];
    case "PENDING_VALIDATION":
      return [reason("status", l10n.t("It is not issued yet: ACM waits for its validation"))];
    case "VALIDATION_TIMED_OUT":
      return [reason("status", l10n.t("It was never issued: its validation timed out"))];
    case "FAILED":
      return [
        reason(
          "status",
          details?.failureReason === undefined
            ? l10n.t("It was never issued: its request failed")
            : l10n.t("It was never issued: its request failed ({0})", details.failureReason),
        ),
      ];
    case "REVOKED":
      return [reason("status", l10n.t("It is revoked"))];
    case "INACTIVE":
      return [reason("status", l10n.t("It is inactive in ACM"))];
    default:
      return [
        ...dates,
        reason("status", l10n.t("Its status in ACM is {0}; CloudFront needs an issued certificate", status), {
          sure: false,
        }),
      ];
  }
}

/** Whether that is what makes it unusable: of one that was never issued or is revoked, nobody has to say so. */
export function isExpired(certificate: AcmCertificate, now: Date): boolean {
  const { status, notAfter } = certificate;
  return (
    (status === "EXPIRED" || (notAfter !== undefined && notAfter < now)) &&
    statusReasons(certificate, now).some(({ requirement }) => requirement === "validity")
  );
}

function dateReasons(certificate: AcmCertificate, now: Date): VerdictReason[] {
  const { notBefore, notAfter } = certificate;
  const isOver = notAfter !== undefined && notAfter < now;
  const isToCome = notBefore !== undefined && notBefore > now;
  return isOver || isToCome
    ? [reason("validity", l10n.t("It is not valid now: {0}", describeExpiry(certificate, now)))]
    : [];
}

const day = 86_400_000;

/** Whole days until it expires, negative where it has; `undefined` where nobody said when. */
export function daysLeft({ notAfter }: AcmCertificate, now: Date): number | undefined {
  return notAfter === undefined ? undefined : Math.floor((notAfter.getTime() - now.getTime()) / day);
}

/** As in `expires in 12 days`. */
export function describeExpiry({ notBefore, notAfter }: AcmCertificate, now: Date): string {
  if (notAfter === undefined) return l10n.t("expiry not known");
  return validityInWords(
    { notBefore: { at: notBefore?.getTime() ?? Number.NEGATIVE_INFINITY }, notAfter: { at: notAfter.getTime() } },
    now,
  );
}

// --- what the summary says of the certificate itself

const clientAuth = "TLS_WEB_CLIENT_AUTHENTICATION";
const clientAuthOid = "1.3.6.1.5.5.7.3.2";

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
  return [reason("key", l10n.t("The key is {0}; CloudFront takes RSA 2048 or ECDSA P-256", key))];
}

function purposeReasons({ extendedKeyUsages: usages }: AcmCertificate): VerdictReason[] {
  // An empty list is also what stands where there is no certificate yet.
  if (usages === undefined || usages.length === 0 || usages.includes(clientAuth)) return [];
  const names = listed(usages.filter((usage) => usage !== "NONE").map((usage) => purposeNames[usage] ?? usage));
  if (names === undefined)
    return [
      reason(
        "client-auth",
        l10n.t("It has no extended key usage; CloudFront wants clientAuth ({0}) in it", clientAuthOid),
      ),
    ];
  return [
    reason(
      "client-auth",
      l10n.t("Its extended key usage is {0}; CloudFront wants clientAuth ({1}) in it", names, clientAuthOid),
    ),
  ];
}

/** Whether ACM itself made it. The guide speaks of imported ones only; it does not say that others are refused. */
function typeReasons({ type, extendedKeyUsages: usages }: AcmCertificate): VerdictReason[] {
  if (type === undefined || type === "IMPORTED") return [];
  const hasClientAuth = usages?.includes(clientAuth) === true;
  // That it lacks clientAuth says it already.
  if (usages !== undefined && usages.length > 0 && !hasClientAuth) return [];
  if (type === "AMAZON_ISSUED" && !hasClientAuth) {
    return [
      reason(
        "type",
        l10n.t(
          "It is a public certificate of ACM; those issued since 2025-06-11 have no clientAuth, and CloudFront's guide names imported certificates only",
        ),
        { sure: false },
      ),
    ];
  }
  return [
    reason("type", l10n.t("ACM issued it; CloudFront's guide names imported certificates only"), { sure: false }),
  ];
}

// --- what the certificate itself says

const unreadCertificate = () => l10n.t("The certificate cannot be read");
const unreadChain = () => l10n.t("Its chain cannot be read");

/** ACM has read it: CloudFront may, too. */
function isUnread(message: string): boolean {
  return message === unreadCertificate() || message === unreadChain();
}

/**
 * What of a certificate and its chain CloudFront does not take, as `originClientFitness` finds it; nothing of its
 * dates, and nothing of what an import takes: what ACM has, it took.
 * @param body PEM, as `GetCertificate` gives it
 */
export function unmetOf(body: string, chain: string | undefined, now: Date): string[] {
  const [own, others] = [readBundle(body), readBundle(chain ?? "")];
  const [leaf] = certificatesOf(own);
  if (leaf === undefined) return [unreadCertificate()];
  const issuers = certificatesOf(others).map(({ certificate }) => certificate);
  // Of a chain that cannot be read whole, nobody can say how long it is, nor in which order.
  const isWhole = issuers.length === others.pieces.length;
  const { reasons } = originClientFitness([leaf.certificate, ...(isWhole ? issuers : [])], now);
  const unmet = reasons.filter(({ holds, source }) => !holds && source === "clientCertificate");
  return [...unmet.map(({ message }) => message), ...(isWhole ? [] : [unreadChain()])];
}
