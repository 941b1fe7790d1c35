import type {
  AcmCertificate,
  CertificateDetails,
  Inventory,
  LiveBehavior,
  LiveDistribution,
  LiveOrigin,
} from "../../../src/core/inventory.ts";

export const now = new Date("2026-11-21T00:00:00Z");
export const account = "123456789012";
const day = 86_400_000;

export function daysFromNow(days: number): Date {
  return new Date(now.getTime() + days * day);
}

/** The ARN of the certificate with a number; in us-east-1 of our account where nothing else is said. */
export function arnOf(number: number, { partition = "aws", region = "us-east-1", owner = account } = {}): string {
  return `arn:${partition}:acm:${region}:${owner}:certificate/00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

/** One that is fit by all that its summary says. */
export function certificate(difference: Partial<AcmCertificate> = {}): AcmCertificate {
  const arn = difference.arn ?? arnOf(1);
  return {
    arn,
    region: arn.split(":")[3] ?? "",
    domainName: "client.example.com",
    alternativeNames: ["client.example.com"],
    status: "ISSUED",
    type: "IMPORTED",
    keyAlgorithm: "RSA_2048",
    extendedKeyUsages: ["TLS_WEB_CLIENT_AUTHENTICATION"],
    notBefore: daysFromNow(-10),
    notAfter: daysFromNow(355),
    inUse: false,
    managedBy: undefined,
    details: undefined,
    ...difference,
  };
}

export function details(difference: Partial<CertificateDetails> = {}): CertificateDetails {
  return {
    unmet: [],
    subject: "CN=client.example.com",
    issuer: "CN=Intermediate CA",
    serial: "01",
    inUseBy: [],
    failureReason: undefined,
    ...difference,
  };
}

export function inventory({
  certificates = [],
  absent = [],
  distributions = [],
}: {
  readonly certificates?: readonly AcmCertificate[];
  readonly absent?: readonly string[];
  readonly distributions?: readonly LiveDistribution[];
} = {}): Inventory {
  return {
    takenAt: now,
    account,
    partition: "aws",
    certificates: new Map(certificates.map((one) => [one.arn, one])),
    absent: new Set(absent),
    distributions: new Map(distributions.map((one) => [one.id, one])),
  };
}

export function origin(difference: Partial<LiveOrigin> = {}): LiveOrigin {
  return {
    id: "o1",
    domainName: "origin.example.com",
    kind: "custom",
    protocolPolicy: "https-only",
    clientCertificate: undefined,
    ...difference,
  };
}

export function behavior(difference: Partial<LiveBehavior> = {}): LiveBehavior {
  return {
    pathPattern: undefined,
    target: "o1",
    viewerProtocolPolicy: "https-only",
    grpc: false,
    lambdaEvents: [],
    ...difference,
  };
}

export function distribution(difference: Partial<LiveDistribution> = {}): LiveDistribution {
  const id = difference.id ?? "E1";
  return {
    id,
    arn: `arn:aws:cloudfront::${account}:distribution/${id}`,
    domainName: "d111111abcdef8.cloudfront.net",
    aliases: [],
    comment: "",
    enabled: true,
    staging: false,
    status: "Deployed",
    lastModified: undefined,
    etag: undefined,
    connectionMode: "direct",
    httpVersion: "http2",
    viewerCertificate: undefined,
    viewerMtls: undefined,
    origins: [origin()],
    originGroups: [],
    behaviors: [behavior()],
    ...difference,
  };
}
