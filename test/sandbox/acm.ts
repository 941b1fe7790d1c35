// ACM as JSON 1.1. https://docs.aws.amazon.com/acm/latest/APIReference/
import * as acm from "@aws-sdk/client-acm";
import type { Answer, Call } from "./call.ts";
import { limits } from "./limits.ts";
import { datesOf, factsOf } from "./pki.ts";
import { refuse } from "./refusal.ts";
import { checkJson, shapeOf } from "./schema.ts";
import type { CertificateSeed } from "./seed.ts";
import { type Account, users } from "./state.ts";

const codes = { invalid: "ValidationException", malformed: "SerializationException" };

const inputs: Readonly<Record<string, unknown>> = {
  ListCertificates: acm.ListCertificatesRequest$,
  DescribeCertificate: acm.DescribeCertificateRequest$,
  GetCertificate: acm.GetCertificateRequest$,
};

/** The JSON that was sent, in the shape that the operation takes. */
export function readInput(operation: string, body: string): Readonly<Record<string, unknown>> {
  let input: unknown;
  try {
    input = JSON.parse(body === "" ? "{}" : body);
  } catch {
    refuse(codes.malformed, 400, "Could not parse the request body as JSON");
  }
  checkJson(input, shapeOf(inputs[operation]), codes);
  return input as Readonly<Record<string, unknown>>;
}

export const operations: Readonly<Record<string, (call: Call) => Answer | Promise<Answer>>> = {
  ListCertificates: listCertificates,
  DescribeCertificate: describeCertificate,
  GetCertificate: getCertificate,
};

function answer(output: unknown): Answer {
  return { status: 200, headers: { "content-type": "application/x-amz-json-1.1" }, body: JSON.stringify(output) };
}

function accountOf(call: Call): Account {
  const found = call.state.accounts.get(call.principal.account);
  if (found === undefined) throw new Error(`no account ${call.principal.account}`);
  return found;
}

// --- ListCertificates

/** Without `Includes.keyTypes` only these, and only those with a domain. ACM API Reference, Filters: keyTypes. */
const defaultKeyTypes: readonly string[] = ["RSA_1024", "RSA_2048"];

interface Filters {
  readonly keyTypes?: readonly string[];
  readonly keyUsage?: readonly string[];
  readonly extendedKeyUsage?: readonly string[];
  readonly exportOption?: string;
  readonly managedBy?: string;
}

interface ListInput {
  readonly CertificateStatuses?: readonly string[];
  readonly CertificateKeyPairOrigins?: readonly string[];
  readonly Includes?: Filters;
  readonly NextToken?: string;
  readonly MaxItems?: number;
  readonly SortBy?: string;
  readonly SortOrder?: string;
}

function listCertificates(call: Call): Answer {
  const input: ListInput = readInput("ListCertificates", call.body);
  const {
    MaxItems: most = limits.certificatesPerPage.most,
    SortBy: sortBy,
    SortOrder: sortOrder,
    Includes: filters = {},
  } = input;
  if (!Number.isInteger(most) || most < 1 || most > limits.certificatesPerPage.most) {
    refuse(
      codes.invalid,
      400,
      `1 validation error detected: Value '${most}' at 'maxItems' failed to satisfy constraint: Member must have value ${most < 1 ? "greater than or equal to 1" : `less than or equal to ${limits.certificatesPerPage.most}`}`,
    );
  }
  if ((sortBy === undefined) !== (sortOrder === undefined))
    refuse(codes.invalid, 400, "SortBy and SortOrder must be specified together.");
  const account = accountOf(call);
  const found = [...account.certificates.values()].filter(
    (certificate) => regionOf(certificate) === call.region && isListed(certificate, input, filters),
  );
  if (sortBy !== undefined)
    found.sort((one, two) => (createdAt(call, one) - createdAt(call, two)) * (sortOrder === "ASCENDING" ? 1 : -1));
  const start = input.NextToken === undefined ? 0 : startOf(input.NextToken, found);
  const page = found.slice(start, start + most);
  const last = page.at(-1);
  const inUse = users(account);
  return answer({
    ...(last !== undefined && start + most < found.length
      ? { NextToken: Buffer.from(JSON.stringify({ after: last.arn })).toString("base64") }
      : {}),
    CertificateSummaryList: page.map((certificate) => summary(call, certificate, inUse.has(certificate.arn))),
  });
}

