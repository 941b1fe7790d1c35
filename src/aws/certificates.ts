import type { AcmCertificate } from "../core/inventory.ts";
import type { Connection } from "./connection.ts";
import type { Failure } from "./failure.ts";

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

/** One page, of all seven key types: by default ACM leaves most out. */
export async function listCertificates(_connection: Connection, _region: string, _next: string | undefined, _signal: AbortSignal): Promise<Page<AcmCertificate> | Failure> {
  throw new Error("Nothing is listed");
}

export async function describeCertificate(_connection: Connection, _arn: string, _signal: AbortSignal): Promise<CertificateDescription | Failure> {
  throw new Error("Nothing is described");
}

export async function getCertificate(_connection: Connection, _arn: string, _signal: AbortSignal): Promise<CertificatePem | Failure> {
  throw new Error("There is no certificate");
}
