import {
  ACMClient,
  type CertificateDetail,
  type CertificateSummary,
  DescribeCertificateCommand,
  GetCertificateCommand,
  KeyAlgorithm,
  ListCertificatesCommand,
} from "@aws-sdk/client-acm";
import * as l10n from "@vscode/l10n";
import { parseArn } from "../core/arn.ts";
import { type Failure, isFailure } from "../core/failure.ts";
import type { AcmCertificate } from "../core/inventory.ts";
import { othersFirst } from "../platform/node/turns.ts";
import { type Connection, call, clientOf, noticing, type Urgency, wiresOf } from "./connection.ts";

export interface Page<T> {
  readonly items: readonly T[];
  /** Asks for the page behind this one; `undefined`: it was the last. */
  readonly next: string | undefined;
}

/** What `DescribeCertificate` says. */
export interface CertificateDescription {
  /** As `ListCertificates` would say it, without details. */
  readonly certificate: AcmCertificate;
  readonly subject: string | undefined;
  readonly issuer: string | undefined;
  /** Hexadecimal, as ACM writes it. */
  readonly serial: string | undefined;
  readonly inUseBy: readonly string[];
  readonly failureReason: string | undefined;
}

export interface CertificatePem {
  readonly body: string;
  readonly chain: string | undefined;
}

/**
 * Of the 1,000 that ACM would give: where all have a hundred names, reading these takes 20 milliseconds, in which
 * nothing else runs.
 */
const mostOnPage = 500;
/** As many as ListCertificates says. */
const mostNames = 100;

/** One page, of all seven key types: by default ACM leaves most out. */
export async function listCertificates(
  connection: Connection,
  region: string,
  next: string | undefined,
  signal: AbortSignal,
): Promise<Page<AcmCertificate> | Failure> {
  const answer = await call(
    connection,
    { service: "acm", action: "acm:ListCertificates", region },
    signal,
    async (abortSignal) => {
      await wiresOf(connection).turns.list(abortSignal);
      const input = {
        Includes: { keyTypes: Object.values(KeyAlgorithm) },
        MaxItems: mostOnPage,
        ...(next === undefined ? {} : { NextToken: next }),
      };
      return clientIn(connection, region).send(new ListCertificatesCommand(input), { abortSignal });
    },
  );
  if (isFailure(answer)) return answer;
  // Reading it took its time: what follows has its own.
  await othersFirst();
  const { CertificateSummaryList: list, NextToken: after } = answer;
  return list === undefined ? nothing("acm:ListCertificates") : { items: list.flatMap(ofSummary), next: after };
}

export async function describeCertificate(
  connection: Connection,
  arn: string,
  signal: AbortSignal,
  urgency: Urgency = "awaited",
): Promise<CertificateDescription | Failure> {
  const region = regionOf(arn);
  if (region === undefined) return noArn(arn, "acm:DescribeCertificate");
  const answer = await call(
    connection,
    { service: "acm", action: "acm:DescribeCertificate", region },
    signal,
    async (abortSignal) => {
      await wiresOf(connection).turns.describe[urgency](abortSignal);
      return clientIn(connection, region).send(new DescribeCertificateCommand({ CertificateArn: arn }), {
        abortSignal,
      });
    },
  );
  if (isFailure(answer)) return answer;
  const { Certificate: detail } = answer;
  if (detail === undefined) return nothing("acm:DescribeCertificate");
  return {
    certificate: ofDetail(detail, arn, region),
    subject: detail.Subject,
    issuer: detail.Issuer,
    serial: detail.Serial,
    inUseBy: detail.InUseBy ?? [],
    failureReason: detail.FailureReason,
  };
}

export async function getCertificate(
  connection: Connection,
  arn: string,
  signal: AbortSignal,
  urgency: Urgency = "awaited",
): Promise<CertificatePem | Failure> {
  const region = regionOf(arn);
  if (region === undefined) return noArn(arn, "acm:GetCertificate");
  const answer = await call(
    connection,
    { service: "acm", action: "acm:GetCertificate", region },
    signal,
    async (abortSignal) => {
      await wiresOf(connection).turns.get[urgency](abortSignal);
      return clientIn(connection, region).send(new GetCertificateCommand({ CertificateArn: arn }), { abortSignal });
    },
  );
  if (isFailure(answer)) return answer;
  const { Certificate: body, CertificateChain: chain } = answer;
  return body === undefined ? nothing("acm:GetCertificate") : { body, chain };
}

function clientIn(connection: Connection, region: string): ACMClient {
  const behind = wiresOf(connection);
  return clientOf(behind, "acm", region, (options) => {
    const client = new ACMClient(options);
    client.middlewareStack.add(noticing("acm", behind), { step: "finalizeRequest", priority: "low", name: "noticing" });
    return client;
  });
}

function ofSummary(summary: CertificateSummary): AcmCertificate[] {
  const { CertificateArn: arn } = summary;
  if (arn === undefined) return [];
  return [
    {
      arn,
      region: regionOf(arn) ?? "",
      domainName: summary.DomainName,
      alternativeNames: summary.SubjectAlternativeNameSummaries ?? [],
      status: summary.Status,
      type: summary.Type,
      keyAlgorithm: asModelled(summary.KeyAlgorithm),
      extendedKeyUsages: summary.ExtendedKeyUsages,
      notBefore: summary.NotBefore,
      notAfter: summary.NotAfter,
      inUse: summary.InUse,
      managedBy: summary.ManagedBy,
      details: undefined,
    },
  ];
}

function ofDetail(detail: CertificateDetail, arn: string, region: string): AcmCertificate {
  return {
    arn: detail.CertificateArn ?? arn,
    region,
    domainName: detail.DomainName,
    alternativeNames: (detail.SubjectAlternativeNames ?? []).slice(0, mostNames),
    status: detail.Status,
    type: detail.Type,
    keyAlgorithm: asModelled(detail.KeyAlgorithm),
    extendedKeyUsages: detail.ExtendedKeyUsages?.flatMap(({ Name }) => (Name === undefined ? [] : [Name])),
    notBefore: detail.NotBefore,
    notAfter: detail.NotAfter,
    inUse: detail.InUseBy === undefined ? undefined : detail.InUseBy.length > 0,
    managedBy: detail.ManagedBy,
    details: undefined,
  };
}

/** ACM's model has it as in `RSA_2048`; its answers are known to have it as in `RSA-2048` too. */
function asModelled(keyAlgorithm: string | undefined): string | undefined {
  return keyAlgorithm?.replace(/^(RSA|EC)-/, "$1_");
}

function regionOf(arn: string): string | undefined {
  const parts = parseArn(arn);
  return parts?.service === "acm" && parts.region !== "" ? parts.region : undefined;
}

function noArn(arn: string, action: string): Failure {
  return { failure: "refused", message: l10n.t('"{0}" is not the ARN of an ACM certificate.', arn), action };
}

function nothing(action: string): Failure {
  return {
    failure: "wrong-endpoint",
    message: l10n.t("Unexpected response: it contains no certificates, so this may not be ACM. Check the endpoint."),
    action,
  };
}