function isListed(
  certificate: CertificateSeed,
  { CertificateStatuses: statuses = [], CertificateKeyPairOrigins: origins = [] }: ListInput,
  filters: Filters,
): boolean {
  const { keyTypes = [], keyUsage = [], extendedKeyUsage = [], exportOption, managedBy } = filters;
  if (statuses.length > 0 && !statuses.includes(certificate.status)) return false;
  if (origins.length > 0 && !origins.includes(keyPairOrigin(certificate))) return false;
  if (
    keyTypes.length === 0
      ? !defaultKeyTypes.includes(certificate.key) || certificate.names.length === 0
      : !keyTypes.includes(certificate.key)
  )
    return false;
  if (!keyUsage.every((name) => name === "ANY" || keyUsages(certificate).includes(name))) return false;
  if (
    extendedKeyUsage.length > 0 &&
    !extendedKeyUsage.some((name) => name === "ANY" || extendedKeyUsages(certificate).includes(name))
  )
    return false;
  // None of ours is exportable, or managed by CloudFront.
  return exportOption !== "ENABLED" && managedBy === undefined;
}

function startOf(token: string, found: readonly CertificateSeed[]): number {
  try {
    const { after }: { after: unknown } = JSON.parse(Buffer.from(token, "base64").toString());
    const at = found.findIndex(({ arn }) => arn === after);
    if (at >= 0) return at + 1;
  } catch {
    // Not one of ours.
  }
  refuse("InvalidArgsException", 400, "The NextToken is not valid.");
}

function summary(call: Call, certificate: CertificateSeed, inUse: boolean): unknown {
  const issued = certificate.days !== undefined;
  return {
    CertificateArn: certificate.arn,
    ...(certificate.names[0] === undefined ? {} : { DomainName: certificate.names[0] }),
    SubjectAlternativeNameSummaries: certificate.names.slice(0, 100),
    HasAdditionalSubjectAlternativeNames: certificate.names.length > 100,
    Status: certificate.status,
    Type: certificate.type,
    KeyAlgorithm: keyAlgorithm(certificate),
    KeyUsages: issued ? keyUsages(certificate) : [],
    ExtendedKeyUsages: issued ? extendedKeyUsages(certificate) : [],
    ...(certificate.type === "IMPORTED" ? {} : { ExportOption: "DISABLED", Exported: false }),
    InUse: inUse,
    RenewalEligibility: renewal(certificate, inUse),
    ...dates(call, certificate),
    CertificateKeyPairOrigin: keyPairOrigin(certificate),
  };
}

// --- DescribeCertificate and GetCertificate

function find(call: Call): CertificateSeed {
  const { CertificateArn: arn = "" }: { readonly CertificateArn?: string } = readInput(call.operation, call.body);
  if (!/^arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:\d+:[\w+=,.@-]+(?:\/[\w+=,.@-]+)*$/.test(arn)) {
    refuse(
      codes.invalid,
      400,
      `1 validation error detected: Value '${arn}' at 'certificateArn' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:[\\w+=/,.@-]+:acm:[\\w+=/,.@-]*:[0-9]+:[\\w+=,.@-]+(/[\\w+=,.@-]+)*`,
    );
  }
  const [, , , , owner = ""] = arn.split(":");
  if (owner !== call.principal.account) {
    refuse(
      "AccessDeniedException",
      400,
      `User: ${call.principal.arn} is not authorized to perform: acm:${call.operation} on resource: ${arn} because no resource-based policy allows the acm:${call.operation} action`,
    );
  }
  const found = accountOf(call).certificates.get(arn);
  if (found === undefined || regionOf(found) !== call.region)
    refuse("ResourceNotFoundException", 400, `Could not find certificate ${arn}.`);
  return found;
}

function describeCertificate(call: Call): Answer {
  const certificate = find(call);
  const issued = certificate.days !== undefined;
  const facts = factsOf(certificate);
  const inUseBy = users(accountOf(call)).get(certificate.arn) ?? [];
  return answer({
    Certificate: {
      CertificateArn: certificate.arn,
      ...(certificate.names[0] === undefined ? {} : { DomainName: certificate.names[0] }),
      SubjectAlternativeNames: certificate.names,
      ...(certificate.type === "AMAZON_ISSUED"
        ? { DomainValidationOptions: certificate.names.map((name) => validation(certificate, name)) }
        : {}),
      ...(issued ? { Serial: facts.serial } : {}),
      Subject: certificate.subject,
      Issuer: facts.issuer,
      ...dates(call, certificate),
      Status: certificate.status,
      KeyAlgorithm: keyAlgorithm(certificate),
      SignatureAlgorithm: facts.signatureAlgorithm,
      InUseBy: inUseBy,
      ...(certificate.failureReason === undefined ? {} : { FailureReason: certificate.failureReason }),
      ...(certificate.status === "REVOKED" ? { RevocationReason: "KEY_COMPROMISE" } : {}),
      Type: certificate.type,
      KeyUsages: issued ? keyUsages(certificate).map((Name) => ({ Name })) : [],
      ExtendedKeyUsages: issued ? extendedKeyUsages(certificate).map((Name) => ({ Name, OID: oids[Name] })) : [],
      ...(certificate.type === "PRIVATE"
        ? {
            CertificateAuthorityArn: `arn:aws:acm-pca:${call.region}:${call.principal.account}:certificate-authority/11111111-2222-3333-4444-555555555555`,
          }
        : {}),
      RenewalEligibility: renewal(certificate, inUseBy.length > 0),
      Options: {
        CertificateTransparencyLoggingPreference: certificate.type === "AMAZON_ISSUED" ? "ENABLED" : "DISABLED",
      },
      CertificateKeyPairOrigin: keyPairOrigin(certificate),
    },
  });
}

function validation(certificate: CertificateSeed, name: string): unknown {
  return {
    DomainName: name,
    ValidationDomain: name,
    ValidationStatus:
      certificate.status === "PENDING_VALIDATION"
        ? "PENDING_VALIDATION"
        : certificate.status === "FAILED"
          ? "FAILED"
          : "SUCCESS",
    ResourceRecord: {
      Name: `_0123456789abcdef0123456789abcdef.${name}.`,
      Type: "CNAME",
      Value: "_fedcba9876543210fedcba9876543210.acm-validations.aws.",
    },
    ValidationMethod: "DNS",
  };
}

async function getCertificate(call: Call): Promise<Answer> {
  const certificate = find(call);
  if (certificate.days === undefined)
    refuse(
      "RequestInProgressException",
      400,
      `The certificate request is in progress and the certificate body has not been issued yet: ${certificate.arn}`,
    );
  const { body, chain } = await call.state.issue(certificate);
  return answer({ Certificate: body, CertificateChain: chain });
}

// --- what both say

function regionOf({ arn }: CertificateSeed): string {
  return arn.split(":")[3] ?? "";
}

/**
 * The model says `RSA_2048` and `EC_prime256v1`; the service says `RSA-2048` and `EC-prime256v1`, in both operations
 * (recorded answers from 2015 to 2025).
 */
function keyAlgorithm({ key }: CertificateSeed): string {
  return key.replace("_", "-");
}

function keyUsages({ key }: CertificateSeed): readonly string[] {
  return key.startsWith("RSA") ? ["DIGITAL_SIGNATURE", "KEY_ENCIPHERMENT"] : ["DIGITAL_SIGNATURE"];
}

const oids: Readonly<Record<string, string>> = {
  TLS_WEB_SERVER_AUTHENTICATION: "1.3.6.1.5.5.7.3.1",
  TLS_WEB_CLIENT_AUTHENTICATION: "1.3.6.1.5.5.7.3.2",
};

function extendedKeyUsages({ purposes }: CertificateSeed): readonly string[] {
  return purposes.map((purpose) =>
    purpose === "client" ? "TLS_WEB_CLIENT_AUTHENTICATION" : "TLS_WEB_SERVER_AUTHENTICATION",
  );
}

function keyPairOrigin({ type }: CertificateSeed): string {
  return type === "IMPORTED" ? "CUSTOMER_PROVIDED" : "AWS_MANAGED";
}

function renewal({ type, status }: CertificateSeed, inUse: boolean): string {
  return type !== "IMPORTED" && status === "ISSUED" && inUse ? "ELIGIBLE" : "INELIGIBLE";
}

/** JSON 1.1 has a moment as seconds, with a fraction. */
const seconds = (date: Date): number => date.getTime() / 1000;

function createdAt(call: Call, certificate: CertificateSeed): number {
  return (
    seconds(datesOf(certificate, call.state.started).notBefore ?? new Date(call.state.started.getTime() - 86_400_000)) +
    3600.5
  );
}

function dates(call: Call, certificate: CertificateSeed): Readonly<Record<string, number>> {
  const { notBefore, notAfter } = datesOf(certificate, call.state.started);
  const created = createdAt(call, certificate);
  return {
    ...(notBefore === undefined ? {} : { NotBefore: seconds(notBefore) }),
    ...(notAfter === undefined ? {} : { NotAfter: seconds(notAfter) }),
    CreatedAt: created,
    ...(certificate.days === undefined
      ? {}
      : certificate.type === "IMPORTED"
        ? { ImportedAt: created }
        : { IssuedAt: created }),
    ...(certificate.status === "REVOKED" ? { RevokedAt: created + 86_400 } : {}),
  };
}
